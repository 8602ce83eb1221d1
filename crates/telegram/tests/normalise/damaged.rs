//! Updates as no server would send them. Whatever comes, it is named: nothing panics and nothing vanishes.

use proptest::prelude::*;
use serde_json::{Value, json};
use telegram::{Normalised, normalise};

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
    match normalise(raw, &us()) {
        Normalised::Events(events) => !events.is_empty(),
        Normalised::Ignored(reason) => !reason.is_empty(),
        Normalised::Unreadable { raw: kept, .. } => kept == raw,
    }
}

proptest! {
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
