//! What goes wrong on the way to members, and what each trouble is called.

use std::sync::atomic::Ordering;

use conversation::{Adapter, Markup, Outbound, Receipt, SendError};
use email::Email;

use crate::{
    send::{SPRING, addressee, outbound, post, town},
    sink::{Fault, Sink},
    support::settings,
};

/// To Bo alone.
async fn to_bo(email: &Email) -> Result<Receipt, SendError> {
    let words = outbound(SPRING, post(Markup::plain("Hi")));
    let to = Some(addressee("bo@y.org"));
    email.send(&Outbound { to, ..words }).await
}

async fn answered(fault: Fault) -> SendError {
    let (email, sink) = town().await;
    sink.fail("bo@y.org", fault);
    to_bo(&email).await.unwrap_err()
}

#[tokio::test]
async fn an_answer_is_judged_by_the_command_that_it_answers() {
    let later = answered(Fault::Answer("451 4.2.1 <bo@y.org> try later")).await;
    assert_eq!(later, SendError::PutOff("451 4.2.1 … try later".to_owned()));
    let refused = answered(Fault::Answer("550 5.1.1 no such person")).await;
    assert_eq!(
        refused,
        SendError::Refused("550 5.1.1 no such person".to_owned())
    );
    let full = answered(Fault::Answer("452 4.3.1 Insufficient system storage")).await;
    assert_eq!(
        full,
        SendError::Unavailable("452 4.3.1 Insufficient system storage".to_owned())
    );
    let spam = answered(Fault::AnswerAfter("554 5.7.1 this is spam")).await;
    assert!(
        matches!(spam, SendError::Unclear { is_final: true, .. }),
        "{spam:?}"
    );
    let large = answered(Fault::AnswerAfter("552 5.3.4 too large")).await;
    assert!(matches!(large, SendError::TooLarge(_)), "{large:?}");
}

#[tokio::test]
async fn what_is_said_to_our_address_is_no_readers_fault() {
    let (email, sink) = town().await;
    sink.decline_senders("553 5.7.1 not owned by user causeway");
    let refused = to_bo(&email).await.unwrap_err();
    assert_eq!(
        refused,
        SendError::Unavailable("553 5.7.1 not owned by user causeway".to_owned())
    );
    sink.heal();
    to_bo(&email).await.unwrap();
}

#[tokio::test]
async fn a_mail_over_the_servers_own_limit_is_not_even_offered() {
    let (email, sink) = town().await;
    sink.takes_at_most(600);
    let large = to_bo(&email).await.unwrap_err();
    assert_eq!(
        large,
        SendError::TooLarge("the mail server takes mails of up to 600 bytes".to_owned())
    );
    assert_eq!(sink.recipients(), [""; 0]);
}

#[tokio::test]
async fn a_refusal_costs_no_connection() {
    let (email, sink) = town().await;
    sink.fail("bo@y.org", Fault::Answer("550 5.1.1 no such person"));
    for _ in 0..3 {
        assert!(matches!(to_bo(&email).await, Err(SendError::Refused(_))));
    }
    assert_eq!(sink.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_cut_before_the_mail_is_a_delay_and_one_after_it_a_doubt() {
    let early = answered(Fault::CutEarly).await;
    assert!(
        matches!(
            early,
            SendError::Unclear {
                is_final: false,
                ..
            }
        ),
        "{early:?}"
    );
    let late = answered(Fault::Cut).await;
    assert!(matches!(late, SendError::Uncertain(_)), "{late:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_delay() {
    let email = Email::new(settings(1)).unwrap();
    let down = email
        .send(&outbound(SPRING, post(Markup::plain("Hi"))))
        .await;
    assert!(matches!(down, Err(SendError::Unavailable(_))), "{down:?}");
}

#[tokio::test]
async fn connections_are_bounded_and_kept() {
    let (sink, port) = Sink::start().await;
    let mut settings = settings(port);
    settings.lists[0].members = (0..100)
        .map(|n| format!("u{n}@x.org").parse().unwrap())
        .collect();
    let email = Email::new(settings).unwrap();
    let words = outbound(SPRING, post(Markup::plain("Hi")));
    let one = |n: usize| Outbound {
        to: Some(addressee(&format!("u{n}@x.org"))),
        ..words.clone()
    };
    let all: Vec<_> = (0..200).map(|n| one(n % 100)).collect();
    let sent = all.iter().map(|it| email.send(it));
    for answer in futures::future::join_all(sent).await {
        answer.unwrap();
    }
    assert_eq!(sink.delivered.lock().unwrap().len(), 200);
    assert!(sink.connections.load(Ordering::SeqCst) <= 2);
    assert!(sink.most_open.load(Ordering::SeqCst) <= 2);
}
