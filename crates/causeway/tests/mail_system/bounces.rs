//! A real report of a real mail server on a mail that nobody can have.

use super::circle::Circle;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_on_an_address_that_is_gone_comes_home_and_is_answered() {
    let Some(circle) = Circle::open(&["bo", "cem@gone.test"], "OUT").await else {
        return;
    };
    circle.town.begin().await;
    circle.town.says(0, "hello all");
    circle.gets("bo", "hello all").await;
    let bounces = circle.list.replace('@', "-bounces");
    let (local, domain) = circle.list.split_once('@').unwrap();
    let home = format!("to=<{local}-bounces");
    let taken = || {
        let mut lines = circle.system.logged(&home).into_iter();
        lines.any(|it| it.contains(domain) && it.contains("status=sent (250 "))
    };
    circle.town.until(&bounces, taken).await;
    // Whose it is, is known by a number: the log holds no addresses.
    let counted = || {
        !circle
            .logged("what was sent to somebody came back")
            .is_empty()
    };
    circle.town.until("it is counted", counted).await;
    // It is no mail of anybody's.
    circle.town.says(0, "and again");
    circle.gets("bo", "and again").await;
    assert_eq!(circle.lines("bo").len(), 2);
    assert_eq!(circle.town.messages(circle.town.groups[0]).len(), 2);
    circle.end();
}
