//! A platform cuts each connection once the request went out, while much waits for it: nobody's message is blamed.

use std::time::Duration;

use sandbox::mail::MailFaults;
use sandbox::rig::{Tally, tally};
use sandbox::{discord, slack, telegram};
use store::DeliveryLine;

use super::dead::dead;
use crate::support::{Corner, Square, Town};

const EACH: usize = 25;
/// Longer than one message may hold back the others of its channel.
const LONG: Duration = Duration::from_secs(11 * 60);

/// In all four channels. Is what was said there carried out, although the bridge never hears of it?
fn cut(square: &Square, accepted: bool) {
    let rig = &square.town.rig;
    let broken = Some(telegram::Broken {
        accepted,
        ..telegram::Broken::default()
    });
    let faults = telegram::Faults {
        cut: broken.clone(),
        ..telegram::Faults::default()
    };
    rig.telegram.set_faults(Some(square.telegram), faults);
    let faults = discord::Faults {
        cut: broken.clone(),
        ..discord::Faults::default()
    };
    rig.discord.set_faults(Some(square.discord), faults);
    let faults = slack::Faults {
        cut: broken,
        ..slack::Faults::default()
    };
    rig.slack.set_faults(Some(&square.slack), faults);
    let (kept, thrown_away) = match accepted {
        true => (u32::MAX, 0),
        false => (0, u32::MAX),
    };
    rig.mail.set_faults(MailFaults {
        cut_after_keeping: kept,
        cut_before_keeping: thrown_away,
        ..MailFaults::default()
    });
}

fn mend(square: &Square) {
    let rig = &square.town.rig;
    let (telegram, discord) = (square.telegram, square.discord);
    rig.telegram
        .set_faults(Some(telegram), telegram::Faults::default());
    rig.discord
        .set_faults(Some(discord), discord::Faults::default());
    rig.slack
        .set_faults(Some(&square.slack), slack::Faults::default());
    rig.mail.set_faults(MailFaults::default());
}

async fn said_while_all_is_cut(accepted: bool) -> Square {
    let square = Square::open().await;
    square.town.begin().await;
    square.town.says(0, "before");
    for corner in [Corner::Discord, Corner::Slack, Corner::Mail] {
        square.until_at(corner, "before").await;
    }
    cut(&square, accepted);
    for n in 0..EACH {
        square.town.says(0, format!("ana {n}.").as_str());
        square.sia_says(&format!("sia {n}."));
    }
    let last = format!("sia {}.", EACH - 1);
    let to_mail = square.channel(Corner::Mail);
    for words in [format!("ana {}.", EACH - 1), last] {
        let is_it = |it: &DeliveryLine| it.to == to_mail && it.message_excerpt == words;
        square.town.until_delivery("all is taken in", is_it).await;
    }
    assert!(square.town.stop().success());
    square.town.ages(LONG).await;
    square.town.start();
    square
}

/// Each channel's first was tried often, and one behind it too.
async fn until_the_bridge_knows(square: &Square) {
    for corner in Corner::ALL {
        let to = square.channel(corner);
        let tried = |at_least: u32| {
            let to = to.clone();
            move |it: &DeliveryLine| {
                it.to == to && it.attempts >= at_least && it.sent_at_ms.is_none()
            }
        };
        square.town.until_delivery("the first", tried(3)).await;
        let deliveries = square.town.deliveries().await;
        let n_tried = deliveries.iter().filter(|it| tried(1)(it)).count();
        assert!(n_tried <= 3, "{n_tried} at {to}");
    }
}

fn arrived(square: &Square, corner: Corner, by: &str) -> Tally {
    let texts = square.texts_with(corner, &format!("{by} ")).into_iter();
    let number = |text: String| {
        let (_, number) = text.rsplit_once(' ').unwrap();
        number.trim_end_matches('.').parse().unwrap()
    };
    let seen: Vec<usize> = texts.map(number).collect();
    let expected: Vec<usize> = (0..EACH).collect();
    tally(&expected, &seen)
}

async fn outage(accepted: bool) -> Square {
    let square = said_while_all_is_cut(accepted).await;
    until_the_bridge_knows(&square).await;
    assert_eq!(dead(&square.town).len(), 0);
    mend(&square);
    for (corner, by) in [
        (Corner::Telegram, "sia"),
        (Corner::Slack, "ana"),
        (Corner::Discord, "ana"),
        (Corner::Discord, "sia"),
        (Corner::Mail, "ana"),
        (Corner::Mail, "sia"),
    ] {
        square
            .until_at(corner, &format!("{by} {}.", EACH - 1))
            .await;
        let arrived = arrived(&square, corner, by);
        assert_eq!(
            (arrived.lost, arrived.out_of_order),
            (0, 0),
            "{by} at {corner:?}"
        );
        // Where nobody can be asked, each try may leave a copy.
        let can_be_asked = matches!(corner, Corner::Discord | Corner::Slack);
        let copies = if accepted && !can_be_asked { 8 } else { 0 };
        assert!(
            arrived.duplicated <= copies,
            "{by} at {corner:?}: {arrived:?}"
        );
    }
    assert_eq!(dead(&square.town).len(), 0);
    square
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_that_cuts_each_request_kills_nothing_of_a_backlog() {
    outage(false).await.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outage_that_takes_each_request_and_cuts_kills_nothing_either() {
    outage(true).await.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_that_cannot_be_sent_die_alone() {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    let cut = telegram::Faults {
        words: Some("poison".to_owned()),
        cut: Some(telegram::Broken::default()),
        ..telegram::Faults::default()
    };
    town.rig.telegram.set_faults(Some(town.groups[1]), cut);
    for words in ["one", "poison 1", "two", "poison 2", "three"] {
        town.says(0, words);
    }
    let all_taken = |it: &DeliveryLine| it.message_excerpt == "three";
    town.until_delivery("all is taken in", all_taken).await;
    town.sees(1, "one").await;
    assert!(town.stop().success());
    town.ages(LONG).await;
    town.start();
    town.sees(1, "three").await;
    town.says(0, "four");
    town.until("both are given up", || dead(&town).len() == 2)
        .await;
    town.sees(1, "four").await;
    let texts: Vec<_> = town.messages(town.groups[1]);
    let texts: Vec<_> = texts
        .iter()
        .map(|it| it.text.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(texts, ["one", "two", "three", "four"]);
    let reasons = dead(&town);
    for line in reasons {
        assert!(
            line["message_excerpt"]
                .as_str()
                .unwrap()
                .starts_with("poison")
        );
    }
    town.end();
}
