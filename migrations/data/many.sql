-- As many messages as stands for MANY, as the first two steps knew them: each from one channel of a room to the other, a third of
-- them beginning a thread; files, edits, deletes and reactions among them; the newest still on their way.

insert into community (community_id, name, engagement_key, created_at) values
    ('01906f3c-0000-7000-8000-000000000001', 'Riverside', 'a-key-of-the-community', 1774000000000);
insert into room (community_id, id, name, created_at) values
    ('01906f3c-0000-7000-8000-000000000001', '01906f3c-0000-7000-8000-000000000002', 'general', 1774000000000);
insert into channel (community_id, id, platform, remote_id, room_id, link, created_at) values
    ('01906f3c-0000-7000-8000-000000000001', '01906f3c-0000-7000-8000-000000000003', 'chat', '-1001', '01906f3c-0000-7000-8000-000000000002', 'active', 1774000000000),
    ('01906f3c-0000-7000-8000-000000000001', '01906f3c-0000-7000-8000-000000000004', 'talk', '2002', '01906f3c-0000-7000-8000-000000000002', 'active', 1774000000000);

insert into person (community_id, id, created_at)
with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i < 199)
select '01906f3c-0000-7000-8000-000000000001', '01906f3c-0001-7000-8000-' || cast(100000000000 + i as text), 1774000000000 from n;
insert into identity (community_id, id, person_id, platform, account, display_name, skeleton, look, created_at)
with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i < 199)
select '01906f3c-0000-7000-8000-000000000001', '01906f3c-0002-7000-8000-' || cast(100000000000 + i as text),
    '01906f3c-0001-7000-8000-' || cast(100000000000 + i as text), 'chat', cast(700000000 + i as text), 'Person ' || cast(i as text),
    'person ' || cast(i as text), 'person ' || cast(i as text), 1774000000000 from n;

-- Every second one a minute after the one before it.
insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, subject,
    own_subject, said_at, taken_at, revision, revised_at, content, deleted_at)
with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i < MANY - 1)
select '01906f3c-0000-7000-8000-000000000001', '01906f3c-0003-7000-8000-' || cast(100000000000 + i as text),
    '01906f3c-0000-7000-8000-000000000002', '01906f3c-0000-7000-8000-000000000003',
    '01906f3c-0002-7000-8000-' || cast(100000000000 + i % 200 as text),
    '01906f3c-0003-7000-8000-' || cast(100000000000 + i - i % 3 as text),
    case when i % 3 > 0 then '01906f3c-0003-7000-8000-' || cast(100000000000 + i - i % 3 as text) end,
    'Who brings what in week ' || cast((i - i % 3) / 300 as text), 0, 1774000000000 + i * 1000, 1774000000000 + i * 1000 + 300,
    case when i % 40 = 7 then 1 else 0 end, 1774000000000 + i * 1000 + 300,
    '{"text":[{"text":"Message ' || cast(i as text) || ' about the tables, the chairs and the long way home"}]'
    || case when i % 50 = 3 then ',"attachments":[{"kind":"photo","name":"cake.jpg","mime":"image/jpeg","size":3,"alt":null,"source":{"remote":{"channel":{"platform":"chat","id":"-1001"},"file":"f'
    || cast(i as text) || '"}}}]}' else '}' end,
    case when i % 200 = 11 then 1774000000000 + i * 1000 + 900 end
from n;
insert into revision (community_id, message_id, number, at, content)
select community_id, id, 0, taken_at, '{"text":[{"text":"What it said before it was changed"}]}' from message where revision = 1;

insert into event (community_id, platform, key, verdict, taken_at)
select community_id, 'chat', 'update/' || substr(id, 25), 'take', taken_at from message;
insert into engagement (community_id, id, at, kind, person_key, room_id, channel_id, message_id, thread_id, is_reply, is_question, length)
select community_id, '01906f3c-0004' || substr(id, 14), taken_at, 'posted',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f' || substr(identity_id, 32), room_id, channel_id, id, thread_id,
    case when reply_to is null then 0 else 1 end, 0, 60
from message;
insert into reaction (community_id, message_id, identity_id, emoji, channel_id, at, taken_at)
select community_id, id, identity_id, 'x', channel_id, taken_at, taken_at from message where id like '%5';
insert into copy (community_id, channel_id, remote_id, message_id, part)
select community_id, channel_id, substr(id, 25), id, 0 from message;

insert into delivery (community_id, id, seq, message_id, channel_id, operation, state, reason, attempts, epoch,
    remote_ids, progress, revision, created_at, next_attempt_at, sent_at)
select community_id, '01906f3c-0005' || substr(id, 14), cast(substr(id, 26) as bigint) + 1, id, '01906f3c-0000-7000-8000-000000000004',
    'post', 'sent', null, 1, 1, '[["' || substr(id, 26) || '"]]', null, 0, taken_at, 0, taken_at + 200
from message;
insert into copy (community_id, channel_id, remote_id, message_id, part)
select community_id, channel_id, substr(message_id, 26), message_id, 0 from delivery where seq <= MANY - 1000;
update delivery set state = 'to_do', attempts = 0, remote_ids = '[]', sent_at = null where seq > MANY - 1000;

insert into setting (community_id, name, value) values ('', 'epoch', '1'), ('', 'directory_revision', '6');
