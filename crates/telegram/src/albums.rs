//! An album comes as several messages in a row, and nothing says which is the last. **Invariant:** a part is
//! held back only as long as more may follow; then all parts become one message.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use conversation::{Event, EventKey, Inbound, Markup, Node, Posted};

use crate::inbound::{Normalised, Update};

/// Telegram lets nobody put more files into one.
const MOST_PARTS: usize = 10;

/// A chat and the album's own id within it.
type Album = (i64, String);

/// Remembers how many parts of each open album were there at the last look.
#[derive(Debug, Default)]
pub(crate) struct Albums {
    seen: HashMap<Album, usize>,
}

impl Albums {
    /// Puts albums together, each in the place of its first part. Those that may still grow are left out,
    /// together with whatever comes after them in their chat (nothing does: that is how we know).
    pub(crate) fn gather(&mut self, updates: Vec<Update>) -> Vec<Gathered> {
        let open = self.open(&updates);
        let mut gathered: Vec<Gathered> = Vec::with_capacity(updates.len());
        let mut places: HashMap<Album, usize> = HashMap::new();
        for update in updates {
            let Some(album) = album_of(&update) else {
                gathered.push(Gathered::of(update));
                continue;
            };
            if open.contains(&album) {
                continue;
            }
            match places.get(&album) {
                Some(&place) => gathered[place].add(update),
                None => {
                    places.insert(album, gathered.len());
                    gathered.push(Gathered::of(update));
                }
            }
        }
        gathered
    }

    /// Open is an album that has room, is the last thing said in its chat, and has grown since the last look.
    fn open(&mut self, updates: &[Update]) -> HashSet<Album> {
        let mut last_of_chat: HashMap<i64, Option<Album>> = HashMap::new();
        let mut parts: HashMap<Album, usize> = HashMap::new();
        for update in updates {
            let album = album_of(update);
            if let Some(album) = &album {
                *parts.entry(album.clone()).or_default() += 1;
            }
            if let Some(chat) = update.chat {
                last_of_chat.insert(chat, album);
            }
        }
        parts.retain(|album, count| {
            let is_last = last_of_chat.get(&album.0).and_then(Option::as_ref) == Some(album);
            is_last && *count < MOST_PARTS && self.seen.get(album) != Some(count)
        });
        self.seen = parts;
        self.seen.keys().cloned().collect()
    }
}

fn album_of(update: &Update) -> Option<Album> {
    Some((update.chat?, update.album.clone()?))
}

/// One update, or the parts of one album.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gathered {
    pub(crate) ids: Vec<i32>,
    pub(crate) meaning: Normalised,
    pub(crate) query: Option<String>,
}

impl Gathered {
    fn of(update: Update) -> Gathered {
        Gathered {
            ids: update.id.into_iter().collect(),
            meaning: update.meaning,
            query: update.query,
        }
    }

    fn add(&mut self, part: Update) {
        self.ids.extend(part.id);
        let Normalised::Events(parts) = part.meaning else {
            return;
        };
        if let Normalised::Events(events) = &mut self.meaning
            && let Some(whole) = events.first_mut()
        {
            parts.into_iter().for_each(|part| join(whole, part));
        }
    }
}

fn join(whole: &mut Inbound, part: Inbound) {
    let (Event::Posted(posted), Event::Posted(more)) = (&mut whole.event, part.event) else {
        return;
    };
    // Another set of parts is another event: should a part come late, nothing of it is lost as a repeat.
    let first = whole.key.as_str().split('+').next().unwrap_or_default();
    if let Some(last) = more.messages.last() {
        whole.key = EventKey(format!("{first}+{last}"));
    }
    let Posted {
        messages, content, ..
    } = more;
    posted.messages.extend(messages);
    posted.content.attachments.extend(content.attachments);
    add_caption(&mut posted.content.text, content.text);
}

/// As a rule one part bears the caption of all. A forwarded album says so in each of its parts.
fn add_caption(whole: &mut Markup, caption: Markup) {
    if caption.is_blank() || *whole == caption {
        return;
    }
    if !whole.is_blank() {
        whole.0.push(Node::Text("\n".to_owned()));
    }
    whole.0.extend(caption.0);
}
