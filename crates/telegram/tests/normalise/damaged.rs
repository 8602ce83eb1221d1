//! Updates as no server would send them. Whatever comes, it is named: nothing panics and nothing vanishes.

use proptest::prelude::*;
use serde_json::{Value, json};
use telegram::{Normalised, normalise};

use crate::NOW;
use crate::{recorded, us};

fn any_payload() -> impl Strategy<Value = Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/payloads");
    let names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    prop::sample::select(names).prop_map(|name| serde_json::from_str(&recorded(&name)).unwrap())
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(null),
        json!(-1),
        json!(i64::MAX),
        json!(i64::MIN),
        json!(1e300),
        json!(""),
        json!("\u{0}\u{202e}😀"),
        json!([]),
        json!([[]]),
        json!({}),
        json!(true),
    ])
}

/// Puts `odd` in the place of the value that is `number`th on a walk through the tree.
fn replace(value: &mut Value, number: &mut usize, odd: &Value) {
    if *number == 0 {
        *value = odd.clone();
    }
    *number = number.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|it| replace(it, number, odd)),
        Value::Object(fields) => fields.values_mut().for_each(|it| replace(it, number, odd)),
        _ => {}
    }
}

fn is_named(raw: &str) -> bool {
    match normalise(raw, &us(), NOW) {
        Normalised::Events(events) => !events.is_empty(),
        Normalised::Ignored(reason) => !reason.is_empty(),
        Normalised::Unreadable { raw: kept, .. } => kept == raw,
    }
}

/// One block or text around another.
fn around(inner: Value, kind: &str) -> Value {
    match kind {
        "list" => json!({"type": "list", "items": [{"blocks": [inner]}]}),
        "blockquote" | "details" => json!({"type": kind, "blocks": [inner]}),
        "paragraph" | "heading" => json!({"type": kind, "text": inner}),
        "both" => json!([inner.clone(), "and", inner]),
        kind => json!({"type": kind, "text": inner, "url": "https://x.org/", "user": {"id": 7}}),
    }
}

/// A rich message, nested as people never do.
fn rich() -> impl Strategy<Value = Value> {
    let texts = prop::sample::select(vec!["bold", "italic", "url", "text_mention", "code", "odd"]);
    let blocks = prop::sample::select(vec!["list", "blockquote", "details"]);
    let both = prop::collection::vec(Just("both"), 0..6);
    (
        both,
        prop::collection::vec(texts, 0..100),
        prop::collection::vec(blocks, 0..30),
    )
        .prop_map(|(both, texts, blocks)| {
            let text = both.into_iter().chain(texts).fold(json!("words"), around);
            let paragraph = around(text, "paragraph");
            let block = blocks.into_iter().fold(paragraph, around);
            json!({"update_id": 1, "message": {
                "message_id": 5, "date": 1, "chat": {"id": -1, "type": "group"},
                "from": {"id": 7, "is_bot": false, "first_name": "Ana"},
                "rich_message": {"blocks": [block]}
            }})
        })
}

proptest! {
    #[test]
    fn a_rich_message_however_deep_can_be_kept_and_read_back(update in rich()) {
        let raw = update.to_string();
        prop_assert!(is_named(&raw));
        if let Normalised::Events(events) = normalise(&raw, &us(), NOW) {
            let kept = serde_json::to_string(&events).unwrap();
            let read: Vec<conversation::Inbound> = serde_json::from_str(&kept).unwrap();
            prop_assert_eq!(read, events);
        }
    }

    #[test]
    fn an_odd_value_anywhere_harms_nobody(
        mut update in any_payload(), number in 0_usize..60, odd in odd_value()
    ) {
        let mut number = number;
        replace(&mut update, &mut number, &odd);
        prop_assert!(is_named(&update.to_string()));
    }

    #[test]
    fn an_update_that_breaks_off_is_kept(update in any_payload(), part in 0.0..1.0_f64) {
        let text = update.to_string();
        let end = text.floor_char_boundary((text.len() as f64 * part) as usize);
        prop_assert!(is_named(&text[..end]));
    }

    #[test]
    fn any_words_are_kept(text in "\\PC{0,200}") {
        prop_assert!(is_named(&text));
    }
}
