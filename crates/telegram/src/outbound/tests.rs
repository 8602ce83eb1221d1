#![allow(clippy::unwrap_used)]

use conversation::{
    Attachment, AttachmentKind, AttachmentSource, BlobRef, Button, LocalFile, Markup, Node, Reply,
    Style, arbitrary,
};
use insta::assert_snapshot;

use super::*;
use crate::api::RequestBody;

const TOPIC: ChatAddress = ChatAddress {
    chat: -100,
    topic: Some(7),
};
const GROUP: ChatAddress = ChatAddress {
    chat: -100,
    topic: None,
};

fn a_post(text: Markup) -> Post {
    Post {
        shown_name: String::new(),
        ..arbitrary::a_post(text)
    }
}

fn bold_words() -> Markup {
    let bold = Node::Styled {
        style: Style::Bold,
        children: vec![Node::Text("Bo".to_owned())],
    };
    Markup(vec![bold, Node::Text(" (email): hello".to_owned())])
}

fn file(kind: AttachmentKind, name: &str, mime: &str) -> LocalFile {
    let some = |text: &str| Some(text.to_owned()).filter(|it| !it.is_empty());
    LocalFile {
        attachment: Attachment {
            kind,
            name: some(name),
            mime: some(mime),
            size: None,
            alt: None,
            source: AttachmentSource::Blob(BlobRef {
                sha256: String::new(),
                size: 1,
            }),
        },
        path: "blob".into(),
    }
}

fn jpeg() -> LocalFile {
    file(AttachmentKind::Photo, "bed.jpg", "image/jpeg")
}

fn with_files(text: &str, files: Vec<LocalFile>) -> Post {
    let mut post = a_post(Markup::plain(text));
    post.part.files = files;
    post
}

fn of_files(post: &Post, size: u64) -> Request {
    let sizes = vec![size; post.part.files.len()];
    files::send(GROUP, post, &Shapes::of(&post.part, &sizes)).unwrap()
}

fn shown(request: &Request) -> String {
    let RequestBody::Form { fields, files } = &request.body else {
        let RequestBody::Json(body) = &request.body else {
            unreachable!()
        };
        return format!("{} {body}", request.method);
    };
    let mut lines = vec![request.method.to_owned()];
    lines.extend(
        fields
            .iter()
            .map(|(name, value)| format!("{name} = {value}")),
    );
    lines.extend(files.iter().map(|file| {
        let mime = file.mime.as_deref().unwrap_or("-");
        format!("{} = <{} {mime}>", file.field, file.name)
    }));
    lines.join("\n")
}

