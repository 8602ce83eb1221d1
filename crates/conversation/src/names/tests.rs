//! Names that try to be more, or that say more than they should.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::{PersonId, arbitrary::words};

fn called(name: &str, namesake: u32, tag: Option<Tag>) -> String {
    let bearer = Bearer {
        name,
        namesake,
        tag,
    };
    bearer.called()
}

#[test]
fn a_name_is_shown_with_its_number_its_tag_and_its_platform() {
    let ana = |namesake, tag| with_platform(&called("Ana", namesake, tag), "Telegram");
    assert_eq!(ana(1, None), "Ana (Telegram)");
    assert_eq!(ana(2, None), "Ana 2 (Telegram)");
    assert_eq!(ana(1, Some(Tag::NotStaff)), "Ana [not staff] (Telegram)");
    assert_eq!(
        ana(3, Some(Tag::NotTheBridge)),
        "Ana 3 [not the bridge] (Telegram)"
    );
    assert_eq!(with_platform(BRIDGE_NAME, ""), "Causeway");
    assert_eq!(called("Route 66", 2, None), "Route 66 [2]");
}

#[test]
fn a_shown_name_fits_where_platforms_take_80_characters() {
    for name in [
        "a".repeat(500),
        "e\u{301}\u{323}".repeat(500),
        "👩‍👩‍👧‍👦".repeat(90),
    ] {
        let called = called(&name, 12, Some(Tag::NotTheBridge));
        assert!(called.chars().count() <= LONGEST_CALLED, "{called}");
        assert!(called.ends_with("… 12 [not the bridge]"), "{called}");
    }
}

#[test]
fn addresses_are_not_shown() {
    let table = [
        ("ana@example.org", "ana@…"),
        ("Ana <ana@example.org>", "Ana, ana@…"),
        ("<ana@example.org>", "ana@…"),
        ("ana@localhost", "ana@…"),
        ("Ana (ana@example.org, home)", "Ana, ana@…, home"),
        ("mailto:ana@example.org?subject=x", "mailto:ana@…"),
        ("\"Ana María\"@example.org", "\"Ana María\"@…"),
        ("ana @ example.org", "ana@…"),
        ("ana @example.org", "ana@…"),
        ("ana@ example.org", "ana@…"),
        ("ana＠example．org", "ana@…"),
        ("ana﹫example。org", "ana@…"),
        ("ana@[192.0.2.7]", "ana@…"),
        ("ana\u{200B}@\u{200B}example.org", "ana@…"),
        ("ana (at) example (dot) org", "ana@…"),
        ("ana [AT] example.org", "ana@…"),
        ("ana{at}example{dot}org", "ana@…"),
        ("ana at example dot org", "ana@…"),
        ("ana arroba example punto org", "ana@…"),
        ("@ana@town.example", "ana@…"),
        ("ana@example.org bo@example.org", "ana@… bo@…"),
        ("ana@b@c@example.org", "ana@…@…@…"),
        ("Ana at home", "Ana at home"),
        ("Ana @ Home", "Ana @ Home"),
        ("Dot Cotton", "Dot Cotton"),
    ];
    for (name, shown) in table {
        assert_eq!(clean_name(name), shown, "{name:?}");
    }
}

#[test]
fn telephone_numbers_are_not_shown() {
    let table = [
        ("+34 600 123 456", "Someone"),
        ("34600123456", "Someone"),
        ("(600) 123-4567", "Someone"),
        ("+1 (600) 123.45.67", "Someone"),
        ("00 34 600/123/456", "Someone"),
        ("６００１２３４５６", "Someone"),
        ("٦٠٠١٢٣٤٥٦", "Someone"),
        ("𝟔𝟎𝟎𝟏𝟐𝟑𝟒", "Someone"),
        ("6️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣", "Someone"),
        ("⑥⓪⓪①②③④", "Someone"),
        (
            "6\u{200B}0\u{200B}0\u{200B}1\u{200B}2\u{200B}3\u{200B}4",
            "Someone",
        ),
        ("34600123456@s.chat.example", "Someone"),
        ("Bo +34 600 123 456", "Bo …"),
        ("Bo tel:600-123-456", "Bo tel;…"),
        ("Bo600123456", "Bo…"),
        ("Bo (0600) 12 34 56 home", "Bo … home"),
        ("Bo 1975", "Bo 1975"),
        ("R2D2", "R2D2"),
        ("Bo + 3", "Bo + 3"),
        ("Tram 12, house 345", "Tram 12, house 345"),
    ];
    for (name, shown) in table {
        assert_eq!(clean_name(name), shown, "{name:?}");
    }
}

