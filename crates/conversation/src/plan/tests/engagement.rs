//! What is counted of an event.

use super::*;

fn counted(words: &str) -> (bool, usize) {
    let engagement = planned(&facts(), &event(posted(words))).engagement;
    let engagement = engagement.expect("a post counts");
    (engagement.is_question, engagement.length)
}

#[test]
fn a_question_is_known_by_its_mark_at_the_end_of_a_word() {
    for (words, is_question) in [
        ("Who is coming?", true),
        ("Really?! Yes.", true),
        ("(Who?) Me.", true),
        ("من يأتي؟", true),
        ("誰が来ますか？", true),
        ("Nobody is coming.", false),
        ("See https://example.org/?page=2", false),
    ] {
        assert_eq!(counted(words).0, is_question, "{words}");
    }
}

#[test]
fn length_is_counted_in_characters() {
    assert_eq!(counted("¿Qué? 🌻").1, 7);
}

#[test]
fn reactions_count_when_given_and_not_when_taken_back() {
    let mut facts = facts();
    facts.target = Some(target());
    let kind = |what| planned(&facts, &event(what)).engagement.map(|it| it.kind);
    assert_eq!(kind(reacted()), Some(EngagementKind::Reacted));
    let taken_back = ReactionChange {
        message: "10".into(),
        added: Vec::new(),
        removed: vec!["👍".to_owned()],
    };
    assert_eq!(kind(Event::Reacted(taken_back)), None);
    assert_eq!(kind(edited()), None);
}

#[test]
fn coming_and_going_count() {
    let kind = |what| planned(&facts(), &event(what)).engagement.map(|it| it.kind);
    assert_eq!(kind(Event::Joined), Some(EngagementKind::Joined));
    assert_eq!(kind(Event::Left), Some(EngagementKind::Left));
}
