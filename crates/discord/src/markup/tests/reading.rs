//! What Discord's programs show for a text.

use super::*;

#[test]
fn marks_of_every_kind_are_read() {
    assert_snapshot!(json("**b** *i* _i_ __u__ ~~s~~ ||v|| `c` ``a`b``"), @r#"[{"styled":{"style":"bold","children":[{"text":"b"}]}},{"text":" "},{"styled":{"style":"italic","children":[{"text":"i"}]}},{"text":" "},{"styled":{"style":"italic","children":[{"text":"i"}]}},{"text":" "},{"styled":{"style":"underline","children":[{"text":"u"}]}},{"text":" "},{"styled":{"style":"strike","children":[{"text":"s"}]}},{"text":" "},{"styled":{"style":"spoiler","children":[{"text":"v"}]}},{"text":" "},{"code":"c"},{"text":" "},{"code":"a`b"}]"#);
}

#[test]
fn marks_in_marks_are_read() {
    assert_snapshot!(json("***both*** **bold *it*** *it **bold***"), @r#"[{"styled":{"style":"italic","children":[{"styled":{"style":"bold","children":[{"text":"both"}]}}]}},{"text":" "},{"styled":{"style":"bold","children":[{"text":"bold "},{"styled":{"style":"italic","children":[{"text":"it"}]}}]}},{"text":" "},{"styled":{"style":"italic","children":[{"text":"it "},{"styled":{"style":"bold","children":[{"text":"bold"}]}}]}}]"#);
    assert_snapshot!(json("__**~~all~~**__"), @r#"[{"styled":{"style":"underline","children":[{"styled":{"style":"bold","children":[{"styled":{"style":"strike","children":[{"text":"all"}]}}]}}]}}]"#);
}

#[test]
fn signs_that_mark_nothing_are_words() {
    for words in [
        "2 * 3 * 4",
        "snake_case_name",
        "a ** b",
        "¯\\_(ツ)_/¯",
        "# ",
        "#hash",
        ">no quote",
        "-no item",
        "1.5 litres",
        "[a](b)",
        "`",
        "||",
        "<@x>",
        "<3",
        "C:\\Users",
        "@everyone and @here",
    ] {
        assert_eq!(parse(words), Markup::plain(words));
    }
}

#[test]
fn an_escaped_sign_is_a_word() {
    assert_eq!(
        parse(r"\*a\* \_b\_ \\ \> 1\. x"),
        Markup::plain(r"*a* _b_ \ > 1. x")
    );
}

#[test]
fn blocks_begin_with_their_line() {
    assert_snapshot!(json("a\n> q **b**\n> r\nc\n# head\n-# small\n>>> all\n> the rest"), @r#"[{"text":"a\n"},{"quote":[{"text":"q "},{"styled":{"style":"bold","children":[{"text":"b"}]}},{"text":"\nr"}]},{"text":"\nc\n"},{"styled":{"style":"bold","children":[{"text":"head"}]}},{"text":"\n"},{"text":"small\n"},{"quote":[{"text":"all\n> the rest"}]}]"#);
    assert_snapshot!(json("see ```rust\nlet x = 1;\n``` and ```plain```"), @r#"[{"text":"see "},{"code_block":{"language":"rust","code":"let x = 1;"}},{"text":" and "},{"code_block":{"language":null,"code":"plain"}}]"#);
}

#[test]
fn lists_are_read_with_the_lists_in_them() {
    assert_snapshot!(json("to do\n- a\n  more\n  - b\n    1. c\n    2. d\n- e\n7. f\n9. g\nend"), @r#"[{"text":"to do\n"},{"list":{"start":null,"items":[[{"text":"a\nmore"},{"list":{"start":null,"items":[[{"text":"b"},{"list":{"start":1,"items":[[{"text":"c"}],[{"text":"d"}]]}}]]}}],[{"text":"e"}]]}},{"list":{"start":7,"items":[[{"text":"f"}]]}},{"list":{"start":9,"items":[[{"text":"g"}]]}},{"text":"\nend"}]"#);
}

#[test]
fn links_lead_and_addresses_stay_words() {
    assert_snapshot!(json("[a **b**](https://x.org/a_(b)) <https://x.org/a_b_c> https://x.org/*a*, [c](<https://y.org/ d>)"), @r#"[{"link":{"url":"https://x.org/a_(b)","children":[{"text":"a "},{"styled":{"style":"bold","children":[{"text":"b"}]}}]}},{"text":" "},{"link":{"url":"https://x.org/a_b_c","children":[{"text":"https://x.org/a_b_c"}]}},{"text":" https://x.org/*a*, [c](<https://y.org/ d>)"}]"#);
}

#[test]
fn references_are_named_where_their_names_are_known() {
    let names = |it: Reference<'_>| match it {
        Reference::User("1") => Some("Ana".to_owned()),
        Reference::Role("2") => Some("cooks".to_owned()),
        Reference::Channel("3") => Some("kitchen".to_owned()),
        _ => None,
    };
    let read = |text: &str| serde_json::to_string(&parse_with(text, &names)).unwrap();
    assert_snapshot!(read("<@1> <@!1> <@9> <@&2> <@&9> <#3> <#9>"), @r##"[{"mention":{"account":"1","name":"@Ana"}},{"text":" "},{"mention":{"account":"1","name":"@Ana"}},{"text":" "},{"mention":{"account":"9","name":"@9"}},{"text":" "},{"text":"@cooks <@&9> "},{"text":"#kitchen <#9>"}]"##);
    assert_snapshot!(read("<:wave:12> <a:dance_2:34> </poll new:5> <:x:y>"), @r#"[{"emoji":{"id":"12","text":":wave:"}},{"text":" "},{"emoji":{"id":"34","text":":dance_2:"}},{"text":" "},{"text":"/poll new <:x:y>"}]"#);
}

#[test]
fn times_are_said_in_utc() {
    for (style, said) in [
        ("", "20 April 2021 16:20 UTC"),
        (":t", "16:20 UTC"),
        (":T", "16:20:30 UTC"),
        (":d", "20/04/2021"),
        (":D", "20 April 2021"),
        (":f", "20 April 2021 16:20 UTC"),
        (":F", "Tuesday, 20 April 2021 16:20 UTC"),
        (":R", "20 April 2021 16:20 UTC"),
        (":x", "<t:1618935630:x>"),
    ] {
        assert_eq!(parse(&format!("<t:1618935630{style}>")).plain_text(), said);
    }
    let never = "<t:99999999999999999:f>";
    assert_eq!(parse(never).plain_text(), never);
}
