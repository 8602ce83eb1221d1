//! Who speaks, as people see it; and what is known of persons, changeable while the bridge runs.

use conversation::{
    AccountRef, Author, AuthorKind, BRIDGE_NAME, Bearer, CommunityId, Timestamp, with_platform,
};
use store::{Mentions, Result, Speaker, Store, Work};

use crate::Engine;

/// How somebody is named in another place.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// `Ana 2`.
    pub(crate) called: String,
    /// The label of their platform, empty where it is unknown or where it is the bridge itself.
    pub(crate) label: &'static str,
}

impl Named {
    /// `Ana 2 (Telegram)`.
    pub(crate) fn shown(&self) -> String {
        with_platform(&self.called, self.label)
    }
}

impl Engine {
    pub(crate) fn named(&self, community: &str, speaker: &Speaker) -> Named {
        let Some(home) = &speaker.home else {
            return Named {
                called: BRIDGE_NAME.to_owned(),
                label: "",
            };
        };
        let community = CommunityId::from(community);
        let directory = self.store.directory();
        let bearer = Bearer {
            name: &speaker.name,
            namesake: speaker.namesake,
            tag: directory.tag(&community, &speaker.name, &speaker.person),
        };
        Named {
            called: bearer.called(),
            label: self.capabilities(home).map_or("", |it| it.label),
        }
    }
}

/// The author as adapters may show them: their name is clean, whichever they take.
pub(crate) fn author(work: &Work, named: &Named) -> Author {
    match work.said.author.kind {
        AuthorKind::Ourselves => work.said.author.clone(),
        AuthorKind::Person | AuthorKind::Bot => Author {
            display_name: named.called.clone(),
            ..work.said.author.clone()
        },
    }
}

/// Makes these the accounts of the community's staff: nobody else goes by their names.
pub async fn set_staff(
    store: &Store,
    community: &str,
    accounts: &[AccountRef],
    now: Timestamp,
) -> Result<()> {
    let case = (community.to_owned(), accounts.to_vec());
    store
        .write(move |tx| {
            let (community, accounts) = case.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.people(&community).set_staff(&accounts).await
            })
        })
        .await?;
    store.refresh_directory().await.map(|_| ())
}

/// From now on both accounts are one person. False if they were already.
pub async fn join(
    store: &Store,
    community: &str,
    (first, second): (&AccountRef, &AccountRef),
    now: Timestamp,
) -> Result<bool> {
    let case = (community.to_owned(), first.clone(), second.clone());
    let joined = store
        .write(move |tx| {
            let (community, first, second) = case.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.people(&community).join(&first, &second, now).await
            })
        })
        .await?;
    store.refresh_directory().await?;
    Ok(joined)
}

/// How the person of that account wants to be mentioned on their other platforms.
pub async fn set_mentions(
    store: &Store,
    community: &str,
    (account, mentions): (&AccountRef, Mentions),
    now: Timestamp,
) -> Result<()> {
    let case = (community.to_owned(), account.clone());
    store
        .write(move |tx| {
            let (community, account) = case.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.people(&community).set_mentions(&account, mentions).await
            })
        })
        .await
}
