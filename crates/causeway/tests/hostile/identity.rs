//! Who would pass for somebody else, call everybody, or give orders.

use sandbox::mail::{Draft, Outcome};
use sandbox::telegram::Said;
use serde_json::json;

use crate::support::{BO, EVA, LIST, Town};

/// S19 to S25, S53 to S56: a name is shown on one line, with its platform, and whoever writes like the bridge is
/// seen to.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_never_more_than_a_name() {
    let town = Town::open(2, &[BO]).await;
    town.begin().await;
    let accents = "a".to_owned() + &"\u{301}".repeat(500);
    for (number, (name, shown)) in [
        ("Bo\r\nBcc: evil@x.org", "Bo Bcc; evil@…"),
        ("\u{202e}anA\u{200b}", "anA"),
        ("Causeway", "Causeway [not the bridge]"),
        ("Саuseway", "Саuseway 2 [not the bridge]"),
        ("\u{1b}[31mRed", "31mRed"),
        ("<b>Eva</b> @everyone", "b, Eva, /b, everyone"),
        ("Eva (email): I resign. Bo", "Eva, email; I resign. Bo"),
        ("Zoe [staff] ［not staff］", "Zoe, staff, not staff"),
        ("+49 170 1234567", "Deleted account"),
        (accents.as_str(), "a"),
    ]
    .into_iter()
    .enumerate()
    {
        let words = format!("words {number}.");
        let update = json!({"message": {
            "message_id": 800_000 + number, "date": 1_700_000_000 + number, "text": words,
            "chat": {"id": town.groups[0].0, "type": "supergroup", "title": "Group"},
            "from": {"id": 7_000 + number, "is_bot": false, "first_name": name}
        }});
        town.rig.telegram.raw_update(update.as_object().unwrap());
        let copy = town.sees_copy(1, &words).await;
        let (before, _) = copy.text.split_once(&words).unwrap();
        assert!(
            before.ends_with(" (Telegram): ") || before.contains(" (Telegram, sent "),
            "{before:?}"
        );
        assert!(
            before.starts_with(shown) && before.chars().count() < 120,
            "{before:?}"
        );
        assert!(
            !before.contains(['\n', '\r', '\u{1b}', '\u{202e}']),
            "{before:?}"
        );
        let kinds: Vec<&str> = copy
            .entities
            .iter()
            .map(|it| it["type"].as_str().unwrap())
            .collect();
        assert_eq!(kinds[0], "bold");
        let mail = town.gets(BO, &words).await;
        assert!(
            mail.from_name.starts_with(shown) && mail.from_name.ends_with(" via Rig"),
            "{}",
            mail.from_name
        );
        assert_eq!(mail.from_address, LIST);
    }
    for raw in town.rig.mail.raw_of(BO) {
        assert!(!String::from_utf8_lossy(&raw).contains("\nBcc:"));
    }
    town.end();
}

/// S54: on a list that anyone may write to, whoever is a member has the name first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_has_their_name_before_a_stranger() {
    let mut town = Town::open(1, &[EVA]).await;
    town.begin().await;
    let writes = async |town: &Town, from: &str, name: &str, words: &str| {
        let mail = format!(
            "From: {name} <{from}>\r\nTo: {LIST}\r\nMessage-ID: <{}@x.org>\r\n\r\n{words}\r\n",
            words.replace(' ', "-")
        );
        let answers = town.rig.mail.raw(from, &[LIST], mail.as_bytes()).await;
        assert_eq!(answers.unwrap()[0].code, 250);
        town.sees_copy(0, words).await.text
    };
    let stranger = "stranger@x.org";
    let before = writes(&town, stranger, "Bo", "the first to speak").await;
    assert_eq!(before, "Bo (email): the first to speak");
    let eve = writes(&town, stranger, "Eva", "as a member").await;
    assert_eq!(eve, "Eva 2 (email): as a member");
    let back = writes(&town, stranger, "Во", "in other letters").await;
    assert!(town.stop().success());
    town.add_member(&format!("Bo <{BO}>"));
    town.begin().await;
    let after = writes(&town, stranger, "Во", "still here").await;
    let bo = writes(&town, BO, "Bo", "the member himself").await;
    assert_eq!(
        [back, after, bo],
        [
            "Во (email): in other letters",
            "Во 2 (email): still here",
            "Bo (email): the member himself",
        ]
    );
    assert_eq!(
        writes(&town, EVA, "Eva", "and Eva").await,
        "Eva (email): and Eva"
    );
    town.end();
}

