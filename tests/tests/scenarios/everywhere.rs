//! What help tells of is done on each platform.

use causeway_tests::{Town, chat};
use conversation::{Language, command::verbs};

/// In a room where each can be answered alone, and where they and the bridge are alone.
#[tokio::test]
async fn every_command_of_the_help_is_answered_to_staff_wherever_it_is_given() {
    let channels = ["telegram #general", "discord #lobby", "slack #spring"];
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord"))
        .platform(chat("slack"))
        .room("general", &channels)
        .open()
        .await;
    town.is_run_by(&["telegram", "discord", "slack"].map(|it| (it, "Eva")))
        .await;
    for room in channels {
        let (platform, _) = room.split_once(' ').expect("a platform");
        let alone = format!("{platform} @Eva");
        town.says(room, "Eva", "Good morning").await;
        for verb in verbs().filter(|it| it.is_told()) {
            let example = verb.about.example(Language::ENGLISH).expect("it has one");
            let answers = |town: &Town| {
                let said = town.transcript(&alone);
                (
                    town.whispers_in_full(room).len(),
                    said.matches("[bot]: ").count(),
                )
            };
            let before = answers(&town);
            town.minutes_pass(1);
            town.commands(room, "Eva", example).await;
            town.says(&alone, "Eva", example).await;
            town.settle().await;
            let after = answers(&town);
            // Files go where they can go.
            let (all, is_there) = (after.0 + after.1 - before.0 - before.1, after.1 > before.1);
            let is_everywhere = after.0 > before.0 || verb.words == "mydata";
            assert!(
                all > 1 && is_there && is_everywhere,
                "{example} on {platform}"
            );
        }
        let heard = town.whispers(room) + &town.transcript(&alone);
        assert!(!heard.contains("I do not understand") && !heard.contains("That is for staff"));
    }
}
