//! What nobody understands.

use insta::assert_snapshot;

use telegram::{Normalised, normalise};

use crate::NOW;
use crate::{shown, us};

#[test]
fn the_state_of_polls_is_ignored() {
    assert_snapshot!(shown("poll_state"), @"ignored: poll-state");
}

#[test]
fn what_telegram_adds_tomorrow_is_kept_raw() {
    assert_snapshot!(shown("unknown_update"), @"kept raw: unknown-update");
    assert_snapshot!(shown("unknown_message"), @"kept raw: unknown-message");
}

#[test]
fn what_is_no_update_is_kept_raw() {
    assert_snapshot!(shown("no_update_at_all"), @"kept raw: malformed-update");
    assert_snapshot!(shown("two_at_once"), @"kept raw: malformed-update");
    assert_snapshot!(shown("wrong_types"), @"kept raw: malformed-update");
    assert_snapshot!(shown("nothing_inside"), @"kept raw: empty-update");
}

/// S18: of two with one name, one would be hidden.
#[test]
fn what_stands_twice_is_kept_raw() {
    let message = |text: &str| {
        format!(
            r#""message":{{"message_id":5,"date":1,"text":"{text}","chat":{{"id":-1,"type":"group"}}}}"#
        )
    };
    let (one, two) = (message("one"), message("two"));
    for twice in [
        format!(r#"{{"update_id":1,{one},{two}}}"#),
        format!(r#"{{"update_id":1,"update_id":2,{one}}}"#),
        format!(
            r#"{{"update_id":1,{}}}"#,
            one.replace(r#""date":1"#, r#""date":1,"date":2"#)
        ),
    ] {
        let kept = Normalised::Unreadable {
            reason: "malformed-update",
            raw: twice.clone(),
        };
        assert_eq!(normalise(&twice, &us(), NOW), kept);
    }
}

/// S18: 1e400 is no number, and ids beyond their type are none either. Dates may be anything.
#[test]
fn numbers_beyond_all_measure_are_kept_raw_or_read() {
    let message = |id: &str, date: &str, chat: &str| {
        let raw = format!(
            r#"{{"update_id":1,"message":{{"message_id":{id},"date":{date},"text":"x","chat":{{"id":{chat},"type":"group"}}}}}}"#
        );
        matches!(normalise(&raw, &us(), NOW), Normalised::Events(_))
    };
    for ok in ["0", "-1", "9223372036854775807", "-9223372036854775808"] {
        assert!(message("5", ok, "-1") && message("5", "1", ok), "{ok}");
    }
    for odd in ["1e400", "9223372036854775808", "1.5", "\"5\"", "null"] {
        assert!(!message("5", odd, "-1") && !message("5", "1", odd), "{odd}");
    }
    assert!(!message("2147483648", "1", "-1") && !message("1e400", "1", "-1"));
}
