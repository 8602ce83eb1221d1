//! A thread begun anywhere is a thread everywhere, each as its platform has them.

use causeway_tests::{EVERY_KIND, Town, chat, every_kind, forum, workplace};
use conversation::Support;
use insta::assert_snapshot;

/// Begins in one channel; everybody else answers, in turn.
async fn talk(town: &mut Town, begun_in: &str) {
    town.writes(begun_in, "Ana", "Friday", "Who brings bread?")
        .await;
    town.settle().await;
    for (n, channel) in EVERY_KIND.iter().filter(|it| **it != begun_in).enumerate() {
        let who = ["Bo", "Cy", "Di"][n];
        town.replies(channel, who, "Who brings", &format!("I do, says {who}."))
            .await;
        town.settle().await;
    }
}

#[tokio::test]
async fn a_thread_begun_in_a_chat_is_a_thread_everywhere() {
    let mut town = every_kind().await;
    town.says("telegram #general", "Ana", "Who brings bread?")
        .await;
    town.settle().await;
    town.replies("list spring@", "Bo", "Who brings", "I do.")
        .await;
    town.settle().await;
    town.replies("telegram #general", "Ana", "I do", "Thanks!")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Who brings bread?
      > [bot]: Bo (email): I do.
      > Ana: Thanks!
    ");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # Who brings bread?
      | Ana: Who brings bread?
      | > Bo: I do.
      | > Ana: Thanks!
    ");
    assert_snapshot!(town.transcript("slack #spring"), @r"
    Ana: Who brings bread?
      | > Bo: I do.
      | > Ana: Thanks!
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Who brings bread?
    Ana: Who brings bread?
      > Bo: I do.
      > Ana: Thanks!
    ");
}

#[tokio::test]
async fn a_topic_of_a_forum_is_a_thread_everywhere_and_its_subject_is_kept() {
    let mut town = every_kind().await;
    talk(&mut town, "discord #plans").await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (Discord): Friday
          Who brings bread?
      > Bo: I do, says Bo.
      > [bot]: Cy (Slack): I do, says Cy.
      > [bot]: Di (email): I do, says Di.
    ");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # Friday
      | Ana: Who brings bread?
      | > Bo: I do, says Bo.
      | > Cy: I do, says Cy.
      | > Di: I do, says Di.
    ");
    assert_snapshot!(town.transcript("slack #spring"), @r"
    Ana: Friday
          Who brings bread?
      | > Bo: I do, says Bo.
      | > Cy: I do, says Cy.
      | > Di: I do, says Di.
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Friday
    Ana: Who brings bread?
      > Bo: I do, says Bo.
      > Cy: I do, says Cy.
      > Di: I do, says Di.
    ");
}

#[tokio::test]
async fn a_mail_with_a_subject_is_a_topic_in_the_forum() {
    let mut town = every_kind().await;
    talk(&mut town, "list spring@").await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (email): Friday
          Who brings bread?
      > Bo: I do, says Bo.
      > [bot]: Cy (Discord): I do, says Cy.
      > [bot]: Di (Slack): I do, says Di.
    ");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # Friday
      | Ana: Who brings bread?
      | > Bo: I do, says Bo.
      | > Cy: I do, says Cy.
      | > Di: I do, says Di.
    ");
    assert_snapshot!(town.transcript("slack #spring"), @r"
    Ana: Friday
          Who brings bread?
      | > Bo: I do, says Bo.
      | > Cy: I do, says Cy.
      | > Di: I do, says Di.
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Friday
    Ana: Who brings bread?
      > Bo: I do, says Bo.
      > Cy: I do, says Cy.
      > Di: I do, says Di.
    ");
}

#[tokio::test]
async fn a_thread_of_a_workplace_is_a_thread_everywhere() {
    let mut town = every_kind().await;
    town.says("slack #spring", "Ana", "Who brings bread?").await;
    town.replies("slack #spring", "Bo", "Who brings", "I do.")
        .await;
    town.joins_in("slack #spring", "Cy", "I do", "And I bring tea.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (Slack): Who brings bread?
      > [bot]: Bo (Slack): I do.
      > [bot]: Cy (Slack): And I bring tea.
    ");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # Who brings bread?
      | Ana: Who brings bread?
      | > Bo: I do.
      | > Cy: And I bring tea.
    ");
    assert_snapshot!(town.transcript("slack #spring"), @r"
    Ana: Who brings bread?
      | > Bo: I do.
      | Cy: And I bring tea.
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Who brings bread?
    Ana: Who brings bread?
      > Bo: I do.
      > Cy: And I bring tea.
    ");
}

/// Whoever writes into a thread names no message: the thread that we opened there says what they answer.
#[tokio::test]
async fn whoever_joins_a_thread_that_the_bridge_opened_answers_its_root() {
    let mut town = every_kind().await;
    town.writes("list spring@", "Ana", "Friday", "Who brings bread?")
        .await;
    town.settle().await;
    town.replies("telegram #general", "Bo", "Who brings", "I do.")
        .await;
    town.settle().await;
    town.restarts().await;
    town.hours_pass(24 * 90);
    town.joins_in("slack #spring", "Cy", "I do.", "And I bring tea.")
        .await;
    town.joins_in("discord #plans", "Di", "I do.", "And I the jam.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (email): Friday
          Who brings bread?
      > Bo: I do.
      > [bot]: Cy (Slack): And I bring tea.
      > [bot]: Di (Discord): And I the jam.
    ");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # Friday
      | Ana: Who brings bread?
      | > Bo: I do.
      | Di: And I the jam.
      | > Cy: And I bring tea.
    ");
    assert_snapshot!(town.transcript("slack #spring"), @r"
    Ana: Friday
          Who brings bread?
      | > Bo: I do.
      | Cy: And I bring tea.
      | > Di: And I the jam.
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Friday
    Ana: Who brings bread?
      > Bo: I do.
      > Cy: And I bring tea.
      > Di: And I the jam.
    ");
}

#[tokio::test]
async fn a_late_reply_finds_its_thread_after_a_restart_whatever_the_kind() {
    for begun_in in EVERY_KIND {
        let mut town = every_kind().await;
        town.writes(begun_in, "Ana", "Friday", "Who brings bread?")
            .await;
        town.settle().await;
        let others = EVERY_KIND.iter().filter(|it| **it != begun_in);
        for (channel, who) in others.zip(["Bo", "Cy", "Di"]) {
            town.restarts().await;
            town.hours_pass(24 * 30);
            town.replies(channel, who, "Who brings", &format!("Late, {who}."))
                .await;
            town.settle().await;
        }
        for channel in EVERY_KIND {
            let seen = town.transcript(channel);
            for who in ["Bo", "Cy", "Di"] {
                let line = seen
                    .lines()
                    .find(|it| it.contains(&format!("Late, {who}.")));
                let line = line.unwrap_or_else(|| panic!("{begun_in} {channel}: {seen}"));
                assert!(
                    line.starts_with("  > ") || line.starts_with("  | "),
                    "{line}"
                );
            }
            assert_eq!(
                seen.matches("Who brings bread?").count(),
                1,
                "no quote: {seen}"
            );
        }
    }
}

#[tokio::test]
async fn a_thread_whose_root_is_not_in_the_channel_gets_a_line_of_quote() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(workplace("slack"))
        .platform(forum("discord"))
        .room("general", &["telegram #general"])
        .open()
        .await;
    town.says(
        "telegram #general",
        "Ana",
        "Who brings bread?\nAnd who brings tea?",
    )
    .await;
    town.settle().await;
    town.links("general", "slack #spring").await;
    town.links("general", "discord #plans").await;
    town.replies("telegram #general", "Bo", "Who brings", "I do.")
        .await;
    town.settle().await;
    town.replies("slack #spring", "Cy", "I do.", "Thanks!")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("slack #spring"), @r"
    Bo: > Ana (Telegram): Who brings bread? …
          I do.
      | > Cy: Thanks!
    ");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # Who brings bread?
      | Bo: > Ana (Telegram): Who brings bread? …
      |       I do.
      | > Cy: Thanks!
    ");
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Who brings bread?
          And who brings tea?
      > Bo: I do.
      > [bot]: Cy (Slack): Thanks!
    ");
}

#[tokio::test]
async fn a_platform_without_replies_gets_a_line_of_quote() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("wall").that_can(|can| can.replies = Support::None))
        .room("general", &["telegram #general", "wall main"])
        .open()
        .await;
    town.says("telegram #general", "Ana", "Who brings bread?")
        .await;
    town.replies("telegram #general", "Bo", "Who brings", "I do.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("wall main"), @r"
    [bot]: Ana (Telegram): Who brings bread?
      > [bot]: > Ana (Telegram): Who brings bread?
          Bo (Telegram): I do.
    ");
}

#[tokio::test]
async fn an_edit_of_a_reply_keeps_what_it_answers() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("wall").that_can(|can| can.replies = Support::None))
        .room("general", &["telegram #general", "wall main"])
        .open()
        .await;
    town.says("telegram #general", "Ana", "Who brings bread?")
        .await;
    town.replies("telegram #general", "Bo", "Who brings", "Me")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Bo", "Me", "Me, and jam")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("wall main"), @r"
    [bot]: Ana (Telegram): Who brings bread?
      > [bot]: > Ana (Telegram): Who brings bread?
          Bo (Telegram): Me, and jam (edited)
    ");
}
