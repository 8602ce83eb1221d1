-- As version 9 left them, of 0008_offered.sql. The hashes and ciphers are made with 0009_people.key.

insert into attachment (community_id, message_id, revision, number, kind, name, mime, size, alt, source) values
    ('c1', 'm2', 0, 0, '"photo"', 'cake.jpg', 'image/jpeg', 3, null, '{"remote":{"channel":{"platform":"chat","id":"-100200300"},"file":"f1"}}');

insert into body (community_id, message_id, revision, author_id, subject, content, files, at) values
    ('c1', 'm1', 0, 'i1', 'Who is coming on Friday?', '{"text":[{"text":"Who is coming on Thursday?"}]}', 0, 1774000001000),
    ('c1', 'm1', 1, 'i1', 'Who is coming on Friday?', '{"text":[{"text":"Who is coming on "},{"styled":{"style":"bold","children":[{"text":"Friday"}]}},{"text":"?"}]}', 0, 1774000001500),
    ('c1', 'm2', 0, 'i2', null, '{"text":[{"text":"I am, with \u0000 cake"}]}', 1, 1774000002000);

insert into channel (community_id, id, partition, purpose, platform, remote_id, remote_hash, remote_cipher, room_id, identity_id, link, heard_at, unheard_since, created_at, revision) values
    ('c1', 'ch1', 0, 'room', 'chat', '-100200300', null, null, 'r1', null, 'active', null, 1774000003500, 1774000000003, 0),
    ('c1', 'ch2', 0, 'room', 'mail', 'spring@lists.example.org', null, null, 'r1', null, 'active', null, null, 1774000000004, 0),
    ('c1', 'ch3', 0, 'room', 'chat', '-100200301', null, null, 'r1', null, 'active', null, null, 1774000000005, 1),
    ('c1', 'ch4', 0, 'room', 'chat', '-100200302', null, null, null, null, 'unlinked', null, null, 1774000000006, 0);

insert into community (community_id, short, name, language, key_no, created_at) values
    ('c1', 'c1', 'Riverside', 'en', 1, 1774000000000);

insert into community_key (community_id, no, wrapped) values
    ('c1', 1, 'llUExPdOnJ/RRf3MHlLr2zD+TN+1yfWpy00dC8fUKF86pzYyAB3DaBMGQ0DWuV/SU3g=');

insert into copy (community_id, channel_id, remote_id, message_id, part) values
    ('c1', 'ch1', '41', 'm1', 0),
    ('c1', 'ch1', '42', 'm2', 0),
    ('c1', 'ch1', '43', 'm3', 0),
    ('c1', 'ch1', 'the name of a thread', 'm1', -1),
    ('c1', 'ch2', '<correction@lists.example.org>', 'm1', 1000000),
    ('c1', 'ch2', '<root@lists.example.org>', 'm1', 0);

insert into delivery (community_id, id, partition, seq, message_id, channel_id, operation, state, waits_for, reason, attempts, epoch, remote_ids, progress, revision, created_at, next_attempt_at, sent_at, files, handed_through, handed_to, most_parts, part_files) values
    ('c1', 'd1', 0, 1, 'm1', 'ch2', 'post', 'sent', null, null, 1, 1, '[["<root@lists.example.org>"]]', null, 0, 1774000001000, 0, 1774000001200, null, 3, 1, 5, '[[]]'),
    ('c1', 'd2', 0, 2, 'm1', 'ch3', 'post', 'dead', null, 'the platform refused it: too long', 3, 1, '[]', null, 0, 1774000001000, 0, null, null, 0, 0, null, null),
    ('c1', 'd3', 0, 3, 'm1', 'ch2', 'edit', 'suppressed', null, 'edits-unsupported', 0, 0, '[]', null, 0, 1774000001500, 1774000001500, null, '[{"file":{"kind":"photo","name":"cake.jpg","mime":"image/jpeg","size":3,"alt":null,"source":{"remote":{"channel":{"platform":"chat","id":"-100200300"},"file":"f1"}}},"why":"it takes long to fetch"}]', 0, 0, null, null),
    ('c1', 'd4', 0, 4, 'm2', 'ch2', 'post', 'uncertain', null, 'the bridge stopped while it was sent', 1, 1, '[]', '{"next":300}', 0, 1774000002000, 1774000000000, null, null, 0, 0, null, null),
    ('c1', 'd5', 0, 5, 'm2', 'ch3', 'post', 'held', null, 'storm-brake', 0, 0, '[]', null, 0, 1774000002000, 1774000002000, null, null, 0, 0, null, null),
    ('c1', 'd6', 0, 6, 'm3', 'ch2', 'post', 'to_do', null, null, 0, 0, '[]', null, 0, 1774000003000, 1774000003000, null, null, 0, 0, null, null),
    ('c1', 'd7', 0, 7, 'm1', 'ch3', 'react', 'uncertain', null, 'no answer', 1, 1, '[]', null, 0, 1774000004000, 1774000004000, null, null, 0, 0, null, null);

