//! Callers who speak something else than mail: a browser that was led to our port, a TLS client.
//!
//! **Invariant:** they are hung up on at their first line, so that nothing which comes behind it is taken for commands.

/// So do TLS, SOCKS and what is folded into the lines of others. An empty line is only a mistake.
pub(super) fn begins_no_command(first: u8) -> bool {
    !first.is_ascii_alphabetic() && !matches!(first, b'\r' | b'\n')
}

/// Of RFC 9110, RFC 5789 and the preface of HTTP/2. Requests by other methods end with their version.
const METHODS: &str = "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PRI";

/// A request, or one of its headers.
pub(super) fn is_http(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let last = words.last().unwrap_or_default();
    let is_method = METHODS.split(' ').any(|it| first.eq_ignore_ascii_case(it));
    is_method || first.contains(':') || last.to_ascii_uppercase().starts_with("HTTP/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_of_all_kinds_are_told_from_commands() {
        for (line, expected) in [
            ("GET / HTTP/1.1\r\n", true),
            ("get /", true),
            ("POST / HTTP/1.0\n", true),
            ("PROPFIND /x http/1.1\r\n", true),
            ("PRI * HTTP/2.0\r\n", true),
            ("Host: localhost:8024\r\n", true),
            ("Host:localhost\r\n", true),
            ("LHLO mx.example\r\n", false),
            ("MAIL FROM:<get@x.org> SIZE=1\r\n", false),
            ("rcpt to:<\"HTTP/1.1\"@x.org>\r\n", false),
            ("NOOP GET\r\n", false),
            ("GETTER\r\n", false),
            ("\r\n", false),
        ] {
            assert_eq!(is_http(line.as_bytes()), expected, "{line:?}");
        }
    }
}
