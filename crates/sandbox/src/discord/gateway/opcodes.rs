//! What a client says on its socket, and what the server says back or closes with.

use serde_json::{Value, json};

use super::super::wire;
use super::super::world::World;
use super::dispatch::CONTENT;
use super::session::{Gap, Session};
use crate::kit::{Fields, now_ms};

/// All intents that there are.
const KNOWN_INTENTS: u64 = 0x0337_ffff;

/// Two IDENTIFYs within this time are one too many.
const IDENTIFY_PAUSE_MS: i64 = 5_000;

/// Sessions without a socket that are kept; the oldest go first.
const MOST_SESSIONS: usize = 50;

pub(super) enum Answer {
    Nothing,
    Say(Value),
    /// The socket has a session now and has seen its events up to this number.
    Attach {
        session: String,
        seen: u64,
    },
    Close(u16),
}

const INVALID_SESSION: Answer = Answer::Close(0);

/// What one text of a client comes to.
pub(super) fn hear(world: &mut World, line: u64, attached: bool, text: &str) -> Answer {
    let Ok(said) = serde_json::from_str::<Value>(text) else {
        return Answer::Close(4002);
    };
    let body = &said["d"];
    let answer = match said["op"].as_u64() {
        Some(1) => heartbeat(world),
        Some(2) if attached => Answer::Close(4005),
        Some(2 | 6) if world.gateway.faults.mute => Answer::Nothing,
        Some(2) => identify(world, line, body),
        Some(6) if attached => Answer::Close(4005),
        Some(6) => resume(world, line, body),
        Some(3 | 4 | 8 | 31) if !attached => Answer::Close(4003),
        Some(3 | 4 | 31) => Answer::Nothing,
        Some(8) => members(world, line, body),
        _ => Answer::Close(4001),
    };
    match answer {
        Answer::Close(0) => Answer::Say(json!({ "op": 9, "d": false, "s": null, "t": null })),
        answer => answer,
    }
}

fn heartbeat(world: &mut World) -> Answer {
    world.kit.counters.heartbeats += 1;
    Answer::Say(json!({ "op": 11, "d": null, "s": null, "t": null }))
}

impl World {
    fn is_token(&self, token: &Value) -> bool {
        let token = token.as_str().unwrap_or("");
        !self.bot.revoked && token.strip_prefix("Bot ").unwrap_or(token) == self.bot.token
    }
}

fn identify(world: &mut World, line: u64, body: &Value) -> Answer {
    let counters = &mut world.kit.counters;
    counters.identifies += 1;
    let hasty = now_ms() - world.gateway.last_identify_ms < IDENTIFY_PAUSE_MS;
    counters.hasty_identifies += u64::from(hasty);
    world.gateway.last_identify_ms = now_ms();
    if let Some(left) = &mut world.gateway.faults.identifies_left {
        match left.checked_sub(1) {
            Some(fewer) => *left = fewer,
            None => return Answer::Close(4004),
        }
    }
    if !world.is_token(&body["token"]) {
        return Answer::Close(4004);
    }
    let intents = body["intents"].as_u64();
    let Some(intents) = intents.filter(|it| it & !KNOWN_INTENTS == 0) else {
        return Answer::Close(4013);
    };
    if intents & CONTENT != 0 && !world.bot.may_read_content {
        return Answer::Close(4014);
    }
    if !body["shard"].is_null() && body["shard"] != json!([0, 1]) {
        return Answer::Close(4010);
    }
    begin(world, line, intents)
}

fn begin(world: &mut World, line: u64, intents: u64) -> Answer {
    let name = format!(
        "{:032x}",
        u128::from(world.new_id()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    );
    let ready = ready(world, &name).to_string();
    let guild = (world.guild.has_bot && !world.guild.outage).then(|| world.guild_created());
    let gateway = &mut world.gateway;
    let mut session = Session::new(intents, line);
    session.push("READY", &ready, gateway.kept);
    if let Some(guild) = guild.filter(|_| intents & super::dispatch::GUILDS != 0) {
        session.push("GUILD_CREATE", &guild.to_string(), gateway.kept);
    }
    while gateway.sessions.len() >= MOST_SESSIONS {
        gateway.sessions.pop_first();
    }
    gateway.sessions.insert(name.clone(), session);
    Answer::Attach {
        session: name,
        seen: 0,
    }
}

fn ready(world: &World, session: &str) -> Value {
    let mut user = world.user_value(world.bot.id);
    user.lay_over(json!({ "verified": true, "mfa_enabled": true, "email": null }));
    let guild = json!({ "id": wire::id(world.guild.id), "unavailable": true });
    let guilds: Vec<Value> = world.guild.has_bot.then_some(guild).into_iter().collect();
    json!({
        "v": 10, "user": user, "user_settings": {}, "guilds": guilds, "session_id": session,
        "session_type": "normal", "resume_gateway_url": world.gateway_url(), "shard": [0, 1],
        "application": { "id": wire::id(world.bot.id), "flags": 1 << 18 },
        "private_channels": [], "relationships": [], "presences": [], "guild_join_requests": [],
        "geo_ordered_rtc_regions": [], "auth": {}, "_trace": [],
    })
}

fn resume(world: &mut World, line: u64, body: &Value) -> Answer {
    world.kit.counters.resumes += 1;
    if !world.is_token(&body["token"]) {
        return Answer::Close(4004);
    }
    let name = body["session_id"].as_str().unwrap_or("");
    let Some(seen) = body["seq"].as_u64() else {
        return Answer::Close(4007);
    };
    let refuse = world.gateway.faults.refuse_resume;
    let session = world.gateway.sessions.get_mut(name).filter(|_| !refuse);
    let gap = session.as_ref().map(|it| it.since(seen));
    let refused = match (gap, session) {
        (Some(Ok(_)), Some(session)) => {
            session.line = Some(line);
            session.push("RESUMED", r#"{"_trace":[]}"#, usize::MAX);
            return Answer::Attach {
                session: name.to_owned(),
                seen,
            };
        }
        (Some(Err(Gap::Ahead)), _) => Answer::Close(4007),
        _ => INVALID_SESSION,
    };
    world.kit.counters.refused_resumes += 1;
    refused
}

/// Op 8: all members at once.
fn members(world: &mut World, line: u64, body: &Value) -> Answer {
    let members = world.guild.members.keys();
    let members: Vec<Value> = members.filter_map(|it| world.member_value(*it)).collect();
    let mut chunk = json!({
        "guild_id": wire::id(world.guild.id), "members": members, "chunk_index": 0, "chunk_count": 1,
    });
    chunk.put("nonce", body["nonce"].as_str());
    let gateway = &mut world.gateway;
    let sessions = gateway.sessions.values_mut();
    for session in sessions.filter(|it| it.line == Some(line)) {
        session.push("GUILD_MEMBERS_CHUNK", &chunk.to_string(), gateway.kept);
        gateway.fresh = true;
    }
    Answer::Nothing
}

impl World {
    pub(crate) fn gateway_url(&self) -> String {
        self.cdn.base.replacen("http", "ws", 1)
    }

    /// How many IDENTIFYs are left today, as `GET /gateway/bot` says it.
    pub(crate) fn identifies_left(&self) -> u64 {
        let left = self.gateway.faults.identifies_left.map(u64::from);
        left.unwrap_or_else(|| 1_000_u64.saturating_sub(self.kit.counters.identifies))
    }
}
