//! One person writes far too much, on each platform: they are told once, wait, and silence nobody else.

use sandbox::mail::Draft;
use sandbox::{discord, slack, telegram};
use store::DeliveryLine;

use super::dead::dead;
use crate::support::{BO, Corner, EVA, KIM, Square};

/// More than the half of `engine.storm_per_minute` as it comes.
const FLOOD: usize = 80;
const PASS: usize = 60;

/// What the flooder wrote.
enum Written {
    Telegram(telegram::MessageId),
    Discord(discord::MessageId),
    Slack(slack::Ts),
    Mail,
}

async fn floods(square: &Square, home: Corner, words: &str) -> Written {
    let rig = &square.town.rig;
    let cem = &square.cem;
    match home {
        Corner::Telegram => {
            let said = rig.telegram.say(square.telegram, None, cem.telegram, words);
            Written::Telegram(said.unwrap()[0])
        }
        Corner::Discord => {
            let said = rig.discord.say(square.discord, cem.discord, words);
            Written::Discord(said.unwrap())
        }
        Corner::Slack => Written::Slack(rig.slack.say(&square.slack, &cem.slack, words).unwrap()),
        Corner::Mail => {
            square.town.writes(KIM, Draft::new(words, words)).await;
            Written::Mail
        }
    }
}

fn edits(square: &Square, written: &Written, words: &str) {
    let rig = &square.town.rig;
    let cem = &square.cem;
    match written {
        Written::Telegram(id) => {
            let telegram = &rig.telegram;
            telegram
                .edit(square.telegram, *id, cem.telegram, words)
                .unwrap();
        }
        Written::Discord(id) => {
            let discord = &rig.discord;
            discord
                .edit(square.discord, *id, cem.discord, words)
                .unwrap();
        }
        Written::Slack(ts) => {
            let slack = &rig.slack;
            slack.edit(&square.slack, *ts, &cem.slack, words).unwrap();
        }
        Written::Mail => {}
    }
}

/// Where Telegram and mail do not tell of it, nothing is taken back.
fn deletes(square: &Square, written: &Written) -> bool {
    let rig = &square.town.rig;
    match written {
        Written::Discord(id) => {
            let discord = &rig.discord;
            discord
                .delete(square.discord, *id, square.cem.discord)
                .unwrap();
            true
        }
        Written::Slack(ts) => {
            let slack = &rig.slack;
            slack.delete(&square.slack, *ts, &square.cem.slack).unwrap();
            true
        }
        Written::Telegram(_) | Written::Mail => false,
    }
}

async fn others_are_heard(square: &Square, home: Corner) {
    let town = &square.town;
    town.says(0, "word of ana");
    square.sia_says("word of sia");
    let discord = &town.rig.discord;
    discord
        .say(square.discord, square.dov, "word of dov")
        .unwrap();
    town.writes(BO, Draft::new("word of bo", "word of bo"))
        .await;
    for (from, words) in [
        (Corner::Telegram, "word of ana"),
        (Corner::Slack, "word of sia"),
        (Corner::Discord, "word of dov"),
        (Corner::Mail, "word of bo"),
    ] {
        for to in Corner::ALL.into_iter().filter(|to| *to != from) {
            square.until_at(to, words).await;
        }
    }
    assert!(
        dead(town).iter().all(|it| it["reason"] == "author-brake"),
        "{home:?}"
    );
}

fn numbers(square: &Square, at: Corner) -> Vec<usize> {
    let texts = square.texts_with(at, "flood ").into_iter();
    let number = |text: String| {
        let (_, rest) = text.split_once("flood ")?;
        rest.split(['.', '!']).next()?.parse().ok()
    };
    texts.filter_map(number).collect()
}

async fn storm(home: Corner) {
    let square = Square::open()
        .await
        .with("CAUSEWAY__ENGINE__STORM_PER_MINUTE", "120");
    let town = &square.town;
    town.begin().await;
    let mut written = Vec::new();
    for n in 0..FLOOD {
        written.push(floods(&square, home, &format!("flood {n}.")).await);
    }
    others_are_heard(&square, home).await;
    // A list is carried to its other members by us.
    let is_carried = |to: &Corner| *to != home || home == Corner::Mail;
    let to: Vec<Corner> = Corner::ALL.into_iter().filter(is_carried).collect();
    for at in &to {
        let passed: Vec<usize> = (0..PASS).collect();
        let all = || numbers(&square, *at).len() >= PASS;
        town.until("what passes has come", all).await;
        assert_eq!(numbers(&square, *at), passed, "{at:?}");
    }
    assert_eq!(dead(town).len(), (FLOOD - PASS) * to.len());
    if home != Corner::Mail {
        let told = "You wrote more than 60 messages in a minute";
        square.until_at(home, told).await;
        assert_eq!(square.texts_with(home, told).len(), 1);
    }

    edits(&square, &written[70], "flood 70!");
    let deleted = deletes(&square, &written[71]);
    if home != Corner::Mail {
        let is_changed = |it: &DeliveryLine| it.message_excerpt == "flood 70!";
        town.until_delivery("the edit is taken in", is_changed)
            .await;
    }
    town.says(0, "before staff looks");
    town.gets(EVA, "before staff looks").await;
    let answer = town.causeway(&["dead", "retry", "--all"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let released = (0..FLOOD).filter(|it| !(deleted && *it == 71));
    let released: Vec<usize> = released.collect();
    for at in &to {
        square.until_at(*at, &format!("flood {}.", FLOOD - 1)).await;
        assert_eq!(numbers(&square, *at), released, "{at:?}");
        let edited = square.texts_with(*at, "flood 70!").len();
        assert_eq!(edited, usize::from(home != Corner::Mail), "{at:?}");
    }
    assert_eq!(dead(town).len(), 0);
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_floods_a_group_silences_nobody_else() {
    storm(Corner::Telegram).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_floods_discord_silences_nobody_else() {
    storm(Corner::Discord).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_floods_slack_silences_nobody_else() {
    storm(Corner::Slack).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_floods_a_list_silences_nobody_else() {
    storm(Corner::Mail).await;
}
