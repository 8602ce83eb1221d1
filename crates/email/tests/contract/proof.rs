//! Who a mail is from, as our own mail server verified it (S31, S50-S52).

use conversation::Proof;
use email::{Email, ProofAsked, Settings};
use insta::assert_snapshot;

use crate::{
    lmtp::{HI, post, say},
    support::{Memory, settings, while_receiving},
};

const OURS: &str =
    "Received: from x.org by mx.example (Postfix) with ESMTPS id 1; Fri, 3 May 2024\n";
const THEIRS: &str = "Received: from mx.example by relay.evil; Fri, 3 May 2024\n";

pub(crate) fn verifying() -> Settings {
    let mut settings = settings(1);
    settings.lmtp.authserv_id = Some("mx.example".to_owned());
    settings
}

/// The last line of the answer, and what is known of the author of what was taken in.
async fn handed_in(settings: Settings, list: &str, mail: &str) -> (String, Option<Proof>) {
    let memory = Memory::default();
    let email = Email::new(settings).unwrap();
    let address = email.bind().await.unwrap();
    let script = post(&[list], mail).replace('\n', "\r\n");
    let said = while_receiving(&email, &memory, say(address, script.as_bytes())).await;
    let answer = said.lines().rev().nth(1).unwrap().to_owned();
    let accepted = memory.accepted.lock().unwrap();
    let aside = memory.aside.lock().unwrap();
    if let Some(raw) = aside.first() {
        return (format!("{answer}, kept raw: {}", raw.reason), None);
    }
    (answer, accepted.first().map(|it| it.proof))
}

async fn proof(lines: &str) -> Proof {
    let mail = format!("{lines}{HI}");
    let (answer, proof) = handed_in(verifying(), "spring@lists.example", &mail).await;
    assert_eq!(answer, "250 2.6.0 taken in", "{lines}");
    proof.unwrap()
}

pub(crate) fn results(said: &str) -> String {
    format!("Authentication-Results: mx.example; {said}\n")
}

#[tokio::test]
async fn what_our_server_verified_is_believed() {
    let pass = results("dmarc=pass header.from=x.org");
    assert_eq!(proof(&format!("{pass}{OURS}{THEIRS}")).await, Proof::Proven);
    assert_eq!(proof(&pass).await, Proof::Proven);
    let fail = results("dkim=pass header.d=evil.org;\n\tdmarc=fail (p=none) header.from=x.org");
    assert_eq!(proof(&format!("{fail}{OURS}")).await, Proof::Failed, "S50");
    let unaligned = results("dkim=pass header.d=evil.org; spf=pass smtp.mailfrom=evil.org");
    assert_eq!(
        proof(&format!("{unaligned}{OURS}")).await,
        Proof::Missing,
        "S51"
    );
    assert_eq!(proof(OURS).await, Proof::Missing);
}

/// S52.
#[tokio::test]
async fn what_others_say_in_our_name_is_not() {
    let forged = results("dmarc=pass header.from=x.org");
    let ours = results("dmarc=fail header.from=x.org");
    assert_eq!(
        proof(&format!("{OURS}{THEIRS}{forged}")).await,
        Proof::Missing
    );
    assert_eq!(proof(&format!("{OURS}{forged}")).await, Proof::Missing);
    assert_eq!(proof(&format!("{THEIRS}{forged}")).await, Proof::Missing);
    assert_eq!(proof(&format!("{ours}{OURS}{forged}")).await, Proof::Failed);
    assert_eq!(proof(&format!("{ours}{forged}{OURS}")).await, Proof::Failed);
    for name in [
        "mx.example.evil",
        "evil",
        "=?utf-8?q?mx.example?=",
        "\"mx\".example.org",
    ] {
        let other = forged.replace("mx.example", name);
        assert_eq!(
            proof(&format!("{other}{OURS}")).await,
            Proof::Missing,
            "{name}"
        );
    }
    let in_words = "Subject: x\nX-Authentication-Results: mx.example; dmarc=pass\n";
    assert_eq!(proof(in_words).await, Proof::Missing);
}

