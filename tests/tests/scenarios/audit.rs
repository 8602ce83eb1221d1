//! What staff did, which every member may read; what people do for themselves, which nobody does.

use conversation::{
    Language, Proof,
    command::{Command, Everyday, verbs},
};
use insta::assert_snapshot;

use super::staff::{LOBBY, says, staffed_town};

#[tokio::test]
async fn every_member_reads_what_staff_did() {
    let mut town = staffed_town().await;
    says(
        &mut town,
        "Eva",
        &["room add market", "room unlink telegram:#general"],
    )
    .await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, "Eva", &["room remove nowhere", &confirm]).await;
    town.staff_does("role grant discord:account-of-Bo trainer")
        .await;
    let undo = town.button(LOBBY, "Undo");
    town.presses(LOBBY, "Eva", &undo).await;
    town.settle().await;
    says(&mut town, "Bo", &["audit list"]).await;
    let told = town.whispers_in_full(LOBBY);
    let told = told.split("to Bo: ").last().expect("told");
    assert!(!told.contains("account-of"), "{told}");
    assert_snapshot!(told, @r"
    4 changes were made here, the newest first:
    · 2 March, 09:00, Eva: room remove. The room is empty. What was said stays on record.
    · 2 March, 09:00, at the terminal: role grant. That person has this role here, from whichever of their accounts they speak.
    · 2 March, 09:00, Eva: room unlink. Nothing is carried to the channel or from it any more. What was said stays.
    · 2 March, 09:00, Eva: room add. The room is there, and empty. “room link” lets a channel take part in it.
    ");
}

#[tokio::test]
async fn where_nothing_was_done_it_says_so() {
    let mut town = staffed_town().await;
    says(&mut town, "Bo", &["audit log"]).await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @"to Bo: Staff has changed nothing here yet, as far as it is kept.");
}

/// Whoever writes to the bridge from anywhere is no member.
#[tokio::test]
async fn a_stranger_who_writes_a_mail_reads_nothing_of_it() {
    let mut town = staffed_town().await;
    for said in ["audit list", "connect", "audit list"] {
        town.commands_by_mail("list spring\u{40}", "Mallory", said, Proof::Proven)
            .await;
        town.settle().await;
        town.minutes_pass(1);
    }
    let told = town.whispers("list spring\u{40}");
    assert_eq!(
        told.matches("That is for people of this community").count(),
        2,
        "{told}"
    );
}

/// Over all that can be said for oneself: none of it is anybody else's matter.
#[tokio::test]
async fn what_people_do_for_themselves_stands_in_no_log() {
    let mut town = staffed_town().await;
    for verb in verbs() {
        let example = verb.about.example(Language::ENGLISH).expect("it has one");
        let Ok(Command::Everyday(said)) = Command::read(example) else {
            continue;
        };
        if matches!(said, Everyday::Confirm { .. } | Everyday::Owner { .. }) {
            continue;
        }
        says(&mut town, "Bo", &[example]).await;
        if town.whispers(LOBBY).ends_with("[Yes, do it]") {
            let confirm = format!("confirm {}", town.code(LOBBY));
            says(&mut town, "Bo", &[&confirm]).await;
        }
        town.minutes_pass(1);
    }
    says(&mut town, "Eva", &["audit list"]).await;
    let told = town.whispers_in_full(LOBBY);
    assert!(
        told.ends_with("Staff has changed nothing here yet, as far as it is kept."),
        "{told}"
    );
}

#[tokio::test]
async fn a_long_log_fits_a_screen() {
    let mut town = staffed_town().await;
    for number in 0..129 {
        town.staff_does(&format!("room add room{number}")).await;
    }
    says(&mut town, "Bo", &["audit list"]).await;
    let told = town.whispers_in_full(LOBBY);
    assert!(told.contains("129 changes were made"), "{told}");
    assert!(told.contains("… and 117 more"), "{told}");
    assert_eq!(told.lines().count(), 14);
}
