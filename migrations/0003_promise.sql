-- What keeps the promise through troubles of the store, of a platform and of the clock.

-- The oldest moment since when something was said that could not be read yet, though newer things were heard.
alter table channel add column unheard_since bigint;

-- What ten thousand rooms need: whoever puts a channel into a room looks through neither all channels nor all notices.
create index channel_room on channel (room_id, community_id);
create index channel_remote on channel (remote_id, platform, community_id);
create index channel_id on channel (id, community_id);
create index community_name on community (name);
create index notice_kind on notice (kind, community_id);
create index delivery_correction_of on delivery (channel_id, community_id) where reason = 'correction-waits';
-- By what tells rows apart, as the others: a Postgres without statistics would look through everybody for one account.
create index identity_id on identity (id, community_id);

-- What a delivery brings after the words of its message: the files that could not be had in time, as JSON.
alter table delivery add column files text;
create index delivery_file on delivery (next_attempt_at) where reason = 'file-follows';
create index delivery_file_of on delivery (channel_id, community_id) where reason = 'file-follows';

-- Times that count against no message: the bridge was stopped, the store failed, or a platform refused its account. Of the
-- whole installation; '' stands for all platforms.
create table pause (
    platform text not null,
    began_at bigint not null,
    ended_at bigint not null,
    primary key (platform, began_at)
);
