//! Things that other platforms do not have, said in a line.

use conversation::Node;

use super::author::{chat_name, full_name};
use crate::wire::{Checklist, Location, Message, Poll};

pub(super) fn of(message: &Message) -> Vec<Node> {
    if let Some(poll) = &message.poll {
        return of_poll(poll);
    }
    if let Some(checklist) = &message.checklist {
        return of_checklist(checklist);
    }
    of_one_line(message)
        .map(|line| vec![Node::Text(line)])
        .unwrap_or_default()
}

fn of_one_line(message: &Message) -> Option<String> {
    // A venue comes with its location beside it, for older programs.
    if let Some(venue) = &message.venue {
        let map = map_link(venue.location);
        return Some(format!("📍 {}, {}\n{map}", venue.title, venue.address));
    }
    if let Some(location) = message.location {
        let live = location.live_period.map_or("", |_| "Live location: ");
        return Some(format!("📍 {live}{}", map_link(location)));
    }
    if let Some(contact) = &message.contact {
        let name = full_name(&contact.first_name, contact.last_name.as_deref());
        let name = name.unwrap_or_else(|| "without a name".to_owned());
        return Some(format!("👤 Contact: {name}"));
    }
    if let Some(dice) = &message.dice {
        return Some(format!("{} {}", dice.emoji, dice.value));
    }
    if let Some(game) = &message.game {
        return Some(format!("🎮 Game: {}", game.title));
    }
    if let Some(invoice) = &message.invoice {
        return Some(format!("🧾 Invoice: {}", invoice.title));
    }
    if let Some(story) = &message.story {
        let author = story.chat.as_ref().map(chat_name);
        let author = author.map_or(String::new(), |name| format!(" of {name}"));
        return Some(format!("📖 Story{author}"));
    }
    let paid = message.paid_media.as_ref()?;
    Some(format!("🔒 Paid media ({} ⭐)", paid.star_count))
}

fn map_link(place: Location) -> String {
    let Location {
        latitude,
        longitude,
        ..
    } = place;
    format!(
        "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"
    )
}

fn of_poll(poll: &Poll) -> Vec<Node> {
    let mut question = format!("📊 {}", poll.question);
    if let Some(description) = &poll.description {
        question = format!("{question}\n{description}");
    }
    let options = poll.options.iter().map(|it| it.text.clone());
    with_items(question, options)
}

fn of_checklist(checklist: &Checklist) -> Vec<Node> {
    let tasks = checklist.tasks.iter().map(|task| {
        let done = task.completion_date.is_some_and(|date| date > 0);
        format!("{} {}", if done { "☑" } else { "☐" }, task.text)
    });
    with_items(checklist.title.clone(), tasks)
}

fn with_items(head: String, items: impl Iterator<Item = String>) -> Vec<Node> {
    let items = items.map(|item| vec![Node::Text(item)]).collect();
    vec![Node::Text(head), Node::List { start: None, items }]
}
