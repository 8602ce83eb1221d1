//! Words and what they answer: a message, its replies and their replies are one conversation everywhere.

use sandbox::mail::{Draft, Folder};
use sandbox::telegram::Said;

use crate::support::{BO, EVA, KIM, LIST, Town};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telegram_message_arrives_in_every_mailbox() {
    let town = Town::open(1, &[BO, EVA, KIM]).await;
    town.start();
    let said = "Who brings bread?\n<script>alert(1)</script> & \"more\"";
    town.says(0, said);
    for member in [BO, EVA, KIM] {
        let mail = town.gets(member, "Who brings").await;
        assert_eq!(mail.from_name, "Ana (Telegram) via Rig");
        assert_eq!(mail.from_address, LIST);
        assert_eq!(mail.reply_to, LIST);
        assert_eq!(mail.text, said);
        let html = town.rig.mail.html(mail.id).unwrap();
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;"));
        assert!(!html.contains("<script"), "{html}");
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_reply_lands_under_the_message_with_its_new_words_alone() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.start();
    let question = town.says(0, "Who brings bread?\nAnd who the soup?");
    // His program quotes in plain text, hers as Gmail does; both have a signature.
    for (member, name, words) in [
        (BO, "Bo", "I bring bread.\n\nTwo loaves."),
        (EVA, "Eva", "Soup is mine!"),
    ] {
        let mail = town.gets(member, "Who brings").await;
        town.writes(member, Draft::reply(mail.id, words)).await;
        let copy = town.sees_copy(0, words).await;
        assert_eq!(copy.text, format!("{name} (email): {words}"));
        assert_eq!(copy.reply_to.unwrap().id, question);
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_is_one_thread_in_every_mail_program() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.start();
    town.says(0, "Who brings bread?");
    let mail = town.gets(BO, "Who brings").await;
    town.writes(BO, Draft::reply(mail.id, "I do.")).await;
    let copy = town.sees_copy(0, "I do.").await;
    town.says(0, Said::from("Thank you!").in_reply_to(copy.id));
    let thanks = town.gets(EVA, "Thank you!").await;
    town.writes(EVA, Draft::reply(thanks.id, "From me too."))
        .await;
    let expected = [
        (0, "Ana (Telegram)", "Who brings bread?"),
        (1, "Bo", "I do."),
        (2, "Ana (Telegram)", "Thank you!"),
        (3, "Eva", "From me too."),
    ];
    for member in [BO, EVA] {
        let all = || town.threads(member).iter().flat_map(|it| &it.mails).count();
        town.until("the last word", || all() == expected.len())
            .await;
        let [thread] = &town.threads(member)[..] else {
            panic!("one thread: {:?}", town.threads(member))
        };
        let shown: Vec<_> = thread
            .mails
            .iter()
            .map(|it| {
                let author = it.from_name.trim_end_matches(" via Rig");
                (it.depth, author, it.text.lines().next().unwrap())
            })
            .collect();
        let expected = expected
            .map(|(depth, author, words)| (depth, author.trim_end_matches(" via Rig"), words));
        assert_eq!(shown, expected, "{member}");
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_members_mail_reaches_the_others_under_its_own_id_and_not_its_author() {
    let town = Town::open(1, &[BO, EVA, KIM]).await;
    town.start();
    let id = town
        .writes(BO, Draft::new("The old mill", "It is free on Friday."))
        .await;
    for member in [EVA, KIM] {
        let mail = town.gets(member, "It is free").await;
        assert_eq!(mail.message_id.as_ref(), Some(&id));
        assert_eq!(mail.from_name, "Bo via Rig");
        assert_eq!(mail.subject, "The old mill");
        assert_eq!(mail.text, "It is free on Friday.");
    }
    town.sees_copy(0, "It is free").await;
    // What comes after it has come: nothing is on its way to him any more.
    town.says(0, "Good.");
    town.gets(BO, "Good.").await;
    let own: Vec<Folder> = town
        .threads(BO)
        .into_iter()
        .flat_map(|it| it.mails)
        .filter(|it| it.message_id.as_ref() == Some(&id))
        .map(|it| it.folder)
        .collect();
    assert_eq!(own, [Folder::Sent]);
    town.end();
    assert_eq!(town.rig.mail.log_of(BO).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_reply_finds_its_thread_after_a_restart() {
    let town = Town::open(2, &[BO, EVA]).await;
    town.start();
    let question = town.says(0, "Who brings bread?");
    let elsewhere = town.sees_copy(1, "Who brings").await;
    let mail = town.gets(BO, "Who brings").await;
    assert!(town.stop().success());
    // Said while nobody listens.
    town.writes_later(BO, Draft::reply(mail.id, "I do, if it is not too late."));
    town.says(1, Said::from("Me too.").in_reply_to(elsewhere.id));
    town.start();
    for words in ["not too late", "Me too"] {
        let copy = town.sees_copy(0, words).await;
        assert_eq!(copy.reply_to.unwrap().id, question, "{words}");
    }
    for words in ["not too late", "Me too"] {
        let answer = town.gets(EVA, words).await;
        assert_eq!(answer.depth, 1, "{words}");
    }
    assert_eq!(town.threads(EVA).len(), 1);
    town.end();
}
