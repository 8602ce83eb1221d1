//! Every method with its arguments, written down by Slack's public documentation.

use super::method::{Method, TokenKind};
use super::{about, change, conversations, files, history, places, post, reactions, users, views};
use crate::slack::limits::Tier;

const READ: &str = "channels:read groups:read im:read mpim:read";
const HISTORY: &str = "channels:history groups:history im:history mpim:history";

static METHODS: &[Method] = &[
    Method::reads("api.test", Tier::None, about::api_test)
        .with_token(TokenKind::None)
        .json_too()
        .takes("error foo"),
    Method::reads("auth.test", Tier::None, about::auth_test).json_too(),
    Method::reads("apps.connections.open", Tier::One, about::connections_open)
        .with_token(TokenKind::App)
        .json_too()
        .needs("connections:write"),
    Method::reads("team.info", Tier::Three, about::team_info)
        .needs("team:read")
        .takes("team domain"),
    Method::reads("bots.info", Tier::Three, about::bots_info)
        .needs("users:read")
        .takes("bot:user team_id"),
    Method::does("chat.postMessage", Tier::Posting, post::post_message)
        .needs("chat:write")
        .takes(
            "channel:channel! text markdown_text blocks:array attachments:array \
             thread_ts:time reply_broadcast:flag username icon_url icon_emoji \
             metadata:object mrkdwn:flag link_names:flag parse unfurl_links:flag \
             unfurl_media:flag as_user:flag",
        ),
    Method::does("chat.postEphemeral", Tier::Four, post::post_ephemeral)
        .needs("chat:write")
        .takes(
            "channel:channel! user:user! text markdown_text blocks:array attachments:array \
             thread_ts:time username icon_url icon_emoji link_names:flag parse as_user:flag",
        ),
    Method::does("chat.update", Tier::Three, change::update)
        .needs("chat:write")
        .takes(
            "channel:channel! ts:time! text markdown_text blocks:array attachments:array \
             metadata:object file_ids:array reply_broadcast:flag link_names:flag parse \
             as_user:flag",
        ),
    Method::does("chat.delete", Tier::Three, change::delete)
        .needs("chat:write")
        .takes("channel:channel! ts:time! as_user:flag"),
    Method::reads("chat.getPermalink", Tier::None, change::get_permalink)
        .takes("channel:channel! message_ts:time!"),
    Method::reads("conversations.list", Tier::Two, conversations::list)
        .needs(READ)
        .takes("types exclude_archived:flag limit:number cursor team_id"),
    Method::reads("conversations.info", Tier::Three, conversations::info)
        .needs(READ)
        .takes("channel:channel! include_locale:flag include_num_members:flag"),
    Method::reads("conversations.members", Tier::Four, conversations::members)
        .needs(READ)
        .takes("channel:channel! limit:number cursor"),
    Method::does("conversations.join", Tier::Three, places::join)
        .needs("channels:join")
        .takes("channel:channel!"),
    Method::does("conversations.leave", Tier::Three, places::leave)
        .needs("channels:manage groups:write")
        .takes("channel:channel!"),
    Method::does("conversations.open", Tier::Three, places::open)
        .needs("im:write mpim:write")
        .takes("channel:channel users:ids return_im:flag prevent_creation:flag"),
    Method::reads("conversations.history", Tier::Three, history::history)
        .needs(HISTORY)
        .takes(
            "channel:channel! latest:time oldest:time inclusive:flag limit:number cursor \
             include_all_metadata:flag",
        ),
    Method::reads("conversations.replies", Tier::Three, history::replies)
        .needs(HISTORY)
        .takes(
            "channel:channel! ts:time! latest:time oldest:time inclusive:flag limit:number \
             cursor include_all_metadata:flag",
        ),
    Method::does("reactions.add", Tier::Three, reactions::add)
        .needs("reactions:write")
        .takes("channel:channel! timestamp:time! name!"),
    Method::does("reactions.remove", Tier::Two, reactions::remove)
        .needs("reactions:write")
        .takes("name! channel:channel timestamp:time file file_comment"),
    Method::reads("reactions.get", Tier::Three, reactions::get)
        .needs("reactions:read")
        .takes("channel:channel timestamp:time full:flag file file_comment"),
    Method::reads("users.info", Tier::Four, users::info)
        .needs("users:read")
        .takes("user:user! include_locale:flag"),
    Method::reads("users.list", Tier::Two, users::list)
        .needs("users:read")
        .takes("limit:number cursor include_locale:flag team_id"),
    Method::reads("users.profile.get", Tier::Four, users::profile_get)
        .needs("users.profile:read")
        .takes("user:user include_labels:flag"),
    Method::reads("users.conversations", Tier::Three, conversations::of_user)
        .needs(READ)
        .takes("user:user types exclude_archived:flag limit:number cursor team_id"),
    Method::reads("usergroups.list", Tier::Two, users::groups)
        .needs("usergroups:read")
        .takes("include_count:flag include_disabled:flag include_users:flag team_id"),
    Method::does(
        "files.getUploadURLExternal",
        Tier::Four,
        files::get_upload_url,
    )
    .only_forms()
    .needs("files:write")
    .takes("filename! length:number! alt_txt snippet_type"),
    Method::does("files.completeUploadExternal", Tier::Four, files::complete)
        .needs("files:write")
        .takes(
            "files:array! channel_id:channel channels thread_ts:time initial_comment \
             blocks:array",
        ),
    Method::reads("files.info", Tier::Four, files::info)
        .needs("files:read")
        .takes("file! count:number page:number limit:number cursor"),
    Method::does("files.delete", Tier::Three, files::delete)
        .needs("files:write")
        .takes("file!"),
    Method::does("views.open", Tier::Four, views::open)
        .takes("view:object! trigger_id interactivity_pointer"),
    Method::does("views.update", Tier::Four, views::update)
        .takes("view:object! view_id external_id hash"),
];

/// Method names are told apart by case.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|it| it.name == name)
}
