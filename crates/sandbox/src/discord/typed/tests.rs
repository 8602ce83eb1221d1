use serde_json::{Value, json};

use super::{chosen, lines};

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

fn typed(line: &str) -> Value {
    let words: Vec<&str> = line.split_whitespace().collect();
    Value::Array(chosen(&offered(), &words))
}

#[test]
fn a_line_becomes_what_was_chosen() {
    let help = |given: Value| json!([{ "name": "help", "type": 1, "options": given }]);
    assert_eq!(typed("help"), help(json!([])));
    let about = json!([{ "name": "about", "type": 3, "value": "room link" }]);
    assert_eq!(typed("help room link"), help(about));
    let who = json!([{ "name": "who-can-see-this", "type": 1, "options": [] }]);
    assert_eq!(typed("who can see this"), who);
    assert_eq!(typed("who-can-see-this"), who);
    let given = json!([
        { "name": "room", "type": 3, "value": "spring" },
        { "name": "channel", "type": 3, "value": "slack:C1" },
        { "name": "now", "type": 5, "value": true },
    ]);
    let link = json!([{ "name": "link", "type": 1, "options": given }]);
    assert_eq!(
        typed("room link spring slack:C1 true"),
        json!([{ "name": "room", "type": 2, "options": link }])
    );
}

#[test]
fn words_that_lead_nowhere_choose_nothing() {
    for line in ["", "dance", "who can", "room dance"] {
        let chosen = typed(line);
        let deepest = chosen.pointer("/0/options").unwrap_or(&chosen);
        assert_eq!(deepest, &json!([]), "{line}");
    }
}

#[test]
fn each_way_to_go_on_is_offered_with_what_it_does() {
    let offered = lines("/", &offered());
    let lines: Vec<&str> = offered.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(
        lines,
        [
            "/causeway help",
            "/causeway who-can-see-this",
            "/causeway room link"
        ]
    );
    assert_eq!(offered[2].1, "join them");
}
