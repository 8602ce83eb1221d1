//! The community itself, changeable while the bridge runs.

use store::{Result, Store};

/// The same community, with its rooms, its people and all that it said, under another name.
pub async fn rename(store: &Store, name: &str, to: &str) -> Result<()> {
    let names = (name.to_owned(), to.to_owned());
    store
        .write(move |tx| {
            let (name, to) = names.clone();
            Box::pin(async move { tx.communities().rename(&name, &to).await })
        })
        .await
}
