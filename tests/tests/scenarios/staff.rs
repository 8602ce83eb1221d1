//! Staff looks and acts by commands, where they talk.

use causeway_tests::{Town, larger_town};
use insta::assert_snapshot;

pub(crate) const LOBBY: &str = "discord #lobby";

/// Eva is of staff on Discord; Ana and Bo are not.
pub(crate) async fn staffed_town() -> Town {
    let mut town = larger_town().await;
    town.is_run_by(&[("discord", "Eva")]).await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.says(LOBBY, "Bo", "Good morning").await;
    town.settle().await;
    town
}

pub(crate) async fn says(town: &mut Town, who: &str, commands: &[&str]) {
    for said in commands {
        town.seconds_pass(2);
        town.commands(LOBBY, who, said).await;
        town.settle().await;
    }
}

#[tokio::test]
async fn who_is_of_staff_is_told_how_things_stand() {
    let mut town = staffed_town().await;
    says(
        &mut town,
        "Eva",
        &[
            "rooms",
            "links",
            "link list general",
            "members",
            "role list",
            "held list",
            "dead list",
            "status",
            "room heard",
            "thread show 0",
        ],
    )
    .await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Eva: One room:
    · general: telegram:#general, discord:#lobby, list:spring@
    “room link ROOM CHANNEL” lets a channel take part in one.
    to Eva: 3 channels:
    · telegram:#general (general): takes part
    · discord:#lobby (general): takes part
    · list:spring@ (general): takes part
    “link suspend CHANNEL” lets one rest, “link open CHANNEL” tries it again.
    to Eva: 3 channels:
    · telegram:#general (general): takes part
    · discord:#lobby (general): takes part
    · list:spring@ (general): takes part
    “link suspend CHANNEL” lets one rest, “link open CHANNEL” tries it again.
    to Eva: 3 people, those known longest first:
    · Ana: telegram:account-of-Ana
    · Bo: discord:account-of-Bo
    · Eva: discord:account-of-Eva, staff
    Whoever uses two platforms says “connect” to me, and is one person.
    to Eva: One account has a role:
    · discord:account-of-Eva: staff
    to Eva: Nothing waits for staff.
    to Eva: Everything was delivered.
    to Eva: All is well.
    to Eva: Every channel that I was heard in takes part in a room. Say something in another one that I am in, and look again.
    to Eva: Nothing has that id. “dead list” and “held list” show ids.
    ");
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Hello
    [bot]: Bo (Discord): Good morning
    ");
}

#[tokio::test]
async fn what_is_for_staff_is_told_to_nobody_else_and_left_undone() {
    let mut town = staffed_town().await;
    let commands = [
        "room list",
        "room unlink telegram:#general",
        "member list",
        "dead drop all",
        "status",
    ];
    says(&mut town, "Bo", &commands).await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    ");
    town.says("telegram #general", "Ana", "Still here").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    Bo: Good morning
    [bot]: Ana (Telegram): Hello
    [bot]: Ana (Telegram): Still here
    ");
}

