//! What goes to a channel next, with what it says: of one channel, or of all whose lanes ask at once.

use std::sync::Arc;

use conversation::DeliveryId;
use sqlx::{Row, any::AnyRow};

use crate::{migrations::Engine, spoken::ROWS};

/// So many of each channel are looked at ahead.
const AHEAD: usize = 1;

/// The first open deliveries of a channel.
#[derive(Default)]
pub(crate) struct Queue {
    first: Vec<Arc<AnyRow>>,
    /// There may be others behind them.
    may_go_on: bool,
}

impl Queue {
    pub(crate) fn push(&mut self, row: AnyRow) {
        self.first.push(Arc::new(row));
        self.may_go_on = self.first.len() >= AHEAD;
    }

    pub(crate) fn leaves(&mut self, delivery: &DeliveryId) {
        self.first
            .retain(|it| it.get::<&str, _>("id") != delivery.as_str());
    }

    /// None where that is not known.
    pub(crate) fn behind(&self, seq: i64) -> Option<Option<Arc<AnyRow>>> {
        let next = self.first.iter().find(|it| it.get::<i64, _>("seq") > seq);
        match next {
            None if self.may_go_on => None,
            next => Some(next.cloned()),
        }
    }
}

const OF_DELIVERY: &str = "d.id, d.seq, d.message_id, d.operation, d.state, d.reason, d.attempts, d.remote_ids, d.progress, d.files,
   d.revision as parts_revision, d.handed_to, d.most_parts, d.part_files, d.created_at, d.next_attempt_at, d.community_id";

/// A delivery with what it says. Of a message that the caller knows in that revision the content is left out.
pub(super) fn said(which: &str) -> String {
    let next = format!(
        "select {OF_DELIVERY} from delivery d where community_id = $1 and {which} order by seq limit 1"
    );
    let content = "case when n.id = $3 and m.revision = $4 then null else b.content end";
    with_what_is_said(&next, (content, "limit 1"))
}

/// The first of each channel that is asked for.
pub(crate) fn next(engine: Engine) -> String {
    let queue = format!(
        "from delivery q where q.community_id = r.value ->> 0 and q.channel_id = r.value ->> 1
           and q.state in ('to_do', 'sending', 'uncertain') and q.waits_for is null and q.id <> r.value ->> 2
         order by q.seq limit {AHEAD}"
    );
    let first = match engine {
        Engine::Sqlite => format!(
            "join delivery d on d.community_id = r.value ->> 0 and d.id in (select q.id {queue})"
        ),
        Engine::Postgres => format!("cross join lateral (select q.* {queue}) d"),
    };
    let next = format!(
        "select 'next' as what, d.channel_id as of_queue, {OF_DELIVERY} from {ROWS} {first} order by d.seq"
    );
    with_what_is_said(&next, ("b.content", ""))
}

/// Step by step, each of which one index serves: a Postgres that knows little of its tables yet would else begin with
/// all messages as soon as with the one delivery.
fn with_what_is_said(next: &str, (content, limit): (&str, &str)) -> String {
    format!(
        "with next as materialized ({next}),
         said as materialized (
           select n.*, m.thread_id, m.reply_to, m.own_subject, m.said_at, m.revised_at, m.revision, m.deleted_at,
             m.identity_id, m.name_id, m.channel_id, b.files as n_files, {content} as content,
             (select s.subject from body s where s.community_id = m.community_id and s.message_id = m.thread_id
              order by s.revision desc limit 1) as subject
           from next n left join message m on m.community_id = n.community_id and m.id = n.message_id
           left join body b on b.community_id = m.community_id and b.message_id = m.id and b.revision = m.revision
           {limit}
         ),
         by_whom as materialized (
           select s.*, i.account, i.platform as speaks_on, i.person_id, i.picture
           from said s left join identity i on i.community_id = s.community_id and i.id = s.identity_id {limit}
         ),
         called as materialized (
           select w.*, n.display_name, n.namesake
           from by_whom w left join name n on n.community_id = w.community_id and n.id = w.name_id {limit}
         )
         select w.*, h.platform, h.remote_id, h.id as home_id
         from called w left join channel h on h.community_id = w.community_id and h.id = w.channel_id and w.account is not null
           and w.display_name is not null
         order by w.seq"
    )
}
