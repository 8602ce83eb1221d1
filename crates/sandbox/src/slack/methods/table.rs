//! Every method with its arguments, written down by Slack's public documentation.

use super::{Method, TokenKind};
use super::{about, change, conversations, files, history, places, post, reactions, users, views};
use crate::slack::limits::Tier;
use crate::slack::schema::Need::{May, Must};
use crate::slack::schema::Type::{Array, Channel, Flag, Ids, Number, Object, Text, Time, User};

pub(super) static METHODS: &[Method] = &[
    Method::reads("api.test", Tier::None, about::api_test)
        .with_token(TokenKind::None)
        .json_too()
        .takes(&[("error", Text, May), ("foo", Text, May)]),
    Method::reads("auth.test", Tier::None, about::auth_test).json_too(),
    Method::reads("apps.connections.open", Tier::One, about::connections_open)
        .with_token(TokenKind::App)
        .json_too()
        .needs(&["connections:write"]),
    Method::reads("team.info", Tier::Three, about::team_info)
        .needs(&["team:read"])
        .takes(&[("team", Text, May), ("domain", Text, May)]),
    Method::reads("bots.info", Tier::Three, about::bots_info)
        .needs(&["users:read"])
        .takes(&[("bot", User, May), ("team_id", Text, May)]),
    Method::does("chat.postMessage", Tier::Posting, post::post_message)
        .needs(&["chat:write"])
        .takes(&[
            ("channel", Channel, Must),
            ("text", Text, May),
            ("markdown_text", Text, May),
            ("blocks", Array, May),
            ("attachments", Array, May),
            ("thread_ts", Time, May),
            ("reply_broadcast", Flag, May),
            ("username", Text, May),
            ("icon_url", Text, May),
            ("icon_emoji", Text, May),
            ("metadata", Object, May),
            ("mrkdwn", Flag, May),
            ("link_names", Flag, May),
            ("parse", Text, May),
            ("unfurl_links", Flag, May),
            ("unfurl_media", Flag, May),
            ("as_user", Flag, May),
        ]),
    Method::does("chat.postEphemeral", Tier::Four, post::post_ephemeral)
        .needs(&["chat:write"])
        .takes(&[
            ("channel", Channel, Must),
            ("user", User, Must),
            ("text", Text, May),
            ("markdown_text", Text, May),
            ("blocks", Array, May),
            ("attachments", Array, May),
            ("thread_ts", Time, May),
            ("username", Text, May),
            ("icon_url", Text, May),
            ("icon_emoji", Text, May),
            ("link_names", Flag, May),
            ("parse", Text, May),
            ("as_user", Flag, May),
        ]),
    Method::does("chat.update", Tier::Three, change::update)
        .needs(&["chat:write"])
        .takes(&[
            ("channel", Channel, Must),
            ("ts", Time, Must),
            ("text", Text, May),
            ("markdown_text", Text, May),
            ("blocks", Array, May),
            ("attachments", Array, May),
            ("metadata", Object, May),
            ("file_ids", Array, May),
            ("reply_broadcast", Flag, May),
            ("link_names", Flag, May),
            ("parse", Text, May),
            ("as_user", Flag, May),
        ]),
    Method::does("chat.delete", Tier::Three, change::delete)
        .needs(&["chat:write"])
        .takes(&[
            ("channel", Channel, Must),
            ("ts", Time, Must),
            ("as_user", Flag, May),
        ]),
    Method::reads("chat.getPermalink", Tier::None, change::get_permalink)
        .takes(&[("channel", Channel, Must), ("message_ts", Time, Must)]),
    Method::reads("conversations.list", Tier::Two, conversations::list)
        .needs(&["channels:read", "groups:read", "im:read", "mpim:read"])
        .takes(&[
            ("types", Text, May),
            ("exclude_archived", Flag, May),
            ("limit", Number, May),
            ("cursor", Text, May),
            ("team_id", Text, May),
        ]),
    Method::reads("conversations.info", Tier::Three, conversations::info)
        .needs(&["channels:read", "groups:read", "im:read", "mpim:read"])
        .takes(&[
            ("channel", Channel, Must),
            ("include_locale", Flag, May),
            ("include_num_members", Flag, May),
        ]),
    Method::reads("conversations.members", Tier::Four, conversations::members)
        .needs(&["channels:read", "groups:read", "im:read", "mpim:read"])
        .takes(&[
            ("channel", Channel, Must),
            ("limit", Number, May),
            ("cursor", Text, May),
        ]),
    Method::does("conversations.join", Tier::Three, places::join)
        .needs(&["channels:join"])
        .takes(&[("channel", Channel, Must)]),
    Method::does("conversations.leave", Tier::Three, places::leave)
        .needs(&["channels:manage", "groups:write"])
        .takes(&[("channel", Channel, Must)]),
    Method::does("conversations.open", Tier::Three, places::open)
        .needs(&["im:write", "mpim:write"])
        .takes(&[
            ("channel", Channel, May),
            ("users", Ids, May),
            ("return_im", Flag, May),
            ("prevent_creation", Flag, May),
        ]),
    Method::reads("conversations.history", Tier::Three, history::history)
        .needs(&[
            "channels:history",
            "groups:history",
            "im:history",
            "mpim:history",
        ])
        .takes(&[
            ("channel", Channel, Must),
            ("latest", Time, May),
            ("oldest", Time, May),
            ("inclusive", Flag, May),
            ("limit", Number, May),
            ("cursor", Text, May),
            ("include_all_metadata", Flag, May),
        ]),
    Method::reads("conversations.replies", Tier::Three, history::replies)
        .needs(&[
            "channels:history",
            "groups:history",
            "im:history",
            "mpim:history",
        ])
        .takes(&[
            ("channel", Channel, Must),
            ("ts", Time, Must),
            ("latest", Time, May),
            ("oldest", Time, May),
            ("inclusive", Flag, May),
            ("limit", Number, May),
            ("cursor", Text, May),
            ("include_all_metadata", Flag, May),
        ]),
    Method::does("reactions.add", Tier::Three, reactions::add)
        .needs(&["reactions:write"])
        .takes(&[
            ("channel", Channel, Must),
            ("timestamp", Time, Must),
            ("name", Text, Must),
        ]),
    Method::does("reactions.remove", Tier::Two, reactions::remove)
        .needs(&["reactions:write"])
        .takes(&[
            ("name", Text, Must),
            ("channel", Channel, May),
            ("timestamp", Time, May),
            ("file", Text, May),
            ("file_comment", Text, May),
        ]),
    Method::reads("reactions.get", Tier::Three, reactions::get)
        .needs(&["reactions:read"])
        .takes(&[
            ("channel", Channel, May),
            ("timestamp", Time, May),
            ("full", Flag, May),
            ("file", Text, May),
            ("file_comment", Text, May),
        ]),
    Method::reads("users.info", Tier::Four, users::info)
        .needs(&["users:read"])
        .takes(&[("user", User, Must), ("include_locale", Flag, May)]),
    Method::reads("users.list", Tier::Two, users::list)
        .needs(&["users:read"])
        .takes(&[
            ("limit", Number, May),
            ("cursor", Text, May),
            ("include_locale", Flag, May),
            ("team_id", Text, May),
        ]),
    Method::reads("users.profile.get", Tier::Four, users::profile_get)
        .needs(&["users.profile:read"])
        .takes(&[("user", User, May), ("include_labels", Flag, May)]),
    Method::reads("users.conversations", Tier::Three, conversations::of_user)
        .needs(&["channels:read", "groups:read", "im:read", "mpim:read"])
        .takes(&[
            ("user", User, May),
            ("types", Text, May),
            ("exclude_archived", Flag, May),
            ("limit", Number, May),
            ("cursor", Text, May),
            ("team_id", Text, May),
        ]),
    Method::reads("usergroups.list", Tier::Two, users::groups)
        .needs(&["usergroups:read"])
        .takes(&[
            ("include_count", Flag, May),
            ("include_disabled", Flag, May),
            ("include_users", Flag, May),
            ("team_id", Text, May),
        ]),
    Method::does(
        "files.getUploadURLExternal",
        Tier::Four,
        files::get_upload_url,
    )
    .only_forms()
    .needs(&["files:write"])
    .takes(&[
        ("filename", Text, Must),
        ("length", Number, Must),
        ("alt_txt", Text, May),
        ("snippet_type", Text, May),
    ]),
    Method::does("files.completeUploadExternal", Tier::Four, files::complete)
        .needs(&["files:write"])
        .takes(&[
            ("files", Array, Must),
            ("channel_id", Channel, May),
            ("channels", Text, May),
            ("thread_ts", Time, May),
            ("initial_comment", Text, May),
            ("blocks", Array, May),
        ]),
    Method::reads("files.info", Tier::Four, files::info)
        .needs(&["files:read"])
        .takes(&[
            ("file", Text, Must),
            ("count", Number, May),
            ("page", Number, May),
            ("limit", Number, May),
            ("cursor", Text, May),
        ]),
    Method::does("files.delete", Tier::Three, files::delete)
        .needs(&["files:write"])
        .takes(&[("file", Text, Must)]),
    Method::does("views.open", Tier::Four, views::open).takes(&[
        ("view", Object, Must),
        ("trigger_id", Text, May),
        ("interactivity_pointer", Text, May),
    ]),
    Method::does("views.update", Tier::Four, views::update).takes(&[
        ("view", Object, Must),
        ("view_id", Text, May),
        ("external_id", Text, May),
        ("hash", Text, May),
    ]),
];
