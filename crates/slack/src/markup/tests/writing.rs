//! What is written in mrkdwn for a tree, so that Slack shows the same.

use super::*;

#[test]
fn signs_that_are_words_mark_nothing() {
    let plain = |words: &str| shown(vec![text(words)]);
    assert_snapshot!(plain("*a* 2*3 _b_ snake_case ~c~ `d` ```e``` a < b & c > d :smile: 10:30:15"), @r"*⁞a* 2*3 _⁞b_ snake_case ~⁞c~ `⁞d` `⁞`⁞`⁞e`⁞`⁞` a &lt; b &amp; c &gt; d :⁞smile: 10:30:15");
    assert_snapshot!(plain("> a\n>b"), @r"
    ⁞&gt; a
    ⁞&gt;b
    ");
    assert_snapshot!(plain("see https://x.org/a_b_?c=1&d=2, or not"), @r"see <https://x.org/a_b_?c=1&amp;d=2>, or not");
}

#[test]
fn marks_amid_a_word_are_set_apart() {
    let bold = |words: &str| styled(Style::Bold, vec![text(words)]);
    let italic = styled(Style::Italic, vec![text("i")]);
    assert_snapshot!(shown(vec![text("a"), bold(" b* c "), text("d"), bold("e"), italic, text("f")]), @r"a *b⁞* c* d⁞*e*⁞_i_⁞f");
    assert_snapshot!(shown(vec![bold("one\ntwo"), Node::Code("a`b".to_owned()), Node::Code("c".to_owned()), text("d")]), @r"
    *one*
    *two*⁞a`b⁞`c`⁞d
    ");
}

#[test]
fn what_slack_has_not_is_said_in_words() {
    let veiled = styled(
        Style::Spoiler,
        vec![text("the "), styled(Style::Underline, vec![text("butler")])],
    );
    assert_snapshot!(shown(vec![text("It was "), veiled]), @r"It was (spoiler) the butler");
    let nested = list(
        Some(3),
        vec![
            vec![text("a"), list(None, vec![vec![text("b")]])],
            vec![text("c\nd")],
        ],
    );
    assert_snapshot!(shown(vec![nested, Node::Quote(vec![text("q\nr"), Node::CodeBlock { language: None, code: "x < ```".to_owned() }])]), @r"
    3. a
      • b
    4. c
      d
    > q
    > r
    ```
    x &lt; `⁞`⁞`
    ```
    ");
}

#[test]
fn links_and_people_keep_what_they_point_to() {
    assert_snapshot!(shown(vec![
        styled(Style::Bold, vec![link("a <b> | c", "https://x.org/?d=1&e=2|f g")]),
        link("h", "javascript:i"),
        text(" "),
        link("https://x.org/", "https://x.org/"),
        mention(Some("U1"), "@ana"),
        mention(Some("42"), "bo"),
        mention(None, "@chi_"),
    ]), @r"*<https://x.org/?d=1&amp;e=2%7Cf%20g|a &lt;b&gt; | c>*⁞h (javascript:i) <https://x.org/><@U1>@bo@chi_");
}
