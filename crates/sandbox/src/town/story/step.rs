//! What one person does in the story.

/// One thing that somebody does.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub(super) deed: Deed,
    /// Words by which the step is recognised where it arrives; none where it does not have to arrive.
    pub(super) arrives: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Say {
        who: &'static str,
        /// Words of the message that is answered.
        to: Option<&'static str>,
        text: &'static str,
    },
    /// A message that is answered gets a thread, where it is in none.
    SayOnDiscord {
        who: &'static str,
        to: Option<&'static str>,
        text: &'static str,
    },
    /// Answers are given in the thread.
    SayOnSlack {
        who: &'static str,
        to: Option<&'static str>,
        text: &'static str,
    },
    Show {
        who: &'static str,
        text: &'static str,
    },
    React {
        who: &'static str,
        to: &'static str,
        emoji: &'static str,
    },
    ReactOnDiscord {
        who: &'static str,
        to: &'static str,
        emoji: &'static str,
    },
    Edit {
        who: &'static str,
        of: &'static str,
        text: &'static str,
    },
    Write {
        who: &'static str,
        subject: &'static str,
        text: &'static str,
    },
    Answer {
        who: &'static str,
        /// Words of the mail that is answered.
        to: &'static str,
        text: &'static str,
    },
}
