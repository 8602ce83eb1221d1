//! What is written together, as both engines read it: `{rows}` stands for the rows of that kind.

/// In the order in which they are written: what others refer to comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Event,
    Message,
    Body,
    Copy,
    /// Nobody else takes them before this transaction is over, on whatever node.
    Places,
    Delivery,
    Engagement,
    Quoted,
    Button,
    /// What became of an attempt.
    Finished,
    /// That an attempt begins.
    Begun,
}

impl Kind {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Kind::Event => {
                "insert into event (community_id, platform, key_hash, verdict, taken_at, fingerprint)
                 select r.value ->> 0, r.value ->> 1, r.value ->> 2, 'take', cast(r.value ->> 3 as bigint), r.value ->> 4
                 from {rows}"
            }
            Kind::Message => {
                "insert into message (community_id, id, room_id, channel_id, identity_id, name_id, thread_id, reply_to, own_subject,
                   said_at, taken_at, revision, revised_at, stays, erased_at)
                 select r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, r.value ->> 5, r.value ->> 6,
                   r.value ->> 7, cast(r.value ->> 8 as bigint), cast(r.value ->> 9 as bigint), cast(r.value ->> 10 as bigint),
                   0, cast(r.value ->> 9 as bigint), r.value ->> 11, cast(r.value ->> 12 as bigint)
                 from {rows}"
            }
            Kind::Body => {
                "insert into body (community_id, message_id, revision, author_id, subject, content, files, at)
                 select r.value ->> 0, r.value ->> 1, cast(r.value ->> 2 as bigint), r.value ->> 3, r.value ->> 4, r.value ->> 5,
                   cast(r.value ->> 6 as bigint), cast(r.value ->> 7 as bigint)
                 from {rows}"
            }
            // A platform's id that stands there already stays as it is, unless it was only known as a thread's name.
            Kind::Copy => {
                "insert into copy (community_id, channel_id, remote_id, message_id, part)
                 select r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, cast(r.value ->> 4 as bigint)
                 from {rows} where true
                 on conflict (community_id, channel_id, remote_id) do update
                   set message_id = excluded.message_id, part = excluded.part where copy.part < 0"
            }
            Kind::Places => {
                "update partition set next_seq = next_seq + cast(r.value ->> 1 as bigint)
                 from {rows} where partition.community_id = r.value ->> 0 and partition.id = 0"
            }
            Kind::Delivery => {
                "insert into delivery (community_id, id, message_id, channel_id, operation, state, waits_for, reason, created_at, files,
                   seq, attempts, epoch, remote_ids, revision, next_attempt_at)
                 select r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, r.value ->> 5, r.value ->> 6,
                   r.value ->> 7, cast(r.value ->> 8 as bigint), r.value ->> 9,
                   (select t.next_seq from {taken} t where t.community_id = r.value ->> 0 and t.id = 0) - cast(r.value ->> 10 as bigint),
                   0, 0, '[]', 0, 0
                 from {rows}"
            }
            Kind::Engagement => {
                "insert into engagement (community_id, id, at, kind, platform, actor_key, actor_kind, room_id, channel_id,
                   message_id, thread_id, answers_message, answers_key, is_question, length, key_no)
                 select r.value ->> 0, r.value ->> 1, cast(r.value ->> 2 as bigint), r.value ->> 3, r.value ->> 4, r.value ->> 5,
                   r.value ->> 6, r.value ->> 7, r.value ->> 8, r.value ->> 9, r.value ->> 10, r.value ->> 11, r.value ->> 12,
                   cast(r.value ->> 13 as bigint), cast(r.value ->> 14 as bigint), cast(r.value ->> 15 as bigint)
                 from {rows}"
            }
            Kind::Quoted => {
                "insert into quoted (community_id, of_message, by_message)
                 select r.value ->> 0, r.value ->> 1, r.value ->> 2 from {rows}"
            }
            Kind::Button => {
                "insert into button (community_id, id, message_id, number, label, act, for_identity, until)
                 select r.value ->> 0, r.value ->> 1, r.value ->> 2, cast(r.value ->> 3 as bigint), r.value ->> 4, r.value ->> 5,
                   r.value ->> 6, cast(r.value ->> 7 as bigint)
                 from {rows}"
            }
            // The part that comes after one that arrived is work of its own (`anew`): nothing of it was tried or done.
            Kind::Finished => {
                "update delivery set state = f.state, reason = f.reason, remote_ids = f.remote_ids,
                   revision = coalesce(f.revision, delivery.revision), sent_at = f.sent_at, next_attempt_at = f.next_attempt_at,
                   attempts = case f.counts when 'anew' then 0 when 'first' then 1 when 'uncounted' then attempts - 1
                     else attempts end,
                   progress = case f.counts when 'anew' then null else coalesce(f.progress, delivery.progress) end,
                   handed_through = case f.counts when 'anew' then 0 else handed_through end,
                   part_files = coalesce(f.part_files, delivery.part_files),
                   waits_for = case when f.state in ('to_do', 'uncertain') then delivery.waits_for else f.waits_for end
                 from (
                   select r.value ->> 0 as community_id, r.value ->> 1 as id, r.value ->> 2 as state, r.value ->> 3 as reason,
                     r.value ->> 4 as remote_ids, cast(r.value ->> 5 as bigint) as revision, cast(r.value ->> 6 as bigint) as sent_at,
                     cast(r.value ->> 7 as bigint) as next_attempt_at, r.value ->> 8 as counts, r.value ->> 9 as progress,
                     r.value ->> 10 as part_files, r.value ->> 11 as waits_for
                   from {rows}
                 ) f
                 where delivery.community_id = f.community_id and delivery.id = f.id"
            }
            Kind::Begun => {
                "update delivery set state = 'sending', attempts = attempts + 1, epoch = cast(r.value ->> 2 as bigint),
                   most_parts = cast(r.value ->> 3 as bigint)
                 from {rows} where delivery.community_id = r.value ->> 0 and delivery.id = r.value ->> 1"
            }
        }
    }
}
