-- What staff is told of, and what is not kept.

-- What was heard and not kept: of channels that nobody linked, and of what people say to the bot alone. No word of it.
create table unkept (
    community_id text not null,
    platform     text not null,
    -- As `channel.remote_id`; '' for all that is said to the bot alone.
    remote_id    text not null,
    -- What happened, or why it could not be read.
    kind         text not null,
    -- As people there call it, where the platform told.
    name         text not null,
    n            bigint not null,
    -- When the last of them came.
    at           bigint not null,
    primary key (community_id, platform, remote_id, kind)
);
create index unkept_time on unkept (community_id, at);

-- What older versions kept of that kind. Their keys may hold the ids of people.
delete from set_aside where community_id = '' and reason in ('unknown-channel', 'channel-not-told', 'another-app');
delete from event where community_id = '';
delete from set_aside where community_id = '' and reason = 'elided-text' and exists (
  select 1 from community m join event e on e.community_id = m.community_id and e.platform = set_aside.platform
    and e.key = substr(set_aside.key, 1, length(set_aside.key) - length(':elided'))
  where e.verdict = 'unlinked'
);