/// S27, S56, S35: what deceives, rings and hides, by mail and by chat, is seen for what it is in all other places.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_shows_what_it_is_wherever_it_goes() {
    let town = Town::open(2, &[BO, EVA]).await;
    town.begin().await;
    let entities = [
        ("click here", "https://evil.example/a"),
        ("https://bank.com", "https://evil.example/b"),
    ];
    let text = "click here or https://bank.com\u{2028}Eva（email）：\u{1b}[31mI resign\u{202E}!";
    let link = |(words, url): (&str, &str)| {
        let offset = text[..text.find(words).unwrap()].encode_utf16().count();
        json!({"type": "text_link", "offset": offset, "length": words.encode_utf16().count(), "url": url})
    };
    let said = Said {
        entities: entities.map(link).to_vec(),
        ..Said::from(text)
    };
    town.says(0, said);
    let told = "click here (https://evil.example/a) or https://bank.com (https://evil.example/b)\n\
                » Eva（email）：[31mI resign!";
    assert_eq!(town.gets(BO, "I resign").await.text.trim(), told);
    let copy = town.sees_copy(1, "I resign").await;
    assert_eq!(copy.text, format!("Ana (Telegram): {told}"));
    for unseen in ["\u{3164}", "\u{2800}\u{200B}", "\u{E0041}\u{FE0F}"] {
        town.says(0, unseen);
    }
    town.says(0, "and all is well");
    town.gets(BO, "and all is well").await;
    assert_eq!(town.inbox(BO).len(), 2);
    town.end();
}

/// S56: within a message the bridge's form can be copied, but with a sign before it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_in_the_bridges_form_stay_the_words_of_who_wrote_them() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    town.writes(BO, Draft::new("News", "Ana (Telegram): I resign"))
        .await;
    let copy = town.sees_copy(0, "I resign").await;
    let told = "Bo (email): News\n» Ana (Telegram): I resign";
    assert!(copy.text.starts_with(told), "{}", copy.text);
    let mail = town.gets(EVA, "I resign").await;
    assert_eq!(mail.text.trim(), "» Ana (Telegram): I resign");
    // As long as it takes for the forged line to begin a message of its own.
    let forged = "filling words ".repeat(290) + "\n\nAna (Telegram): I quit";
    town.writes(BO, Draft::new("News", &forged)).await;
    let copy = town.sees_copy(0, "I quit").await;
    let told = "Bo (email): …\n» Ana (Telegram): I quit";
    assert!(copy.text.starts_with(told), "{}", copy.text);
    town.end();
}

/// S19 to S24: whoever is called by mail hears nothing on Telegram.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_rings_no_telephone() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    let text = "@everyone @here @room <!channel> <@123> <#C1> tg://user?id=7001 @ana_lima, please. /start@other_bot";
    town.writes(BO, Draft::new("@everyone", text)).await;
    let copy = town.sees_copy(0, "please").await;
    assert!(copy.text.contains(text), "{}", copy.text);
    let kinds: Vec<&str> = copy
        .entities
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert!(
        !kinds.contains(&"mention") && !kinds.contains(&"text_mention"),
        "{kinds:?}"
    );
    assert!(
        kinds.iter().filter(|it| **it == "code").count() >= 4,
        "{kinds:?}"
    );
    town.writes(BO, Draft::new("All", &"@ana_lima ".repeat(200)))
        .await;
    let copy = town.sees_copy(0, "＠ana_lima").await;
    assert!(copy.entities.iter().all(|it| it["type"] != "mention"));
    town.end();
}

/// S64, S65: orders are words where they come within a mail, in a quote or from another group; a mail that is nothing but one does
/// nothing unless it is proven, and is handed out to nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_in_relayed_words_is_words() {
    let town = Town::open(2, &[BO, EVA]).await;
    town.begin().await;
    let order = format!("/causeway room unlink email:{LIST}");
    let alone = town.rig.mail.write(BO, LIST, Draft::new("Hi", &order));
    let refused = alone.unwrap().taken().await;
    assert!(matches!(refused, Outcome::Refused(_)), "{refused:?}");
    let within = format!("Somebody told me to write:\n{order}");
    town.writes(BO, Draft::new("Hi", &within)).await;
    town.sees_copy(0, &order).await;
    town.sees_copy(1, &order).await;
    town.gets(EVA, &order).await;
    assert_eq!(town.inbox(EVA).len(), 1);
    town.says(0, Said::from("Who said this?\n/causeway room list"));
    town.sees_copy(1, "/causeway room list").await;
    town.writes(EVA, Draft::new("Hi", "still linked")).await;
    town.sees_copy(1, "still linked").await;
    town.end();
}

/// S58: an edit that somebody else is said to have made changes nothing elsewhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_changes_the_words_of_another() {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    let id = town.says(0, "I come on Friday");
    let copy = town.sees_copy(1, "I come on Friday").await;
    let update = json!({"edited_message": {
        "message_id": id, "date": 1_700_000_000, "edit_date": 1_700_000_100, "text": "I never come",
        "chat": {"id": town.groups[0].0, "type": "supergroup", "title": "Group"},
        "from": {"id": 4_711, "is_bot": false, "first_name": "Ana"}
    }});
    town.rig.telegram.raw_update(update.as_object().unwrap());
    town.says(0, "next");
    town.sees_copy(1, "next").await;
    let still = town
        .messages(town.groups[1])
        .into_iter()
        .find(|it| it.id == copy.id)
        .unwrap();
    assert_eq!(still.text, "Ana (Telegram): I come on Friday");
    town.end();
}
