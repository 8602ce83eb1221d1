#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;

use super::*;

fn answered(error: &str) -> CallError {
    CallError::Answered(Refusal {
        error: error.to_owned(),
        ..Refusal::default()
    })
}

fn name(error: SendError) -> String {
    format!("{error:?}")
}

#[test]
fn each_of_slacks_words_says_what_to_do_next() {
    let next = |code| name(answered(code).into_send_error(Repeated::Doubles));
    assert_snapshot!(next("token_revoked"), @r#"Unauthorised("token_revoked: install the app again in this workspace, then copy its new `slack.bot_token`")"#);
    assert_snapshot!(next("not_in_channel"), @r#"ChannelGone("not_in_channel: write /invite @Causeway in the channel")"#);
    assert_snapshot!(next("is_archived"), @r#"ChannelGone("is_archived: unarchive the channel")"#);
    assert_snapshot!(next("msg_too_long"), @r#"Refused("msg_too_long")"#);
    assert_snapshot!(next("fatal_error"), @r#"Uncertain("fatal_error")"#);
    assert_snapshot!(next("service_unavailable"), @r#"Unavailable("service_unavailable")"#);
    assert_snapshot!(next("never_heard_of"), @r#"Refused("never_heard_of")"#);
    assert_snapshot!(name(answered("internal_error").harmless()), @r#"Unavailable("internal_error")"#);
}

#[test]
fn a_workspace_that_moves_is_waited_for_and_one_that_is_closed_is_not() {
    let next = |code| answered(code).into_send_error(Repeated::Doubles);
    for code in ["org_login_required", "external_channel_migrating"] {
        assert_eq!(next(code), SendError::Unavailable(code.to_owned()));
    }
    for code in ["team_disabled", "forbidden_team", "user_removed_from_team"] {
        assert!(matches!(next(code), SendError::Unauthorised(_)), "{code}");
    }
    assert!(matches!(next("is_inactive"), SendError::ChannelGone(_)));
}

/// The scopes of an app-level token are on another page than the bot's, and cannot be added to.
#[test]
fn the_token_that_opens_connections_has_cures_of_its_own() {
    for (code, cure) in [
        ("invalid_auth", "copy `slack.app_token` again"),
        (
            "missing_scope",
            "make a new app-level token with the scope connections:write",
        ),
        ("link_disabled", "set `slack.mode`"),
    ] {
        let end = answered(code).final_for_app_token();
        let Some(SendError::Unauthorised(told)) = end else {
            panic!("{code}: {end:?}");
        };
        assert!(told.contains(cure), "{told}");
    }
}

#[test]
fn a_missing_scope_is_named() {
    let refusal = Refusal {
        error: "missing_scope".to_owned(),
        needed: "chat:write.customize".to_owned(),
        provided: "chat:write,users:read".to_owned(),
        messages: String::new(),
    };
    let error = CallError::Answered(refusal).into_send_error(Repeated::Doubles);
    assert_snapshot!(name(error), @r#"ChannelGone("missing_scope: the app lacks the scope chat:write.customize (it has chat:write,users:read): add it on the app's page \"OAuth & Permissions\" and install the app again")"#);
}

#[test]
fn what_went_out_without_an_answer_is_in_doubt_where_it_would_double() {
    let of = |error: CallError, repeated| name(error.into_send_error(repeated));
    let lost = || CallError::from(Transit::no_answer("cut"));
    assert_snapshot!(of(lost(), Repeated::Doubles), @r#"Uncertain("cut")"#);
    assert_snapshot!(of(lost(), Repeated::IsHarmless), @r#"Unavailable("cut")"#);
    assert_snapshot!(of(CallError::from(Transit::NotSent("refused".to_owned())), Repeated::Doubles), @r#"Unavailable("refused")"#);
    assert_snapshot!(of(CallError::Foreign(502), Repeated::Doubles), @r#"Uncertain("HTTP status 502")"#);
    assert_snapshot!(of(CallError::Foreign(503), Repeated::Doubles), @r#"Unavailable("HTTP status 503")"#);
}

/// R8.
#[test]
fn a_wait_that_makes_no_sense_is_not_believed() {
    for (header, seconds) in [
        (Some("30"), 30),
        (Some(" 1 "), 1),
        (Some("99999999999999"), 3600),
        (Some("-1"), 5),
        (Some("0"), 5),
        (Some("NaN"), 5),
        (Some("Wed, 21 Oct 2026 07:28:00 GMT"), 5),
        (None, 5),
    ] {
        assert_eq!(
            retry_after(header),
            Duration::from_secs(seconds),
            "{header:?}"
        );
    }
}
