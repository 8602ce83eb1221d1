//! Whoever wants to be left alone is: their words stay where they said them, or go without their name, and nobody calls them.

use causeway_tests::{EVERY_KIND, Town, chat, every_kind, larger_town, letters};
use conversation::Proof;
use insta::assert_snapshot;

mod named;

/// What people see in each of these channels.
fn seen(town: &Town, channels: &[&str]) -> String {
    let part = |it: &&str| format!("== {it}\n{}", town.transcript(it));
    channels.iter().map(part).collect::<Vec<_>>().join("\n")
}

const LARGER: [&str; 3] = ["telegram #general", "discord #lobby", "list spring@"];

#[tokio::test]
async fn what_somebody_says_in_private_stays_where_they_say_it() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "Picnic on Sunday")
        .await;
    town.says("discord #lobby", "Bo", "Who brings bread?").await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "private on")
        .await;
    town.says("telegram #general", "Ana", "I am not well this week")
        .await;
    town.replies(
        "telegram #general",
        "Ana",
        "Who brings bread",
        "Not me, I stay in bed",
    )
    .await;
    town.edits("telegram #general", "Ana", "Picnic", "Picnic without me")
        .await;
    town.reacts("telegram #general", "Ana", "Who brings bread", "👍")
        .await;
    town.settle().await;
    town.replies("telegram #general", "Cy", "I am not well", "Get well soon!")
        .await;
    town.replies("discord #lobby", "Bo", "Picnic", "Is it at the mill?")
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: Done: private on. From now on what you say is read only where you say it. What was still waiting does not go. What others have already stays with them; if you delete it where you wrote it, I delete its copies where I can. When somebody answers you, your words do not travel with the answer. A mailing list still sends your mail to its own members. “private off” ends this. Within 15 minutes, “undo” takes it back. [Undo]
    ");
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    Ana: Picnic without me (edited)
    [bot]: Bo (Discord): Who brings bread?
    Ana: I am not well this week
      > Ana: Not me, I stay in bed
      > Cy: Get well soon!
      > [bot]: Bo (Discord): Is it at the mill?
    == discord #lobby
    Bo: Who brings bread?
    [bot]: Ana (Telegram): Picnic on Sunday
      > Bo: Is it at the mill?
    [bot]: > In answer to something that stays where it was said
          Cy (Telegram): Get well soon!
    == list spring@
    Ana: Picnic on Sunday
    Bo: Who brings bread?
    Cy: > In answer to something that stays where it was said
          Get well soon!
      > Bo: Is it at the mill?
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(it stays where it was said)" -> discord:#lobby sent
    post "(it stays where it was said)" -> list:spring@ sent
    post "Who brings bread?" -> telegram:#general sent
    post "Who brings bread?" -> list:spring@ sent
    post "(the bridge itself: done-undo)" -> telegram:#general sent
    post "(it stays where it was said)" -> discord:#lobby suppressed: private
    post "(it stays where it was said)" -> list:spring@ suppressed: private
    post "(it stays where it was said)" -> discord:#lobby suppressed: private
    post "(it stays where it was said)" -> list:spring@ suppressed: private
    edit "(it stays where it was said)" -> discord:#lobby suppressed: private
    edit "(it stays where it was said)" -> list:spring@ suppressed: private
    react "Who brings bread?" -> discord:#lobby suppressed: private
    react "Who brings bread?" -> list:spring@ suppressed: private
    post "Get well soon!" -> discord:#lobby sent
    post "Get well soon!" -> list:spring@ sent
    post "Is it at the mill?" -> telegram:#general sent
    post "Is it at the mill?" -> list:spring@ sent
    "#);
    town.commands("telegram #general", "Ana", "private off")
        .await;
    town.says("telegram #general", "Ana", "I am back").await;
    town.edits(
        "telegram #general",
        "Ana",
        "I am not well",
        "I was not well",
    )
    .await;
    town.replies(
        "telegram #general",
        "Cy",
        "I was not well",
        "Good to have you",
    )
    .await;
    town.replies("telegram #general", "Cy", "Picnic", "See you there")
        .await;
    town.deletes("telegram #general", "Ana", "Picnic").await;
    town.settle().await;
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    [bot]: Bo (Discord): Who brings bread?
    Ana: I was not well (edited)
      > Ana: Not me, I stay in bed
      > Cy: Get well soon!
      > [bot]: Bo (Discord): Is it at the mill?
    Ana: I am back
      > Cy: Good to have you
      > Cy: See you there
    == discord #lobby
    Bo: Who brings bread?
      > Bo: Is it at the mill?
    [bot]: > In answer to something that stays where it was said
          Cy (Telegram): Get well soon!
    [bot]: Ana (Telegram): I am back
    [bot]: > In answer to something that stays where it was said
          Cy (Telegram): Good to have you
      > [bot]: Cy (Telegram): See you there
    == list spring@
    Ana: Picnic on Sunday
    Bo: Who brings bread?
    Cy: > In answer to something that stays where it was said
          Get well soon!
      > Bo: Is it at the mill?
    Ana: I am back
    Cy: > In answer to something that stays where it was said
          Good to have you
      > Cy: See you there
    ");
}

