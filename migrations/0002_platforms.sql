-- What platforms with threads, pictures and memories of their own need.

-- The address of an account's picture, where its platform shows it to everybody.
alter table identity add column picture text;
-- The name as it looks, so that names that look alike are found.
alter table identity add column skeleton text not null default '';
-- 1 for the first of a platform who bears a name that looks so, 2 for the second.
alter table identity add column namesake bigint not null default 1;
create index identity_skeleton on identity (skeleton, community_id);

-- How a person wants to be mentioned on their other platforms: 'name', or 'account', which rings there.
alter table person add column mentions text not null default 'name';

-- Since when something may have been said in a channel that we did not hear.
create index message_channel on message (channel_id, said_at, community_id);

-- Changes of messages that we have not heard of yet: they came before them.
create table early_change (
    community_id text not null,
    channel_id   text not null,
    remote_id    text not null,
    key          text not null,
    at           bigint not null,
    event        text not null,
    primary key (community_id, channel_id, remote_id, key)
);
create index early_change_age on early_change (at);

-- What waits to be said together: corrections until their author is done, reactions until the next digest.
create index delivery_gathered on delivery (reason, seq) where reason in ('correction-waits', 'next-digest');
