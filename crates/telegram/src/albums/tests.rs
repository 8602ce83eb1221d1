#![allow(clippy::unwrap_used)]

use super::*;
use crate::inbound::Bot;

fn us() -> Bot {
    Bot {
        id: 4242,
        username: "causeway_bot".to_owned(),
    }
}

/// Message `id` in chat `chat`; a part of `album` if that is not empty.
fn message(chat: i64, id: i64, album: &str, caption: &str) -> Update {
    let group = match album {
        "" => String::new(),
        _ => format!(r#""media_group_id": "{album}","#),
    };
    let raw = format!(
        r#"{{"update_id": {id}, "message": {{
            "message_id": {id}, "date": 1700000000, {group}
            "chat": {{"id": {chat}, "type": "supergroup", "title": "Garden"}},
            "from": {{"id": 7001, "is_bot": false, "first_name": "Ana"}},
            "caption": "{caption}", "photo": [{{"file_id": "P{id}", "width": 1, "height": 1}}]
        }}}}"#
    );
    Update::read(&raw, &us(), conversation::Timestamp(7))
}

fn shown(gathered: &[Gathered]) -> Vec<String> {
    gathered.iter().map(one).collect()
}

fn one(it: &Gathered) -> String {
    let Normalised::Events(events) = &it.meaning else {
        return "nothing".to_owned();
    };
    let [event] = events.as_slice() else {
        return "several".to_owned();
    };
    let Event::Posted(posted) = &event.event else {
        return "not posted".to_owned();
    };
    let files = posted.content.attachments.len();
    let text = posted.content.text.plain_text();
    format!("{} {:?} {files} files {text:?}", event.key, it.ids)
}

#[test]
fn parts_become_one_message_when_the_chat_goes_on() {
    let gathered = Albums::default().gather(vec![
        message(-1, 1, "a", ""),
        message(-2, 2, "", "elsewhere"),
        message(-1, 3, "a", "Three beds"),
        message(-1, 4, "a", ""),
        message(-1, 5, "", "next"),
    ]);
    assert_eq!(
        shown(&gathered),
        [
            "post:-1:1+4 [1, 3, 4] 3 files \"Three beds\"",
            "post:-2:2 [2] 1 files \"elsewhere\"",
            "post:-1:5 [5] 1 files \"next\"",
        ]
    );
}

#[test]
fn an_album_at_the_end_is_held_until_it_stops_growing() {
    let mut albums = Albums::default();
    let first = || message(-1, 1, "a", "");
    let second = || message(-1, 2, "a", "");
    assert_eq!(shown(&albums.gather(vec![first()])), [] as [&str; 0]);
    assert_eq!(
        shown(&albums.gather(vec![first(), second()])),
        [] as [&str; 0]
    );
    let gathered = albums.gather(vec![first(), second()]);
    assert_eq!(shown(&gathered), ["post:-1:1+2 [1, 2] 2 files \"\""]);
}

#[test]
fn other_chats_do_not_wait_for_an_album() {
    let mut albums = Albums::default();
    let gathered = albums.gather(vec![message(-1, 1, "a", ""), message(-2, 2, "", "hello")]);
    assert_eq!(shown(&gathered), ["post:-2:2 [2] 1 files \"hello\""]);
    // The other was taken in, so at the next look the album stands alone.
    let gathered = albums.gather(vec![message(-1, 1, "a", "")]);
    assert_eq!(shown(&gathered), ["post:-1:1 [1] 1 files \"\""]);
}

#[test]
fn a_full_album_waits_for_nothing() {
    let parts = (1..=10).map(|id| message(-1, id, "a", "")).collect();
    assert_eq!(shown(&Albums::default().gather(parts)).len(), 1);
}

#[test]
fn two_albums_of_one_chat_stay_two() {
    let gathered = Albums::default().gather(vec![
        message(-1, 1, "a", "first"),
        message(-1, 2, "a", ""),
        message(-1, 3, "b", "second"),
        message(-1, 4, "b", ""),
        message(-1, 5, "", "end"),
    ]);
    assert_eq!(
        shown(&gathered),
        [
            "post:-1:1+2 [1, 2] 2 files \"first\"",
            "post:-1:3+4 [3, 4] 2 files \"second\"",
            "post:-1:5 [5] 1 files \"end\"",
        ]
    );
}

#[test]
fn every_caption_is_kept_and_none_is_said_twice() {
    let gathered = Albums::default().gather(vec![
        message(-1, 1, "a", "one"),
        message(-1, 2, "a", "one"),
        message(-1, 3, "a", "two"),
        message(-1, 4, "", "end"),
    ]);
    assert_eq!(
        shown(&gathered)[0],
        "post:-1:1+3 [1, 2, 3] 3 files \"one\\ntwo\""
    );
}
