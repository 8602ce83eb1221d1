//! The tables: what the program promises of each platform, whether people saw just that, and how it reads.

use std::process::Command;

use conversation::Support;

use super::seen::Place;
use super::verdict::{Promised, verdict};
use super::{Rows, others};
use crate::support::{PROGRAM, Shape, answer_of};

/// By the program itself.
pub(crate) fn promised(shape: Shape) -> Vec<Promised> {
    let mut asked = Command::new(PROGRAM);
    let answer = answer_of(asked.args(["capabilities", "--json"]));
    let promised: Vec<Promised> = serde_json::from_str(&answer.out).unwrap();
    match shape {
        Shape::Channels => promised,
        Shape::Forums => promised.into_iter().map(Promised::in_a_forum).collect(),
    }
}

pub(crate) fn check(places: &[&dyn Place], tables: &[Rows], promised: &[Promised]) {
    let of = |place: &dyn Place| {
        promised
            .iter()
            .find(|it| it.label == place.label())
            .unwrap()
    };
    let mut wrong = Vec::new();
    for (at, rows) in tables.iter().enumerate() {
        let from = places[at];
        for (feature, cells) in rows {
            let to = others(places, at);
            assert_eq!(cells.len(), to.len());
            for (to, cell) in to.iter().zip(cells) {
                let expected = verdict(*feature, of(from), of(*to), from.longest());
                let pair = format!("{} to {}, {}", from.label(), to.label(), feature.name());
                match cell {
                    Err(why) => wrong.push(format!("{pair}: {why}")),
                    Ok((level, seen)) if *level != expected => wrong.push(format!(
                        "{pair}: the capability table says {expected:?}, and people see {level:?}: {seen}"
                    )),
                    Ok((_, seen)) if seen.is_empty() => wrong.push(format!("{pair}: blank")),
                    Ok(_) => {}
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}",
        wrong.join(
            "
"
        )
    );
}

pub(crate) fn table(places: &[&dyn Place], at: usize, rows: &Rows) -> String {
    let mut text = format!("From {}", places[at].label());
    for place in others(places, at) {
        text += &format!(" | {}", place.label());
    }
    for (feature, cells) in rows {
        text += &format!("\n{}", feature.name());
        for cell in cells {
            let (level, seen) = cell.as_ref().unwrap();
            let level = match level {
                Support::Native => "native",
                Support::Fallback => "fallback",
                Support::None => "none",
            };
            text += &format!(" | {level}: {seen}");
        }
    }
    text
}