insert into early_change (community_id, channel_id, remote_id, key, at, event) values
    ('c1', 'ch1', '99', 'update/5', 1774000005000, '{}');

insert into engagement (community_id, id, at, kind, platform, actor_key, actor_kind, group_key, room_id, channel_id, message_id, thread_id, answers_message, answers_key, is_question, length, key_no) values
    ('c1', 'e1', 1774000001000, 'posted', 'chat', 'aa9d473603b8fba420519133f93d056e', 'person', null, 'r1', 'ch1', 'm1', 'm1', null, null, 1, 24, 1),
    ('c1', 'e2', 1774000002500, 'reacted', 'chat', '60303ae22b998861', 'person', null, 'r1', 'ch1', 'm1', 'm1', 'm1', 'aa9d473603b8fba420519133f93d056e', 0, 0, 1);

insert into event (community_id, platform, key_hash, fingerprint, verdict, taken_at) values
    ('', 'chat', 'd509f657d5c6226cadc5b8af4456c490', null, 'unknown-channel', 1774000004000),
    ('c1', 'chat', 'ab0df72743bc6e0d738bbe518c9f162c', null, 'take', 1774000001000),
    ('c1', 'chat', 'ab5fed785c467c43e3adc43977567536', null, 'take', 1774000002000),
    ('c1', 'chat', 'dba2568aef7b2c9a1f83cbb799ee6731', null, 'own-words', 1774000003000),
    ('c1', 'mail', '51383bd8e2b8a7b453cf8fd27a986d57', '9f86d081884c7d659a2feaa0c55ad015', 'take', 1774000001000);

insert into held (community_id, id, channel_id, reason, at, released_at, event, remote_id) values
    ('c1', 'h1', 'ch2', 'proof-missing', 1774000006000, null, '{"key":"mail:spring@lists.example.org:h1@example.org","channel":{"platform":"mail","id":"spring@lists.example.org"},"at":1774000005000,"actor":{"account":"ana@example.org","display_name":"Ana","kind":"person"},"proof":"missing","event":{"posted":{"messages":["h1@example.org"],"content":{"text":[{"text":"Is this me?"}]}}}}', null);

insert into identity (community_id, id, person_id, own_person_id, platform, account, name_id, picture, account_hash, account_cipher, created_at) values
    ('c1', 'i1', 'p1', 'p1', 'chat', 'account-of-ana', 'i1', 'https://pictures.example/ana.png', 'aa9d473603b8fba420519133f93d056e', 'nuQ/YUqHlhjV+zc3VZjpYQSntm9A3Bq0nZ18DbP9vJUaAVmcnnIefGXE', 1774000001000),
    ('c1', 'i2', 'p2', 'p2', 'chat', 'account-of-bo', 'i2', null, '2c709c1f413a2f4eb3ad3581635a96d4', 'weZ6/2rxCMSCtqKVlQAlOZCQ0po/Ivp/zhG1oT+m04WIh0qoWWj7PEI=', 1774000002000);

insert into message (community_id, id, room_id, channel_id, identity_id, name_id, thread_id, reply_to, own_subject, said_at, taken_at, revision, revised_at, deleted_at, erased_at) values
    ('c1', 'm1', 'r1', 'ch1', 'i1', 'i1', 'm1', null, 1, 1774000001000, 1774000001000, 1, 1774000001500, null, null),
    ('c1', 'm2', 'r1', 'ch1', 'i2', 'i2', 'm1', 'm1', 0, 1774000002000, 1774000002000, 0, 1774000002000, null, null),
    ('c1', 'm3', 'r1', 'ch1', 'i2', 'i2', 'm3', null, 0, 1774000003000, 1774000003000, 0, 1774000003000, 1774000004000, 1774000004000);

