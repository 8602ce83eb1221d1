//! Everybody in a channel hears once that it is joined with others, before anything else is carried there.

use causeway_tests::{Town, every_kind, larger_town};
use conversation::{ChannelRef, Event, Platform};
use engine::rooms::{self, Wanted};
use insta::assert_snapshot;

const GENERAL: &str = "telegram #general";
const LOBBY: &str = "discord #lobby";
const NEW: &str = "telegram #new";

/// What the bridge said there of itself.
fn told(town: &Town, channel: &str) -> usize {
    town.transcript(channel)
        .matches("a conversation with")
        .count()
}

async fn telling_town() -> Town {
    let mut town = larger_town().await;
    town.asks_for("", true).await;
    town
}

/// Those of an older store as well: at the first start.
#[tokio::test]
async fn each_channel_is_told_once() {
    let mut town = every_kind().await;
    town.says(GENERAL, "Ana", "Before anybody was told").await;
    town.settle().await;
    town.asks_for("", true).await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    for _ in 0..2 {
        town.restarts().await;
        town.asks_for("", true).await;
        town.settle().await;
    }
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Before anybody was told
    Ana: Hello
    [bot]: This channel shares a conversation with Discord, email, Slack, in Spring Gathering. What is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them.
          I keep words for 30 days, and that something was said for 13 months. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
          
          And “#local” anywhere in a message keeps that one here.
    ");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # Before anybody was told
      | Ana: Before anybody was told
    # This list is joined with other channels
      | Causeway: This channel shares a conversation with email, Slack, Telegram, in Spring Gathering. What is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them.
      |       I keep words for 30 days, and that something was said for 13 months. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
      |       
      |       · who can see this: where what is said here is read
      |       · agreement: what this community asks you to agree to, and what you said
      |       · private on|off: keep what you say where you say it, or one message by “#local” in it
      |       · name on|off: be carried without your name, or with it again
      |       · rest [HOW-LONG]: no mention calls you elsewhere for a while; messages still come
      |       · mydata: all that I hold of you
      |       · forget me: let me forget you and what you said
      |       · help [ABOUT]: what I can do, or all about one thing
      |       And “#local” anywhere in a message keeps that one here.
    # Hello
      | Ana: Hello
    ");
    assert_snapshot!(town.transcript("slack #spring"), @r"
    Ana: Before anybody was told
    Causeway: This channel shares a conversation with Discord, email, Telegram, in Spring Gathering. What is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them.
          I keep words for 30 days, and that something was said for 13 months. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
          
          And “#local” anywhere in a message keeps that one here.
    Ana: Hello
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Before anybody was told
    Ana: Before anybody was told
    # This list is joined with other channels
    Causeway: This channel shares a conversation with Discord, Slack, Telegram, in Spring Gathering. What is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them.
          I keep words for 30 days, and that something was said for 13 months. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
          
          And “#local” anywhere in a message keeps that one here.
    # Hello
    Ana: Hello
    ");
}

#[tokio::test]
async fn a_channel_that_joins_is_told_before_it_hears_anything() {
    let mut town = telling_town().await;
    town.settle().await;
    town.staff_does("room link general telegram:#new").await;
    town.says(LOBBY, "Bo", "Welcome!").await;
    town.settle().await;
    town.staff_does("room link general telegram:#new").await;
    town.staff_does("link suspend telegram:#new").await;
    town.staff_does("link open telegram:#new").await;
    town.settle().await;
    assert_snapshot!(town.transcript(NEW), @r"
    [bot]: This channel shares a conversation with Discord, email, Telegram, in Spring Gathering. What is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them.
          I keep words for 30 days, and that something was said for 13 months. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
          
          And “#local” anywhere in a message keeps that one here.
    [bot]: Bo (Discord): Welcome!
    ");
    assert_eq!(told(&town, LOBBY), 1);
    let to = ChannelRef::new("telegram", "#newer");
    town.happens(
        &ChannelRef::new("telegram", "#new"),
        "Ana",
        Event::Moved { to },
    )
    .await;
    town.staff_does("room link general telegram:#newer").await;
    town.settle().await;
    assert_eq!(told(&town, "telegram #newer"), 0);
    town.staff_does("room unlink telegram:#newer").await;
    town.staff_does("room link general telegram:#newer").await;
    town.settle().await;
    assert_eq!(told(&town, "telegram #newer"), 1);
}

#[tokio::test]
async fn who_asks_for_no_notice_has_none() {
    let mut town = larger_town().await;
    town.asks_for("", true).await;
    town.asks_for("", false).await;
    town.settle().await;
    town.staff_does("room link general telegram:#new").await;
    town.settle().await;
    assert_eq!(told(&town, NEW), 0);
    assert_eq!(told(&town, LOBBY), 1);
}

/// As the configuration makes them, in one go: each knows of the others of its room.
#[tokio::test]
async fn many_channels_are_told_each() {
    let mut town = larger_town().await;
    town.asks_for("", true).await;
    let channel = |platform, room| ChannelRef::new(platform, format!("#{room}").as_str());
    let room = |room| Wanted {
        name: format!("room {room}"),
        channels: vec![channel("telegram", room), channel("discord", room)],
        most_parts: None,
    };
    let rooms = (0..129).map(room).collect();
    rooms::add_all(town.store(), "Spring Gathering", rooms, town.now)
        .await
        .expect("made");
    town.store().refresh_directory().await.expect("read");
    town.settle().await;
    for room in 0..129 {
        for (platform, other) in [("telegram", "Discord"), ("discord", "Telegram")] {
            let channel = format!("{platform} #{room}");
            let said = town.transcript(&channel);
            let with = format!("This channel shares a conversation with {other}, in");
            assert_eq!((told(&town, &channel), said.matches(&with).count()), (1, 1));
        }
    }
}

#[tokio::test]
async fn staff_may_tell_them_before_and_take_along_what_was_said_since() {
    let mut town = telling_town().await;
    town.settle().await;
    town.is_run_by(&[("discord", "Eva")]).await;
    let says = async |town: &mut Town, said: &str| {
        town.commands(LOBBY, "Eva", said).await;
        town.settle().await;
        town.seconds_pass(15);
    };
    says(&mut town, "room link general telegram:#new history=yes").await;
    says(&mut town, "room announce general telegram:#new").await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, &confirm).await;
    let announced = town.now;
    town.hours_pass(2);
    town.says(NEW, "Ana", "Nobody else reads this yet").await;
    town.settle().await;
    says(&mut town, "room announce general telegram:#general").await;
    says(&mut town, "room link general telegram:#new history=yes").await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, &confirm).await;
    assert_snapshot!(town.transcript(NEW), @r"
    [bot]: This channel is to share a conversation with Discord, email, Telegram, in Spring Gathering. Once it does, what is said here is read there, and what is said there is read here: words, files and reactions, with the names of those who sent them. That may include what you say from now on.
          I keep words for 30 days, and that something was said for 13 months. Each of you may say to me, in a private chat or behind /causeway, as in “/causeway private on”:
          
          And “#local” anywhere in a message keeps that one here.
    Ana: Nobody else reads this yet
    ");
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: Nothing happened: nobody was told there yet that it is to be joined, and nothing from before that is carried; say “room announce” first, or link it without its history.
    to Eva: You said yes to this: room announce general telegram:#new (edited)
    to Eva: Done: room announce general telegram:#new. Everybody there is told that it is to be joined with the room.
    to Eva: Nothing happened: that channel takes part in a room already, and a channel takes part in one; “room unlink” takes it out.
    to Eva: You said yes to this: room link general telegram:#new history=yes (edited)
    to Eva: Done: room link general telegram:#new history=yes. What is said there is carried to the 3 other channels of the room, and back; so is what was said there since everybody was told. Within 15 minutes, “undo” takes it back. [Undo]
    ");
    let points = town
        .store()
        .resume_points(&Platform::from("telegram"))
        .await;
    let mut points = points.expect("read").into_iter();
    let new = points
        .find(|it| it.channel.id.as_str() == "#new")
        .expect("it is linked");
    assert!(new.since < announced && announced.since(new.since).as_secs() < 60);
}

/// What was said between the notice and the link is carried only if staff wants that.
#[tokio::test]
async fn without_a_word_nothing_from_before_is_carried() {
    let mut town = telling_town().await;
    town.staff_does("room announce general telegram:#new").await;
    town.hours_pass(2);
    town.staff_does("room link general telegram:#new").await;
    town.settle().await;
    assert_eq!(told(&town, NEW), 1);
    let points = town
        .store()
        .resume_points(&Platform::from("telegram"))
        .await;
    let mut points = points.expect("read").into_iter();
    let new = points
        .find(|it| it.channel.id.as_str() == "#new")
        .expect("it is linked");
    assert_eq!(new.since, town.now);
}
