//! What a reader sees of an HTML mail: a small reader for what one bridge writes, apart from the adapter's own.

const TAGS: [(&str, &str); 9] = [
    ("b", "bold"),
    ("i", "italic"),
    ("u", "underline"),
    ("s", "strike"),
    ("code", "code"),
    ("pre", "block"),
    ("a", "link"),
    ("blockquote", "quote"),
    ("li", "list"),
];

/// What stands under each mark.
pub(crate) fn marks(html: &str) -> Vec<(&'static str, String)> {
    let (mut text, mut open, mut marks) = (String::new(), Vec::new(), Vec::new());
    for piece in html.split('<').skip(1) {
        let Some((tag, words)) = piece.split_once('>') else {
            continue;
        };
        let name = tag.split_whitespace().next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            if let Some(at) = open.iter().rposition(|it: &(&str, usize)| it.0 == name) {
                let (name, start) = open.remove(at);
                let mark = TAGS.iter().find(|it| it.0 == name);
                marks.extend(mark.map(|it| (it.1, text[start..].trim().to_owned())));
            }
        } else if let Some((name, _)) = TAGS.iter().find(|it| it.0 == name) {
            let leads = tag.contains(&format!("\"{}\"", super::seen::LINK.replace('&', "&amp;")));
            assert!(*name != "a" || leads, "a link of another place: {tag}");
            open.push((*name, text.len()));
        }
        text.push_str(&unescaped(words));
    }
    marks
}

fn unescaped(text: &str) -> String {
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    signs
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
