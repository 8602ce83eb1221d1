//! What holds for any text at all.

use conversation::{Inbound, Markup, Timestamp};
use email::{
    Arrival, Normalised, ReplyText, Verifier, markup_from_html, markup_from_plain, markup_to_html,
    markup_to_plain, normalise, reply_text, reply_text_of_html, reply_text_of_plain,
};
use proptest::prelude::*;

use crate::support::spring;

/// Lines that mails are made of.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{0,12}",
        "> [a-z]{1,6}",
        ">> [a-z]{1,6}",
        Just(String::new()),
        Just("-- ".to_owned()),
        Just("Sent from my iPhone".to_owned()),
        Just("On 3 May 2024 at 10:00, Bo <bo@y.org> wrote:".to_owned()),
        Just("On 3 May 2024 at 10:00, Bo".to_owned()),
        Just("<bo@y.org> wrote:".to_owned()),
        Just("-----Original Message-----".to_owned()),
        Just("From: Bo".to_owned()),
        Just("Sent: 3 May 2024".to_owned()),
        Just("To: Ana".to_owned()),
        Just("________________________________".to_owned()),
        Just("-Ana".to_owned()),
        Just("Begin forwarded message:".to_owned()),
        "\\PC{0,8}",
    ]
}

fn mail() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..14).prop_map(|lines| lines.join("\n"))
}

fn html() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z ]{0,8}",
        "</?(p|div|b|i|a|ul|ol|li|blockquote|pre|table|tr|td|script|style|span|br|hr|x)>",
        Just("<a href=\"https://x.org/?a=1&b=2\">".to_owned()),
        Just("<blockquote type=cite>".to_owned()),
        Just("<div class=gmail_attr>".to_owned()),
        Just("&amp;&lt;&nbsp;&#128512;&bogus;".to_owned()),
        Just("<!-- x".to_owned()),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Letters and digits, sorted: what nobody may lose.
const VERIFIER: Option<Verifier<'static>> = Some(Verifier {
    name: "mx.example",
    hops: 0,
});

fn letters(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// What mails of several parts are made of, in any order, some of it deep.
fn mime() -> impl Strategy<Value = String> {
    let nested = prop::sample::select(vec![
        "<ul><li>",
        "<blockquote>",
        "<b><i>",
        "<a href=http://x.org>",
        "<div>",
        "<td>",
    ]);
    prop_oneof![
        Just("Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_owned()),
        Just("Content-Type: multipart/alternative; boundary=\"c d\"\r\n\r\n".to_owned()),
        Just("Content-Type: text/html; charset=utf-16\r\n\r\n".to_owned()),
        Just("Content-Type: text/html\r\n\r\n".to_owned()),
        Just("Content-Type: message/rfc822\r\n\r\n".to_owned()),
        Just("Content-Transfer-Encoding: base64\r\n".to_owned()),
        Just("Content-Disposition: attachment; filename*0*=utf-8''%\r\n".to_owned()),
        Just("\r\n--b\r\n".to_owned()),
        Just("\r\n--c d\r\n".to_owned()),
        Just("\r\n--b--\r\n".to_owned()),
        Just("\r\n\r\n".to_owned()),
        (nested, 1_usize..120).prop_map(|(tag, times)| tag.repeat(times) + "words"),
        html(),
        mail(),
    ]
}

fn all_letters(reply: &ReplyText) -> String {
    letters(&(markup_to_plain(&reply.new) + &reply.elided))
}

proptest! {
    #![proptest_config(conversation::arbitrary::cases(256))]

    #[test]
    fn no_letter_of_a_mail_is_lost(mail in mail()) {
        let reply = reply_text_of_plain(&mail, Some("Ana"));
        prop_assert_eq!(all_letters(&reply), letters(&mail));
    }

    #[test]
    fn no_letter_of_an_html_mail_is_lost(html in html()) {
        let whole = markup_to_plain(&markup_from_html(&html));
        let reply = reply_text_of_html(&html, Some("Ana"));
        // A link's address is shown beside its words, once for the line and once for the rest of it.
        let without_links = |text: &str| letters(&text.replace("https://x.org/?a=1&b=2", ""));
        let both = markup_to_plain(&reply.new) + &reply.elided;
        prop_assert_eq!(without_links(&both), without_links(&whole));
    }

    #[test]
    fn what_stays_of_a_mail_says_something(mail in mail()) {
        let reply = reply_text_of_plain(&mail, None);
        let says = |text: &str| !text.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty();
        prop_assert_eq!(says(&markup_to_plain(&reply.new)), says(&mail));
    }

    #[test]
    fn plain_text_keeps_its_letters(text in "\\PC{0,200}") {
        prop_assert_eq!(letters(&markup_to_plain(&markup_from_plain(&text))), letters(&text));
    }

    #[test]
    fn text_survives_html_and_back(text in "[a-z<>&\"' \\n]{0,60}") {
        let html = markup_to_html(&Markup::plain(&text));
        prop_assert_eq!(letters(&markup_to_plain(&markup_from_html(&html))), letters(&text));
    }

    #[test]
    fn html_that_we_write_holds_no_script(html in html()) {
        let written = markup_to_html(&markup_from_html(&html)).to_lowercase();
        prop_assert!(!written.contains("<script") && !written.contains("<img") && !written.contains("javascript:"));
    }

    #[test]
    fn any_bytes_are_answered(raw in prop::collection::vec(any::<u8>(), 0..400)) {
        let arrival = Arrival { raw: &raw, envelope_from: None, verifier: VERIFIER, now: Timestamp(0) };
        let _ = normalise(&arrival, &spring(), "causeway.example");
        let _ = reply_text(&raw);
    }

    #[test]
    fn any_tree_of_parts_is_answered_and_can_be_kept(pieces in prop::collection::vec(mime(), 0..30)) {
        let raw = format!("From: ana@x.org\r\n{}", pieces.concat());
        let arrival = Arrival { raw: raw.as_bytes(), envelope_from: None, verifier: VERIFIER, now: Timestamp(0) };
        if let Normalised::Posted(incoming) = normalise(&arrival, &spring(), "causeway.example") {
            let kept = serde_json::to_string(&incoming.inbound).unwrap();
            let read: Inbound = serde_json::from_str(&kept).unwrap();
            prop_assert_eq!(read, incoming.inbound);
        }
    }

    #[test]
    fn any_header_is_answered(
        name in "(From|Authentication-Results|Received|Subject|Date|Content-Type|Content-Disposition|References|Message-ID|Content-Transfer-Encoding)",
        value in "[a-zA-Z0-9=?*'%;:\"<>@,. \\t\\\\()\\[\\]/_+-]{0,80}|\\PC{0,40}",
        body in "\\PC{0,40}",
    ) {
        let raw = format!("From: ana@x.org\r\n{name}: {value}\r\n\r\n{body}");
        let arrival = Arrival { raw: raw.as_bytes(), envelope_from: None, verifier: VERIFIER, now: Timestamp(0) };
        let _ = normalise(&arrival, &spring(), "causeway.example");
    }
}
