//! The first owner of a community: whoever says the code that the terminal showed.
//!
//! **Invariant:** a community that has an owner gets no other by a code, and a code is good once.

use std::{sync::Arc, time::Duration};

use conversation::{
    Phrase, Timestamp,
    command::{Code, Office},
};
use store::{CodeKind, Refusal, Result, Store, fresh_secret};
use words::EFFECT_OWNER;

use super::{Doer, Done};

const GOOD_FOR: Duration = Duration::from_secs(1800);

/// To be shown at the terminal, and nowhere else. It is good for half an hour, instead of any before it.
pub async fn owner_code(store: &Store, community: &str, now: Timestamp) -> Result<String> {
    let case = Arc::new((community.to_owned(), fresh_secret()));
    let of = case.clone();
    let kept = store.write(move |tx| {
        let case = of.clone();
        Box::pin(async move {
            let (name, code) = &*case;
            let community = tx.communities().add(name, now).await?;
            let mut people = tx.people(&community);
            if people.is_owned().await? {
                return Err(Refusal::OwnedAlready.into());
            }
            let until = now.plus(GOOD_FOR);
            let code = (CodeKind::Owner, code.as_str());
            people.set_code(code, None, (until, now)).await
        })
    });
    kept.await?;
    Ok(case.1.clone())
}

impl Doer<'_> {
    pub(super) async fn own(&mut self, code: &Code) -> Result<Done> {
        let Some(by) = self.by else {
            return Err(Refusal::NoCode.into());
        };
        let mut people = self.tx.people(self.community);
        let code = (CodeKind::Owner, code.as_str());
        if people.use_code(code, self.now).await?.is_none() {
            return Err(Refusal::NoCode.into());
        }
        if people.is_owned().await? {
            return Err(Refusal::OwnedAlready.into());
        }
        let account = people.account_of(by).await?;
        people.grant(&account, Office::Owner, self.now).await?;
        Ok(Done::at_once(Phrase::of(EFFECT_OWNER)))
    }
}
