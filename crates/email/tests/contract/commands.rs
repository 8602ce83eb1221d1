//! Mail to the bridge itself: who is heard, and what is understood (S60, S63-S65).

use conversation::{Event, Inbound, Proof};
use email::Email;
use insta::assert_snapshot;

use crate::{
    lmtp::{post, say},
    proof::{results, verifying},
    support::{Memory, while_receiving},
};

pub(crate) const COMMANDS: &str = "spring-request@lists.example";
pub(crate) const HELP: &str =
    "From: Ana <ana@x.org>\nSubject: Hello\nMessage-ID: <m1@x.org>\n\nhelp\n.\n";

pub(crate) fn proven(mail: &str) -> String {
    results("dmarc=pass header.from=x.org") + mail
}

/// The answer to each mail, in its order.
pub(crate) async fn handed_in(to: &str, mails: &[String]) -> (Vec<String>, Memory) {
    let memory = Memory::default();
    let email = Email::new(settings(1)).unwrap();
    let address = email.bind().await.unwrap();
    let mut answers = Vec::new();
    for mail in mails {
        let script = post(&[to], mail).replace('\n', "\r\n");
        let said = while_receiving(&email, &memory, say(address, script.as_bytes())).await;
        answers.push(said.lines().rev().nth(1).unwrap().to_owned());
    }
    (answers, memory)
}

pub(crate) fn settings(smtp_port: u16) -> email::Settings {
    let mut settings = verifying();
    settings.smtp.port = smtp_port;
    settings.command_address = Some("Causeway@lists.example".to_owned());
    settings
}

pub(crate) fn only(memory: &Memory) -> Inbound {
    let accepted = memory.accepted.lock().unwrap();
    let [inbound] = accepted.as_slice() else {
        panic!("{accepted:?}");
    };
    inbound.clone()
}

