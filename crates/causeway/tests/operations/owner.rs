//! The terminal names the first owner by a code, which stands nowhere else.

use std::fs;

use crate::support::Square;

fn sia_says(square: &Square, said: &str) {
    let slack = &square.town.rig.slack;
    slack
        .slash(&square.slack, &square.sia, "/causeway", said)
        .unwrap();
}

fn told(square: &Square) -> String {
    let channel = square.town.rig.slack.view_channel(&square.slack, 0);
    let ephemeral = channel.map(|it| it.ephemeral).unwrap_or_default();
    let texts = ephemeral.iter().map(|it| it.text.as_str());
    texts.collect::<Vec<_>>().join("\n")
}

/// What is printed, without the word before it.
fn code(square: &Square) -> String {
    let answer = square.town.causeway(&["owner", "code"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let code = answer.out.trim().strip_prefix("owner ").unwrap().to_owned();
    assert_eq!(code.len(), 8, "{code}");
    assert!(!answer.err.contains(&code));
    code
}

/// No file of the bridge but what was printed, and no line of its log.
fn is_kept(square: &Square, code: &str) -> bool {
    let files = fs::read_dir(square.town.rig.dir()).unwrap();
    let files = files.map(|it| it.unwrap().path()).filter(|it| it.is_file());
    let mut contents = files.map(|it| fs::read(it).unwrap_or_default());
    contents.any(|it| it.windows(code.len()).any(|it| it == code.as_bytes()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_owner_says_the_code_of_the_terminal() {
    let square = Square::open().await;
    square.town.begin().await;
    let (old, new) = (code(&square), code(&square));
    assert!(!is_kept(&square, &old) && !is_kept(&square, &new));
    sia_says(&square, &format!("owner {old}"));
    let is_wrong = || told(&square).contains("that code is wrong");
    square.town.until("the old code is refused", is_wrong).await;
    sia_says(&square, &format!("owner {new}"));
    let owns = || told(&square).contains("You own this community");
    square.town.until("somebody owns it", owns).await;
    let again = square.town.causeway(&["owner", "code"]);
    assert_eq!(again.code, 1);
    assert!(again.err.contains("has an owner already"), "{}", again.err);
    assert!(again.out.is_empty());
    assert!(!is_kept(&square, &old) && !is_kept(&square, &new));
}
