-- As of version 5.

insert into community (community_id, name, engagement_key, created_at) values
    ('c1', 'Riverside', 'a-key-of-the-community', 1774000000000);

insert into room (community_id, id, name, created_at) values
    ('c1', 'r1', 'general', 1774000000001),
    ('c1', 'r2', 'an empty room', 1774000000002);

insert into channel (community_id, id, platform, remote_id, room_id, link, created_at) values
    ('c1', 'ch1', 'chat', '-100200300', 'r1', 'active', 1774000000003),
    ('c1', 'ch2', 'mail', 'spring@lists.example.org', 'r1', 'active', 1774000000004),
    ('c1', 'ch3', 'chat', '-100200301', 'r1', 'suspended', 1774000000005),
    ('c1', 'ch4', 'chat', '-100200302', null, 'unlinked', 1774000000006);

update channel set unheard_since = 1774000003500 where id = 'ch1';

insert into person (community_id, id, created_at) values
    ('c1', 'p1', 1774000001000),
    ('c1', 'p2', 1774000002000);

update person set mentions = 'account' where id = 'p1';

insert into identity (community_id, id, person_id, platform, account, display_name, picture, skeleton, namesake, created_at) values
    ('c1', 'i1', 'p1', 'chat', 'account-of-ana', 'Ana 🌻', 'https://pictures.example/ana.png', 'ana 🌻', 1, 1774000001000),
    ('c1', 'i2', 'p2', 'chat', 'account-of-bo', 'Bo', null, 'bo', 2, 1774000002000);

insert into event (community_id, platform, key, verdict, taken_at) values
    ('c1', 'chat', 'update/1', 'take', 1774000001000),
    ('c1', 'chat', 'update/2', 'take', 1774000002000),
    ('c1', 'chat', 'update/3', 'own-words', 1774000003000),
    ('', 'chat', 'update/4', 'unknown-channel', 1774000004000);

insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, subject,
    own_subject, said_at, taken_at, revision, revised_at, content, deleted_at) values
    ('c1', 'm1', 'r1', 'ch1', 'i1', 'm1', null, 'Who is coming on Friday?',
     1, 1774000001000, 1774000001000, 1, 1774000001500,
     '{"text":[{"text":"Who is coming on "},{"styled":{"style":"bold","children":[{"text":"Friday"}]}},{"text":"?"}]}', null),
    ('c1', 'm2', 'r1', 'ch1', 'i2', 'm1', 'm1', 'Who is coming on Friday?',
     0, 1774000002000, 1774000002000, 0, 1774000002000,
     '{"text":[{"text":"I am, with \u0000 cake"}],"attachments":[{"kind":"photo","name":"cake.jpg","mime":"image/jpeg","size":3,"alt":null,"source":{"remote":{"channel":{"platform":"chat","id":"-100200300"},"file":"f1"}}}]}', null),
    ('c1', 'm3', 'r1', 'ch1', 'i2', 'm3', null, 'Never mind',
     0, 1774000003000, 1774000003000, 0, 1774000003000,
     '{"text":[{"text":"Never mind"}]}', 1774000004000);

insert into revision (community_id, message_id, number, at, content) values
    ('c1', 'm1', 0, 1774000001000, '{"text":[{"text":"Who is coming on Thursday?"}]}');

insert into delivery (community_id, id, seq, message_id, channel_id, operation, state, reason, attempts, epoch,
    remote_ids, progress, revision, created_at, next_attempt_at, sent_at) values
    ('c1', 'd1', 1, 'm1', 'ch2', 'post', 'sent', null, 1, 1,
     '[["<root@lists.example.org>"]]', null, 0, 1774000001000, 0, 1774000001200),
    ('c1', 'd2', 2, 'm1', 'ch3', 'post', 'dead', 'the platform refused it: too long', 3, 1,
     '[]', null, 0, 1774000001000, 0, null),
    ('c1', 'd3', 3, 'm1', 'ch2', 'edit', 'suppressed', 'edits-unsupported', 0, 0,
     '[]', null, 0, 1774000001500, 1774000001500, null),
    ('c1', 'd4', 4, 'm2', 'ch2', 'post', 'sending', null, 1, 1,
     '[]', '{"next":300}', 0, 1774000002000, 1774000002000, null),
    ('c1', 'd5', 5, 'm2', 'ch3', 'post', 'held', 'storm-brake', 0, 0,
     '[]', null, 0, 1774000002000, 1774000002000, null),
    ('c1', 'd6', 6, 'm3', 'ch2', 'post', 'to_do', null, 0, 0,
     '[]', null, 0, 1774000003000, 1774000003000, null),
    ('c1', 'd7', 7, 'm1', 'ch3', 'react', 'uncertain', 'no answer', 1, 1,
     '[]', null, 0, 1774000004000, 1774000004000, null);

