-- Portable SQL only: TEXT and BIGINT, ids made by the program, times in milliseconds since the epoch.
-- The same file runs on SQLite and on Postgres. Every table has community_id first, and every
-- transaction stays inside one community. Secondary indexes begin with what tells rows apart: a Postgres without
-- statistics yet, as on the first day, would else look through a whole community for one row.

create table community (
    community_id   text not null primary key,
    name           text not null,
    -- Keys the hash under which the engagement log knows a person.
    engagement_key text not null,
    created_at     bigint not null
);

create table room (
    community_id text not null,
    id           text not null,
    name         text not null,
    created_at   bigint not null,
    primary key (community_id, id),
    unique (community_id, name)
);

create table channel (
    community_id text not null,
    id           text not null,
    platform     text not null,
    remote_id    text not null,
    room_id      text,
    link         text not null check (link in ('active', 'suspended', 'unlinked')),
    created_at   bigint not null,
    primary key (community_id, id),
    unique (community_id, platform, remote_id)
);

create table person (
    community_id text not null,
    id           text not null,
    created_at   bigint not null,
    primary key (community_id, id)
);

-- One account of a person, by the platform's immutable id, never by a name.
create table identity (
    community_id text not null,
    id           text not null,
    person_id    text not null,
    platform     text not null,
    account      text not null,
    display_name text not null,
    created_at   bigint not null,
    primary key (community_id, id),
    unique (community_id, platform, account)
);

-- Every event that was taken in or dropped: absorbs repeats, and answers "why did this not arrive?".
create table event (
    community_id text not null,
    platform     text not null,
    key          text not null,
    verdict      text not null,
    taken_at     bigint not null,
    primary key (community_id, platform, key)
);
create index event_age on event (taken_at);

-- One thing said, in its newest revision.
create table message (
    community_id text not null,
    id           text not null,
    room_id      text not null,
    channel_id   text not null,
    identity_id  text not null,
    thread_id    text not null,
    reply_to     text,
    -- Of its thread: given by its author, or else the first words.
    subject      text not null,
    -- 1 for a message that came with a subject and begins a thread.
    own_subject  bigint not null,
    said_at      bigint not null,
    taken_at     bigint not null,
    revision     bigint not null,
    revised_at   bigint not null,
    content      text not null,
    deleted_at   bigint,
    primary key (community_id, id)
);
create index message_thread on message (thread_id, community_id);

-- What a message said before it was edited.
create table revision (
    community_id text not null,
    message_id   text not null,
    number       bigint not null,
    at           bigint not null,
    content      text not null,
    primary key (community_id, message_id, number)
);

-- One message to one channel: the outbox row and the record of what became of it.
create table delivery (
    community_id    text not null,
    id              text not null,
    -- Order within a channel.
    seq             bigint not null,
    message_id      text not null,
    channel_id      text not null,
    operation       text not null check (operation in ('post', 'edit', 'delete', 'react')),
    state           text not null check (state in ('to_do', 'sending', 'sent', 'uncertain', 'dead', 'suppressed', 'held')),
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
    primary key (community_id, id)
);
create index delivery_open on delivery (channel_id, community_id, seq)
    where state in ('to_do', 'sending', 'uncertain');
create index delivery_message on delivery (message_id, channel_id, community_id);
create index delivery_stopped on delivery (community_id, seq) where state in ('dead', 'held');
-- The newest first. On the negative, so that no planner takes it for the way to a channel's oldest open delivery.
create index delivery_newest on delivery ((-seq));

-- Where each message stands, under every platform's own id: its original and its copies.
create table copy (
    community_id text not null,
    channel_id   text not null,
    remote_id    text not null,
    message_id   text not null,
    -- 0 for the part that stands for the whole.
    part         bigint not null,
    primary key (community_id, channel_id, remote_id)
);
create index copy_message on copy (message_id, channel_id, community_id);

create table reaction (
    community_id text not null,
    message_id   text not null,
    identity_id  text not null,
    emoji        text not null,
    channel_id   text not null,
    at           bigint not null,
    primary key (community_id, message_id, identity_id, emoji)
);

-- Numbers and kinds, never words; people only as keyed hashes.
create table engagement (
    community_id text not null,
    id           text not null,
    at           bigint not null,
    kind         text not null,
    person_key   text not null,
    room_id      text not null,
    channel_id   text not null,
    message_id   text,
    thread_id    text,
    is_reply     bigint not null,
    is_question  bigint not null,
    length       bigint not null,
    primary key (community_id, id)
);
create index engagement_time on engagement (community_id, at);

-- Raw events that we could not use, compressed and in base64, so that nothing vanishes.
create table set_aside (
    community_id text not null,
    id           text not null,
    platform     text not null,
    key          text not null,
    reason       text not null,
    at           bigint not null,
    body         text not null,
    primary key (community_id, id)
);
create index set_aside_time on set_aside (community_id, at);

-- What staff must know, said once.
create table notice (
    community_id text not null,
    kind         text not null,
    about        text not null,
    text         text not null,
    at           bigint not null,
    primary key (community_id, kind, about)
);

create table setting (
    community_id text not null,
    name         text not null,
    value        text not null,
    primary key (community_id, name)
);
