//! What is said over the socket, both ways. Numbers and names of the protocol are serenity's.

use conversation::SendError;
use serde::{Deserialize, Deserializer};
use serde_json::json;
use serde_json::value::RawValue;
use serenity::constants::{Opcode, close_codes};
use serenity::model::gateway::GatewayIntents;

use super::session::Session;

#[derive(Debug, Deserialize)]
pub(super) struct Frame<'a> {
    pub(super) op: u8,
    pub(super) s: Option<u64>,
    pub(super) t: Option<String>,
    #[serde(default, borrow, deserialize_with = "some_raw")]
    pub(super) d: Option<&'a RawValue>,
}

/// `null` is a value here.
fn some_raw<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

impl Frame<'_> {
    pub(super) fn opcode(&self) -> Opcode {
        Opcode::from(self.op)
    }

    pub(super) fn data(&self) -> &str {
        self.d.map_or("null", RawValue::get)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Hello {
    /// In milliseconds.
    pub(super) heartbeat_interval: u64,
}

/// What we want to hear. `MESSAGE_CONTENT` must be switched on in the developer portal, too.
pub(super) fn intents() -> GatewayIntents {
    GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::GUILD_MESSAGE_REACTIONS
        | GatewayIntents::DIRECT_MESSAGES
        | GatewayIntents::DIRECT_MESSAGE_REACTIONS
        | GatewayIntents::MESSAGE_CONTENT
}

pub(super) fn identify(token: &str) -> String {
    let data = json!({
        "token": token,
        "intents": intents().bits(),
        "properties": { "os": std::env::consts::OS, "browser": "causeway", "device": "causeway" },
        "compress": false,
        "large_threshold": 50,
        "shard": [0, 1],
    });
    of(Opcode::Identify, &data)
}

pub(super) fn resume(token: &str, session: &Session, seq: u64) -> String {
    let data = json!({ "token": token, "session_id": &*session.id, "seq": seq });
    of(Opcode::Resume, &data)
}

pub(super) fn heartbeat(seq: Option<u64>) -> String {
    of(Opcode::Heartbeat, &json!(seq))
}

fn of(opcode: Opcode, data: &serde_json::Value) -> String {
    json!({ "op": u8::from(opcode), "d": data }).to_string()
}

/// What a close code of Discord's means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Closed {
    MayResume,
    SessionOver,
    ForGood(SendError),
}

pub(super) fn closed(code: u16) -> Closed {
    let for_good = |cure: &str| Closed::ForGood(SendError::Unauthorised(cure.to_owned()));
    match code {
        close_codes::AUTHENTICATION_FAILED => for_good(
            "Discord does not take `discord.token`: copy it again from \
             https://discord.com/developers/applications, page \"Bot\"",
        ),
        close_codes::INVALID_SHARD | close_codes::SHARDING_REQUIRED => for_good(
            "the bot is in more servers than one connection may hear (2,500): use a bot of its own \
             for Causeway",
        ),
        INVALID_API_VERSION => for_good("Discord ended version 10 of its gateway: update Causeway"),
        close_codes::INVALID_GATEWAY_INTENTS => {
            for_good("Discord does not know what Causeway asks to hear: update Causeway")
        }
        close_codes::DISALLOWED_GATEWAY_INTENTS => for_good(
            "the bot may not read messages: switch on \"Message Content Intent\" at \
             https://discord.com/developers/applications, page \"Bot\"",
        ),
        close_codes::INVALID_SEQUENCE
        | close_codes::SESSION_TIMEOUT
        | close_codes::NOT_AUTHENTICATED => Closed::SessionOver,
        _ => Closed::MayResume,
    }
}

const INVALID_API_VERSION: u16 = 4012;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use insta::assert_snapshot;

    use super::*;

    #[test]
    fn a_frame_is_read_with_its_data_as_it_came() {
        let text = r#"{"t":"MESSAGE_CREATE","s":42,"op":0,"d":{"b":1,"a":[ 2 ]},"new":true}"#;
        let frame: Frame<'_> = serde_json::from_str(text).unwrap();
        assert_eq!(
            (frame.s, frame.t.as_deref()),
            (Some(42), Some("MESSAGE_CREATE"))
        );
        assert_eq!(frame.data(), r#"{"b":1,"a":[ 2 ]}"#);
        let frame: Frame<'_> = serde_json::from_str(r#"{"op":11}"#).unwrap();
        assert_eq!(
            (frame.opcode(), frame.data()),
            (Opcode::HeartbeatAck, "null")
        );
        let frame: Frame<'_> = serde_json::from_str(r#"{"op":7,"d":null,"s":null}"#).unwrap();
        assert_eq!((frame.opcode(), frame.data()), (Opcode::Reconnect, "null"));
    }

    #[test]
    fn what_we_say_is_what_the_protocol_asks_for() {
        let session = Session {
            id: "abc".into(),
            url: None,
            begins: 1,
        };
        assert_snapshot!(resume("t", &session, 7), @r#"{"d":{"seq":7,"session_id":"abc","token":"t"},"op":6}"#);
        assert_snapshot!(heartbeat(None), @r#"{"d":null,"op":1}"#);
        assert_eq!(
            intents().bits(),
            1 | 1 << 9 | 1 << 10 | 1 << 12 | 1 << 13 | 1 << 15
        );
    }

    #[test]
    fn what_cannot_be_cured_by_calling_again_ends_with_its_cure() {
        for code in [4004, 4010, 4011, 4012, 4013, 4014] {
            assert!(matches!(closed(code), Closed::ForGood(_)), "{code}");
        }
        for code in [1000, 1001, 4000, 4001, 4002, 4005, 4008] {
            assert_eq!(closed(code), Closed::MayResume, "{code}");
        }
        for code in [4003, 4007, 4009] {
            assert_eq!(closed(code), Closed::SessionOver, "{code}");
        }
        assert_snapshot!(format!("{:?}", closed(4014)), @r#"ForGood(Unauthorised("the bot may not read messages: switch on \"Message Content Intent\" at https://discord.com/developers/applications, page \"Bot\""))"#);
    }
}
