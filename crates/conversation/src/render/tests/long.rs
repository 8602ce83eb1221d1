//! Texts of too many posts: what is read at once, and what is in the file.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::arbitrary::markup;
use crate::{
    Language, TextFiles, Whole, render_beginning, render_within, text_file_name, text_files,
};

fn within(content: &Content, to: &Capabilities, most: usize) -> Option<Vec<Content>> {
    render_within(&rendering(content, &all_known_here(content)), to, most)
}

fn rendering<'a>(content: &'a Content, mentions: &'a HashMap<RemoteId, RemoteId>) -> Rendering<'a> {
    Rendering {
        content,
        author: Box::leak(Box::new(author("Ana"))),
        called: "Ana",
        from: "Talk",
        labels: &LABELS,
        reply: ReplyShown::Nothing,
        late: None,
        mentions,
        language: Language::ENGLISH,
    }
}

/// With so many files of the text that are there.
fn begun(content: &Content, to: &Capabilities, n_files: usize) -> Vec<Content> {
    let characters = text_files(&content.text, 1 << 20).characters;
    begun_of(characters, content, to, n_files)
}

fn begun_of(
    characters: usize,
    content: &Content,
    to: &Capabilities,
    n_files: usize,
) -> Vec<Content> {
    let of = |it| text_file_name("Minutes", (it, n_files), Language::ENGLISH);
    let files = (0..n_files).map(|it| file(AttachmentKind::Document, &of(it), Some(9)));
    let whole = Whole {
        files: files.collect(),
        characters,
    };
    render_beginning(&rendering(content, &all_known_here(content)), &whole, to)
}

fn lines(n: usize) -> Content {
    let lines: Vec<_> = (1..=n).map(|it| format!("Point {it} of many.")).collect();
    Content::plain(&lines.join("\n"))
}

#[test]
fn a_text_may_take_as_many_posts_as_are_allowed_and_no_more() {
    let of_5 = |it: usize| Content::plain(&"word ".repeat(it));
    let chat = limited(chat(), 1_000, TextUnit::Utf16);
    let posts = within(&of_5(900), &chat, 5).expect("five posts do");
    assert_eq!(posts, said(&of_5(900), &chat));
    assert_eq!(posts.len(), 5);
    assert_eq!(within(&of_5(900), &chat, 4), None);
    assert_eq!(within(&of_5(4_000_000), &chat, 5), None);
    assert!(
        within(
            &of_5(4_000_000),
            &limited(chat, 50_000_000, TextUnit::Chars),
            1
        )
        .is_some()
    );
}

