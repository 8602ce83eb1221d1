//! Who a mail says it is from.

use conversation::{Author, AuthorKind};
use mailparse::MailAddr;

use super::header::{Headers, decode_words};
use crate::address::display_name;

/// One From field with one address in it; anything else names nobody.
///
/// Whether it is theirs is another question: see `proof`.
pub(crate) fn author(headers: &Headers<'_>) -> Option<Author> {
    if headers.all("From").count() != 1 {
        return None;
    }
    let field = headers.first_encoded("From")?;
    // Encoded words must be known as such: a colon or a comma in one means nothing.
    let line = format!("From: {field}").into_bytes();
    let (header, _) = mailparse::parse_header(&line).ok()?;
    let parsed = mailparse::addrparse_header(&header).ok()?;
    let [MailAddr::Single(single)] = parsed.as_slice() else {
        return None;
    };
    let address: lettre::Address = single.addr.trim().parse().ok()?;
    let account = address.to_string().to_lowercase();
    let name = single.display_name.as_deref().map(decode_words);
    Some(Author {
        picture: None,
        display_name: display_name(name.as_deref(), &account),
        account: account.into(),
        kind: AuthorKind::Person,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(from: &str) -> Option<String> {
        let raw = format!("{from}\r\n\r\n");
        let (headers, _) = Headers::split(raw.as_bytes());
        author(&headers).map(|it| format!("{} / {}", it.display_name, it.account))
    }

    #[test]
    fn one_address_is_one_author() {
        assert_eq!(
            said("From: =?utf-8?Q?Ana_L=C3=B3pez?= <Ana@Example.org>").unwrap(),
            "Ana López / ana@example.org"
        );
        assert_eq!(
            said("From: \"Lopez, Ana\" <ana@x.org>").unwrap(),
            "Lopez, Ana / ana@x.org"
        );
        assert_eq!(
            said("From: bo.berg@x.org (Bo)").unwrap(),
            "Bo Berg / bo.berg@x.org"
        );
    }

    #[test]
    fn no_several_and_broken_authors_are_nobody() {
        for from in [
            "X: y",
            "From:",
            "From: a@x.org\r\nFrom: b@x.org",
            "From: a@x.org, b@x.org",
            "From: undisclosed:;",
            "From: Ana",
        ] {
            assert_eq!(said(from), None, "{from}");
        }
    }
}
