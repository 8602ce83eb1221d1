//! To whom posts go, and what cannot go to them.

use conversation::{Adapter, ChannelRef, Markup, Operation, SendError};

use email::Email;

use crate::{
    send::{SPRING, outbound, post, send_to_all, town},
    support::settings,
};

#[tokio::test]
async fn a_mail_is_handed_on_under_its_own_id() {
    let (email, sink) = town().await;
    let mut post = post(Markup::plain("Hi"));
    post.original = Some("m1@y.org".into());
    post.from = "email".into();
    post.author.account = "bo@y.org".into();
    let outbound = outbound(SPRING, post);
    assert_eq!(email.own_id(&outbound), Some("m1@y.org".into()));
    let receipt = email.send(&outbound).await.unwrap();
    assert_eq!(receipt.remote_ids, ["m1@y.org".into()]);
    assert!(
        String::from_utf8(sink.first().mail)
            .unwrap()
            .contains("Message-ID: <m1@y.org>\r\n")
    );
}

#[tokio::test]
async fn staff_knows_a_reader_by_name_or_by_half_an_address() {
    let mut settings = settings(1);
    settings.lists[0]
        .members
        .push("dora.k@y.org".parse().unwrap());
    let email = Email::new(settings).unwrap();
    let readers = email.readers(&ChannelRef::new("email", SPRING)).unwrap();
    let names: Vec<_> = readers.all.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Ana", "Bo", "Chi", "d…@y.org"]);
    assert_eq!(readers.at_once, 2);
}

#[tokio::test]
async fn one_person_alone_gets_a_mail_from_nobodys_list() {
    let (email, sink) = town().await;
    let channel = email
        .open_direct_channel(&"Ana@X.org".into())
        .await
        .unwrap();
    let words = outbound(channel.id.as_str(), post(Markup::plain("Time to water")));
    for answer in send_to_all(&email, &words).await {
        answer.unwrap();
    }
    let mail = String::from_utf8(sink.first().mail).unwrap();
    assert_eq!(sink.recipients(), ["ana@x.org"]);
    assert!(
        mail.contains("Auto-Submitted: auto-generated\r\n") && !mail.contains("List-Id"),
        "{mail}"
    );
    let lost = send_to_all(&email, &outbound("nowhere", post(Markup::plain("Hi")))).await;
    assert!(
        matches!(lost[..], [Err(SendError::ChannelGone(_))]),
        "{lost:?}"
    );
}

#[tokio::test]
async fn what_mail_cannot_do_is_refused_in_words() {
    let email = Email::new(settings(1)).unwrap();
    let mut edit = outbound(SPRING, post(Markup::plain("Hi")));
    edit.operation = Operation::Delete {
        targets: vec!["m1@x.org".into()],
    };
    let refused = email.send(&edit).await.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the platform refused the message: a mail that is sent cannot be taken back"
    );
}
