-- What platforms with threads, pictures and memories of their own need.

-- The address of an account's picture, where its platform shows it to everybody.
alter table identity add column picture text;
-- The name as it looks, so that names that look alike are found.
alter table identity add column skeleton text not null default '';
-- 1 for the first of a platform who bears a name that looks so, 2 for the second.
alter table identity add column namesake bigint not null default 1;
-- As the name looks with that number behind it: somebody else may be called so.
alter table identity add column look text not null default '';
-- The account under which the engagement log counts this one, where they are one person.
alter table identity add column counted_as text;
create index identity_skeleton on identity (skeleton, community_id, platform, namesake);
create index identity_look on identity (look, community_id, platform);
create index identity_person on identity (person_id, community_id);

-- Accounts of staff, from the configuration: nobody else goes by their names.
create table staff (
    community_id text not null,
    platform     text not null,
    account      text not null,
    primary key (community_id, platform, account)
);

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
create index delivery_correction on delivery (message_id, channel_id, seq) where reason = 'correction-waits';
create index delivery_digest on delivery (channel_id, seq) where reason = 'next-digest';

-- By our own clock, so that a digest tells of what came since the one before it.
alter table reaction add column taken_at bigint not null default 0;

-- In `copy`, a part of -1 is the name of a thread beside its root's id, and points at the root; parts from 1000000
-- on are corrections of a message that could not be changed.