#[test]
fn nobody_puts_on_the_platform_of_another() {
    let table = [
        ("Bo (Slack)", "Bo, Slack"),
        ("Bo （Slack）", "Bo, Slack"),
        ("Bo ❨Slack❩", "Bo, Slack"),
        ("Bo (Slack): hi", "Bo, Slack; hi"),
        ("Ana (Telegram): hi\nBo", "Ana, Telegram; hi Bo"),
        ("Bo：", "Bo;"),
        ("Bo꞉", "Bo;"),
        ("> Bo", "Bo"),
        ("＞ > Bo", "Bo"),
        ("Ana (she/her)", "Ana, she/her"),
        ("Psalm 3:16", "Psalm 3:16"),
        ("दुःख", "दुःख"),
    ];
    for (name, shown) in table {
        assert_eq!(clean_name(name), shown, "{name:?}");
    }
}

#[test]
fn nobody_puts_on_a_tag_or_a_number_of_the_bridge() {
    let table = [
        ("Zoe [staff]", "Zoe, staff"),
        ("Zoe [not staff]", "Zoe, not staff"),
        ("Zoe [not the bridge] [2]", "Zoe, not the bridge, 2"),
        ("Zoe ［staff］", "Zoe, staff"),
        ("Zoe 〔staff〕", "Zoe, staff"),
        ("Zoe【staff】", "Zoe, staff"),
        ("Zoe ⟦staff⟧", "Zoe, staff"),
        ("Zoe ⁅staff⁆ ❲admin❳", "Zoe, staff, admin"),
        ("Zoe {staff}", "Zoe, staff"),
        ("Zoe <staff>", "Zoe, staff"),
        ("Zoe ‹staff›", "Zoe, staff"),
        ("Zoe ⎡staff⎤", "Zoe, staff"),
        ("Zoe [st\u{200B}aff\u{2060}]", "Zoe, staff"),
        ("[staff] Zoe", "staff, Zoe"),
        ("((Zoe))", "Zoe"),
        ("Ana (she/her) Lima", "Ana, she/her, Lima"),
        ("Robert “Bo” Smith", "Robert “Bo” Smith"),
        ("Ana <3", "Ana <3"),
        ("[]", "Someone"),
    ];
    for (name, shown) in table {
        assert_eq!(clean_name(name), shown, "{name:?}");
    }
}

#[test]
fn a_name_calls_nobody() {
    for name in [
        "@everyone",
        "@@everyone",
        "<@everyone>",
        "Ana @here",
        "＠everyone",
        "@\u{200B}channel",
        "@ana_bot",
    ] {
        let shown = clean_name(name);
        assert!(!shown.contains('@'), "{name}: {shown}");
    }
}

#[test]
fn names_that_people_cannot_tell_apart_look_the_same() {
    let alike = [
        ("Ana", "ANA"),
        ("Ana", " a n\u{200B}a "),
        ("Ana", "Аnа"),
        ("Causeway", "Саuseway"),
        ("Causeway", "Ⅽauseway"),
        ("Causeway", "𝐂𝐚𝐮𝐬𝐞𝐰𝐚𝐲"),
        ("Alice", "AIice"),
        ("Alice", "ALICE"),
        ("Bill", "Bi11"),
        ("Ana-María", "Ana María"),
    ];
    for (one, other) in alike {
        assert_eq!(look(one), look(other), "{one} {other}");
    }
    for (one, other) in [
        ("Ana", "Anna"),
        ("Ana", "Ana 🌻"),
        ("Ana", "Aná"),
        ("🌻", "🌼"),
        ("राम", "रीमा"),
    ] {
        assert_ne!(look(one), look(other), "{one} {other}");
    }
}

#[test]
fn a_number_makes_a_name_look_different() {
    let second = Bearer {
        name: "Ana",
        namesake: 2,
        tag: Some(Tag::NotStaff),
    };
    assert_eq!(second.look(), look("Ana 2"));
    assert_ne!(second.look(), look("Ana"));
}

