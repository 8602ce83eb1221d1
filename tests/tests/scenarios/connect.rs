//! One person over platforms: two accounts that are joined by both, and part again.

use causeway_tests::{Town, larger_town};
use conversation::Proof;
use insta::assert_snapshot;

const GROUP: &str = "telegram #general";
const LOBBY: &str = "discord #lobby";
const LIST: &str = "list spring\u{40}";

/// Ana talks on Telegram and, as Anya, on Discord; Bo on Discord alone.
async fn where_ana_is_twice() -> Town {
    let mut town = larger_town().await;
    town.says(GROUP, "Ana", "Hello").await;
    town.says(LOBBY, "Anya", "Hi").await;
    town.says(LOBBY, "Bo", "Good morning").await;
    town.settle().await;
    town
}

async fn says(town: &mut Town, channel: &str, who: &str, said: &str) {
    town.seconds_pass(11);
    town.commands(channel, who, said).await;
    town.settle().await;
}

async fn presses(town: &mut Town, channel: &str, who: &str, label: &str) {
    let button = town.button(channel, label);
    town.presses(channel, who, &button).await;
    town.settle().await;
}

/// Both are one from then on.
async fn connected() -> (Town, String) {
    let mut town = where_ana_is_twice().await;
    says(&mut town, GROUP, "Ana", "connect").await;
    let code = town.shown_code(GROUP);
    says(&mut town, LOBBY, "Anya", &format!("connect {code}")).await;
    presses(&mut town, LOBBY, "Anya", "Yes, that is me").await;
    presses(&mut town, GROUP, "Ana", "Yes, that is me").await;
    (town, code)
}

