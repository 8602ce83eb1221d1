//! Every pair of the four platforms and every thing that people do, on the real program: each cell of the tables was
//! seen by people there, and lies on the level that the capability table promises. A cell that is blank, or
//! better or worse than promised, fails with the pair and the feature.

use std::sync::atomic::AtomicUsize;

use futures::future::join_all;
use insta::assert_snapshot;

use crate::support::{Shape, Square};
use discord::Discord;
use expected::BETWEEN_CHANNELS;
use features::{Cell, Feature, Trial};
use mail::Mail;
use seen::Place;
use slack::Slack;
use table::{check, promised, table};
use telegram::Telegram;
use verdict::Promised;

mod discord;
mod expected;
mod features;
mod files;
mod html;
mod mail;
mod markdown;
mod seen;
mod slack;
mod table;
mod telegram;
mod verdict;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_crosses_between_every_pair_or_is_said_in_other_words() {
    let tables = tables(Shape::Channels).await;
    assert_eq!(other_rows(&tables), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_crosses_between_forums_that_are_one_channel() {
    let tables = tables(Shape::Forums).await;
    assert_snapshot!(other_rows(&tables).join("\n"), @r"
    From Telegram: subject | native: as it was | fallback: in words | native: as it was
    From Telegram: long text | fallback: 3 messages as 9 parts | fallback: 3 messages as 6 parts | native: 3 messages
    From Discord: subject | native: as it was | fallback: in words | native: as it was
    From Discord: reply | native: in its thread | native: in its thread | native: in its thread
    From Discord: thread | native: 8 messages in one | native: 8 messages in one | native: 8 messages in one
    From email: subject | native: as it was | native: as it was | fallback: in words
    From email: reply | native: in its thread | native: in its thread | native: in its thread
    From email: thread | native: 8 messages in one | native: 8 messages in one | native: 8 messages in one
    ");
}

/// Rows that are not as between channels.
fn other_rows(tables: &[String]) -> Vec<String> {
    assert_eq!(tables.len(), BETWEEN_CHANNELS.len());
    let rows = tables
        .iter()
        .zip(BETWEEN_CHANNELS)
        .flat_map(|(seen, usual)| {
            assert_eq!(seen.lines().count(), usual.lines().count(), "{seen}");
            let (from, _) = usual.split_once(" | ").unwrap();
            let rows = seen.lines().zip(usual.lines());
            let others = rows.filter(|(seen, usual)| seen != usual);
            others.map(move |(seen, _)| format!("{from}: {seen}"))
        });
    rows.collect()
}

/// One for each platform that something comes from.
async fn tables(shape: Shape) -> Vec<String> {
    let square = Square::begin(shape).await;
    let places = places(&square);
    let places: Vec<&dyn Place> = places.iter().map(|it| &**it).collect();
    let promised = promised(shape);
    introduce_cem(&square, &places).await;
    let (now, later): (Vec<Feature>, Vec<Feature>) = Feature::ALL
        .into_iter()
        .partition(|it| *it != Feature::Ring);
    let mut tables = play(&places, &now, &promised).await;
    join_cem(&square);
    for (table, rows) in tables
        .iter_mut()
        .zip(play(&places, &later, &promised).await)
    {
        table.extend(rows);
    }
    check(&places, &tables, &promised);
    square.town.end();
    let tables = tables.iter().enumerate();
    tables.map(|(at, rows)| table(&places, at, rows)).collect()
}

fn places(square: &Square) -> [Box<dyn Place + '_>; 4] {
    let town = &square.town;
    let names = || (square.shape == Shape::Forums).then(|| AtomicUsize::new(1));
    [
        Box::new(Telegram {
            town,
            chat: square.telegram,
            cem: square.cem.telegram,
            topics: names(),
        }),
        Box::new(Discord {
            town,
            channel: square.discord,
            dov: square.dov,
            cem: square.cem.discord,
            posts: names(),
        }),
        Box::new(Slack {
            town,
            channel: square.slack.clone(),
            sia: square.sia.clone(),
            cem: square.cem.slack.clone(),
        }),
        Box::new(Mail {
            town,
            sent: AtomicUsize::new(1),
        }),
    ]
}

/// An account is known once it was heard.
async fn introduce_cem(square: &Square, places: &[&dyn Place]) {
    let (rig, cem) = (&square.town.rig, &square.cem);
    let chat = square.telegram;
    let everywhere = |words: &'static str| {
        let everywhere = || places.iter().all(|it| it.find(words).is_some());
        square.town.until(words, everywhere)
    };
    rig.telegram
        .say(chat, None, cem.telegram, "CemTelegram")
        .unwrap();
    match square.shape {
        Shape::Channels => drop(
            rig.discord
                .say(square.discord, cem.discord, "CemDiscord")
                .unwrap(),
        ),
        Shape::Forums => {
            let forum = square.discord;
            rig.discord
                .forum_post(forum, cem.discord, "Cem", "CemDiscord")
                .unwrap();
        }
    }
    rig.slack
        .say(&square.slack, &cem.slack, "CemSlack")
        .unwrap();
    for words in ["CemTelegram", "CemDiscord", "CemSlack"] {
        everywhere(words).await;
    }
}

/// From now on his accounts are one person, who wants to be rung.
fn join_cem(square: &Square) {
    let cem = &square.cem;
    let first = format!("telegram:{}", cem.telegram);
    let others = [
        format!("discord:{}", cem.discord),
        format!("slack:{}", cem.slack),
    ];
    for other in &others {
        let answer = square.town.causeway(&["person", "join", &first, other]);
        assert_eq!(answer.code, 0, "{}", answer.err);
    }
    let answer = square
        .town
        .causeway(&["person", "mentions", &first, "account"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
}

/// A row for each feature, with a cell for each other place.
type Rows = Vec<(Feature, Vec<Cell>)>;

/// All at once, from all places.
async fn play(places: &[&dyn Place], features: &[Feature], promised: &[Promised]) -> Vec<Rows> {
    let from = |at: usize| async move {
        let to = others(places, at);
        let row = |feature| {
            let to = &to;
            async move {
                let from = places[at];
                let trial = Trial {
                    from,
                    to,
                    feature,
                    promised,
                };
                (feature, trial.cells().await)
            }
        };
        join_all(features.iter().map(|it| row(*it))).await
    };
    join_all((0..places.len()).map(from)).await
}

fn others<'a>(places: &[&'a dyn Place], at: usize) -> Vec<&'a dyn Place> {
    let others = places.iter().enumerate().filter(|(it, _)| *it != at);
    others.map(|(_, it)| *it).collect()
}
