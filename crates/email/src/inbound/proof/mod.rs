//! Whether a mail is from whom it says, by what our own mail server verified.
//!
//! **Invariant:** only a proof proves. What contradicts itself, is broken or cannot be read proves nothing, and a failure
//! is believed whoever else says the contrary.

mod believed;
mod results;
mod words;

use conversation::Proof;

pub use self::believed::Verifier;
use self::results::{Found, Results};
use super::header::Headers;

/// Without a server whose word is taken nobody is believed. `author` is the address in From.
pub(crate) fn of(headers: &Headers<'_>, verifier: Option<Verifier<'_>>, author: &str) -> Proof {
    let (Some(verifier), Some((_, domain))) = (verifier, author.rsplit_once('@')) else {
        return Proof::Unproven;
    };
    let believed = believed::results(headers, verifier);
    let proof = by_dmarc(&believed, domain);
    proof.unwrap_or_else(|| {
        match is_logged_in(&believed, author) || is_of_domain(&believed, domain) {
            true => Proof::Proven,
            false => Proof::Unproven,
        }
    })
}

/// The verdict of DMARC (RFC 9989), if there is one: none is given on a domain that publishes no policy.
fn by_dmarc(believed: &[Results], author: &str) -> Option<Proof> {
    let all = believed.iter().flat_map(|it| &it.found);
    let verdicts: Vec<&Found> = all.filter(|it| it.method == "dmarc").collect();
    let is = |result: &'static str| move |it: &&Found| it.result == result;
    let is_of_author = |it: &&Found| {
        let from = it.property("header.from");
        from.is_none_or(|it| is_above(it, author))
    };
    if verdicts.iter().any(is("fail")) {
        return Some(Proof::Failed);
    }
    if verdicts.iter().all(is("none")) {
        return None;
    }
    match verdicts.iter().all(is("pass")) && verdicts.iter().all(is_of_author) {
        true => Some(Proof::Proven),
        false => Some(Proof::Unproven),
    }
}

/// Who hands in mail under their own account of our server is not verified like a stranger (RFC 8601, 2.7.4).
fn is_logged_in(believed: &[Results], author: &str) -> bool {
    newest(believed, "auth").any(|it| {
        let account = it.property("smtp.auth");
        it.result == "pass" && account.is_some_and(|it| it.eq_ignore_ascii_case(author))
    })
}

/// What DMARC would go by: a signature or a sender of the author's own domain.
fn is_of_domain(believed: &[Results], author: &str) -> bool {
    let signed = newest(believed, "dkim").any(|it| {
        let domain = it.property("header.d").or(it.property("header.i"));
        it.result == "pass" && domain.is_some_and(|it| is_aligned(it, author))
    });
    let sent = newest(believed, "spf").any(|it| {
        let sender = it.property("smtp.mailfrom");
        it.result == "pass" && sender.is_some_and(|it| is_aligned(it, author))
    });
    signed || sent
}

/// Of the uppermost header that speaks of the method: where one slipped in that came with the mail, it stands below.
fn newest<'r>(believed: &'r [Results], method: &str) -> impl Iterator<Item = &'r Found> {
    let speaks = |it: &&Results| it.found.iter().any(|it| it.method == method);
    let found = believed.iter().find(speaks).map(|it| &it.found);
    let method = method.to_owned();
    let all = found.into_iter().flatten();
    all.filter(move |it| it.method == method)
}

/// Relaxed: the same domain, or one of the two below the other. Where one organisation ends only DNS could tell, but
/// nobody signs or sends for a domain without having its zone, or the one above.
fn is_aligned(named: &str, author: &str) -> bool {
    is_above(named, author) || is_above(author, domain_of(named))
}

/// `upper` may be an address. No top-level domain is above anybody.
fn is_above(upper: &str, domain: &str) -> bool {
    let (Some(upper), Some(domain)) = (ascii(domain_of(upper)), ascii(domain)) else {
        return false;
    };
    let below = domain.strip_suffix(&upper);
    below.is_some_and(|it| it.is_empty() || (it.ends_with('.') && upper.contains('.')))
}

fn domain_of(address: &str) -> &str {
    let (_, domain) = address.rsplit_once('@').unwrap_or(("", address));
    domain.strip_suffix('.').unwrap_or(domain)
}

/// People write `bücher.example`, and servers `xn--bcher-kva.example`.
fn ascii(domain: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii(domain).ok();
    ascii.filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests;