#[test]
fn words_go_with_their_entities_their_topic_and_what_they_answer() {
    let mut post = a_post(bold_words());
    post.reply = Some(Reply {
        to: "80".into(),
        ancestors: Vec::new(),
    });
    assert_snapshot!(shown(&text::send(TOPIC, &post).unwrap()), @r#"SendMessage {"chat_id":-100,"text":"Bo (email): hello","message_thread_id":7,"entities":[{"type":"bold","offset":0,"length":2}],"reply_parameters":{"message_id":80,"allow_sending_without_reply":true}}"#);
    assert_snapshot!(shown(&text::send(GROUP, &a_post(Markup::plain("hi"))).unwrap()), @r#"SendMessage {"chat_id":-100,"text":"hi"}"#);
}

#[test]
fn choices_stand_below_the_words() {
    let mut post = a_post(Markup::plain("Shall we?"));
    post.part.buttons = [("yes-1", "Yes"), ("no-1", "Not now")]
        .map(|(id, label)| Button {
            label: label.to_owned(),
            does: conversation::Does::Press(id.to_owned()),
        })
        .into();
    assert_snapshot!(shown(&text::send(GROUP, &post).unwrap()), @r#"SendMessage {"chat_id":-100,"text":"Shall we?","reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"yes-1"}],[{"text":"Not now","callback_data":"no-1"}]]}}"#);
}

#[test]
fn nothing_empty_and_nothing_too_long_is_sent() {
    let refusal = |text: &str| text::send(GROUP, &a_post(Markup::plain(text))).unwrap_err();
    assert_snapshot!(refusal(" \n"), @"the platform refused the message: there are no words in the message");
    assert_snapshot!(refusal(&"😀".repeat(2049)), @"the platform refused the message: 4098 UTF-16 units are more than the 4096 that Telegram takes");
    assert!(text::send(GROUP, &a_post(Markup::plain(&"😀".repeat(2048)))).is_ok());
    let long = with_files(&"a".repeat(1025), vec![jpeg()]);
    let shapes = Shapes::of(&long.part, &[1]);
    assert_snapshot!(files::send(GROUP, &long, &shapes).unwrap_err(), @"the platform refused the message: 1025 UTF-16 units are more than the 1024 that Telegram takes");
}

#[test]
fn texts_and_captions_are_edited_by_their_own_methods() {
    let post = a_post(bold_words());
    assert_snapshot!(shown(&text::edit(TOPIC, MessageId(80), &post, false).unwrap()), @r#"EditMessageText {"chat_id":-100,"message_id":80,"text":"Bo (email): hello","entities":[{"type":"bold","offset":0,"length":2}]}"#);
    assert_snapshot!(shown(&text::edit(TOPIC, MessageId(80), &post, true).unwrap()), @r#"EditMessageCaption {"chat_id":-100,"message_id":80,"caption":"Bo (email): hello","caption_entities":[{"type":"bold","offset":0,"length":2}]}"#);
}

#[test]
fn deletes_and_reactions_name_their_messages() {
    let reaction = |emoji| Request::of(&reaction_payload(GROUP, MessageId(1), emoji));
    assert_snapshot!(shown(&delete_request(GROUP, &[MessageId(1)])), @r#"DeleteMessage {"chat_id":-100,"message_id":1}"#);
    assert_snapshot!(shown(&delete_request(GROUP, &[MessageId(1), MessageId(2)])), @r#"DeleteMessages {"chat_id":-100,"message_ids":[1,2]}"#);
    assert_snapshot!(shown(&reaction(Some("👍"))), @r#"SetMessageReaction {"chat_id":-100,"message_id":1,"reaction":[{"type":"emoji","emoji":"👍"}]}"#);
    assert_snapshot!(shown(&reaction(None)), @r#"SetMessageReaction {"chat_id":-100,"message_id":1,"reaction":[]}"#);
}

#[test]
fn a_photo_goes_with_its_caption() {
    let mut post = with_files("", vec![jpeg()]);
    post.part.text = bold_words();
    assert_snapshot!(shown(&of_files(&post, 1)), @r#"
    sendPhoto
    chat_id = -100
    caption = Bo (email): hello
    caption_entities = [{"type":"bold","offset":0,"length":2}]
    photo = <bed.jpg image/jpeg>
    "#);
}

#[test]
fn every_kind_of_file_has_its_method() {
    use AttachmentKind::{Animation, Audio, Document, Photo, Sticker, Video, Voice};
    let method = |kind, name, mime, text| {
        let post = with_files(text, vec![file(kind, name, mime)]);
        of_files(&post, 1).method
    };
    for (kind, name, mime, text, expected) in [
        (Photo, "", "image/png", "hi", "sendPhoto"),
        (Photo, "bed.JPG", "", "hi", "sendPhoto"),
        (Photo, "bed.heic", "image/heic", "hi", "sendDocument"),
        (Photo, "bed.svg", "image/svg+xml", "hi", "sendDocument"),
        (Video, "", "video/mp4", "", "sendVideo"),
        (Video, "", "video/x-matroska", "", "sendDocument"),
        (Animation, "", "image/gif", "", "sendAnimation"),
        (Audio, "", "audio/mpeg; charset=binary", "", "sendAudio"),
        (Audio, "", "audio/flac", "", "sendDocument"),
        (Voice, "", "audio/ogg", "", "sendVoice"),
        (Voice, "", "audio/wav", "", "sendDocument"),
        (Sticker, "", "image/webp", "", "sendSticker"),
        (Sticker, "", "image/webp", "Ana:", "sendPhoto"),
        (Sticker, "", "video/webm", "Ana:", "sendDocument"),
        (Sticker, "", "image/apng", "", "sendDocument"),
        (Document, "x.jpg", "image/jpeg", "", "sendDocument"),
        (Document, "", "not a type", "", "sendDocument"),
    ] {
        assert_eq!(method(kind, name, mime, text), expected, "{kind:?} {mime}");
    }
}

#[test]
fn a_photo_over_ten_megabytes_is_a_document() {
    let post = with_files("", vec![jpeg()]);
    assert_eq!(of_files(&post, 10 << 20).method, "sendPhoto");
    assert_eq!(of_files(&post, (10 << 20) + 1).method, "sendDocument");
}

#[test]
fn an_album_bears_the_caption_on_its_first_part() {
    let film = file(AttachmentKind::Video, "bed.mp4", "video/mp4");
    let post = with_files("Two beds", vec![jpeg(), film]);
    assert_snapshot!(shown(&of_files(&post, 1)), @r#"
    sendMediaGroup
    chat_id = -100
    media = [{"type":"photo","media":"attach://file0","caption":"Two beds"},{"type":"video","media":"attach://file1"}]
    file0 = <bed.jpg image/jpeg>
    file1 = <bed.mp4 video/mp4>
    "#);
}

#[test]
fn files_that_do_not_go_together_become_documents() {
    let pdf = file(AttachmentKind::Document, "plan.pdf", "application/pdf");
    let post = with_files("", vec![jpeg(), pdf]);
    assert_snapshot!(shown(&of_files(&post, 1)), @r#"
    sendMediaGroup
    chat_id = -100
    media = [{"type":"document","media":"attach://file0"},{"type":"document","media":"attach://file1"}]
    file0 = <bed.jpg image/jpeg>
    file1 = <plan.pdf application/pdf>
    "#);
    let song = || file(AttachmentKind::Audio, "a.mp3", "audio/mpeg");
    let post = with_files("", vec![song(), song()]);
    assert!(shown(&of_files(&post, 1)).contains(r#""type":"audio""#));
}

#[test]
fn the_name_of_a_file_cannot_leave_its_line_or_folder() {
    let sent = |name: &str, mime: &str| {
        let post = with_files("", vec![file(AttachmentKind::Document, name, mime)]);
        let RequestBody::Form { files, .. } = of_files(&post, 1).body else {
            unreachable!()
        };
        files[0].name.clone()
    };
    for (name, mime, expected) in [
        ("../../etc/passwd", "", "passwd"),
        ("C:\\secret\\x.txt", "", "x.txt"),
        ("a\r\nX-Evil: \"1\".txt", "", "a X-Evil: 1.txt"),
        ("photo\u{202e}gpj.exe", "", "photogpj.exe"),
        (".hidden", "", "hidden"),
        ("", "application/pdf", "file.pdf"),
        ("", "", "file.bin"),
        ("Ernte 2024.pdf", "", "Ernte 2024.pdf"),
    ] {
        assert_eq!(sent(name, mime), expected);
    }
    assert_eq!(sent(&format!("{}.txt", "x".repeat(4096)), "").len(), 120);
}
