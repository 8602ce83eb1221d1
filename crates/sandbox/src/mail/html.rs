//! HTML to text and back, just enough to show a mail and to write one; and `format=flowed` (RFC 3676).

/// Tags go, their line breaks and the words stay.
pub(crate) fn to_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once('<') {
        push_words(&mut text, before);
        let (tag, after) = tail.split_once('>').unwrap_or((tail, ""));
        rest = skip_invisible(tag, after);
        if breaks_line(tag) && !text.ends_with("\n\n") {
            text.push('\n');
        }
    }
    push_words(&mut text, rest);
    text.trim().to_owned()
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// As mail programs do: one block for each line.
pub(crate) fn of_text(text: &str) -> String {
    text.lines()
        .map(|line| match line.trim() {
            "" => "<div><br></div>\r\n".to_owned(),
            _ => format!("<div>{}</div>\r\n", escape(line)),
        })
        .collect()
}

fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches('/');
    let end = name.find(|it: char| !it.is_ascii_alphanumeric());
    name[..end.unwrap_or(name.len())].to_ascii_lowercase()
}

fn breaks_line(tag: &str) -> bool {
    match name_of(tag).as_str() {
        "br" => true,
        "p" | "div" | "li" | "tr" | "blockquote" | "h1" | "h2" | "h3" => tag.starts_with('/'),
        _ => false,
    }
}

fn skip_invisible<'a>(tag: &str, after: &'a str) -> &'a str {
    let name = name_of(tag);
    if tag.starts_with('/') || !["style", "script", "head", "title"].contains(&name.as_str()) {
        return after;
    }
    let end = after.to_ascii_lowercase().find(&format!("</{name}"));
    end.map_or("", |end| &after[end..])
}

fn push_words(text: &mut String, words: &str) {
    let mut gap = words.starts_with(char::is_whitespace);
    for word in words.split_whitespace() {
        if gap && !text.is_empty() && !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        text.push_str(&unescape(word));
        gap = true;
    }
    if words.ends_with(char::is_whitespace) && !text.is_empty() && !text.ends_with('\n') {
        text.push(' ');
    }
}

fn unescape(word: &str) -> String {
    word.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// With `delete_space` (DelSp) the space that marks a soft break is not part of the text.
pub(crate) fn unflow(text: &str, delete_space: bool) -> String {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let depth = line.bytes().take_while(|it| *it == b'>').count();
        let words = &line[depth..];
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == "-- ";
        match lines.last_mut() {
            Some((last, open)) if is_open && *last == depth && !is_signature => {
                if delete_space {
                    open.pop();
                }
                open.push_str(words);
            }
            _ => lines.push((depth, words.to_owned())),
        }
        is_open = words.ends_with(' ') && !is_signature;
    }
    let quoted = |(depth, words): (usize, String)| match depth {
        0 => words,
        depth => format!("{} {words}", ">".repeat(depth)),
    };
    let lines: Vec<String> = lines.into_iter().map(quoted).collect();
    lines.join("\n")
}