insert into name (community_id, id, identity_id, platform, display_name, skeleton, look, namesake, since, until) values
    ('c1', 'i1', 'i1', 'chat', 'Ana 🌻', 'ana 🌻', '', 1, 1774000001000, null),
    ('c1', 'i2', 'i2', 'chat', 'Bo', 'bo', '', 2, 1774000002000, null);

delete from partition;
insert into partition (community_id, id, next_seq, revision, node_id, epoch, leased_until) values
    ('c1', 0, 8, 1, null, 0, null);

insert into pause (platform, began_at, ended_at) values
    ('', 1774000000500, 1774000000900);

insert into person (community_id, id, created_at, mentions, language, zone) values
    ('c1', 'p1', 1774000001000, 'account', null, null),
    ('c1', 'p2', 1774000002000, 'name', null, null);

insert into reaction (community_id, message_id, identity_id, emoji, channel_id, at, taken_at) values
    ('c1', 'm1', 'i2', '👍', 'ch1', 1774000002500, 1774000002600);

insert into reader (community_id, channel_id, number, account_hash, token, due_at, attempts, trouble, returned, returned_at, identity_id, account_cipher) values
    ('c1', 'ch2', 1, 'hash-of-ana', '0a1b', null, 0, null, 0, null, null, null),
    ('c1', 'ch2', 2, 'hash-of-bo', '2c3d', 1774000009000, 3, 'waits', 0, null, null, null),
    ('c1', 'ch2', 3, 'hash-of-chi', '4e5f', null, 0, 'refused', 1, 1774000008000, null, null);

insert into reader_delivery (community_id, channel_id, delivery_id, part, reader, seq, state, doubts, said, at) values
    ('c1', 'ch2', 'd1', 0, 2, 1, 'waiting', 0, '452 4.2.2 mailbox full', 1774000001200),
    ('c1', 'ch2', 'd1', 0, 3, 1, 'refused', 0, '550 5.1.1 no such user', 1774000001200);

insert into room (community_id, id, name, created_at, most_parts) values
    ('c1', 'r1', 'general', 1774000000001, 0),
    ('c1', 'r2', 'an empty room', 1774000000002, null);

insert into set_aside (community_id, id, platform, key, reason, at, body) values
    ('', 's1', 'chat', '', 'unknown-update', 1774000005000, 'H4sIAAAAAAAA/6uuBQBDv6ajAgAAAA==');

delete from setting;
insert into setting (community_id, name, value) values
    ('', 'epoch', '3'),
    ('', 'key_file', '49bc9c7f2996e355cb830212f43decf6');

insert into unkept (community_id, platform, remote_id, kind, name, n, at) values
    ('', 'chat', '-100200399', 'posted', 'Elsewhere', 3, 1774000007000),
    ('', 'chat', '', 'posted', '', 2, 1774000007000);

insert into button (community_id, id, message_id, number, label, act, for_identity, until, pressed_at, pressed_by) values
    ('c1', 'b1', 'm2', 0, '{"name":"undo-label","args":{}}', '{"undo":{"dead":{"retry":{"ids":"all"}}}}', 'i1', 1774000900000, null, null);

insert into role (community_id, person_id, role, granted_at) values
    ('c1', 'p1', 'owner', 1774000007000);

insert into audit (community_id, id, at, identity_id, verb, effect) values
    ('c1', 'a1', 1774000007100, 'i1', 'room rename', '{"name":"effect-room-rename","args":{}}'),
    ('c1', 'a2', 1774000007200, null, 'room add', '{"name":"effect-room-add","args":{"channels":{"number":0}}}');

insert into agreement (community_id, version, text, since) values
    ('c1', 1, 'Be kind.', 1774000007300);

insert into consent (community_id, person_id, purpose, is_given, version, at) values
    ('c1', 'p1', 'relay', 1, 1, 1774000007400),
    ('c1', 'p2', 'metrics', 0, 1, 1774000007500);

insert into pseudonym (community_id, room_id, person_id, number) values
    ('c1', 'r1', 'p2', 1);
