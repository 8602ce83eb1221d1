-- Mail, person by person.

-- Who gets what is handed out in a channel, each by a post of their own. Who they are stands in the configuration: here is a
-- keyed hash of the account alone.
create table reader (
    community_id  text not null,
    channel_id    text not null,
    -- In the order in which they came; posts go to one after the other in it.
    number        bigint not null,
    account_hash  text not null,
    -- Stands in the address to which comes back what could not be delivered to them.
    token         text not null,
    -- When the oldest of what waits for them is tried again. Who has such a time gets nothing newer before it.
    due_at        bigint,
    -- Of the oldest that waits.
    attempts      bigint not null,
    -- What keeps them from what is said, as staff was told: 'waits' or 'refused'.
    trouble       text,
    -- What came back after it was taken.
    returned      bigint not null,
    returned_at   bigint,
    primary key (community_id, channel_id, number),
    unique (community_id, channel_id, account_hash)
);
create index reader_due on reader (channel_id, community_id, due_at) where due_at is not null;
create index reader_token on reader (token, community_id);

-- One part of one post to one reader. Those who were reached in their turn have no row: `delivery.handed_through` counts them.
create table reader_delivery (
    community_id text not null,
    channel_id   text not null,
    delivery_id  text not null,
    part         bigint not null,
    reader       bigint not null,
    -- Of the delivery.
    seq          bigint not null,
    -- 'sent' before somebody earlier was, 'waiting' or 'refused'.
    state        text not null,
    -- How often it stayed open whether it arrived.
    doubts       bigint not null,
    -- What the server said, without anybody's address.
    said         text,
    at           bigint not null,
    primary key (community_id, delivery_id, part, reader)
);
create index reader_delivery_waiting on reader_delivery (channel_id, reader, community_id, seq, part)
    where state = 'waiting';
create index reader_delivery_age on reader_delivery (at) where state = 'refused';

-- Of the part that is handed out: all readers up to this number are done with or have a row of their own.
alter table delivery add column handed_through bigint not null default 0;
-- How many were reached, in all parts.
alter table delivery add column handed_to bigint not null default 0;

-- A text of more posts than this goes as a file. Of a room: 0 is no limit, null is what the configuration says. Of a
-- delivery: as it was when it was first tried, so that whoever looks at it later comes to the same posts.
alter table room add column most_parts bigint;
alter table delivery add column most_parts bigint;
-- The hashes of the files in each part that stands there, as JSON: what an edit can change, and what it must send anew.
alter table delivery add column part_files text;

-- What mail needs: people's own programs give its ids, and anybody can write any name.

-- What tells an event from another under the same key.
alter table event add column fingerprint text;

-- What waits for staff before anybody hears of it: what nobody can tell the author of, what goes round in circles. Each is
-- an event as its platform told it, so that a release takes it in as if it came now.
create table held (
    community_id text not null,
    id           text not null,
    channel_id   text not null,
    -- A rule's name.
    reason       text not null,
    at           bigint not null,
    -- Set by staff; the bridge takes it from here.
    released_at  bigint,
    event        text not null,
    primary key (community_id, id)
);
create index held_age on held (at);
create index held_released on held (released_at) where released_at is not null;
