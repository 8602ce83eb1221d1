//! The gateway as it works on a good day: HELLO to events, heartbeats, and RESUME.

use sandbox::discord::{MessageId, Said, SaidFile};
use serde_json::json;

use crate::socket::EVERYTHING;
use crate::stage::{BOT, Stage, text};

const GUILDS: u64 = 1;
const MESSAGES: u64 = 1 << 9;

#[tokio::test]
async fn a_session_begins_with_the_guild_as_it_is() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let open = stage
        .discord
        .start_thread_alone(channel, ana, "Plans")
        .unwrap();
    let shut = stage
        .discord
        .start_thread_alone(channel, ana, "Old plans")
        .unwrap();
    stage.discord.set_archived(shut, true).unwrap();
    let mut socket = stage.connect().await;
    socket.identify(EVERYTHING).await;
    let ready = socket.event("READY").await;
    assert_eq!((&ready["v"], text(&ready["user"]["id"])), (&json!(10), BOT));
    assert_eq!(ready["guilds"][0]["unavailable"], true);
    assert_eq!(
        ready["resume_gateway_url"],
        stage.base.replace("http", "ws")
    );
    let guild = socket.event("GUILD_CREATE").await;
    assert_eq!(guild["channels"][0]["id"], channel.to_string());
    let threads = guild["threads"].as_array().unwrap();
    assert_eq!(
        threads.iter().map(|it| text(&it["id"])).collect::<Vec<_>>(),
        [open.to_string()]
    );
    assert_eq!(guild["members"].as_array().unwrap().len(), 3);
    socket.say(json!({ "op": 1, "d": 2 })).await;
    assert_eq!(socket.next().await["op"], 11);
    socket.say(json!({ "op": 8, "d": { "guild_id": guild["id"], "query": "", "limit": 0, "nonce": "n" } })).await;
    assert_eq!(socket.event("GUILD_MEMBERS_CHUNK").await["nonce"], "n");
    assert_eq!(stage.discord.gateway_sessions(), 1);
    let counters = stage.discord.counters();
    assert_eq!(
        (
            counters.connections,
            counters.identifies,
            counters.heartbeats
        ),
        (1, 1, 1)
    );
}

#[tokio::test]
async fn what_people_do_comes_as_events() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let it = &stage.discord;
    let mut socket = stage.identified(EVERYTHING).await;
    let said = it.say(channel, ana, "**hello**").unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(event["content"], "**hello**");
    assert_eq!(event["member"]["nick"], json!(null));
    assert_eq!(event["guild_id"], it.guild_id().to_string());
    it.edit(channel, said, ana, "hello!").unwrap();
    assert!(socket.event("MESSAGE_UPDATE").await["edited_timestamp"].is_string());
    it.react(channel, said, ana, "👍").unwrap();
    let event = socket.event("MESSAGE_REACTION_ADD").await;
    assert_eq!(
        (
            text(&event["emoji"]["name"]),
            text(&event["message_author_id"])
        ),
        ("👍", ana.to_string().as_str())
    );
    it.unreact(channel, said, ana, "👍").unwrap();
    socket.event("MESSAGE_REACTION_REMOVE").await;
    it.clear_reactions(channel, said, None).unwrap();
    socket.event("MESSAGE_REACTION_REMOVE_ALL").await;
    it.clear_reactions(channel, said, Some("🎉")).unwrap();
    socket.event("MESSAGE_REACTION_REMOVE_EMOJI").await;
    it.typing(channel, ana).unwrap();
    socket.event("TYPING_START").await;
    it.pin(channel, said, ana).unwrap();
    socket.event("MESSAGE_UPDATE").await;
    socket.event("CHANNEL_PINS_UPDATE").await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["type"], 6);
    it.say_joined(ana).unwrap();
    assert_eq!(socket.event("MESSAGE_CREATE").await["type"], 7);
    it.delete(channel, said, ana).unwrap();
    assert_eq!(socket.event("MESSAGE_DELETE").await["id"], said.to_string());
    it.bulk_delete(channel, &[said, MessageId(7)]).unwrap();
    socket.event("MESSAGE_DELETE_BULK").await;
    it.dm(ana, "psst").unwrap();
    assert!(
        socket
            .event("MESSAGE_CREATE")
            .await
            .get("guild_id")
            .is_none()
    );
}

