//! `format=flowed` (RFC 3676): lines that were broken for the way are one line again.

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
