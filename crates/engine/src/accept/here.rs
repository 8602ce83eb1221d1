//! The one thing that is heard in a channel of no room: that whoever administers it lets it take part in one.
//!
//! **Invariant:** nothing else of such a channel is heard, and of whoever may not say it nothing is kept.

use conversation::{
    AccountRef, CommunityId, Event, Inbound, Timestamp, Verdict,
    command::{Command, Link},
};
use store::{Result, Tx};

use super::{accepted::Accepted, outlook::Outlook, unkept};
use crate::requests::{Stray, links_itself};

/// `None` where nothing of that kind was said, or nobody knows which of several communities is meant.
pub(super) async fn take_in(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Option<Accepted>> {
    let Some(link) = said(event).filter(|_| event.is_of_a_person()) else {
        return Ok(None);
    };
    let Some(community) = tx.communities().only().await? else {
        return Ok(None);
    };
    if let Some(stray) = refused(tx, (event, &link), &community, outlook).await? {
        let mut accepted = unkept::counted(tx, event, outlook, now).await?;
        accepted.stray = accepted.stray.map(|_| stray);
        return Ok(Some(accepted));
    }
    let mut accepted = Accepted::dropped("repeat");
    let of = (&event.channel.platform, &event.key);
    if tx.events().first_stopped(of, "take", now).await? {
        let told = links_itself(tx, (event, link), (&community, outlook), now).await?;
        accepted.verdict = Verdict::Take;
        accepted.is_unanswered = !told.by_way_back;
        accepted.recorded.woken = told.woken;
    }
    Ok(Some(accepted))
}

fn said(event: &Inbound) -> Option<Link> {
    let Event::Commanded { text, .. } = &event.event else {
        return None;
    };
    match Command::read(text) {
        Ok(Command::Link(link @ Link::Here { .. })) => Some(link.said_in(&event.channel)),
        _ => None,
    }
}

async fn refused(
    tx: &mut Tx,
    (event, link): (&Inbound, &Link),
    community: &CommunityId,
    outlook: &Outlook,
) -> Result<Option<Stray>> {
    let account = AccountRef {
        platform: event.channel.platform.clone(),
        account: event.actor.account.clone(),
    };
    let here = Some(&event.channel);
    let is_staff = tx.people(community).offices(&account).await?.is_of_staff();
    let may = is_staff || outlook.administers().as_ref() == here;
    if !may || link.administered() != here {
        return Ok(Some(Stray::NotTheirs));
    }
    // Anybody administers a group of their own, and is not to read a community's rooms by that.
    if !is_staff && !tx.people(community).is_known(&account).await? {
        return Ok(Some(Stray::NotKnown));
    }
    Ok(match link {
        Link::Here { room, .. } if !tx.rooms(community).has(room.as_str()).await? => {
            Some(Stray::NoSuchRoom)
        }
        _ => None,
    })
}
