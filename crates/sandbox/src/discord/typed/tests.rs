use serde_json::{Value, json};

use super::{Typed, lines, read};

fn offered() -> Value {
    json!({ "name": "causeway", "options": [
        { "type": 1, "name": "help", "description": "what I can do", "options": [{ "type": 3, "name": "about" }] },
        { "type": 1, "name": "who-can-see-this", "description": "where this is read" },
        { "type": 2, "name": "room", "options": [
            { "type": 1, "name": "link", "description": "join them",
              "options": [{ "type": 3, "name": "room" }, { "type": 3, "name": "channel" }, { "type": 5, "name": "now" }] },
        ] },
    ] })
}

fn typed(line: &str) -> Option<Typed> {
    let words: Vec<&str> = line.split_whitespace().collect();
    read(&[offered()], &words)
}

fn chosen(path: &str, given: &[(&str, &str)]) -> Option<Typed> {
    let given = given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Some(Typed {
        path: path.to_owned(),
        given: given.collect(),
    })
}

#[test]
fn a_line_becomes_what_was_chosen() {
    assert_eq!(typed("causeway help"), chosen("causeway help", &[]));
    let about = chosen("causeway help", &[("about", "room link")]);
    assert_eq!(typed("causeway help room link"), about);
    assert_eq!(typed("causeway help about:room link"), about);
    let who = chosen("causeway who-can-see-this", &[]);
    assert_eq!(typed("causeway who can see this"), who);
    assert_eq!(typed("causeway who-can-see-this"), who);
    let given = [("room", "spring"), ("channel", "slack:C1"), ("now", "true")];
    let link = chosen("causeway room link", &given);
    assert_eq!(typed("causeway room link spring slack:C1 true"), link);
    let named = "causeway room link room:spring channel:slack:C1 now:true";
    assert_eq!(typed(named), link);
    let given = [("channel", "slack:C1"), ("room", "the spring")];
    let other = chosen("causeway room link", &given);
    assert_eq!(
        typed("causeway room link channel:slack:C1 room:the spring"),
        other
    );
}

#[test]
fn words_that_lead_nowhere_are_words() {
    for line in [
        "",
        "dance",
        "causeway",
        "causeway dance",
        "causeway who can",
        "causeway room dance",
    ] {
        assert_eq!(typed(line), None, "{line}");
    }
}

#[test]
fn each_way_to_go_on_is_offered_with_what_it_does() {
    let offered = lines("/", &offered());
    let lines: Vec<&str> = offered.iter().map(|it| it.0.as_str()).collect();
    let expected = [
        "/causeway help",
        "/causeway who-can-see-this",
        "/causeway room link",
    ];
    assert_eq!(lines, expected);
    assert_eq!(offered[2].1, "join them");
}
