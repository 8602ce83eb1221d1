-- The tables in the shape that holds more than rooms' messages. Each is made anew once: x_new, its rows, drop x, rename.
-- What stands in `/* sqlite: … */` or `/* postgres: … */` is read by that engine alone.

-- Pages are written once, for all that is done to them.
/* sqlite: pragma cache_size = -131072; */

-- What people said. One row for each revision that a copy still shows: erasing is deleting.
create table body (
    community_id text not null,
    message_id   text not null,
    revision     bigint not null,
    author_id    text not null,
    -- Of the thread: given by its author, or else the first words. With the root of the thread alone.
    subject      text,
    content      text not null,
    -- How many rows of `attachment` belong to it.
    files        bigint not null,
    -- By our clock.
    at           bigint not null,
    primary key (community_id, message_id, revision)
) /* sqlite: without rowid */;

insert into body (community_id, message_id, revision, author_id, subject, content, files, at)
select m.community_id, m.id, m.revision, m.identity_id, case when m.thread_id = m.id then m.subject end,
    coalesce(c.content, m.content), coalesce(c.files, 0),
    case when m.revision = 0 then m.taken_at else m.revised_at end
from message m
left join carried_words c on c.community_id = m.community_id and c.message_id = m.id and c.revision = m.revision
where m.deleted_at is null;

insert into body (community_id, message_id, revision, author_id, subject, content, files, at)
select r.community_id, r.message_id, r.number, m.identity_id, case when m.thread_id = m.id then m.subject end,
    coalesce(c.content, r.content), coalesce(c.files, 0), r.at
from revision r
join message m on m.community_id = r.community_id and m.id = r.message_id
left join carried_words c on c.community_id = r.community_id and c.message_id = r.message_id and c.revision = r.number
where m.deleted_at is null;

create index body_age on body (at);
create index body_author on body (author_id, community_id);
drop table revision;
drop table carried_words;

-- Which of our own words tell what somebody said: what to mend when that is erased.
create table quoted (
    community_id text not null,
    of_message   text not null,
    by_message   text not null,
    primary key (community_id, of_message, by_message)
) /* sqlite: without rowid */;
create index quoted_by on quoted (by_message, community_id);

-- One thing said, without a word of it.
create table message_new (
    community_id text not null,
    id           text not null,
    -- Nothing, if it is said to one person alone.
    room_id      text,
    channel_id   text not null,
    identity_id  text not null,
    -- Under which it was said; nothing while nobody knew it.
    name_id      text,
    thread_id    text not null,
    reply_to     text,
    -- 1 for a message that came with a subject and begins a thread.
    own_subject  bigint not null,
    said_at      bigint not null,
    taken_at     bigint not null,
    revision     bigint not null,
    revised_at   bigint not null,
    deleted_at   bigint,
    -- Since when none of its words are kept.
    erased_at    bigint,
    primary key (community_id, id)
) /* sqlite: without rowid */;

insert into message_new (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, own_subject,
    said_at, taken_at, revision, revised_at, deleted_at, erased_at)
select community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, own_subject,
    said_at, taken_at, revision, revised_at, deleted_at, deleted_at
from message;
drop table message;
alter table message_new rename to message;
create index message_thread on message (thread_id, community_id);
create index message_channel on message (channel_id, said_at, community_id);
create index message_unerased on message (deleted_at) where deleted_at is not null and erased_at is null;

-- The outbox, with what the one clock of all that is due will need. Postgres would only copy it.
/* sqlite:
create table delivery_new (
    community_id    text not null,
    id              text not null,
    partition       bigint not null default 0,
    -- Order within a channel.
    seq             bigint not null,
    message_id      text not null,
    channel_id      text not null,
    operation       text not null,
    state           text not null,
    -- What it waits for, of a state of its own.
    waits_for       text,
    reason          text,
    attempts        bigint not null,
    -- Of the process that is at it.
    epoch           bigint not null,
    -- The platform's ids, part by part, as JSON.
    remote_ids      text not null,
    -- What an interrupted attempt had done, in its adapter's own words.
    progress        text,
    -- Which revision was posted.
    revision        bigint not null,
    created_at      bigint not null,
    next_attempt_at bigint not null,
    sent_at         bigint,
    -- What it brings after the words of its message: the files that could not be had in time, as JSON.
    files           text,
    -- Of the part that is handed out: all readers up to this number are done with or have a row of their own.
    handed_through  bigint not null default 0,
    -- How many were reached, in all parts.
    handed_to       bigint not null default 0,
    -- A text of more posts than this goes as a file; as it was when it was first tried.
    most_parts      bigint,
    -- The hashes of the files in each part that stands there, as JSON.
    part_files      text,
    primary key (community_id, id)
) without rowid;

insert into delivery_new (community_id, id, seq, message_id, channel_id, operation, state, reason, attempts, epoch,
    remote_ids, progress, revision, created_at, next_attempt_at, sent_at, files, handed_through, handed_to, most_parts, part_files)
select community_id, id, seq, message_id, channel_id, operation, state, reason, attempts, epoch,
    remote_ids, progress, revision, created_at, next_attempt_at, sent_at, files, handed_through, handed_to, most_parts, part_files
from delivery;
drop table delivery;
alter table delivery_new rename to delivery;
create index delivery_open on delivery (channel_id, community_id, seq)
    where state in ('to_do', 'sending', 'uncertain');
create index delivery_message on delivery (message_id, channel_id, community_id);
create index delivery_stopped on delivery (community_id, seq) where state in ('dead', 'held');
-- The newest first. On the negative, so that no planner takes it for the way to a channel's oldest open delivery.
create index delivery_newest on delivery ((-seq));
create index delivery_correction on delivery (message_id, channel_id, seq) where reason = 'correction-waits';
create index delivery_correction_of on delivery (channel_id, community_id) where reason = 'correction-waits';
create index delivery_digest on delivery (channel_id, seq) where reason = 'next-digest';
create index delivery_file on delivery (next_attempt_at) where reason = 'file-follows';
create index delivery_file_of on delivery (channel_id, community_id) where reason = 'file-follows';
*/
/* postgres:
alter table delivery drop constraint delivery_operation_check;
alter table delivery drop constraint delivery_state_check;
alter table delivery add column partition bigint not null default 0;
alter table delivery add column waits_for text;
*/

-- Where each message stands. On Postgres nothing of it changes.
/* sqlite:
create table copy_new (
    community_id text not null,
    channel_id   text not null,
    remote_id    text not null,
    message_id   text not null,
    -- 0 for the part that stands for the whole; -1 for the name of a thread beside its root's id, which points at the root;
    -- from 1000000 on for corrections of a message that could not be changed.
    part         bigint not null,
    primary key (community_id, channel_id, remote_id)
) without rowid;
insert into copy_new (community_id, channel_id, remote_id, message_id, part)
select community_id, channel_id, remote_id, message_id, part from copy;
drop table copy;
alter table copy_new rename to copy;
create index copy_message on copy (message_id, channel_id, community_id);
*/

-- What the author of something that staff was to look at takes back is found by its own id.
alter table held add column remote_id text;
create index held_message on held (channel_id, remote_id, community_id);

-- How far each table was carried over.
delete from setting where community_id = '' and name like 'carried:%';
/* sqlite: pragma cache_size = -2000; */
