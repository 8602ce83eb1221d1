//! What could not be delivered, in the hands of staff.

use std::time::{Duration, Instant};

use sandbox::mail::MailFaults;
use serde_json::Value;

use crate::support::{BO, LIST, Town};

pub(crate) fn dead(town: &Town) -> Vec<Value> {
    let answer = town.causeway(&["dead", "list", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    serde_json::from_str(&answer.out).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_refused_is_listed_and_can_be_tried_again_or_dropped() {
    let town = Town::open(1, &[BO]).await;
    town.begin().await;
    town.rig.mail.set_faults(MailFaults {
        refused: vec![BO.to_owned()],
        ..MailFaults::default()
    });
    town.says(0, "try me again");
    town.says(0, "drop me");
    town.until("both are dead", || dead(&town).len() == 2).await;
    let lines = dead(&town);
    let id_of = |words: &str| {
        let line = lines.iter().find(|it| it["message_excerpt"] == words);
        line.unwrap()["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(lines[0]["state"], "dead");
    assert_eq!(lines[0]["to"], format!("email:{LIST}"));
    assert!(lines[0]["reason"].as_str().unwrap().contains("refused"));

    town.rig.mail.set_faults(MailFaults::default());
    let answer = town.causeway(&["dead", "drop", &id_of("drop me")]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let start = Instant::now();
    let answer = town.causeway(&["dead", "retry", &id_of("try me again")]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    town.gets(BO, "try me again").await;
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(dead(&town), Vec::<Value>::new());
    let answer = town.causeway(&["dead", "retry", &id_of("drop me")]);
    assert_eq!(answer.code, 1);
    town.end();
    assert_eq!(town.inbox(BO).len(), 1);
}
