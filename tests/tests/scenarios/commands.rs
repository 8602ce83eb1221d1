//! What the grammar reads, and what its reader is told.

use causeway_tests::town;
use insta::assert_snapshot;

/// And changes nothing.
#[tokio::test]
async fn what_is_no_command_gets_what_is_like_it_and_an_example() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    for said in ["Hlep!", "help the weather", "room add “spring", "help help"] {
        town.commands("telegram #general", "Ana", said).await;
        town.settle().await;
    }
    assert_snapshot!(town.whispers_in_full("telegram #general"), @r"
    to Ana: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    · help [ABOUT]: what I can do, or all about one thing
    · rest [HOW-LONG]: no mention calls you elsewhere for a while; messages still come
    · name on|off: be carried without your name, or with it again
    to Ana: Nothing happened: something in it is not of the kind that belongs there. Write it as help [ABOUT], for example: help room
    to Ana: That is for staff, and nothing happened. “help” says what I can do for you.
    to Ana: You can say:
    · help [ABOUT]: what I can do, or all about one thing
    For example: help room
    ");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
}

/// Whoever asks hears platforms and numbers, and nobody's address.
#[tokio::test]
async fn who_can_see_this_is_told_where_it_is_asked() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "Who can see this?")
        .await;
    town.settle().await;
    town.links_in(("Spring Gathering", "general"), "telegram #market")
        .await;
    town.links_in(("Spring Gathering", "general"), "telegram #garden")
        .await;
    town.seconds_pass(2);
    town.commands("telegram #general", "Ana", "who sees this")
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: What is said in this channel is carried to email, and whoever reads there reads it. I keep the words for 30 days, and that something was said for 13 months. Besides them, only whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    to Ana: What is said in this channel is carried to email, 2 channels of Telegram, and whoever reads there reads it. I keep the words for 30 days, and that something was said for 13 months. Besides them, only whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    ");
    town.says("telegram @Ana", "Ana", "who can see this").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: who can see this
    [bot]: What you write to me alone goes to nobody and is not kept. Ask me in a channel, and I tell you where it is read. “mydata” sends you what I hold of you.
    ");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
}

/// Neither a room's name nor an id, and not that there are such commands.
#[tokio::test]
async fn while_a_command_is_written_nobody_is_shown_what_is_not_theirs() {
    let mut town = town().await;
    let general = ("telegram #general", "Ana");
    town.says(general.0, "Ana", "Hello").await;
    town.says("telegram @Ana", "Ana", "Hello").await;
    town.settle().await;
    for place in [general, ("telegram @Ana", "Ana")] {
        let topics = town.suggests(place, "help", "wh").await;
        assert_eq!(topics.expect("theirs"), ["who can see this"]);
        for words in [
            "link list",
            "room unlink",
            "held drop",
            "dead drop",
            "room add",
        ] {
            assert_eq!(town.suggests(place, words, "").await, None, "{words}");
        }
    }
    for elsewhere in ["telegram #market", "telegram @Bo"] {
        assert_eq!(town.suggests((elsewhere, "Bo"), "help", "").await, None);
    }
    assert_snapshot!(town.whispers("telegram #general"), @"");
}
