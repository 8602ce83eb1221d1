//! The words of a structured header: what lies between its comments and blanks (RFC 5322, 3.2).
//!
//! **Invariant:** one pass from left to right, whatever nests; what never ends is no header.

/// Where reading has come to.
pub(super) struct Words<'a> {
    rest: &'a str,
}

/// A comment or a quoted string that never ends, or a word where there is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken;

impl<'a> Words<'a> {
    /// `header` is unfolded.
    pub(super) fn of(header: &'a str) -> Words<'a> {
        Words { rest: header }
    }

    /// Past blanks and comments. True at the end.
    pub(super) fn is_over(&mut self) -> Result<bool, Broken> {
        self.skip()?;
        Ok(self.rest.is_empty())
    }

    /// Takes this sign if it comes next.
    pub(super) fn takes(&mut self, sign: char) -> Result<bool, Broken> {
        self.skip()?;
        let after = self.rest.strip_prefix(sign);
        self.rest = after.unwrap_or(self.rest);
        Ok(after.is_some())
    }

    /// Letters, digits, `-` and `_`, in lower case.
    pub(super) fn keyword(&mut self) -> Result<String, Broken> {
        self.skip()?;
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let end = self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!word.is_empty())
            .then(|| word.to_ascii_lowercase())
            .ok_or(Broken)
    }

    /// All up to a blank, a comment or a semicolon. Quoted strings stand for what they say, also as a part of it, as in
    /// `"a b"@example.org`.
    pub(super) fn value(&mut self) -> Result<String, Broken> {
        self.skip()?;
        let mut value = String::new();
        while let Some(next) = self.rest.chars().next() {
            match next {
                '"' => value.push_str(&self.enclosed('"')?),
                ' ' | '\t' | ';' | '(' => break,
                _ => {
                    value.push(next);
                    self.rest = &self.rest[next.len_utf8()..];
                }
            }
        }
        (!value.is_empty()).then_some(value).ok_or(Broken)
    }

    fn skip(&mut self) -> Result<(), Broken> {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with('(') {
                return Ok(());
            }
            self.enclosed(')')?;
        }
    }

    /// From the sign that stands here to the one that ends it. Comments nest.
    fn enclosed(&mut self, end: char) -> Result<String, Broken> {
        let mut said = String::new();
        let mut depth = 0_usize;
        let mut signs = self.rest.char_indices();
        while let Some((at, sign)) = signs.next() {
            match sign {
                '\\' => said.extend(signs.next().map(|(_, quoted)| quoted)),
                '(' if end == ')' => depth += 1,
                '"' if end == '"' && depth == 0 => depth = 1,
                _ if sign == end && depth == 1 => {
                    self.rest = &self.rest[at + end.len_utf8()..];
                    return Ok(said);
                }
                ')' if end == ')' => depth -= 1,
                _ => said.push(sign),
            }
        }
        Err(Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn comments_and_quotes_are_read_as_such() {
        let mut words = Words::of(r#" (a (nested; one) \) x) KEY (b) = "a; \"b\" c"@x.org ; rest"#);
        assert_eq!(words.keyword().unwrap(), "key");
        assert!(words.takes('=').unwrap());
        assert_eq!(words.value().unwrap(), r#"a; "b" c@x.org"#);
        assert!(words.takes(';').unwrap());
        assert_eq!(words.value().unwrap(), "rest");
        assert!(words.is_over().unwrap());
    }

    #[test]
    fn what_never_ends_is_broken() {
        for broken in ["(", "((a)", r"(\)", "\"a", "", ";", "\"\""] {
            assert_eq!(Words::of(broken).value(), Err(Broken), "{broken}");
        }
        assert_eq!(Words::of("=").keyword(), Err(Broken));
    }

    proptest! {
        #[test]
        fn nothing_that_is_written_can_make_it_fail(header in r#"[a-z=;."()\\ @é]{0,200}"#) {
            let mut words = Words::of(&header);
            while let Ok(false) = words.is_over() {
                if words.value().is_err() && !words.takes(';').unwrap_or(false) {
                    break;
                }
            }
        }

        #[test]
        fn a_quoted_string_says_what_was_quoted(said in "[^\r\n]{1,50}") {
            let quoted = said.replace('\\', r"\\").replace('"', "\\\"");
            prop_assert_eq!(Words::of(&format!("\"{quoted}\"")).value(), Ok(said));
        }
    }
}
