-- Who may, who agreed, and who wants to be left alone. All of it is a person's, whichever of their accounts says it.

-- What somebody is in a community, beside the accounts of `staff`, which stand in the configuration.
create table role (
    community_id text not null,
    -- The own person of the account to which it was granted: where accounts part, each keeps what was granted to it.
    person_id    text not null,
    -- 'owner', 'steward', 'staff', 'trainer', 'catalyst', 'participant' or 'observer'.
    role         text not null,
    granted_at   bigint not null,
    primary key (person_id, role, community_id)
) /* sqlite: without rowid */;

-- Each account's own person, which it is again once it stands alone, and whose roles it brings.
create index identity_own_person on identity (own_person_id, community_id);

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
create index person_private on person (community_id) where private_since is not null;
create index person_nameless on person (community_id) where nameless_since is not null;

-- Who was answered: what was counted of them goes once they say so.
create index engagement_answers on engagement (answers_key, community_id) where answers_key is not null;

-- What is shown in place of a name, in each room another.
create table pseudonym (
    community_id text not null,
    room_id      text not null,
    person_id    text not null,
    number       bigint not null,
    primary key (person_id, room_id, community_id),
    unique (room_id, number, community_id)
) /* sqlite: without rowid */;

-- 1 where it is shown in place of one: of whoever spoke under it no more is told, whatever they are called now.
alter table name add column pseudonym bigint not null default 0;

-- All that somebody said.
create index message_author on message (identity_id, community_id, id);

-- Why its words stay where they were said. Not kept here: 'private', 'local' or 'refused', where its author did not agree. Kept
-- until they did, or for some days: 'consent'.
alter table message add column stays text;
create index message_staying on message (stays) where stays is not null and erased_at is null;
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

-- What somebody asked to be forgotten for: what stands elsewhere is taken back, they are told what came of it, and what is left of
-- them goes.
create table forgetting (
    community_id text not null,
    id           text not null,
    -- Of whom nothing is left but rows that nobody can tell whose they were.
    person_id    text not null,
    -- Where they are told what came of it. Where there is no such place, the account for which one is opened, until it is.
    channel_id   text,
    platform     text,
    account_cipher text,
    asked_at     bigint not null,
    -- 'taking-back', 'telling' or 'sweeping'.
    phase        text not null,
    -- The newest of their messages that was looked at.
    through      text not null,
    messages     bigint not null,
    -- 1 where somebody's configuration names them.
    is_named     bigint not null,
    primary key (id, community_id)
) /* sqlite: without rowid */;

-- When somebody was handed what is held of them, of the last day.
create table handed (
    community_id text not null,
    person_id    text not null,
    at           bigint not null,
    primary key (person_id, at, community_id)
) /* sqlite: without rowid */;

-- What one account reacted to.
create index reaction_identity on reaction (identity_id, community_id);
-- What one account was called.
create index name_identity on name (identity_id, community_id);
