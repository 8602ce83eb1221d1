//! Who wrote a mail, as opendkim finds it where mail comes in: what proves nothing waits for staff.

use serde_json::Value;

use super::circle::{ANA, Circle};
use super::sheet::Sheet;

/// What a stranger adds, so that it looks as if our own server had said it.
const FORGED: &str = "mx.test; dkim=pass header.d=people.test; dmarc=pass header.from=people.test";

/// In Ana's name, past the server that signs what her people write.
fn claims_to_be_ana(circle: &Circle, sheet: &Sheet) {
    let address = circle.address("ana");
    sheet.send(circle.system.port("IN"), (ANA, &address), &circle.list);
}

fn held(circle: &Circle) -> usize {
    let answer = circle.town.causeway(&["held", "list", "--json"]);
    let held: Value = serde_json::from_str(&answer.out).unwrap();
    held.as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_ana_signed_is_said_in_her_name() {
    let Some(circle) = Circle::open(&["ana", "bo"], "OUT").await else {
        return;
    };
    let circle = circle.with("CAUSEWAY__EMAIL__LMTP__AUTHSERV_ID", "mx.test");
    circle.town.begin().await;
    claims_to_be_ana(&circle, &Sheet::new("One", "1 unsigned"));
    let forged = Sheet::new("Two", "2 forged").header("Authentication-Results", FORGED);
    claims_to_be_ana(&circle, &forged);
    circle.writes(&Sheet::new("Three", "3 signed"));
    circle.gets("bo", "3 signed").await;
    circle
        .town
        .until("both are held", || held(&circle) == 2)
        .await;
    assert_eq!(circle.lines("bo"), ["3 signed"]);
    let released = circle.town.causeway(&["held", "release", "--all"]);
    assert_eq!(released.code, 0, "{}", released.err);
    circle.gets("bo", "1 unsigned").await;
    circle.gets("bo", "2 forged").await;
    assert_eq!((held(&circle), circle.lines("bo").len()), (0, 3));
    circle.end();
}
