//! The shelf of places, and what stands in one of them.

use reqwest::StatusCode;
use sandbox::town::open_town;
use serde_json::{Value, json};

use super::support::typed;
use super::{Page, page, page_of, told};

const LIST: &str = "email:spring@gathering.example";

impl Page {
    async fn shelf(&self) -> Vec<Value> {
        let change = told(&mut self.get("/api/events").await).await;
        change["shelf"].as_array().unwrap().clone()
    }
}

#[tokio::test]
async fn the_shelf_holds_every_place_once() {
    let page = page().await;
    let shelf = page.shelf().await;
    let count = |kind: &str| shelf.iter().filter(|it| it["kind"] == kind).count();
    let kinds = [
        "group", "text", "channel", "list", "private", "mailbox", "commands",
    ];
    assert_eq!(kinds.map(count), [1, 1, 1, 1, 8, 3, 1]);
    let mut addresses: Vec<&str> = shelf.iter().filter_map(|it| it["at"].as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), shelf.len());
    for at in addresses {
        let answer = page.get(&format!("/api/places/{at}")).await;
        assert_eq!(answer.status(), StatusCode::OK, "{at}");
    }
}

#[tokio::test]
async fn a_place_that_is_not_there_is_answered_in_words() {
    let page = page().await;
    for at in [
        "telegram:1",
        "telegram:x",
        "discord:0",
        "slack:",
        "email:eve@x.example",
        "irc:a",
        "a",
    ] {
        let answer = page.get(&format!("/api/places/{at}")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{at}");
        assert_eq!(
            answer.text().await.unwrap(),
            format!("There is no place {at} here.")
        );
    }
}

#[tokio::test]
async fn a_group_that_moved_stands_on_the_shelf_once_and_keeps_what_was_said() {
    let page = page().await;
    let (group, ana) = (page.group(), page.ana());
    page.act(json!({ "act": "say", "chat": group, "person": ana, "text": "Before" }))
        .await;
    let mut events = page.get("/api/events").await;
    told(&mut events).await;
    page.post("/api/faults", json!({ "fault": "telegram_migrate" }))
        .await;
    let change = told(&mut events).await;
    assert_eq!(change["gone"], json!([format!("telegram:{group}")]));
    assert_eq!(change["switches"]["telegram"]["migrate"], true);
    let at = change["shelf"][0]["at"].as_str().unwrap().to_owned();
    let chats = page.place(at).await["chats"].clone();
    let texts: Vec<&Value> = chats[0]["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["text"])
        .collect();
    assert!(texts.contains(&&json!("Before")), "{texts:?}");
    assert_eq!(chats[0]["migrated_to"], chats[1]["id"]);
}

#[tokio::test]
async fn in_the_place_of_a_list_each_mail_stands_once_and_anybody_answers_from_their_own_copy() {
    let page = page().await;
    let mail = &page.sandbox.town.mail;
    let to: String = mail
        .addresses()
        .iter()
        .map(|it| format!("RCPT TO:<{it}>\n"))
        .collect();
    let text = "From: Ana <ana@x.example>\nTo: spring@gathering.example\nMessage-ID: <one@x.example>\n\nHello\n";
    let smtp = page.sandbox.addresses.smtp.to_string();
    let lines = format!("EHLO x\nMAIL FROM:<l@x.example>\n{to}DATA\n{text}.\nQUIT\n");
    let said = typed(&smtp, &lines).await;
    assert!(said.contains("\n250"), "{said}");
    let view = page.place(LIST.to_owned()).await;
    assert_eq!(view["kind"], "list");
    assert_eq!(view["people"].as_array().unwrap().len(), 3);
    let threads = view["mailbox"]["threads"].as_array().unwrap();
    assert_eq!(threads.len(), 1, "{threads:?}");
    let seen = &threads[0]["mails"];
    assert_eq!(seen.as_array().unwrap().len(), 1);
    for person in mail.addresses() {
        let reply = json!({ "act": "reply_mail", "person": person, "to": "spring@gathering.example", "mail": seen[0]["id"], "text": "Yes" });
        page.act(reply).await;
    }
    let threads = page.place(LIST.to_owned()).await["mailbox"]["threads"].clone();
    assert_eq!(threads[0]["mails"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn what_is_said_alone_to_the_bot_stands_in_the_private_chat() {
    let page = page().await;
    let shelf = page.shelf().await;
    let private = |platform: &str| {
        let mut own = shelf.iter().filter(|it| it["kind"] == "private");
        let at = own.find_map(|it| it["at"].as_str().filter(|at| at.starts_with(platform)));
        at.unwrap().to_owned()
    };
    let (telegram, discord, slack) = (private("telegram"), private("discord"), private("slack"));
    let id = |at: &str| at.split_once(':').unwrap().1.to_owned();
    let kofi = page.place(discord.clone()).await["channels"][0]["members"].clone();
    let priya = page.place(slack.clone()).await["channel"]["members"].clone();
    let me: i64 = id(&telegram).parse().unwrap();
    for act in [
        json!({ "act": "say", "chat": me, "person": me, "text": "help" }),
        json!({ "act": "discord_say", "channel": id(&discord), "person": kofi[0]["id"], "text": "help" }),
        json!({ "act": "slack_say", "channel": id(&slack), "person": priya[0]["id"], "text": "help" }),
    ] {
        page.act(act).await;
    }
    assert_eq!(page.place(telegram).await["chats"][0]["bot"], "member");
    assert_eq!(
        page.place(discord).await["channels"][0]["messages"][0]["text"],
        "help"
    );
    assert_eq!(
        page.place(slack).await["channel"]["messages"][0]["text"],
        "help"
    );
}

#[tokio::test]
async fn a_slash_on_slack_is_a_command_and_never_a_message() {
    let page = page().await;
    let cast = &page.sandbox.town.cast.workspace;
    let said = |text: &str| json!({ "act": "slack_say", "channel": cast.channel, "person": cast.members[0].1, "text": text });
    page.act(said("/causeway help")).await;
    let (status, why) = page.post("/api/act", said("/dance")).await;
    assert_eq!(
        (status, why.as_str()),
        (StatusCode::BAD_REQUEST, "/dance is not a valid command.")
    );
    let channel = page.place(format!("slack:{}", cast.channel)).await["channel"].clone();
    let texts: Vec<&Value> = channel["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["text"])
        .collect();
    assert!(
        !texts.iter().any(|it| it.as_str().unwrap().starts_with('/')),
        "{texts:?}"
    );
}

#[tokio::test]
async fn in_a_town_of_a_thousand_places_a_message_is_told_in_few_words() {
    let town = open_town();
    for n in 0..500 {
        let person = town.telegram.add_person(&format!("Person {n}"));
        let group = town.telegram.add_group(&format!("Room {n}"));
        town.telegram.join(group, person).unwrap();
        town.telegram.private_chat(person).unwrap();
        for _ in 0..20 {
            town.telegram
                .say(group, None, person, "Hello, valley")
                .unwrap();
        }
    }
    let page = page_of(town).await;
    let mut events = page.get("/api/events").await;
    let all = told(&mut events).await;
    assert!(all["shelf"].as_array().unwrap().len() > 1_000);
    assert!(all.to_string().len() < 200_000, "{}", all.to_string().len());
    let (chat, person) = (page.group(), page.ana());
    page.act(json!({ "act": "say", "chat": chat, "person": person, "text": "Hello" }))
        .await;
    let change = told(&mut events).await;
    assert_eq!(change["shelf"].as_array().unwrap().len(), 1);
    assert!(change.to_string().len() < 2_000, "{change}");
}
