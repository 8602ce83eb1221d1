//! The routes of the API, by the templates of Discord's documentation, and how a path finds its own.

use super::answer::Answer;
use super::call::Call;
use super::world::World;
use crate::kit::forms::percent_decoded;

mod about;
mod channels;
mod commands;
mod compose;
mod messages;
mod reactions;
mod responses;
mod threads;
mod webhooks;

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

/// The routes of one template.
macro_rules! at {
    ($template:literal $($who:ident $method:ident $run:path),+) => {
        &[$($who(concat!(stringify!($method), " ", $template), $run)),+]
    };
}

/// Words before braces, so that `@me` is never taken for a number.
static ROUTES: &[&[Route]] = &[
    at!("/gateway" open GET about::gateway),
    at!("/gateway/bot" bot GET about::gateway_bot),
    at!("/users/@me" bot GET about::me),
    at!("/users/@me/guilds" bot GET about::mine),
    at!("/users/@me/channels" bot POST channels::open_private),
    at!("/users/{user_id}" bot GET about::user),
    at!("/applications/@me" bot GET about::application),
    at!("/oauth2/applications/@me" bot GET about::application),
    at!("/applications/{application_id}/commands" bot GET commands::list, bot PUT commands::set),
    at!("/applications/{application_id}/guilds/{guild_id}/commands" bot GET commands::list, bot PUT commands::set),
    at!("/guilds/{guild_id}" bot GET about::get),
    at!("/guilds/{guild_id}/channels" bot GET about::channels),
    at!("/guilds/{guild_id}/roles" bot GET about::roles),
    at!("/guilds/{guild_id}/webhooks" bot GET webhooks::list_of_guild),
    at!("/guilds/{guild_id}/members/{user_id}" bot GET about::member),
    at!("/guilds/{guild_id}/threads/active" bot GET threads::active),
    at!("/channels/{channel_id}" bot GET channels::get, bot PATCH channels::update, bot DELETE channels::delete),
    at!("/channels/{channel_id}/typing" bot POST channels::typing),
    at!("/channels/{channel_id}/messages" bot GET messages::list, bot POST messages::create),
    at!("/channels/{channel_id}/messages/bulk-delete" bot POST messages::bulk_delete),
    at!("/channels/{channel_id}/messages/{message_id}"
        bot GET messages::get, bot PATCH messages::update, bot DELETE messages::delete),
    at!("/channels/{channel_id}/messages/{message_id}/reactions" bot DELETE reactions::clear),
    at!("/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}"
        bot GET reactions::list, bot DELETE reactions::clear_one),
    at!("/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"
        bot PUT reactions::add, bot DELETE reactions::remove),
    at!("/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}"
        bot DELETE reactions::remove_of),
    at!("/channels/{channel_id}/messages/{message_id}/threads" bot POST threads::create_from_message),
    at!("/channels/{channel_id}/threads" bot POST threads::create),
    at!("/channels/{channel_id}/threads/archived/public" bot GET threads::archived),
    at!("/channels/{channel_id}/thread-members/{user_id}" bot GET threads::member),
    at!("/channels/{channel_id}/thread-members/@me" bot PUT threads::join, bot DELETE threads::leave),
    at!("/channels/{channel_id}/webhooks" bot GET webhooks::list, bot POST webhooks::create),
    at!("/webhooks/{webhook_id}" bot GET webhooks::get, bot PATCH webhooks::update, bot DELETE webhooks::delete),
    at!("/webhooks/{webhook_id}/{webhook_token}"
        open GET webhooks::get_by_token, open POST webhooks::execute, open DELETE webhooks::delete_by_token),
    at!("/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        open GET responses::get, open PATCH responses::update, open DELETE responses::delete),
    at!("/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
        open GET webhooks::get_message, open PATCH webhooks::update_message, open DELETE webhooks::delete_message),
    at!("/interactions/{interaction_id}/{interaction_token}/callback" open POST responses::answer),
];

pub(crate) enum Found {
    Route(&'static Route, Call),
    WrongMethod,
    Nothing,
}

/// `path` is what stands below `/api/v10`, still percent-encoded.
pub(crate) fn find(method: &str, path: &str) -> Found {
    let mut found = Found::Nothing;
    for route in ROUTES.iter().copied().flatten() {
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
