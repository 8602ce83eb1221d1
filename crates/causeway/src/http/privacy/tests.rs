use axum::http::header::CONTENT_SECURITY_POLICY;

use super::*;

fn page(heading: &str, theirs: &str) -> PrivacyPage {
    let lines = vec![
        Line::Words("Telegram".to_owned()),
        Line::Command("mydata".to_owned(), "all that I hold of you".to_owned()),
        Line::Theirs(theirs.to_owned()),
    ];
    PrivacyPage {
        language: "en",
        heading: heading.to_owned(),
        begins: "As it is now.".to_owned(),
        sections: vec![Section {
            heading: "Where it goes".to_owned(),
            lines,
        }],
    }
}

/// A community's name and words, and the operator's, are text.
#[test]
fn whatever_stands_in_it_is_text() {
    let evil = "<script>alert('x')</script>\"&";
    let html = written(&page(evil, evil), Some(evil));
    assert!(!html.contains("<script"));
    assert!(!html.contains("alert('x')"));
    assert_eq!(html.matches("&lt;script&gt;").count(), 4);
}

#[test]
fn only_addresses_lead_anywhere() {
    let led = |contact| {
        let html = written(&page("Hill Farm", ""), Some(contact));
        let at = html.find("<address>").expect("it stands there");
        html[at..].lines().next().expect("a line").to_owned()
    };
    insta::assert_snapshot!(led("hello@example.org"), @r#"<address><a href="mailto:hello@example.org">hello@example.org</a></address>"#);
    insta::assert_snapshot!(led("https://example.org/x"), @r#"<address><a href="https://example.org/x">https://example.org/x</a></address>"#);
    insta::assert_snapshot!(led("javascript:alert(1)"), @"<address>javascript:alert(1)</address>");
    insta::assert_snapshot!(led("the office, 2nd floor"), @"<address>the office, 2nd floor</address>");
}

#[test]
fn nothing_runs_and_only_its_own_look_is_taken() {
    let response = guarded(StatusCode::OK.into_response());
    let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str();
    let policy = policy.expect("text");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(policy.ends_with("; frame-ancestors 'none'; sandbox"));
    assert_eq!(response.headers()["cache-control"], "private, no-store");
}
