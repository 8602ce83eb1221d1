-- The tables in the shape that holds more than rooms' messages. Each is made anew once: x_new, its rows, drop x, rename.
-- What stands in `/* sqlite: … */` or `/* postgres: … */` is read by that engine alone.

-- joined later, before `community` is made anew: a name is one community's. Of two of one name the older keeps it.
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

-- joined later: a message to a direct channel is in no room.
/* sqlite:
create table message_new (
    community_id text not null,
    id           text not null,
    room_id      text,
    channel_id   text not null,
    identity_id  text not null,
    thread_id    text not null,
    reply_to     text,
    subject      text not null,
    own_subject  bigint not null,
    said_at      bigint not null,
    taken_at     bigint not null,
    revision     bigint not null,
    revised_at   bigint not null,
    content      text not null,
    deleted_at   bigint,
    primary key (community_id, id)
);
insert into message_new select * from message;
drop table message;
alter table message_new rename to message;
create index message_thread on message (thread_id, community_id);
create index message_channel on message (channel_id, said_at, community_id);
*/
/* postgres: alter table message alter column room_id drop not null; */

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
    primary key (community_id, id),
    unique (community_id, platform, remote_id)
);
insert into channel_new (community_id, id, purpose, platform, remote_id, room_id, link, unheard_since, created_at)
select community_id, id, 'room', platform, remote_id, room_id, link, unheard_since, created_at from channel;
drop table channel;
alter table channel_new rename to channel;
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
