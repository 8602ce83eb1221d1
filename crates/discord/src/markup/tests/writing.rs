//! What is written for a tree, so that Discord shows the same.

use super::*;

#[test]
fn only_signs_that_would_mark_something_are_escaped() {
    let plain = |words: &str| shown(vec![text(words)]);
    assert_snapshot!(plain("2*3 a_b `c` \\ a|b ||c|| ~5 ~~6~~ <3 <@1> <#2> :smile: 10:30:15"), @r"2\*3 a\_b \`c\` \\ a|b \|\|c\|\| ~5 \~\~6\~\~ <3 \<@1> \<#2> \:smile: 10:30:15");
    assert_snapshot!(plain("[a] (b) #c - d > e 1. f"), @r"[a] (b) #c - d > e 1. f");
    assert_snapshot!(plain("[a](https://x.org)"), @r"\[a](https://x.org)");
    assert_snapshot!(plain("# a\n## b\n- c\n* d\n+ e\n1. f\n> g\n>>> h\n-# i\n  - j\n#k -l 1.m"), @r"
    \# a
    \## b
    \- c
    \* d
    \+ e
    1\. f
    \> g
    \>>> h
    \-# i
      \- j
    #k -l 1.m
    ");
}

#[test]
fn nobody_is_rung_by_words() {
    let known = Node::Mention {
        account: Some("42".into()),
        name: "@ana".to_owned(),
    };
    let unknown = |name: &str| Node::Mention {
        account: None,
        name: name.to_owned(),
    };
    assert_snapshot!(shown(vec![text("@everyone @here "), known, text(" "), unknown("@bo_b"), unknown("everyone")]), @r"@⁞everyone @⁞here <@42> @bo\_b@⁞everyone");
}

#[test]
fn marks_beside_each_other_are_kept_apart() {
    let bold = || styled(Style::Bold, vec![text("b")]);
    let italic = || styled(Style::Italic, vec![text("i")]);
    assert_snapshot!(shown(vec![bold(), italic(), text("*"), bold()]), @r"**b**⁞*i*\***b**");
    assert_snapshot!(shown(vec![styled(Style::Strike, vec![text("s")]), styled(Style::Underline, vec![text("u_")])]), @r"~~s~~⁞__u\_⁞__");
    assert_snapshot!(shown(vec![styled(Style::Italic, vec![text("i "), bold(), text(" j")])]), @r"*i* ***b*** *j*");
    assert_snapshot!(shown(vec![styled(Style::Bold, vec![text(" a\n\nb ")]), text("c")]), @r"
     **a**

    **b** c
    ");
}

#[test]
fn code_holds_any_sign() {
    let code = |code: &str| shown(vec![Node::Code(code.to_owned())]);
    assert_eq!(code("a*b_c"), "`a*b_c`");
    assert_eq!(code("a`b"), "``a`b``");
    assert_eq!(code("`"), "`` ` ``");
    assert_eq!(code("a``b"), "`a``b`");
    assert_eq!(code("a`b``c"), "``a`b`⁞`c``");
    let block = Node::CodeBlock {
        language: Some("c++".to_owned()),
        code: "a ``` b\n".to_owned(),
    };
    assert_eq!(
        shown(vec![text("x"), block, text("y")]),
        "x\n```c++\na `⁞`⁞` b\n```\ny"
    );
    let marked = styled(
        Style::Bold,
        vec![text("a "), Node::Code("**".to_owned()), text(" b")],
    );
    assert_eq!(shown(vec![marked]), "**a** `**` **b**");
}

#[test]
fn links_lead_where_discord_shows_them() {
    assert_snapshot!(shown(vec![link("a [b]", "https://x.org/c_(d) e")]), @r"[a \[b\]](https://x.org/c_%28d%29%20e)");
    assert_snapshot!(shown(vec![link("a] b", "https://x.org/")]), @r"a] b (<https://x.org/>)");
    assert_snapshot!(shown(vec![link("bank.example", "https://x.org/")]), @r"bank.example (<https://x.org/>)");
    assert_snapshot!(shown(vec![link("https://x.org/", "https://x.org/")]), @r"https://x.org/");
    assert_snapshot!(shown(vec![link("here", "javascript:a_b()"), text(" "), link("ana@x.org", "mailto:ana@x.org")]), @r"here (javascript:a\_b()) ana@x.org");
}

#[test]
fn addresses_are_left_as_they_are() {
    assert_snapshot!(shown(vec![text("(https://x.org/a_b_c), https://x.org/*d*. https://x.org>y_z http://")]), @r"(https://x.org/a_b_c), https://x.org/*d*. <https://x.org>>y\_z http:⁞//");
    let bold = styled(Style::Bold, vec![text("https://x.org/a_b")]);
    assert_snapshot!(shown(vec![text("https://x.org/"), bold, text("c")]), @r"<https://x.org/>**https://x.org/a_b**c");
}

#[test]
fn quotes_and_lists_are_written_line_by_line() {
    let list = |start, items: &[&str]| Node::List {
        start,
        items: items.iter().map(|it| vec![text(it)]).collect(),
    };
    let nested = Node::List {
        start: None,
        items: vec![
            vec![text("a\nmore"), list(Some(3), &["b", "", "1. c"])],
            vec![text("d")],
        ],
    };
    let quote = Node::Quote(vec![
        text("q\n\n- r\n"),
        list(None, &["s"]),
        Node::Quote(vec![text("t")]),
    ]);
    assert_snapshot!(shown(vec![text("x"), quote, nested, list(Some(1), &["e"]), list(Some(7), &["f"]), text("y")]), @r"
    x
    > q
    > 
    > \- r
    > - s
    > t
    - a
      more
      3. b
      4. ⁞
      5. 1\. c
    - d
    1\. e
    7. f
    y
    ");
}

#[test]
fn a_picture_of_discord_goes_home_and_others_are_words() {
    let emoji = |id: &str, text: &str| Node::Emoji {
        id: id.into(),
        text: text.to_owned(),
    };
    assert_eq!(shown(vec![emoji("12", ":wave:")]), "<:wave:12>");
    assert_eq!(shown(vec![emoji("12", "🌻")]), "🌻");
    assert_eq!(shown(vec![emoji("x", ":wave:")]), "\\:wave:");
}
