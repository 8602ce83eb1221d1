//! Whatever is written is read as the same, in each of the ways in which it is said.

use proptest::prelude::*;

use crate::arbitrary::cases;
use crate::command::*;

fn has_no_marks(command: &Command) -> bool {
    let mut texts = command.given().1.0.into_iter().flat_map(|it| it.1);
    texts.all(|it| !it.contains(['"', '“', '«', '\\']))
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn what_is_written_as_a_line_is_read_as_the_same(command in Command::any()) {
        let line = command.line();
        prop_assert_eq!(Command::read(&line), Ok(command.clone()), "{}", line);
    }

    #[test]
    fn what_is_chosen_from_a_tree_is_read_as_the_same(command in Command::any()) {
        let chosen = command.chosen();
        prop_assert_eq!(Command::of_chosen(&chosen), Ok(command.clone()), "{:?}", chosen);
    }

    /// As people write it into the place where a platform offers the tree.
    #[test]
    fn what_is_typed_with_the_names_of_options_is_read_as_the_same(command in Command::any()) {
        let chosen = command.chosen();
        let is_list = |name: &str| {
            let param = command.verb().param(name).expect("one of its own");
            matches!(param.holds, Holds::Many | Holds::SomeOr(_))
        };
        let options = chosen.options.iter().flat_map(|(name, value)| {
            let values = match is_list(name) {
                true => tokens::tokens(value).expect("as they are written").into_iter().map(|it| it.text).collect(),
                false => vec![value.clone()],
            };
            values.into_iter().map(move |it| format!(" {name}:{}", tokens::quoted(&it)))
        });
        let line = command.verb().words.to_owned() + &options.collect::<String>();
        prop_assert_eq!(Command::read(&line), Ok(command.clone()), "{}", line);
    }

    #[test]
    fn what_is_handed_over_by_a_terminal_is_read_as_the_same(command in Command::any()) {
        let argv = command.argv();
        prop_assert_eq!(Command::of_argv(&argv), Ok(command.clone()), "{:?}", argv);
    }

    #[test]
    fn what_stands_in_a_mail_is_read_as_the_same(command in Command::any(), words in "\\PC{0,20}") {
        let line = command.line();
        let mails = [
            (words.as_str(), format!("\n\n{line}\n\n{words}")),
            (words.as_str(), format!("{line}\r\n-- \r\n{words}")),
            (line.as_str(), format!("> {words}\n")),
            (line.as_str(), String::new()),
        ];
        for (subject, text) in &mails {
            let line = line_of_mail(subject, text).expect("a line");
            prop_assert_eq!(Command::read(line), Ok(command.clone()), "{}", line);
        }
    }

    #[test]
    fn a_row_of_it_is_the_same(command in Command::any()) {
        let row = serde_json::to_string(&command).expect("JSON");
        prop_assert_eq!(&serde_json::from_str::<Command>(&row).expect("a command"), &command);
    }

    #[test]
    fn phones_change_quotation_marks_blanks_capitals_and_dashes(
        command in Command::any().prop_filter("marks within a name are its own", has_no_marks)
    ) {
        let line = command.line();
        let typed = line.replace(" \"", " “").replace("=\"", "=“").replace('"', "”").replace(' ', "\u{A0}");
        let mut signs = typed.chars();
        let first = signs.next().expect("a word").to_uppercase().to_string();
        let typed = format!("/{first}{}\u{200B} ", signs.as_str());
        prop_assert_eq!(Command::read(&typed), Ok(command.clone()), "{}", typed);
    }

    #[test]
    fn nothing_that_is_typed_is_too_much(line in "\\PC{0,200}", words in prop::sample::select(vec!["room add ", "dead retry ", "rest ", ""])) {
        let line = format!("{words}{line}");
        let _ = Command::read(&line);
        let _ = is_command(&line);
        let _ = line_of_mail(&line, &line);
        let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let _ = Command::of_argv(&argv);
    }
}
