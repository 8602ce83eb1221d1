//! Work that follows from other work in the same transaction: the first look at what was just left for a channel.
//!
//! **Invariant:** whoever follows is answered after the commit like anybody else, and asked for once: what is done again, for the sake
//! of a neighbour, is done again with it.

use std::collections::HashSet;

use conversation::ChannelId;

use super::{
    About,
    job::{Job, Writing, pending},
};
use crate::{Entry, Error, Foresight, Result, Tx};

/// As many as one transaction takes along: whoever waits for it is not to wait for a whole town.
const MOST: usize = 32;

/// Whoever goes on with what is left for a channel.
pub trait Follows: Send + Sync {
    /// None where somebody is at it, or cannot begin at once.
    fn follow(&self, channel: &ChannelId) -> Option<FollowUp>;
}

pub struct FollowUp {
    channel: ChannelId,
    job: Box<dyn Job>,
}

impl FollowUp {
    /// With its answer, which comes after the commit.
    pub fn new<T: Send + 'static>(
        entry: &Entry,
        work: Writing<T>,
    ) -> (FollowUp, impl Future<Output = Result<T>> + Send + use<T>) {
        let about = About {
            community: Some(entry.community.clone()),
            foresight: Foresight::of_queue(entry, None),
        };
        let (job, answered) = pending((work, about), None);
        let channel = entry.channel.id.clone();
        let answer = async move { answered.await.unwrap_or(Err(Error::Closed)) };
        (FollowUp { channel, job }, answer)
    }
}

/// The channels that were followed up.
pub(crate) type Followed = HashSet<ChannelId>;

/// What follows from all that the transaction left so far.
pub(super) fn follow_ups(
    tx: &mut Tx,
    follows: &dyn Follows,
    followed: &mut Followed,
) -> Vec<Box<dyn Job>> {
    let left_for = std::mem::take(&mut tx.left_for);
    let fresh = left_for.iter().filter(|it| !followed.contains(it));
    let follow_ups: Vec<_> = fresh
        .filter_map(|it| follows.follow(it))
        .take(MOST)
        .collect();
    followed.extend(follow_ups.iter().map(|it| it.channel.clone()));
    follow_ups.into_iter().map(|it| it.job).collect()
}
