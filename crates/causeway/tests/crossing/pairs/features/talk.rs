//! What answers what: in a reply, and over three generations in a thread.

use super::{Cell, Trial, fallback, native, wait};
use crate::pairs::seen::{Place, Seen};

impl Trial<'_> {
    pub(super) async fn reply(&self) -> Vec<Cell> {
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
    pub(super) async fn thread(&self) -> Vec<Cell> {
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
            // The writer of a mail has it at once, and the other members a little later.
            self.comes_here(&last).await?;
        }
        Ok(())
    }

    async fn comes_here(&self, words: &str) -> Result<(), String> {
        let here = wait(|| self.from.find(words)).await;
        let never = || format!("{words} never came to {}", self.from.label());
        here.map(drop).ok_or_else(never)
    }
}