#[tokio::test]
async fn rich_messages_come_whole() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let it = &stage.discord;
    let mut socket = stage.identified(EVERYTHING).await;
    let file = SaidFile::new("hill.png", crate::stage::picture()).described("a hill");
    let first = it
        .say(channel, ana, Said::from("look").with_file(file))
        .unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(event["attachments"][0]["description"], "a hill");
    it.say(channel, ana, Said::from("me too").in_reply_to(first))
        .unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(
        (
            &event["type"],
            text(&event["referenced_message"]["content"])
        ),
        (&json!(19), "look")
    );
    assert_eq!(event["mentions"][0]["id"], ana.to_string());
    it.say(channel, ana, Said::default().with_sticker("wave"))
        .unwrap();
    assert_eq!(
        socket.event("MESSAGE_CREATE").await["sticker_items"][0]["name"],
        "wave"
    );
    it.say(
        channel,
        ana,
        Said::default().with_poll("When?", &["Friday", "Sunday"]),
    )
    .unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(event["poll"]["answers"][1]["poll_media"]["text"], "Sunday");
    it.send_voice(channel, ana, b"OggS".to_vec()).unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(
        (&event["flags"], &event["attachments"][0]["duration_secs"]),
        (&json!(8192), &json!(3.5))
    );
    let other = it.add_text_channel("other");
    socket.event("CHANNEL_CREATE").await;
    it.forward((channel, first), other, ana).unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(event["message_reference"]["type"], 1);
    assert_eq!(event["message_snapshots"][0]["message"]["content"], "look");
}

#[tokio::test]
async fn places_and_people_come_as_events() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let it = &stage.discord;
    let mut socket = stage.identified(EVERYTHING).await;
    let said = it.say(channel, ana, "Plans?").unwrap();
    socket.event("MESSAGE_CREATE").await;
    let thread = it.start_thread(channel, ana, said, "Plans").unwrap();
    assert_eq!(socket.event("THREAD_CREATE").await["newly_created"], true);
    assert_eq!(
        socket.event("MESSAGE_UPDATE").await["thread"]["id"],
        thread.to_string()
    );
    assert_eq!(socket.event("MESSAGE_CREATE").await["type"], 21);
    it.set_archived(thread, true).unwrap();
    socket.event("THREAD_UPDATE").await;
    it.say(thread, ana, "still here").unwrap();
    assert_eq!(
        socket.event("THREAD_UPDATE").await["thread_metadata"]["archived"],
        false
    );
    socket.event("MESSAGE_CREATE").await;
    it.rename(thread, "Better plans").unwrap();
    assert_eq!(socket.event("THREAD_UPDATE").await["name"], "Better plans");
    it.delete_channel(channel).unwrap();
    assert_eq!(
        socket.event("THREAD_DELETE").await["parent_id"],
        channel.to_string()
    );
    socket.event("CHANNEL_DELETE").await;
    let forum = it.add_forum("questions");
    socket.event("CHANNEL_CREATE").await;
    let post = it.forum_post(forum, ana, "How?", "Tell me.").unwrap();
    socket.event("THREAD_CREATE").await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["id"], post.to_string());
    it.add_webhook(forum, "Deploys", ana).unwrap();
    socket.event("WEBHOOKS_UPDATE").await;
    it.set_nick(ana, Some("Annie")).unwrap();
    assert_eq!(socket.event("GUILD_MEMBER_UPDATE").await["nick"], "Annie");
    it.add_member("Bo");
    socket.event("GUILD_MEMBER_ADD").await;
    it.leave(ana).unwrap();
    socket.event("GUILD_MEMBER_REMOVE").await;
    it.deny(forum, sandbox::discord::Permission::ViewChannel)
        .unwrap();
    assert_ne!(
        socket.event("CHANNEL_UPDATE").await["permission_overwrites"],
        json!([])
    );
    it.allow(forum, sandbox::discord::Permission::ViewChannel)
        .unwrap();
    socket.event("CHANNEL_UPDATE").await;
    assert_eq!(
        socket.event("THREAD_LIST_SYNC").await["threads"][0]["id"],
        post.to_string()
    );
    it.kick_bot();
    assert!(
        socket
            .event("GUILD_DELETE")
            .await
            .get("unavailable")
            .is_none()
    );
    it.add_bot_back();
    socket.event("GUILD_CREATE").await;
    it.set_outage(true);
    assert_eq!(socket.event("GUILD_DELETE").await["unavailable"], true);
    it.set_outage(false);
    socket.event("GUILD_CREATE").await;
}

