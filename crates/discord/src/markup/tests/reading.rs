//! What Discord's programs show for a text.

use super::*;

#[test]
fn marks_of_every_kind_are_read() {
    assert_snapshot!(json("**b** *i* _i_ __u__ ~~s~~ ||v|| `c` ``a`b``"), @"");
}

#[test]
fn marks_in_marks_are_read() {
    assert_snapshot!(json("***both*** **bold *it*** *it **bold***"), @"");
    assert_snapshot!(json("__**~~all~~**__"), @"");
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
    assert_snapshot!(json("a\n> q **b**\n> r\nc\n# head\n-# small\n>>> all\n> the rest"), @"");
    assert_snapshot!(json("see ```rust\nlet x = 1;\n``` and ```plain```"), @"");
}

#[test]
fn lists_are_read_with_the_lists_in_them() {
    assert_snapshot!(json("to do\n- a\n  more\n  - b\n    1. c\n    2. d\n- e\n7. f\n9. g\nend"), @"");
}

#[test]
fn links_lead_and_addresses_stay_words() {
    assert_snapshot!(json("[a **b**](https://x.org/a_(b)) <https://x.org/a_b_c> https://x.org/*a*, [c](<https://y.org/ d>)"), @"");
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
    assert_snapshot!(read("<@1> <@!1> <@9> <@&2> <@&9> <#3> <#9>"), @"");
    assert_snapshot!(read("<:wave:12> <a:dance_2:34> </poll new:5> <:x:y>"), @"");
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
