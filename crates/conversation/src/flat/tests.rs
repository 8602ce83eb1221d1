//! What flattening, cutting and rebuilding promise.

#![allow(clippy::unwrap_used)]

use crate::{Flat, Mark, Markup, Node, Span, Style};

mod properties;

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn bold(children: Vec<Node>) -> Node {
    let style = Style::Bold;
    Node::Styled { style, children }
}

fn code_block(code: &str) -> Node {
    Node::CodeBlock {
        language: Some("rust".to_owned()),
        code: code.to_owned(),
    }
}

fn list(start: Option<u64>, items: Vec<Vec<Node>>) -> Node {
    Node::List { start, items }
}

fn flat(text: &str, spans: &[(usize, usize, Mark)]) -> Flat {
    let spans = spans
        .iter()
        .cloned()
        .map(|(start, end, mark)| Span { start, end, mark });
    Flat {
        text: text.to_owned(),
        spans: spans.collect(),
    }
}

/// The text, and under it each mark with what it covers.
fn shown(flat: &Flat) -> String {
    let mut shown = flat.text.clone();
    for span in &flat.spans {
        let covered = &flat.text[span.start..span.end];
        shown.push_str(&format!("\n{:?} {covered:?}", span.mark));
    }
    shown
}

const BOLD: Mark = Mark::Style(Style::Bold);
const ITALIC: Mark = Mark::Style(Style::Italic);

fn block() -> Mark {
    Mark::CodeBlock { language: None }
}

fn link(url: &str) -> Mark {
    let url = url.to_owned();
    Mark::Link { url }
}

