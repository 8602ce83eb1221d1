//! Handing work to the writer.

use conversation::CommunityId;

use crate::{
    Foresight, Result, Store, Tx,
    writer::{About, InLine, Place, Writing},
};

impl Store {
    /// Runs `work` in a transaction that other callers' work may share. `Ok` means committed and
    /// synced. `work` may run twice, if a neighbour in the same transaction failed.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> futures::future::BoxFuture<'t, Result<T>> + Send + 'static,
    {
        self.hand_in(Box::new(work), About::default()).await
    }

    /// As `write`, for work on one community's rows, which shares its transaction with no other's on a server.
    pub async fn write_in<T, F>(&self, community: &CommunityId, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> futures::future::BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let nothing = Foresight::default();
        self.write_foreseeing((community, nothing), work).await
    }

    /// As `write_in`, for work of which it is known what it will want to know.
    pub async fn write_foreseeing<T, F>(
        &self,
        (community, foresight): (&CommunityId, Foresight),
        work: F,
    ) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> futures::future::BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let about = About {
            community: Some(community.clone()),
            foresight,
        };
        self.hand_in(Box::new(work), about).await
    }

    async fn hand_in<T: Send + 'static>(&self, work: Writing<T>, about: About) -> Result<T> {
        self.refuse_if_lost()?;
        let done = self.writer.write(work, about).await;
        self.noted_of(done)
    }

    /// At the end of a line, for work that may come later. To be taken before anything is waited for.
    pub fn place_in(&self, line: &str) -> Place {
        self.writer.place_in(line)
    }

    /// As `write`, for work that stands in lines: if one fails for now, those behind it that took their places meanwhile
    /// fail too, so that none overtakes it. The answers come in the same order.
    pub async fn write_in_lines<T: Send + 'static>(&self, works: Vec<InLine<T>>) -> Vec<Result<T>> {
        if let Err(error) = self.refuse_if_lost() {
            return works.iter().map(|_| Err(error.shared())).collect();
        }
        let outcomes = self.writer.write_in_lines(works).await.into_iter();
        outcomes.map(|it| self.noted_of(it)).collect()
    }
}
