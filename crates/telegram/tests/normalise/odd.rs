//! What nobody understands.

use insta::assert_snapshot;

use crate::shown;

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
