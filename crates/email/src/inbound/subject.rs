//! Subjects without what programs put before them.

/// In lower case, without the colon. Some count, as in `Re[2]:`.
const PREFIXES: &str = "re fw fwd aw wg antw antwort sv vs vb tr rv r rif i res enc odp pd ynt ilt vl doorst ha 回复 转发 ответ";

/// The thread's subject: without `Re:`, `Fwd:`, `AW:` and the like, and without the list's tag.
pub(crate) fn bare(subject: &str, list_name: &str) -> String {
    let words: Vec<&str> = subject.split_whitespace().collect();
    let joined = words.join(" ");
    let mut rest = joined.as_str();
    loop {
        let shorter = without_tag(without_prefix(rest), list_name);
        if shorter.len() == rest.len() {
            return rest.to_owned();
        }
        rest = shorter;
    }
}

fn without_prefix(subject: &str) -> &str {
    let Some((before, after)) = subject.split_once([':', '：']) else {
        return subject;
    };
    let word = before.trim().to_lowercase();
    let word = word.trim_end_matches([']', ')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let word = word.trim_end_matches(['[', '(', '^']).trim();
    match PREFIXES.split(' ').any(|it| it == word) {
        true => after.trim_start(),
        false => subject,
    }
}

/// Only this list's tag: other brackets are the author's.
fn without_tag<'a>(subject: &'a str, list_name: &str) -> &'a str {
    let tagged = subject
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'));
    match tagged {
        Some((tag, after)) if is_tag_of(tag, list_name) => after.trim_start(),
        _ => subject,
    }
}

fn is_tag_of(tag: &str, list_name: &str) -> bool {
    let tag = tag.trim().to_lowercase();
    let name = list_name.to_lowercase();
    tag == name || (tag.len() >= 3 && name.split_whitespace().next() == Some(tag.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_the_lists_tag_are_taken_off_in_any_order() {
        let bare = |subject| bare(subject, "Spring Gathering");
        assert_eq!(
            bare("Re: [Spring Gathering] AW: Fwd:  Who  brings bread?"),
            "Who brings bread?"
        );
        assert_eq!(bare("Re[2]: RE(3): [spring] Hall"), "Hall");
        assert_eq!(bare("[urgent] Hall"), "[urgent] Hall");
        assert_eq!(bare("Report: done"), "Report: done");
        assert_eq!(bare("Re:"), "");
    }
}
