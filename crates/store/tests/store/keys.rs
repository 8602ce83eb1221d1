//! The key of the installation, what it keeps from whoever has the database alone, and what older hashes are worth.

use std::{fs, os::unix::fs::PermissionsExt};

use conversation::{Content, Event, Markup, Node, Posted, RemoteId};
use store::{At, Error, Role, Store};

use crate::{
    migrations::up_to,
    support::{Database, NOW, World, on_postgres, on_sqlite, posted},
};

crate::on_both_engines!(
    a_key_file_is_made_once_and_is_ours_alone,
    a_store_that_lost_its_key_file_is_refused_and_gets_no_other,
    what_an_older_version_hashed_is_known_again,
    neither_accounts_nor_keys_of_events_stand_where_they_are_hashed,
    a_mention_has_its_hash_and_its_cipher_beside_it,
    what_answers_and_who_acts_stands_in_the_log,
);

async fn a_key_file_is_made_once_and_is_ours_alone(database: &Database) {
    assert!(!database.key_file.exists());
    database.bridge().await.close().await;
    let made = fs::read_to_string(&database.key_file).unwrap();
    assert!(made.starts_with("causeway-key-1:") && made.len() == "causeway-key-1:\n".len() + 64);
    let mode = fs::metadata(&database.key_file).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    fs::set_permissions(&database.key_file, fs::Permissions::from_mode(0o644)).unwrap();
    World::new(database).await.store.close().await;
    assert_eq!(fs::read_to_string(&database.key_file).unwrap(), made);
    let mode = fs::metadata(&database.key_file).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600, "closed to others again");
    if database.is_sqlite() {
        let digits = &made["causeway-key-1:".len()..made.len() - 1];
        let bytes = fs::read(database.file()).unwrap();
        let holds = |it: &[u8]| bytes.windows(it.len()).any(|window| window == it);
        assert!(!holds(digits.as_bytes()));
        let secret: Vec<u8> = (0..32)
            .map(|n| u8::from_str_radix(&digits[2 * n..2 * n + 2], 16).unwrap())
            .collect();
        assert!(!holds(&secret), "a copy of the database holds no key");
    }
}

async fn a_store_that_lost_its_key_file_is_refused_and_gets_no_other(database: &Database) {
    World::new(database).await.store.close().await;
    let key_file = &database.key_file;
    let key = fs::read_to_string(key_file).unwrap();
    let another = format!("causeway-key-1:{}\n", "5a".repeat(32));
    let half = &key[..40];
    for (now, trouble) in [
        (None, "is not there"),
        (Some(""), "holds no key of Causeway's"),
        (Some("hunter2\n"), "holds no key of Causeway's"),
        (Some(half), "holds no key of Causeway's"),
        (Some(another.as_str()), "is another store's"),
    ] {
        match now {
            Some(text) => fs::write(key_file, text).unwrap(),
            None => fs::remove_file(key_file).unwrap(),
        }
        let for_all = fs::Permissions::from_mode(0o644);
        let of_another =
            trouble.contains("holds no key") && fs::set_permissions(key_file, for_all).is_ok();
        for role in [Role::Bridge, Role::Visitor] {
            let refused = database.open(role).await.unwrap_err();
            assert!(matches!(refused, Error::KeyRefused { .. }), "{refused}");
            let said = refused.to_string();
            assert!(said.contains(trouble), "{said}");
            assert!(
                said.contains("put the file back from where you keep its copy"),
                "{said}"
            );
            assert!(
                !said.contains("hunter2") && !said.contains("5a5a"),
                "{said}"
            );
        }
        let left = fs::read_to_string(key_file).ok();
        assert_eq!(left.as_deref(), now, "it is left as it is");
        if of_another {
            let mode = fs::metadata(key_file).unwrap().permissions();
            assert_eq!(mode.mode() & 0o777, 0o644, "and so are its rights");
        }
    }
    fs::remove_file(key_file).unwrap();
    fs::create_dir(key_file).unwrap();
    let refused = database.open(Role::Bridge).await.unwrap_err().to_string();
    assert!(refused.contains("is no file"), "{refused}");
    fs::remove_dir(key_file).unwrap();
    let made = std::process::Command::new("mkfifo").arg(key_file).status();
    assert!(made.unwrap().success());
    let refused = database.open(Role::Visitor).await.unwrap_err().to_string();
    assert!(refused.contains("is no file"), "{refused}");
    fs::remove_file(key_file).unwrap();
    fs::write(key_file, key).unwrap();
    database.open(Role::Visitor).await.unwrap().close().await;
    assert_eq!(
        database.bridge().await.communities().await.unwrap(),
        ["riverside"]
    );
}