#[tokio::test]
async fn huge_and_odd_headers_prove_nothing() {
    let mut settings = verifying();
    settings.lmtp.max_message_bytes = 5_000_000;
    for odd in [
        results(&format!(
            "dmarc=pass header.from=x.org ({})",
            "(".repeat(100_000)
        )),
        results(&("x=y; ".repeat(20_000) + "dmarc=pass header.from=x.org")),
        results("dmarc=pass header.from=x.org")
            .repeat(20_000)
            .replace("pass", "\"pass"),
        results("dmarc=pa\u{0}ss header.from=x.org"),
        results("dmarc=\n\n\npass"),
    ] {
        let mail = format!("{odd}{HI}");
        let (answer, proof) = handed_in(settings.clone(), "spring@lists.example", &mail).await;
        assert!(
            proof.is_none_or(|it| it == Proof::Missing),
            "{answer} {proof:?}"
        );
    }
}

#[tokio::test]
async fn who_must_prove_it_is_set_for_each_list() {
    let open = "open@lists.example";
    let optional = || {
        let mut settings = verifying();
        settings.lists[1].proof = Some(ProofAsked::Optional);
        settings
    };
    let stranger = HI.replace("ana@x.org", "eve@evil.org");
    let taken = |proof| ("250 2.6.0 taken in".to_owned(), Some(proof));
    // Ana is a member of the other list, and has a name to lose here, too.
    assert_eq!(
        handed_in(verifying(), open, HI).await,
        taken(Proof::Missing)
    );
    assert_eq!(
        handed_in(verifying(), open, &stranger).await,
        taken(Proof::Unproven)
    );
    assert_eq!(
        handed_in(optional(), open, HI).await,
        taken(Proof::Unproven)
    );
    assert_eq!(
        handed_in(settings(1), open, HI).await,
        taken(Proof::Unproven)
    );
    let failed = results("dmarc=fail") + HI;
    assert_eq!(
        handed_in(optional(), open, &failed).await,
        taken(Proof::Failed)
    );
    assert_eq!(
        handed_in(settings(1), open, &failed).await,
        taken(Proof::Unproven)
    );
}

/// A bounce would go to whom the mail only claims to be from.
#[tokio::test]
async fn a_forged_strangers_mail_is_answered_to_nobody() {
    let list = "spring@lists.example";
    let stranger = HI.replace("ana@x.org", "eve@evil.org");
    let (honest, _) = handed_in(verifying(), list, &stranger).await;
    assert!(honest.starts_with("550 5.7.1"), "{honest}");
    let forged = results("dmarc=fail header.from=evil.org") + &stranger;
    let (answer, proof) = handed_in(verifying(), list, &forged).await;
    assert_eq!(
        (answer.as_str(), proof),
        ("250 2.6.0 taken in, kept raw: proof-failed", None)
    );
}

/// S31.
#[tokio::test]
async fn no_one_author_is_no_author_whatever_was_verified() {
    let mut answers = Vec::new();
    for from in [
        "From: Ana <ana@x.org>\nFrom: Eve <eve@evil.org>",
        "From: Ana <ana@x.org>, Eve <eve@evil.org>",
        "From:",
        "From: <>",
        "From: friends: ana@x.org;",
        "From: undisclosed:;",
        "Sender: ana@x.org",
    ] {
        let mail =
            results("dmarc=pass header.from=x.org") + &HI.replace("From: Ana <ana@x.org>", from);
        let (answer, _) = handed_in(verifying(), "spring@lists.example", &mail).await;
        answers.push(answer);
    }
    answers.dedup();
    assert_snapshot!(answers.join("\n"), @"554 5.6.0 the mail cannot be relayed: it must have one From line with one address, kept raw: no-single-author");
}
