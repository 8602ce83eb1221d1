//! What may stand in a command while somebody writes it.
//!
//! **Invariant:** whoever may not give it is shown nothing of it, and nothing that anybody writes is counted or kept.

use conversation::{
    Asking, CommunityId,
    command::{Thing, fitting, topics},
};
use store::{Entry, PrivateChat, Result, Store, Tx};

use super::Asker;
use crate::accept::{Outlook, in_the_larger_place, meant};

/// What is shown to somebody.
pub(crate) struct Shown {
    community: CommunityId,
    /// Of which help would tell them.
    topics: Vec<String>,
}

/// `None` where they may not give it.
pub(crate) async fn shown(
    tx: &mut Tx,
    asking: &Asking,
    outlook: &Outlook,
) -> Result<Option<Shown>> {
    let event = &asking.event;
    let mut rooms = tx.directory();
    let directory = rooms
        .rooms_at(&event.channel, event.within.as_ref())
        .await?;
    let event = in_the_larger_place(event, &directory);
    let found = directory.find(&event.channel);
    let (entry, chats): (Entry, Vec<PrivateChat>) = match found.filter(|it| !it.channel.has_left())
    {
        Some(entry) => (entry.clone(), Vec::new()),
        None => {
            let chats = tx.private_chats().at(&event.channel).await?;
            match meant(&chats) {
                Some(chat) => (chat.entry.clone(), chats),
                None => return Ok(None),
            }
        }
    };
    let asker = Asker {
        event: &event,
        entry: &entry,
        // Only the account counts.
        identity: None,
        chats: &chats,
        adapters: &outlook.adapters,
        asked: &outlook.asked,
        house: &outlook.house,
        administers: outlook.administers(),
    };
    let standing = asker.standing(tx).await?;
    let shown = || Shown {
        community: entry.community.clone(),
        topics: topics(|it| standing.may(it)),
    };
    Ok(asker.may_be_shown(standing, asking.verb).then(shown))
}

/// All that fits what stands there.
pub(crate) async fn fitting_things(
    store: &Store,
    shown: Shown,
    asking: &Asking,
) -> Result<Vec<String>> {
    let Some(thing) = asking.verb.thing(asking.param) else {
        return Ok(Vec::new());
    };
    let community = &shown.community;
    let (before, typed) = asking.param.last_of(&asking.typed);
    let all = match thing {
        Thing::Topic => shown.topics,
        Thing::Room => store.names_of_rooms(community).await?,
        Thing::Channel => channels(store, community),
        Thing::Heard => heard(store).await?,
        Thing::Held => store.ids_of_held(community, typed).await?,
        Thing::Dead => store.ids_of_stopped(community, typed).await?,
    };
    let fitting = fitting(typed, all).into_iter();
    Ok(fitting.map(|it| format!("{before}{it}")).collect())
}

fn channels(store: &Store, community: &CommunityId) -> Vec<String> {
    let directory = store.directory();
    let theirs = directory
        .channels()
        .filter(|it| it.community == *community && directory.is_linked(&it.channel.at));
    theirs.map(|it| it.channel.at.to_string()).collect()
}

/// Whose place it is, nobody knows before it is linked.
async fn heard(store: &Store) -> Result<Vec<String>> {
    let heard = match store.communities().await?.len() {
        0 | 1 => store.heard_channels().await?,
        _ => Vec::new(),
    };
    Ok(heard.into_iter().map(|it| it.channel).collect())
}
