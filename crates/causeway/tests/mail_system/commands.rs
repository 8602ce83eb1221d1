//! Mail to the bridge itself, through servers that sign and verify: the answer comes back to its writer's mailbox.

use super::circle::{ANA, Circle};
use super::sheet::Sheet;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_comes_in_signed_and_its_answer_is_answered() {
    let Some(circle) = Circle::open(&["ana", "bo"], "OUT").await else {
        return;
    };
    let circle = circle.with("CAUSEWAY__EMAIL__LMTP__AUTHSERV_ID", "mx.test");
    circle.town.begin().await;
    let (ana, commands) = (circle.address("ana"), circle.list.replace('@', "-request@"));
    let (signed, unsigned) = (circle.system.port("OUT"), circle.system.port("IN"));
    let asks = |port: u16, sheet: &Sheet| sheet.send(port, (ANA, &ana), &commands);
    asks(signed, &Sheet::new("Hello", "help\r\n"));
    let help = circle.gets("ana", "help [ABOUT]").await;
    assert_eq!(help.headers("Auto-Submitted"), ["auto-replied"]);
    assert!(
        help.headers("From")[0].contains(&commands),
        "{:?}",
        help.headers("From")
    );
    let reply = "who can see this\r\n\r\nOn Friday Causeway wrote:\r\n> forget me\r\n";
    asks(signed, &Sheet::reply(&help, reply));
    circle.gets("ana", "What is said in this").await;
    asks(unsigned, &Sheet::new("Hello", "help\r\n"));
    circle.gets("ana", "550 5.7.1").await;
    assert_eq!(circle.count("ana", "help [ABOUT]"), 1);
    circle.writes(&Sheet::new("Hall", "And now to all"));
    circle.gets("bo", "And now to all").await;
    assert_eq!(circle.lines("bo"), ["And now to all"]);
    circle.end();
}