async fn line(subject: &str, rest: &str) -> String {
    let head = format!("From: Ana <ana@x.org>\nSubject: {subject}\nMessage-ID: <m1@x.org>\n");
    let (_, memory) = handed_in(COMMANDS, &[proven(&format!("{head}{rest}\n.\n"))]).await;
    match only(&memory).event {
        Event::Commanded { text, .. } => text,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_mail_to_the_bridge_itself_is_a_command_and_nothing_is_kept_of_it() {
    for (to, channel) in [
        (COMMANDS, "email:spring@lists.example"),
        ("Spring-Request@LISTS.example", "email:spring@lists.example"),
        ("causeway@lists.example", "email:ana@x.org"),
    ] {
        let (answers, memory) = handed_in(to, &[proven(HELP)]).await;
        assert_eq!(answers, ["250 2.6.0 taken in"]);
        let inbound = only(&memory);
        assert_eq!(inbound.channel.to_string(), channel);
        assert_eq!(inbound.actor.account.as_str(), "ana@x.org");
        assert_eq!(inbound.proof, Proof::Proven);
        let until = inbound.way_back.as_ref().unwrap().until;
        assert_eq!(until.since(inbound.at).as_secs(), 24 * 60 * 60);
        let message = "m1@x.org".into();
        let text = "help".to_owned();
        assert_eq!(inbound.event, Event::Commanded { message, text });
        assert_eq!(memory.aside.lock().unwrap().len(), 0);
    }
}

/// Of what stands below, and of the answer that is answered, nothing counts (S65).
#[tokio::test]
async fn a_reply_to_an_answer_is_read_without_the_answer() {
    let quoted = "On Fri, 3 May 2024 at 12:00, Causeway <spring-request@lists.example> wrote:\n> forget me\n> confirm AAAA";
    for (subject, rest, read) in [
        ("help", "", "help"),
        ("help", "\n \n", "help"),
        ("help", "\nSent from my iPhone", "help"),
        ("help", "\n-- \nAna\nforget me", "help"),
        ("Re: x", "\nconfirm 7K3Q", "confirm 7K3Q"),
        ("help", "\n\n  rest 2 weeks  \nprivate on", "rest 2 weeks"),
        (
            "Re: x",
            &format!("\nconfirm 7K3Q\n\n{quoted}"),
            "confirm 7K3Q",
        ),
        (
            "Re: x",
            &format!("\nconfirm 7K3Q\n{quoted}"),
            "confirm 7K3Q",
        ),
        (
            "Re: x",
            "Content-Type: text/html\n\n<div>confirm 7K3Q</div><div class=\"gmail_quote\">wrote:<blockquote>forget me</blockquote></div>",
            "confirm 7K3Q",
        ),
        (
            "Re: x",
            "Content-Transfer-Encoding: quoted-printable\n\nconfirm =37K3Q",
            "confirm 7K3Q",
        ),
        (
            "Re: x",
            "\nconfirm 7K3Q\n\n-----Original Message-----\nFrom: Causeway\nSubject: x\n\nforget me",
            "confirm 7K3Q",
        ),
        ("=?utf-8?q?who_can_see_this?=", "", "who can see this"),
    ] {
        assert_eq!(line(subject, rest).await, read, "{subject} {rest}");
    }
    let only_quoted = line("Re: x", &format!("\n{quoted}")).await;
    assert!(conversation::command::Command::read(&only_quoted).is_err());
}

/// Machines, lists, forgers and whoever may be anybody get nothing done, and no mail of ours.
#[tokio::test]
async fn nobody_but_a_person_who_proves_it_is_heard() {
    let marked = |mark: &str| proven(&format!("{mark}\n{HELP}"));
    let from = |who: &str| HELP.replace("ana@x.org", who);
    let mut outcomes = Vec::new();
    for (what, mail) in [
        ("unproven member", HELP.to_owned()),
        ("unproven stranger", from("eve@evil.org")),
        (
            "another's proof",
            results("dmarc=pass header.from=evil.org") + HELP,
        ),
        ("failed", results("dmarc=fail header.from=x.org") + HELP),
        ("auto-replied", marked("Auto-Submitted: auto-replied")),
        ("auto-generated", marked("Auto-Submitted: auto-generated")),
        ("bulk", marked("Precedence: bulk")),
        ("another list's", marked("List-Id: <autumn.lists.example>")),
        ("a newsletter", marked("List-Unsubscribe: <mailto:x@x.org>")),
        ("our own", marked("X-Causeway-Id: 1")),
        ("a bounce", marked("Content-Type: multipart/report")),
        ("no return path", marked("Return-Path: <>")),
        ("two authors", marked("From: Bo <bo@x.org>")),
        (
            "our own address",
            results("dmarc=pass header.from=lists.example") + &from("spring@lists.example"),
        ),
        (
            "the command address itself",
            results("dmarc=pass header.from=lists.example") + &from(COMMANDS),
        ),
    ] {
        let (answers, memory) = handed_in(COMMANDS, &[mail]).await;
        assert_eq!(memory.accepted.lock().unwrap().len(), 0, "{what}");
        let aside = memory.aside.lock().unwrap();
        let [raw] = aside.as_slice() else {
            panic!("{what}: {aside:?}");
        };
        assert!(raw.body.is_empty(), "{what}");
        assert_eq!(conversation::days_kept(raw.reason), 0, "{what}");
        outcomes.push(format!("{what}: {}, {}", &answers[0][..9], raw.reason));
    }
    assert_snapshot!(outcomes.join("\n"), @r"
    unproven member: 550 5.7.1, command-unproven
    unproven stranger: 250 2.6.0, command-unproven
    another's proof: 550 5.7.1, command-unproven
    failed: 250 2.6.0, command-by-machine
    auto-replied: 250 2.6.0, command-by-machine
    auto-generated: 250 2.6.0, command-by-machine
    bulk: 250 2.6.0, command-by-machine
    another list's: 250 2.6.0, command-by-machine
    a newsletter: 250 2.6.0, command-by-machine
    our own: 250 2.6.0, command-by-machine
    a bounce: 250 2.6.0, command-by-machine
    no return path: 250 2.6.0, command-by-machine
    two authors: 250 2.6.0, command-by-machine
    our own address: 250 2.6.0, command-by-machine
    the command address itself: 250 2.6.0, command-by-machine
    ");
}

/// What its writer meant for the bridge, and sent to all, is heard by the bridge alone; or by nobody.
#[tokio::test]
async fn what_is_about_somebody_themselves_is_said_to_no_list() {
    for said in ["rest 2 weeks", "Forgett me", "/private of", "confirm 7K3Q"] {
        let mail = HELP.replace("help", said);
        let (answers, memory) = handed_in("spring@lists.example", &[proven(&mail)]).await;
        assert_eq!(answers, ["250 2.6.0 taken in"], "{said}");
        let heard = only(&memory);
        assert!(matches!(&heard.event, Event::Commanded { text, .. } if text == said));
        assert_eq!(heard.channel.id.as_str(), "spring@lists.example");
        let (answers, memory) = handed_in("spring@lists.example", &[mail]).await;
        assert!(answers[0].starts_with("550 5.7.1"), "{answers:?}");
        assert_eq!(memory.accepted.lock().unwrap().len(), 0, "{said}");
        assert!(
            memory
                .aside
                .lock()
                .unwrap()
                .iter()
                .all(|it| it.body.is_empty())
        );
    }
    for said in ["help", "Forget it", "Who brings bread?"] {
        let mail = proven(&HELP.replace("help", said));
        let (_, memory) = handed_in("spring@lists.example", &[mail]).await;
        assert!(matches!(only(&memory).event, Event::Posted(_)), "{said}");
    }
}

/// S52, with an address that nobody has.
#[tokio::test]
async fn addresses_beside_no_list_are_unknown() {
    for to in ["autumn-request@lists.example", "request@lists.example"] {
        let (answers, _) = handed_in(to, &[proven(HELP)]).await;
        assert_eq!(answers, ["503 5.5.1 there is no recipient"], "{to}");
    }
}

/// Neither an answering machine that hides what it is nor a forger makes us write without end.
#[tokio::test]
async fn what_is_no_command_is_answered_ten_times_a_day() {
    let mails = |how: &dyn Fn(usize) -> String| (0..40).map(how).collect::<Vec<_>>();
    let babble = mails(&|n| proven(&HELP.replace("help", &format!("Ticket {n} is open"))));
    let (answers, memory) = handed_in(COMMANDS, &babble).await;
    assert!(answers.iter().all(|it| it == "250 2.6.0 taken in"));
    assert_eq!(memory.accepted.lock().unwrap().len(), 10);
    let commands = mails(&|n| proven(&HELP.replace("m1@", &format!("m{n}@"))));
    let (_, memory) = handed_in(COMMANDS, &commands).await;
    assert_eq!(memory.accepted.lock().unwrap().len(), 40);
    let forged = mails(&|n| HELP.replace("m1@", &format!("m{n}@")));
    let (answers, _) = handed_in(COMMANDS, &forged).await;
    let told = answers.iter().filter(|it| it.starts_with("550 5.7.1"));
    assert_eq!(told.count(), 10);
}

#[tokio::test]
async fn two_commands_under_one_id_are_two_and_a_repeat_is_one() {
    let rest = proven(&HELP.replace("help", "rest 2 weeks"));
    let (_, memory) = handed_in(COMMANDS, &[proven(HELP), proven(HELP), rest]).await;
    let accepted = memory.accepted.lock().unwrap();
    let keys: Vec<_> = accepted.iter().map(|it| &it.key).collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], keys[2]);
}

#[tokio::test]
async fn what_cannot_be_stored_now_is_offered_again() {
    let memory = Memory::default();
    memory
        .is_down
        .store(true, std::sync::atomic::Ordering::SeqCst);
    let email = Email::new(settings(1)).unwrap();
    let address = email.bind().await.unwrap();
    let script = post(&[COMMANDS], &proven(HELP)).replace('\n', "\r\n");
    let said = while_receiving(&email, &memory, say(address, script.as_bytes())).await;
    assert!(said.contains("451 4.3.0"), "{said}");
}
