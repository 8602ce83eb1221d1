//! Every SQL statement in the source is run on both engines, and on SQLite none of those that every message
//! needs reads a whole table. Seen in what the driver logs.

#![allow(clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod agreed;
mod direct;
mod forgotten;
mod heard;
mod installation;
mod people;
mod plans;
mod readers;
mod requests;
mod silence;
mod staff;
mod talk;
mod wishes;
mod written;

use std::collections::BTreeSet;

use blobs::Wants;
use heard::Heard;
use insta::assert_snapshot;
use plans::{whole_tables, without_statistics};
use readers::readers_are_reached;
use staff::staff_looks_and_acts;
use support::{Database, World, expiring::KEPT, on_postgres, on_sqlite};
use tracing_subscriber::layer::SubscriberExt;
use written::{
    is_for_postgres, is_for_sqlite, is_of_the_shape, is_sql, not_run, one_line, written_in,
};

#[tokio::test]
async fn every_statement_runs_on_both_engines_and_none_reads_more_than_it_must() {
    let heard = Heard::default();
    let subscriber = tracing_subscriber::registry().with(heard.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();

    on_sqlite(async |database: &Database| {
        let (shaping, run) = everything(database, &heard).await;
        let missing = not_run(&(&shaping | &run), |sql| !is_for_postgres(sql));
        assert_eq!(missing, [""; 0], "on SQLite");
        assert_snapshot!(whole_tables(database, &run).await, @r"
        SEARCH a USING INDEX sqlite_autoindex_audit_1 (community_id=?): delete from audit where community_id = $1 and id in ( select
        SCAN code: delete from code where community_id = $1 and (until < $2 or
        SCAN code: delete from code where community_id = $1 and identity_id in
        SCAN code: delete from code where community_id = $1 and identity_id in
        SEARCH counted USING INDEX sqlite_autoindex_counted_1 (community_id=?): delete from counted where community_id = $1 and ( account_ke
        SEARCH early_change USING INDEX sqlite_autoindex_early_change_1 (community_id=?): delete from early_change where key = $2 and community_id = $
        SCAN handed: delete from handed where community_id = $1 and at <= $2
        SEARCH held USING COVERING INDEX sqlite_autoindex_held_1 (community_id=?): delete from held where community_id = $2 and substr(id, 1, l
        SCAN pause: delete from pause where ended_at < $1
        SCAN place: delete from place where community_id = $1 and channel_id = $
        SEARCH d USING INDEX delivery_stopped (community_id=?): delete from reader_delivery where community_id = $2 and stat
        SCAN request: delete from request where channel_id = $2 and community_id =
        SEARCH staff USING INDEX sqlite_autoindex_staff_1 (community_id=?): delete from staff where community_id = $1
        SEARCH unkept USING COVERING INDEX unkept_time (community_id=?): delete from unkept where community_id = '' and at < ( select
        SEARCH i USING INDEX sqlite_autoindex_identity_1 (community_id=?): insert into channel (community_id, id, purpose, platform, re
        SEARCH a USING COVERING INDEX sqlite_autoindex_agreement_1 (community_id=?): insert into consent (community_id, person_id, purpose, is_gi
        SEARCH a USING COVERING INDEX sqlite_autoindex_agreement_1 (community_id=?): insert into consent (community_id, person_id, purpose, is_gi
        SCAN f: insert into counted (community_id, key_no, account_key, pers
        SCAN forgetting: insert into due (community_id, kind, about, at, attempts) se
        SEARCH community USING COVERING INDEX sqlite_autoindex_community_1 (community_id=?): insert into own_word (community_id, message_id, key, phrase,
        SEARCH s USING COVERING INDEX sqlite_autoindex_staff_1 (community_id=?): select (select count(*) from staff s where s.community_id =
        SCAN r: select (select count(*) from staff s where s.community_id =
        SEARCH r USING COVERING INDEX sqlite_autoindex_reader_2 (community_id=?): select 1 from identity i join staff s on s.community_id = i.
        SCAN r: select 1 from role r cross join identity i where r.community
        SEARCH a USING INDEX sqlite_autoindex_audit_1 (community_id=?): select a.at, a.identity_id, a.verb, a.effect, n.display_name
        SCAN m: select a.message_id, a.revision, a.kind, a.name, a.mime, a.s
        SEARCH a USING INDEX sqlite_autoindex_agreement_1 (community_id=?): select a.version, a.text, a.since from agreement a where a.c
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select a.version, a.text, a.since from agreement a where a.c
        SEARCH a USING COVERING INDEX sqlite_autoindex_agreement_1 (community_id=?): select a.version, a.text, a.since from agreement a where a.c
        SCAN m: select b.message_id, b.revision, b.at, b.subject, b.content
        SEARCH set_aside USING INDEX set_aside_time (community_id=?): select body from set_aside where community_id = '' and reaso
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SCAN f: select c.community_id, c.id, c.purpose, c.platform, c.remote
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.community_id, c.id, c.purpose, c.platform, c.remote
        SCAN o: select c.purpose, c.id as channel_id, c.platform, c.remote_i
        SEARCH c USING INDEX sqlite_autoindex_community_1 (community_id=?): select c.short, b.id, b.label, b.act from button b join comm
        SCAN partition: select community_id, revision from partition where id = 0
        SCAN held: select count(*) as n from held where released_at is null and
        SEARCH audit USING COVERING INDEX sqlite_autoindex_audit_1 (community_id=?): select count(*) from audit where community_id = $1
        SEARCH d USING INDEX delivery_stopped (community_id=?): select count(*) from delivery d join channel c on c.communit
        SEARCH h USING INDEX sqlite_autoindex_held_1 (community_id=?): select count(*) from held h join channel c on c.community_id
        SEARCH identity USING INDEX sqlite_autoindex_identity_2 (community_id=?): select count(distinct person_id) from identity where communi
        SCAN d: select d.id, d.operation, d.state, d.reason, d.attempts, d.c
        SEARCH h USING INDEX channel_revision (community_id=?): select d.id, d.operation, d.state, d.reason, d.attempts, d.c
        SEARCH d USING INDEX delivery_stopped (community_id=?): select d.id, d.operation, d.state, d.reason, d.attempts, d.c
        SCAN m: select d.message_id, d.operation, d.state, d.reason, d.sent_
        SEARCH identity USING COVERING INDEX sqlite_autoindex_identity_2 (community_id=?): select distinct platform from identity where community_id =
        SEARCH set_aside USING INDEX set_aside_time (community_id=?): select distinct reason from set_aside where community_id = '
        SCAN held: select event from held where event like '%sha256%'
        SCAN f: select f.id, f.person_id, f.channel_id, f.platform, f.accoun
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select f.platform, f.account_cipher, m.key_no, k.wrapped, m.
        SEARCH h USING INDEX sqlite_autoindex_held_1 (community_id=?): select h.event, h.reason, h.at from held h where h.community
        SEARCH e USING INDEX sqlite_autoindex_early_change_1 (community_id=?): select h.event, h.reason, h.at from held h where h.community
        SEARCH h USING INDEX sqlite_autoindex_held_1 (community_id=?): select h.id, h.reason, h.at, h.event, c.platform, c.remote_i
        SEARCH p USING INDEX person_nameless (community_id=?): select i.account, i.person_id from person p cross join ident
        SEARCH p USING INDEX person_private (community_id=?): select i.platform, i.account from community c cross join per
        SEARCH channel USING INDEX channel_revision (community_id=?): select id from channel where community_id = $1 and room_id i
        SEARCH delivery USING INDEX delivery_stopped (community_id=?): select id from delivery where state in ('dead', 'held') and
        SEARCH held USING INDEX sqlite_autoindex_held_1 (community_id=?): select id from held where community_id = $1 and released_at
        SEARCH held USING INDEX sqlite_autoindex_held_1 (community_id=?): select id, event from held where community_id = $1
        SEARCH m USING INDEX sqlite_autoindex_community_1 (community_id=?): select k.wrapped from community m join community_key k on k.
        SEARCH early_change USING INDEX sqlite_autoindex_early_change_1 (community_id=?): select key, event from early_change where community_id = $1
        SCAN notice: select kind, about, text, at from notice order by at desc, k
        SCAN notice: select kind, about, text, at from notice where $1 is null or
        SCAN m: select m.id, m.thread_id, m.reply_to, m.said_at, m.revision,
        SEARCH r USING INDEX sqlite_autoindex_room_2 (community_id=?): select m.name as community, r.name, r.most_parts, c.platform
        SEARCH n USING INDEX sqlite_autoindex_name_1 (community_id=?): select n.id, i.account, n.display_name, n.skeleton, n.namesa
        SCAN community: select name from community order by created_at, community_id
        SEARCH community USING INDEX sqlite_autoindex_community_1 (community_id=?): select name from community where community_id = $1
        SEARCH room USING COVERING INDEX sqlite_autoindex_room_2 (community_id=?): select name from room where community_id = $1 order by name
        SCAN t VIRTUAL TABLE INDEX 0:: select name, case when wr = 0 then 'rowid' else (select name
        SCAN pragma_table_info VIRTUAL TABLE INDEX 0:: select name, case when wr = 0 then 'rowid' else (select name
        SEARCH community USING INDEX sqlite_autoindex_community_1 (community_id=?): select null as person_id, name as display_name from communit
        SEARCH s USING COVERING INDEX sqlite_autoindex_staff_1 (community_id=?): select null as person_id, name as display_name from communit
        SEARCH q USING INDEX sqlite_autoindex_person_1 (community_id=?): select p.id as person_id, p.mentions, i.platform, i.account,
        SCAN p: select p.id as person_id, p.mentions, i.platform, i.account,
        SEARCH staff USING COVERING INDEX sqlite_autoindex_staff_1 (community_id=?): select platform, account from staff where community_id = $1
        SEARCH staff USING COVERING INDEX sqlite_autoindex_staff_1 (community_id=?): select platform, account from staff where community_id = $1
        SCAN pause: select platform, began_at, ended_at from pause order by bega
        SCAN set_aside: select platform, reason, count(*) as n from set_aside group
        SCAN channel: select platform, remote_id, unheard_since from channel where
        SEARCH r USING INDEX sqlite_autoindex_room_2 (community_id=?): select r.name, p.number from pseudonym p join room r on r.co
        SCAN r: select r.role, i.platform, i.account from role r cross join
        SEARCH community USING INDEX sqlite_autoindex_community_1 (community_id=?): select short from community where community_id = $1
        SCAN delivery: select state, count(*) as n from delivery group by state
        SEARCH u USING INDEX unkept_time (community_id=?): select u.platform, u.remote_id, u.name, u.n, u.at from unkep
        SEARCH agreement USING INDEX sqlite_autoindex_agreement_1 (community_id=?): select version, text from agreement where community_id = $1
        SCAN channel: update channel set link = 'active', revision = ( select p.re
        SEARCH channel USING INDEX channel_revision (community_id=?): update channel set revision = $2 where community_id = $1
        SEARCH d USING INDEX delivery_stopped (community_id=?): update channel set revision = $3 where community_id = $2 and
        SEARCH community USING INDEX sqlite_autoindex_community_1 (community_id=?): update community set language = $2 where community_id = $1 a
        SEARCH community USING INDEX sqlite_autoindex_community_1 (community_id=?): update community set name = $1 where community_id = $2
        SEARCH d USING INDEX delivery_stopped (community_id=?): update delivery set channel_id = $1 where community_id = $2
        SEARCH delivery USING INDEX delivery_stopped (community_id=?): update delivery set state = 'suppressed', reason = 'dropped-
        SEARCH delivery USING INDEX delivery_stopped (community_id=?): update delivery set state = 'to_do', attempts = 0, created_a
        SEARCH held USING INDEX sqlite_autoindex_held_1 (community_id=?): update held set released_at = $1 where community_id = $3 and
        SCAN channel: update partition set revision = revision + 1 where id = 0 an
        SCAN pause: update pause set ended_at = $1 where ended_at > $1
        SEARCH person USING COVERING INDEX sqlite_autoindex_person_1 (community_id=?): update person set mentions = 'name', language = null, zone =
        SEARCH reader USING INDEX sqlite_autoindex_reader_2 (community_id=?): update reader set due_at = $1, attempts = 0 where community_
        SEARCH reader USING INDEX sqlite_autoindex_reader_2 (community_id=?): update reader set identity_id = null where community_id = $1
        SEARCH d USING INDEX delivery_stopped (community_id=?): update reader_delivery set state = 'waiting', doubts = 0 whe
        SEARCH p USING INDEX person_nameless (community_id=?): with next as materialized (select 'next' as what, d.channel_
        SEARCH p USING INDEX person_nameless (community_id=?): with next as materialized (select d.id, d.seq, d.message_id,
        SEARCH p USING INDEX person_nameless (community_id=?): with next as materialized (select d.id, d.seq, d.message_id,
        SEARCH p USING INDEX person_nameless (community_id=?): with next as materialized (select d.id, d.seq, d.message_id,
        ");
    })
    .await;
    on_postgres(async |database: &Database| {
        heard.take();
        let (shaping, run) = everything(database, &heard).await;
        let missing = not_run(&(&shaping | &run), |sql| !is_for_sqlite(sql));
        assert_eq!(missing, [""; 0], "on Postgres");
        let begins = |sql: &&String, with: &str| sql.starts_with("with next as") && sql.contains(with);
        let foreseen = run.iter().find(|it| begins(it, "of_queue")).unwrap();
        let known = run.iter().find(|it| it.starts_with("select 'event' as what")).unwrap();
        assert_snapshot!(without_statistics(foreseen, "'[]'").await, @r"
        Index Scan using delivery_open on delivery q
        Index Cond: ((channel_id = (r.value ->> 1)) AND (community_id = (r.value ->> 0)))
        Index Scan using message_new_pkey on message m
        Index Cond: ((id = n.message_id) AND (community_id = n.community_id))
        Index Scan using body_pkey on body b
        Index Cond: ((message_id = m.id) AND (community_id = m.community_id) AND (revision = m.revision))
        Index Scan Backward using body_pkey on body s
        Index Cond: ((message_id = m.thread_id) AND (community_id = m.community_id))
        Index Scan using message_new_pkey on message t
        Index Cond: ((id = s.message_id) AND (community_id = s.community_id))
        Index Scan using person_pkey on person p
        Index Cond: ((community_id = t.community_id) AND (id = $4))
        Index Scan using identity_id on identity a
        Index Cond: ((id = t.identity_id) AND (community_id = t.community_id))
        Index Scan using identity_id on identity i
        Index Cond: ((id = s_1.identity_id) AND (community_id = s_1.community_id))
        Index Scan using person_pkey on person p_1
        Index Cond: ((community_id = w_1.community_id) AND (id = w_1.person_id))
        Index Scan using name_pkey on name n_1
        Index Cond: ((community_id = w_2.community_id) AND (id = w_2.name_id))
        Bitmap Heap Scan on person p_2
        Bitmap Index Scan on person_nameless
        Index Scan using channel_id on channel h
        Index Cond: ((id = w.channel_id) AND (community_id = w.community_id))
        ");
        assert_snapshot!(without_statistics(known, "'[]', '[]', '[]', '[]', '[]'").await, @r"
        Index Scan using event_new_pkey on event e
        Index Cond: ((community_id = (r.value ->> 0)) AND (platform = (r.value ->> 1)) AND (key_hash = (r.value ->> 2)))
        Index Scan using copy_pkey on copy c
        Index Cond: ((community_id = (r_1.value ->> 0)) AND (channel_id = (r_1.value ->> 1)) AND (remote_id = (r_1.value ->> 2)))
        Index Only Scan using early_change_pkey on early_change h
        Index Cond: ((community_id = (r_2.value ->> 0)) AND (channel_id = (r_2.value ->> 1)) AND (remote_id = (r_2.value ->> 2)))
        Index Scan using identity_new_pkey on identity i
        Index Cond: (community_id = (r_3.value ->> 0))
        Index Scan using person_pkey on person p
        Index Cond: ((community_id = i.community_id) AND (id = i.person_id))
        Index Scan using name_identity on name n
        Index Cond: ((identity_id = i.id) AND (community_id = i.community_id))
        Index Scan using identity_new_community_id_platform_account_key on identity o
        Index Cond: (community_id = i.community_id)
        Bitmap Heap Scan on staff s
        Bitmap Index Scan on staff_pkey
        Index Cond: (community_id = i.community_id)
        Index Scan using consent_pkey on consent c_1
        Index Cond: ((person_id = p.id) AND (purpose = 'metrics'::text) AND (community_id = p.community_id))
        Index Only Scan using channel_remote on channel h_1
        Index Cond: ((remote_id = (r_4.value ->> 1)) AND (platform = (r_4.value ->> 0)))
        Index Scan using partition_pkey on partition p_1
        Index Cond: ((community_id = h_1.community_id) AND (id = 0))
        ");
        let claim = run.iter().find(|it| begins(it, "seq > $5")).unwrap();
        assert_snapshot!(without_statistics(claim, "'', '', '', 0, 0").await, @r"
        Index Scan using delivery_open on delivery d
        Index Cond: ((channel_id = $2) AND (community_id = $1) AND (seq > $5))
        Index Scan using message_new_pkey on message m
        Index Cond: ((id = n.message_id) AND (community_id = n.community_id))
        Index Scan using body_pkey on body b
        Index Cond: ((message_id = m.id) AND (community_id = m.community_id) AND (revision = m.revision))
        Index Scan Backward using body_pkey on body s
        Index Cond: ((message_id = m.thread_id) AND (community_id = m.community_id))
        Index Scan using message_new_pkey on message t
        Index Cond: ((id = s.message_id) AND (community_id = s.community_id))
        Index Scan using person_pkey on person p
        Index Cond: ((community_id = t.community_id) AND (id = $3))
        Index Scan using identity_id on identity a
        Index Cond: ((id = t.identity_id) AND (community_id = t.community_id))
        Index Scan using identity_id on identity i
        Index Cond: ((id = s_1.identity_id) AND (community_id = s_1.community_id))
        Index Scan using person_pkey on person p_1
        Index Cond: ((community_id = w_1.community_id) AND (id = w_1.person_id))
        Index Scan using name_pkey on name n_1
        Index Cond: ((community_id = w_2.community_id) AND (id = w_2.name_id))
        Index Only Scan using person_nameless on person p_2
        Index Cond: (community_id = w_2.community_id)
        Index Scan using channel_id on channel h
        Index Cond: ((id = w.channel_id) AND (community_id = w.community_id))
        ");
    })
    .await;
}

/// What shapes a database, over tables that are gone by then, and what is done in it.
async fn everything(database: &Database, heard: &Heard) -> (BTreeSet<String>, BTreeSet<String>) {
    database.bridge().await.close().await;
    let shaping = heard.take();
    let mut world = World::new(database).await;
    talk::people_talk(&mut world).await;
    readers_are_reached(&mut world).await;
    talk::the_bridge_relays(&mut world).await;
    talk::one_was_edited_before_anybody_knows_whether_it_arrived(&mut world).await;
    talk::the_bridge_speaks(&world).await;
    people::are_told_apart(&mut world).await;
    world.store.wanted().await.unwrap();
    silence::nothing_is_heard_for_a_while(&world).await;
    world.gathers().await;
    direct::somebody_is_spoken_to_alone(&world).await;
    requests::somebody_asks(&world).await;
    agreed::people_agree(&world).await;
    staff_looks_and_acts(&mut world, database).await;
    wishes::somebody_steps_back(&mut world).await;
    for days in [61, 400] {
        world.days_pass(days);
        world.expires(KEPT).await;
    }
    forgotten::somebody_is_forgotten(&mut world).await;
    world.store.close().await;
    database.bridge().await.close().await;
    (shaping, heard.take())
}
