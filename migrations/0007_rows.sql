-- The tables in the shape that holds more than rooms' messages. Each is made anew once: x_new, its rows, drop x, rename.
-- What stands in `/* sqlite: … */` or `/* postgres: … */` is read by that engine alone.
-- The key of a table without a rowid begins with what tells rows apart: SQLite would else look through a whole community by it
-- before it takes another index.

-- Pages are written once, for all that is done to them.
/* sqlite: pragma cache_size = -131072; */

-- Who is one person for the engagement log: what is counted under the one key counts under the other. Joining is a row.
create table counted (
    community_id text not null,
    key_no       bigint not null,
    account_key  text not null,
    person_key   text not null,
    since        bigint not null,
    primary key (community_id, key_no, account_key)
);
insert into counted (community_id, key_no, account_key, person_key, since)
select i.community_id, 1, k.hash, f.hash, i.created_at
from identity i
join account_key k on k.community_id = i.community_id and k.identity_id = i.id
join identity r on r.person_id = i.person_id and r.community_id = i.community_id
  and r.platform || ':' || r.account = i.counted_as
join account_key f on f.community_id = r.community_id and f.identity_id = r.id
where r.id <> i.id;

-- Events by a hash of their key, which may hold the id of an account.
create table event_new (
    community_id text not null,
    platform     text not null,
    key_hash     text not null,
    -- What tells an event from another under the same key.
    fingerprint  text,
    verdict      text not null,
    taken_at     bigint not null,
    primary key (community_id, platform, key_hash)
)/* sqlite: without rowid */;
insert into event_new (community_id, platform, key_hash, fingerprint, verdict, taken_at)
select community_id, platform, key_hash, fingerprint, verdict, taken_at from event_hashed
order by community_id, platform, key_hash;
drop table event_hashed;
drop table event;
alter table event_new rename to event;
create index event_age on event (taken_at);
-- What was set aside is named by a hash, too; what older ones are about stands in them.
update set_aside set key = '';

-- Who speaks, and the names under which they did: a message keeps its own, and the number of namesakes belongs to the name.
create table identity_new (
    community_id  text not null,
    id            text not null,
    person_id     text not null,
    -- The person of its own that it had before it was joined to another.
    own_person_id text not null,
    platform      text not null,
    account       text not null,
    -- The newest under which it was heard.
    name_id       text not null,
    picture       text,
    account_hash  text not null,
    account_cipher text not null,
    created_at    bigint not null,
    primary key (community_id, id),
    unique (community_id, platform, account)
);
insert into identity_new (community_id, id, person_id, own_person_id, platform, account, account_hash, account_cipher,
  name_id, picture, created_at)
select i.community_id, i.id, i.person_id, i.person_id, i.platform, i.account, k.hash, k.cipher, i.id, i.picture, i.created_at
from identity i
join account_key k on k.community_id = i.community_id and k.identity_id = i.id;

-- The first of an account has the account's own id, and is empty until it is known.
create table name (
    community_id text not null,
    id           text not null,
    identity_id  text not null,
    platform     text not null,
    display_name text not null,
    -- The name as it looks, so that names that look alike are found.
    skeleton     text not null,
    -- As it looks with its number behind it: somebody else may be called so.
    look         text not null,
    -- 1 for the first of a platform who bears a name that looks so, 2 for the second.
    namesake     bigint not null,
    since        bigint not null,
    -- Since when it is not the newest.
    until        bigint,
    primary key (community_id, id),
    unique (identity_id, display_name, community_id)
);
insert into name (community_id, id, identity_id, platform, display_name, skeleton, look, namesake, since)
select community_id, id, id, platform, substr(display_name, 1, 200), case display_name when '' then '' else skeleton end,
  case display_name when '' then '' else look end, namesake, created_at
from identity;

drop table identity;
alter table identity_new rename to identity;
create index identity_person on identity (person_id, community_id);
create index identity_id on identity (id, community_id);
create index name_skeleton on name (skeleton, community_id, platform);
create index name_look on name (look, community_id, platform);
create index name_until on name (community_id, until) where until is not null;

alter table person add column language text;
alter table person add column zone text;

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
    primary key (message_id, community_id, revision)
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

