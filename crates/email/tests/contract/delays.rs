//! What goes wrong on the way to members, and what each trouble is called.

use std::sync::atomic::Ordering;

use conversation::{Adapter, Markup, SendError};
use email::Email;

use crate::{
    send::{SPRING, outbound, post, town},
    sink::{Fault, Sink},
    support::settings,
};

#[tokio::test]
async fn one_members_delay_is_tried_again_alone() {
    let (email, sink) = town().await;
    sink.fail("bo@y.org", Fault::Answer("451 4.2.1 try later"));
    sink.fail("chi@z.org", Fault::Answer("550 5.1.1 no such person"));
    let mut again = post(Markup::plain("Hi"));
    let stopped = email.send(&outbound(SPRING, again.clone())).await;
    let Err(SendError::Interrupted { progress, cause }) = stopped else {
        panic!("{stopped:?}")
    };
    assert!(matches!(*cause, SendError::PutOff(_)), "{cause:?}");
    assert!(!progress.contains('@'), "{progress}");
    assert_eq!(sink.recipients(), ["ana@x.org"]);

    sink.heal();
    again.progress = Some(progress);
    email.send(&outbound(SPRING, again)).await.unwrap();
    assert_eq!(sink.recipients(), ["ana@x.org", "bo@y.org"]);
}

#[tokio::test]
async fn a_mail_that_every_member_refuses_is_refused() {
    let (email, sink) = town().await;
    for member in ["ana@x.org", "bo@y.org", "chi@z.org"] {
        sink.fail(member, Fault::AnswerAfter("554 5.7.1 this is spam"));
    }
    let refused = email
        .send(&outbound(SPRING, post(Markup::plain("Hi"))))
        .await;
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");
    // A refusal costs no connection.
    assert!(sink.connections.load(Ordering::SeqCst) <= 2);
}

#[tokio::test]
async fn a_cut_before_the_mail_is_a_delay_and_one_after_it_a_doubt() {
    let (email, sink) = town().await;
    let all = ["ana@x.org", "bo@y.org", "chi@z.org"];
    all.iter()
        .for_each(|member| sink.fail(member, Fault::CutEarly));
    let cut = email
        .send(&outbound(SPRING, post(Markup::plain("Hi"))))
        .await;
    assert!(matches!(cut, Err(SendError::Unavailable(_))), "{cut:?}");
    all.iter().for_each(|member| sink.fail(member, Fault::Cut));
    let cut = email
        .send(&outbound(SPRING, post(Markup::plain("Hi"))))
        .await;
    assert!(matches!(cut, Err(SendError::Uncertain(_))), "{cut:?}");
    let outbound = outbound(SPRING, post(Markup::plain("Hi")));
    assert_eq!(
        email.reconcile(&outbound).await.unwrap(),
        conversation::Reconciled::NotFound
    );
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
    for _ in 0..2 {
        email
            .send(&outbound(SPRING, post(Markup::plain("Hi"))))
            .await
            .unwrap();
    }
    assert_eq!(sink.delivered.lock().unwrap().len(), 200);
    assert!(sink.connections.load(Ordering::SeqCst) <= 2);
    assert!(sink.most_open.load(Ordering::SeqCst) <= 2);
}
