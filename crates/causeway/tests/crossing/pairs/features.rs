//! The rows of the table: what somebody does on one platform, and what people on the three others then see.

use std::time::{Duration, Instant};

use conversation::Support;

use super::files;
use super::seen::{MARKED, ODD, Place, Seen};
use super::verdict::Promised;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    Author,
    Picture,
    Subject,
    Text,
    Long,
    Reply,
    Thread,
    Edit,
    Delete,
    Moderation,
    Reaction,
    ReactionBack,
    Image,
    File,
    Album,
    Mention,
    Ring,
}

impl Feature {
    /// `Ring` comes last, for Cem's accounts are one person from then on.
    pub(crate) const ALL: [Feature; 17] = [
        Feature::Author,
        Feature::Picture,
        Feature::Subject,
        Feature::Text,
        Feature::Long,
        Feature::Reply,
        Feature::Thread,
        Feature::Edit,
        Feature::Delete,
        Feature::Moderation,
        Feature::Reaction,
        Feature::ReactionBack,
        Feature::Image,
        Feature::File,
        Feature::Album,
        Feature::Mention,
        Feature::Ring,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Feature::Author => "author's name",
            Feature::Picture => "author's picture",
            Feature::Subject => "subject",
            Feature::Text => "text with all markup",
            Feature::Long => "long text",
            Feature::Reply => "reply",
            Feature::Thread => "thread",
            Feature::Edit => "edit",
            Feature::Delete => "delete",
            Feature::Moderation => "delete by a moderator",
            Feature::Reaction => "reaction",
            Feature::ReactionBack => "reaction taken back",
            Feature::Image => "image",
            Feature::File => "file",
            Feature::Album => "album",
            Feature::Mention => "mention",
            Feature::Ring => "mention of who wants it",
        }
    }
}

/// What was seen of one feature on one platform. None: not what must be there, and why.
pub(crate) type Cell = Result<(Support, String), String>;

fn native(words: impl Into<String>) -> Cell {
    Ok((Support::Native, words.into()))
}

fn fallback(words: impl Into<String>) -> Cell {
    Ok((Support::Fallback, words.into()))
}

fn none(words: impl Into<String>) -> Cell {
    Ok((Support::None, words.into()))
}

/// One feature, tried from one place.
pub(crate) struct Trial<'a> {
    pub(crate) from: &'a dyn Place,
    pub(crate) to: &'a [&'a dyn Place],
    pub(crate) feature: Feature,
    pub(crate) promised: &'a [Promised],
}

const PATIENCE: Duration = Duration::from_secs(25);