create index body_age on body (at, community_id);
create index body_author on body (author_id, community_id);
drop table revision;
drop table carried_words;

-- Which of our own words tell what somebody said: what to mend when that is erased.
create table quoted (
    community_id text not null,
    of_message   text not null,
    by_message   text not null,
    primary key (of_message, by_message, community_id)
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
    -- The name under which it was said.
    name_id      text not null,
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
    primary key (id, community_id)
) /* sqlite: without rowid */;

insert into message_new (community_id, id, room_id, channel_id, identity_id, name_id, thread_id, reply_to, own_subject,
    said_at, taken_at, revision, revised_at, deleted_at, erased_at)
select community_id, id, room_id, channel_id, identity_id, identity_id, thread_id, reply_to, own_subject,
    said_at, taken_at, revision, revised_at, deleted_at, deleted_at
from message;
drop table message;
alter table message_new rename to message;
create index message_thread on message (thread_id, community_id);
create index message_channel on message (channel_id, said_at, community_id);
create index message_age on message (taken_at, community_id);
create index message_unerased on message (deleted_at) where deleted_at is not null and erased_at is null;

-- Numbers and kinds, never words; accounts only as keyed hashes.
create table engagement_new (
    community_id    text not null,
    id              text not null,
    at              bigint not null,
    kind            text not null,
    platform        text not null,
    -- Of the account, in 32 hex digits.
    actor_key       text not null,
    -- 'person', 'staff', 'bridge' or 'program'.
    actor_kind      text not null,
    -- Of the stakeholders' group that they speak for, once there are some.
    group_key       text,
    room_id         text,
    channel_id      text not null,
    message_id      text,
    thread_id       text,
    -- The parent of a post, the message reacted to; and whose it is.
    answers_message text,
    answers_key     text,
    is_question     bigint not null,
    length          bigint not null,
    -- Of the key that made the hashes.
    key_no          bigint not null,
    primary key (id, community_id)
)/* sqlite: without rowid */;
-- Nobody wrote down who was of staff at the time. A post of a joined account stood under the one that it counts as.
insert into engagement_new (community_id, id, at, kind, platform, actor_key, actor_kind, room_id, channel_id, message_id,
  thread_id, answers_message, answers_key, is_question, length, key_no)
select e.community_id, e.id, e.at, e.kind, coalesce(c.platform, ''),
  case when e.kind = 'posted' and k.hash is not null then k.hash else substr(e.person_key, 1, 32) end,
  'person', e.room_id, e.channel_id, e.message_id, e.thread_id, a.id, f.hash, e.is_question, e.length, 1
from engagement e
left join channel c on c.community_id = e.community_id and c.id = e.channel_id
left join message m on m.community_id = e.community_id and m.id = e.message_id
left join account_key k on k.community_id = m.community_id and k.identity_id = m.identity_id
left join message a on a.community_id = e.community_id
  and a.id = case when e.kind = 'posted' then m.reply_to when e.kind = 'reacted' then m.id end
left join account_key f on f.community_id = a.community_id and f.identity_id = a.identity_id;
drop table engagement;
alter table engagement_new rename to engagement;
create index engagement_time on engagement (community_id, at);
create index engagement_actor on engagement (actor_key, community_id);
drop table account_key;

-- The outbox, in which what waits says for what. Postgres would only copy it.
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
    -- Of what is waiting: 'correction', 'digest', 'file' or 'window'.
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
    primary key (id, community_id)
) without rowid;

insert into delivery_new (community_id, id, seq, message_id, channel_id, operation, state, reason, attempts, epoch,
    remote_ids, progress, revision, created_at, next_attempt_at, sent_at, files, handed_through, handed_to, most_parts, part_files,
    waits_for)
select community_id, id, seq, message_id, channel_id, operation,
    case when state = 'suppressed' and reason in ('correction-waits', 'next-digest', 'file-follows') then 'waiting' else state end,
    reason, attempts, epoch, remote_ids, progress, revision, created_at, next_attempt_at, sent_at, files, handed_through, handed_to, most_parts, part_files,
    case when state = 'suppressed' then
      case reason when 'correction-waits' then 'correction' when 'next-digest' then 'digest' when 'file-follows' then 'file' end
    end
