//! What of a mail is for the bridge.

use super::*;

#[test]
fn of_a_mail_nothing_but_its_first_line_or_its_subject_counts() {
    for (subject, text, line) in [
        ("Hello", "rest 2 weeks", Some("rest 2 weeks")),
        (
            "Hello",
            "\n \n  rest 2 weeks\r\nThank you\n",
            Some("rest 2 weeks"),
        ),
        ("rest 2 weeks", "", Some("rest 2 weeks")),
        ("rest 2 weeks", "-- \nAna\nforget me", Some("rest 2 weeks")),
        (
            "rest 2 weeks",
            "> forget me\n\nforget me",
            Some("rest 2 weeks"),
        ),
        (
            "rest 2 weeks",
            "Dear bridge,\n\nforget me",
            Some("Dear bridge,"),
        ),
        (" ", "\n\n", None),
    ] {
        assert_eq!(line_of_mail(subject, text), line, "{subject:?} {text:?}");
    }
}

/// Nothing that people may say to each other, but what may be about themselves with a mistake in it.
#[test]
fn of_a_mail_to_all_what_is_a_command_and_nothing_else_is_ours() {
    for (subject, text) in [
        ("Hello", "rest 2 weeks"),
        ("Hello", "\n\nRest two weeks.\n\n"),
        ("Hello", "privat on"),
        ("Hello", "private of"),
        ("Hello", "Forgett me!"),
        ("Hello", "ret 2 weeks"),
        ("forget me", ""),
        ("Hello", "/forget me"),
        ("Hello", "/privat"),
        ("Hello", "/causeway hlep"),
        ("Hello", "confirm 7K3Q"),
        ("Hello", "room link spring telegram:-100"),
    ] {
        assert!(is_mail_for_us(subject, text), "{subject:?} {text:?}");
    }
    for (subject, text) in [
        ("", ""),
        ("forget me", "I looked for it, and found nothing."),
        ("rest 2 weeks", "is what the doctor said\nforget me"),
        ("Hello", "rest 2 weeks\nThank you"),
        ("Hello", "Forget it."),
        ("Hello", "Private?"),
        ("Hello", "help"),
        ("Hello", "status of the bus?"),
        ("Hello", "Rest well!"),
        ("Hello", "rest of the day"),
        ("Hello", "Best wishes"),
        ("Hello", "private messages are better"),
        ("Hello", "who can see this"),
        ("Hello", "/etc/passwd"),
        ("Hello", "> forget me"),
    ] {
        assert!(!is_mail_for_us(subject, text), "{subject:?} {text:?}");
    }
}