#[tokio::test]
async fn without_the_intent_a_bot_reads_only_what_concerns_it() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let mut socket = stage.identified(GUILDS | MESSAGES).await;
    let file = SaidFile::new("plan.txt", "plan");
    stage
        .discord
        .say(channel, ana, Said::from("secret").with_file(file))
        .unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(
        (text(&event["content"]), &event["attachments"]),
        ("", &json!([]))
    );
    stage
        .discord
        .say(channel, ana, format!("<@{BOT}> hello").as_str())
        .unwrap();
    assert_eq!(
        socket.event("MESSAGE_CREATE").await["content"],
        format!("<@{BOT}> hello")
    );
    stage.post(channel, "own").await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["content"], "own");
    let said = stage.discord.say(channel, ana, "x").unwrap();
    socket.event("MESSAGE_CREATE").await;
    // Nobody asked for these.
    stage.discord.react(channel, said, ana, "👍").unwrap();
    stage.discord.dm(ana, "psst").unwrap();
    assert!(socket.is_quiet().await);
}

#[tokio::test]
async fn a_session_goes_on_where_it_stood() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let mut socket = stage.identified(EVERYTHING).await;
    stage.discord.say(channel, ana, "heard").unwrap();
    socket.event("MESSAGE_CREATE").await;
    stage.discord.gateway_drop();
    assert_eq!(socket.end().await, None);
    stage.discord.say(channel, ana, "missed").unwrap();
    let mut socket = stage.resumed(&socket).await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["content"], "missed");
    socket.event("RESUMED").await;
    stage.discord.say(channel, ana, "new").unwrap();
    assert_eq!(socket.event("MESSAGE_CREATE").await["content"], "new");
    assert_eq!(stage.discord.counters().resumes, 1);
}

#[tokio::test]
async fn others_speak_too_and_previews_look_like_edits() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let it = &stage.discord;
    let bot = it.add_bot("Helper");
    let webhook = it.add_webhook(channel, "Deploys", ana).unwrap();
    let mut socket = stage.identified(EVERYTHING).await;
    it.say(channel, bot, "beep").unwrap();
    assert_eq!(socket.event("MESSAGE_CREATE").await["author"]["bot"], true);
    let said = it.say_by_webhook(webhook, "Deploys", "done").unwrap();
    let event = socket.event("MESSAGE_CREATE").await;
    assert_eq!(event["webhook_id"], webhook.to_string());
    assert!(event.get("application_id").is_none());
    it.unfurl(channel, said, "https://example.org", "Example")
        .unwrap();
    let event = socket.event("MESSAGE_UPDATE").await;
    assert_eq!(event["edited_timestamp"], json!(null));
    assert_eq!(event["embeds"][0]["title"], "Example");
    let announcements = it.add_announcement_channel("news");
    socket.event("CHANNEL_CREATE").await;
    it.start_thread_alone(announcements, ana, "Talk").unwrap();
    assert_eq!(socket.event("THREAD_CREATE").await["type"], 10);
}