#[tokio::test]
async fn what_waits_when_somebody_goes_private_does_not_go() {
    let mut town = every_kind().await;
    town.says("telegram #general", "Ana", "The old date").await;
    town.says("telegram #general", "Ana", "Bread for all").await;
    town.settle().await;
    town.edits(
        "telegram #general",
        "Ana",
        "The old date",
        "The secret date",
    )
    .await;
    town.reacts("telegram #general", "Cy", "Bread", "👍").await;
    town.goes_down("slack");
    town.says("telegram #general", "Ana", "A word too many")
        .await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "private on")
        .await;
    town.settle().await;
    town.restarts().await;
    town.comes_back("slack");
    town.hours_pass(25);
    town.settle().await;
    assert_snapshot!(seen(&town, &EVERY_KIND), @r"
    == telegram #general
    Ana: The secret date (edited)
    Ana: Bread for all
    Ana: A word too many
    == discord #plans
    # The old date
      | Ana: The secret date (edited)
    # Bread for all
      | Ana: Bread for all [👍]
    # A word too many
      | Ana: A word too many
    == slack #spring
    Ana: The old date
    Ana: Bread for all [👍]
    == list spring@
    # The old date
    Ana: The old date
    # Bread for all
    Ana: Bread for all
    # A word too many
    Ana: A word too many
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(it stays where it was said)" -> discord:#plans sent
    post "(it stays where it was said)" -> slack:#spring sent
    post "(it stays where it was said)" -> list:spring@ sent
    post "(it stays where it was said)" -> discord:#plans sent
    post "(it stays where it was said)" -> slack:#spring sent
    post "(it stays where it was said)" -> list:spring@ sent
    edit "(it stays where it was said)" -> discord:#plans sent
    edit "(it stays where it was said)" -> slack:#spring suppressed: private
    edit "(it stays where it was said)" -> list:spring@ suppressed: private
    react "(it stays where it was said)" -> discord:#plans sent
    react "(it stays where it was said)" -> slack:#spring sent
    react "(it stays where it was said)" -> list:spring@ suppressed: private
    post "(it stays where it was said)" -> discord:#plans sent
    post "(it stays where it was said)" -> slack:#spring suppressed: private
    post "(it stays where it was said)" -> list:spring@ sent
    post "(the bridge itself: done-undo)" -> telegram:#general sent
    "#);
}

#[tokio::test]
async fn a_message_that_says_so_stays() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "Keys are under the mat #local")
        .await;
    town.says("telegram #general", "Ana", "Cake at four").await;
    town.says("telegram #general", "Ana", "The code is 4711")
        .await;
    town.settle().await;
    town.replies("telegram #general", "Bo", "under the mat", "Found them")
        .await;
    town.edits(
        "telegram #general",
        "Ana",
        "The code",
        "The code is 4711 #local",
    )
    .await;
    town.settle().await;
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    Ana: Keys are under the mat #local
    Ana: Cake at four
    Ana: The code is 4711 #local (edited)
      > Bo: Found them
    == discord #lobby
    [bot]: Ana (Telegram): Cake at four
    [bot]: > In answer to something that stays where it was said
          Bo (Telegram): Found them
    == list spring@
    Ana: Cake at four
    Ana: The code is 4711
    Bo: > In answer to something that stays where it was said
          Found them
    ");
    town.edits("telegram #general", "Ana", "The code", "The code is 4712")
        .await;
    town.edits(
        "telegram #general",
        "Ana",
        "under the mat",
        "Keys are at the desk",
    )
    .await;
    town.writes("list spring@", "Di", "Rooms #local", "We have the hall")
        .await;
    town.settle().await;
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    Ana: Keys are at the desk (edited)
    Ana: Cake at four
    Ana: The code is 4712 (edited)
      > Bo: Found them
    == discord #lobby
    [bot]: Ana (Telegram): Cake at four
    [bot]: > In answer to something that stays where it was said
          Bo (Telegram): Found them
    == list spring@
    Ana: Cake at four
    Ana: The code is 4711
    Bo: > In answer to something that stays where it was said
          Found them
    Di: We have the hall
    ");
}

#[tokio::test]
async fn on_a_list_it_still_reaches_those_to_whom_it_was_said() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord"))
        .platform(letters("list").read_by(&["Di", "Eve"]))
        .room("general", &LARGER)
        .open()
        .await;
    town.says("telegram #general", "Di", "Hello").await;
    town.settle().await;
    town.commands_by_mail("list spring@", "Di", "private on", Proof::Proven)
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("list spring@"), @r"
    to Di: private on: From now on what you say is read only where you say it. What was still waiting does not go. What others have already stays with them; if you delete it where you wrote it, I delete its copies where I can. When somebody answers you, your words do not travel with the answer. A mailing list still sends your mail to its own members. “private off” ends this. If that is what you want, write “confirm CODE” within 10 minutes.
    ");
    let code = town.code("list spring@");
    town.commands_by_mail(
        "list spring@",
        "Di",
        &format!("confirm {code}"),
        Proof::Proven,
    )
    .await;
    town.settle().await;
    town.writes("list spring@", "Di", "My operation", "It went well")
        .await;
    town.settle().await;
    town.replies("list spring@", "Eve", "It went well", "I am so glad")
        .await;
    town.settle().await;
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    Di: Hello
    [bot]: > In answer to something that stays where it was said
          Eve (email): I am so glad
    == discord #lobby
    [bot]: Di (Telegram): Hello
    [bot]: > In answer to something that stays where it was said
          Eve (email): I am so glad
    == list spring@
    # My operation
    Di: It went well
      > Eve: I am so glad
    ");
    assert_snapshot!(town.mailbox("list", "Eve"), @r"
    Di: Hello
    Di: It went well
    ");
}

#[tokio::test]
async fn it_is_done_also_where_nobody_can_be_answered() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    town.commands_aloud("telegram #general", "Ana", "private on")
        .await;
    town.says("telegram #general", "Ana", "Nobody else reads this")
        .await;
    town.settle().await;
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    Ana: Hello
    Ana: Nobody else reads this
    [bot]: That was for me, so it goes to nobody else, and it is done. Press the button, and I answer you alone. [Talk to me alone ->]
    == discord #lobby
    [bot]: Ana (Telegram): Hello
    == list spring@
    Ana: Hello
    ");
}
