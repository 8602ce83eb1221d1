-- What the next step needs and no SQL can make: filled by the bridge before it takes that step (`crates/store/src/carry.rs`).
-- Of a new database there is nothing to fill.

-- The key of each community, wrapped by the key file's; whoever deletes one forgets whose its hashes were.
create table community_key (
    community_id text not null,
    no           bigint not null,
    wrapped      text not null,
    primary key (community_id, no)
);

-- Of each identity: the hash and the cipher of its account.
create table account_key (
    community_id text not null,
    identity_id  text not null,
    hash         text not null,
    cipher       text not null,
    primary key (community_id, identity_id)
);

-- `event` with a hash of each key, as they come: hashes come in no order, and a key would make each of them find its place.
create table event_hashed (
    community_id text not null,
    platform     text not null,
    key_hash     text not null,
    fingerprint  text,
    verdict      text not null,
    taken_at     bigint not null
);

-- The files of each revision of a message, as its platform told of them.
create table attachment (
    community_id text not null,
    message_id   text not null,
    revision     bigint not null,
    number       bigint not null,
    -- `kind` and `source` as JSON.
    kind         text not null,
    name         text,
    mime         text,
    size         bigint,
    alt          text,
    source       text not null,
    primary key (community_id, message_id, revision, number)
) /* sqlite: without rowid */;

-- Words that stood in one JSON with their files, without these.
create table carried_words (
    community_id text not null,
    message_id   text not null,
    revision     bigint not null,
    content      text not null,
    files        bigint not null,
    primary key (community_id, message_id, revision)
) /* sqlite: without rowid */;
