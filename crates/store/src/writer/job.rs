//! A piece of work: what is done, whose it is, where it stands, and who waits for it.

use std::collections::HashSet;

use conversation::{ChannelId, CommunityId};
use futures::future::BoxFuture;
use tokio::sync::oneshot;

use super::{follow::Followed, lines::Place};
use crate::{Error, Foresight, Result, Tx};

/// What is done within a transaction; twice, if a neighbour in it failed.
pub type Writing<T> = Box<dyn for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send>;

pub type Then<T> = Box<dyn FnOnce(&T, &HashSet<ChannelId>) + Send>;

pub type Instead<T> = Box<dyn FnOnce(&Error) -> Writing<T> + Send>;

/// What is known of work before it is done.
#[derive(Default)]
pub(crate) struct About {
    /// Whose it is, where it is said whose.
    pub(crate) community: Option<CommunityId>,
    pub(crate) foresight: Foresight,
}

/// Work that stands in a line, as the events of one channel do.
pub struct InLine<T> {
    pub place: Place,
    /// Whose it is, as far as is known; `INSTALLATION` of what is no community's.
    pub community: CommunityId,
    pub foresight: Foresight,
    pub work: Writing<T>,
    /// Where the work can never be done: what is done in its place, so that nobody waits behind it for ever.
    pub instead: Instead<T>,
    /// Called after the commit, even if the caller has gone; with the channels that were gone on with in the same transaction.
    pub then: Then<T>,
}

pub(super) trait Job: Send {
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<()>>;
    fn place(&self) -> Option<&Place>;
    fn community(&self) -> Option<&CommunityId>;
    fn foresight(&self) -> &Foresight;
    /// Of a lane: it ends an attempt, begins one, or both.
    fn is_turn(&self) -> bool {
        self.foresight().is_of_queue()
    }
    /// True if something else is to be done in its place.
    fn gives_way(&mut self, error: &Error) -> bool;
    fn answer(self: Box<Self>, outcome: Result<&Followed>);
}

struct Pending<T> {
    work: Writing<T>,
    about: About,
    result: Option<T>,
    stands: Option<Stands<T>>,
    answer: oneshot::Sender<Result<T>>,
}

/// What work in a line has beside itself.
pub(super) struct Stands<T> {
    pub(super) place: Place,
    pub(super) instead: Option<Instead<T>>,
    pub(super) then: Then<T>,
}

impl<T: Send + 'static> Job for Pending<T> {
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<()>> {
        let work = (self.work)(tx);
        let result = &mut self.result;
        Box::pin(async move {
            *result = Some(work.await?);
            Ok(())
        })
    }

    fn place(&self) -> Option<&Place> {
        self.stands.as_ref().map(|it| &it.place)
    }

    fn community(&self) -> Option<&CommunityId> {
        self.about.community.as_ref()
    }

    fn foresight(&self) -> &Foresight {
        &self.about.foresight
    }

    fn gives_way(&mut self, error: &Error) -> bool {
        let instead = self.stands.as_mut().and_then(|it| it.instead.take());
        match instead {
            Some(instead) if error.is_permanent() => {
                self.work = instead(error);
                true
            }
            _ => false,
        }
    }

    fn answer(self: Box<Self>, outcome: Result<&Followed>) {
        let answer = match (outcome, self.result) {
            (Ok(followed), Some(result)) => {
                if let Some(stands) = self.stands {
                    (stands.then)(&result, followed);
                }
                Ok(result)
            }
            (Ok(_), None) => Err(Error::Closed),
            (Err(error), _) => Err(error),
        };
        // A caller that no longer waits has nothing to lose: the work is committed or it is not.
        let _ = self.answer.send(answer);
    }
}

pub(super) type Answered<T> = oneshot::Receiver<Result<T>>;

pub(super) fn pending<T: Send + 'static>(
    (work, about): (Writing<T>, About),
    stands: Option<Stands<T>>,
) -> (Box<dyn Job>, Answered<T>) {
    let (answer, answered) = oneshot::channel();
    let pending = Pending {
        work,
        about,
        result: None,
        stands,
        answer,
    };
    (Box::new(pending), answered)
}
