//! What is asked of us.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;

#[test]
fn buttons_forms_and_commands_are_told() {
    let read = |payload: Value| {
        shown(&normalise(
            &payload.to_string(),
            &app(),
            &names(),
            Timestamp(7),
        ))
    };
    let press = |action_id: &str| {
        json!({
            "envelope_id": "e", "type": "interactive", "accepts_response_payload": false, "payload": {
                "type": "block_actions", "api_app_id": "A1", "user": {"id": "U1", "username": "ana", "team_id": "T1"},
                "container": {"type": "message", "message_ts": "1700000000.000100", "channel_id": "C1", "is_ephemeral": false},
                "channel": {"id": "C1", "name": "general"}, "trigger_id": "1.2.3",
                "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": "yes", "action_ts": "1700000040.000500"}],
            },
        })
    };
    assert_snapshot!(read(press("causeway-0")), @r#"press/C1/1700000000.000100/U1/1700000040.000500 at 1700000040000 Ana(Person) Pressed { message: RemoteId("1700000000.000100"), button: "yes" }"#);
    assert_snapshot!(read(press("somebody-elses")), @"ignored: foreign-button");
    let form = json!({
        "type": "view_submission", "api_app_id": "A1", "user": {"id": "U1"},
        "view": {"id": "V1", "private_metadata": "D1/1700000000.000100", "hash": "h",
            "state": {"values": {"q": {"a": {"type": "plain_text_input", "value": "Yes, both"}}}}},
    });
    assert_snapshot!(read(form), @r#"answer/D1/1700000000.000100/V1 at 7 Ana(Person) Answered { message: RemoteId("V1"), question: RemoteId("1700000000.000100"), content: Content { text: Markup([Text("Yes, both")]), attachments: [] } }"#);
    let command = json!({"command": "/causeway", "text": " rest 2 weeks &amp; sleep ", "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2.3", "api_app_id": "A1"});
    assert_snapshot!(read(command), @r#"command/C1/U1/1.2.3 at 7 Ana(Person) Commanded { message: RemoteId("1.2.3"), text: "rest 2 weeks & sleep" }"#);
    assert_snapshot!(read(json!({"command": "/causeway", "text": "", "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2.3"})), @r#"command/C1/U1/1.2.3 at 7 Ana(Person) Commanded { message: RemoteId("1.2.3"), text: "help" }"#);
    assert_snapshot!(read(json!({"command": "/causeway"})), @"kept: malformed-command");
    let linked = json!({"command": "/causeway", "text": "room add “a &lt; b” <#C7|general> email:<mailto:spring@lists.example.org|spring@lists.example.org>", "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2.3"});
    assert_snapshot!(read(linked), @r#"command/C1/U1/1.2.3 at 7 Ana(Person) Commanded { message: RemoteId("1.2.3"), text: "room add “a < b” slack:C7 email:spring@lists.example.org" }"#);
}