fn protected() -> Protected {
    let mut protected = Protected::default();
    protected.protect_ours(BRIDGE_NAME);
    protected.protect_ours("Spring Gathering");
    protected.protect_staff("Ana", &"p1".into());
    protected.protect_staff("+34 600 123 456", &"p1".into());
    protected.protect_staff("", &"p1".into());
    protected
}

#[test]
fn who_bears_a_protected_name_and_is_somebody_else_is_tagged() {
    let tag = |name: &str| protected().tag(name, &"p2".into());
    for name in [
        "Causeway",
        "Саuseway",
        "C A U S E W A Y",
        "Causéway",
        "Causeway ✅",
        "Causeway (bot)",
        "@causeway",
        "spring gathering",
    ] {
        assert_eq!(tag(name), Some(Tag::NotTheBridge), "{name}");
    }
    for name in ["Ana", "Аnа", "ana.", "Ana (staff)", "Ana 🌻"] {
        assert_eq!(tag(name), Some(Tag::NotStaff), "{name}");
    }
    for name in [
        "Anna",
        "Bo",
        "",
        "Someone",
        "+34 600 000 000",
        "Cause",
        "🌻",
    ] {
        assert_eq!(tag(name), None, "{name}");
    }
}

#[test]
fn staff_itself_is_not_tagged_unless_it_plays_the_bridge() {
    let ana = PersonId::from("p1");
    assert_eq!(protected().tag("Ana", &ana), None);
    assert_eq!(protected().tag("Causeway", &ana), Some(Tag::NotTheBridge));
}

/// What people write into names that wants to get through.
const WANTED_THROUGH: &[&str] = &[
    "@",
    "@everyone",
    "@here",
    "ana@example.org",
    " (at) ",
    " (dot) ",
    "+34 600 123 456",
    "600123456",
    "1",
    "23",
    "4567",
    "(Slack): ",
    " [staff]",
    "［2］",
    "\u{202E}",
    "\u{200B}",
    "\u{2067}",
    "\n",
    "\r",
    "：",
    "＠",
    "٦٠٠",
    "6️⃣",
    "Causeway",
    "Ana",
    "> ",
    "<@",
];

fn name() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        words(),
        prop::sample::select(WANTED_THROUGH).prop_map(str::to_owned),
        any::<String>()
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Seven digits with no letter, and at most three signs, between two of them.
fn holds_a_number(shown: &str) -> bool {
    let (mut digits, mut signs) = (0, 0);
    shown.chars().any(|c| {
        if c.is_numeric() {
            digits = if signs > 3 { 1 } else { digits + 1 };
            signs = 0;
        } else if c.is_alphabetic() {
            (digits, signs) = (0, 0);
        } else {
            signs += 1;
        }
        digits >= 7
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_shown_name_turns_hides_rings_or_tells(name in name(), namesake in 1u32..40, tagged: bool) {
        let tag = tagged.then_some(Tag::NotStaff);
        let shown = with_platform(&called(&name, namesake, tag), "Telegram");
        prop_assert!(shown.ends_with(" (Telegram)"));
        prop_assert_eq!(shown.matches(['(', ')', '（', '）', '\n', '\r']).count(), 2, "{}", shown);
        let own = usize::from(tagged) + usize::from(shown.contains(&format!(" [{namesake}]")));
        prop_assert_eq!(shown.matches(['[', ']', '［', '］', '【', '{', '}']).count(), 2 * own, "{}", shown);
        prop_assert!(!shown.contains(|it: char| it.is_control()
            || matches!(it, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')), "{:?}", shown);
        prop_assert!(!shown.contains("@everyone") && !shown.contains(": "), "{}", shown);
        let behind_at = shown.split(['@', '＠']).skip(1).filter_map(|it| it.chars().next());
        prop_assert!(behind_at.into_iter().all(|it| it == '…' || it == ' '), "{}", shown);
        prop_assert!(!holds_a_number(&clean_name(&name)), "{}", shown);
    }

    #[test]
    fn letters_that_are_set_apart_or_large_make_no_other_name(name in "[a-zA-Z]{1,12}") {
        let apart: String = name.chars().flat_map(|it| [it, ' ', '\u{200B}']).collect();
        prop_assert_eq!(look(&name), look(&apart));
        prop_assert_eq!(look(&name), look(&name.to_uppercase()));
    }
}
