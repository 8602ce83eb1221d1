//! Mail to the bridge itself: who wrote it is answered in their mailbox, and nobody else hears of it.

use sandbox::mail::{AUTHSERV_ID, Draft, Outcome};

use crate::support::{BO, EVA, LIST, Town};

const COMMANDS: &str = "spring-request@lists.example";

async fn town() -> Town {
    let town = Town::open(1, &[BO, EVA]).await;
    let town = town.with("CAUSEWAY__EMAIL__LMTP__AUTHSERV_ID", AUTHSERV_ID);
    town.start();
    town.writes(BO, Draft::new("Hall", "Hello to all")).await;
    town.gets(EVA, "Hello to all").await;
    town.sees_copy(0, "Hello to all").await;
    town
}

async fn writes(town: &Town, to: &str, draft: Draft) {
    let written = town.rig.mail.write(BO, to, draft).unwrap();
    assert_eq!(
        written.taken().await,
        Outcome::Taken,
        "{to}: {}",
        town.log()
    );
}

/// No reader of the list, and no group.
async fn assert_nobody_else_heard(town: &Town) {
    town.writes(BO, Draft::new("Hall", "And now to all again"))
        .await;
    town.gets(EVA, "And now to all again").await;
    town.sees_copy(0, "And now to all again").await;
    assert_eq!(town.inbox(EVA).len(), 2);
    let picture = town.picture();
    let posts = picture.lines().filter(|it| it.starts_with("-100"));
    assert_eq!(posts.count(), 2, "{picture}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_is_mailed_and_its_answer_is_answered() {
    let town = town().await;
    writes(&town, COMMANDS, Draft::new("Hello", "help")).await;
    let help = town.gets(BO, "You can say").await;
    assert!(help.text.contains("who can see this"), "{}", help.text);
    let back = town.rig.mail.reply_address(help.id).unwrap();
    assert_eq!(back, COMMANDS);
    let source = town.rig.mail.source(help.id).unwrap();
    let source = String::from_utf8_lossy(&source);
    for line in ["Auto-Submitted: auto-replied\r\n", "\r\nIn-Reply-To: <"] {
        assert!(source.contains(line), "{source}");
    }
    writes(&town, &back, Draft::reply(help.id, "Who can see this?")).await;
    town.gets(BO, "is carried to Telegram").await;
    assert_nobody_else_heard(&town).await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_sent_to_the_list_by_mistake_is_answered_and_handed_out_to_nobody() {
    let town = town().await;
    for mistake in ["rest 2 weeks", "forgett me"] {
        writes(&town, LIST, Draft::new("Hello", mistake)).await;
    }
    town.gets(BO, "I leave you alone until").await;
    town.gets(BO, "I do not understand that").await;
    assert_nobody_else_heard(&town).await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_community_has_an_address_too() {
    let town = town().await;
    writes(&town, "causeway@lists.example", Draft::new("help", "")).await;
    let help = town.gets(BO, "You can say").await;
    let back = town.rig.mail.reply_address(help.id).unwrap();
    assert_eq!(back, "causeway@lists.example");
    writes(&town, &back, Draft::reply(help.id, "who can see this")).await;
    town.gets(BO, "What you write to me alone goes to nobody")
        .await;
    assert_nobody_else_heard(&town).await;
    let log = town.log();
    assert!(!log.contains(BO), "{log}");
    town.end();
}
