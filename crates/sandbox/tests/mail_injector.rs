//! People's new mail on its way to the list: what it looks like, and what becomes of it.
#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use sandbox::mail::{Client, Draft, Folder, Mail, MailError, Mailbox, Outcome};

mod support;
use support::{Lmtp, served};

const LIST: &str = "spring@gathering.example";

/// What differs in each run is named by its kind.
fn settled(mail: &str) -> String {
    let boundary = mail
        .split_once("boundary=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(boundary, _)| boundary.to_owned());
    let mail = match boundary {
        Some(boundary) => mail.replace(&boundary, "BOUNDARY"),
        None => mail.to_owned(),
    };
    let lines = mail.lines().map(|line| match line.split_once(": ") {
        Some((name @ ("Message-ID" | "In-Reply-To" | "References" | "Date"), _)) => {
            format!("{name}: ...")
        }
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_plain_mail_reads_like_one_of_a_usual_program() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    mail.deliver_to(&lmtp.start().await);
    mail.add_mailbox(Mailbox::new("Zoë Núñez", "zoe@fund.example").signature("Zoë\nThe Hill Fund"));
    let draft = Draft::new(
        "Frühling, at last",
        ".dot first\nWho is coming on Friday? = all of us",
    );
    let written = mail.write("zoe@fund.example", LIST, draft).unwrap();
    assert!(written.message_id.ends_with("@fund.example"));
    assert_eq!(written.taken().await, Outcome::Taken);
    assert_snapshot!(settled(&lmtp.taken()[0]), @r"
    Authentication-Results: mx.sandbox.invalid; auth=pass smtp.auth=zoe@fund.example
    Message-ID: ...
    Date: ...
    From: =?utf-8?B?Wm/DqyBOw7rDsWV6?= <zoe@fund.example>
    To: spring@gathering.example
    Subject: =?utf-8?B?RnLDvGhsaW5nLCBhdCBsYXN0?=
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    =2Edot first
    Who is coming on Friday? =3D all of us

    --=20
    Zo=C3=AB
    The Hill Fund
    ");
}

#[tokio::test]
async fn an_answer_is_threaded_and_quotes_what_it_answers() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    mail.deliver_to(&lmtp.start().await);
    mail.write(
        "ana@town.example",
        "bo@fund.example",
        Draft::new("Friday", "Who is coming?"),
    )
    .unwrap();
    let question = mail.view().mailboxes[1].threads[0].mails[0].id;
    let answer = mail
        .write("bo@fund.example", LIST, Draft::reply(question, "I am!"))
        .unwrap();
    answer.taken().await;
    let text = lmtp.taken()[0].clone();
    let asked = mail.view().mailboxes[1].threads[0].mails[0]
        .message_id
        .clone()
        .unwrap();
    assert!(text.contains(&format!("In-Reply-To: <{asked}>\nReferences: <{asked}>\n")));
    assert!(text.contains("Subject: Re: Friday\n"));
    let body = text.split_once("\n\n").unwrap().1;
    let (words, quote) = body.split_once("\n\nOn ").unwrap();
    assert_eq!(words, "I am!");
    assert!(
        quote.ends_with("Ana <ana@town.example> wrote:\n\n> Who is coming?\n"),
        "{quote}"
    );
}

#[tokio::test]
async fn a_rich_mail_with_a_file_has_all_its_parts() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    mail.deliver_to(&lmtp.start().await);
    mail.add_mailbox(Mailbox::new("Bo", "bo@fund.example").client(Client::Rich));
    let draft = Draft::new("The plan", "See <here>").attach("plán.txt", "text/plain", b"hello");
    mail.write("bo@fund.example", LIST, draft)
        .unwrap()
        .taken()
        .await;
    assert_snapshot!(settled(&lmtp.taken()[0]).replace(inner_boundary(&lmtp.taken()[0]).as_str(), "INNER"), @r#"
    Authentication-Results: mx.sandbox.invalid; auth=pass smtp.auth=bo@fund.example
    Message-ID: ...
    Date: ...
    From: Bo <bo@fund.example>
    To: spring@gathering.example
    Subject: The plan
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="BOUNDARY"

    --BOUNDARY
    Content-Type: multipart/alternative; boundary="INNER"

    --INNER
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    See <here>

    --INNER
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    <html><body><div>See &lt;here&gt;</div>
    </body></html>

    --INNER--

    --BOUNDARY
    Content-Type: text/plain
    Content-Disposition: attachment; filename*=utf-8''pl%C3%A1n.txt
    Content-Transfer-Encoding: base64

    aGVsbG8=

    --BOUNDARY--
    "#);
    let sent = &mail.view().mailboxes[1].threads[0].mails[0];
    assert_eq!((sent.text.as_str(), sent.has_html), ("See <here>", true));
    let file = &sent.attachments[0];
    assert_eq!((file.name.as_str(), file.size), ("plán.txt", 5));
    assert_eq!(mail.attachment(sent.id, 0).unwrap().2, b"hello");
}

fn inner_boundary(mail: &str) -> String {
    let rest = mail.split("boundary=\"").nth(2).unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_mail_that_is_put_off_comes_again_until_it_is_taken() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    *lmtp.answers.lock().unwrap() = vec!["451 4.3.0 Later"];
    mail.deliver_to(&lmtp.start().await);
    let written = mail
        .write("ana@town.example", LIST, Draft::new("Hi", "Hello"))
        .unwrap();
    let mut changes = mail.changes();
    while mail.view().mailboxes[0].threads[0].mails[0]
        .transit
        .as_ref()
        .is_some_and(|it| it.answer.is_none())
    {
        changes.changed().await.unwrap();
    }
    let waiting = mail.view().mailboxes[0].threads[0].mails[0].transit.clone();
    assert!(waiting.unwrap().answer.unwrap().starts_with("451"));
    assert_eq!(written.taken().await, Outcome::Taken);
    assert_eq!(lmtp.taken().len(), 1);
    assert_eq!(mail.view().mailboxes[0].threads[0].mails[0].transit, None);
}

#[tokio::test]
async fn a_refused_mail_bounces_into_its_authors_mailbox() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    mail.deliver_to(&lmtp.start().await);
    let to = "nobody@gathering.example";
    let written = mail
        .write("ana@town.example", to, Draft::new("Hi", "Hello"))
        .unwrap();
    assert_eq!(
        written.taken().await,
        Outcome::Refused("550 5.1.1 Nobody".to_owned())
    );
    let view = mail.view();
    let thread = &view.mailboxes[0].threads[0];
    assert_eq!(thread.mails[1].folder, Folder::Bounce);
    assert_eq!(thread.mails[1].depth, 1);
    assert_snapshot!(thread.mails[1].text, @r"
    Your mail to nobody@gathering.example was not delivered. The other side said:

    550 5.1.1 Nobody
    ");
    let source = mail.source(thread.mails[1].id).unwrap();
    let source = String::from_utf8(source.to_vec()).unwrap();
    assert!(source.contains("Status: 5.1.1\r\n") && source.contains("Action: failed\r\n"));
    assert!(mail.log_of("ana@town.example").is_empty());
}

#[tokio::test]
async fn a_connection_cut_after_the_dot_brings_the_same_mail_again() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    *lmtp.cuts.lock().unwrap() = 1;
    mail.deliver_to(&lmtp.start().await);
    let first = mail
        .write("ana@town.example", LIST, Draft::new("Hi", "Hello"))
        .unwrap();
    let second = mail
        .write("ana@town.example", LIST, Draft::new("Hi", "Again"))
        .unwrap();
    assert_eq!(first.taken().await, Outcome::Taken);
    assert_eq!(second.taken().await, Outcome::Taken);
    let bodies: Vec<_> = lmtp.taken().iter().map(|it| it.contains("Again")).collect();
    assert_eq!(bodies, [false, true]);
}

#[tokio::test]
async fn mail_that_was_written_before_the_server_is_known_follows_on_one_connection() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    let mut written = Vec::new();
    for number in 0..200 {
        let draft = Draft::new("Load", &format!("Mail {number}"));
        written.push(mail.write("ana@town.example", LIST, draft).unwrap());
    }
    mail.deliver_to(&lmtp.start().await);
    for one in written {
        assert_eq!(one.taken().await, Outcome::Taken);
    }
    let taken = lmtp.taken();
    for (number, mail) in taken.iter().enumerate() {
        assert!(mail.ends_with(&format!("\n\nMail {number}\n")));
    }
    assert_eq!((taken.len(), *lmtp.connections.lock().unwrap()), (200, 1));
}

#[tokio::test]
async fn odd_bytes_go_out_as_they_are_and_each_recipient_is_answered() {
    let (mail, _) = served().await;
    let lmtp = Lmtp::default();
    assert!(matches!(
        mail.raw("", &[LIST], b"x").await,
        Err(MailError::NoServer)
    ));
    mail.deliver_to(&lmtp.start().await);
    let recipients = [LIST, "nobody@gathering.example"];
    let answers = mail
        .raw("", &recipients, b".\r\nno header at all")
        .await
        .unwrap();
    let codes: Vec<u16> = answers.iter().map(|it| it.code).collect();
    assert_eq!(codes, [250, 550]);
    assert_eq!(lmtp.taken(), [".\nno header at all\n"]);
}

#[test]
fn what_cannot_be_sent_is_refused_with_its_reason() {
    let mail = Mail::new();
    mail.add_person("Ana", "ana@town.example");
    let write = |person: &str, to: &str, draft: Draft| {
        mail.write(person, to, draft).unwrap_err().to_string()
    };
    let hello = || Draft::new("Hi", "Hello");
    assert_snapshot!(write("eve@town.example", LIST, hello()), @"nobody here has the address eve@town.example: add the person first");
    assert_snapshot!(write("ana@town.example", "a b@c.example", hello()), @"a b@c.example is not an address that mail can be sent to");
    assert_snapshot!(write("ana@town.example", LIST, hello().header("X", "a\r\nBcc: b")), @r#"the header "X" cannot stand in a mail: a name without colon, a value on one line"#);
}
