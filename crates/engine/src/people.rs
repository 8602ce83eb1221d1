//! What is known of persons, changeable while the bridge runs.

use conversation::{AccountRef, Timestamp};
use store::{Mentions, Result, Store};

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