from delivery;
drop table delivery;
alter table delivery_new rename to delivery;
create index delivery_open on delivery (channel_id, community_id, seq)
    where state in ('to_do', 'sending', 'uncertain');
create index delivery_message on delivery (message_id, channel_id, community_id);
create index delivery_stopped on delivery (community_id, seq) where state in ('dead', 'held');
-- The newest first. On the negative, so that no planner takes it for the way to a channel's oldest open delivery.
create index delivery_newest on delivery ((-seq));
*/
/* postgres:
alter table delivery drop constraint delivery_operation_check;
alter table delivery drop constraint delivery_state_check;
alter table delivery add column partition bigint not null default 0;
alter table delivery add column waits_for text;
update delivery set state = 'waiting', waits_for = 'correction' where state = 'suppressed' and reason = 'correction-waits';
update delivery set state = 'waiting', waits_for = 'digest' where state = 'suppressed' and reason = 'next-digest';
update delivery set state = 'waiting', waits_for = 'file' where state = 'suppressed' and reason = 'file-follows';
drop index delivery_correction;
drop index delivery_correction_of;
drop index delivery_digest;
drop index delivery_file;
drop index delivery_file_of;
*/
create index delivery_waiting on delivery (channel_id, community_id, waits_for, created_at) where state = 'waiting';

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
    primary key (channel_id, remote_id, community_id)
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

-- Channels, with what each is for.
create table channel_new (
    community_id  text not null,
    id            text not null,
    partition     bigint not null default 0,
    -- 'room': it stands in one, or with no room_id has left it. 'direct': one person speaks there with the bridge alone.
    -- 'desk': staff is told there.
    purpose       text not null,
    platform      text not null,
    remote_id     text not null,
    -- Of direct ones, whose ids may tell who it is.
    remote_hash   text,
    remote_cipher text,
    room_id       text,
    -- Of direct ones, the account that speaks there.
    identity_id   text,
    link          text not null,
    -- When its person last said something there, give or take a minute.
    heard_at      bigint,
    unheard_since bigint,
    created_at    bigint not null,
    -- As of which count of `partition.revision` it last changed.
    revision      bigint not null default 0,
    primary key (community_id, id),
    unique (community_id, platform, remote_id)
);
insert into channel_new (community_id, id, purpose, platform, remote_id, room_id, link, unheard_since, created_at)
select community_id, id, 'room', platform, remote_id, room_id, link, unheard_since, created_at from channel;
drop table channel;
alter table channel_new rename to channel;
-- Of indexes that seem to serve alike, Postgres takes the youngest while it knows nothing of a table: so this one comes first.
create index channel_revision on channel (community_id, revision);
create index channel_room on channel (room_id, community_id);
create index channel_remote on channel (remote_id, platform, community_id);
create index channel_id on channel (id, community_id);
create index channel_identity on channel (identity_id, community_id) where identity_id is not null;

-- Which community is meant by what comes in from a private chat: that of the newest meant_since. Of the whole installation.
create table place (
    platform     text not null,
    -- A keyed hash of the chat's id.
    place_key    text not null,
    community_id text not null,
    channel_id   text not null,
    meant_since  bigint,
    -- When its person was asked which of several they mean.
    asked_at     bigint,
    primary key (platform, place_key, community_id)
);

-- The clocks of each part of a community's channels. Each community has one part so far.
create table partition (
    community_id text not null,
    id           bigint not null,
    next_seq     bigint not null,
    revision     bigint not null,
    node_id      text,
    epoch        bigint not null,
    leased_until bigint,
    primary key (community_id, id)
);
insert into partition (community_id, id, next_seq, revision, epoch) select community_id, 0, 0, 0, 0 from community;

-- Accounts of staff: the bridge writes them anew at its start, from the configuration.
drop table staff;
create table staff (
    community_id   text not null,
    platform       text not null,
    account        text not null,
    account_hash   text not null,
    account_cipher text not null,
    primary key (community_id, platform, account)
);

-- Readers of lists: who they are, for whoever holds the key file; and the identity that they may have here.
alter table reader add column identity_id text;
alter table reader add column account_cipher text;

