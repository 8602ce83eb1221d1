//! What each line of a configuration is about, told by its looks alone: for whoever cannot ask the parser any more.

pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: usize,
    /// The section, or the key with its section before it: `log`, `log.filter`, `rooms[1].name`.
    pub(super) path: String,
    pub(super) is_section: bool,
    /// Its value may go on on the next line.
    pub(super) opens_more: bool,
}

impl Line {
    /// Without the number of a section that is one of many.
    pub(super) fn of_one(&self) -> &str {
        match self.path.rsplit_once('[') {
            Some((path, _)) if self.is_section => path,
            _ => &self.path,
        }
    }
}

/// The lines that name a section or a key.
pub(super) fn named(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut section, mut lists) = (String::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{feff}').trim();
        let header = line.strip_prefix('[');
        let path = match (header, key(line)) {
            (Some(name), _) => {
                section = header_of(name, &mut lists);
                section.clone()
            }
            (None, Some(key)) if section.is_empty() => key,
            (None, Some(key)) => format!("{section}.{key}"),
            (None, None) => continue,
        };
        let value = line.split_once('=').map(|(_, value)| value.trim_start());
        lines.push(Line {
            number,
            path,
            is_section: header.is_some(),
            opens_more: header.is_none()
                && value.is_some_and(|it| it.starts_with(['[', '{', '"', '\''])),
        });
    }
    lines
}

/// With its number, where it is one of many.
fn header_of(header: &str, lists: &mut Vec<String>) -> String {
    let Some(name) = header.strip_prefix('[') else {
        return inside(header);
    };
    let name = inside(name);
    let earlier = lists.iter().filter(|it| **it == name).count();
    lists.push(name.clone());
    format!("{name}[{earlier}]")
}

fn inside(header: &str) -> String {
    let name = header.split([']', '#']).next().unwrap_or_default();
    without_marks(name)
}

/// What stands before the sign, or where it is missing, the first word.
fn key(line: &str) -> Option<String> {
    let fits = |it: char| it.is_alphanumeric() || "_-.".contains(it);
    let name = match line.split_once('=') {
        Some((name, _)) => without_marks(name),
        None => line.split(|it| !fits(it)).next()?.to_owned(),
    };
    (!name.is_empty() && name.chars().all(fits)).then_some(name)
}

fn without_marks(name: &str) -> String {
    let parts = name
        .split('.')
        .map(|it| it.trim().trim_matches(['"', '\'']));
    parts.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_the_path_that_it_is_about() {
        let text = "[log]\nfilter = \"x\"\n# a = 1\n[[rooms]]\n[[rooms]]\n name=\"b\"\n[ \"http\" ] # x\nlisten: x";
        let paths: Vec<(usize, String)> = named(text)
            .into_iter()
            .map(|it| (it.number, it.path))
            .collect();
        let expected = [
            (1, "log"),
            (2, "log.filter"),
            (4, "rooms[0]"),
            (5, "rooms[1]"),
            (6, "rooms[1].name"),
            (7, "http"),
            (8, "http.listen"),
        ];
        assert_eq!(paths, expected.map(|(line, path)| (line, path.to_owned())));
    }
}
