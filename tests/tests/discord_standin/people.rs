//! What people can and cannot do.

use sandbox::discord::{ChannelId, MessageId, Misuse, Said, UserId};

use crate::stage::Stage;

#[tokio::test]
async fn impossible_deeds_are_refused_and_named() {
    let stage = Stage::open().await;
    let it = &stage.discord;
    let (channel, ana) = stage.channel_with("Ana");
    let bo = it.add_member("Bo");
    let forum = it.add_forum("questions");
    let said = it.say(channel, ana, "hello").unwrap();
    let thread = it.start_thread(channel, ana, said, "Plans").unwrap();
    let nowhere = ChannelId(5);
    assert_eq!(
        it.say(nowhere, ana, "a"),
        Err(Misuse::UnknownChannel(nowhere))
    );
    assert_eq!(
        it.say(channel, UserId(5), "a"),
        Err(Misuse::UnknownUser(UserId(5)))
    );
    assert_eq!(it.say(channel, ana, " "), Err(Misuse::Nothing));
    assert_eq!(it.say(forum, ana, "a"), Err(Misuse::WrongKind(forum)));
    let reply = Said::from("a").in_reply_to(MessageId(5));
    assert_eq!(
        it.say(channel, ana, reply),
        Err(Misuse::UnknownMessage(channel, MessageId(5)))
    );
    assert_eq!(
        it.edit(channel, said, bo, "mine"),
        Err(Misuse::NotTheAuthor(said))
    );
    assert_eq!(
        it.delete(channel, said, bo),
        Err(Misuse::NotTheAuthor(said))
    );
    assert_eq!(
        it.start_thread(channel, bo, said, "x"),
        Err(Misuse::ThreadExists(said))
    );
    assert_eq!(
        it.forum_post(channel, ana, "x", "y"),
        Err(Misuse::WrongKind(channel))
    );
    assert_eq!(
        it.react(channel, said, ana, "smile"),
        Err(Misuse::NoEmoji("smile".into()))
    );
    assert_eq!(
        it.react(channel, said, ana, "<:no:5>"),
        Err(Misuse::Refused("Unknown Emoji".into()))
    );
    it.set_locked(thread, true).unwrap();
    assert_eq!(it.say(thread, ana, "a"), Err(Misuse::Locked(thread)));
    it.leave(bo).unwrap();
    assert_eq!(it.say(channel, bo, "a"), Err(Misuse::NotAMember(bo)));
    let private = it.open_dm(ana).unwrap();
    assert_eq!(it.say(private, bo, "a"), Err(Misuse::WrongKind(private)));
}

#[tokio::test]
async fn a_name_is_nick_then_display_name_then_user_name() {
    let stage = Stage::open().await;
    let it = &stage.discord;
    let (channel, ana) = stage.channel_with("Ana Ruiz");
    let shown = || {
        it.view_channel(channel, 1).unwrap().messages[0]
            .author
            .clone()
    };
    it.say(channel, ana, "hello").unwrap();
    assert_eq!(shown(), "Ana Ruiz");
    it.set_nick(ana, Some("Annie")).unwrap();
    assert_eq!(shown(), "Annie");
    it.set_nick(ana, None).unwrap();
    it.set_global_name(ana, None).unwrap();
    assert_eq!(shown(), "ana.ruiz");
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_none() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let said = stage.discord.say(channel, ana, "hello").unwrap();
    stage.discord.edit(channel, said, ana, "hello").unwrap();
    assert!(!stage.discord.view_channel(channel, 1).unwrap().messages[0].edited);
}
