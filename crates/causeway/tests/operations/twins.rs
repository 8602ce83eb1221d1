//! One Message-ID on many mails: each that got its 250 arrives, and a repeat is one.

use sandbox::mail::Draft;

use crate::support::{BO, EVA, KIM, LIST, Town, fresh_postgres};

fn mail(words: &str) -> Vec<u8> {
    let quote = "On 3 May 2024 at 10:00, Eva <eva@people.example> wrote:\r\n> Who comes?\r\n";
    format!(
        "From: Bo <{BO}>\r\nTo: {LIST}\r\nSubject: Friday\r\nMessage-ID: <same@people.example>\r\n\r\n{words}\r\n\r\n{quote}"
    )
    .into_bytes()
}

async fn all_at_once(town: &Town, words: &[String]) {
    let mails: Vec<Vec<u8>> = words.iter().map(|it| mail(it)).collect();
    let handed_in = mails.iter().map(|it| town.rig.mail.raw(BO, &[LIST], it));
    for answers in futures::future::join_all(handed_in).await {
        assert_eq!(answers.unwrap()[0].code, 250);
    }
}

async fn each_of_twenty_arrives_once(town: Town) {
    let words: Vec<String> = (0..20).map(|n| format!("mail {n}.")).collect();
    let twice: Vec<String> = words.iter().chain(&words).cloned().collect();
    town.begin().await;
    all_at_once(&town, &twice).await;
    town.kill();
    town.begin().await;
    all_at_once(&town, &words).await;
    town.writes(KIM, Draft::new("The end", "that is all")).await;
    town.gets(EVA, "that is all").await;
    for words in &words {
        let got = town.inbox(EVA).into_iter();
        let of_it = got.filter(|it| it.text.contains(words.as_str())).count();
        assert_eq!(of_it, 1, "{words}");
    }
    assert_eq!(town.n_set_aside("elided-text").await, 20);
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_mails_under_one_id_are_twenty_mails() {
    each_of_twenty_arrives_once(Town::open(1, &[BO, EVA, KIM]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_mails_under_one_id_are_twenty_mails_on_postgres() {
    let Some(url) = fresh_postgres() else { return };
    let mut town = Town::open(1, &[BO, EVA, KIM]).await;
    town.plan.store_url = Some(url);
    each_of_twenty_arrives_once(town).await;
}
