//! Who may what: the first owner, and roles that are granted and taken.

use conversation::AuthorKind;
use insta::assert_snapshot;

use super::staff::{LOBBY, says, staffed_town};

/// What Bo sees on Discord.
async fn bo_says(said: &[&str]) -> String {
    let mut town = staffed_town().await;
    says(&mut town, "Bo", said).await;
    town.whispers_in_full(LOBBY)
}

#[tokio::test]
async fn the_first_owner_is_named_by_a_code_and_names_others() {
    let mut town = staffed_town().await;
    let old = format!("owner {}", town.owner_code().await.expect("a code"));
    let code = format!("owner {}", town.owner_code().await.expect("a code"));
    says(&mut town, "Bo", &[&old, "role list", &code, &code]).await;
    assert_eq!(
        town.owner_code().await,
        Err("the community has an owner already: owners name others by `role grant`".to_owned())
    );
    says(
        &mut town,
        "Bo",
        &["role grant telegram:account-of-Ana steward"],
    )
    .await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, "Bo", &[&confirm, "role list"]).await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: You own this community: you may do everything here, and “role grant” says who else may.
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Bo: You said yes to this: role grant telegram:account-of-Ana steward (edited)
    to Bo: Done: role grant telegram:account-of-Ana steward. That person may do here what staff may, from whichever of their accounts they speak. Within 15 minutes, “undo” takes it back. [Undo]
    to Bo: 3 roles are held here:
    · discord:account-of-Bo: owner
    · telegram:account-of-Ana: steward
    · discord:account-of-Eva: staff
    ");
    // By any of her accounts, wherever she asks.
    town.commands("telegram #general", "Ana", "rooms").await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: One room:
    “room link ROOM CHANNEL” lets a channel take part in one.
    ");
}

#[tokio::test]
async fn a_code_is_good_for_half_an_hour() {
    let mut town = staffed_town().await;
    let code = format!("owner {}", town.owner_code().await.expect("a code"));
    town.minutes_pass(31);
    says(&mut town, "Bo", &[&code]).await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    ");
}

/// S71: an attacker with many accounts has no more tries than fifty, and staff hears of it.
#[tokio::test]
async fn who_guesses_the_owners_code_is_stopped_right_or_wrong() {
    let mut town = staffed_town().await;
    let code = town.owner_code().await.expect("a code");
    let guess = |number: usize| format!("owner AAAA{number:04}");
    for number in 0..6 {
        says(&mut town, "Bo", &[&guess(number)]).await;
    }
    says(&mut town, "Bo", &[&format!("owner {code}")]).await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    to Bo: Too many codes were wrong, so I try none for now. Ask again in an hour.
    to Bo: Too many codes were wrong, so I try none for now. Ask again in an hour.
    ");
    for number in 0..46 {
        town.commands(LOBBY, &format!("Mallory{number}"), &guess(number))
            .await;
        town.settle().await;
    }
    town.commands("telegram #general", "Ana", &format!("owner {code}"))
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @"to Ana: Too many codes were wrong, so I try none for now. Ask again in an hour.");
    assert_snapshot!(town.notices().await, @r"
    codes-guessed codes: somebody guesses the codes by which accounts are joined or the community is owned: none is tried for an hour
    ");
}

#[tokio::test]
async fn nobody_gives_or_takes_more_than_they_are() {
    let mut town = staffed_town().await;
    let code = format!("owner {}", town.owner_code().await.expect("a code"));
    says(&mut town, "Bo", &[&code]).await;
    town.staff_does("role grant telegram:account-of-Ana trainer")
        .await;
    let asked = [
        "role grant discord:account-of-Eva owner",
        "role grant telegram:account-of-Ana steward",
        "role revoke discord:account-of-Bo owner",
        "role revoke discord:account-of-Eva staff",
        "role grant telegram:Nobody staff",
        "role grant telegram:account-of-Ana trainer",
        "role grant telegram:account-of-Ana observer",
        "role grant telegram:account-of-Ana king",
    ];
    says(&mut town, "Eva", &asked).await;
    says(
        &mut town,
        "Bo",
        &["role revoke discord:account-of-Bo owner"],
    )
    .await;
    town.commands(
        "telegram #general",
        "Ana",
        "role grant telegram:account-of-Ana staff",
    )
    .await;
    town.settle().await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Bo: You own this community: you may do everything here, and “role grant” says who else may.
    to Eva: Nothing happened: nobody gives or takes a role above their own; ask an owner of this community.
    to Eva: Nothing happened: nobody gives or takes a role above their own; ask an owner of this community.
    to Eva: Nothing happened: nobody gives or takes a role above their own; ask an owner of this community.
    to Eva: Nothing happened: nobody gave that person this role here; whom the configuration names as staff, whoever runs me lets go there.
    to Eva: Nothing happened: nobody was heard here from that account yet; “member list” shows who was.
    to Eva: Nothing happened: that person has this role already.
    to Eva: Done: role grant telegram:account-of-Ana observer. That person has this role here, from whichever of their accounts they speak. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: Nothing happened: something in it is not of the kind that belongs there. Write it as role grant ACCOUNT ROLE, for example: role grant telegram:123456 steward
    to Bo: Nothing happened: a community that has an owner keeps one; make somebody else owner first.
    ");
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: That is for staff, and nothing happened. “help” says what I can do for you.
    ");
}

