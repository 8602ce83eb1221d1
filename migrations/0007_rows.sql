-- The tables in the shape that holds more than rooms' messages. Each is made anew once: x_new, its rows, drop x, rename.
-- What stands in `/* sqlite: … */` or `/* postgres: … */` is read by that engine alone.

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
    counted_as    text, -- joined later: account_hash and account_cipher in its place
    created_at    bigint not null,
    primary key (community_id, id),
    unique (community_id, platform, account)
);
insert into identity_new (community_id, id, person_id, own_person_id, platform, account, name_id, picture, counted_as, created_at)
select community_id, id, person_id, person_id, platform, account, id, picture, counted_as, created_at from identity;

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
    -- When it was the newest no more, the last time.
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
create index name_until on name (until) where until is not null;

alter table person add column language text;
alter table person add column zone text;

-- joined later: `name_id text not null` of message_new, filled with its identity_id
alter table message add column name_id text not null default '';
update message set name_id = identity_id;
