//! Which ids a payload names: what must be looked up before it can be read.

use serde_json::Value;

/// Nobody is named more often than this in one message that people read.
const MOST: usize = 100;

#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Ids {
    pub(crate) users: Vec<String>,
    pub(crate) channels: Vec<String>,
    pub(crate) groups: Vec<String>,
}

impl Ids {
    /// Those of whoever acts and whoever is mentioned.
    pub(crate) fn of(event: &Value) -> Ids {
        let mut ids = Ids::default();
        for holder in [event, &event["message"], &event["previous_message"]] {
            ids.user(holder["user"].as_str());
        }
        ids.user(event["user"]["id"].as_str());
        ids.user(event["user_id"].as_str());
        ids.user(event["actor_id"].as_str());
        for holder in [event, &event["message"]] {
            for name in ["text", "blocks", "attachments"] {
                ids.look_into(&holder[name]);
            }
        }
        ids
    }

    fn look_into(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.read(text),
            Value::Array(items) => items.iter().for_each(|it| self.look_into(it)),
            Value::Object(fields) => {
                self.user(fields.get("user_id").and_then(Value::as_str));
                let id = |name| fields.get(name).and_then(Value::as_str);
                add(&mut self.channels, id("channel_id"));
                add(&mut self.groups, id("usergroup_id"));
                fields.values().for_each(|it| self.look_into(it));
            }
            _ => {}
        }
    }

    fn read(&mut self, mrkdwn: &str) {
        for id in references(mrkdwn) {
            match id.as_bytes() {
                [b'@', ..] => self.user(Some(&id[1..])),
                [b'#', ..] => add(&mut self.channels, Some(&id[1..])),
                _ => add(&mut self.groups, id.strip_prefix("!subteam^")),
            }
        }
    }

    fn user(&mut self, id: Option<&str>) {
        add(&mut self.users, id.filter(|it| crate::id::is_user(it)));
    }
}

fn add(list: &mut Vec<String>, id: Option<&str>) {
    let is_new = |id: &&str| list.len() < MOST && !list.iter().any(|it| it == id);
    if let Some(id) = id.filter(is_new) {
        list.push(id.to_owned());
    }
}

/// Of `<@U1>`, `<#C1|general>` and `<!subteam^S1>`: what each names, with its sign.
fn references(mrkdwn: &str) -> impl Iterator<Item = &str> {
    mrkdwn.match_indices('<').filter_map(|(start, _)| {
        let inside = &mrkdwn[start + 1..];
        let inside = &inside[..inside.find('>')?];
        let id = inside.split('|').next()?;
        let is_reference = id.starts_with(['@', '#']) || id.starts_with("!subteam^");
        is_reference.then_some(id)
    })
}
