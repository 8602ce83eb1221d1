//! Whose word is taken: only what our own mail server can have written.
//!
//! **Invariant:** a header that came with the mail is never believed, whatever name it bears: all of them stand below the
//! `Received` of the server that took the mail in.

use super::results::Results;
use crate::inbound::header::Headers;

const RESULTS: &str = "Authentication-Results";
const RECEIVED: &str = "Received";

/// The server that is believed.
#[derive(Debug, Clone, Copy)]
pub struct Verifier<'a> {
    /// Under which it says what it verified: the authserv-id of RFC 8601.
    pub name: &'a str,
    /// So many `Received` of our own servers stand above what it says: none, where it hands the mail in by itself.
    pub hops: usize,
}

/// What it says, the newest first.
///
/// Each server puts its lines above those that came, and so do the filters (milters) that Postfix asks: theirs stand above
/// even its own `Received`, where no stranger can write. RFC 8601 (section 5) wants what bears our name taken off at the
/// border besides; few servers do so by themselves.
pub(super) fn results(headers: &Headers<'_>, verifier: Verifier<'_>) -> Vec<Results> {
    let mut hops = 0;
    let mut believed = Vec::new();
    for (name, value) in headers.named(&[RESULTS, RECEIVED]) {
        if name.eq_ignore_ascii_case(RESULTS) {
            let results = Results::read(&value);
            believed.extend(results.filter(|it| it.server.eq_ignore_ascii_case(verifier.name)));
        } else if hops == verifier.hops {
            break;
        } else {
            hops += 1;
        }
    }
    believed
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOP: &str =
        "Received: from x by mx.example.net (Postfix) with ESMTPS id 1; Fri, 3 May 2024\r\n";

    fn result(method: &str) -> String {
        format!("Authentication-Results: MX.example.net;\r\n {method}=pass\r\n")
    }

    fn believed(lines: &[&str], hops: usize) -> String {
        let raw = lines.concat() + "\r\n";
        let (headers, _) = Headers::split(raw.as_bytes());
        let name = "mx.example.net";
        let results = results(&headers, Verifier { name, hops });
        let methods = results.iter().flat_map(|it| &it.found);
        let methods = methods.map(|it| it.method.clone());
        methods.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_what_stands_above_what_came_is_believed() {
        let (a, b, forged) = (result("a"), result("b"), result("forged"));
        assert_eq!(believed(&[&a, &b, HOP, &forged], 0), "a b");
        assert_eq!(believed(&[HOP, &forged, HOP, &forged], 0), "");
        assert_eq!(believed(&[&a, "From: x\r\n", &b, HOP], 0), "a b");
        // A filter that hands the mail back, or a server behind the border.
        assert_eq!(believed(&[HOP, HOP, &a, HOP, &forged], 2), "a");
        assert_eq!(believed(&[HOP, HOP, &a, HOP, &forged], 1), "");
        let long = format!("Received: {}\r\n", "x".repeat(20_000));
        for odd in ["received:\r\n", "RECEIVED : (\r\n", &long] {
            assert_eq!(believed(&[&a, odd, &forged], 0), "a", "{odd}");
        }
    }

    #[test]
    fn only_the_name_that_was_configured_is_believed() {
        for name in [
            "evil.example",
            "mx.example.net.evil.example",
            "x.mx.example.net",
            "\"\"",
        ] {
            let other = format!("Authentication-Results: {name}; dmarc=pass\r\n");
            assert_eq!(believed(&[&other], 0), "", "{name}");
        }
        let quoted = "Authentication-Results: (x) \"mx.example.net\" 1; dmarc=pass\r\n";
        assert_eq!(believed(&[quoted], 0), "dmarc");
    }
}
