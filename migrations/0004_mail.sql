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
