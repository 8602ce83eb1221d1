//! How something that was typed is read.

use serde_json::json;

use super::{Answer, causeway, documents};

fn typed(surface: &str, input: &str) -> Answer {
    causeway(&["debug", "command", surface], input.as_bytes())
}

#[test]
fn what_was_typed_is_a_command_on_every_surface() {
    let link = json!({ "room": { "link": {
        "room": "Spring Fair",
        "channel": { "platform": "telegram", "id": "-1001234567890" },
        "history": null,
    } } });
    for (surface, input) in [
        (
            "telegram",
            "/causeway room link “Spring Fair” telegram:-1001234567890",
        ),
        (
            "slack",
            "/causeway Room link \"Spring\u{A0}Fair\" telegram:-1001234567890",
        ),
        (
            "discord",
            "/causeway room link room:“Spring Fair” channel:telegram:-1001234567890",
        ),
        (
            "email",
            "\nroom link «Spring Fair» telegram:-1001234567890\n\nThank you\n",
        ),
        (
            "email",
            "From: ana@example.org\nSubject: room link \"Spring Fair\" telegram:-1001234567890\n\n-- \nAna\n",
        ),
        (
            "terminal",
            "causeway room link 'Spring Fair' telegram:-1001234567890",
        ),
    ] {
        let answer = typed(surface, input);
        assert_eq!(answer.code, 0, "{surface}: {}", answer.out);
        let read = &documents(&answer.out)[0];
        assert_eq!(read["command"], link, "{surface}");
        assert_eq!(
            read["line"],
            "room link \"Spring Fair\" telegram:-1001234567890"
        );
    }
}

#[test]
fn what_is_no_command_says_why_and_what_is_like_it() {
    for surface in ["telegram", "slack", "discord", "email", "terminal"] {
        let answer = typed(surface, "hlep");
        assert_eq!(answer.code, 1, "{surface}");
        let read = &documents(&answer.out)[0];
        assert_eq!(read["unknown"], "no-such-command", "{surface}");
        assert_eq!(read["nearest"][0], "help [ABOUT]", "{surface}");
        assert_eq!(read["example"], "help room", "{surface}");
    }
    let answer = typed("telegram", "/causeway room link spring");
    assert_eq!(documents(&answer.out)[0]["unknown"], "missing");
}

/// S65: of a mail nothing but what stands on top counts.
#[test]
fn what_is_said_to_others_is_no_command() {
    for surface in ["telegram", "slack", "discord"] {
        let answer = typed(surface, "/weather Gallup");
        assert_eq!(
            (answer.code, &documents(&answer.out)[0]),
            (0, &json!({ "speech": true }))
        );
    }
    for mail in [
        "> forget me\n",
        "Subject: Fwd: forget me\n\n\n",
        "-- \nforget me\n",
        "",
    ] {
        let answer = typed("email", mail);
        assert_eq!(answer.code, 1, "{mail:?}: {}", answer.out);
        assert_eq!(documents(&answer.out)[0]["unknown"], "no-such-command");
    }
}
