//! Every method with its arguments, written down by Slack's public documentation.

use super::{about, conversations, files, history, post, reactions, views};
use crate::slack::answer::Answer;
use crate::slack::limits::Tier;
use crate::slack::params::Params;
use crate::slack::schema::{Body, Shape};
use crate::slack::world::World;

type Run = fn(&mut World, &Params) -> Answer;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Bot,
    App,
    None,
}

/// One method: what it takes, how often it may be called, and what it does.
pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) token: TokenKind,
    pub(crate) tier: Tier,
    /// As `X-Accepted-OAuth-Scopes` lists them; the method itself knows which of them it needs.
    pub(crate) scopes: &'static str,
    pub(crate) shape: Shape,
    /// Whether people may see something new afterwards.
    pub(crate) changes: bool,
    pub(crate) run: Run,
}

/// What kind of method it is: how it is called, and whether it changes something.
type Kind = (Body, bool);

const READS: Kind = (Body::Form, false);
/// JSON is taken although nothing changes.
const ASKS: Kind = (Body::FormOrJson, false);
const DOES: Kind = (Body::FormOrJson, true);
/// Only forms are taken.
const TAKES: Kind = (Body::Form, true);

const READ: &str = "channels:read groups:read im:read mpim:read";
const HISTORY: &str = "channels:history groups:history im:history mpim:history";

/// Kind, whose token, name, tier, scopes, function and arguments.
macro_rules! methods {
    ($($kind:ident $token:ident $name:literal $tier:ident $scopes:tt $file:ident::$run:ident $arguments:literal;)*) => {
        static METHODS: &[Method] = &[$(Method {
            name: $name,
            token: TokenKind::$token,
            tier: Tier::$tier,
            scopes: $scopes,
            shape: Shape { body: $kind.0, arguments: $arguments },
            changes: $kind.1,
            run: $file::$run,
        }),*];
    };
}

methods! {
    ASKS None "api.test" None "" about::api_test "error foo";
    ASKS Bot "auth.test" None "" about::auth_test "";
    ASKS App "apps.connections.open" One "connections:write" about::connections_open "";
    READS Bot "team.info" Three "team:read" about::team_info "team domain";
    READS Bot "bots.info" Three "users:read" about::bots_info "bot:user team_id";
    DOES Bot "chat.postMessage" Posting "chat:write" post::post_message
        "channel:channel! text markdown_text blocks:array attachments:array thread_ts:time \
         reply_broadcast:flag username icon_url icon_emoji metadata:object mrkdwn:flag link_names:flag parse \
         unfurl_links:flag unfurl_media:flag as_user:flag";
    DOES Bot "chat.postEphemeral" Four "chat:write" post::post_ephemeral
        "channel:channel! user:user! text markdown_text blocks:array attachments:array thread_ts:time \
         username icon_url icon_emoji link_names:flag parse as_user:flag";
    DOES Bot "chat.update" Three "chat:write" post::update
        "channel:channel! ts:time! text markdown_text blocks:array attachments:array metadata:object \
         file_ids:array reply_broadcast:flag link_names:flag parse as_user:flag";
    DOES Bot "chat.delete" Three "chat:write" post::delete "channel:channel! ts:time! as_user:flag";
    READS Bot "chat.getPermalink" None "" post::get_permalink "channel:channel! message_ts:time!";
    READS Bot "conversations.list" Two READ conversations::list
        "types exclude_archived:flag limit:number cursor team_id";
    READS Bot "conversations.info" Three READ conversations::info
        "channel:channel! include_locale:flag include_num_members:flag";
    READS Bot "conversations.members" Four READ conversations::members "channel:channel! limit:number cursor";
    DOES Bot "conversations.join" Three "channels:join" conversations::join "channel:channel!";
    DOES Bot "conversations.leave" Three "channels:manage groups:write" conversations::leave "channel:channel!";
    DOES Bot "conversations.open" Three "im:write mpim:write" conversations::open
        "channel:channel users:ids return_im:flag prevent_creation:flag";
    READS Bot "conversations.history" Three HISTORY history::history
        "channel:channel! latest:time oldest:time inclusive:flag limit:number cursor \
         include_all_metadata:flag";
    READS Bot "conversations.replies" Three HISTORY history::replies
        "channel:channel! ts:time! latest:time oldest:time inclusive:flag limit:number cursor \
         include_all_metadata:flag";
    DOES Bot "reactions.add" Three "reactions:write" reactions::add "channel:channel! timestamp:time! name!";
    DOES Bot "reactions.remove" Two "reactions:write" reactions::remove
        "name! channel:channel timestamp:time file file_comment";
    READS Bot "reactions.get" Three "reactions:read" reactions::get
        "channel:channel timestamp:time full:flag file file_comment";
    READS Bot "users.info" Four "users:read" about::info "user:user! include_locale:flag";
    READS Bot "users.list" Two "users:read" about::list "limit:number cursor include_locale:flag team_id";
    READS Bot "users.profile.get" Four "users.profile:read" about::profile_get "user:user include_labels:flag";
    READS Bot "users.conversations" Three READ conversations::of_user
        "user:user types exclude_archived:flag limit:number cursor team_id";
    READS Bot "usergroups.list" Two "usergroups:read" about::groups
        "include_count:flag include_disabled:flag include_users:flag team_id";
    TAKES Bot "files.getUploadURLExternal" Four "files:write" files::get_upload_url
        "filename! length:number! alt_txt snippet_type";
    DOES Bot "files.completeUploadExternal" Four "files:write" files::complete
        "files:array! channel_id:channel channels thread_ts:time initial_comment blocks:array";
    READS Bot "files.info" Four "files:read" files::info "file! count:number page:number limit:number cursor";
    DOES Bot "files.delete" Three "files:write" files::delete "file!";
    DOES Bot "views.open" Four "" views::open "view:object! trigger_id interactivity_pointer";
    DOES Bot "views.update" Four "" views::update "view:object! view_id external_id hash";
}

/// Method names are told apart by case.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|it| it.name == name)
}