-- A name is one community's. Of two of one name the older keeps it.
insert into notice (community_id, kind, about, text, at)
select m.community_id, 'community-renamed', m.otherwise,
  'two communities were called "' || m.name || '", and a name is one community''s: the younger is "' || m.otherwise
  || '" from now on. `causeway community rename "' || m.otherwise || '" NAME` gives it another',
  m.created_at
from (
  select y.*, y.name || ' (' || substr(y.community_id, length(y.community_id) - 7) || ')' as otherwise from community y
) m where exists (
  select 1 from community o where o.name = m.name
    and (o.created_at < m.created_at or (o.created_at = m.created_at and o.community_id < m.community_id))
);
update community set name = name || ' (' || substr(community_id, length(community_id) - 7) || ')' where exists (
  select 1 from community o where o.name = community.name
    and (o.created_at < community.created_at or (o.created_at = community.created_at and o.community_id < community.community_id))
);

-- Communities keep their key in `community_key`: what it was made of leaves no trace in the file.
create table community_new (
    community_id text not null primary key,
    -- For buttons.
    short        text not null,
    name         text not null,
    language     text not null,
    -- Of the key that makes the newest hashes.
    key_no       bigint not null,
    created_at   bigint not null,
    unique (name),
    unique (short)
);
insert into community_new (community_id, short, name, language, key_no, created_at)
select community_id, case when length(community_id) > 24 then substr(community_id, 25) else community_id end, name, 'en', 1, created_at
from community;
update community set engagement_key = '';
drop table community;
alter table community_new rename to community;

-- How far each table was carried over.
delete from setting where community_id = '' and name like 'carried:%';
/* sqlite: pragma cache_size = -2000; */

-- What each community counts by, from where the whole installation had come to.
update partition set next_seq = 1 + coalesce((select -min(-seq) from delivery), 0);
-- Nothing counts for all of them any more, and ids sort as time does.
drop index delivery_newest;
delete from setting where community_id = '' and name = 'directory_revision';

-- What falls due, and when. Under the empty community what concerns the whole installation.
create table due (
    community_id text not null,
    kind         text not null,
    -- What it is about: a channel, a delivery, a message; nothing for the community itself.
    about        text not null,
    at           bigint not null,
    -- How often it failed in a row.
    attempts     bigint not null,
    primary key (about, kind, community_id)
) /* sqlite: without rowid */;
create index due_at on due (at, kind);
-- Changes that came early are looked at channel by channel.
drop index early_change_age;

-- What the bridge itself says: a sentence of the catalogue and its arguments, put into words at the destination.
create table own_word (
    community_id text not null,
    message_id   text not null,
    -- Its idempotency key: the same is said once.
    key          text not null,
    -- The sentence's name; empty for what an older version said, whose words stand in `body`.
    phrase       text not null,
    -- Numbers and ids, as JSON: never anybody's words.
    args         text not null,
    -- Whom alone it answers: the request whose way back it takes.
    request_id   text,
    -- Since when nothing is offered below it any more.
    closed_at    bigint,
    primary key (message_id, community_id),
    unique (key, community_id)
) /* sqlite: without rowid */;
insert into own_word (community_id, message_id, key, phrase, args)
select community_id, id, id, '', '{}' from message
where identity_id in (select id from identity where platform = '' and account = '');

-- What is offered below our own words. On the wire: the community's short, a dot, and the id; at most 64 bytes.
create table button (
    community_id text not null,
    id           text not null,
    message_id   text not null,
    number       bigint not null,
    -- A sentence's name and arguments, as JSON: the label.
    label        text not null,
    -- What a press asks for, as JSON: kind and ids.
    act          text not null,
    for_identity text,
    until        bigint,
    pressed_at   bigint,
    pressed_by   text,
    primary key (id, community_id)
) /* sqlite: without rowid */;
create index button_message on button (message_id, community_id, number);

-- What somebody asked of us, with the way on which they alone are answered, until that ends.
create table request (
    community_id    text not null,
    id              text not null,
    -- Of an account that the community knows.
    identity_id     text,
    channel_id      text not null,
    -- 'command', 'button' or 'words'.
    surface         text not null,
    -- What was understood, as JSON: never the person's words.
    act             text not null,
    state           text not null,
    way_back_cipher text,
    until           bigint not null,
    primary key (id, community_id)
) /* sqlite: without rowid */;
create index request_until on request (until);
