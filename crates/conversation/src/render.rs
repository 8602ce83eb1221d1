//! How a message looks in a channel that is not its own: attribution, quotes, splitting.

use crate::{Author, Capabilities, Content};

/// What is needed to say a message somewhere else.
#[derive(Debug, Clone)]
pub struct Rendering<'a> {
    pub content: &'a Content,
    pub author: &'a Author,
    /// The label of the platform that the author wrote on, as in `Telegram`.
    pub from: &'a str,
    /// What the message answers, where it answers something.
    pub reply: ReplyShown<'a>,
    /// Said after the attribution where the message comes late, as in `sent 14:02`.
    pub late: Option<&'a str>,
}

#[derive(Debug, Clone, Copy)]
pub enum ReplyShown<'a> {
    /// It answers nothing.
    Nothing,
    /// The platform shows the reply itself: the parent stands in the channel.
    Natively,
    /// The parent is quoted by its author's name and its first line.
    InWords { author: &'a str, text: &'a str },
}

/// One `Content` for each post that it takes, none over the channel's limits, no word lost.
pub fn render(rendering: &Rendering<'_>, to: &Capabilities) -> Vec<Content> {
    let _ = (rendering, to);
    unimplemented!()
}
