//! Slack's own form, as its programs write it.

use super::*;

#[test]
fn a_block_of_slacks_own_is_read() {
    let block = json!({ "type": "rich_text", "elements": [
        { "type": "rich_text_section", "elements": [
            { "type": "text", "text": "Hi " },
            { "type": "user", "user_id": "U1" },
            { "type": "text", "text": " all", "style": { "bold": true, "italic": true } },
            { "type": "text", "text": "x = 1", "style": { "code": true } },
            { "type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd", "skin_tone": 4 },
            { "type": "emoji", "name": "our_parrot" },
            { "type": "channel", "channel_id": "C1" },
            { "type": "usergroup", "usergroup_id": "S9" },
            { "type": "broadcast", "range": "here" },
            { "type": "link", "url": "https://x.org/", "text": "plan", "style": { "strike": true } },
            { "type": "link", "url": "https://x.org/" },
            { "type": "date", "timestamp": 1618935630, "format": "{date}" },
            { "type": "color", "value": "#F405B3" },
            { "type": "new_kind", "text": "?" },
        ] },
        { "type": "rich_text_section", "elements": [{ "type": "text", "text": "second" }] },
        { "type": "rich_text_quote", "elements": [{ "type": "text", "text": "q" }] },
        { "type": "rich_text_preformatted", "elements": [{ "type": "text", "text": "let x;" }] },
    ] });
    assert_snapshot!(as_json(&parse_rich_text_with(&block, &names)), @r##"[{"text":"Hi "},{"mention":{"account":"U1","name":"@Ana"}},{"styled":{"style":"bold","children":[{"styled":{"style":"italic","children":[{"text":" all"}]}}]}},{"code":"x = 1"},{"text":"👋🏽"},{"emoji":{"id":"our_parrot","text":":our_parrot:"}},{"text":"#kitchen<!subteam^S9>@here"},{"styled":{"style":"strike","children":[{"link":{"url":"https://x.org/","children":[{"text":"plan"}]}}]}},{"link":{"url":"https://x.org/","children":[{"text":"https://x.org/"}]}},{"text":"20 April 2021 16:20 UTC#F405B3?"},{"text":"\n"},{"text":"second"},{"quote":[{"text":"q"}]},{"code_block":{"language":null,"code":"let x;"}}]"##);
}

#[test]
fn lists_in_pieces_are_one_list() {
    let list = |style: &str, indent: u64, offset: u64, items: &[&str]| {
        let section = |it: &&str| json!({ "type": "rich_text_section", "elements": [{ "type": "text", "text": it }] });
        let items: Vec<_> = items.iter().map(section).collect();
        json!({ "type": "rich_text_list", "style": style, "indent": indent, "offset": offset, "border": 0, "elements": items })
    };
    let block = json!({ "type": "rich_text", "elements": [
        list("ordered", 0, 0, &["one", "two"]),
        list("bullet", 1, 0, &["dot"]),
        list("ordered", 0, 2, &["three"]),
        list("bullet", 0, 0, &["apart"]),
    ] });
    assert_eq!(
        parse_rich_text(&block).plain_text(),
        "1. one\n2. two\n  • dot\n3. three\n• apart"
    );
}

#[test]
fn a_tree_is_written_as_slack_writes_it() {
    let nested = list(
        Some(2),
        vec![
            vec![text("a"), list(None, vec![vec![text("b")]])],
            vec![],
            vec![text("c\nd")],
        ],
    );
    let markup = Markup(vec![
        styled(
            Style::Bold,
            vec![text("Hi *"), link("plan", "https://x.org/")],
        ),
        mention(Some("U1"), "@ana"),
        text("\nmore"),
        Node::Quote(vec![
            text("q"),
            list(None, vec![vec![text("r")]]),
            Node::CodeBlock {
                language: None,
                code: "s".to_owned(),
            },
        ]),
        nested,
    ]);
    let written = rich_text(&markup);
    let elements = written["elements"].as_array().unwrap();
    let lines: Vec<String> = elements.iter().map(ToString::to_string).collect();
    assert_snapshot!(lines.join("\n").replace(NO_WIDTH, "⁞"), @r#"
    {"elements":[{"style":{"bold":true},"text":"Hi *","type":"text"},{"style":{"bold":true},"text":"plan","type":"link","url":"https://x.org/"},{"type":"user","user_id":"U1"},{"text":"\n","type":"text"},{"text":"more","type":"text"}],"type":"rich_text_section"}
    {"elements":[{"text":"q","type":"text"}],"type":"rich_text_quote"}
    {"border":1,"elements":[{"elements":[{"text":"r","type":"text"}],"type":"rich_text_section"}],"indent":0,"style":"bullet","type":"rich_text_list"}
    {"elements":[{"text":"s","type":"text"}],"type":"rich_text_preformatted"}
    {"border":0,"elements":[{"elements":[{"text":"a","type":"text"}],"type":"rich_text_section"}],"indent":0,"offset":1,"style":"ordered","type":"rich_text_list"}
    {"border":0,"elements":[{"elements":[{"text":"b","type":"text"}],"type":"rich_text_section"}],"indent":1,"style":"bullet","type":"rich_text_list"}
    {"border":0,"elements":[{"elements":[{"text":"⁞","type":"text"}],"type":"rich_text_section"},{"elements":[{"text":"c","type":"text"},{"text":"\n","type":"text"},{"text":"d","type":"text"}],"type":"rich_text_section"}],"indent":0,"offset":2,"style":"ordered","type":"rich_text_list"}
    "#);
}

#[test]
fn what_is_no_block_has_no_words() {
    for odd in [
        json!(null),
        json!(7),
        json!({}),
        json!({ "elements": {} }),
        json!({ "elements": [1, "x", {}, { "elements": [null] }] }),
    ] {
        assert_eq!(parse_rich_text(&odd).plain_text().trim(), "", "{odd}");
    }
    assert_eq!(rich_text(&Markup::default())["elements"], json!([]));
}
