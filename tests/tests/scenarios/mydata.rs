//! Whoever asks is handed what is held of them, as files, alone; and nothing of it stays behind.

use causeway_tests::{Town, chat, every_kind, letters, workplace};
use conversation::Proof;
use insta::assert_snapshot;

const GROUP: &str = "telegram #general";
const CHAT: &str = "telegram @Ana";
const LIST: &str = "list spring@";

async fn town() -> Town {
    let mut town = every_kind().await;
    town.says(GROUP, "Ana", "Bread on Friday").await;
    town.says(GROUP, "Bo", "A secret of Bo's").await;
    town.replies(
        GROUP,
        "Ana",
        "A secret",
        "From where?\nFrom here on it is quoted",
    )
    .await;
    town.reacts(GROUP, "Ana", "A secret", "👍").await;
    town.says(CHAT, "Ana", "help").await;
    town.settle().await;
    town.seconds_pass(20);
    town
}

/// Without what is chance: ids.
fn without_ids(text: &str) -> String {
    let is_id = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    let mut shown = String::new();
    let mut word = String::new();
    for it in text.chars().chain([' ']) {
        match is_id(it) {
            true => word.push(it),
            false => {
                let is_one =
                    [8, 13].contains(&word.len()) && word.contains(|it: char| it.is_ascii_digit());
                shown.push_str(if is_one { "ID" } else { &word });
                word.clear();
                shown.push(it);
            }
        }
    }
    shown.trim_end().to_owned()
}

