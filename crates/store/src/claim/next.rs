//! What goes to a channel next, with what it says: of one channel, or of all whose lanes ask at once.

use std::sync::Arc;

use conversation::DeliveryId;
use sqlx::{Row, any::AnyRow};

use crate::{body::LONG, migrations::Engine, spoken::ROWS};

/// The first open delivery of a channel; there may be others behind it.
#[derive(Default)]
pub(crate) struct Queue(Option<Arc<AnyRow>>);

impl Queue {
    pub(crate) fn of(first: AnyRow) -> Queue {
        Queue(Some(Arc::new(first)))
    }

    /// Whether it stays true once that delivery is over.
    pub(crate) fn is_without(&self, delivery: &DeliveryId) -> bool {
        let first = self.0.as_ref().map(|it| it.get::<&str, _>("id"));
        first != Some(delivery.as_str())
    }

    /// None where that is not known.
    pub(crate) fn behind(&self, seq: i64) -> Option<Option<Arc<AnyRow>>> {
        match &self.0 {
            Some(first) if first.get::<i64, _>("seq") <= seq => None,
            first => Some(first.clone()),
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
    let content = "case when n.id = $3 and m.revision = $4 then null else b.content end as content";
    with_what_is_said(&next, (content, "limit 1"))
}

const OF_QUEUE: &str = "from delivery q where q.community_id = r.value ->> 0 and q.channel_id = r.value ->> 1
   and q.state in ('to_do', 'sending', 'uncertain') and q.waits_for is null and q.id <> r.value ->> 2
 order by q.seq limit 1";

/// The first of each channel that is asked for; of what is long its content is left out, for many may be.
pub(crate) fn next(engine: Engine) -> String {
    let first = match engine {
        Engine::Sqlite => format!(
            "join delivery d on d.community_id = r.value ->> 0 and d.id in (select q.id {OF_QUEUE})"
        ),
        Engine::Postgres => format!("cross join lateral (select q.* {OF_QUEUE}) d"),
    };
    let next = format!(
        "select 'next' as what, d.channel_id as of_queue, {OF_DELIVERY} from {ROWS} {first}"
    );
    let content = format!(
        "case when octet_length(b.content) > {LONG} then null else b.content end as content,
             case when octet_length(b.content) > {LONG} then 1 else 0 end as is_long"
    );
    with_what_is_said(&next, (&content, ""))
}

/// Step by step, each of which one index serves: a Postgres that knows little of its tables yet would else begin with
/// all messages as soon as with the one delivery.
fn with_what_is_said(next: &str, (content, limit): (&str, &str)) -> String {
    format!(
        "with next as materialized ({next}),
         said as materialized (
           select n.*, m.thread_id, m.reply_to, m.own_subject, m.said_at, m.revised_at, m.revision, m.deleted_at,
             m.identity_id, m.name_id, m.channel_id, b.files as n_files, {content},
             (select s.subject from body s
              join message t on t.community_id = s.community_id and t.id = s.message_id and t.stays is null
              where s.community_id = m.community_id and s.message_id = m.thread_id
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
           and w.display_name is not null"
    )
}
