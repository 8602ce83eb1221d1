use proptest::prelude::*;

use super::*;

fn proof(results: &[&str], author: &str) -> Proof {
    let lines = results
        .iter()
        .map(|it| format!("Authentication-Results: mx.example.net; {it}\r\n"));
    let raw = lines.collect::<String>() + "From: x\r\n\r\n";
    let (headers, _) = Headers::split(raw.as_bytes());
    let name = "mx.example.net";
    of(&headers, Some(Verifier { name, hops: 0 }), author)
}

#[test]
fn a_pass_of_dmarc_proves_and_a_fail_disproves() {
    for (result, expected) in [
        ("dmarc=pass header.from=x.org", Proof::Proven),
        ("dmarc=PASS header.from=X.ORG", Proof::Proven),
        ("dmarc=pass", Proof::Proven),
        ("dmarc=pass header.from=other.org", Proof::Unproven),
        ("dmarc=pass header.from=org", Proof::Unproven),
        ("dmarc=pass header.from=evilx.org", Proof::Unproven),
        ("dmarc=pass header.from=sub.x.org", Proof::Unproven),
        ("dmarc=fail header.from=x.org", Proof::Failed),
        (
            "dmarc=fail header.from=x.org; dkim=pass header.d=x.org",
            Proof::Failed,
        ),
        ("dmarc=none header.from=x.org", Proof::Unproven),
        ("dmarc=none; dkim=pass header.d=x.org", Proof::Proven),
        ("dmarc=temperror header.from=x.org", Proof::Unproven),
        ("dmarc=permerror; dkim=pass header.d=x.org", Proof::Unproven),
        ("dmarc=bestguesspass header.from=x.org", Proof::Unproven),
        ("dmarc=passed", Proof::Unproven),
        ("arc=pass; dmarc-x=pass", Proof::Unproven),
        ("none", Proof::Unproven),
    ] {
        assert_eq!(proof(&[result], "ana@x.org"), expected, "{result}");
    }
}

#[test]
fn without_dmarc_a_signature_or_sender_of_the_same_domain_proves() {
    for (result, expected) in [
        ("dkim=pass header.d=x.org", Proof::Proven),
        ("dkim=pass header.i=@x.org", Proof::Proven),
        ("dkim=pass header.d=mail.x.org", Proof::Proven),
        ("dkim=pass header.i=ana@X.org", Proof::Proven),
        (
            "dkim=fail header.d=evil.org; dkim=pass header.d=x.org",
            Proof::Proven,
        ),
        ("dkim=fail header.d=x.org", Proof::Unproven),
        ("dkim=pass header.d=evil.org", Proof::Unproven),
        (
            "dkim=pass header.d=evil.org header.i=@x.org",
            Proof::Unproven,
        ),
        ("dkim=pass header.d=evilx.org", Proof::Unproven),
        ("dkim=pass header.d=x.org.evil.org", Proof::Unproven),
        ("dkim=pass header.d=org", Proof::Unproven),
        ("dkim=pass header.d=.", Proof::Unproven),
        ("dkim=pass", Proof::Unproven),
        ("spf=pass smtp.mailfrom=ana@x.org", Proof::Proven),
        ("spf=pass smtp.mailfrom=bounces.x.org", Proof::Proven),
        ("spf=pass smtp.mailfrom=evil.org", Proof::Unproven),
        (
            "spf=pass smtp.mailfrom=\"ana@x.org\"@evil.org",
            Proof::Unproven,
        ),
        ("spf=pass smtp.helo=x.org", Proof::Unproven),
        ("spf=softfail smtp.mailfrom=x.org", Proof::Unproven),
        ("auth=pass smtp.auth=Ana@x.org", Proof::Proven),
        ("auth=pass smtp.auth=eve@x.org", Proof::Unproven),
        ("auth=pass smtp.auth=ana", Proof::Unproven),
        ("auth=pass", Proof::Unproven),
        ("auth=fail smtp.auth=ana@x.org", Proof::Unproven),
    ] {
        assert_eq!(proof(&[result], "ana@x.org"), expected, "{result}");
    }
    assert_eq!(
        proof(&["dkim=pass header.d=x.org"], "ana@dept.x.org"),
        Proof::Proven
    );
    let umlaut = "dkim=pass header.d=xn--bcher-kva.example";
    assert_eq!(proof(&[umlaut], "ana@Bücher.example"), Proof::Proven);
}

#[test]
fn of_several_the_uppermost_counts_and_no_pass_outweighs_a_fail() {
    let forged =
        "dmarc=pass header.from=x.org; dkim=pass header.d=x.org; spf=pass smtp.mailfrom=x.org";
    for ours in [
        "dmarc=fail",
        "dmarc=none; dkim=none; spf=fail smtp.mailfrom=evil.org",
        "dmarc=temperror",
    ] {
        assert_ne!(proof(&[ours, forged], "ana@x.org"), Proof::Proven, "{ours}");
    }
    let slipped_in = "dkim=pass header.d=x.org; spf=pass smtp.mailfrom=x.org";
    let ours = "dkim=pass header.d=evil.org; spf=pass smtp.mailfrom=evil.org";
    assert_eq!(proof(&[ours, slipped_in], "ana@x.org"), Proof::Unproven);
    // Two filters of one server, each with a header of its own.
    let both = [
        "dmarc=pass header.from=x.org",
        "dkim=pass header.d=evil.org",
    ];
    assert_eq!(proof(&both, "ana@x.org"), Proof::Proven);
}

#[test]
fn without_a_name_to_believe_nothing_is_proven_or_disproven() {
    let raw = "Authentication-Results: mx.example.net; dmarc=fail\r\n\r\n";
    let (headers, _) = Headers::split(raw.as_bytes());
    assert_eq!(of(&headers, None, "ana@x.org"), Proof::Unproven);
}

#[test]
fn a_huge_header_costs_little_and_proves_nothing() {
    let began = std::time::Instant::now();
    for huge in [
        "(".repeat(1 << 20),
        format!("dmarc=pass ({})", "a".repeat(1 << 20)),
        "dkim=pass header.d=x.org;".repeat(50_000) + " (",
        "\"".repeat(1 << 20),
    ] {
        assert_eq!(proof(&[&huge], "ana@x.org"), Proof::Unproven);
    }
    let many = vec!["dkim=pass header.d=evil.org"; 5_000];
    assert_eq!(proof(&many, "ana@x.org"), Proof::Unproven);
    assert!(began.elapsed().as_secs() < 5);
}

proptest! {
    #[test]
    fn nobody_elses_domain_proves_an_author(named in "[a-z.@-]{0,20}", author in "[a-z]{1,5}(\\.[a-z]{2,5}){1,2}") {
        let ends = |a: &str, b: &str| a == b || a.ends_with(&format!(".{b}"));
        let domain = domain_of(&named);
        if is_aligned(&named, &author) {
            prop_assert!(ends(domain, &author) || (ends(&author, domain) && domain.contains('.')));
        }
    }
}
