//! The routes of the API, by the templates of Discord's documentation, and how a path finds its own.

use super::answer::Answer;
use super::call::Call;
use super::world::World;
use crate::kit::forms::percent_decoded;

mod about;
mod channels;
mod commands;
mod compose;
mod guilds;
mod messages;
mod reactions;
mod responses;
mod threads;
mod webhooks;

pub(super) use compose::{largest_upload, mime_of, poll_value};

type Run = fn(&mut World, &Call) -> Answer;

pub(crate) struct Route {
    /// Method and template, with one blank between them.
    pub(crate) name: &'static str,
    pub(crate) run: Run,
    /// Whether the token in the path is all that is asked for.
    pub(crate) open: bool,
}

const fn bot(name: &'static str, run: Run) -> Route {
    Route {
        name,
        run,
        open: false,
    }
}

const fn open(name: &'static str, run: Run) -> Route {
    Route {
        name,
        run,
        open: true,
    }
}

/// Words before braces, so that `@me` is never taken for a number.
static ROUTES: &[Route] = &[
    open("GET /gateway", about::gateway),
    bot("GET /gateway/bot", about::gateway_bot),
    bot("GET /users/@me", about::me),
    bot("GET /users/@me/guilds", guilds::mine),
    bot("POST /users/@me/channels", channels::open_private),
    bot("GET /users/{user_id}", about::user),
    bot("GET /applications/@me", about::application),
    bot("GET /oauth2/applications/@me", about::application),
    bot(
        "GET /applications/{application_id}/commands",
        commands::list,
    ),
    bot("PUT /applications/{application_id}/commands", commands::set),
    bot(
        "GET /applications/{application_id}/guilds/{guild_id}/commands",
        commands::list,
    ),
    bot(
        "PUT /applications/{application_id}/guilds/{guild_id}/commands",
        commands::set,
    ),
    bot("GET /guilds/{guild_id}", guilds::get),
    bot("GET /guilds/{guild_id}/channels", guilds::channels),
    bot("GET /guilds/{guild_id}/roles", guilds::roles),
    bot("GET /guilds/{guild_id}/webhooks", webhooks::list_of_guild),
    bot("GET /guilds/{guild_id}/members/{user_id}", guilds::member),
    bot("GET /guilds/{guild_id}/threads/active", threads::active),
    bot("GET /channels/{channel_id}", channels::get),
    bot("PATCH /channels/{channel_id}", channels::update),
    bot("DELETE /channels/{channel_id}", channels::delete),
    bot("POST /channels/{channel_id}/typing", channels::typing),
    bot("GET /channels/{channel_id}/messages", messages::list),
    bot("POST /channels/{channel_id}/messages", messages::create),
    bot(
        "POST /channels/{channel_id}/messages/bulk-delete",
        messages::bulk_delete,
    ),
    bot(
        "GET /channels/{channel_id}/messages/{message_id}",
        messages::get,
    ),
    bot(
        "PATCH /channels/{channel_id}/messages/{message_id}",
        messages::update,
    ),
    bot(
        "DELETE /channels/{channel_id}/messages/{message_id}",
        messages::delete,
    ),
    bot(
        "DELETE /channels/{channel_id}/messages/{message_id}/reactions",
        reactions::clear,
    ),
    bot(
        "GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        reactions::list,
    ),
    bot(
        "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
        reactions::clear_one,
    ),
    bot(
        "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::add,
    ),
    bot(
        "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
        reactions::remove,
    ),
    bot(
        "DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
        reactions::remove_of,
    ),
    bot(
        "POST /channels/{channel_id}/messages/{message_id}/threads",
        threads::create_from_message,
    ),
    bot("POST /channels/{channel_id}/threads", threads::create),
    bot(
        "GET /channels/{channel_id}/threads/archived/public",
        threads::archived,
    ),
    bot(
        "PUT /channels/{channel_id}/thread-members/@me",
        threads::join,
    ),
    bot(
        "DELETE /channels/{channel_id}/thread-members/@me",
        threads::leave,
    ),
    bot("GET /channels/{channel_id}/webhooks", webhooks::list),
    bot("POST /channels/{channel_id}/webhooks", webhooks::create),
    bot("GET /webhooks/{webhook_id}", webhooks::get),
    bot("PATCH /webhooks/{webhook_id}", webhooks::update),
    bot("DELETE /webhooks/{webhook_id}", webhooks::delete),
    open(
        "GET /webhooks/{webhook_id}/{webhook_token}",
        webhooks::get_by_token,
    ),
    open(
        "POST /webhooks/{webhook_id}/{webhook_token}",
        webhooks::execute,
    ),
    open(
        "DELETE /webhooks/{webhook_id}/{webhook_token}",
        webhooks::delete_by_token,
    ),
    open(
        "GET /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        responses::get_original,
    ),
    open(
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        responses::update_original,
    ),
    open(
        "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original",
        responses::delete_original,
    ),
    open(
        "GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::get_message,
    ),
    open(
        "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::update_message,
    ),
    open(
        "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
        webhooks::delete_message,
    ),
    open(
        "POST /interactions/{interaction_id}/{interaction_token}/callback",
        responses::answer,
    ),
];

pub(crate) enum Found {
    Route(&'static Route, Call),
    WrongMethod,
    Nothing,
}

/// `path` is what stands below `/api/v10`, still percent-encoded.
pub(crate) fn find(method: &str, path: &str) -> Found {
    let mut found = Found::Nothing;
    for route in ROUTES {
        let (its, template) = route.name.split_once(' ').unwrap_or(("", route.name));
        let Some(captured) = captured(template, path) else {
            continue;
        };
        if its == method {
            let call = Call {
                captured,
                ..Call::default()
            };
            return Found::Route(route, call);
        }
        found = Found::WrongMethod;
    }
    found
}

fn captured(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let mut steps = path.split('/');
    for wanted in template.split('/') {
        let step = steps.next()?;
        let name = wanted.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        match name {
            Some(name) if !step.is_empty() => found.push((name, percent_decoded(step))),
            None if wanted == step => {}
            _ => return None,
        }
    }
    steps.next().is_none().then_some(found)
}
