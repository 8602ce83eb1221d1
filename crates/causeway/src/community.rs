//! Whose store it is. **Invariant:** a name that the store does not know makes no second community beside the one that
//! is there: whoever changed `community.name` is asked which of the two they meant.

use engine::system_now;
use store::{At, Role, Store};

use crate::settings::{Problem, Settings, SettingsError};

/// For commands beside a bridge.
pub(crate) async fn open_store(at: At<'_>) -> anyhow::Result<Store> {
    Ok(Store::open(at, Role::Visitor, system_now()).await?)
}

/// The store, and the name of its community that the configuration means.
pub(crate) async fn open_with(settings: Settings) -> anyhow::Result<(Store, String)> {
    let store = open_store(settings.store.at()).await?;
    expect(&store, &settings).await?;
    Ok((store, settings.community.name))
}

/// Refuses another name than the store's own, unless nobody has used the store yet.
pub(crate) async fn expect(store: &Store, settings: &Settings) -> anyhow::Result<()> {
    match stranger(store, settings).await? {
        None => Ok(()),
        Some(problem) => Err(SettingsError(vec![problem]).into()),
    }
}

/// Where `community.name` is not the store's own.
pub(crate) async fn stranger(
    store: &Store,
    settings: &Settings,
) -> anyhow::Result<Option<Problem>> {
    let (names, name) = (store.communities().await?, &settings.community.name);
    if names.is_empty() || names.contains(name) {
        return Ok(None);
    }
    let why = format!(
        "it is {name:?}, but the store belongs to {:?}",
        names.join(", ")
    );
    let cure = format!(
        "set the name back, or name the right configuration with --config. If it is the same community under a new name: \
         causeway community rename {:?} {name:?} --config FILE. Another community needs a store of its own",
        names[0]
    );
    Ok(Some(settings.places.problem("community.name", why, cure)))
}
