#![allow(clippy::unwrap_used)]

use calls::Repeated;

use super::*;
use crate::settings::{Mode, Pace};

fn api(url: &str) -> Api {
    Api::new(&Settings {
        bot_token: Secret::new("xoxb-1"),
        mode: Mode::Socket,
        app_token: Secret::new("xapp-1"),
        signing_secret: Secret::new(""),
        api_url: url.to_owned(),
        request_timeout_s: 1,
        ping_every_s: 1,
        max_upload_bytes: 1,
        max_download_bytes: 1,
        pace: Pace {
            per_channel_per_s: 0,
        },
    })
    .unwrap()
}

/// Nothing of these says that Slack did not do it, unless the status does.
#[test]
fn an_answer_that_says_neither_yes_nor_no_is_no_refusal() {
    let page = "<html>Oh no.</html>";
    for (status, body, post, edit) in [
        (200, r#"{"ok":false}"#, "Uncertain", "Unavailable"),
        (
            200,
            r#"{"ok":false,"error":""}"#,
            "Uncertain",
            "Unavailable",
        ),
        (
            200,
            r#"{"ok":false,"error":" \n"}"#,
            "Uncertain",
            "Unavailable",
        ),
        (200, r#"{"ok":false,"error":7}"#, "Uncertain", "Unavailable"),
        (
            200,
            r#"{"ok":false,"error":null}"#,
            "Uncertain",
            "Unavailable",
        ),
        (200, r#"{"ok":"no"}"#, "Uncertain", "Unavailable"),
        (200, "{}", "Uncertain", "Unavailable"),
        (200, "[]", "Uncertain", "Unavailable"),
        (200, "", "Uncertain", "Unavailable"),
        (200, page, "Uncertain", "Unavailable"),
        (500, r#"{"ok":false}"#, "Uncertain", "Unavailable"),
        (502, page, "Uncertain", "Unavailable"),
        (503, page, "Unavailable", "Unavailable"),
        (400, r#"{"ok":false}"#, "Unavailable", "Unavailable"),
        (403, page, "Unavailable", "Unavailable"),
        (302, "", "Unavailable", "Unavailable"),
        (
            200,
            r#"{"ok":false,"error":"msg_too_long"}"#,
            "Refused",
            "Refused",
        ),
        (
            400,
            r#"{"ok":false,"error":"msg_too_long"}"#,
            "Refused",
            "Refused",
        ),
    ] {
        let status = StatusCode::from_u16(status).unwrap();
        let body_of = Ok(body.as_bytes().to_vec());
        let error = understood(status, body_of, &Secrets::default()).unwrap_err();
        for (repeated, expected) in [(Repeated::Doubles, post), (Repeated::IsHarmless, edit)] {
            let next = format!("{:?}", error.clone().into_send_error(repeated));
            assert!(next.starts_with(expected), "{status} {body}: {next}");
        }
    }
}

#[test]
fn what_an_address_answers_is_read() {
    let of = |body: &str| accepted(body.as_bytes().to_vec(), &Secrets::default());
    for body in ["ok", "", r#"{"ok":true}"#, "<html>"] {
        assert!(of(body).is_ok(), "{body}");
    }
    let refused = of(r#"{"ok":false,"error":"invalid_blocks"}"#).unwrap_err();
    assert!(refused.is("invalid_blocks"));
}

#[test]
fn tokens_go_to_the_configured_server_alone() {
    let (slack, local) = (api("https://slack.com/api"), api("http://127.0.0.1:1/api"));
    for (api, address, is_own) in [
        (&slack, "https://slack.com/api/x", true),
        (
            &slack,
            "https://files.slack.com/files-pri/T1-F1/x.png",
            true,
        ),
        (
            &slack,
            "http://files.slack.com/files-pri/T1-F1/x.png",
            false,
        ),
        (&slack, "https://evilslack.com/x", false),
        (&slack, "https://slack.com.evil.example/x", false),
        (&slack, "https://slack.com@evil.example/x", false),
        (&slack, "file:///etc/passwd", false),
        (&slack, "https://slack.com:8443/x", false),
        (&local, "http://127.0.0.1:1/files/F1", true),
        (&local, "http://127.0.0.1:2/files/F1", false),
        (&local, "https://files.slack.com/x", false),
    ] {
        assert_eq!(api.own(address).is_ok(), is_own, "{address}");
    }
}
