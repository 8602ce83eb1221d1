//! A list of Mailman's is a reader of ours, and ours is a member of it.

use super::circle::Circle;
use super::sheet::Sheet;

/// Their member is the bridge of that number.
const BOARD: usize = 0;
const MUNGED: usize = 1;

/// It may say that mail is from itself, so that no signature of the author's is missed.
async fn is_told_once(name: &str, number: usize) {
    // The bridge listens where the members of Mailman's list say.
    let board = format!("{name}@mailman.test");
    let readers = ["ana", "bo", &board];
    let Some(circle) = Circle::open_as(number, &readers, "OUT").await else {
        return;
    };
    if !circle.system.has_mailman() {
        return;
    }
    circle.town.begin().await;
    let (before, name) = (taken(&circle), format!("{name} {}", std::process::id()));
    // From a member, over us, to the members of the other list.
    circle.writes(&Sheet::new("Both lists", &format!("one to {name}")));
    circle.town.sees(0, &format!("one to {name}")).await;
    for person in ["cleo@people.test", "dan@people.test"] {
        circle.gets(person, &format!("one to {name}")).await;
    }
    // From a member of the other list, over Mailman, to us: what another list hands on is taken, and goes no further.
    let cleo = ("Cleo", "cleo@people.test");
    let sheet = Sheet::new("From the board", &format!("two of {name}"));
    sheet.send(circle.system.port("OUT"), cleo, &board);
    let dan = "dan@people.test";
    let handed_on = circle.gets(dan, &format!("two of {name}")).await;
    assert_eq!(handed_on.from.contains("@mailman.test"), number == MUNGED);
    let all = || taken(&circle) == before + 3;
    circle.town.until("all is taken", all).await;
    let kept = circle.town.set_aside().await;
    assert!(
        ["own-mail", "bulk"]
            .iter()
            .all(|it| kept.iter().any(|kept| kept == it)),
        "{kept:?}"
    );
    // Whatever ran in a circle would have come before this.
    circle.writes(&Sheet::new("The last", &format!("three to {name}")));
    circle.gets(dan, &format!("three to {name}")).await;
    circle.gets("bo", &format!("three to {name}")).await;
    for words in ["one to", "two of", "three to"] {
        assert_eq!(circle.count(dan, &format!("{words} {name}")), 1, "{words}");
    }
    assert_eq!(circle.lines("bo").len(), 2);
    let in_group = circle.town.messages(circle.town.groups[0]);
    assert_eq!(in_group.len(), 2, "{in_group:?}");
    circle.end();
}

/// So much was taken: what Ana wrote, the same again from Mailman, and what Cleo wrote.
fn taken(circle: &Circle) -> usize {
    let to = format!("to=<{}>", circle.list);
    let lines = circle.system.logged(&to).into_iter();
    lines
        .filter(|it| it.contains("postfix/lmtp") && it.contains("status=sent (250 "))
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_mailmans_hears_everything_once() {
    is_told_once("board", BOARD).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_mailmans_that_speaks_for_its_members_hears_everything_once() {
    is_told_once("munged", MUNGED).await;
}
