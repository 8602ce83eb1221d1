//! Does something about what was selected, and says how much that was.

use conversation::CommunityId;
use futures::future::BoxFuture;
use store::{Store, Tx};

use crate::cli::selection::SelectArgs;
use crate::community::open_with;
use crate::exit::{Exit, failure};
use crate::output;

/// How a command speaks of what it works on.
pub(super) struct Words {
    /// As in `1 delivery goes to work again`.
    pub(super) one: &'static str,
    /// As in `deliveries go to work again`.
    pub(super) many: &'static str,
    /// Where nothing is selected by all.
    pub(super) nothing: &'static str,
    /// Where nothing has such an id.
    pub(super) unknown: &'static str,
}

/// All of it or nothing: in one transaction, of the community that the configuration names. `act` says how many an id's
/// beginning meant.
pub(super) async fn each<F>(args: &SelectArgs, act: F, words: Words) -> anyhow::Result<()>
where
    F: for<'t> Fn(&'t mut Tx, CommunityId, String) -> BoxFuture<'t, store::Result<u64>>
        + Clone
        + Send
        + Sync
        + 'static,
{
    let (store, community) = open_with(args.store.load()?).await?;
    let prefixes = args.selection.prefixes();
    let done = store.write(move |tx| {
        let (prefixes, act, name) = (prefixes.clone(), act.clone(), community.clone());
        Box::pin(async move {
            let community = tx.communities().known(&name).await?;
            let mut n = 0;
            for id in prefixes {
                n += act(tx, community.clone(), id).await?;
            }
            Ok(n)
        })
    });
    match done.await? {
        0 if args.selection.all => nothing(&words, &store),
        0 => return Err(failure(Exit::Failed, words.unknown)),
        1 => output::say(&format!("1 {}.", words.one)),
        n => output::say(&format!("{n} {}.", words.many)),
    }
    Ok(())
}

pub(super) fn nothing(words: &Words, store: &Store) {
    output::say(&format!("{} in {}.", words.nothing, store.url()));
}