#[tokio::test]
async fn two_accounts_become_one_person_once_both_said_yes() {
    let (town, code) = connected().await;
    let seen = |channel| town.whispers(channel).replace(&code, "THECODE");
    assert_snapshot!(seen(GROUP), @r"
    to Ana: Say this to me on the other platform, within 15 minutes: connect THECODE. Then I ask you here once more, and whatever you ask of me holds for both of your accounts. Show the code to nobody.
    to Ana: Done: you and Anya on Discord are one person for me now. “disconnect” ends that. (edited)
    ");
    assert_snapshot!(seen(LOBBY), @r"
    to Anya: Now look at Telegram: I asked Ana there whether that is you. (edited)
    to Anya: Done: you and Ana on Telegram are one person for me now. “disconnect” ends that.
    ");
    assert_snapshot!(town.persons().await, @r"
    telegram:account-of-Ana = discord:account-of-Anya
    discord:account-of-Bo
    ");
}

/// In a private chat, and by words alone.
#[tokio::test]
async fn who_writes_to_the_bridge_alone_is_asked_there() {
    let mut town = where_ana_is_twice().await;
    town.says("telegram @Ana", "Ana", "connect").await;
    town.settle().await;
    let code = town.shown_code("telegram @Ana");
    says(
        &mut town,
        LOBBY,
        "Anya",
        &format!("Connect {}.", code.to_lowercase()),
    )
    .await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, LOBBY, "Anya", &confirm).await;
    town.minutes_pass(9);
    presses(&mut town, "telegram @Ana", "Ana", "Yes, that is me").await;
    assert_snapshot!(town.whispers(LOBBY), @"to Anya: Now look at Telegram: I asked Ana there whether that is you. (edited)");
    assert_snapshot!(town.persons().await, @r"
    telegram:account-of-Ana
    discord:account-of-Anya
    discord:account-of-Bo
    ");
}

#[tokio::test]
async fn a_mailbox_is_joined_by_replies() {
    let mut town = where_ana_is_twice().await;
    town.says(LIST, "Ann", "From my mailbox").await;
    town.settle().await;
    town.commands_by_mail(LIST, "Ann", "connect", Proof::Proven)
        .await;
    town.settle().await;
    let code = town.shown_code(LIST);
    says(&mut town, LOBBY, "Anya", &format!("connect {code}")).await;
    presses(&mut town, LOBBY, "Anya", "Yes, that is me").await;
    let confirm = format!("confirm {}", town.code(LIST));
    town.commands_by_mail(LIST, "Ann", &confirm, Proof::Proven)
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers(LIST).replace(&code, "THECODE"), @r"
    to Ann: Say this to me on the other platform, within 15 minutes: connect THECODE. Then I ask you here once more, and whatever you ask of me holds for both of your accounts. Show the code to nobody.
    to Ann: Say yes only if you started this yourself: Anya on Discord says that they are you. Whoever uses that account could then do here all that you can. If it is you, write “confirm CODE” within 10 minutes; if somebody asked you to, say no.
    ");
    assert_snapshot!(town.persons().await, @r"
    telegram:account-of-Ana
    discord:account-of-Bo
    discord:account-of-Anya = list:account-of-Ann
    ");
}

/// Whoever found the code is told of by name, and is no other's.
#[tokio::test]
async fn who_is_somebody_else_is_declined() {
    let mut town = where_ana_is_twice().await;
    says(&mut town, GROUP, "Ana", "connect").await;
    let code = town.shown_code(GROUP);
    says(&mut town, LOBBY, "Bo", &format!("connect {code}")).await;
    presses(&mut town, LOBBY, "Bo", "Yes, that is me").await;
    let yes = town.button(GROUP, "Yes, that is me");
    town.presses(GROUP, "Cy", &yes).await;
    presses(&mut town, GROUP, "Ana", "No").await;
    town.presses(GROUP, "Ana", &yes).await;
    town.settle().await;
    assert_snapshot!(town.whispers(GROUP).replace(&code, "THECODE"), @r"
    to Ana: Say this to me on the other platform, within 15 minutes: connect THECODE. Then I ask you here once more, and whatever you ask of me holds for both of your accounts. Show the code to nobody.
    to Ana: Nothing was joined: Bo on Discord is somebody else. (edited)
    to Cy: That button is somebody else's, and nothing happened.
    to Ana: That was decided already, and nothing more happened.
    ");
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Bo: Now look at Telegram: I asked Ana there whether that is you. (edited)
    to Bo: Nothing was joined: Ana on Telegram is somebody else.
    ");
    assert_snapshot!(town.persons().await, @r"
    telegram:account-of-Ana
    discord:account-of-Anya
    discord:account-of-Bo
    telegram:account-of-Cy
    ");
}

/// S67, S70: used, old, of another account, one's own.
#[tokio::test]
async fn a_code_is_good_once_and_for_a_quarter_of_an_hour() {
    let mut town = where_ana_is_twice().await;
    says(&mut town, GROUP, "Ana", "connect").await;
    let first = town.shown_code(GROUP);
    says(&mut town, GROUP, "Ana", "connect").await;
    let second = town.shown_code(GROUP);
    assert_ne!(first, second);
    says(&mut town, GROUP, "Ana", &format!("connect {second}")).await;
    says(&mut town, LOBBY, "Anya", &format!("connect {first}")).await;
    says(&mut town, LOBBY, "Anya", &format!("connect {second}")).await;
    says(&mut town, LOBBY, "Bo", &format!("connect {second}")).await;
    says(&mut town, GROUP, "Ana", "connect").await;
    let third = town.shown_code(GROUP);
    town.minutes_pass(16);
    says(&mut town, LOBBY, "Anya", &format!("connect {third}")).await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Anya: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Anya: That code was shown to Ana on Telegram. If that is you, write “confirm CODE” within 10 minutes, and I ask you there as well. Else leave it: nothing happened. [Yes, that is me]
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Anya: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    ");
}

/// S71: of one account five, of all twenty; then also the right one is not tried.
#[tokio::test]
async fn who_guesses_codes_is_stopped() {
    let mut town = where_ana_is_twice().await;
    says(&mut town, GROUP, "Ana", "connect").await;
    let code = town.shown_code(GROUP);
    for number in 0..7 {
        says(&mut town, LOBBY, "Bo", &format!("connect AAAA{number:04}")).await;
    }
    says(&mut town, LOBBY, "Bo", &format!("connect {code}")).await;
    let told = town.whispers(LOBBY);
    assert_eq!(told.matches("that code is wrong").count(), 5, "{told}");
    assert!(told.contains("Too many codes"), "{told}");
    for number in 0..1000 {
        let who = format!("Mallory{number}");
        town.commands(LOBBY, &who, "connect 00000000").await;
    }
    town.settle().await;
    let told = town.whispers(LOBBY);
    assert_eq!(told.matches("that code is wrong").count(), 20);
    assert_snapshot!(town.notices().await, @r"
    codes-guessed codes: somebody guesses the codes by which accounts are joined or the community is owned: none is tried for an hour
    ");
}

/// S72: what was asked before they parted does nothing.
#[tokio::test]
async fn an_account_is_somebody_of_its_own_again_and_what_it_counted_too() {
    let (mut town, code) = connected().await;
    says(&mut town, GROUP, "Ana", "connect").await;
    let unused = town.shown_code(GROUP);
    says(&mut town, LOBBY, "Anya", "disconnect").await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, LOBBY, "Bo", &confirm).await;
    says(&mut town, LOBBY, "Anya", &confirm).await;
    let seen = |town: &Town, channel| {
        let seen = town.whispers(channel).replace(&code, "THECODE");
        seen.replace(&unused, "UNUSED")
    };
    assert_snapshot!(town.persons().await, @r"
    telegram:account-of-Ana
    discord:account-of-Anya
    discord:account-of-Bo
    ");
    says(&mut town, LOBBY, "Anya", &format!("connect {unused}")).await;
    says(&mut town, LOBBY, "Anya", "disconnect").await;
    says(&mut town, LOBBY, "Bo", "disconnect").await;
    assert_snapshot!(seen(&town, LOBBY), @r"
    to Anya: Now look at Telegram: I asked Ana there whether that is you. (edited)
    to Anya: Done: you and Ana on Telegram are one person for me now. “disconnect” ends that.
    to Anya: You said yes to this: disconnect (edited)
    to Bo: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    to Anya: Done: disconnect. This account is separate again, and so is what it did. Both sides keep what you wished: private, name, rest.
    to Anya: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Anya: Nothing happened: this account is somebody of its own already.
    to Bo: Nothing happened: this account is somebody of its own already.
    ");
    assert_snapshot!(seen(&town, GROUP), @r"
    to Ana: Say this to me on the other platform, within 15 minutes: connect THECODE. Then I ask you here once more, and whatever you ask of me holds for both of your accounts. Show the code to nobody.
    to Ana: Done: you and Anya on Discord are one person for me now. “disconnect” ends that. (edited)
    to Ana: Say this to me on the other platform, within 15 minutes: connect UNUSED. Then I ask you here once more, and whatever you ask of me holds for both of your accounts. Show the code to nobody.
    to Ana: Your account and Anya on Discord are two people for me from now on.
    ");
}

/// A question that was open when they parted is answered by nobody any more.
#[tokio::test]
async fn a_question_of_before_joins_nobody_after_they_parted() {
    let mut town = where_ana_is_twice().await;
    let mut waiting = String::new();
    for n in 0..2 {
        says(&mut town, GROUP, "Ana", "connect").await;
        let code = town.shown_code(GROUP);
        says(&mut town, LOBBY, "Anya", &format!("connect {code}")).await;
        presses(&mut town, LOBBY, "Anya", "Yes, that is me").await;
        if n == 0 {
            waiting = town.button(GROUP, "Yes, that is me");
        }
    }
    let confirm = format!("confirm {}", town.code(GROUP));
    says(&mut town, GROUP, "Ana", &confirm).await;
    says(&mut town, GROUP, "Ana", "disconnect").await;
    presses(&mut town, GROUP, "Ana", "Yes, do it").await;
    town.presses(GROUP, "Ana", &waiting).await;
    town.settle().await;
    let told = town.whispers(GROUP);
    assert!(
        told.ends_with("That was decided already, and nothing more happened."),
        "{told}"
    );
    assert_snapshot!(town.persons().await, @r"
    telegram:account-of-Ana
    discord:account-of-Anya
    discord:account-of-Bo
    ");
}

#[tokio::test]
async fn who_cannot_be_asked_is_joined_with_nobody() {
    let mut town = where_ana_is_twice().await;
    says(&mut town, GROUP, "Ana", "connect").await;
    let code = town.shown_code(GROUP);
    // The platform takes no answer to it any more, and she never wrote to the bridge alone.
    town.minutes_pass(2);
    says(&mut town, LOBBY, "Anya", &format!("connect {code}")).await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Anya: Nothing happened: I cannot ask that person now; on the other platform, write to me alone first, ask for a new code there, and try again.
    ");
}

/// Where others read it, the code is not passed on, and nobody is joined by it.
#[tokio::test]
async fn a_code_that_is_said_where_nobody_is_answered_alone_stands_in_no_row() {
    let mut town = where_ana_is_twice().await;
    town.commands_aloud(LOBBY, "Anya", "connect 7K3QH2M9").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    Anya: Hi
    Bo: Good morning
    [bot]: Ana (Telegram): Hello
    [bot]: That was for me, so it goes to nobody else, and nothing is done yet. Press the button, and I answer you alone. [Show me the answer]
    ");
}
