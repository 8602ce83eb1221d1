//! Names that try to be more than a name.

use super::super::name::one_line;
use crate::clean_name;

#[test]
fn names_are_cleaned_for_display() {
    let table = [
        ("Ana", "Ana"),
        ("  Ana \t\n María  ", "Ana María"),
        ("Ana\u{0}\u{7}\u{1b}[31m", "Ana, 31m"),
        ("\u{202E}anA\u{202C}", "anA"),
        ("\u{2067}\u{200F}Ana\u{2069}\u{61C}", "Ana"),
        ("A\u{200B}n\u{FEFF}a\u{2060}\u{AD}", "Ana"),
        ("A\u{200D}n\u{200C}a", "Ana"),
        ("Ana 👩‍👩‍👧‍👦", "Ana 👩‍👩‍👧‍👦"),
        ("🏳️‍🌈 Bo", "🏳️‍🌈 Bo"),
        (
            "Bo 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "Bo 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        ),
        ("Bo\u{E0041}\u{E0042}", "Bo"),
        ("علی‌رضا", "علی‌رضا"),
        ("ශ්‍රී", "ශ්‍රී"),
        ("محمد", "محمد"),
        ("", "Someone"),
        (" \u{200B}\u{2800}\u{3164}\u{202E} ", "Someone"),
        ("\u{FE0F}", "Someone"),
    ];
    for (name, shown) in table {
        assert_eq!(clean_name(name), shown, "{name:?}");
    }
}

#[test]
fn a_long_name_is_cut_at_64_graphemes() {
    assert_eq!(clean_name(&"é".repeat(64)), "é".repeat(64));
    assert_eq!(
        clean_name(&"e\u{301}".repeat(65)),
        "e\u{301}".repeat(63) + "…"
    );
}

#[test]
fn a_tower_of_accents_is_lowered() {
    let tower = "a".to_owned() + &"\u{301}".repeat(500);
    assert_eq!(clean_name(&tower), "a".to_owned() + &"\u{301}".repeat(15));
    assert!(clean_name(&tower.repeat(64)).chars().count() <= 64 * 4);
}

#[test]
fn a_line_that_fits_exactly_is_not_cut() {
    assert_eq!(one_line("one two", 7), "one two");
    assert_eq!(one_line("one two", 5), "one…");
    assert_eq!(one_line("one\ntwo", 9), "one two");
    assert_eq!(one_line("🇦🇷🇺🇦🇪🇸", 2), "🇦🇷…");
}
