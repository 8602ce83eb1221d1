//! Persons who are told apart and joined while the bridge runs.

use sandbox::telegram::{MessageView, Said};
use serde_json::{Value, json};

use crate::support::Town;

/// Ana names herself by her account.
fn calls_ana(town: &Town, words: &str) -> Said {
    let user = json!({ "id": town.ana.0, "is_bot": false, "first_name": "Ana" });
    Said {
        entities: vec![json!({ "type": "text_mention", "offset": 0, "length": 3, "user": user })],
        ..Said::from(format!("Ana {words}").as_str())
    }
}

fn rings(copy: &MessageView) -> bool {
    copy.entities.iter().any(|it| it["type"] == "text_mention")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_rung_as_soon_as_they_want_it_and_no_longer() {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    town.says(0, calls_ana(&town, "before"));
    assert!(!rings(&town.sees_copy(1, "Ana before").await));
    let ana = format!("telegram:{}", town.ana);
    for (choice, is_rung) in [("account", true), ("name", false)] {
        let answer = town.causeway(&["person", "mentions", &ana, choice]);
        assert_eq!((answer.code, answer.out.as_str()), (0, ""));
        town.says(0, calls_ana(&town, choice));
        let copy = town.sees_copy(1, &format!("Ana {choice}")).await;
        assert_eq!(rings(&copy), is_rung, "{copy:?}");
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_that_are_joined_are_one_person_of_the_list() {
    let town = Town::open(2, &[]).await;
    let telegram = &town.rig.telegram;
    let second = telegram.add_person("Ana");
    telegram.join(town.groups[0], second).unwrap();
    town.begin().await;
    town.says(0, "Here am I");
    town.sees_copy(1, "Here am I").await;
    telegram
        .say(town.groups[0], None, second, "And here")
        .unwrap();
    let copy = town.sees_copy(1, "And here").await;
    let [ana, other] = [town.ana, second].map(|it| format!("telegram:{it}"));
    let list = || -> Vec<Value> {
        let answer = town.causeway(&["person", "list", "--json"]);
        serde_json::from_str(&answer.out).unwrap()
    };
    assert_eq!(list().len(), 2, "{copy:?}");
    let answer = town.causeway(&["person", "join", &ana, &other, "--yes"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let people = list();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0]["accounts"].as_array().unwrap().len(), 2);
    let table = town.causeway(&["person", "list"]).out;
    assert!(table.contains(&ana) && table.contains(&other), "{table}");
    town.end();
}
