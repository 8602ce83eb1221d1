//! Files that are no TOML, or no text, or no file.

use tempfile::TempDir;

use super::{Mistake, check_bytes, cure, in_file, refused};

pub(super) const MISTAKES: &[Mistake] = &[
    in_file(
        "[log]\nfilter = \"info # <-\nformat = \"text\"\n",
        "log.filter",
        "close the quotation marks",
    ),
    in_file(
        "[log]\nfilter = info # <-\n",
        "log.filter",
        "a text in quotation marks, as in `filter = \"info,sqlx=warn\"`",
    ),
    in_file(
        "[engine]\nlife_chat_h = 24h # <-\n",
        "engine.life_chat_h",
        "a whole number of hours, 1 to 8760",
    ),
    in_file(
        "[engine]\nlife_chat_h = 007 # <-\n",
        "engine.life_chat_h",
        "as in `life_chat_h = 24`, the default",
    ),
    in_file(
        "[community]\nname = \u{201c}Spring\u{201d} # <-\n",
        "community.name",
        "straight ones",
    ),
    in_file(
        "[log\nfilter = \"info\"\n",
        "log",
        "close the section's name with ]",
    ),
    in_file(
        "[log]\nformat = \"C:\\x\" # <-\n",
        "log.format",
        "write a backslash as \\\\",
    ),
    in_file(
        "[log]\nformat \"text\" # <-\n",
        "log.format",
        "one of: text, json, as in `format = \"text\"`",
    ),
    in_file(
        "[log]\nformat: text # <-\n",
        "log.format",
        "one of: text, json, as in `format = \"text\"`",
    ),
    in_file("[log]\n// remark # <-\n", "", "remarks begin with #"),
    in_file(
        "[log]\nformat = # <-\n",
        "log.format",
        "as in `format = \"text\"`, the default",
    ),
    in_file(
        "[log]\nformat = \"text\"\n[store]\n[log] # <-\nfilter = \"info\"\n",
        "log",
        "below one of the two",
    ),
    in_file(
        "[log]\nformat = \"text\"\n\nformat = \"json\" # <-\n",
        "log.format",
        "keep one of the two",
    ),
    in_file(
        "log.format = \"text\"\n[log] # <-\n",
        "log",
        "below one of the two",
    ),
    in_file(
        "[[rooms]]\nname = \"a\"\nchannels = [\"slack:C1\"\n[log] # <-\n",
        "rooms[0].channels",
        "close it with ]",
    ),
    in_file(
        "[log]\n\tfiltre\t=\t\"info\" # <-\n",
        "log.filtre",
        "did you mean `log.filter`?",
    ),
];

#[test]
fn slips_of_the_pen_are_refused() {
    refused(MISTAKES);
}

#[test]
fn what_stands_twice_is_told_with_both_places() {
    let folder = TempDir::new().expect("a folder");
    let said = check_bytes(&folder, b"[log]\n[store]\n[log]\n", &[]).err;
    assert!(
        said.contains("causeway.toml:3:2: log") && said.contains("the first is on line 1"),
        "{said}"
    );
}

#[test]
fn other_encodings_are_refused_by_name() {
    let folder = TempDir::new().expect("a folder");
    let text = "[log]\nfilter = \"info\"\n";
    let little = text.encode_utf16().flat_map(u16::to_le_bytes);
    let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(little).collect();
    let bare: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let wide: Vec<u8> = text
        .chars()
        .flat_map(|it| u32::from(it).to_le_bytes())
        .collect();
    let wide: Vec<u8> = [0xff, 0xfe, 0, 0].into_iter().chain(wide).collect();
    for (bytes, name) in [
        (little, "UTF-16"),
        (bare, "UTF-16"),
        (big, "UTF-16"),
        (wide, "UTF-32"),
    ] {
        let said = check_bytes(&folder, &bytes, &[]);
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(
            said.err
                .contains(&format!("it is {name}, and must be UTF-8")),
            "{}",
            said.err
        );
    }
    let latin = check_bytes(&folder, b"[community]\nname = \"Z\xfcrich\"\n", &[]);
    assert_eq!(latin.code, 2);
    assert!(latin.err.contains("causeway.toml:2:10"), "{}", latin.err);
    assert!(
        latin.err.contains("save the file as UTF-8"),
        "{}",
        latin.err
    );
}

#[test]
fn the_mark_of_utf_8_and_the_line_ends_of_windows_are_no_mistakes() {
    let folder = TempDir::new().expect("a folder");
    let said = check_bytes(&folder, b"\xef\xbb\xbf[log]\r\nfilter = \"info\"\r\n", &[]);
    assert_eq!(said.code, 0, "{}", said.err);
    let said = check_bytes(&folder, b"\xef\xbb\xbf[log]\r\nfiltre = \"info\"\r\n", &[]);
    assert!(
        cure(&said.err, "causeway.toml:2:1", "log.filtre").is_some(),
        "{}",
        said.err
    );
}

#[test]
fn a_folder_is_no_configuration() {
    let folder = TempDir::new().expect("a folder");
    let answer = super::causeway_in(&folder, &["config", "check", "--config", "."], b"");
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("it is a folder"), "{}", answer.err);
}
