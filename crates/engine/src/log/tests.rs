#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;

use super::*;

fn notice(kind: NoticeKind, about: &str, text: &str) -> Notice {
    Notice::new(kind, about, text.to_owned(), Timestamp(0))
}

fn lines(log: &mut Reported, notices: Vec<Notice>, now: i64) -> String {
    let lines = log.follow(notices, Timestamp(now)).into_iter();
    let lines = lines.map(|(phase, it)| text(phase, &it, Some("chat:a")));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_is_said_when_it_begins_hourly_while_it_lasts_and_when_it_is_over() {
    let mut log = Reported::default();
    let fails = || {
        vec![notice(
            NoticeKind::ChannelFails,
            "chat:a",
            "nothing gets through",
        )]
    };
    assert_snapshot!(lines(&mut log, fails(), 0), @"nothing gets through");
    assert_snapshot!(lines(&mut log, fails(), 15_000), @"");
    assert_snapshot!(lines(&mut log, fails(), AGAIN_MS), @"still so: nothing gets through");
    assert_snapshot!(lines(&mut log, fails(), AGAIN_MS + 1), @"");
    assert_snapshot!(lines(&mut log, Vec::new(), AGAIN_MS + 2), @"over: nothing gets through");
    assert_snapshot!(lines(&mut log, fails(), AGAIN_MS + 3), @"nothing gets through");
}

#[test]
fn what_waits_for_staff_is_said_once_and_what_is_said_anew_is_new() {
    let mut log = Reported::default();
    let held = || vec![notice(NoticeKind::Held, "chat:a", "one waits")];
    assert_snapshot!(lines(&mut log, held(), 0), @"one waits");
    assert_snapshot!(lines(&mut log, held(), 9 * AGAIN_MS), @"");
    let other = vec![notice(NoticeKind::Held, "chat:a", "another waits")];
    assert_snapshot!(lines(&mut log, other, 9 * AGAIN_MS), @"still so: another waits");
}

#[test]
fn what_two_communities_are_told_of_one_channel_is_said_once() {
    let mut log = Reported::default();
    let held = || notice(NoticeKind::Held, "chat:a", "one waits");
    assert_snapshot!(lines(&mut log, vec![held(), held()], 0), @"one waits");
    assert_snapshot!(lines(&mut log, vec![held(), held()], 15_000), @"");
    assert_snapshot!(lines(&mut log, vec![held()], 30_000), @"");
    assert_snapshot!(lines(&mut log, Vec::new(), 45_000), @"over: one waits");
}

#[test]
fn a_person_is_not_named_and_a_direct_channel_has_its_inner_name() {
    let trouble = notice(
        NoticeKind::ReaderTrouble,
        "list:spring@#3",
        "Bo: 550 no such user bo@example.org",
    );
    assert_eq!(trouble.channel().unwrap().to_string(), "list:spring@");
    assert_eq!(trouble.reader(), Some(3));
    assert_snapshot!(text(Phase::Begins, &trouble, Some("list:spring@")), @"somebody does not get what is said: `causeway status` says who and why");
    let closed = notice(
        NoticeKind::ChannelClosed,
        "chat:77",
        "chat:77 is closed: `causeway room link r chat:77`",
    );
    assert_snapshot!(text(Phase::Over, &closed, Some("direct:ch9")), @"over: direct:ch9 is closed: `causeway room link r direct:ch9`");
}
