//! Mail to the bridge itself: whoever proves who they are is answered alone, and no reader of the list hears of it.

use causeway_tests::{Town, chat, letters};
use conversation::{Language, Proof, SendError, command::verbs};
use insta::assert_snapshot;

const LIST: &str = "list spring@";

async fn town() -> Town {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(letters("list").read_by(&["Ana", "Bo"]))
        .room("general", &["telegram #general", LIST])
        .open()
        .await;
    town.says(LIST, "Ana", "Hello").await;
    town.settle().await;
    town
}

/// What readers of the list got, and the group.
fn what_others_read(town: &Town) -> String {
    let boxes = ["Ana", "Bo"].map(|it| town.mailbox("list", it));
    format!("{}{}", boxes.concat(), town.transcript("telegram #general"))
}

async fn asks(town: &mut Town, text: &str) {
    town.commands_by_mail(LIST, "Ana", text, Proof::Proven)
        .await;
    town.settle().await;
    town.seconds_pass(2);
}

#[tokio::test]
async fn a_command_by_mail_is_answered_to_its_writer_alone() {
    let mut town = town().await;
    let before = what_others_read(&town);
    asks(&mut town, "help").await;
    asks(&mut town, "Who can see this?").await;
    asks(&mut town, "hlep").await;
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    to Ana: What is said in this channel is carried to Telegram, and whoever reads there reads it. 2 people get it by mail. I keep the words for 30 days, and that something was said for 13 months. Besides them, only whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    to Ana: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    ");
    assert_eq!(what_others_read(&town), before);
    assert!(!town.deliveries().await.contains("to_do"));
}

/// What help tells of can be said by mail, and nobody else hears of it.
#[tokio::test]
async fn every_command_of_the_help_is_answered_by_mail() {
    let mut town = town().await;
    town.is_run_by(&[("list", "Ana")]).await;
    let before = what_others_read(&town);
    for verb in verbs().filter(|it| it.is_told()) {
        let example = verb.about.example(Language::ENGLISH).expect("it has one");
        let known = town.whispers_in_full(LIST).len();
        asks(&mut town, example).await;
        let whispers = town.whispers_in_full(LIST);
        let answer = whispers[known..].trim();
        assert!(answer.starts_with("to Ana: "), "{example}: {answer}");
        for refused in ["I do not understand", "That is for staff"] {
            assert!(!answer.contains(refused), "{example}: {answer}");
        }
        town.minutes_pass(1);
    }
    assert_eq!(what_others_read(&town), before);
}

/// What a change comes to is told first; the reply with the code, from whoever was asked, does it.
#[tokio::test]
async fn staff_confirms_by_a_reply() {
    let mut town = town().await;
    town.is_run_by(&[("list", "Ana")]).await;
    asks(&mut town, "link suspend telegram:#general").await;
    let confirm = format!("confirm {}", town.code(LIST));
    town.commands_by_mail(LIST, "Bo", &confirm, Proof::Proven)
        .await;
    town.commands_by_mail(LIST, "Ana", &confirm, Proof::Unproven)
        .await;
    town.settle().await;
    asks(&mut town, &confirm).await;
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: link suspend telegram:#general: Nothing is carried to the channel for now. What is said meanwhile waits for it. If that is what you want, write “confirm CODE” within 10 minutes.
    to Bo: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    to Ana: Done: link suspend telegram:#general. Nothing is carried to the channel for now. What is said meanwhile waits for it. Within 15 minutes, “undo” takes it back.
    ");
    town.says(LIST, "Bo", "Who is there?").await;
    town.settle().await;
    let group = "telegram #general";
    assert!(!town.transcript(group).contains("Who is there?"));
    asks(&mut town, "undo").await;
    let confirm = format!("confirm {}", town.code(LIST));
    asks(&mut town, &confirm).await;
    assert!(town.transcript(group).contains("Who is there?"));
    assert!(!town.mailbox("list", "Bo").contains("suspend"));
}

