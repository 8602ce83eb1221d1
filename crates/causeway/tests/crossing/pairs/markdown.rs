//! What a reader sees of Discord's Markdown: a small reader for what one bridge writes, apart from the adapter's own.

/// The words without signs, and what stands under each mark.
pub(crate) fn read(source: &str) -> (String, Vec<(&'static str, String)>) {
    let mut reader = Reader::default();
    let mut rest = source;
    while !rest.is_empty() {
        rest = reader.step(rest);
    }
    (reader.text, reader.marks)
}

const SIGNS: [(&str, &str); 6] = [
    ("**", "bold"),
    ("__", "underline"),
    ("~~", "strike"),
    ("||", "spoiler"),
    ("*", "italic"),
    ("_", "italic"),
];

#[derive(Default)]
struct Reader {
    text: String,
    marks: Vec<(&'static str, String)>,
    /// Sign, name and where it began.
    open: Vec<(&'static str, &'static str, usize)>,
}

impl Reader {
    fn step<'a>(&mut self, rest: &'a str) -> &'a str {
        if self.text.is_empty() || self.text.ends_with('\n') {
            for (sign, name) in [("> ", "quote"), ("- ", "list"), ("* ", "list")] {
                if let Some(after) = rest.strip_prefix(sign) {
                    let line = after.lines().next().unwrap_or_default();
                    self.marks.push((name, read(line).0));
                    return after;
                }
            }
        }
        if let Some(after) = rest.strip_prefix('\\') {
            let sign = after.chars().next().filter(char::is_ascii_punctuation);
            let Some(sign) = sign else {
                self.text.push('\\');
                return after;
            };
            self.text.push(sign);
            return &after[1..];
        }
        if let Some((code, after)) = between(rest, "```", "```") {
            let (_, code) = code.split_once('\n').unwrap_or(("", code));
            return self.taken("block", code.trim_end_matches('\n'), after);
        }
        if let Some((code, after)) = between(rest, "`", "`") {
            return self.taken("code", code, after);
        }
        if let Some((words, after)) = between(rest, "[", "](")
            && let Some((url, after)) = after.split_once(')')
        {
            let url = url.trim_matches(['<', '>']);
            assert_eq!(url, super::seen::LINK, "a link of another place");
            return self.taken("link", words, after);
        }
        for (sign, name) in SIGNS {
            if let Some(after) = rest.strip_prefix(sign) {
                self.toggle(sign, name);
                return after;
            }
        }
        let mut chars = rest.chars();
        // A space of no width keeps `@everyone` from ringing, and nobody sees it.
        self.text
            .extend(chars.next().filter(|it| *it != '\u{200b}'));
        chars.as_str()
    }

    fn taken<'a>(&mut self, name: &'static str, words: &str, after: &'a str) -> &'a str {
        self.text.push_str(words);
        self.marks.push((name, words.to_owned()));
        after
    }

    fn toggle(&mut self, sign: &'static str, name: &'static str) {
        match self.open.iter().rposition(|it| it.0 == sign) {
            Some(at) => {
                let (_, name, start) = self.open.remove(at);
                self.marks.push((name, self.text[start..].to_owned()));
            }
            None => self.open.push((sign, name, self.text.len())),
        }
    }
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(begin)?.split_once(end)
}

#[test]
fn the_reader_of_markdown_reads_what_people_see() {
    let (text, marks) = read("a \\*b\\* **c _d_** `e*` > f\n> g\n- h \\\\ ||i||");
    assert_eq!(text, "a *b* c d e* > f\ng\nh \\ i");
    let marks: Vec<String> = marks.iter().map(|(a, b)| format!("{a} {b}")).collect();
    assert_eq!(
        marks.join("; "),
        "italic d; bold c d; code e*; quote g; list h \\ i; spoiler i"
    );
}
