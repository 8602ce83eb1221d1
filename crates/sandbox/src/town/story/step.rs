//! What one person does in the story.

/// One thing that somebody does.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub(super) who: &'static str,
    pub(super) deed: Deed,
    pub(super) text: &'static str,
    /// Words of the message or mail that is answered, changed or reacted to.
    pub(super) to: Option<&'static str>,
    /// Words by which the step is recognised where it arrives; none where it does not have to arrive.
    pub(super) arrives: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Say,
    /// A message that is answered gets a thread, where it is in none.
    SayOnDiscord,
    /// Answers are given in the thread.
    SayOnSlack,
    /// The room, in a picture.
    Show,
    /// The text is the emoji.
    React,
    ReactOnDiscord,
    Edit,
    /// A mail, about this.
    Write(&'static str),
    Answer,
}

impl Step {
    pub(super) fn of(who: &'static str, deed: Deed, text: &'static str) -> Step {
        Step {
            who,
            deed,
            text,
            to: None,
            arrives: None,
        }
    }

    pub(super) fn to(self, words: &'static str) -> Step {
        let to = Some(words);
        Step { to, ..self }
    }

    pub(super) fn arrives(self, words: &'static str) -> Step {
        let arrives = Some(words);
        Step { arrives, ..self }
    }
}