#[tokio::test]
async fn a_role_that_is_taken_can_be_given_back() {
    let mut town = staffed_town().await;
    town.staff_does("role grant telegram:account-of-Ana staff")
        .await;
    says(
        &mut town,
        "Eva",
        &["role revoke telegram:account-of-Ana staff"],
    )
    .await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, "Eva", &[&confirm]).await;
    town.commands("telegram #general", "Ana", "rooms").await;
    town.settle().await;
    let undo = town.button(LOBBY, "Undo");
    town.presses(LOBBY, "Eva", &undo).await;
    town.settle().await;
    town.seconds_pass(20);
    town.commands("telegram #general", "Ana", "rooms").await;
    town.settle().await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: You said yes to this: role revoke telegram:account-of-Ana staff (edited)
    to Eva: You took this back, by role grant telegram:account-of-Ana staff. (edited)
    to Eva: Taken back, by role grant telegram:account-of-Ana staff. That person may do here what staff may, from whichever of their accounts they speak.
    ");
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: That is for staff, and nothing happened. “help” says what I can do for you.
    to Ana: One room:
    “room link ROOM CHANNEL” lets a channel take part in one.
    ");
}

/// S60: who owns the community on Discord is a stranger on Slack and Telegram until both accounts are joined.
#[tokio::test]
async fn a_role_holds_for_accounts_that_are_joined_and_for_no_other() {
    let mut town = staffed_town().await;
    town.commands("telegram #general", "Eva", "rooms").await;
    town.settle().await;
    town.says("telegram #general", "Eva", "I am the same").await;
    town.says(LOBBY, "Eva", "Good morning").await;
    town.settle().await;
    town.staff_does("member join discord:account-of-Eva telegram:account-of-Eva")
        .await;
    town.seconds_pass(20);
    town.commands("telegram #general", "Eva", "rooms").await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Eva: That is for staff, and nothing happened. “help” says what I can do for you.
    to Eva: One room:
    “room link ROOM CHANNEL” lets a channel take part in one.
    ");
}

/// S69: what somebody may is looked up when the yes comes, and when the answer goes.
#[tokio::test]
async fn a_role_that_is_taken_meanwhile_counts_no_more() {
    let mut town = staffed_town().await;
    town.staff_does("role grant discord:account-of-Bo staff")
        .await;
    says(&mut town, "Bo", &["room unlink telegram:#general"]).await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    town.commands(LOBBY, "Bo", "rooms").await;
    town.staff_does("role revoke discord:account-of-Bo staff")
        .await;
    says(&mut town, "Bo", &[&confirm]).await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Bo: room unlink telegram:#general: Nothing is carried to the channel or from it any more. What was said stays. If that is what you want, write “confirm CODE” within 10 minutes. [Yes, do it]
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    ");
    assert!(town.links_of("general").await.contains("telegram:#general"));
}

/// S61, S63: a program, a channel's own post and whoever hides behind a group are nobody.
#[tokio::test]
async fn who_is_no_person_may_nothing() {
    let mut town = staffed_town().await;
    let code = format!("owner {}", town.owner_code().await.expect("a code"));
    town.administers("discord #lobby", "Relay");
    for kind in [AuthorKind::Bot, AuthorKind::Ourselves] {
        for said in [&*code, "link leave", "rooms", "connect", "audit list"] {
            let mut event = town.command(LOBBY, "Relay", said);
            event.actor.kind = kind;
            town.arrives(event).await;
        }
    }
    assert_snapshot!(town.whispers(LOBBY), @"");
    assert!(town.owner_code().await.is_ok(), "nobody owns it");
}

/// S64: what was carried from elsewhere, and what stands in a quotation, is what people say to each other.
#[tokio::test]
async fn a_command_in_what_is_relayed_does_nothing() {
    let mut town = staffed_town().await;
    let code = town.owner_code().await.expect("a code");
    for words in [
        "> link leave".to_owned(),
        "Bo (Discord): link leave".to_owned(),
        format!("Ana said: owner {code}"),
    ] {
        town.says("telegram #general", "Ana", &words).await;
        town.settle().await;
    }
    assert!(town.owner_code().await.is_ok(), "nobody owns it");
    assert!(town.links_of("general").await.contains("telegram:#general"));
    assert_snapshot!(town.whispers(LOBBY), @"");
}

/// S68: what is of another community is nobody's here.
#[tokio::test]
async fn an_owner_of_one_community_is_nobody_in_another() {
    let mut town = staffed_town().await;
    let code = format!("owner {}", town.owner_code().await.expect("a code"));
    says(&mut town, "Bo", &[&code]).await;
    town.links_in(("Hill Farm", "fields"), "discord #fields")
        .await;
    town.says("discord #fields", "Bo", "Here I am").await;
    town.settle().await;
    for said in ["rooms", "role list", "link leave", "owner AAAAAAAA"] {
        town.seconds_pass(2);
        town.commands("discord #fields", "Bo", said).await;
        town.settle().await;
    }
    assert_snapshot!(town.whispers("discord #fields"), @r"
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
    to Bo: Nothing happened: that code is wrong, was used, or is too old; ask for a new one where you had it from.
    ");
}

#[tokio::test]
async fn help_tells_of_the_new_words() {
    let seen = bo_says(&["help", "connect", "help connect"]).await;
    assert!(seen.contains("connect"), "{seen}");
    assert!(!seen.contains("role"), "{seen}");
    assert!(!seen.contains("owner"), "{seen}");
}
