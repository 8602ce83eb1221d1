//! Every pair of the four platforms and every thing that people do, on the real program: each cell of the tables was
//! seen by people there, and lies on the level that the capability table promises. A cell that is blank, or
//! better or worse than promised, fails with the pair and the feature.

use std::process::Command;

use conversation::Support;
use futures::future::join_all;
use insta::assert_snapshot;

use crate::support::{PROGRAM, Square, Town, answer_of};
use discord::Discord;
use features::{Cell, Feature, Trial};
use mail::Mail;
use seen::Place;
use slack::Slack;
use telegram::Telegram;
use verdict::{Promised, verdict};

mod discord;
mod features;
mod files;
mod html;
mod mail;
mod markdown;
mod seen;
mod slack;
mod telegram;
mod verdict;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_crosses_between_every_pair_or_is_said_in_other_words() {
    let square = Square::open().await;
    square.town.begin().await;
    let places = places(&square);
    let places: Vec<&dyn Place> = places.iter().map(|it| &**it).collect();
    introduce_cem(&square, &places).await;
    let (now, later): (Vec<Feature>, Vec<Feature>) = Feature::ALL
        .into_iter()
        .partition(|it| *it != Feature::Ring);
    let mut tables = play(&places, &now).await;
    join_cem(&square);
    for (table, rows) in tables.iter_mut().zip(play(&places, &later).await) {
        table.extend(rows);
    }
    check(&square.town, &places, &tables);
    let shown = |at: usize| table(&places, at, &tables[at]);
    assert_snapshot!(shown(0), @"");
    assert_snapshot!(shown(1), @"");
    assert_snapshot!(shown(2), @"");
    assert_snapshot!(shown(3), @"");
    square.town.end();
}

fn places(square: &Square) -> [Box<dyn Place + '_>; 4] {
    let town = &square.town;
    [
        Box::new(Telegram {
            town,
            chat: town.groups[0],
            cem: square.cem.telegram,
        }),
        Box::new(Discord {
            town,
            channel: square.discord,
            dov: square.dov,
            cem: square.cem.discord,
        }),
        Box::new(Slack {
            town,
            channel: square.slack.clone(),
            sia: square.sia.clone(),
            cem: square.cem.slack.clone(),
        }),
        Box::new(Mail { town }),
    ]
}

/// An account is known once it was heard.
async fn introduce_cem(square: &Square, places: &[&dyn Place]) {
    let (rig, cem) = (&square.town.rig, &square.cem);
    let group = square.town.groups[0];
    rig.telegram
        .say(group, None, cem.telegram, "CemTelegram")
        .unwrap();
    rig.discord
        .say(square.discord, cem.discord, "CemDiscord")
        .unwrap();
    rig.slack
        .say(&square.slack, &cem.slack, "CemSlack")
        .unwrap();
    for words in ["CemTelegram", "CemDiscord", "CemSlack"] {
        let everywhere = || places.iter().all(|it| it.find(words).is_some());
        square.town.until(words, everywhere).await;
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
async fn play(places: &[&dyn Place], features: &[Feature]) -> Vec<Rows> {
    let from = |at: usize| async move {
        let to = others(places, at);
        let row = |feature| {
            let to = &to;
            async move {
                let from = places[at];
                (feature, Trial { from, to, feature }.cells().await)
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

fn check(town: &Town, places: &[&dyn Place], tables: &[Rows]) {
    let mut asked = Command::new(PROGRAM);
    let promised = answer_of(asked.args(["capabilities", "--json"])).out;
    let promised: Vec<Promised> = serde_json::from_str(&promised).unwrap();
    let of = |place: &dyn Place| {
        promised
            .iter()
            .find(|it| it.label == place.label())
            .unwrap()
    };
    let mut wrong = Vec::new();
    for (at, rows) in tables.iter().enumerate() {
        let from = places[at];
        for (feature, cells) in rows {
            let to = others(places, at);
            assert_eq!(cells.len(), to.len());
            for (to, cell) in to.iter().zip(cells) {
                let expected = verdict(*feature, of(from), of(*to), from.longest());
                let pair = format!("{} to {}, {}", from.label(), to.label(), feature.name());
                match cell {
                    Err(why) => wrong.push(format!("{pair}: {why}")),
                    Ok((level, seen)) if *level != expected => wrong.push(format!(
                        "{pair}: the capability table says {expected:?}, and people see {level:?}: {seen}"
                    )),
                    Ok((_, seen)) if seen.is_empty() => wrong.push(format!("{pair}: blank")),
                    Ok(_) => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{}", wrong.join("\n"), town.log());
}

fn table(places: &[&dyn Place], at: usize, rows: &Rows) -> String {
    let mut text = format!("From {}", places[at].label());
    for place in others(places, at) {
        text += &format!(" | {}", place.label());
    }
    for (feature, cells) in rows {
        text += &format!("\n{}", feature.name());
        for cell in cells {
            let (level, seen) = cell.as_ref().unwrap();
            let level = match level {
                Support::Native => "native",
                Support::Fallback => "fallback",
                Support::None => "none",
            };
            text += &format!(" | {level}: {seen}");
        }
    }
    text
}
