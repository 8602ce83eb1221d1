-- What the next step needs and no SQL can make: filled by the bridge before it takes that step (`crates/store/src/carry.rs`).
-- Of a new database there is nothing to fill.

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
