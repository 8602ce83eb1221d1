//! Who is of staff, and in which language the bridge speaks, as the configuration says.

use conversation::{AccountRef, Language, Timestamp};
use store::{Result, Store};

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