#[tokio::test]
async fn what_is_held_of_somebody_goes_to_them_alone_as_json_and_mbox() {
    let mut town = town().await;
    town.edits(GROUP, "Ana", "Bread on", "Bread on Saturday")
        .await;
    town.settle().await;
    town.says(CHAT, "Ana", "mydata").await;
    town.settle().await;
    assert_snapshot!(town.transcript(CHAT), @r"
    Ana: help
    [bot]: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    Ana: mydata
    [bot]: This is all that I hold of you in Spring Gathering, over all your accounts: as JSON for programs, and as mbox, which mail programs open. 2 messages of yours are in it. Nothing of others is in it. These files are not kept here. “forget me” lets me forget you. <mydata-1.json> <mydata-1.mbox>
    ");
    let files = town.text_files(CHAT);
    assert_eq!(files.len(), 2);
    let json: serde_json::Value = serde_json::from_str(&files[0]).expect("one document");
    let records = json["held"].as_array().expect("records").iter();
    let records: Vec<_> = records.map(|it| without_ids(&it.to_string())).collect();
    assert_snapshot!(records.join("\n"), @r#"
    {"account":"account-of-Ana","counted":3,"kind":"account","known_since":"2026-03-02T09:00:01Z","names":[{"name":"Ana","number":1,"since":"2026-03-02T09:00:01Z","until":null}],"picture":null,"platform":"telegram"}
    {"consents":[],"kind":"person","language":null,"mentioned_by":"name","nameless_since":null,"pressed":[],"private_since":null,"pseudonyms":[],"rests_until":null,"roles":[],"zone":null}
    {"at":"2026-03-02T09:00:03Z","by":"telegram:account-of-Ana","emoji":"👍","kind":"reaction","message":"ID","platform":"telegram"}
    {"answers":null,"by":"telegram:account-of-Ana","changed_at":"2026-03-02T09:00:24Z","deleted_at":null,"id":"ID","kind":"message","platform":"telegram","room":"general","said_at":"2026-03-02T09:00:01Z","stays":null,"thread":"ID","went_to":[{"operation":"post","platform":"discord","reason":null,"sent_at":"2026-03-02T09:00:04Z","state":"sent"},{"operation":"post","platform":"slack","reason":null,"sent_at":"2026-03-02T09:00:04Z","state":"sent"},{"operation":"post","platform":"list","reason":null,"sent_at":"2026-03-02T09:00:04Z","state":"sent"},{"operation":"edit","platform":"discord","reason":null,"sent_at":"2026-03-02T09:00:24Z","state":"sent"},{"operation":"edit","platform":"slack","reason":null,"sent_at":"2026-03-02T09:00:24Z","state":"sent"},{"operation":"edit","platform":"list","reason":"correction-waits","sent_at":null,"state":"waiting"}],"words":[{"at":"2026-03-02T09:00:01Z","files":[],"number":0,"subject":"Bread on Friday","text":"Bread on Friday"},{"at":"2026-03-02T09:00:24Z","files":[],"number":1,"subject":"Bread on Saturday","text":"Bread on Saturday"}]}
    {"answers":"ID","by":"telegram:account-of-Ana","changed_at":null,"deleted_at":null,"id":"ID","kind":"message","platform":"telegram","room":"general","said_at":"2026-03-02T09:00:03Z","stays":null,"thread":"ID","went_to":[{"operation":"post","platform":"discord","reason":null,"sent_at":"2026-03-02T09:00:04Z","state":"sent"},{"operation":"post","platform":"slack","reason":null,"sent_at":"2026-03-02T09:00:04Z","state":"sent"},{"operation":"post","platform":"list","reason":null,"sent_at":"2026-03-02T09:00:04Z","state":"sent"}],"words":[{"at":"2026-03-02T09:00:03Z","files":[],"number":0,"subject":null,"text":"From where?\nFrom here on it is quoted"}]}
    "#);
    assert_snapshot!(without_ids(&files[1]), @r"
    From causeway.invalid Mon Mar  2 09:00:01 2026
    From: Ana <account-of-Ana@telegram.causeway.invalid>
    Date: Mon, 02 Mar 2026 09:00:01 +0000
    Message-ID: <ID@ID.causeway.invalid>
    Subject: Bread on Saturday
    X-Causeway-Platform: telegram
    X-Causeway-Room: general
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    Bread on Saturday

    From causeway.invalid Mon Mar  2 09:00:03 2026
    From: Ana <account-of-Ana@telegram.causeway.invalid>
    Date: Mon, 02 Mar 2026 09:00:03 +0000
    Message-ID: <ID@ID.causeway.invalid>
    In-Reply-To: <ID@ID.causeway.invalid>
    References: <ID@ID.causeway.invalid>
    X-Causeway-Platform: telegram
    X-Causeway-Room: general
    MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: 8bit

    >From where?
    >From here on it is quoted
    ");
    assert!(!files.concat().contains("secret"));
}

/// It goes where its person alone reads, and each time to whoever asked.
#[tokio::test]
async fn in_a_group_it_goes_by_the_way_back_where_that_takes_files() {
    let mut town = every_kind().await;
    for channel in ["discord #plans", "slack #spring", LIST] {
        town.says(channel, "Ana", "Hello").await;
        town.commands(channel, "Ana", "mydata").await;
        town.settle().await;
    }
    assert_snapshot!(town.whispers("discord #plans"), @r"
    to Ana: This is all that I hold of you in Spring Gathering, over all your accounts: as JSON for programs, and as mbox, which mail programs open. One message of yours is in it. Nothing of others is in it. These files are not kept here. “forget me” lets me forget you. <mydata-1.json> <mydata-1.mbox>
    ");
    assert_snapshot!(town.whispers("slack #spring"), @r"
    to Ana: What I hold of you goes to you alone, as files, and none can be sent this way. Write “mydata” to me in our private chat.
    ");
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: This is all that I hold of you in Spring Gathering, over all your accounts: as JSON for programs, and as mbox, which mail programs open. One message of yours is in it. Nothing of others is in it. These files are not kept here. “forget me” lets me forget you. <mydata-1.json> <mydata-1.mbox>
    ");
    assert_eq!(town.whispered_files("discord #plans").len(), 2);
    town.says("slack @Ana", "Ana", "help").await;
    town.seconds_pass(20);
    town.commands("slack #spring", "Ana", "mydata").await;
    town.settle().await;
    assert_eq!(town.whispered_files("slack #spring").len(), 0);
    assert_eq!(town.text_files("slack @Ana").len(), 2);
    let groups = ["discord #plans", "slack #spring", LIST, GROUP];
    for channel in groups {
        assert!(!town.transcript(channel).contains("<mydata"), "{channel}");
    }
}

/// Where nobody can be answered alone, the group sees a door and nothing of it.
#[tokio::test]
async fn where_there_is_no_way_back_the_private_chat_has_it() {
    let mut town = town().await;
    town.commands_aloud(GROUP, "Ana", "mydata").await;
    town.commands_aloud(GROUP, "Bo", "mydata").await;
    town.settle().await;
    assert_eq!(town.text_files(CHAT).len(), 2);
    assert_snapshot!(town.transcript(GROUP), @r"
    Ana: Bread on Friday
    Bo: A secret of Bo's
      > Ana: From where?
          From here on it is quoted
    [bot]: That was for me, so it goes to nobody else, and nothing is done yet. Press the button, and I answer you alone. [Talk to me alone ->]
    ");
}

#[tokio::test]
async fn all_accounts_of_a_person_are_told_of_and_nobody_elses() {
    let mut town = town().await;
    town.says("discord #plans", "Anamaria", "On another account")
        .await;
    town.says("discord #plans", "Cy", "On a third").await;
    town.settle().await;
    let join = "person join telegram:account-of-Ana discord:account-of-Anamaria";
    town.staff_does(join).await;
    town.says(CHAT, "Ana", "mydata").await;
    town.settle().await;
    let told = town.text_files(CHAT).concat();
    for theirs in ["Bread on Friday", "On another account", "Anamaria"] {
        assert!(told.contains(theirs), "{theirs}");
    }
    for others in ["On a third", "Cy", "account-of-Bo", "secret"] {
        assert!(!told.contains(others), "{others}");
    }
}

#[tokio::test]
async fn of_words_that_are_kept_no_longer_it_is_told_that_they_were_said() {
    let mut town = town().await;
    town.hours_pass(31 * 24);
    town.settle().await;
    town.says(GROUP, "Ana", "A new month").await;
    town.says(CHAT, "Ana", "mydata").await;
    town.settle().await;
    let files = town.text_files(CHAT);
    let json: serde_json::Value = serde_json::from_str(&files[0]).expect("one document");
    let records = json["held"].as_array().expect("records").iter();
    let messages = records.filter(|it| it["kind"] == "message");
    let told: Vec<_> = messages
        .map(|it| format!("{} {}", it["note"], it["words"][0]["text"]))
        .collect();
    assert_snapshot!(told.join("\n"), @r#"
    "its words are kept no longer" null
    "its words are kept no longer" null
    null "A new month"
    "#);
    assert!(files[1].contains("(its words are kept no longer)"));
    assert!(
        town.transcript(CHAT)
            .contains("Of 2 of them no words are kept any more")
    );
}

#[tokio::test]
async fn it_is_sent_three_times_a_day() {
    let mut town = town().await;
    for _ in 0..4 {
        town.says(CHAT, "Ana", "mydata").await;
        town.settle().await;
        town.minutes_pass(10);
    }
    assert_eq!(town.text_files(CHAT).len(), 6);
    assert!(town.transcript(CHAT).contains("three times within a day"));
    town.hours_pass(24);
    town.says(CHAT, "Ana", "my data").await;
    town.settle().await;
    assert_eq!(town.text_files(CHAT).len(), 8);
}

/// It lies nowhere once it is sent, or was not taken; and comes again after a restart.
#[tokio::test]
async fn nothing_of_it_stays_behind() {
    let mut town = town().await;
    town.goes_down("telegram");
    town.says(CHAT, "Ana", "mydata").await;
    town.settle().await;
    assert_eq!(town.files_kept(), 0);
    town.restarts().await;
    town.comes_back("telegram");
    town.minutes_pass(10);
    town.settle().await;
    assert_eq!(town.text_files(CHAT).len(), 2);
    assert_eq!(town.files_kept(), 0);
}

/// Ten thousand messages, in files that the platform takes.
#[tokio::test]
async fn much_is_split_into_files_that_the_platform_takes() {
    let mut town = Town::build()
        .platform(chat("telegram").that_can(|it| it.attachments.max_upload = 20_000))
        .platform(letters("list"))
        .room("general", &[GROUP, LIST])
        .open()
        .await;
    for number in 0..300 {
        town.says(
            GROUP,
            "Ana",
            &format!("Number {number} of many that she said"),
        )
        .await;
        town.seconds_pass(20);
    }
    town.says(CHAT, "Ana", "mydata").await;
    town.settle().await;
    let files = town.text_files(CHAT);
    assert!(files.len() > 6, "{}", files.len());
    assert!(files.iter().all(|it| it.len() <= 20_000));
    let (json, mails): (Vec<_>, Vec<_>) = files.iter().partition(|it| it.starts_with('{'));
    let records = json
        .iter()
        .map(|it| serde_json::from_str::<serde_json::Value>(it).expect("a document"));
    let messages: usize = records
        .map(|it| {
            it["held"]
                .as_array()
                .expect("records")
                .iter()
                .filter(|it| it["kind"] == "message")
                .count()
        })
        .sum();
    assert_eq!(messages, 300);
    let begins: usize = mails
        .iter()
        .map(|it| it.matches("From causeway.invalid ").count())
        .sum();
    assert_eq!(begins, 300);
    assert_eq!(town.files_kept(), 0);
}

/// S60: who may be anybody is told nothing of anybody.
#[tokio::test]
async fn by_mail_it_goes_to_the_address_that_is_proven() {
    let mut town = Town::build()
        .platform(workplace("slack"))
        .platform(letters("list").read_by(&["Ana", "Bo"]))
        .room("general", &["slack #spring", LIST])
        .open()
        .await;
    town.says(LIST, "Ana", "Hello").await;
    town.commands_by_mail(LIST, "Ana", "mydata", Proof::Unproven)
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers(LIST), @"");
    town.commands_by_mail(LIST, "Ana", "mydata", Proof::Proven)
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: This is all that I hold of you in Spring Gathering, over all your accounts: as JSON for programs, and as mbox, which mail programs open. One message of yours is in it. Nothing of others is in it. These files are not kept here. “forget me” lets me forget you. <mydata-1.json> <mydata-1.mbox>
    ");
    assert!(!town.mailbox("list", "Bo").contains("mydata"));
}
