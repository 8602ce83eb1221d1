//! What work will want to know, asked for all that shares a transaction at once, as it begins.
//!
//! **Invariant:** an answer holds for as long as nothing in the transaction may have changed it. Rows that wait in `Together` are
//! noted here too; whatever else is written makes all of it forgotten. What was not foreseen is asked for when it is wanted,
//! by the same text.

use std::collections::BTreeSet;

use conversation::{ChannelRef, DeliveryId, Event, Inbound, RemoteId};

use crate::{
    Entry, Result, Store,
    accept::name_of,
    spoken::{Piece, Spoken},
    text,
};

mod known;
mod wanted;

pub(crate) use known::{Account, Foreseen};

/// A community, a channel and an id there.
pub(crate) type CopyAt = (String, String, String);
/// A community, a platform and the hash of an event's key.
pub(crate) type EventAt = (String, String, String);
/// A community, a platform, an account and what it is called.
pub(crate) type AccountAt = (String, String, String, String);
/// A platform and a channel's id there.
pub(crate) type Place = (String, String);
/// A community, a channel, and the delivery that has left its queue by then.
pub(crate) type QueueAt = (String, String, String);

/// What is to be known. Made by whoever hands work in, from what is known of it so far.
#[derive(Debug, Clone, Default)]
pub struct Foresight {
    events: BTreeSet<EventAt>,
    copies: BTreeSet<CopyAt>,
    accounts: BTreeSet<AccountAt>,
    places: BTreeSet<Place>,
    /// Of which it is to be known what goes next.
    queues: BTreeSet<QueueAt>,
}

/// All but what goes next.
pub(crate) const KNOWN: &str =
    "select 'event' as what, e.community_id as a, e.platform as b, e.key_hash as c, '' as d, e.fingerprint as t, '' as u, '' as v,
       '' as w, 0 as n, 0 as m
     from {rows} join event e on e.community_id = r.value ->> 0 and e.platform = r.value ->> 1 and e.key_hash = r.value ->> 2
     union all
     select 'copy', c.community_id, c.channel_id, c.remote_id, '', c.message_id, '', '', '', c.part, 0
     from {rows} join copy c on c.community_id = r.value ->> 0 and c.channel_id = r.value ->> 1 and c.remote_id = r.value ->> 2
     union all
     select distinct 'early', h.community_id, h.channel_id, h.remote_id, '', '', '', '', '', 0, 0
     from {rows} join early_change h on h.community_id = r.value ->> 0 and h.channel_id = r.value ->> 1 and h.remote_id = r.value ->> 2
     union all
     select 'account', i.community_id, i.platform, i.account, r.value ->> 3, i.id, i.name_id, i.picture, n.id,
       coalesce(n.namesake, 0),
       8 * (select count(*) from identity o
        join staff s on s.community_id = o.community_id and s.platform = o.platform and s.account = o.account
        where o.person_id = i.person_id and o.community_id = i.community_id)
       + 4 * (select count(*) from consent c where c.person_id = p.id and c.purpose = 'metrics' and c.is_given = 0
          and c.community_id = p.community_id)
       + case when p.nameless_since is null then 0 else 2 end + case when p.private_since is null then 0 else 1 end
     from {rows} join identity i on i.community_id = r.value ->> 0 and i.platform = r.value ->> 1 and i.account = r.value ->> 2
     join person p on p.community_id = i.community_id and p.id = i.person_id
     left join name n on n.community_id = i.community_id and n.identity_id = i.id
       and n.display_name = r.value ->> 3 and n.skeleton <> ''
     union all
     select 'place', h.platform, h.remote_id, h.community_id, '', '', '', '', '',
       coalesce((select p.revision from partition p where p.community_id = h.community_id and p.id = 0), 0), 0
     from {rows} join channel h on h.platform = r.value ->> 0 and h.remote_id = r.value ->> 1";

impl Store {
    /// Of an event, as far as is known before it is decided on.
    pub fn foresight(&self, event: &Inbound) -> Foresight {
        let mut foresight = Foresight::default();
        let places = [Some(&event.channel), event.within.as_ref()];
        foresight.places = places.into_iter().flatten().map(place).collect();
        let directory = self.directory();
        let Some(entry) = directory.find(&event.channel) else {
            return foresight;
        };
        let (community, platform) = (entry.community.0.clone(), event.channel.platform.0.clone());
        let account = text::key(event.actor.account.as_str());
        let hash = self.event_hash(&event.key);
        foresight.events = [(community.clone(), platform.clone(), hash)].into();
        foresight.accounts = [(community, platform, account, name_of(&event.actor))].into();
        if let Event::Posted(posted) = &event.event {
            let above = posted.reply_to.iter().chain(&posted.thread);
            let ids = posted.messages.iter().chain(above);
            foresight.copies = ids.map(|it| copy_at(entry, it)).collect();
        }
        foresight
    }
}

pub(crate) fn place(at: &ChannelRef) -> Place {
    (at.platform.0.clone(), text::key(&at.id.0))
}

pub(crate) fn copy_at(entry: &Entry, id: &RemoteId) -> CopyAt {
    let channel = entry.channel.id.0.clone();
    (entry.community.0.clone(), channel, text::key(&id.0))
}

impl Foresight {
    /// Of what goes to that channel next, once that delivery is over.
    pub fn of_queue(entry: &Entry, over: Option<&DeliveryId>) -> Foresight {
        let over = over.map(|it| it.0.clone()).unwrap_or_default();
        let at = (entry.community.0.clone(), entry.channel.id.0.clone(), over);
        Foresight {
            queues: [at].into(),
            ..Foresight::default()
        }
    }

    pub(crate) fn is_of_queue(&self) -> bool {
        !self.queues.is_empty()
    }

    pub(crate) fn add(&mut self, other: Foresight) {
        self.events.extend(other.events);
        self.copies.extend(other.copies);
        self.accounts.extend(other.accounts);
        self.places.extend(other.places);
        self.queues.extend(other.queues);
    }

    pub(crate) fn questions(&self) -> Result<Vec<Spoken>> {
        let copies = serde_json::to_string(&self.copies)?;
        let known = vec![
            serde_json::to_string(&self.events)?,
            copies.clone(),
            copies,
            serde_json::to_string(&self.accounts)?,
            serde_json::to_string(&self.places)?,
        ];
        let queues = vec![serde_json::to_string(&self.queues)?];
        let asks = |lists: &Vec<String>| lists.iter().any(|it| it != "[]");
        let mut questions = Vec::new();
        if asks(&known) {
            questions.push(Spoken::new(Piece::Known, known));
        }
        if asks(&queues) {
            questions.push(Spoken::new(Piece::Next, queues));
        }
        Ok(questions)
    }
}
