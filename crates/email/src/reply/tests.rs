use insta::assert_snapshot;

use super::*;
use crate::plain::markup_to_plain;

fn show(reply: &ReplyText) -> String {
    format!(
        "{}\n=== elided\n{}",
        markup_to_plain(&reply.new),
        reply.elided
    )
}

fn plain(text: &str) -> String {
    show(&reply_text_of_plain(text, Some("Ana Lopez")))
}

#[test]
fn a_reply_above_the_quotation_is_the_new_text() {
    assert_snapshot!(plain("I am!\n\nBo\n\nOn Fri, 3 May 2024 at 10:00, Ana <ana@x.org>\nwrote:\n\n> Who is coming?\n> Anybody?\n"), @r"
    I am!

    Bo
    === elided
    On Fri, 3 May 2024 at 10:00, Ana <ana@x.org>
    wrote:

    > Who is coming?
    > Anybody?
    ");
}

#[test]
fn a_reply_below_the_quotation_is_the_new_text() {
    assert_snapshot!(plain("On 03/05/2024 10:00, Ana wrote:\n> Who is coming?\nI am!"), @r"
    I am!
    === elided
    On 03/05/2024 10:00, Ana wrote:
    > Who is coming?
    ");
}

#[test]
fn answers_between_quotations_keep_what_they_answer() {
    assert_snapshot!(plain("On 3 May 2024, at 10:00, Bo <bo@x.org> wrote:\n> Who?\nMe.\n> What?\n\nBread.\n> Bye\n-- \nAna"), @r"
    > Who?
    Me.
    > What?
    Bread.
    === elided
    On 3 May 2024, at 10:00, Bo <bo@x.org> wrote:
    > Bye
    --
    Ana
    ");
}

#[test]
fn a_numbered_list_takes_nothing_with_it() {
    assert_snapshot!(plain("Plan:\n\n1. bread\n2. salt\n\nOn Friday 3 at 10 we meet.\n\nSee you"), @r"
    Plan:

    1. bread
    2. salt

    On Friday 3 at 10 we meet.

    See you
    === elided
    ");
}

#[test]
fn what_is_handed_on_stays() {
    assert_snapshot!(plain("Please read.\n\nSent from my iPhone\n\nBegin forwarded message:\n\nFrom: Bo <bo@x.org>\nSubject: Hall\nDate: 3 May 2024 10:00\nTo: Ana\n\nThe hall is ours."), @r"
    Please read.

    Begin forwarded message:

    From: Bo <bo@x.org>
    Subject: Hall
    Date: 3 May 2024 10:00
    To: Ana

    The hall is ours.
    === elided
    Sent from my iPhone
    ");
}

#[test]
fn ways_to_reach_the_sender_stay_on_their_platform() {
    assert_snapshot!(plain("Yes.\n\nAna Lopez\nana@x.org\n+34 600 123 456"), @r"
    Yes.
    === elided
    Ana Lopez
    ana@x.org
    +34 600 123 456
    ");
}

#[test]
fn a_mail_of_nothing_else_is_kept_whole() {
    for text in [
        "> only a quotation",
        "Sent from my iPhone",
        "-- \nAna",
        "On 3 May 2024 at 10:00, Bo wrote:\n> Hi",
    ] {
        let reply = reply_text_of_plain(text, None);
        assert!(!markup_to_plain(&reply.new).trim().is_empty(), "{text}");
        assert_eq!(reply.elided, "", "{text}");
    }
}

#[test]
fn a_quotation_made_by_hand_in_html_is_part_of_the_words() {
    let html = "<p>As the song says:</p><blockquote>All you need</blockquote>";
    assert_snapshot!(show(&reply_text_of_html(html, None)), @r"
    As the song says:
    > All you need
    === elided
    ");
}

#[test]
fn containers_of_mail_programs_are_taken_off() {
    let gmail = r#"<div dir="ltr">I <b>am</b>!</div><br><div class="gmail_quote"><div class="gmail_attr">El lun, 3 jun 2024, Ana escribió:<br></div><blockquote class="gmail_quote">Who?</blockquote></div>"#;
    assert_snapshot!(show(&reply_text_of_html(gmail, None)), @r"
    I *am*!
    === elided
    El lun, 3 jun 2024, Ana escribió:
    > Who?
    ");
    let outlook = r#"<div>Yes</div><div id="ms-outlook-mobile-signature">Get <a href="https://aka.ms/x">Outlook</a></div><hr><div id="divRplyFwdMsg"><b>From:</b> Ana</div><div>Who?</div>"#;
    assert_snapshot!(show(&reply_text_of_html(outlook, None)), @r"
    Yes
    === elided
    Get Outlook

    From: Ana
    Who?
    ");
}

#[test]
fn a_lists_footer_and_a_dashed_name_are_taken_off() {
    let text = "Bread?\n\n-Ana Lopez\n\n\n_______________________________________________\nSpring mailing list\nspring@x.org";
    assert_snapshot!(plain(text), @r"
    Bread?
    === elided
    -Ana Lopez
    _______________________________________________
    Spring mailing list
    spring@x.org
    ");
}

#[test]
fn a_quotation_of_nothing_below_the_words_takes_nothing_off() {
    for text in ["Hi\n\n>\n", "Hi\n>\n>\n", "Hi\n\n\n> \n\n>\n"] {
        assert_eq!(plain(text), "Hi\n=== elided\n", "{text:?}");
    }
    let signed = "Hi\n\n-- \nAna\n\n>\n";
    assert_eq!(plain(signed), "Hi\n=== elided\n--\nAna");
}
