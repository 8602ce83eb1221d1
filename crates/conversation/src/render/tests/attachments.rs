//! Which files share a post, where the words go, and what is said of files that cannot go.

use insta::assert_snapshot;

use super::*;
use AttachmentKind::*;

fn with_files(words: &str, kinds: &[AttachmentKind]) -> Content {
    let files = kinds.iter().enumerate();
    Content {
        text: Markup::plain(words),
        attachments: files
            .map(|(nth, kind)| file(*kind, &nth.to_string(), Some(1000)))
            .collect(),
    }
}

#[test]
fn words_go_as_the_caption_of_the_first_files() {
    let posts = said(
        &with_files("Look", &[Photo, Video, Document, Document, Audio]),
        &chat(),
    );
    assert_snapshot!(shown(&posts), @"
    *Ana* (Talk): Look
    <Photo 0>
    <Video 1>
    ---
    <Document 2>
    <Document 3>
    ---
    <Audio 4>
    ");
}

#[test]
fn files_without_words_carry_the_name() {
    assert_snapshot!(shown(&said(&with_files("", &[Photo]), &chat())), @"
    *Ana* (Talk):
    <Photo 0>
    ");
    assert_snapshot!(shown(&said(&with_files(" ", &[Photo]), &mail())), @"<Photo 0>");
}

#[test]
fn a_sticker_has_no_caption_so_the_words_go_before_it() {
    assert_snapshot!(shown(&said(&with_files("", &[Sticker, Photo]), &chat())), @"
    *Ana* (Talk):
    ---
    <Sticker 0>
    ---
    <Photo 1>
    ");
}

#[test]
fn voice_and_animations_go_alone_and_can_carry_words() {
    assert_snapshot!(shown(&said(&with_files("Hm", &[Voice, Voice, Animation]), &chat())), @"
    *Ana* (Talk): Hm
    <Voice 0>
    ---
    <Voice 1>
    ---
    <Animation 2>
    ");
}

#[test]
fn words_longer_than_a_caption_go_before_the_files() {
    let mut to = chat();
    to.caption.max = 20;
    assert_snapshot!(shown(&said(&with_files("Longer than that", &[Photo]), &to)), @"
    *Ana* (Talk): Longer than that
    ---
    <Photo 0>
    ");
}

#[test]
fn an_album_holds_no_more_than_the_platform_takes() {
    let posts = said(&with_files("", &[Photo; 23]), &chat());
    let sizes: Vec<usize> = posts.iter().map(|it| it.attachments.len()).collect();
    assert_eq!(sizes, [10, 10, 3]);
    let mut single = chat();
    single.attachments.per_post = 1;
    assert_eq!(said(&with_files("", &[Photo; 3]), &single).len(), 3);
}

#[test]
fn a_mail_takes_all_files_in_one() {
    let posts = said(
        &with_files("Look", &[Sticker, Photo, Document, Voice]),
        &mail(),
    );
    assert_snapshot!(shown(&posts), @"
    Look
    <Sticker 0>
    <Photo 1>
    <Document 2>
    <Voice 3>
    ");
}

#[test]
fn a_file_that_cannot_go_is_said_in_words() {
    let mut content = with_files("Look", &[]);
    content.attachments = vec![
        file(Video, "party\n\u{202E}.mp4", Some(62_400_001)),
        file(Document, "notes.txt", None),
        file(Document, "exact.zip", Some(50_000_000)),
    ];
    content.attachments[0].alt = Some("We dance.".to_owned());
    assert_snapshot!(shown(&said(&content, &chat())), @"
    *Ana* (Talk): Look
    [video: party .mp4, 63 MB — too large for this channel] We dance.
    <Document notes.txt>
    <Document exact.zip>
    ");
}

#[test]
fn a_channel_without_files_says_what_it_misses() {
    let mut to = chat();
    to.attachments.support = Support::None;
    let mut content = with_files("", &[Voice, Photo]);
    content.attachments[0].name = None;
    content.attachments[0].size = None;
    assert_snapshot!(shown(&said(&content, &to)), @"
    *Ana* (Talk): [voice message — this channel takes no files]
    [photo: 1, 1 kB — this channel takes no files]
    ");
}

#[test]
fn the_size_of_a_file_that_we_hold_is_what_counts() {
    let mut content = with_files("", &[Photo]);
    content.attachments[0].source = AttachmentSource::Blob(BlobRef {
        sha256: "0".repeat(64),
        size: 2_000_000_000,
    });
    assert_snapshot!(shown(&said(&content, &chat())), @"*Ana* (Talk): [photo: 0, 2 GB — too large for this channel]");
}

fn absent(why: &str, whereabouts: Whereabouts) -> Content {
    let mut content = with_files("Look", &[]);
    content.attachments = vec![file(Document, "plan.zip", Some(62_400_001))];
    content.attachments[0].source = AttachmentSource::Absent(Absent {
        why: why.to_owned(),
        whereabouts,
    });
    content
}

#[test]
fn a_file_that_is_elsewhere_is_said_to_be_there() {
    let content = absent(
        "too large for this channel",
        Whereabouts::On("Telegram".to_owned()),
    );
    assert_snapshot!(shown(&said(&content, &chat())), @"
    *Ana* (Talk): Look
    [file: plan.zip, 63 MB — too large for this channel; it is in Telegram]
    ");
    let content = absent("it\nis gone", Whereabouts::Unknown);
    assert_snapshot!(shown(&said(&content, &mail())), @"
    Look
    [file: plan.zip, 63 MB — it is gone]
    ");
}

#[test]
fn a_link_stands_behind_the_line_with_nothing_at_its_end() {
    for (days, words) in [(7, "7 days"), (1, "one day")] {
        let url = "https://causeway.example/files/ab/plan.zip?until=1&sig=2".to_owned();
        let content = absent("too large", Whereabouts::Link { url, days });
        let posts = said(&content, &chat());
        let text = posts[0].text.plain_text();
        let line = format!(
            "[file: plan.zip, 63 MB — too large; for {words} it is here:] \
             https://causeway.example/files/ab/plan.zip?until=1&sig=2"
        );
        assert!(text.ends_with(&line), "{text}");
    }
}
