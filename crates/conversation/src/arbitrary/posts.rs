//! What a channel of a given limit is asked to post.

use std::collections::HashMap;

use crate::samples::{LABELS, author, chat};
use crate::{Content, Language, Mark, Markup, Rendering, ReplyShown, TextLimit, render};

/// Of a person whose accounts and pictures are known in the channel.
pub fn posts(markup: &Markup, limit: TextLimit) -> Vec<Markup> {
    let content = Content {
        text: markup.clone(),
        attachments: Vec::new(),
    };
    let mut to = chat();
    (to.text, to.caption) = (limit, limit);
    let spans = markup.flatten().spans.into_iter();
    let accounts = spans.filter_map(|span| match span.mark {
        Mark::Mention { account } => account,
        _ => None,
    });
    let rendering = Rendering {
        content: &content,
        author: &author("Ana"),
        called: "Ana",
        from: to.label,
        labels: &LABELS,
        reply: ReplyShown::Nothing,
        late: None,
        mentions: &accounts
            .map(|it| (it.clone(), it))
            .collect::<HashMap<_, _>>(),
        language: Language::ENGLISH,
    };
    let posts = render(&rendering, &to).into_iter();
    posts.map(|post| post.text).collect()
}
