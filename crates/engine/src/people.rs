//! Who is of staff, what everybody is told, in which language, and what they agree to, as the configuration says.

use conversation::{AccountRef, Language, Timestamp};
use store::{Result, Retention, Store};

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

/// With whoever chose no language.
pub async fn speak(
    store: &Store,
    community: &str,
    language: Language,
    now: Timestamp,
) -> Result<()> {
    let community = community.to_owned();
    store
        .write(move |tx| {
            let name = community.clone();
            Box::pin(async move {
                let mut communities = tx.communities();
                let community = communities.add(&name, now).await?;
                communities.speak(&community, language).await
            })
        })
        .await?;
    store.refresh_directory().await.map(|_| ())
}

/// Wherever a channel takes part, everybody there is told once, if that is wanted; other words to agree to are a new version.
pub async fn set_agreement(
    store: &Store,
    community: &str,
    (words, told): (&str, Option<Retention>),
    now: Timestamp,
) -> Result<()> {
    let case = (community.to_owned(), words.to_owned());
    store
        .write(move |tx| {
            let (community, words) = case.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.agreements(&community).put(&words, now).await?;
                tx.rooms(&community).announce_all(told).await?;
                tx.rooms(&community).announce_new(now).await.map(drop)
            })
        })
        .await
}
