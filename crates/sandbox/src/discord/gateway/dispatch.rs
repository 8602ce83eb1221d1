//! Events on their way: who asked for them by intents, who may read the words, and what a fault does to them; and what a
//! test or a page does to the gateway.

use serde_json::{Value, json};

use super::super::message::Message;
use super::super::world::{Discord, World};
use super::{GatewayFaults, Order};

pub(crate) const GUILDS: u64 = 1;
pub(crate) const MEMBERS: u64 = 1 << 1;
pub(crate) const WEBHOOKS: u64 = 1 << 5;
const MESSAGES: u64 = 1 << 9;
const REACTIONS: u64 = 1 << 10;
const TYPING: u64 = 1 << 11;
pub(super) const CONTENT: u64 = 1 << 15;
/// For all sessions, whatever they asked for.
pub(crate) const ALWAYS: u64 = 0;

/// What kind of event, where guild and private channels have an intent each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Messages,
    Reactions,
    Typing,
}

impl About {
    /// Private channels have the same intents, three bits higher.
    fn intent(self, in_guild: bool) -> u64 {
        let intent = match self {
            About::Messages => MESSAGES,
            About::Reactions => REACTIONS,
            About::Typing => TYPING,
        };
        if in_guild { intent } else { intent << 3 }
    }
}

impl World {
    /// An event of the guild as a whole.
    pub(crate) fn tell(&mut self, name: &str, intent: u64, body: Value) {
        if self.guild.has_bot && !self.guild.outage {
            self.send(name, intent, body, None);
        }
    }

    /// An event that concerns one channel: nobody hears of channels that the bot cannot see.
    pub(crate) fn tell_of(&mut self, name: &str, intent: u64, channel: u64, body: Value) {
        if self.is_heard(channel) {
            self.send(name, intent, body, None);
        }
    }

    pub(crate) fn tell_about(&mut self, name: &str, about: About, channel: u64, body: Value) {
        let intent = about.intent(self.is_in_guild(channel));
        self.tell_of(name, intent, channel, body);
    }

    /// `MESSAGE_CREATE` or `MESSAGE_UPDATE` of a message as it stands.
    pub(crate) fn tell_message(&mut self, name: &str, channel: u64, id: u64) {
        let Some(message) = self.message(channel, id).filter(|_| self.is_heard(channel)) else {
            return;
        };
        let body = self.message_event(message);
        let in_guild = self.is_in_guild(channel);
        let wordless = (in_guild && !self.may_read(message)).then(|| without_words(&body));
        self.send(name, About::Messages.intent(in_guild), body, wordless);
    }

    fn is_heard(&self, channel: u64) -> bool {
        !self.guild.outage && self.channel(channel).is_ok()
    }

    /// What a bot may read without the intent for content.
    fn may_read(&self, message: &Message) -> bool {
        message.user() == Some(self.bot.id) || message.pings.users.contains(&self.bot.id)
    }

    fn send(&mut self, name: &str, intent: u64, mut body: Value, mut wordless: Option<Value>) {
        for body in std::iter::once(&mut body).chain(&mut wordless) {
            self.gateway.damage(body);
        }
        let whole = body.to_string();
        let wordless = wordless.map(|it| it.to_string());
        let times = 1 + usize::from(self.gateway.faults.duplicate);
        let gateway = &mut self.gateway;
        gateway.fresh = true;
        for session in gateway.sessions.values_mut() {
            if intent != ALWAYS && session.intents & intent == 0 {
                continue;
            }
            let reads = session.intents & CONTENT != 0;
            let body = wordless.as_ref().filter(|_| !reads).unwrap_or(&whole);
            for _ in 0..times {
                session.push(name, body, gateway.kept);
                self.kit.counters.events += 1;
            }
        }
    }
}

impl super::Gateway {
    fn damage(&self, body: &mut Value) {
        for path in &self.faults.without {
            let (parent, field) = match path.rsplit_once('.') {
                Some((parent, field)) => (format!("/{}", parent.replace('.', "/")), field),
                None => (String::new(), path.as_str()),
            };
            if let Some(Value::Object(fields)) = body.pointer_mut(&parent) {
                fields.remove(field);
            }
        }
        if self.faults.unknown_fields && body.is_object() {
            body["a_field_of_tomorrow"] = json!({ "nested": [1, "two", null] });
        }
    }
}

fn without_words(body: &Value) -> Value {
    let mut body = body.clone();
    body["content"] = "".into();
    for field in ["embeds", "attachments", "components"] {
        body[field] = json!([]);
    }
    if let Value::Object(fields) = &mut body {
        fields.remove("poll");
    }
    body
}

impl Discord {
    /// Tells all sessions an event of any name and shape.
    pub fn gateway_event(&self, name: &str, body: Value) {
        self.change(|world| world.send(name, ALWAYS, body, None));
    }
}

impl Discord {
    pub fn set_gateway_faults(&self, faults: GatewayFaults) {
        self.change(|world| {
            let gateway = &mut world.gateway;
            if faults.silent {
                gateway.lines.values_mut().for_each(|it| it.silent = true);
            }
            gateway.faults = faults;
        });
    }

    pub fn gateway_faults(&self) -> GatewayFaults {
        self.look(|world| world.gateway.faults.clone())
    }

    /// All sockets break, without a closing frame.
    pub fn gateway_drop(&self) {
        self.change(|world| world.gateway.order(&Order::Drop));
    }

    /// Op 7: all clients are to connect anew and resume.
    pub fn gateway_reconnect(&self) {
        let say = Order::Say(r#"{"op":7,"d":null,"s":null,"t":null}"#.into());
        self.change(|world| world.gateway.order(&say));
    }

    /// Op 9. Sessions that cannot be resumed are forgotten.
    pub fn gateway_invalidate(&self, resumable: bool) {
        let say = format!(r#"{{"op":9,"d":{resumable},"s":null,"t":null}}"#);
        self.change(|world| {
            if !resumable {
                world.gateway.sessions.clear();
            }
            world.gateway.order(&Order::Say(say.into()));
        });
    }

    /// Closes all sockets with a code: 4004 and 4014 are for ever, 4000 and 4009 may be resumed.
    pub fn gateway_close(&self, code: u16) {
        self.change(|world| {
            if matches!(code, 4004 | 4007 | 4009..=4014) {
                world.gateway.sessions.clear();
            }
            world.gateway.order(&Order::Close(code));
        });
    }

    /// How many sockets are open.
    pub fn gateway_connections(&self) -> usize {
        self.look(|world| world.gateway.lines.len())
    }

    /// How many sessions hear events now: identified, and with a socket.
    pub fn gateway_sessions(&self) -> usize {
        self.look(|world| {
            let sessions = world.gateway.sessions.values();
            sessions.filter(|it| it.line.is_some()).count()
        })
    }

    /// For sockets that are opened from now on; 41,250 at first.
    pub fn set_heartbeat_ms(&self, interval: u64) {
        self.look(|world| world.gateway.heartbeat_ms = interval);
    }

    /// How many events a session keeps for a RESUME; whoever missed more is told op 9.
    pub fn keep_for_resume(&self, events: usize) {
        self.look(|world| world.gateway.kept = events);
    }
}