#[tokio::test]
async fn for_a_server_a_key_file_must_be_named_and_able_to_be_made() {
    on_postgres(async |database: &Database| {
        let refused = Store::open(&database.url, Role::Bridge, NOW)
            .await
            .unwrap_err();
        assert!(matches!(refused, Error::KeyNotNamed { .. }), "{refused}");
        assert!(
            refused.to_string().contains("`store.key_file`"),
            "{refused}"
        );
        let nowhere = database.key_file.join("nowhere");
        let at = At {
            key_file: Some(&nowhere),
            ..At::from(&database.url)
        };
        let refused = Store::open(at, Role::Bridge, NOW).await.unwrap_err();
        assert!(matches!(refused, Error::KeyNotMade { .. }), "{refused}");
        database.bridge().await.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_file_beside_a_store_that_has_none_yet_is_taken_up() {
    on_sqlite(async |database: &Database| {
        // As after a death between the two.
        let key = format!("causeway-key-1:{}\n", "07".repeat(32));
        fs::write(&database.key_file, &key).unwrap();
        fs::write(database.key_file.with_extension("key.new"), "half").unwrap();
        database.bridge().await.close().await;
        assert_eq!(fs::read_to_string(&database.key_file).unwrap(), key);
        database.open(Role::Visitor).await.unwrap().close().await;
    })
    .await;
}

/// By `openssl dgst -sha256 -hmac a-key-of-the-community`.
const ANA: &str = "aa9d473603b8fba420519133f93d056e35ddfcba160d0261e774c87f4fb65ac9";
const BO: &str = "2c709c1f413a2f4eb3ad3581635a96d440017810eaa738374344d899ff0a1fd3";
const ANA_AS_READER: &str = "bb02e0851026331cb206cf460c68c099019ab2248d84e132662a6d67498e5df8";
const LIST: &str = "mail:spring@lists.example.org";

/// Bo is Ana's other account there: their posts stood under Ana's key, and now each has its own.
async fn what_an_older_version_hashed_is_known_again(database: &Database) {
    up_to(database, 5).await;
    for sql in [
        format!("update engagement set person_key = '{ANA}'"),
        "update identity set person_id = 'p1', counted_as = 'chat:account-of-ana' where id = 'i2'".to_owned(),
        "insert into engagement (community_id, id, at, kind, person_key, room_id, channel_id, message_id, thread_id, is_reply,
           is_question, length) values ('c1', 'e3', 3, 'posted', 'ANA', 'r1', 'ch1', 'm2', 'm1', 1, 0, 16)"
            .replace("ANA", ANA),
        format!("update reader set account_hash = '{ANA_AS_READER}' where number = 3"),
    ] {
        database.execute(&sql).await;
    }
    let mut world = World::on(database.bridge().await);
    let (ana, bo) = (&ANA[..32], &BO[..32]);
    let log = database.look(
        "select id, platform, actor_key, answers_message, answers_key from engagement order by id",
    );
    let expected = format!("e1|chat|{ana}|-|-\ne2|chat|{ana}|m1|{ana}\ne3|chat|{bo}|m1|{ana}");
    assert_eq!(log.await, expected);
    let counted = database
        .look("select account_key, person_key from counted")
        .await;
    assert_eq!(counted, format!("{bo}|{ana}"));
    world
        .posts("chat:-100200300", "ana", "50", "Still me")
        .await;
    let newest = "select actor_key from engagement where id not in ('e1', 'e2', 'e3')";
    assert_eq!(database.look(newest).await, ana);
    let event = Event::Posted(posted("51", &[], "What was heard is not heard again"));
    let mut known = world.event("chat:-100200300", "ana", event);
    known.key = "update/2".into();
    let again = world.take_in(known).await.unwrap();
    assert_eq!(again.0, conversation::Verdict::Drop("repeat"));
    let entry = world.entry(LIST);
    let met = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            let ana = [RemoteId::from("ana@example.org")];
            tx.readers(&entry).meet(&ana).await
        })
    });
    let met = met.await.unwrap();
    assert_eq!(
        (met.len(), met[0].number, met[0].token.as_str()),
        (1, 3, "4e5f")
    );
    let ciphers = database.look("select number from reader where account_cipher is not null");
    assert_eq!(ciphers.await, "3");
    let left = database
        .look("select count(*) from community where key_no = 1")
        .await;
    assert_eq!(left, "1");
    world.store.close().await;
    if database.is_sqlite() {
        let bytes = fs::read(database.file()).unwrap();
        let old = b"a-key-of-the-community";
        assert!(
            !bytes.windows(old.len()).any(|it| it == old),
            "what the key was made of is gone"
        );
    }
}

