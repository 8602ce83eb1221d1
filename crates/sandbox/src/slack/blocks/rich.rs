//! The structure of `rich_text`: which elements stand where, and which fields they have.

use std::fmt::Display;

use serde_json::Value;

pub(super) fn check(block: &Value, at: &str, wrong: &mut Wrong) {
    let Some(elements) = block["elements"].as_array() else {
        wrong.note(at, "", "missing required field: elements");
        return;
    };
    for (index, element) in elements.iter().enumerate() {
        let at = format!("{at}/elements/{index}");
        let (fields, inner): (&[&str], Inner) = match element["type"].as_str().unwrap_or("") {
            "rich_text_section" => (&["type", "elements"], Inner::Words),
            "rich_text_quote" => (&["type", "elements", "border"], Inner::Words),
            "rich_text_preformatted" => (&["type", "elements", "border", "language"], Inner::Code),
            "rich_text_list" => {
                let fields = &["type", "elements", "style", "indent", "offset", "border"];
                check_style(element, &at, wrong);
                (fields, Inner::Items)
            }
            other => {
                wrong.note(at, "/type", format!("unsupported type: {other}"));
                continue;
            }
        };
        check_fields(element, fields, &at, wrong);
        check_inner(element, inner, &at, wrong);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner {
    Words,
    Code,
    Items,
}

fn check_style(list: &Value, at: &str, wrong: &mut Wrong) {
    note!(wrong, !matches!(list["style"].as_str(), Some("bullet" | "ordered")) => at, "/style", "must be bullet or ordered");
    note!(wrong, list["indent"].as_u64().unwrap_or(0) > 8 => at, "/indent", "must be at most 8");
}

fn check_fields(element: &Value, known: &[&str], at: &str, wrong: &mut Wrong) {
    for (name, _) in element.as_object().into_iter().flatten() {
        note!(wrong, !known.contains(&name.as_str()) => at, "", "invalid additional property: {name}");
    }
}

fn check_inner(element: &Value, inner: Inner, at: &str, wrong: &mut Wrong) {
    let Some(elements) = element["elements"].as_array() else {
        wrong.note(at, "", "missing required field: elements");
        return;
    };
    for (index, element) in elements.iter().enumerate() {
        let at = format!("{at}/elements/{index}");
        let kind = element["type"].as_str().unwrap_or("");
        match inner {
            Inner::Items if kind == "rich_text_section" => {
                check_fields(element, &["type", "elements"], &at, wrong);
                check_inner(element, Inner::Words, &at, wrong);
            }
            Inner::Code if matches!(kind, "text" | "link") => check_span(element, &at, wrong),
            Inner::Words => check_span(element, &at, wrong),
            _ => wrong.note(at, "/type", format!("unsupported type: {kind}")),
        }
    }
}

/// Its kind, the field that it must have, and those that it may have.
const SPANS: &[(&str, &str, &[&str])] = &[
    ("text", "text", &["style"]),
    ("link", "url", &["text", "unsafe", "style"]),
    (
        "emoji",
        "name",
        &["unicode", "skin_tone", "url", "display_name", "style"],
    ),
    ("user", "user_id", &["style"]),
    ("channel", "channel_id", &["style"]),
    ("usergroup", "usergroup_id", &["style"]),
    ("broadcast", "range", &["style"]),
    ("team", "team_id", &["style"]),
    ("color", "value", &["style"]),
    ("date", "format", &["timestamp", "url", "fallback", "style"]),
];

const STYLES: &str = "bold italic strike code underline highlight client_highlight unlink";

fn check_span(span: &Value, at: &str, wrong: &mut Wrong) {
    let kind = span["type"].as_str().unwrap_or("");
    let Some((_, must, may)) = SPANS.iter().find(|it| it.0 == kind) else {
        wrong.note(at, "/type", format!("unsupported type: {kind}"));
        return;
    };
    match span[must].as_str() {
        None => wrong.note(at, "", format!("missing required field: {must}")),
        Some("") => wrong.note(at, &format!("/{must}"), "must be more than 0 characters"),
        Some(_) => {}
    }
    let known: Vec<&str> = ["type", must].iter().chain(*may).copied().collect();
    check_fields(span, &known, at, wrong);
    for (name, value) in span["style"].as_object().into_iter().flatten() {
        let mut known = STYLES.split(' ');
        note!(wrong, !known.any(|it| it == name) || !value.is_boolean() => at, "/style", "invalid additional property: {name}");
    }
}

/// Notes what is wrong, where something is so.
macro_rules! note {
    ($wrong:ident, $when:expr => $at:expr, $below:expr, $($what:tt)*) => {
        if $when {
            $wrong.note($at, $below, format!($($what)*));
        }
    };
}
pub(super) use note;

#[derive(Default)]
pub(super) struct Wrong(pub(super) Vec<String>);

impl Wrong {
    pub(super) fn note(&mut self, at: impl Display, below: &str, what: impl Display) {
        self.0.push(format!("{what} [json-pointer:{at}{below}]"));
    }
}
