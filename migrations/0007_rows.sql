-- The tables in the shape that holds more than rooms' messages. Each is made anew once: x_new, its rows, drop x, rename.
-- What stands in `/* sqlite: … */` or `/* postgres: … */` is read by that engine alone.

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
    primary key (community_id, id)
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

-- Events, as they were carried over. What was set aside is named by a hash from now on; what older ones are about stands in them.
drop table event;
alter table event_hashed rename to event;
create index event_age on event (taken_at);
update set_aside set key = '';

-- Identities know the hash and the cipher of their account, and whose they were before they were joined. (joined later)
alter table identity add column account_hash text not null default '';
alter table identity add column account_cipher text not null default '';
alter table identity add column own_person_id text not null default '';
update identity set own_person_id = person_id,
  account_hash = (select hash from account_key k where k.community_id = identity.community_id and k.identity_id = identity.id),
  account_cipher = (select cipher from account_key k where k.community_id = identity.community_id and k.identity_id = identity.id);
drop table account_key;

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
/* sqlite: pragma secure_delete = on; */
update community set engagement_key = '';
drop table community;
alter table community_new rename to community;

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

-- How far each table was carried over.
delete from setting where community_id = '' and name like 'carried:%';
