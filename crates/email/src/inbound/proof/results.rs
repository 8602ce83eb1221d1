//! `Authentication-Results` (RFC 8601, section 2.2): what a mail server says that it verified.
//!
//! **Invariant:** a header is read whole or not at all: half of one could say the opposite.

use super::words::{Broken, Words};

/// What one server says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Results {
    /// The server's own name, the authserv-id.
    pub(super) server: String,
    pub(super) found: Vec<Found>,
}

/// What one method found, as in `dkim=pass header.d=example.org`. All in lower case but the values.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) method: String,
    pub(super) result: String,
    properties: Vec<(String, String)>,
}

impl Found {
    pub(super) fn property(&self, name: &str) -> Option<&str> {
        let found = self.properties.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Results {
    /// `header` is unfolded, its encoded words as they are. `None` if it is broken, or of a version that nobody knows yet.
    pub(super) fn read(header: &str) -> Option<Results> {
        read(&mut Words::of(header)).ok().flatten()
    }
}

fn read(words: &mut Words<'_>) -> Result<Option<Results>, Broken> {
    let server = words.value()?;
    let mut found = Vec::new();
    if !words.is_over()? && !words.takes(';')? {
        if words.value()? != "1" {
            return Ok(None);
        }
        if !words.is_over()? && !words.takes(';')? {
            return Err(Broken);
        }
    }
    // Some end with a semicolon, and some with two.
    while !words.is_over()? {
        if !words.takes(';')? {
            found.extend(method(words)?);
        }
    }
    Ok(Some(Results { server, found }))
}

/// Up to its semicolon. `None` for `none`: nothing was verified.
fn method(words: &mut Words<'_>) -> Result<Option<Found>, Broken> {
    let method = words.keyword()?;
    let is_of_another_version = words.takes('/')? && words.keyword()? != "1";
    if !words.takes('=')? {
        let is_none = method == "none" && (words.is_over()? || words.takes(';')?);
        return is_none.then_some(None).ok_or(Broken);
    }
    let result = words.keyword()?;
    let mut properties = Vec::new();
    while !words.is_over()? && !words.takes(';')? {
        properties.push(property(words)?);
    }
    let found = Found {
        method,
        result,
        properties,
    };
    Ok((!is_of_another_version).then_some(found))
}

/// As in `header.d=example.org`. Servers write some without a type, as `action=none`.
fn property(words: &mut Words<'_>) -> Result<(String, String), Broken> {
    let mut name = words.keyword()?;
    if words.takes('.')? {
        name = format!("{name}.{}", words.keyword()?);
    }
    match words.takes('=')? {
        true => Ok((name, words.value().unwrap_or_default())),
        false => Err(Broken),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;

    fn said(header: &str) -> String {
        let Some(results) = Results::read(header) else {
            return "broken".to_owned();
        };
        let line = |it: &Found| {
            let values = it
                .properties
                .iter()
                .map(|(key, value)| format!(" {key}={value}"));
            format!(
                "\n{} {}{}",
                it.method,
                it.result,
                values.collect::<String>()
            )
        };
        results.server + &results.found.iter().map(line).collect::<String>()
    }

    /// In the forms of RFC 8601, appendix B.
    #[test]
    fn the_forms_of_the_rfc_are_read() {
        assert_snapshot!(said("example.org 1; none"), @"example.org");
        assert_snapshot!(said("foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . (like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462"), @r"
        foo.example.net
        dkim fail policy.expired=1362471462
        ");
        assert_snapshot!(said(r#"example.com; dkim=pass reason="good signature" header.i=@mail-router.example.net; dkim=fail reason="bad; signature" header.i=@newyork.example.com"#), @r"
        example.com
        dkim pass reason=good signature header.i=@mail-router.example.net
        dkim fail reason=bad; signature header.i=@newyork.example.com
        ");
        assert_snapshot!(said("example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=fail smtp.mailfrom=example.net"), @r"
        example.com
        auth pass smtp.auth=sender@example.net
        spf fail smtp.mailfrom=example.net
        ");
    }

    /// As the great providers and the programs behind Postfix write it.
    #[test]
    fn what_servers_write_is_read() {
        assert_snapshot!(said("mx.google.com; dkim=pass header.i=@example.org header.s=s1 header.b=abC+/x8=; spf=pass (google.com: domain of ana@example.org designates 192.0.2.1 as permitted sender) smtp.mailfrom=ana@example.org; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=example.org"), @r"
        mx.google.com
        dkim pass header.i=@example.org header.s=s1 header.b=abC+/x8=
        spf pass smtp.mailfrom=ana@example.org
        dmarc pass header.from=example.org
        ");
        assert_snapshot!(said("spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.org; dkim=pass (signature was verified) header.d=example.org;dmarc=bestguesspass action=none header.from=example.org;compauth=pass reason=109"), @"broken");
        assert_snapshot!(said("mx1.messagingengine.com; x-csa=none; dkim=pass (2048-bit rsa key sha256) header.d=example.org header.i=@example.org header.b=Ab header.a=rsa-sha256 header.s=fm1 x-bits=2048; dmarc=pass policy.published-domain-policy=none policy.applied-disposition=none policy.evaluated-disposition=none (p=none,d=none,d.eval=none) policy.policy-from=p header.from=example.org;"), @r"
        mx1.messagingengine.com
        x-csa none
        dkim pass header.d=example.org header.i=@example.org header.b=Ab header.a=rsa-sha256 header.s=fm1 x-bits=2048
        dmarc pass policy.published-domain-policy=none policy.applied-disposition=none policy.evaluated-disposition=none policy.policy-from=p header.from=example.org
        ");
        assert_snapshot!(said("mx.example.net; dkim=none; dmarc=fail reason=\"SPF not aligned (relaxed), No valid DKIM\" header.from=example.org (policy=quarantine); spf=pass (mx.example.net: domain of x@elsewhere.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=x@elsewhere.example"), @r"
        mx.example.net
        dkim none
        dmarc fail reason=SPF not aligned (relaxed), No valid DKIM header.from=example.org
        spf pass smtp.mailfrom=x@elsewhere.example
        ");
        assert_snapshot!(said(r#"mx.example.net; dkim=pass (2048-bit key; unprotected) header.d=example.org header.i=@example.org header.a=rsa-sha256 header.s=mail header.b="Ab+/1x"; dkim-atps=neutral"#), @r"
        mx.example.net
        dkim pass header.d=example.org header.i=@example.org header.a=rsa-sha256 header.s=mail header.b=Ab+/1x
        dkim-atps neutral
        ");
        assert_snapshot!(said("OpenDMARC; dmarc=pass (p=none dis=none) header.from=example.org"), @r"
        OpenDMARC
        dmarc pass header.from=example.org
        ");
        assert_snapshot!(said("mx.example.net; spf=pass smtp.mailfrom=\"; dmarc=pass header.from=example.org; x\"@evil.example"), @r"
        mx.example.net
        spf pass smtp.mailfrom=; dmarc=pass header.from=example.org; x@evil.example
        ");
    }

    #[test]
    fn what_is_broken_or_of_another_version_says_nothing() {
        for header in [
            "",
            ";",
            "mx.example.net 2; dmarc=pass",
            "mx.example.net one; dmarc=pass",
            "mx.example.net; dmarc",
            "mx.example.net; =pass",
            "mx.example.net; dmarc=",
            "mx.example.net; dmarc=pass header.from",
            "mx.example.net; dmarc=pass (",
            "mx.example.net; dmarc=pass header.from=\"",
            "mx.example.net; none dmarc=pass",
        ] {
            assert_eq!(Results::read(header), None, "{header}");
        }
        assert_snapshot!(said("mx.example.net; dmarc/2=pass"), @"mx.example.net");
        assert_snapshot!(said("mx.example.net"), @"mx.example.net");
    }

    proptest! {
        #[test]
        fn any_header_is_read_or_refused(header in r#"(mx|1|;|=|\.|"|\(|\)|\\| |dmarc|pass|none|/|é){0,60}"#) {
            let _ = Results::read(&header);
        }

        #[test]
        fn what_stands_in_quotes_or_comments_is_no_result(words in "[a-z=; .]{0,40}") {
            let header = format!("mx; spf=fail ({words}) smtp.mailfrom=\"{words}\"@x.org");
            let results = Results::read(&header).unwrap();
            prop_assert_eq!(results.found.len(), 1);
            prop_assert_eq!(&results.found[0].result, "fail");
        }
    }
}