async fn neither_accounts_nor_keys_of_events_stand_where_they_are_hashed(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    world.replies("chat:b", "Bo", ("2", "1"), "Hello").await;
    world.reacts("chat:a", "Cy", "1", ("👍", "")).await;
    let (first, second) = ("chat:account-of-Ana", "chat:account-of-Bo");
    let community = world.community("riverside").await;
    let joined = world.store.write(move |tx| {
        let community = community.clone();
        Box::pin(async move {
            let (first, second) = (first.parse().unwrap(), second.parse().unwrap());
            tx.people(&community).join(&first, &second, NOW).await
        })
    });
    assert!(joined.await.unwrap());
    for table in [
        "event",
        "engagement",
        "counted",
        "community",
        "community_key",
    ] {
        let rows = database.look(&format!("select * from {table}")).await;
        assert!(!rows.is_empty(), "{table}");
        for plain in ["account-of", "chat:a/"] {
            assert!(!rows.contains(plain), "{plain} stands in {table}: {rows}");
        }
    }
    let hashes = database
        .look("select distinct length(account_hash) from identity")
        .await;
    assert_eq!(hashes, "32");
    let ciphers = database.look("select account_cipher from identity").await;
    assert!(
        ciphers
            .lines()
            .all(|it| it.len() > 40 && !it.contains("account"))
    );
}

async fn a_mention_has_its_hash_and_its_cipher_beside_it(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    let node = |account: Option<&str>, name: &str| Node::Mention {
        account: account.map(Into::into),
        name: name.to_owned(),
    };
    let text = Markup(vec![
        Node::Quote(vec![node(Some("account-of-Ana"), "Ana")]),
        node(None, "@everybody"),
    ]);
    let content = Content {
        text: text.clone(),
        attachments: Vec::new(),
    };
    let posted = Posted {
        content,
        ..posted("2", &[], "")
    };
    let event = world.event("chat:a", "Bo", Event::Posted(posted));
    let message = world.take_in(event).await.unwrap().1.message.unwrap();
    let content = format!("select content from body where message_id = '{message}'");
    let stored = database.look(&content);
    let stored: serde_json::Value = serde_json::from_str(&stored.await).unwrap();
    let mention = &stored["text"][0]["quote"][0]["mention"];
    let hash = database.look("select account_hash from identity where account = 'account-of-Ana'");
    assert_eq!(mention["account_hash"], hash.await.as_str());
    assert!(
        mention["account_cipher"]
            .as_str()
            .is_some_and(|it| it.len() > 40)
    );
    assert_eq!(stored["text"][1]["mention"].as_object().unwrap().len(), 2);
    let read: Content = serde_json::from_value(stored).unwrap();
    assert_eq!(read.text, text, "whoever reads it sees what was said");
}

async fn what_answers_and_who_acts_stands_in_the_log(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    let now = world.now;
    let staff = world.store.write(move |tx| {
        Box::pin(async move {
            let community = tx.communities().add("riverside", now).await?;
            let staff = ["chat:account-of-Bo", "chat:account-of-Di"].map(|it| it.parse().unwrap());
            tx.people(&community).set_staff(&staff).await
        })
    });
    staff.await.unwrap();
    world.replies("chat:a", "Bo", ("2", "1"), "Hello").await;
    world.reacts("chat:a", "Di", "2", ("👍", "")).await;
    crate::assert_text!(database.look(
        "select e.kind, n.display_name, e.actor_kind, p.account from engagement e
         join identity w on w.account_hash = e.actor_key join name n on n.id = w.name_id
         left join identity p on p.account_hash = e.answers_key order by e.at").await, @r"
    posted|Ana|person|-
    posted|Bo|staff|account-of-Ana
    reacted|Di|staff|account-of-Bo
    ");
    let answered = "select e.message_id, e.answers_message from engagement e where e.kind = 'posted' and e.actor_kind = 'staff'";
    let answered = database.look(answered).await;
    let (_, to) = answered.split_once('|').unwrap();
    assert_eq!(
        database
            .look(&format!("select thread_id from message where id = '{to}'"))
            .await,
        to
    );
}
