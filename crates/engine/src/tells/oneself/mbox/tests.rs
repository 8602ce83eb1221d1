use conversation::IdentityId;
use insta::assert_snapshot;
use store::{FileHeld, NameHeld};

use super::*;

fn mail(name: &str, subject: &str, text: &str) -> String {
    let account = AccountHeld {
        identity: IdentityId("i".to_owned()),
        platform: "chat".into(),
        account: "42\r\nBcc: all@example.org".into(),
        picture: None,
        known_since: Timestamp(0),
        names: vec![NameHeld {
            name: name.to_owned(),
            number: 1,
            since: Timestamp(0),
            until: None,
        }],
        counted: 0,
    };
    let revision = Revision {
        number: 0,
        at: Timestamp(0),
        subject: Some(subject.to_owned()),
        text: text.to_owned(),
        files: vec![FileHeld {
            kind: conversation::AttachmentKind::Photo,
            name: Some("a\nb.jpg".to_owned()),
            mime: None,
            size: None,
            shows: None,
        }],
    };
    let said = SaidHeld {
        id: MessageId("m1".to_owned()),
        platform: "chat".into(),
        room: Some("spring\nfair".to_owned()),
        said_at: Timestamp(0),
        thread: MessageId("m0".to_owned()),
        answers: Some(MessageId("m0>\nX: y".to_owned())),
        changed_at: None,
        deleted_at: None,
        words: vec![revision],
        went_to: Vec::new(),
        stays: None,
    };
    Writer::of(&CommunityId("c".to_owned()), &account).mail(&said)
}

#[test]
fn whatever_somebody_wrote_is_one_mail() {
    let evil = "Ana\r\nBcc: all@example.org\r\n\r\nFrom x";
    assert_snapshot!(mail(evil, evil, "From me\n>From you\n\n.\r\nFrom you again"), @r"
    From causeway.invalid Thu Jan  1 00:00:00 1970
    From: =?utf-8?B?QW5hICBCY2M6IGFsbEBleGFtcGxlLm9yZyAgICBGcm9tIHg=?= <42--Bcc--all-example.org@chat.causeway.invalid>
    Date: Thu, 01 Jan 1970 00:00:00 +0000
    Message-ID: <m1@c.causeway.invalid>
    In-Reply-To: <m0--X--y@c.causeway.invalid>
    References: <m0@c.causeway.invalid>
    Subject: =?utf-8?B?QW5hICBCY2M6IGFsbEBleGFtcGxlLm9yZyAgICBGcm9tIHg=?=
    X-Causeway-Platform: chat
    X-Causeway-Room: =?utf-8?B?c3ByaW5nIGZhaXI=?=
    X-Causeway-File: =?utf-8?B?YSBiLmpwZw==?=
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    >From me
    >>From you

    .
    >From you again
    ");
}

#[test]
fn a_line_without_end_is_encoded() {
    let long = format!("{}\nFrom elsewhere", "ä".repeat(2000));
    let mail = mail("Ana", "Über", &long);
    assert!(mail.lines().all(|it| it.len() <= 120));
    assert!(!mail.contains("\nFrom "));
    let coded = mail
        .split_once("base64\n\n")
        .expect("encoded")
        .1
        .replace('\n', "");
    assert_eq!(STANDARD.decode(coded).expect("base64"), long.as_bytes());
}
