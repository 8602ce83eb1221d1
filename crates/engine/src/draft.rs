//! A message that takes several posts is put into them once, with the first: the others cost no more than
//! their own words, and no word moves from one post to the next meanwhile.

use conversation::{Content, DeliveryId};
use store::{Known, Work};

/// The message of one delivery, post by post.
#[derive(Debug)]
pub(crate) struct Draft {
    delivery: DeliveryId,
    pub(crate) revision: u32,
    pub(crate) posts: Vec<Content>,
    /// Why the channel takes none of the files that go without words.
    pub(crate) refused: Option<String>,
}

impl Draft {
    pub(crate) fn new(work: &Work, posts: Vec<Content>) -> Draft {
        Draft {
            delivery: work.delivery.clone(),
            revision: work.said.revision,
            posts,
            refused: None,
        }
    }

    /// What was begun is finished in the revision that it was begun in: the edit that came meanwhile is a
    /// delivery of its own, and changes all the posts.
    pub(crate) fn is_of(&self, work: &Work) -> bool {
        let is_begun = !work.sent.parts.is_empty();
        self.delivery == work.delivery && (is_begun || self.revision == work.said.revision)
    }

    /// Worth keeping, for there is more to send than one post.
    pub(crate) fn is_long(&self) -> bool {
        self.posts.len() > 1
    }

    pub(crate) fn known(&self) -> Known {
        Known {
            delivery: self.delivery.clone(),
            revision: self.revision,
        }
    }
}
