//! What of a mail is kept, and under which names.

use conversation::{Event, Inbound};
use insta::assert_snapshot;

use crate::{
    lmtp::{HI, answers, post},
    support::Memory,
};

/// The id that it came with, the fingerprint, and the id that it goes by if the first is another's.
fn names(inbound: &Inbound) -> (String, String, String) {
    let Event::Posted(posted) = &inbound.event else {
        panic!("{inbound:?}")
    };
    let twin = posted.twin.clone().unwrap();
    assert_eq!(
        twin.key.0,
        format!("mail:{}:{}", inbound.channel.id, twin.message)
    );
    (inbound.key.to_string(), twin.fingerprint, twin.key.0)
}

#[tokio::test]
async fn each_mail_tells_itself_from_another_under_its_id() {
    let memory = Memory::default();
    let mails = [
        HI.to_owned(),
        HI.to_owned(),
        HI.replace("Who comes?", "Nobody."),
        HI.replace("Subject: Hall", "Subject: The hall"),
        HI.replace("m1@x.org", "m2@x.org"),
        HI.replace("ana@x.org", "bo@y.org"),
    ];
    let script: String = mails
        .iter()
        .map(|mail| format!("MAIL FROM:<a@x.org>\nRCPT TO:<spring@lists.example>\nDATA\n{mail}"))
        .collect();
    answers(&memory, &format!("LHLO x\n{script}")).await;
    answers(&memory, &post(&["open@lists.example"], HI)).await;
    let accepted = memory.accepted.lock().unwrap();
    let names: Vec<_> = accepted.iter().map(names).collect();
    assert_eq!(names[0], names[1], "a repeat is the same in all");
    for (other, what) in [(2, "words"), (3, "subject"), (5, "author")] {
        assert_eq!(names[0].0, names[other].0);
        assert_ne!(names[0].1, names[other].1, "another {what}");
        assert_ne!(names[0].2, names[other].2, "another {what}");
    }
    assert_eq!(names[0].1, names[4].1);
    assert_ne!(
        names[0].2, names[4].2,
        "one text under two ids is two mails"
    );
    assert_ne!(names[0].2, names[6].2, "each list hears a mail by itself");
}

#[tokio::test]
async fn files_are_kept_before_the_mail_is_accepted_and_the_rest_stays_retrievable() {
    let memory = Memory::default();
    let mail = format!(
        "From: ana@x.org\nMessage-ID: <m@x.org>\nContent-Type: multipart/mixed; boundary=b\n\n\
         --b\n\nSee the plan.\n\nOn 3 May 2024 at 10:00, Bo <bo@y.org> wrote:\n> Where is it?\n\
         --b\nContent-Type: application/pdf; name=plan.pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n\
         --b\nContent-Type: application/zip; name=all.zip\n\n{}\n--b--\n.\n",
        "x".repeat(1_200)
    );
    let said = answers(&memory, &post(&["spring@lists.example"], &mail)).await;
    assert!(said.contains("250 2.6.0"), "{said}");
    assert_eq!(*memory.files.lock().unwrap(), [b"hello"]);
    assert_snapshot!(memory.heard(), @r#"email:spring@lists.example Ana: "See the plan.\n[all.zip was left out: it is larger than 1 MB]" [mail:spring@lists.example:m@x.org]"#);
    let posts = memory.accepted.lock().unwrap();
    let Event::Posted(posted) = &posts[0].event else {
        panic!()
    };
    assert_eq!(posted.elided.lines().last(), Some("> Where is it?"));
    let shown = format!("{:?}", posted.content.attachments);
    assert_snapshot!(shown, @r#"[Attachment { kind: Document, name: Some("plan.pdf"), mime: Some("application/pdf"), size: Some(5), alt: None, source: Blob(BlobRef { sha256: "file-1", size: 5 }) }]"#);
}
