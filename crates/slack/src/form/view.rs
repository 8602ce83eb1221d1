//! How a form looks: a block for each thing that the command is given. The parts are slack-morphism's.

use conversation::Language;
use conversation::command::{Param, Thing};
use serde_json::Value;
use slack_morphism::prelude::*;

use super::Begun;

/// By which it is known again.
pub(crate) const FORM: &str = "causeway-command";
const LONGEST_TITLE: usize = 24;
const LONGEST_VALUE: usize = 3000;
const LONGEST_CHOICE: usize = 75;
const MOST_CHOICES: usize = 100;
/// What a flag that is set says.
const YES: &str = "yes";

/// `suggested` is what there is for each.
pub(super) fn view(begun: &Begun, suggested: &[Vec<String>]) -> Value {
    let about = SlackBlockPlainText::new(begun.verb.about.fixed(Language::ENGLISH).to_owned());
    let about = SlackSectionBlock::new().with_text(about.into());
    let params = begun.verb.params.iter().zip(suggested);
    let inputs = params.map(|(param, things)| input(begun, param, things).into());
    let blocks = std::iter::once(about.into()).chain(inputs).collect();
    let metadata = serde_json::to_string(&begun.about());
    let view = SlackModalView::new(only(&capital(begun.verb.words, LONGEST_TITLE)), blocks)
        .with_submit(only("Send"))
        .with_close(only("Cancel"))
        .with_callback_id(FORM.into())
        .with_private_metadata(metadata.expect("it is texts and a number"));
    serde_json::to_value(SlackView::Modal(view)).expect("it is texts and lists")
}

fn input(begun: &Begun, param: &Param, things: &[String]) -> SlackInputBlock {
    let name = param.name();
    let given = begun.given.options.iter().find(|it| it.0 == name);
    let given = given.map(|it| it.1.as_str());
    let element = match (param.choices, begun.verb.thing(param)) {
        _ if param.is_flag() => flag(&name, given),
        // What is none of them could not be chosen.
        ([], Some(Thing::Room)) if is_list(things, given) => select(&name, things, given),
        ([], _) => text(&name, given),
        (choices, _) => {
            let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
            select(&name, &choices, given)
        }
    };
    SlackInputBlock::new(only(&capital(&name, LONGEST_CHOICE)), element)
        .with_block_id(name.into())
        .with_hint(only(param.about.fixed(Language::ENGLISH)))
        .with_optional(!param.holds.is_needed())
}

fn is_list(things: &[String], given: Option<&str>) -> bool {
    let is_short = |it: &String| (1..=LONGEST_CHOICE).contains(&it.chars().count());
    (1..=MOST_CHOICES).contains(&things.len())
        && things.iter().all(is_short)
        && given.is_none_or(|given| things.iter().any(|it| it == given))
}

fn text(name: &str, given: Option<&str>) -> SlackInputBlockElement {
    let mut text = SlackBlockPlainTextInputElement::new().with_action_id(name.into());
    text.initial_value = given.map(|it| it.chars().take(LONGEST_VALUE).collect());
    text.into()
}

fn select(name: &str, choices: &[String], given: Option<&str>) -> SlackInputBlockElement {
    let choice = |it: &String| SlackBlockChoiceItem::new(only(it), it.clone());
    let given = choices
        .iter()
        .find(|it| given.is_some_and(|given| it.eq_ignore_ascii_case(given)));
    let mut select = SlackBlockStaticSelectElement::new()
        .with_action_id(name.into())
        .with_options(choices.iter().map(choice).collect());
    select.initial_option = given.map(choice);
    select.into()
}

fn flag(name: &str, given: Option<&str>) -> SlackInputBlockElement {
    let yes = || {
        let text = SlackBlockText::from(SlackBlockPlainText::new("Yes".to_owned()));
        SlackBlockChoiceItem::new(text, YES.to_owned())
    };
    let mut flag = SlackBlockCheckboxesElement::new(vec![yes()]).with_action_id(name.into());
    flag.initial_options = given.map(|_| vec![yes()]);
    flag.into()
}

fn only(text: &str) -> SlackBlockPlainTextOnly {
    SlackBlockPlainTextOnly::from(text)
}

/// As a person writes it.
fn capital(text: &str, most: usize) -> String {
    let text = text.replace('-', " ");
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).take(most).collect()
}
