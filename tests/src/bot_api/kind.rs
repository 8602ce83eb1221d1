//! The types of the schema, as its words name them.

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Float,
    Text,
    Boolean,
    /// Bytes that are uploaded, or a text that names a file.
    InputFile,
    Array(Box<Kind>),
    Named(String),
}

impl Kind {
    pub(super) fn parse(words: &str) -> Kind {
        if let Some(inner) = words.strip_prefix("Array of ") {
            return Kind::Array(Box::new(Kind::parse(inner)));
        }
        match words {
            "Integer" => Kind::Integer,
            "Float" => Kind::Float,
            "String" => Kind::Text,
            "Boolean" | "True" => Kind::Boolean,
            "InputFile" => Kind::InputFile,
            name => Kind::Named(name.to_owned()),
        }
    }
}

/// Fields whose descriptions list their values between quotation marks.
const LISTED: [&str; 5] = ["type", "status", "source", "emoji", "state"];

/// All values that a field can have, where its description says so; empty where anything goes.
pub(super) fn allowed_words(field: &str, description: &str) -> Vec<String> {
    if !LISTED.contains(&field) {
        return Vec::new();
    }
    let starts = ["always ", "must be ", "can be ", "one of "];
    let Some(start) = starts.iter().filter_map(|it| description.find(it)).min() else {
        return Vec::new();
    };
    let rest = &description[start..];
    let quoted = quoted(rest);
    match rest.strip_prefix("must be ") {
        Some(word) if quoted.is_empty() => vec![word.trim_end_matches('.').to_owned()],
        _ => quoted,
    }
}

fn quoted(text: &str) -> Vec<String> {
    let pieces = text.split(['"', '“', '”']);
    pieces.skip(1).step_by(2).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_field_come_from_its_description() {
        assert_eq!(
            allowed_words("status", "The member's status in the chat, always \"left\""),
            ["left"]
        );
        assert_eq!(
            allowed_words(
                "type",
                "Poll type, currently can be \"regular\" or \"quiz\""
            ),
            ["regular", "quiz"]
        );
        assert_eq!(
            allowed_words("type", "Type of the media, must be photo"),
            ["photo"]
        );
        assert!(allowed_words("text", "can be \"anything\"").is_empty());
    }
}
