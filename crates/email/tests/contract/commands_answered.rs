//! Answers to mail to the bridge itself, on their way out (RFC 3834).

use conversation::{Adapter, Markup, Outbound, SendError, Timestamp};
use email::Email;
use insta::assert_snapshot;

use crate::{
    commands::{COMMANDS, HELP, handed_in, only, proven, settings},
    send,
    sink::{Fault, Sink},
};

async fn answer_to(to: &str) -> Outbound {
    let (_, memory) = handed_in(to, &[proven(HELP)]).await;
    let asked = only(&memory);
    let post = conversation::Post {
        shown_name: "Causeway".to_owned(),
        subject: String::new(),
        ..send::post(Markup::plain("You can say: help"))
    };
    Outbound {
        to: None,
        way_back: asked.way_back,
        ..send::outbound(asked.channel.id.as_str(), post)
    }
}

#[tokio::test]
async fn an_answer_goes_to_whoever_asked_alone_and_no_machine_answers_it() {
    let (sink, port) = Sink::start().await;
    let email = Email::new(settings(port)).unwrap();
    let answer = answer_to(COMMANDS).await;
    email.send(&answer).await.unwrap();
    assert_eq!(sink.recipients(), ["ana@x.org"]);
    let first = sink.first();
    assert_eq!(first.from, "spring-bounces@lists.example");
    let mail = String::from_utf8(first.mail.clone()).unwrap();
    let (head, _) = mail.split_once("\r\nMIME-Version").unwrap();
    assert_snapshot!(head.replace("\r\n", "\n"), @r"
    From: Causeway <spring-request@lists.example>
    To: ana@x.org
    Date: Fri, 03 May 2024 10:00:00 +0000
    Subject: From Causeway
    Message-ID: <d1.0@causeway.example>
    In-Reply-To: <m1@x.org>
    References: <m1@x.org>
    X-Causeway-Id: 5d538a9e5f848e7b2d240a1f026bd9a9
    Auto-Submitted: auto-replied
    ");
    // Whatever machine sends it back, it is heard by nobody.
    let back = proven(&mail.replace("\r\n", "\n")) + "\n.\n";
    let (_, memory) = handed_in(COMMANDS, &[back]).await;
    assert_eq!(memory.accepted.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn about_no_list_the_community_answers() {
    let (sink, port) = Sink::start().await;
    let email = Email::new(settings(port)).unwrap();
    let answer = answer_to("causeway@lists.example").await;
    email.send(&answer).await.unwrap();
    let question = Outbound {
        way_back: None,
        ..answer
    };
    email.send(&question).await.unwrap();
    assert_eq!(sink.recipients(), ["ana@x.org", "ana@x.org"]);
    for delivered in sink.delivered.lock().unwrap().iter() {
        let mail = String::from_utf8(delivered.mail.clone()).unwrap();
        assert!(mail.starts_with("From: Causeway <causeway@lists.example>\r\n"));
    }
    // What is said to a list has readers.
    let to_all = Outbound {
        way_back: None,
        ..answer_to(COMMANDS).await
    };
    let answer = email.send(&to_all).await;
    assert!(
        matches!(answer, Err(SendError::ChannelGone(_))),
        "{answer:?}"
    );
}

/// It speaks of the way alone, and what is better in a moment is waited for.
#[tokio::test]
async fn an_answer_that_is_not_taken_now_goes_later() {
    let (sink, port) = Sink::start().await;
    let email = Email::new(settings(port)).unwrap();
    let answer = answer_to(COMMANDS).await;
    let mut heard = Vec::new();
    for says in ["450 4.7.1 greylisted", "550 5.7.1 no", "550 5.1.1 unknown"] {
        let ana = "ana@x.org".to_owned();
        let fault = Fault::Answer(says);
        sink.faults.lock().unwrap().insert(ana, fault);
        let error = email.send(&answer).await.unwrap_err();
        let kind = format!("{error:?}");
        heard.push(kind.split('(').next().unwrap().to_owned());
    }
    assert_eq!(heard, ["PutOff", "Refused", "Refused"]);
    let foreign = Outbound {
        way_back: Some(conversation::WayBack {
            token: "of another version".to_owned(),
            until: Timestamp(i64::MAX),
        }),
        ..answer
    };
    let answer = email.send(&foreign).await;
    assert!(matches!(answer, Err(SendError::Refused(_))), "{answer:?}");
}