#[test]
fn a_mail_is_one_mail_or_comes_with_a_file() {
    let mail = limited(mail(), 1_000, TextUnit::Chars);
    assert!(within(&lines(30), &mail, 5).is_some());
    assert_eq!(within(&lines(60), &mail, 5), None);
    let mut photo = lines(60);
    photo.attachments = vec![file(AttachmentKind::Photo, "cake.jpg", None)];
    let posts = begun(&photo, &limited(mail, 300, TextUnit::Chars), 1);
    assert_snapshot!(shown(&posts), @r"
    Point 1 of many.
    Point 2 of many.
    Point 3 of many.
    Point 4 of many.
    Point 5 of many.
    Point 6 of many.
    Point 7 of many.
    Point 8 of many.
    Point 9 of many.
    Point 10 of many.
    Point 11 of many.
    Point 12 of many.
    Point 13 of many.
    Point 14 of many.
    (… the whole text, about one page, is in the file below)
    <Document Minutes.txt>
    <Photo cake.jpg>
    ");
}

#[test]
fn people_read_the_beginning_and_where_the_whole_is() {
    let chat = limited(chat(), 200, TextUnit::Utf16);
    let mut content = lines(300);
    content.attachments = vec![
        file(AttachmentKind::Photo, "cake.jpg", None),
        file(AttachmentKind::Document, "plan.zip", Some(60_000_000)),
    ];
    assert_snapshot!(shown(&begun(&content, &chat, 1)), @r"
    *Ana* (Talk): Point 1 of many.
    Point 2 of many.
    Point 3 of many.
    Point 4 of many.
    Point 5 of many.
    Point 6 of many.
    Point 7 of many.
    Point 8 of many.
    Point 9 of many.
    Point 10 of many.
    Point 11 of many.
    ---
    (… the whole text, about 4 pages, is in the file below)
    [file: plan.zip, 60 MB — too large for this channel]
    ---
    <Document Minutes.txt>
    ---
    <Photo cake.jpg>
    ");
    content.attachments.clear();
    assert_snapshot!(shown(&begun(&content, &chat, 2)), @r"
    *Ana* (Talk): Point 1 of many.
    Point 2 of many.
    Point 3 of many.
    Point 4 of many.
    Point 5 of many.
    Point 6 of many.
    Point 7 of many.
    (… the whole text, about 4 pages, is in the 2 files below)
    ---
    <Document Minutes (1 of 2).txt>
    <Document Minutes (2 of 2).txt>
    ");
}

#[test]
fn where_no_file_can_go_a_line_says_where_the_whole_is() {
    let mut chat = limited(chat(), 300, TextUnit::Utf16);
    chat.attachments.support = Support::None;
    let whole = Whole {
        files: vec![Attachment {
            source: AttachmentSource::Absent(Absent {
                why: "this channel takes no files".to_owned(),
                whereabouts: Whereabouts::On("email".to_owned()),
            }),
            ..file(AttachmentKind::Document, "Minutes.txt", Some(1_200_000))
        }],
        characters: 1_150_000,
    };
    let content = lines(300);
    let posts = render_beginning(&rendering(&content, &HashMap::new()), &whole, &chat);
    assert_snapshot!(shown(&posts), @r"
    *Ana* (Talk): Point 1 of many.
    Point 2 of many.
    Point 3 of many.
    Point 4 of many.
    Point 5 of many.
    Point 6 of many.
    Point 7 of many.
    Point 8 of many.
    Point 9 of many.
    Point 10 of many.
    (… the whole text is about 639 pages long)
    [file: Minutes.txt, 2 MB — this channel takes no files; it is in email]
    ");
}

#[test]
fn lines_about_files_alone_are_no_long_text() {
    let name = "n".repeat(70);
    let files = (0..9).map(|_| file(AttachmentKind::Document, &name, Some(60_000_000)));
    let content = Content {
        text: Markup::default(),
        attachments: files.collect(),
    };
    let posts = within(&content, &limited(chat(), 200, TextUnit::Utf16), 1);
    assert!(posts.is_some_and(|it| it.len() > 1));
}

#[test]
fn a_file_says_in_words_what_marks_said() {
    let link = Node::Link {
        url: "https://map.example/".to_owned(),
        children: vec![text("the map")],
    };
    let quote = Node::Quote(vec![text("Bread?\nTea?")]);
    let content = marked(vec![quote, text("\nSee "), link, text("\r\n– Bo")]);
    let TextFiles { files, characters } = text_files(&content.text, 1_000);
    assert_eq!(
        files,
        ["\u{FEFF}> Bread?\r\n> Tea?\r\nSee the map (https://map.example/)\r\n– Bo"]
    );
    assert_eq!(characters, 55);
    let plain = text_files(&Markup::plain("\n  Bread\nTea \n"), 1_000);
    assert_eq!(plain.files, ["Bread\r\nTea"]);
}

#[test]
fn a_file_has_a_name_that_every_system_takes() {
    let name = |about: &str| text_file_name(about, (0, 1), Language::ENGLISH);
    assert_eq!(name("Minutes of the board"), "Minutes of the board.txt");
    assert_eq!(name("Re: 3/4 \u{202E}what?\n"), "Re 3 4 what.txt");
    assert_eq!(name(" ..\u{200B}"), "Text.txt");
    assert_eq!(
        text_file_name("Ábel", (1, 3), Language::ENGLISH),
        "Ábel (2 of 3).txt"
    );
    assert!(name(&"é".repeat(500)).chars().count() < 70);
}

/// Of all four platforms, at a small scale.
fn channels() -> impl Strategy<Value = Capabilities> {
    let telegram = limited(chat(), 409, TextUnit::Utf16);
    let mut discord = limited(chat(), 200, TextUnit::Markdown);
    discord.author_name = Support::Native;
    let mut slack = limited(chat(), 400, TextUnit::Chars);
    slack.author_name = Support::Native;
    let mail = limited(mail(), 600, TextUnit::Chars);
    let tiny = limited(plain(), 20, TextUnit::Bytes);
    prop::sample::select(vec![telegram, discord, slack, mail, tiny])
}

fn seen(text: &str) -> String {
    let is_seen = |c: &char| !render::name::is_unseen(*c);
    text.chars().filter(is_seen).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_beginning_is_over_the_limit(markup in markup(), times in 1usize..40, to in channels(), n_files in 0usize..4) {
        let content = marked(vec![Node::Text("Hello ".to_owned()); times].into_iter().chain(markup.0).collect());
        let posts = begun(&content, &to, n_files);
        for post in &posts {
            prop_assert!(post.text.flatten().cost(to.text.unit) <= to.text.max, "{:?}", post);
            prop_assert!(!post.is_empty());
        }
        let files: usize = posts.iter().map(|it| it.attachments.len()).sum();
        prop_assert_eq!(files, n_files);
    }

    #[test]
    fn few_posts_or_none(markup in markup(), times in 1usize..9, to in channels(), most in 1usize..4) {
        let content = marked(vec![Node::Text("word ".repeat(times * 20)), Node::Quote(markup.0)]);
        let all = said(&content, &to);
        let allowed = if to.attachments.per_post > 10 { 1 } else { most };
        prop_assert_eq!(within(&content, &to, most), (all.len() <= allowed).then_some(all));
    }

    #[test]
    fn a_beginning_is_enough_to_know_that_a_text_is_long(markup in markup(), times in 1usize..40, to in channels()) {
        let text = Markup(std::iter::repeat_n(markup.0, times).flatten().collect());
        if let Some(beginning) = crate::beginning_of_long(&text, &to, 1) {
            let (whole, beginning) = (marked(text.0), marked(beginning.0));
            prop_assert_eq!(within(&whole, &to, 1), None);
            prop_assert_eq!(begun_of(9, &whole, &to, 1), begun_of(9, &beginning, &to, 1));
        }
    }

    #[test]
    fn every_word_is_in_the_files_and_none_is_too_large(markup in markup(), times in 1usize..9, most in 300usize..900) {
        let text = Markup(std::iter::repeat_n(markup.0, times).flatten().collect());
        let all: String = text_files(&text, usize::MAX).files.concat();
        let parts = text_files(&text, most).files;
        prop_assert!(parts.iter().all(|it| it.len() <= most));
        prop_assert_eq!(seen(&parts.concat()), seen(&all));
        // Links say their addresses beside their words, and all words are there.
        let words: Vec<char> = seen(&text.plain_text()).chars().collect();
        let mut found = seen(&all).chars().collect::<Vec<_>>().into_iter();
        prop_assert!(words.iter().all(|c| found.any(|it| it == *c)));
    }
}
