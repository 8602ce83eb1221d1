//! The menu of the bot's commands, for each kind of chat and language.

use serde_json::{Value, json};

use crate::telegram::answer::Answer;
use crate::telegram::chat::ChatKind;
use crate::telegram::ids::ChatId;
use crate::telegram::params::Params;
use crate::telegram::world::{Telegram, World};

const MOST: usize = 100;

/// For whom a list is: the scope, with its chat and person where it has some, and a language or none.
pub(crate) type Menu = (String, String);

fn menu(params: &Params) -> Result<Menu, &'static str> {
    let scope = params
        .json("scope")
        .map_err(|_| "can't parse BotCommandScope")?;
    let scope = scope.unwrap_or_else(|| json!({ "type": "default" }));
    let kind = scope["type"].as_str().unwrap_or_default();
    let needed: &[&str] = match kind {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => &[],
        "chat" | "chat_administrators" => &["chat_id"],
        "chat_member" => &["chat_id", "user_id"],
        _ => return Err("unsupported BotCommandScope type specified"),
    };
    refuse!(needed.iter().any(|it| scope[it].is_null()) => "chat not found");
    let ids = needed.iter().map(|it| format!(" {}", scope[it]));
    let language = params.text("language_code").unwrap_or_default();
    let is_code = language.len() == 2 && language.bytes().all(|it| it.is_ascii_lowercase());
    refuse!(!language.is_empty() && !is_code => "invalid language code specified");
    Ok((
        kind.to_owned() + &ids.collect::<String>(),
        language.to_string(),
    ))
}

pub(super) fn set(world: &mut World, params: &Params) -> Answer {
    let commands = params.json("commands")?.unwrap_or_default();
    let list = commands.as_array();
    let list = list.ok_or("expected an Array of BotCommand")?;
    refuse!(list.len() > MOST => "too many commands specified");
    refuse!(!list.iter().all(is_command) => "BOT_COMMAND_INVALID");
    world.commands.insert(menu(params)?, commands);
    Ok(true.into())
}

fn is_command(it: &Value) -> bool {
    let name = it["command"].as_str().unwrap_or("");
    let fits = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
    let described = it["description"].as_str();
    let described = described.map_or(0, |it| it.chars().count());
    let named = (1..=32).contains(&name.len()) && name.bytes().all(fits);
    named && (1..=256).contains(&described)
}

pub(super) fn get(world: &mut World, params: &Params) -> Answer {
    let found = world.commands.get(&menu(params)?);
    Ok(found.cloned().unwrap_or_else(|| json!([])))
}

pub(super) fn delete(world: &mut World, params: &Params) -> Answer {
    world.commands.remove(&menu(params)?);
    Ok(true.into())
}

impl Telegram {
    /// What somebody whose app speaks that language is shown in a chat: of the narrowest scope for which there is a list, with
    /// their language before any.
    pub fn menu(&self, chat: ChatId, language: &str) -> Vec<(String, String)> {
        self.look(|world| {
            let is_private = world
                .chats
                .get(&chat.0)
                .is_some_and(|it| it.kind == ChatKind::Private);
            let all = if is_private {
                "all_private_chats"
            } else {
                "all_group_chats"
            };
            let scopes = [
                format!("chat {}", chat.0),
                all.to_owned(),
                "default".to_owned(),
            ];
            let lists = scopes.iter().flat_map(|scope| {
                [language, ""].map(|it| world.commands.get(&(scope.clone(), it.to_owned())))
            });
            let list = lists.flatten().next().and_then(Value::as_array);
            let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
            let line = |it: &Value| (text(&it["command"]), text(&it["description"]));
            list.into_iter().flatten().map(line).collect()
        })
    }
}
