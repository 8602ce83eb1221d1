#![allow(clippy::unwrap_used)]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use proptest::prelude::*;

use super::Secrets;

const TOKEN: &str = "xoxq-0815/CANARY+k";

fn cleaned(text: &str) -> String {
    Secrets::of([TOKEN, "4242:canary-of-telegram", "causeway", ""]).without(text)
}

#[test]
fn a_known_secret_goes_however_it_is_spelled() {
    for text in [
        "no: xoxq-0815/CANARY+k.",
        "no: XOXQ-0815/canary+K.",
        "no: xoxq-0815%2FCANARY%2bk.",
        "no: xoxq-0815%252FCANARY%252Bk.",
        "no: xoxq-0815\\/CANARY\\u002bk.",
        "no: xoxq-08\r\n 15/CANARY+k.",
        "no: xoxq-08\\r\\n15/CANARY+k.",
        "no: xoxq-08=\r\n15/CANARY+k.",
        "no: xoxq-08\n5.7.8 15/CANARY+k.",
        "no: xoxq\u{200b}-0815/CANARY+k.",
    ] {
        assert_eq!(cleaned(text), "no: ….", "{text}");
    }
}

#[test]
fn in_base64_it_goes_with_all_that_it_stands_in() {
    for before in ["", "a", "\0user\0", "Basic "] {
        let plain = format!("{before}{TOKEN}, and more");
        for text in [STANDARD.encode(&plain), URL_SAFE.encode(&plain)] {
            assert_eq!(cleaned(&format!("334 {text} no")), "334 … no", "{plain}");
            let (first, second) = text.split_at(text.len() / 2);
            let folded = cleaned(&format!("334 {first}\r\n {second} no"));
            assert!(
                !folded.contains(first) || !folded.contains(second),
                "{folded}"
            );
        }
    }
}

#[test]
fn a_secret_that_is_a_word_goes_where_it_stands_alone() {
    assert_eq!(cleaned("is causeway: no"), "is …: no");
    assert_eq!(cleaned("of causewayside"), "of causewayside");
    assert_eq!(Secrets::of(["ab", " "]).without("abc"), "abc");
}

#[test]
fn what_looks_like_a_secret_goes() {
    for (text, left) in [
        ("invalid xoxb-123456789012-AbCdEf", "invalid …"),
        (
            "bad token 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw8",
            "bad token …",
        ),
        ("at /bot123:abc/sendMessage", "at /…/sendMessage"),
        ("at /file/bot123%3Aabc/x", "at /file/…/x"),
        (
            "https://discord.com/api/webhooks/99/short?wait=1",
            "https://discord.com/api/webhooks/99/…?wait=1",
        ),
        (
            "https://hooks.slack.com/services/T0/B0/XXXXabcd1234",
            "https://hooks.slack.com/services/…/…/…",
        ),
        (
            "POST /interactions/99/tok/callback",
            "POST /interactions/99/…/callback",
        ),
        (
            "{\"authorization\":\"Bot abc12345\"}",
            "{\"authorization\":\"Bot …\"}",
        ),
        (
            "Authorization: Bearer abc-12345678",
            "Authorization: Bearer …",
        ),
        (
            "authorization: Basic dXNlcjpwYXNz",
            "authorization: Basic …",
        ),
        (
            "you sent AUTH PLAIN AHVzZXIAcGFzcw==",
            "you sent AUTH PLAIN …",
        ),
        ("cookie: d=xoxd-abcdefgh", "cookie: …"),
        (
            "X-Telegram-Bot-Api-Secret-Token: abcd",
            "X-Telegram-Bot-Api-Secret-Token: …",
        ),
        (
            "https://ana:pw@proxy.example/x",
            "https://…@proxy.example/x",
        ),
        (
            "postgres://u:p@127.0.0.1:1/db",
            "postgres://…@127.0.0.1:1/db",
        ),
        ("GET /x?a=1&token=abcd&b=2", "GET /x?a=1&token=…&b=2"),
        (
            "{\"access_token\" : \"abcd\"}",
            "{\"access_token\" : \"…\"}",
        ),
        ("{\\\"token\\\":\\\"abcd\\\"}", "{\\\"token\\\":\\\"…\\\"}"),
        (
            "wss://slack.example/link?ticket=12345-abc",
            "wss://slack.example/link?ticket=…",
        ),
        (
            "is MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDe.aB3defghijklmnopqrstuvwxyz0",
            "is …",
        ),
        (
            "of aB3456789012345678901234567890123456789012345678",
            "of …",
        ),
    ] {
        assert_eq!(Secrets::default().without(text), left);
    }
}

#[test]
fn what_people_and_platforms_say_stays() {
    for text in [
        "not_authed: copy the token again from the app's page \"OAuth & Permissions\", or install the app again",
        "missing_scope: the app lacks the scope channels:history (it has chat:write)",
        "Bot was kicked from the group. Basic authentication is off; plain text is fine.",
        "250-AUTH PLAIN LOGIN CRAM-MD5",
        "535 5.7.8 Error: authentication failed",
        "channel.ref=telegram:-1001234567890 store.url=sqlite:causeway.db",
        "file 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 is gone",
        "delivery.id=01900000-0000-7000-8000-000000000001 code=503 key=7",
        "https://causeway.example.org:8443/telegram/webhook",
        "https://docs.example.org/How-To-Set-Up-Causeway-On-Debian-12-With-Postgres",
        "IMG-20260203-WA0001_Photo-of-our-Spring-Festival-2026.jpg",
        "Rindfleischetikettierungsueberwachungsaufgabengesetz2026",
        "the digest 2026-02-03 was sent in plain file-2026.txt",
        "2026-02-03T04:05:06.789012Z  INFO causeway::bridge: Causeway is running",
    ] {
        assert_eq!(Secrets::default().without(text), text);
    }
}

#[test]
fn nothing_is_told_of_them() {
    assert_eq!(format!("{:?}", Secrets::of(["abcd"])), "Secrets(..)");
}

proptest! {
    #[test]
    fn nothing_of_a_secret_is_left_in_any_text(
        secret in "[A-Za-z0-9:_+/-]{8,40}", before in "\\PC{0,40}", behind in "\\PC{0,40}", cut in 0usize..40,
    ) {
        let (first, second) = secret.split_at(cut.min(secret.len()));
        let text = format!("{before} {first}\r\n{second} {behind} {secret}");
        let left = Secrets::of([secret.as_str()]).without(&text);
        prop_assert!(!left.contains(&secret), "{left:?}");
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "(?s).{0,200}") {
        let once = Secrets::of(["abcd", "%25%"]).without(&text);
        prop_assert!(once.len() <= text.len() * 3);
    }
}
