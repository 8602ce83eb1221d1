//! Every pair of the four platforms and every thing that people do, on the real program: each cell of the tables was
//! seen by people there, and lies on the level that the capability table promises. A cell that is blank, or
//! better or worse than promised, fails with the pair and the feature.

use std::sync::atomic::AtomicUsize;

use futures::future::join_all;
use insta::assert_snapshot;

use crate::support::{Shape, Square};
use discord::Discord;
use features::{Cell, Feature, Trial};
use mail::Mail;
use seen::Place;
use slack::Slack;
use table::{check, promised, table};
use telegram::Telegram;
use verdict::Promised;

mod discord;
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
    assert_snapshot!(tables[0], @r"
    From Telegram | Discord | Slack | email
    author's name | native: Ana (Telegram) | native: Ana (Telegram) | native: Ana (Telegram) via Rig
    author's picture | none: no picture | none: no picture | none: no picture
    subject | none: nobody gave one | none: nobody gave one | none: nobody gave one
    text with all markup | native: all 9 marks | native: 7 marks; in words: underline, spoiler | native: 8 marks; in words: spoiler
    long text | fallback: 3 messages as 9 parts | native: 3 messages | native: 3 messages
    reply | native: in its thread | native: in its thread | native: in its thread
    thread | native: 8 messages in one | native: 8 messages in one | native: 8 messages in one
    edit | native: in place | native: in place | fallback: said once more: * seven
    delete | none: stays | none: stays | none: stays
    delete by a moderator | none: stays | none: stays | none: stays
    reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “TelegramReactionFine” (Ana)
    reaction taken back | native: gone | native: gone | fallback: not in the digest
    image | native: without its place | native: without its place | native: without its place
    file | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
    mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please
    ");
    assert_snapshot!(tables[1], @r"
    From Discord | Telegram | Slack | email
    author's name | fallback: in the words: Dov (Discord): | native: Dov (Discord) | native: Dov (Discord) via Rig
    author's picture | none: no picture | native: their own | none: no picture
    subject | none: nobody gave one | none: nobody gave one | none: nobody gave one
    text with all markup | native: 9 marks; in words: list by • | native: 7 marks; in words: underline, spoiler, list by • | native: 8 marks; in words: spoiler, list by •
    long text | native: 7 messages | native: 7 messages | native: 7 messages
    reply | native: points at it | native: in its thread | native: in its thread
    thread | fallback: 8 messages in one chain of replies | native: 8 messages in one | native: 8 messages in one
    edit | native: in place | native: in place | fallback: said once more: * seven
    delete | native: gone | native: gone | none: stays
    delete by a moderator | native: gone | native: gone | none: stays
    reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “DiscordReactionFine” (Dov)
    reaction taken back | native: gone | native: gone | fallback: not in the digest
    image | native: without its place | native: without its place, described | native: without its place, described in words
    file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
    mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please
    ");
    assert_snapshot!(tables[2], @r"
    From Slack | Telegram | Discord | email
    author's name | fallback: in the words: Sia (Slack): | native: Sia (Slack) | native: Sia (Slack) via Rig
    author's picture | none: no picture | native: their own | none: no picture
    subject | none: nobody gave one | none: nobody gave one | none: nobody gave one
    text with all markup | native: 7 marks; in words: list by • | native: 7 marks; in words: list by • | native: 7 marks; in words: list by •
    long text | fallback: 1 message as 3 parts | fallback: 1 message as its beginning and a file | native: 1 message
    reply | native: points at it | native: in its thread | native: in its thread
    thread | fallback: 8 messages in one chain of replies | native: 8 messages in one | native: 8 messages in one
    edit | native: in place | native: in place | fallback: said once more: * seven
    delete | native: gone | native: gone | none: stays
    delete by a moderator | native: gone | native: gone | none: stays
    reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “SlackReactionFine” (Sia)
    reaction taken back | native: gone | native: gone | fallback: not in the digest
    image | native: without its place | native: without its place, described | native: without its place, described in words
    file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
    mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please
    ");
    assert_snapshot!(tables[3], @r"
    From email | Telegram | Discord | Slack
    author's name | fallback: in the words: Eva (email): | native: Eva (email) | native: Eva (email)
    author's picture | none: no picture | none: no picture | none: no picture
    subject | fallback: in words | fallback: in words | fallback: in words
    text with all markup | native: 8 marks; in words: list by • | native: 8 marks; in words: list by • | native: 7 marks; in words: underline, list by •
    long text | fallback: 1 message as 3 parts | fallback: 1 message as its beginning and a file | fallback: 1 message as 4 parts
    reply | native: points at it | native: in its thread | native: in its thread
    thread | fallback: 8 messages in one chain of replies | native: 8 messages in one | native: 8 messages in one
    edit | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
    delete | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
    delete by a moderator | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
    reaction | none: mail has no reactions | none: mail has no reactions | none: mail has no reactions
    reaction taken back | none: mail has no reactions | none: mail has no reactions | none: mail has no reactions
    image | native: without its place | native: without its place | native: without its place
    file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | none: mail rings nobody by name | none: mail rings nobody by name | none: mail rings nobody by name
    mention of who wants it | none: mail rings nobody by name | none: mail rings nobody by name | none: mail rings nobody by name
    ");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_crosses_between_forums_that_are_one_channel() {
    let tables = tables(Shape::Forums).await;
    assert_snapshot!(tables[0], @r"
    From Telegram | Discord | Slack | email
    author's name | native: Ana (Telegram) | native: Ana (Telegram) | native: Ana (Telegram) via Rig
    author's picture | none: no picture | none: no picture | none: no picture
    subject | native: as it was | fallback: in words | native: as it was
    text with all markup | native: all 9 marks | native: 7 marks; in words: underline, spoiler | native: 8 marks; in words: spoiler
    long text | fallback: 3 messages as 9 parts | fallback: 3 messages as 6 parts | native: 3 messages
    reply | native: in its thread | native: in its thread | native: in its thread
    thread | native: 8 messages in one | native: 8 messages in one | native: 8 messages in one
    edit | native: in place | native: in place | fallback: said once more: * seven
    delete | none: stays | none: stays | none: stays
    delete by a moderator | none: stays | none: stays | none: stays
    reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “TelegramReactionFine” (Ana)
    reaction taken back | native: gone | native: gone | fallback: not in the digest
    image | native: without its place | native: without its place | native: without its place
    file | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
    mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please
    ");
    assert_snapshot!(tables[1], @r"
    From Discord | Telegram | Slack | email
    author's name | fallback: in the words: Dov (Discord): | native: Dov (Discord) | native: Dov (Discord) via Rig
    author's picture | none: no picture | native: their own | none: no picture
    subject | native: as it was | fallback: in words | native: as it was
    text with all markup | native: 9 marks; in words: list by • | native: 7 marks; in words: underline, spoiler, list by • | native: 8 marks; in words: spoiler, list by •
    long text | native: 7 messages | native: 7 messages | native: 7 messages
    reply | native: in its thread | native: in its thread | native: in its thread
    thread | native: 8 messages in one | native: 8 messages in one | native: 8 messages in one
    edit | native: in place | native: in place | fallback: said once more: * seven
    delete | native: gone | native: gone | none: stays
    delete by a moderator | native: gone | native: gone | none: stays
    reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “DiscordReactionFine” (Dov)
    reaction taken back | native: gone | native: gone | fallback: not in the digest
    image | native: without its place | native: without its place, described | native: without its place, described in words
    file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
    mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please
    ");
    assert_snapshot!(tables[2], @r"
    From Slack | Telegram | Discord | email
    author's name | fallback: in the words: Sia (Slack): | native: Sia (Slack) | native: Sia (Slack) via Rig
    author's picture | none: no picture | native: their own | none: no picture
    subject | none: nobody gave one | none: nobody gave one | none: nobody gave one
    text with all markup | native: 7 marks; in words: list by • | native: 7 marks; in words: list by • | native: 7 marks; in words: list by •
    long text | fallback: 1 message as 3 parts | fallback: 1 message as its beginning and a file | native: 1 message
    reply | native: points at it | native: in its thread | native: in its thread
    thread | fallback: 8 messages in one chain of replies | native: 8 messages in one | native: 8 messages in one
    edit | native: in place | native: in place | fallback: said once more: * seven
    delete | native: gone | native: gone | none: stays
    delete by a moderator | native: gone | native: gone | none: stays
    reaction | native: 👍 | native: 👍 | fallback: in a digest: 👍 1 for “SlackReactionFine” (Sia)
    reaction taken back | native: gone | native: gone | fallback: not in the digest
    image | native: without its place | native: without its place, described | native: without its place, described in words
    file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | fallback: in words: @Cem please | fallback: in words: @Cem please | fallback: in words: @Cem please
    mention of who wants it | native: rings Cem | native: rings Cem | fallback: in words: @Cem please
    ");
    assert_snapshot!(tables[3], @r"
    From email | Telegram | Discord | Slack
    author's name | fallback: in the words: Eva (email): | native: Eva (email) | native: Eva (email)
    author's picture | none: no picture | none: no picture | none: no picture
    subject | native: as it was | native: as it was | fallback: in words
    text with all markup | native: 8 marks; in words: list by • | native: 8 marks; in words: list by • | native: 7 marks; in words: underline, list by •
    long text | fallback: 1 message as 3 parts | fallback: 1 message as its beginning and a file | fallback: 1 message as 4 parts
    reply | native: in its thread | native: in its thread | native: in its thread
    thread | native: 8 messages in one | native: 8 messages in one | native: 8 messages in one
    edit | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
    delete | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
    delete by a moderator | none: a sent mail stays as it is | none: a sent mail stays as it is | none: a sent mail stays as it is
    reaction | none: mail has no reactions | none: mail has no reactions | none: mail has no reactions
    reaction taken back | none: mail has no reactions | none: mail has no reactions | none: mail has no reactions
    image | native: without its place | native: without its place | native: without its place
    file | native: same bytes, Zeitplan Überblick – 日程.pdf | native: same bytes, Zeitplan_Überblick__日程.pdf | native: same bytes, Zeitplan Überblick – 日程.pdf
    album | native: 3 in one message | native: 3 in one message | native: 3 in one message
    mention | none: mail rings nobody by name | none: mail rings nobody by name | none: mail rings nobody by name
    mention of who wants it | none: mail rings nobody by name | none: mail rings nobody by name | none: mail rings nobody by name
    ");
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