#[tokio::test]
async fn what_changes_something_is_told_of_first_and_can_be_taken_back() {
    let mut town = staffed_town().await;
    says(&mut town, "Eva", &["room unlink telegram:#general"]).await;
    town.says("telegram #general", "Ana", "Before the yes")
        .await;
    let button = town.button(LOBBY, "Yes, do it");
    town.presses(LOBBY, "Bo", &button).await;
    town.presses(LOBBY, "Eva", &button).await;
    town.settle().await;
    town.says("telegram #general", "Ana", "To nobody").await;
    town.settle().await;
    let button = town.button(LOBBY, "Undo");
    town.presses(LOBBY, "Eva", &button).await;
    says(&mut town, "Eva", &["undo"]).await;
    town.says("telegram #general", "Ana", "Back again").await;
    town.settle().await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: You said yes to this: room unlink telegram:#general (edited)
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Eva: You took this back, by room link general telegram:#general. (edited)
    to Eva: Taken back, by room link general telegram:#general. What is said there is carried to the 2 other channels of the room, and back.
    to Eva: There is nothing that you changed in the last 15 minutes and that I can take back.
    ");
    assert_snapshot!(town.transcript(LOBBY), @r"
    Bo: Good morning
    [bot]: Ana (Telegram): Hello
    [bot]: Ana (Telegram): Before the yes
    [bot]: Ana (Telegram): Back again
    ");
}

#[tokio::test]
async fn a_code_is_good_once_for_whoever_was_asked_and_for_ten_minutes() {
    let mut town = staffed_town().await;
    says(&mut town, "Eva", &["link suspend telegram:#general"]).await;
    let code = town.code(LOBBY);
    let confirm = format!("confirm {code}");
    says(&mut town, "Bo", &[&confirm]).await;
    says(&mut town, "Eva", &["confirm 0000", &confirm, &confirm]).await;
    says(&mut town, "Eva", &["link open telegram:#general"]).await;
    says(&mut town, "Eva", &["link suspend telegram:#general"]).await;
    let late = format!("confirm {}", town.code(LOBBY));
    town.minutes_pass(11);
    says(&mut town, "Eva", &[&late]).await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: You said yes to this: link suspend telegram:#general (edited)
    to Bo: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    to Eva: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    to Eva: Done: link suspend telegram:#general. Nothing is carried to the channel for now. What is said meanwhile waits for it. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    to Eva: Done: link open telegram:#general. The channel takes part again. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: link suspend telegram:#general: Nothing is carried to the channel for now. What is said meanwhile waits for it. If that is what you want, write “confirm CODE” within 10 minutes. [Yes, do it]
    to Eva: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    ");
}

/// Who was of staff when they were asked may be so no longer.
#[tokio::test]
async fn a_yes_counts_for_nothing_from_who_is_of_staff_no_longer() {
    let mut town = staffed_town().await;
    says(&mut town, "Eva", &["room remove general unlink"]).await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    town.is_run_by(&[("discord", "Bo")]).await;
    says(&mut town, "Eva", &[&confirm]).await;
    says(&mut town, "Bo", &[&confirm]).await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: room remove general unlink: 3 channels take part no longer. What was said stays on record. If that is what you want, write “confirm CODE” within 10 minutes. [Yes, do it]
    to Eva: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    ");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_its_cure() {
    let mut town = staffed_town().await;
    says(
        &mut town,
        "Eva",
        &[
            "room link market telegram:#market",
            "room link general matrix:#market",
            "room link general telegram:@Ana",
            "room rename general general",
            "room add general",
            "room remove general",
            "room unlink telegram:#market",
            "link open telegram:#general",
            "member join discord:account-of-Bo discord:Nobody",
            "member mentions discord:Nobody account",
            "held release all",
            "dead retry 1h7k",
            "community rename Elsewhere Here",
            "undo",
        ],
    )
    .await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: Nothing happened: there is no room of that name; “room list” shows those that there are.
    to Eva: Nothing happened: I am not on that platform.
    to Eva: Nothing happened: that is somebody’s own chat with me, and no place of a room’s.
    to Eva: Done: room rename general general. It keeps its channels and all that was said in it. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: Nothing happened: there is a room of that name already; choose another name.
    to Eva: Nothing happened: channels take part in that room; unlink them first, or say “unlink” at the end of the line.
    to Eva: Nothing happened: that channel takes part in no room here; “room list” shows those that do.
    to Eva: Nothing happened: that channel is open already.
    to Eva: Whoever runs me does that at the terminal. Nothing happened. “help” says what I can do.
    to Eva: Nothing happened: nobody was heard here from that account yet; “member list” shows who was.
    to Eva: Nothing happened: nothing that is held has such an id; “held list” shows what is.
    to Eva: Nothing happened: nothing that was given up has such an id; “dead list” shows what was.
    to Eva: Nothing happened: that is not the name of this community.
    to Eva: room rename general general: It keeps its channels and all that was said in it. If that is what you want, write “confirm CODE” within 10 minutes. [Yes, do it]
    ");
}

#[tokio::test]
async fn a_town_is_set_up_by_commands_alone() {
    let mut town = staffed_town().await;
    for said in [
        "room add market",
        "room link market telegram:#market",
        "room link market discord:#stalls",
        "room set market most-parts=3",
        "room rename market “the market”",
        "member mentions discord:account-of-Bo account",
        "community rename “Spring Gathering” “Summer Gathering”",
    ] {
        says(&mut town, "Eva", &[said]).await;
        if town.whispers(LOBBY).ends_with("[Yes, do it]") {
            let confirm = format!("confirm {}", town.code(LOBBY));
            says(&mut town, "Eva", &[&confirm]).await;
        }
    }
    town.says("telegram #market", "Ana", "Fresh eggs").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #stalls"), @"[bot]: Ana (Telegram): Fresh eggs");
    assert_snapshot!(town.whispers(LOBBY), @r#"
    to Eva: Done: room add market. The room is there, and empty. “room link” lets a channel take part in it. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: Done: room link market telegram:#market. It is the first channel of the room, which needs two to carry anything. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: You said yes to this: room link market discord:#stalls (edited)
    to Eva: Done: room link market discord:#stalls. What is said there is carried to the other channel of the room, and back. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: Done: room set market most-parts=3. A text of more than 3 posts goes there as a file. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: Done: room rename market "the market". It keeps its channels and all that was said in it. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: Done: member mentions discord:account-of-Bo account. Mentions ring that person on their other platforms. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: You said yes to this: community rename "Spring Gathering" "Summer Gathering" (edited)
    to Eva: Done: community rename "Spring Gathering" "Summer Gathering". It keeps its rooms, its people and all that was said. Whoever runs me must write the new name as community.name in the configuration: without that I do not start again. Within 15 minutes, “undo” takes it back. [Undo]
    "#);
}

/// They have more to ask than others, and not without end.
#[tokio::test]
async fn staff_may_ask_more_often_than_others() {
    let mut town = staffed_town().await;
    for _ in 0..25 {
        says(&mut town, "Eva", &["rooms"]).await;
        says(&mut town, "Bo", &["help"]).await;
    }
    let whispers = town.whispers(LOBBY);
    let count = |words: &str| whispers.matches(words).count();
    assert_eq!(count("to Eva: One room"), 25);
    assert_eq!(count("to Bo: I carry"), 20);
    assert_eq!(count("to Bo: You asked me more often"), 1);
}

/// To staff alone, and while they write it.
#[tokio::test]
async fn what_a_command_may_name_is_shown_to_staff() {
    let mut town = staffed_town().await;
    town.says("telegram #market", "Ana", "Hello").await;
    town.settle().await;
    let mut shown = String::new();
    for (words, typed) in [
        ("help", "r"),
        ("link list", "GEN"),
        ("link list", "nowhere"),
        ("room unlink", ""),
        ("dead retry", ""),
        ("room add", ""),
        ("room rename", "general"),
        ("rest", ""),
    ] {
        let suggested = town.suggests((LOBBY, "Eva"), words, typed).await;
        shown += &format!("{words} {typed}: {suggested:?}\n");
        if !["help", "rest"].contains(&words) {
            assert_eq!(town.suggests((LOBBY, "Bo"), words, typed).await, None);
        }
    }
    assert_snapshot!(shown, @r#"
    help r: Some(["rest", "role", "room", "agree", "agreement", "confirm", "disagree", "forget me", "member", "metrics", "private", "thread"])
    link list GEN: Some(["general"])
    link list nowhere: Some([])
    room unlink : Some(["discord:#lobby", "list:spring@", "telegram:#general"])
    dead retry : Some([])
    room add : Some(["telegram:#market"])
    room rename general: Some(["general"])
    rest : Some([])
    "#);
}

#[tokio::test]
async fn where_one_of_a_few_is_missing_there_is_a_button_for_each() {
    let mut town = staffed_town().await;
    let typed = "member mentions telegram:account-of-Ana";
    says(&mut town, "Eva", &[typed]).await;
    says(&mut town, "Bo", &[typed]).await;
    let button = town.button(LOBBY, &format!("{typed} account"));
    town.presses(LOBBY, "Eva", &button).await;
    town.settle().await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: Nothing happened: something is missing. Write it as member mentions ACCOUNT account|name, for example: member mentions telegram:123456 account [member mentions telegram:account-of-Ana account] [member mentions telegram:account-of-Ana name]
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Eva: Done: member mentions telegram:account-of-Ana account. Mentions ring that person on their other platforms. Within 15 minutes, “undo” takes it back. [Undo]
    ");
}