insert into copy (community_id, channel_id, remote_id, message_id, part) values
    ('c1', 'ch1', '41', 'm1', 0),
    ('c1', 'ch1', '42', 'm2', 0),
    ('c1', 'ch1', '43', 'm3', 0),
    ('c1', 'ch2', '<root@lists.example.org>', 'm1', 0),
    ('c1', 'ch2', '<correction@lists.example.org>', 'm1', 1000000),
    ('c1', 'ch1', 'the name of a thread', 'm1', -1);

insert into reaction (community_id, message_id, identity_id, emoji, channel_id, at, taken_at) values
    ('c1', 'm1', 'i2', '👍', 'ch1', 1774000002500, 1774000002600);

insert into engagement (community_id, id, at, kind, person_key, room_id, channel_id, message_id, thread_id,
    is_reply, is_question, length) values
    ('c1', 'e1', 1774000001000, 'posted', '9f86d081884c7d65', 'r1', 'ch1', 'm1', 'm1', 0, 1, 24),
    ('c1', 'e2', 1774000002500, 'reacted', '60303ae22b998861', 'r1', 'ch1', 'm1', 'm1', 0, 0, 0);

insert into set_aside (community_id, id, platform, key, reason, at, body) values
    ('', 's1', 'chat', 'update/5', 'unknown-update', 1774000005000, 'H4sIAAAAAAAA/6uuBQBDv6ajAgAAAA==');

insert into notice (community_id, kind, about, text, at) values
    ('c1', 'channel-closed', 'chat:-100200301', 'chat:-100200301 is closed to the bridge', 1774000004500);

insert into setting (community_id, name, value) values
    ('', 'epoch', '1'),
    ('', 'directory_revision', '6');

insert into early_change (community_id, channel_id, remote_id, key, at, event) values
    ('c1', 'ch1', '99', 'update/5', 1774000005000, '{}');

update delivery set files = '[{"file":{"kind":"photo","name":"cake.jpg","mime":"image/jpeg","size":3,"alt":null,"source":{"remote":{"channel":{"platform":"chat","id":"-100200300"},"file":"f1"}}},"why":"it takes long to fetch"}]'
    where id = 'd3';

insert into pause (platform, began_at, ended_at) values ('', 1774000000500, 1774000000900);

insert into reader (community_id, channel_id, number, account_hash, token, due_at, attempts, trouble, returned, returned_at) values
    ('c1', 'ch2', 1, 'hash-of-ana', '0a1b', null, 0, null, 0, null),
    ('c1', 'ch2', 2, 'hash-of-bo', '2c3d', 1774000009000, 3, 'waits', 0, null),
    ('c1', 'ch2', 3, 'hash-of-chi', '4e5f', null, 0, 'refused', 1, 1774000008000);

insert into reader_delivery (community_id, channel_id, delivery_id, part, reader, seq, state, doubts, said, at) values
    ('c1', 'ch2', 'd1', 0, 2, 1, 'waiting', 0, '452 4.2.2 mailbox full', 1774000001200),
    ('c1', 'ch2', 'd1', 0, 3, 1, 'refused', 0, '550 5.1.1 no such user', 1774000001200);

update delivery set handed_through = 3, handed_to = 1 where id = 'd1';
update room set most_parts = 0 where id = 'r1';
update delivery set most_parts = 5, part_files = '[[]]' where id = 'd1';

insert into event (community_id, platform, key, verdict, taken_at, fingerprint) values
    ('c1', 'mail', 'mail:spring@lists.example.org:m1@example.org', 'take', 1774000001000, '9f86d081884c7d659a2feaa0c55ad015');

insert into held (community_id, id, channel_id, reason, at, released_at, event) values
    ('c1', 'h1', 'ch2', 'proof-missing', 1774000006000, null,
     '{"key":"mail:spring@lists.example.org:h1@example.org","channel":{"platform":"mail","id":"spring@lists.example.org"},"at":1774000005000,"actor":{"account":"ana@example.org","display_name":"Ana","kind":"person"},"proof":"missing","event":{"posted":{"messages":["h1@example.org"],"content":{"text":[{"text":"Is this me?"}]}}}}');

insert into unkept (community_id, platform, remote_id, kind, name, n, at) values
    ('', 'chat', '-100200399', 'posted', 'Elsewhere', 3, 1774000007000),
    ('', 'chat', '', 'posted', '', 2, 1774000007000);
