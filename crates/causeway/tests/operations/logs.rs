//! Logs hold ids: whatever happens, no word, name, address or secret of anybody. A list has no other id than its address,
//! which is how commands take it.

use sandbox::mail::{Draft, MailFaults};
use sandbox::telegram::UserId;
use serde_json::{Value, json};

use crate::dead::dead;
use crate::support::{BO, LIST, Town};

/// Words that must stand in no log, each of its own kind.
const CANARIES: [&str; 8] = [
    "4242:stand-in",
    "canary-words",
    "Canary-Name",
    "canary-member@",
    "canary-stranger@",
    "canary-subject",
    "canary-file",
    "canary-group",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_body_name_or_address_stands_in_the_log() {
    let members = [BO, "canary-member@people.example"];
    let town = Town::open(1, &members)
        .await
        .with("CAUSEWAY__LOG__FILTER", "debug")
        .with("CAUSEWAY__LOG__FORMAT", "json");
    let (telegram, mail) = (&town.rig.telegram, &town.rig.mail);
    let person = telegram.add_person("Canary-Name Telegram");
    telegram.join(town.groups[0], person).unwrap();
    mail.add_person("Canary-Name Member", members[1]);
    mail.add_person("Canary-Name Stranger", "canary-stranger@people.example");
    town.begin().await;
    people_talk(&town, person, members[1]).await;
    everything_goes_wrong(&town, person, members[1]).await;
    town.end();
    let log = town.log();
    assert!(log.lines().count() > 20, "{log}");
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        assert!(entry["level"].is_string() && entry["target"].is_string());
        let told: Vec<&&str> = CANARIES.iter().filter(|it| line.contains(**it)).collect();
        assert!(told.is_empty(), "{told:?} in {line}");
    }
}

async fn people_talk(town: &Town, person: UserId, member: &str) {
    let telegram = &town.rig.telegram;
    telegram
        .say(town.groups[0], None, person, "canary-words 1")
        .unwrap();
    let copy = town.gets(BO, "canary-words 1").await;
    let draft = Draft::reply(copy.id, "canary-words 2")
        .attach("canary-file.pdf", "application/pdf", b"canary-words 3")
        .header("Subject", "canary-subject");
    town.writes(BO, draft).await;
    town.writes(member, Draft::new("canary-subject", "canary-words 4"))
        .await;
    town.writes(
        "canary-stranger@people.example",
        Draft::new("canary-subject", "canary-words 5"),
    )
    .await;
    for words in ["canary-words 2", "canary-words 4", "canary-words 5"] {
        town.sees_copy(0, words).await;
    }
}

async fn everything_goes_wrong(town: &Town, person: UserId, member: &str) {
    let (telegram, mail) = (&town.rig.telegram, &town.rig.mail);
    mail.set_faults(MailFaults {
        refused: vec![member.to_owned()],
        cut_before_keeping: 1,
        cut_after_keeping: 1,
        ..MailFaults::default()
    });
    let elsewhere = telegram.add_supergroup("canary-group");
    telegram.join(elsewhere, person).unwrap();
    telegram
        .say(elsewhere, None, person, "canary-words 6")
        .unwrap();
    telegram
        .say(town.groups[0], None, person, "canary-words 7")
        .unwrap();
    let odd = json!({ "message": { "text": "canary-words 8", "from": "Canary-Name" } });
    telegram.raw_update(odd.as_object().unwrap());
    let odd = b"Subject: canary-subject\r\n\r\ncanary-words 9\r\n";
    let answers = mail.raw(member, &[LIST], odd).await.unwrap();
    assert_eq!(answers[0].code, 554, "{:?}", answers[0]);
    let unknown = "canary-stranger@lists.example";
    let answers = mail.raw(member, &[unknown], odd).await.unwrap();
    assert_eq!(answers[0].code, 550, "{:?}", answers[0]);
    town.gets(BO, "canary-words 7").await;
    mail.set_faults(MailFaults {
        refused: vec![member.to_owned(), BO.to_owned()],
        ..MailFaults::default()
    });
    telegram
        .say(town.groups[0], None, person, "canary-words 10")
        .unwrap();
    town.until("one is dead", || !dead(town).is_empty()).await;
}