/// What is done at once elsewhere waits for the code, which shows that the answer reached whoever is said to have written.
#[tokio::test]
async fn nothing_is_changed_by_a_mail_alone() {
    let mut town = town().await;
    town.is_run_by(&[("list", "Ana")]).await;
    asks(&mut town, "room rename general square").await;
    let confirm = format!("confirm {}", town.code(LIST));
    asks(&mut town, "rooms").await;
    asks(&mut town, &confirm).await;
    assert_snapshot!(town.whispers_in_full(LIST), @r"
    to Ana: room rename general square: It keeps its channels and all that was said in it. If that is what you want, write “confirm CODE” within 10 minutes.
    to Ana: One room:
    · general: telegram:#general, list:spring@
    “room link ROOM CHANNEL” lets a channel take part in one.
    to Ana: Done: room rename general square. It keeps its channels and all that was said in it. Within 15 minutes, “undo” takes it back.
    ");
}

/// S60: who may be anybody gets nothing done.
#[tokio::test]
async fn whoever_proves_nothing_is_not_answered() {
    let mut town = town().await;
    let before = what_others_read(&town);
    town.commands_by_mail(LIST, "Ana", "help", Proof::Unproven)
        .await;
    town.commands_by_mail("list nowhere@", "Cy", "help", Proof::Unproven)
        .await;
    town.commands_by_mail("list @Cy", "Cy", "help", Proof::Unproven)
        .await;
    town.settle().await;
    for channel in [LIST, "list nowhere@", "list @Cy"] {
        assert_eq!(town.whispers(channel), "", "{channel}");
    }
    assert_eq!(what_others_read(&town), before);
}

/// A list in no room, and a mailbox of whom no community knows, are answered by mail as well.
#[tokio::test]
async fn who_writes_to_nobodys_list_is_told_so() {
    let mut town = town().await;
    for (channel, who) in [("list nowhere@", "Cy"), ("list @Dan", "Dan")] {
        town.commands_by_mail(channel, who, "help", Proof::Proven)
            .await;
        town.settle().await;
        let whispers = town.whispers(channel);
        assert!(whispers.starts_with(&format!("to {who}: I ")), "{whispers}");
        assert_eq!(whispers.lines().count(), 1, "{whispers}");
    }
    assert_snapshot!(town.heard().await, @"list:nowhere@ 1");
}

/// At the address of the community, whoever it knows is alone with the bridge.
#[tokio::test]
async fn a_mail_to_the_community_is_answered_where_its_writer_is_alone() {
    let mut town = town().await;
    for text in ["help", "who can see this"] {
        town.commands_by_mail("list @Ana", "Ana", text, Proof::Proven)
            .await;
        town.settle().await;
        town.seconds_pass(2);
    }
    assert_snapshot!(town.whispers("list @Ana"), @r"
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    to Ana: What you write to me alone goes to nobody and is not kept. Ask me in a channel, and I tell you where it is read. “mydata” sends you what I hold of you.
    ");
}

#[tokio::test]
async fn a_thousand_commands_of_one_are_not_answered_a_thousand_times() {
    let mut town = town().await;
    for _ in 0..1000 {
        town.commands_by_mail(LIST, "Ana", "help", Proof::Proven)
            .await;
    }
    town.settle().await;
    let answers = town.whispers(LIST).matches("to Ana").count();
    assert!((1..=21).contains(&answers), "{answers}");
}

/// A mail server that is away for an hour, and a bridge that starts again meanwhile, delay an answer.
#[tokio::test]
async fn an_answer_by_mail_waits_for_a_day_and_no_longer() {
    let mut town = town().await;
    town.goes_down("list");
    asks(&mut town, "help").await;
    town.restarts().await;
    town.minutes_pass(60);
    town.comes_back("list");
    town.settle().await;
    assert_eq!(town.whispers(LIST).matches("to Ana").count(), 1);
    town.goes_down("list");
    asks(&mut town, "who can see this").await;
    town.hours_pass(25);
    town.comes_back("list");
    town.settle().await;
    assert_eq!(town.whispers(LIST).matches("to Ana").count(), 1);
    assert_snapshot!(town.notices().await, @"");
}

/// One reader's full mailbox is no answer's, and an answer that is refused is nobody's trouble.
#[tokio::test]
async fn an_answer_that_is_refused_troubles_no_reader() {
    let mut town = town().await;
    town.next_send_fails("list", SendError::Refused("550 5.1.1 unknown".to_owned()));
    asks(&mut town, "help").await;
    assert_eq!(town.whispers(LIST), "");
    town.says("telegram #general", "Dora", "Good morning").await;
    town.settle().await;
    assert!(town.mailbox("list", "Ana").contains("Dora: Good morning"));
    assert_snapshot!(town.notices().await, @"");
}
