//! Why updates are read by types of our own: teloxide-core 0.13 takes a message for empty as soon as it holds
//! one thing that is newer than itself. The day that these tests fail, it can do the reading.

use teloxide_core::types::{Message, MessageKind, Update, UpdateKind};

use crate::{recorded, shown};

fn as_teloxide_reads(update: &str) -> Message {
    let update: Update = serde_json::from_str(update).unwrap();
    match update.kind {
        UpdateKind::Message(message) => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_entity_of_a_newer_kind_empties_a_message_for_teloxide_core() {
    let recorded = recorded("entities");
    let read = as_teloxide_reads(&recorded);
    assert!(matches!(read.kind, MessageKind::Empty {}), "{read:?}");
    assert_eq!(read.text(), None);
    let all_known = as_teloxide_reads(&recorded.replace("\"date_time\"", "\"bold\""));
    assert!(all_known.text().is_some());
    assert!(shown("entities").contains("posted"));
}

#[test]
fn a_rich_message_is_empty_for_teloxide_core() {
    let read = as_teloxide_reads(&recorded("rich_message"));
    assert!(matches!(read.kind, MessageKind::Empty {}), "{read:?}");
    assert!(shown("rich_message").contains("Harvest"));
}
