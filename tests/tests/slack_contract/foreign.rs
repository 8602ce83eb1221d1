//! Workspaces beside ours: their guests are people, their events are none of our business. Both ways in.

use sandbox::slack::{ChannelId, RequestUrls, UrlState};
use serde_json::{Value, json};
use slack::Mode;
use tokio::net::TcpListener;

use crate::bridge::Bridge;
use crate::intake::{Ears, until};

/// Somebody of another workspace writes.
fn said(channel: &ChannelId, second: u64, text: &str) -> Value {
    json!({
        "type": "message", "channel": channel.to_string(), "channel_type": "channel", "text": text,
        "ts": format!("{second}.000100"), "event_ts": format!("{second}.000100"),
        "user": "U404", "team": "T9", "user_team": "T9", "source_team": "T9",
        "user_profile": { "display_name": "Gil", "real_name": "Gil Guest" },
    })
}

fn installed(team: Option<&str>, enterprise: Option<&str>) -> Value {
    json!([{
        "enterprise_id": enterprise, "team_id": team, "user_id": "UX", "is_bot": true,
        "is_enterprise_install": team.is_none(),
    }])
}

/// Until Slack can bring its events.
async fn open_the_door(bridge: &Bridge, ears: &Ears, mode: Mode) {
    if mode == Mode::Socket {
        until(|| bridge.stand_in.sockets() > 0).await;
        return;
    }
    let knows_us = || {
        bridge
            .stand_in
            .counters()
            .by_method
            .contains_key("bots.info")
    };
    until(knows_us).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/slack/events", listener.local_addr().unwrap());
    let router = bridge.adapter.router(ears.memory.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    bridge.stand_in.set_request_urls(RequestUrls {
        events: Some(url),
        ..RequestUrls::default()
    });
    until(|| bridge.stand_in.url_state() == UrlState::Verified).await;
}

#[tokio::test]
async fn guests_are_heard_and_other_workspaces_are_not() {
    for mode in [Mode::Socket, Mode::Events] {
        let bridge = Bridge::open_with(|it| it.mode = mode).await;
        let mut ears = Ears::new();
        let it = &bridge.stand_in;
        let (channel, ana) = bridge.channel_with("Ana");
        let _receiving = ears.start(&bridge);
        open_the_door(&bridge, &ears, mode).await;
        let team = it.app().team_id;
        let theirs = json!({ "team_id": "T9", "context_team_id": "T9", "authorizations": installed(Some("T9"), None) });
        it.bring(said(&channel, 1_700_000_001, "theirs"), theirs);
        let shared = json!({ "team_id": "T9", "is_ext_shared_channel": true, "authorizations": installed(Some(&team), None) });
        it.bring(said(&channel, 1_700_000_002, "shared by them"), shared);
        let shared =
            json!({ "is_ext_shared_channel": true, "authorizations": installed(Some("T9"), None) });
        it.bring(said(&channel, 1_700_000_003, "shared by us"), shared);
        it.say(&channel, &ana, "ours").unwrap();
        let lines = ears.next_lines(3).await;
        for text in ["shared by them", "shared by us", "ours"] {
            assert!(lines.contains(text), "{mode:?}: {lines}");
        }
        assert!(lines.contains("Gil (Person)"), "{lines}");
        assert!(ears.has_heard_nothing());
    }
}

#[tokio::test]
async fn an_organisation_that_installed_us_is_heard_in_all_its_workspaces() {
    for (for_all, expected) in [(true, 2), (false, 1)] {
        let bridge = Bridge::open().await;
        let it = &bridge.stand_in;
        it.join_organisation("E1", for_all);
        let (channel, ana) = bridge.channel_with("Ana");
        let (mut ears, _receiving) = Ears::listen(&bridge).await;
        let neighbours = json!({
            "team_id": "T7", "context_team_id": "T7", "context_enterprise_id": "E1", "enterprise_id": "E1",
            "authorizations": installed(None, Some("E1")),
        });
        it.bring(said(&channel, 1_700_000_001, "a neighbour"), neighbours);
        let strangers = json!({
            "team_id": "T8", "context_team_id": "T8", "context_enterprise_id": "E2", "enterprise_id": "E2",
            "authorizations": installed(None, Some("E2")),
        });
        it.bring(said(&channel, 1_700_000_002, "a stranger"), strangers);
        it.say(&channel, &ana, "ours").unwrap();
        let lines = ears.next_lines(expected).await;
        assert!(lines.ends_with("\"ours\""), "{lines}");
        assert!(!lines.contains("stranger"));
        assert!(ears.has_heard_nothing());
    }
}
