//! Who says what, in this order. In the first minute one sees a conversation that began anywhere go on everywhere.

use super::super::cast::{ANA, BO, CHIDI, JONAS, KOFI, LENA, MARISOL, MAYOR, NOUR, PRIYA, TOMASZ};

pub(super) fn steps() -> Vec<Step> {
    let mut steps = friday();
    steps.extend(small_grants());
    steps.extend(the_room());
    steps.extend(what_helps());
    steps.extend(for_us_alone());
    steps.push(Step::of(PRIYA, Deed::AskOnSlack, "who can see this"));
    steps
}

/// Somebody keeps to their own platform for a while.
fn for_us_alone() -> Vec<Step> {
    let tired = "I am tired this week, and would rather say so to the five of us alone.";
    vec![
        Step::of(JONAS, Deed::AskOnSlack, "private on"),
        Step::of(JONAS, Deed::SayOnSlack, tired),
        Step::of(JONAS, Deed::AskOnSlack, "private off"),
    ]
}

/// A question in the group is answered on Discord, then by mail, then in the group.
fn friday() -> Vec<Step> {
    let asked = "Good morning, valley 🌱 Who is coming on Friday? The back room of the café is ours from five.";
    let guitars = "Lena and I are! We bring **two guitars** and no speeches.";
    let listening = "I am coming, and I would rather listen than speak.\n\nCould we sit in small groups, four or five to a table? \
                     In a big circle only the brave ones talk.";
    let trust = "Small groups, yes. Trust first, plans later. And an hour of rest in the middle: nobody has to be useful all day.";
    vec![
        Step::of(ANA, Deed::Say, asked).arrives("Who is coming on Friday?"),
        Step::of(KOFI, Deed::SayOnDiscord, guitars)
            .to("Who is coming on Friday?")
            .arrives("and no speeches"),
        Step::of(MARISOL, Deed::Answer, listening)
            .to("Who is coming on Friday?")
            .arrives("rather listen than speak"),
        Step::of(CHIDI, Deed::Say, trust)
            .to("rather listen than speak")
            .arrives("Trust first, plans later"),
    ]
}

/// A thread of Slack is one on Discord, too, and a chain of replies in the group.
fn small_grants() -> Vec<Step> {
    let open = "The small grants open on Monday. What would make it *easy* to ask for one?";
    let one_page = "One page, no budget sheet, and an answer within a week.";
    let hello = "And somebody to call who says hello before they say no.";
    let pencil = "One page I can do. In pencil, at the kitchen table.";
    vec![
        Step::of(PRIYA, Deed::SayOnSlack, open).arrives("The small grants open on Monday"),
        Step::of(JONAS, Deed::SayOnSlack, one_page)
            .to("The small grants open on Monday")
            .arrives("no budget sheet"),
        Step::of(LENA, Deed::SayOnDiscord, hello)
            .to("no budget sheet")
            .arrives("says hello before they say no"),
        Step::of(BO, Deed::Say, pencil)
            .to("no budget sheet")
            .arrives("In pencil, at the kitchen table"),
    ]
}

/// A picture and what people think of it.
fn the_room() -> Vec<Step> {
    let ready = "الغرفة جاهزة، نظفناها معًا. The room is ready, we cleaned it together.";
    let chairs = "How lovely. The town hall lends you the chairs from the council room, they could use some company.";
    vec![
        Step::of(NOUR, Deed::Show, ready).arrives("The room is ready"),
        Step::of(ANA, Deed::React, "❤").to("The room is ready"),
        Step::of(KOFI, Deed::ReactOnDiscord, "👏").to("The room is ready"),
        Step::of(MAYOR, Deed::Answer, chairs)
            .to("The room is ready")
            .arrives("lends you the chairs"),
    ]
}

/// A thread that begins by mail; and a word that is put right everywhere.
fn what_helps() -> Vec<Step> {
    let asks = "I could put something in this spring. Before I say how much, I want to ask the people who live here: \
                what would help you most?";
    let time = "Time, honestly. One afternoon a week that belongs to nobody's business would do more than a grant.";
    let later = "Good morning, valley 🌱 Who is coming on Friday? The back room of the café is ours from half past four.";
    vec![
        Step::of(TOMASZ, Deed::Write("What would help most?"), asks)
            .arrives("what would help you most?"),
        Step::of(BO, Deed::Say, time)
            .to("what would help you most?")
            .arrives("One afternoon a week"),
        Step::of(ANA, Deed::Edit, later).to("Who is coming on Friday?"),
    ]
}

/// One thing that somebody does.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub(super) who: &'static str,
    pub(super) deed: Deed,
    pub(super) text: &'static str,
    /// Words of the message or mail that is answered, changed or reacted to.
    pub(super) to: Option<&'static str>,
    /// Words by which the step is recognised where it arrives; none where it does not have to arrive.
    pub(super) arrives: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Say,
    /// A message that is answered gets a thread, where it is in none.
    SayOnDiscord,
    /// Answers are given in the thread.
    SayOnSlack,
    /// A command, which is answered to whoever gives it alone.
    AskOnSlack,
    /// The room, in a picture.
    Show,
    /// The text is the emoji.
    React,
    ReactOnDiscord,
    Edit,
    /// A mail, about this.
    Write(&'static str),
    Answer,
}

impl Step {
    pub(super) fn of(who: &'static str, deed: Deed, text: &'static str) -> Step {
        Step {
            who,
            deed,
            text,
            to: None,
            arrives: None,
        }
    }

    pub(super) fn to(self, words: &'static str) -> Step {
        let to = Some(words);
        Step { to, ..self }
    }

    pub(super) fn arrives(self, words: &'static str) -> Step {
        let arrives = Some(words);
        Step { arrives, ..self }
    }
}