#[test]
fn blocks_get_lines_of_their_own() {
    let markup = Markup(vec![
        text("before"),
        Node::Quote(vec![text("quoted")]),
        code_block("let x = 1;"),
        text("after"),
    ]);
    insta::assert_snapshot!(shown(&markup.flatten()), @r#"
    before
    quoted
    let x = 1;
    after
    Quote "quoted"
    CodeBlock { language: Some("rust") } "let x = 1;"
    "#);
}

#[test]
fn a_line_break_that_is_there_is_not_doubled() {
    let markup = Markup(vec![text("before\n"), code_block("x\n"), text("after")]);
    assert_eq!(markup.plain_text(), "before\nx\nafter");
    let markup = Markup(vec![code_block("x"), text("\nafter")]);
    assert_eq!(markup.plain_text(), "x\nafter");
    let markup = Markup(vec![code_block("x"), text("\r\nafter")]);
    assert_eq!(markup.plain_text(), "x\r\nafter");
}

#[test]
fn a_block_alone_gets_no_line_breaks() {
    let markup = Markup(vec![text(""), Node::Quote(vec![text("quoted")]), text("")]);
    assert_eq!(markup.plain_text(), "quoted");
}

#[test]
fn an_empty_block_still_parts_the_words_around_it() {
    let markup = Markup(vec![text("a"), Node::Quote(vec![]), text("b")]);
    assert_eq!(markup.flatten(), flat("a\nb", &[]));
}

#[test]
fn an_empty_block_at_the_start_of_a_quote_takes_nothing_from_it() {
    let quote = Node::Quote(vec![Node::Quote(vec![]), text("\nb")]);
    let markup = Markup(vec![text("a"), quote]);
    assert_eq!(markup.flatten(), flat("a\n\nb", &[(2, 4, Mark::Quote)]));
}

#[test]
fn lists_become_lines_and_nested_lists_are_set_in() {
    let nested = list(
        Some(9),
        vec![vec![text("nine")], vec![text("ten\nand more")]],
    );
    let markup = Markup(vec![
        text("To do:"),
        list(
            None,
            vec![
                vec![bold(vec![text("first")])],
                vec![text("second"), nested],
                vec![],
            ],
        ),
        text("Done."),
    ]);
    insta::assert_snapshot!(shown(&markup.flatten()), @r#"
    To do:
    • first
    • second
      9. nine
      10. ten
        and more
    • 
    Done.
    Style(Bold) "first"
    "#);
}

#[test]
fn code_in_a_list_is_not_set_in() {
    let markup = Markup(vec![list(
        None,
        vec![vec![text("run:"), code_block("a\n  b"), text("then")]],
    )]);
    assert_eq!(markup.plain_text(), "• run:\na\n  b\n  then");
}

#[test]
fn a_list_numbered_from_the_largest_number_keeps_all_its_items() {
    let markup = Markup(vec![list(
        Some(u64::MAX),
        vec![vec![text("a")], vec![text("b")]],
    )]);
    assert_eq!(markup.plain_text(), format!("{0}. a\n{0}. b", u64::MAX));
}

#[test]
fn a_link_without_words_shows_its_address() {
    let url = "https://example.org".to_owned();
    let children = vec![bold(vec![text("")])];
    let markup = Markup(vec![Node::Link {
        url: url.clone(),
        children,
    }]);
    assert_eq!(markup.flatten(), flat(&url, &[(0, 19, link(&url))]));
}

#[test]
fn mentions_and_emoji_show_what_people_read() {
    let markup = Markup(vec![
        Node::Mention {
            account: Some("42".into()),
            name: "@ana".to_owned(),
        },
        text(" "),
        Node::Emoji {
            id: "77".into(),
            text: "🌻".to_owned(),
        },
    ]);
    insta::assert_snapshot!(shown(&markup.flatten()), @r#"
    @ana 🌻
    Mention { account: Some(RemoteId("42")) } "@ana"
    Emoji { id: RemoteId("77") } "🌻"
    "#);
    assert_eq!(markup.flatten().to_markup(), markup);
}

#[test]
fn crossing_marks_are_split() {
    let tree = flat("one two three", &[(0, 7, BOLD), (4, 13, ITALIC)]).to_markup();
    insta::assert_snapshot!(shown(&tree.flatten()), @r#"
    one two three
    Style(Bold) "one two"
    Style(Italic) "two"
    Style(Italic) " three"
    "#);
}

#[test]
fn a_bold_that_runs_into_a_code_block_is_cut_and_the_block_is_not() {
    let tree = flat("one\ntwo three", &[(0, 7, BOLD), (4, 13, block())]).to_markup();
    insta::assert_snapshot!(shown(&tree.flatten()), @r#"
    one
    two three
    Style(Bold) "one\n"
    CodeBlock { language: None } "two three"
    "#);
}

#[test]
fn nothing_is_marked_inside_of_code() {
    let spans = [
        (0, 3, Mark::Code),
        (0, 3, BOLD),
        (1, 2, ITALIC),
        (4, 7, block()),
        (4, 9, link("u")),
    ];
    let tree = flat("a*b\nc*d e", &spans).to_markup();
    insta::assert_snapshot!(shown(&tree.flatten()), @r#"
    a*b
    c*d
     e
    Style(Bold) "a*b"
    Code "a*b"
    Link { url: "u" } "c*d\n e"
    CodeBlock { language: None } "c*d"
    "#);
}

#[test]
fn a_code_block_amid_a_line_gets_its_line_and_keeps_the_words() {
    let tree = flat("run ls -l now", &[(4, 9, block())]).to_markup();
    assert_eq!(tree.plain_text(), "run \nls -l\n now");
    assert_eq!(tree.flatten().to_markup().flatten(), tree.flatten());
}

#[test]
fn spans_out_of_place_are_moved_to_where_they_can_stand() {
    let spans = [
        (9, 999, BOLD),
        (5, 5, ITALIC),
        (7, 2, ITALIC),
        (50, 60, ITALIC),
        (1, 2, Mark::Quote),
    ];
    let tree = flat("añ é x", &spans).to_markup();
    insta::assert_snapshot!(shown(&tree.flatten()), @r#"
    a
    ñ
     é x
    Quote "ñ"
    "#);
}

#[test]
fn spans_inside_of_a_character_cover_all_of_it() {
    // The flower has four bytes.
    let tree = flat("🌻 a", &[(1, 2, BOLD), (3, 5, ITALIC)]).to_markup();
    assert_eq!(
        tree.flatten(),
        flat("🌻 a", &[(0, 5, ITALIC), (0, 4, BOLD)])
    );
}

#[test]
fn spans_of_zero_width_leave_nothing_behind() {
    assert_eq!(
        flat("ab", &[(1, 1, Mark::Quote)]).to_markup(),
        Markup::plain("ab")
    );
    assert_eq!(
        flat("", &[(0, 0, BOLD), (0, 9, block())]).to_markup(),
        Markup::default()
    );
}

#[test]
fn a_thousand_quotes_in_each_other_lose_marks_but_no_words() {
    let mut nodes = vec![text("deep")];
    for _ in 0..1000 {
        nodes = vec![Node::Quote(nodes)];
    }
    let flat = Markup(nodes).flatten();
    assert_eq!((flat.text.as_str(), flat.spans.len()), ("deep", 1000));
    let tree = flat.to_markup();
    assert_eq!(tree.flatten().spans.len(), 32);
    assert_eq!(tree.plain_text(), "deep");
}

#[test]
fn the_deepest_tree_can_be_kept_as_json_and_read_again() {
    let spans: Vec<_> = (0..100).map(|_| (0, 4, BOLD)).collect();
    let tree = flat("deep", &spans).to_markup();
    let json = serde_json::to_string(&tree).unwrap();
    assert_eq!(serde_json::from_str::<Markup>(&json).unwrap(), tree);
}

#[test]
fn a_slice_cuts_its_marks_to_fit() {
    let whole = flat(
        "one two three",
        &[(0, 7, BOLD), (4, 7, ITALIC), (8, 13, Mark::Code)],
    );
    let parts = [whole.slice(0, 5), whole.slice(5, 10), whole.slice(10, 99)];
    assert_eq!(parts[0], flat("one t", &[(0, 5, BOLD), (4, 5, ITALIC)]));
    assert_eq!(
        parts[1],
        flat("wo th", &[(0, 2, BOLD), (0, 2, ITALIC), (3, 5, Mark::Code)])
    );
    assert_eq!(parts[2], flat("ree", &[(0, 3, Mark::Code)]));
    assert_eq!(whole.slice(9, 3), Flat::default());
}

#[test]
fn a_slice_never_cuts_a_character() {
    let whole = flat("a🌻b", &[(1, 5, BOLD)]);
    assert_eq!(whole.slice(0, 3), flat("a", &[]));
    assert_eq!(whole.slice(3, 6), flat("🌻b", &[(0, 4, BOLD)]));
}
