//! Who says what, in this order. In the first minute one sees a conversation that began anywhere go on everywhere.

use super::super::cast::{ANA, BO, CHIDI, JONAS, KOFI, LENA, MARISOL, MAYOR, NOUR, PRIYA, TOMASZ};
use super::step::{Deed, Step};

pub(super) fn steps() -> Vec<Step> {
    let mut steps = friday();
    steps.extend(small_grants());
    steps.extend(the_room());
    steps.extend(what_helps());
    steps
}

fn told(deed: Deed, arrives: &'static str) -> Step {
    Step {
        deed,
        arrives: Some(arrives),
    }
}

/// A question in the group is answered on Discord, then by mail, then in the group.
fn friday() -> Vec<Step> {
    vec![
        told(
            Deed::Say {
                who: ANA,
                to: None,
                text: "Good morning, valley 🌱 Who is coming on Friday? The back room of the café is ours from five.",
            },
            "Who is coming on Friday?",
        ),
        told(
            Deed::SayOnDiscord {
                who: KOFI,
                to: Some("Who is coming on Friday?"),
                text: "Lena and I are! We bring **two guitars** and no speeches.",
            },
            "and no speeches",
        ),
        told(
            Deed::Answer {
                who: MARISOL,
                to: "Who is coming on Friday?",
                text: "I am coming, and I would rather listen than speak.\n\nCould we sit in small groups, four or five to a table? \
                       In a big circle only the brave ones talk.",
            },
            "rather listen than speak",
        ),
        told(
            Deed::Say {
                who: CHIDI,
                to: Some("rather listen than speak"),
                text: "Small groups, yes. Trust first, plans later. And an hour of rest in the middle: nobody has to be useful all day.",
            },
            "Trust first, plans later",
        ),
    ]
}

/// A thread of Slack is one on Discord, too, and a chain of replies in the group.
fn small_grants() -> Vec<Step> {
    vec![
        told(
            Deed::SayOnSlack {
                who: PRIYA,
                to: None,
                text: "The small grants open on Monday. What would make it *easy* to ask for one?",
            },
            "The small grants open on Monday",
        ),
        told(
            Deed::SayOnSlack {
                who: JONAS,
                to: Some("The small grants open on Monday"),
                text: "One page, no budget sheet, and an answer within a week.",
            },
            "no budget sheet",
        ),
        told(
            Deed::SayOnDiscord {
                who: LENA,
                to: Some("no budget sheet"),
                text: "And somebody to call who says hello before they say no.",
            },
            "says hello before they say no",
        ),
        told(
            Deed::Say {
                who: BO,
                to: Some("no budget sheet"),
                text: "One page I can do. In pencil, at the kitchen table.",
            },
            "In pencil, at the kitchen table",
        ),
    ]
}

/// A picture and what people think of it.
fn the_room() -> Vec<Step> {
    let seen = |deed| Step {
        deed,
        arrives: None,
    };
    vec![
        told(
            Deed::Show {
                who: NOUR,
                text: "الغرفة جاهزة، نظفناها معًا. The room is ready, we cleaned it together.",
            },
            "The room is ready",
        ),
        seen(Deed::React {
            who: ANA,
            to: "The room is ready",
            emoji: "❤",
        }),
        seen(Deed::ReactOnDiscord {
            who: KOFI,
            to: "The room is ready",
            emoji: "👏",
        }),
        told(
            Deed::Answer {
                who: MAYOR,
                to: "The room is ready",
                text: "How lovely. The town hall lends you the chairs from the council room, they could use some company.",
            },
            "lends you the chairs",
        ),
    ]
}

/// A thread that begins by mail; and a word that is put right everywhere.
fn what_helps() -> Vec<Step> {
    vec![
        told(
            Deed::Write {
                who: TOMASZ,
                subject: "What would help most?",
                text: "I could put something in this spring. Before I say how much, I want to ask the people who live here: \
                       what would help you most?",
            },
            "what would help you most?",
        ),
        told(
            Deed::Say {
                who: BO,
                to: Some("what would help you most?"),
                text: "Time, honestly. One afternoon a week that belongs to nobody's business would do more than a grant.",
            },
            "One afternoon a week",
        ),
        Step {
            deed: Deed::Edit {
                who: ANA,
                of: "Who is coming on Friday?",
                text: "Good morning, valley 🌱 Who is coming on Friday? The back room of the café is ours from half past four.",
            },
            arrives: None,
        },
    ]
}