impl Trial<'_> {
    pub(crate) async fn cells(&self) -> Vec<Cell> {
        match self.feature {
            Feature::Author | Feature::Picture => self.who_speaks().await,
            Feature::Subject => self.subject().await,
            Feature::Text => self.text().await,
            Feature::Long => self.long().await,
            Feature::Reply => self.reply().await,
            Feature::Thread => self.thread().await,
            Feature::Edit => self.edit().await,
            Feature::Delete | Feature::Moderation => self.delete().await,
            Feature::Reaction => self.reaction().await,
            Feature::ReactionBack => self.reaction_taken_back().await,
            Feature::Image | Feature::File | Feature::Album => self.files().await,
            Feature::Mention | Feature::Ring => self.mention().await,
        }
    }

    /// Words that nobody else says: which platform, which feature, and what of it.
    fn words(&self, what: &str) -> String {
        format!("{}{:?}{what}", self.from.label(), self.feature)
    }

    async fn arrives(&self, words: &str) -> Result<Vec<Seen>, String> {
        let mut seen = Vec::new();
        for place in self.to {
            let copy = wait(|| place.find(words)).await;
            seen.push(copy.ok_or_else(|| format!("{words} never came to {}", place.label()))?);
        }
        Ok(seen)
    }

    /// Whatever happened before is through everywhere once this has come.
    async fn fence(&self) -> Result<(), String> {
        let fence = self.words("Fence");
        self.from.says(&fence, &[]);
        self.arrives(&fence).await.map(drop)
    }

    fn all(&self, cell: impl Fn(&dyn Place) -> Cell) -> Vec<Cell> {
        self.to.iter().map(|it| cell(*it)).collect()
    }

    async fn who_speaks(&self) -> Vec<Cell> {
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

    async fn subject(&self) -> Vec<Cell> {
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

    async fn text(&self) -> Vec<Cell> {
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

    async fn long(&self) -> Vec<Cell> {
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
                let found = parts.iter().flat_map(|it| it.text.split_whitespace());
                let found: Vec<&str> = found.filter(|it| all.iter().any(|all| all == it)).collect();
                (found == all).then_some(parts)
            });
            cells.push(match whole.await {
                None => Err("it is not whole, or not in order".to_owned()),
                Some(parts) if parts.iter().any(|it| it.length > self.most(*place)) => {
                    Err("a part is longer than it may be".to_owned())
                }
                Some(parts) if parts.len() == said => native(in_messages(said)),
                Some(parts) => fallback(format!("{} as {} parts", in_messages(said), parts.len())),
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

    async fn reply(&self) -> Vec<Cell> {
        let (question, answer) = (self.words("Question"), self.words("Answer"));
        self.from.says(&question, &[]);
        let questions = match self.arrives(&question).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        self.from.answers(&question, &answer);
        let answers = match self.arrives(&answer).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        let cell = |(question, answer): (&Seen, &Seen)| match answer.parent.as_ref() {
            Some(parent) if *parent == question.id && answer.thread.is_some() => {
                native("in its thread")
            }
            Some(parent) if *parent == question.id => native("points at it"),
            _ if answer.text.contains(&question.text) => fallback("quotes it"),
            _ => Err(format!("it answers nothing: {answer:?}")),
        };
        questions.iter().zip(&answers).map(cell).collect()
    }

    /// Begun here, answered by every other place and here again, so that three generations stand in one thread.
    async fn thread(&self) -> Vec<Cell> {
        let root = self.words("Root");
        self.from.says(&root, &[]);
        if let Err(why) = self.talk(&root).await {
            return self.all(|_| Err(why.clone()));
        }
        let cell = |place: &dyn Place| {
            let root_there = place.get(&root);
            let name = self.words("");
            let all = place
                .seen()
                .into_iter()
                .filter(|it| it.text.contains(&name));
            let all: Vec<Seen> = all.collect();
            let astray = all.iter().find(|it| it.root != root_there.root);
            let astray = astray.or_else(|| all.iter().find(|it| !self.hangs_right(it, place)));
            let thread = &root_there.thread;
            match astray {
                Some(astray) => Err(format!("{} stands elsewhere: {astray:?}", astray.text)),
                None if all.len() != 8 => Err(format!("{} of 8 messages: {all:?}", all.len())),
                None if thread.is_some() && all.iter().all(|it| it.thread == *thread) => {
                    native("8 messages in one")
                }
                None => fallback("8 messages in one chain of replies"),
            }
        };
        let own = cell(self.from);
        if let Err(why) = own {
            return self.all(|_| Err(format!("on {} itself: {why}", self.from.label())));
        }
        self.all(cell)
    }

    /// Below what it answers, or below the thread's root where either platform knows no more.
    fn hangs_right(&self, message: &Seen, place: &dyn Place) -> bool {
        let said = message
            .text
            .rsplit(&self.words(""))
            .next()
            .unwrap_or_default()
            .trim();
        let (author, above) = match said.split_at_checked(2) {
            Some(("By", label)) => (self.to.iter().find(|it| it.label() == label), "First"),
            Some(("To", label)) => (None, &*format!("By{label}")),
            _ if said == "First" => (None, "Root"),
            _ => return message.parent.is_none(),
        };
        let above = place.get(&self.words(above)).id;
        let author = author.map_or(self.from, |it| *it);
        let is_below = |id: &str| message.parent.as_deref() == Some(id);
        let is_vague = !author.points() || !place.points();
        is_below(&above) || (is_vague && is_below(&message.root))
    }

    async fn talk(&self, root: &str) -> Result<(), String> {
        self.arrives(root).await?;
        let first = self.words("First");
        self.from.answers_in_thread(root, &first);
        self.arrives(&first).await?;
        for place in self.to {
            let answer = self.words(&format!("By{}", place.label()));
            place.answers_in_thread(&first, &answer);
            self.comes_here(&answer).await?;
            self.arrives(&answer).await?;
            let last = self.words(&format!("To{}", place.label()));
            self.from.answers_in_thread(&answer, &last);
            self.arrives(&last).await?;
        }
        Ok(())
    }

    async fn comes_here(&self, words: &str) -> Result<(), String> {
        let here = wait(|| self.from.find(words)).await;
        let never = || format!("{words} never came to {}", self.from.label());
        here.map(drop).ok_or_else(never)
    }

    async fn edit(&self) -> Vec<Cell> {
        let words = self.words("Meet");
        self.from.says(&format!("{words} at sven on Friday"), &[]);
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        if let Err(why) = self
            .from
            .edits(&words, &format!("{words} at seven on Friday"))
        {
            return self.all(|_| none(why.0));
        }
        let mut cells = Vec::new();
        for (place, copy) in self.to.iter().zip(copies) {
            let seen = wait(|| {
                let seen = place.seen();
                let now = seen.iter().find(|it| it.id == copy.id)?;
                if now.text.contains("at seven on Friday") {
                    return Some(native(if now.edited {
                        "in place"
                    } else {
                        "in place, unmarked"
                    }));
                }
                let correction = |it: &&Seen| it.root == copy.root && it.text.contains("* seven");
                let correction = seen.iter().find(correction)?;
                Some(fallback(format!("said once more: {}", correction.text)))
            });
            cells.push(
                seen.await
                    .unwrap_or_else(|| Err("nobody heard of it".to_owned())),
            );
        }
        cells
    }

    async fn delete(&self) -> Vec<Cell> {
        let words = self.words("Wrong");
        self.from.says(&words, &[]);
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        let done = match self.feature {
            Feature::Delete => self.from.deletes(&words),
            _ => self.from.moderates(&words),
        };
        if let Err(why) = done {
            return self.all(|_| none(why.0));
        }
        if let Err(why) = self.fence().await {
            return self.all(|_| Err(why.clone()));
        }
        let stands = |it: (&&dyn Place, Seen)| match it.0.seen().iter().any(|now| now.id == it.1.id)
        {
            true => none("stays"),
            false => native("gone"),
        };
        self.to.iter().zip(copies).map(stands).collect()
    }

    async fn reaction(&self) -> Vec<Cell> {
        let words = self.words("Fine");
        self.from.says(&words, &[]);
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        if let Err(why) = self.from.reacts(&words) {
            return self.all(|_| none(why.0));
        }
        let mut cells = Vec::new();
        for (place, copy) in self.to.iter().zip(copies) {
            let seen = wait(|| {
                let seen = place.seen();
                if seen.iter().any(|it| it.id == copy.id && has_thumb(it)) {
                    return Some(native("👍"));
                }
                let told = seen
                    .iter()
                    .find(|it| it.id != copy.id && tells(it, &words))?;
                let line = told.text.lines().find(|it| it.contains(&words));
                Some(fallback(format!(
                    "in a digest: {}",
                    line.unwrap_or_default()
                )))
            });
            cells.push(
                seen.await
                    .unwrap_or_else(|| Err("nobody sees it".to_owned())),
            );
        }
        cells
    }

    /// Where reactions are told in digests, one that was taken back at once is not told.
    async fn reaction_taken_back(&self) -> Vec<Cell> {
        let (slow, hasty) = (self.words("Slow"), self.words("Hasty"));
        self.from.says(&slow, &[]);
        self.from.says(&hasty, &[]);
        let came = async {
            self.arrives(&hasty).await?;
            self.arrives(&slow).await
        };
        let copies = match came.await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        if let Err(why) = self.from.reacts(&hasty) {
            return self.all(|_| none(why.0));
        }
        self.from.takes_reaction_back(&hasty).unwrap();
        self.from.reacts(&slow).unwrap();
        let mut shown = Vec::new();
        for (place, copy) in self.to.iter().zip(&copies) {
            let there = || {
                place
                    .seen()
                    .iter()
                    .any(|it| it.id == copy.id && has_thumb(it))
            };
            let told = || {
                place
                    .seen()
                    .iter()
                    .any(|it| it.id != copy.id && tells(it, &slow))
            };
            shown.push(wait(|| (there() || told()).then(|| there())).await);
        }
        self.from.takes_reaction_back(&slow).unwrap();
        let mut cells = Vec::new();
        for ((place, copy), shown) in self.to.iter().zip(&copies).zip(shown) {
            let gone = || {
                !place
                    .seen()
                    .iter()
                    .any(|it| it.id == copy.id && has_thumb(it))
            };
            cells.push(match shown {
                None => Err("nobody saw it".to_owned()),
                Some(true) => {
                    let gone = wait(|| gone().then_some(())).await;
                    gone.map_or(Err("it stays".to_owned()), |()| native("gone"))
                }
                Some(false) if place.seen().iter().any(|it| tells(it, &hasty)) => {
                    Err("it is told all the same".to_owned())
                }
                Some(false) => fallback("not in the digest"),
            });
        }
        cells
    }

    async fn files(&self) -> Vec<Cell> {
        let words = self.words("See");
        let sent = match self.feature {
            Feature::Image => vec![files::photograph()],
            Feature::File => vec![files::plan()],
            _ => files::album(),
        };
        self.from.says(&words, &sent);
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        // Some places bring the files after the words.
        let mut cells = Vec::new();
        for (place, copy) in self.to.iter().zip(copies) {
            let whole = || {
                let now = place.seen().into_iter().find(|it| it.id == copy.id)?;
                (now.files.len() == sent.len()).then_some(now)
            };
            cells.push(match wait(whole).await {
                None => Err(format!("other files: {:?}", place.get(&words))),
                Some(now) => files::judge(self.feature, &sent, &now, &self.from.get(&words)),
            });
        }
        cells
    }

    async fn mention(&self) -> Vec<Cell> {
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

fn has_thumb(message: &Seen) -> bool {
    message.reactions.iter().any(|it| it == "👍")
}

fn tells(message: &Seen, words: &str) -> bool {
    message.text.contains('👍') && message.text.contains(words)
}

fn in_messages(number: usize) -> String {
    match number {
        1 => "1 message".to_owned(),
        several => format!("{several} messages"),
    }
}

async fn wait<T>(look: impl Fn() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if start.elapsed() > PATIENCE {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
