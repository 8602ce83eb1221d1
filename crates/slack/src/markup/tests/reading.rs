//! What Slack's programs show for a text in mrkdwn.

use super::*;

fn json(text: &str) -> String {
    as_json(&parse_mrkdwn(text))
}

#[test]
fn marks_stand_at_the_edges_of_words() {
    assert_snapshot!(json("*b* _i_ ~s~ `c` *_both_* (*b*), *two words*"), @r#"[{"styled":{"style":"bold","children":[{"text":"b"}]}},{"text":" "},{"styled":{"style":"italic","children":[{"text":"i"}]}},{"text":" "},{"styled":{"style":"strike","children":[{"text":"s"}]}},{"text":" "},{"code":"c"},{"text":" "},{"styled":{"style":"bold","children":[{"styled":{"style":"italic","children":[{"text":"both"}]}}]}},{"text":" ("},{"styled":{"style":"bold","children":[{"text":"b"}]}},{"text":"), "},{"styled":{"style":"bold","children":[{"text":"two words"}]}}]"#);
    for words in [
        "2*3*4",
        "snake_case_name",
        "* a *",
        "*a",
        "a*",
        "`",
        "~",
        "**",
        "10:30:15",
        ":no_such_picture:",
        "<no reference>",
        "&nbsp;",
    ] {
        assert_eq!(parse_mrkdwn(words), Markup::plain(words));
    }
}

#[test]
fn three_signs_are_escaped() {
    assert_eq!(
        parse_mrkdwn("a &lt;b&gt; &amp;lt; c"),
        Markup::plain("a <b> &lt; c")
    );
}

#[test]
fn quotes_and_code_are_blocks() {
    assert_snapshot!(json("a\n&gt; q *b*\n&gt;r\nc"), @r#"[{"text":"a\n"},{"quote":[{"text":"q "},{"styled":{"style":"bold","children":[{"text":"b"}]}},{"text":"\nr"}]},{"text":"\nc"}]"#);
    assert_snapshot!(json("&gt;&gt;&gt; all\nof it"), @r#"[{"quote":[{"text":"all\nof it"}]}]"#);
    assert_snapshot!(json("see ```\nif a &lt; b\n  *c*\n``` and `<https://x.org/>`"), @r#"[{"text":"see "},{"code_block":{"language":null,"code":"if a < b\n  *c*"}},{"text":" and "},{"code":"https://x.org/"}]"#);
}

#[test]
fn links_and_references_are_read() {
    assert_snapshot!(json("<https://x.org/?a=1&amp;b=2|the *plan*> <https://x.org/a_b_c> <mailto:a@x.org|a@x.org>"), @r#"[{"link":{"url":"https://x.org/?a=1&b=2","children":[{"text":"the *plan*"}]}},{"text":" "},{"link":{"url":"https://x.org/a_b_c","children":[{"text":"https://x.org/a_b_c"}]}},{"text":" "},{"link":{"url":"mailto:a@x.org","children":[{"text":"a@x.org"}]}}]"#);
    let read = |text: &str| as_json(&parse_mrkdwn_with(text, &names));
    assert_snapshot!(read("<@U1> <@U2> <@U2|bo> <#C1> <#C2|hall> <#C3> <!subteam^S1> <!subteam^S2|@band> <!subteam^S3>"), @r#"[{"mention":{"account":"U1","name":"@Ana"}},{"text":" "},{"mention":{"account":"U2","name":"@U2"}},{"text":" "},{"mention":{"account":"U2","name":"@bo"}},{"text":" #kitchen #hall <#C3> @cooks @band <!subteam^S3>"}]"#);
    assert_snapshot!(read("<!here> <!channel> <!date^1618935630^{date}|in spring> <!date^1618935630^{date}> <javascript:x|y>"), @r#"[{"text":"@here @channel in spring 20 April 2021 16:20 UTC <javascript:x|y>"}]"#);
}

#[test]
fn pictures_by_name_become_those_of_unicode() {
    let seen = |text: &str| parse_mrkdwn(text).plain_text();
    assert_eq!(
        seen(":wave: :+1::skin-tone-4: :flag-ar: :thinking_face: :tada:x"),
        "👋 👍🏽 🇦🇷 🤔 🎉x"
    );
}
