//! What becomes of a message after it was said: edits, deletes and reactions.

use super::{Cell, Feature, Trial, fallback, native, none, wait};
use crate::pairs::seen::{Place, Seen};

impl Trial<'_> {
    pub(super) async fn edit(&self) -> Vec<Cell> {
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

    pub(super) async fn delete(&self) -> Vec<Cell> {
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

    pub(super) async fn reaction(&self) -> Vec<Cell> {
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
                let line = line.unwrap_or_default();
                // Since when, where it tells of nothing else, depends on what came beside it.
                let line = line.find('👍').map_or(line, |at| &line[at..]);
                Some(fallback(format!("in a digest: {line}")))
            });
            cells.push(
                seen.await
                    .unwrap_or_else(|| Err("nobody sees it".to_owned())),
            );
        }
        cells
    }

    /// Where reactions are told in digests, one that was taken back at once is not told. Digests wait for nothing here, so that
    /// one may come about between the two: then it is tried again.
    pub(super) async fn reaction_taken_back(&self) -> Vec<Cell> {
        let mut cells = self.taken_back_at_once(0).await;
        for attempt in 1..5 {
            if !cells
                .iter()
                .any(|it| it.as_ref().is_err_and(|why| why == TOLD))
            {
                break;
            }
            cells = self.taken_back_at_once(attempt).await;
        }
        cells
    }

    async fn taken_back_at_once(&self, attempt: u32) -> Vec<Cell> {
        let slow = self.words(&format!("Slow{attempt}"));
        let hasty = self.words(&format!("Hasty{attempt}"));
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
            shown.push(wait(|| (there() || told()).then(&there)).await);
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
                    Err(TOLD.to_owned())
                }
                Some(false) => fallback("not in the digest"),
            });
        }
        cells
    }
}

const TOLD: &str = "it is told all the same";

fn has_thumb(message: &Seen) -> bool {
    message.reactions.iter().any(|it| it == "👍")
}

fn tells(message: &Seen, words: &str) -> bool {
    message.text.contains('👍') && message.text.contains(words)
}
