//! Events of workspaces that are not ours.

use serde_json::{Value, json};

use super::*;

/// As each envelope says, whoever wrote it: rightly signed are all of them.
#[test]
fn what_happens_in_another_workspace_is_left_alone() {
    let guest = json!({"user": "U404", "team": "T9", "user_team": "T9", "source_team": "T9"});
    let seen_by = |team: &str| json!([{"enterprise_id": null, "team_id": team, "user_id": "UX", "is_bot": true, "is_enterprise_install": false}]);
    let of = |app: &App, team: &str, authorizations: Value| {
        let mut payload = wrapped(&message(guest.clone()));
        payload["team_id"] = team.into();
        payload["authorizations"] = authorizations;
        let socket = json!({"envelope_id": "e", "type": "events_api", "payload": payload});
        let read = |it: &Value| normalise(&it.to_string(), app, &names(), Timestamp(1));
        assert_eq!(read(&payload), read(&socket));
        matches!(read(&payload), Normalised::Events(_))
    };
    let one = app();
    assert!(of(&one, "T1", seen_by("T1")));
    assert!(of(&one, "T9", seen_by("T1")), "a shared channel of theirs");
    assert!(of(&one, "T1", seen_by("T9")), "Slack names one of two");
    assert!(of(&one, "T1", json!([])));
    assert!(!of(&one, "T9", seen_by("T9")));
    assert!(!of(&one, "T9", json!([])));
    assert!(!of(&one, "T9", json!(null)));

    let by_organisation = |enterprise: &str| json!([{"enterprise_id": enterprise, "team_id": null, "user_id": "UX", "is_bot": true, "is_enterprise_install": true}]);
    let of_all = App {
        enterprise_id: Some("E1".to_owned()),
        is_enterprise_install: true,
        ..app()
    };
    assert!(of(&of_all, "T9", by_organisation("E1")));
    assert!(!of(&of_all, "T9", by_organisation("E2")));
    let of_one_of_them = App {
        is_enterprise_install: false,
        ..of_all
    };
    assert!(
        !of(&of_one_of_them, "T9", by_organisation("E1")),
        "a neighbour's"
    );
    assert!(of(&of_one_of_them, "T1", by_organisation("E1")));
}

#[test]
fn whose_a_press_or_a_command_is_is_told_as_well() {
    let read = |payload: Value| normalise(&payload.to_string(), &app(), &names(), Timestamp(1));
    let elsewhere = Normalised::Ignored("another-workspace");
    let press = |message: Value| {
        json!({
            "type": "block_actions", "api_app_id": "A1", "team": {"id": "T9", "domain": "theirs"},
            "user": {"id": "U404", "team_id": "T9"}, "container": {"message_ts": "1700000000.000100", "channel_id": "C1"},
            "channel": {"id": "C1"}, "message": message,
            "actions": [{"type": "button", "action_id": "causeway-0", "value": "yes", "action_ts": "1700000040.000500"}],
        })
    };
    assert_eq!(read(press(json!({"bot_id": "BX"}))), elsewhere);
    let ours = press(json!({"bot_id": app().bot_id}));
    assert!(matches!(read(ours), Normalised::Events(_)));
    let command = |team: &str| json!({"command": "/causeway", "text": "help", "team_id": team, "channel_id": "C1", "user_id": "U1", "trigger_id": "1.2.3"});
    assert_eq!(read(command("T9")), elsewhere);
    assert!(matches!(read(command("T1")), Normalised::Events(_)));
    let form = json!({
        "type": "view_submission", "api_app_id": "A1", "team": {"id": "T9"}, "user": {"id": "U404", "team_id": "T9"},
        "view": {"id": "V1", "app_installed_team_id": "T1", "private_metadata": "D1/1700000000.000100", "state": {"values": {}}},
    });
    assert!(matches!(read(form), Normalised::Events(_)));
}
