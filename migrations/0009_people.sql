-- Who may, who agreed, and who wants to be left alone. All of it is a person's, whichever of their accounts says it.

-- What somebody is in a community, beside the accounts of `staff`, which stand in the configuration.
create table role (
    community_id text not null,
    person_id    text not null,
    -- 'owner', 'steward', 'staff', 'trainer', 'catalyst', 'participant' or 'observer'.
    role         text not null,
    granted_at   bigint not null,
    primary key (person_id, role, community_id)
) /* sqlite: without rowid */;

-- What was shown in one place to be said in another, by its hash.
create table code (
    community_id text not null,
    -- 'owner': shown at the terminal; whoever says it owns the community. 'connect': shown to somebody; whoever says it may be
    -- the same person.
    kind         text not null,
    hash         text not null,
    -- The account that it was shown to.
    identity_id  text,
    until        bigint not null,
    primary key (hash, kind, community_id)
) /* sqlite: without rowid */;

-- What staff did, which every member may read. What people do for themselves is not here.
create table audit (
    community_id text not null,
    id           text not null,
    at           bigint not null,
    -- The account that said it; none at the terminal.
    identity_id  text,
    -- The command's words, and what it came to, as a sentence's name and arguments: no name, no account, no word of anybody.
    verb         text not null,
    effect       text not null,
    primary key (community_id, id)
);

-- What a community asks everybody to agree to, in each version.
create table agreement (
    community_id text not null,
    version      bigint not null,
    text         text not null,
    since        bigint not null,
    primary key (community_id, version)
);

-- What somebody said to a purpose: 'relay', 'metrics', 'pulse' or 'stories'.
create table consent (
    community_id text not null,
    person_id    text not null,
    purpose      text not null,
    is_given     bigint not null,
    -- Of the agreement.
    version      bigint not null,
    at           bigint not null,
    primary key (person_id, purpose, community_id)
) /* sqlite: without rowid */;

-- Since when nothing of theirs leaves its platform, since when it goes without their name, and until when they rest.
alter table person add column private_since bigint;
alter table person add column nameless_since bigint;
alter table person add column rests_until bigint;

-- What is shown in place of a name, in each room another.
create table pseudonym (
    community_id text not null,
    room_id      text not null,
    person_id    text not null,
    number       bigint not null,
    primary key (person_id, room_id, community_id),
    unique (room_id, number, community_id)
) /* sqlite: without rowid */;

-- Why its words stay where they were said. Not kept here: 'private', 'local' or 'refused', where its author did not agree. Kept
-- until they did, or for some days: 'consent'.
alter table message add column stays text;
create index message_unagreed on message (identity_id, community_id, taken_at) where stays = 'consent';

-- 1 where what somebody says there first waits until they agreed.
alter table room add column asks_first bigint not null default 0;

-- When everybody there was told that it is joined with others.
alter table channel add column announced_at bigint;

-- Keyed hashes of what was erased for good, so that it is not taken in again.
create table forgotten (
    community_id text not null,
    mark         text not null,
    at           bigint not null,
    primary key (mark, community_id)
) /* sqlite: without rowid */;

-- What somebody asked to be erased, until it is done and they were told.
create table forgetting (
    community_id text not null,
    id           text not null,
    person_id    text not null,
    -- Where they are told what came of it.
    channel_id   text,
    asked_at     bigint not null,
    -- The newest of their messages that was erased.
    through      text,
    messages     bigint not null,
    primary key (id, community_id)
) /* sqlite: without rowid */;
