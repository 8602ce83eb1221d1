//! Slips of the pen, each on its line and with its key.

use super::*;

/// Line, key, why and cure of each.
fn slips(text: &str) -> Vec<String> {
    let (_, slips) = read(text);
    let told = |it: &Slip| {
        let line = it.at.line().unwrap_or_default();
        format!(
            "{line} {}: {} | {}",
            it.key,
            it.why,
            it.cure.unwrap_or("as the key is written")
        )
    };
    slips.iter().map(told).collect()
}

#[test]
fn slips_of_one_line_hide_no_others() {
    let text = "[log]\nfilter = \"x\n[store]\nurl sqlite\n[engine]\nlife_chat_h = 24h\nlife_mail_h = 007\n";
    insta::assert_snapshot!(slips(text).join("\n"), @r#"
    2 log.filter: it is no TOML: invalid basic string, expected `"` | close the quotation marks on the same line, and write a backslash as \\
    4 store.url: it is no TOML: key with no value, expected `=` | as the key is written
    6 engine.life_chat_h: it is no TOML: string values must be quoted, expected literal string | as the key is written
    7 engine.life_mail_h: it is no TOML: unexpected leading zero, expected nothing | as the key is written
    "#);
}

#[test]
fn what_stands_twice_is_told_with_both_places() {
    let text = "log.filter = 1\n[store]\nurl = \"a\"\nurl = \"b\"\n[log]\n[store]\nurl = \"c\"\n[[store]]\n";
    insta::assert_snapshot!(slips(text).join("\n"), @"
    4 store.url: it stands here a second time; the first is on line 3 | keep one of the two
    5 log: it stands here a second time; the first is on line 1 | put all its keys below one of the two, and take the other out
    6 store: it stands here a second time; the first is on line 2 | put all its keys below one of the two, and take the other out
    7 store.url: it stands here a second time; the first is on line 3 | keep one of the two
    8 store[0]: it stands here a second time; the first is on line 2 | put all its keys below one of the two, and take the other out
    ");
}

#[test]
fn a_list_that_is_not_closed_is_told_by_its_own_key_and_ends_the_reading() {
    let text = "[[rooms]]\nname = \"a\"\nchannels = [\"a\", \"b\"\n[log]\nfilter = \"x\"\n";
    insta::assert_snapshot!(slips(text).join("\n"), @r#"4 rooms[0].channels: it is no TOML: missing comma between array elements, expected `,`, in what begins on line 3 | write the list as ["one", "two"], and close it with ]"#);
    assert!(read(text).1.iter().any(|it| !it.is_alone));
}

#[test]
fn what_word_processors_make_of_a_file_has_its_cure() {
    let text = "\u{feff}[log]\nfilter = \u{201c}x\u{201d}\nformat = \"C:\\x\"\n// remark\n";
    insta::assert_snapshot!(slips(text).join("\n"), @r#"
    2 log.filter: there are quotation marks of a word processor | write straight ones, as in "spring"
    3 log.format: it is no TOML: too few unicode value digits, expected unicode hexadecimal value | write a backslash as \\, or the text in single quotation marks
    4 : it is no TOML: invalid unquoted key, expected letters, numbers, `-`, `_` | as the key is written
    "#);
    let old = "[log]\nfilter = \"x\"\rformat = \"json\"\r";
    assert!(
        slips(old)[0].contains("line ends of Unix"),
        "{:?}",
        slips(old)
    );
}

#[test]
fn places_are_counted_from_1_and_in_characters() {
    let (tree, slips) = read("[log]\n\"ä\" = { filter = \"x\" }\nlist = [\n  1,\n  2,\n]\n");
    assert!(slips.is_empty());
    let at = |line, column| At::File { line, column };
    assert_eq!(tree.place("log"), at(1, 2));
    assert_eq!(tree.place("log.ä.filter"), at(2, 9));
    assert_eq!(tree.place("log.list[1]"), at(5, 3));
}

#[test]
fn numbers_beyond_counting_are_no_slips() {
    let (tree, slips) = read("a = 99999999999999999999\nb = 0x1F\nc = 1_000\nd = 1e3\n");
    assert!(slips.is_empty());
    let kind = |key| tree.get(key).map(|it| it.kind.clone());
    assert_eq!(kind("a"), Some(Kind::Huge));
    assert_eq!(kind("b"), Some(Kind::Integer(31)));
    assert_eq!(kind("c"), Some(Kind::Integer(1000)));
    assert_eq!(kind("d"), Some(Kind::Float(1000.0)));
}

/// Were the lines counted anew for each key, this would take minutes.
#[test]
fn a_file_of_many_rooms_is_read_in_a_time_that_grows_with_its_length() {
    let room =
        |number| format!("[[rooms]]\nname = \"r{number}\"\nchannels = [\"chat:{number}\"]\n");
    let text: String = (0..20_000).map(room).collect();
    let began = std::time::Instant::now();
    assert!(read(&text).1.is_empty());
    let twice = "[log]\n".to_owned() + &"filter = \"x\"\n".repeat(5_000);
    assert_eq!(read(&twice).1.len(), MOST_SLIPS);
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}
