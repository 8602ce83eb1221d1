//! What is said, by whom, under which subject, and whom it calls.

use super::{Cell, Feature, Trial, fallback, native, none, wait};
use crate::pairs::seen::{MARKED, ODD, Place, Seen};

impl Trial<'_> {
    pub(super) async fn who_speaks(&self) -> Vec<Cell> {
        let words = self.words("Hello");
        self.from.says(&words, &[]);
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        let speaker = self.from.speaker();
        let cell = |copy: &Seen| match self.feature {
            Feature::Picture => match &copy.picture {
                Some(url) if url.starts_with("http") => native("their own"),
                _ => none("no picture"),
            },
            _ if copy.author.starts_with(speaker) => native(&copy.author),
            _ if copy.text.starts_with(speaker) => {
                let name = copy.text.split_once(": ").map(|it| it.0);
                fallback(format!("in the words: {}:", name.unwrap_or_default()))
            }
            _ => Err(format!("nobody is named: {copy:?}")),
        };
        copies.iter().map(cell).collect()
    }

    pub(super) async fn subject(&self) -> Vec<Cell> {
        let words = self.words("Read");
        self.from.says(&words, &[]);
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        let here = wait(|| self.from.find(&words)).await;
        let Some(subject) = here.and_then(|it| it.subject) else {
            return self.all(|_| none("nobody gave one"));
        };
        let cell = |copy: &Seen| match &copy.subject {
            Some(there) if there.contains(&subject) => native("as it was"),
            _ if copy.text.contains(&subject) => fallback("in words"),
            _ => Err(format!("{subject} is lost: {copy:?}")),
        };
        copies.iter().map(cell).collect()
    }

    pub(super) async fn text(&self) -> Vec<Cell> {
        let words = self.words("Begin");
        self.from.says_with_marks(&words);
        let mut cells = Vec::new();
        for place in self.to {
            let copy = wait(|| place.find(&words)).await;
            cells.push(match copy {
                Some(copy) => self.judge_text(*place, &copy),
                None => Err("it never came".to_owned()),
            });
        }
        cells
    }

    fn judge_text(&self, place: &dyn Place, copy: &Seen) -> Cell {
        let can = |it: &dyn Place, mark: &str| it.marks().contains(&mark);
        let (mut marks, mut words_alone) = (Vec::new(), Vec::new());
        for (mark, words) in MARKED.iter().filter(|it| can(self.from, it.0)) {
            if !copy.text.contains(words) {
                return Err(format!("`{words}` is lost: {}", copy.text));
            }
            let mut under = copy.marks.iter().filter(|it| it.0 == *mark);
            match under.any(|it| it.1.trim() == *words) {
                true => marks.push(*mark),
                false if *mark == "list" && is_an_item(&copy.text, words) => {
                    words_alone.push("list by •");
                }
                false if can(place, mark) => {
                    return Err(format!("`{words}` is not {mark}: {copy:?}"));
                }
                false => words_alone.push(mark),
            }
        }
        if let Some(odd) = ODD.iter().find(|it| !copy.text.contains(**it)) {
            return Err(format!("`{odd}` is not as it was: {}", copy.text));
        }
        if !copy.pings.is_empty() {
            return Err(format!("it rang {:?}", copy.pings));
        }
        marks.dedup();
        words_alone.dedup();
        native(match words_alone.is_empty() {
            true => format!("all {} marks", marks.len()),
            false => format!(
                "{} marks; in words: {}",
                marks.len(),
                words_alone.join(", ")
            ),
        })
    }

    pub(super) async fn long(&self) -> Vec<Cell> {
        let begin = self.words("");
        let length = begin.len() + 5;
        let words = (0..12_000 / length).map(|it| format!("{begin}{it:04}"));
        let all: Vec<String> = words.collect();
        let a_message = self.from.longest() / length;
        let mut said = 0;
        for words in all.chunks(a_message) {
            self.from.says(&words.join(" "), &[]);
            said += 1;
        }
        let mut cells = Vec::new();
        for place in self.to {
            let whole = wait(|| {
                let seen = place.seen();
                let parts = seen.iter().filter(|it| it.text.contains(&begin));
                let parts: Vec<Seen> = parts.cloned().collect();
                let is_whole = |text: &str| {
                    let words = text.split(|c: char| c.is_whitespace() || c == '\u{FEFF}');
                    words.filter(|it| it.starts_with(&begin)).eq(&all)
                };
                let words: Vec<&str> = parts.iter().map(|it| it.text.as_str()).collect();
                let files = seen.iter().flat_map(|it| &it.files);
                let mut texts = files.filter_map(|it| std::str::from_utf8(&it.bytes).ok());
                match is_whole(&words.join(" ")) {
                    true => Some((parts, false)),
                    false => texts.any(is_whole).then_some((parts, true)),
                }
            });
            cells.push(match whole.await {
                None => Err("it is not whole, or not in order".to_owned()),
                Some((parts, _)) if parts.iter().any(|it| it.length > self.most(*place)) => {
                    Err("a part is longer than it may be".to_owned())
                }
                Some((_, true)) => {
                    fallback(format!("{} as its beginning and a file", in_messages(said)))
                }
                Some((parts, _)) if parts.len() == said => native(in_messages(said)),
                Some((parts, _)) => {
                    fallback(format!("{} as {} parts", in_messages(said), parts.len()))
                }
            });
        }
        cells
    }

    fn most(&self, place: &dyn Place) -> usize {
        let mut promised = self.promised.iter();
        promised
            .find(|it| it.label == place.label())
            .unwrap()
            .most()
    }

    pub(super) async fn mention(&self) -> Vec<Cell> {
        let words = self.words("Call");
        if let Err(why) = self.from.calls_cem(&words) {
            return self.all(|_| none(why.0));
        }
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        let cell = |copy: &Seen| match copy.text.split_once(&words).map(|it| it.1.trim()) {
            Some(call) if call.contains("Cem please") && copy.pings == ["Cem"] => {
                native("rings Cem")
            }
            Some(call) if call.contains("Cem please") && copy.pings.is_empty() => {
                fallback(format!("in words: {call}"))
            }
            _ => Err(format!("he is called otherwise: {copy:?}")),
        };
        copies.iter().map(cell).collect()
    }
}

fn is_an_item(text: &str, words: &str) -> bool {
    text.lines().any(|it| it.trim() == format!("• {words}"))
}

fn in_messages(number: usize) -> String {
    match number {
        1 => "1 message".to_owned(),
        several => format!("{several} messages"),
    }
}
