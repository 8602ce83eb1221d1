//! A mailbox as its owner's mail program shows it.
#![allow(clippy::unwrap_used)]

use insta::assert_snapshot;
use sandbox::mail::Mail;

mod support;
use support::{served, typed};

/// Puts mails into Ana's mailbox: id, what it answers, subject; a minute between two of them.
async fn received(mails: &[(&str, &str, &str)]) -> Mail {
    let (mail, address) = served().await;
    let mut lines = "EHLO me\n".to_owned();
    for (minute, (id, references, subject)) in mails.iter().enumerate() {
        let references = match *references {
            "" => String::new(),
            ids => format!("References: {ids}\n"),
        };
        lines.push_str(&format!(
            "MAIL FROM:<l@x.example>\nRCPT TO:<ana@town.example>\nDATA\nMessage-ID: <{id}>\n{references}\
             Date: Fri, 3 Oct 2025 14:{minute:02}:00 +0000\nFrom: Bo <l@x.example>\nSubject: {subject}\n\nWords\n.\n"
        ));
    }
    typed(&address, &(lines + "QUIT\n")).await;
    mail
}

fn drawn(mail: &Mail) -> String {
    let view = mail.view();
    let mut text = String::new();
    for thread in &view.mailboxes[0].threads {
        text.push_str(&format!("{}\n", thread.subject));
        for mail in &thread.mails {
            let id = mail.message_id.as_deref().unwrap_or("none");
            let again = match mail.duplicates {
                0 => String::new(),
                times => format!(" (+{times})"),
            };
            text.push_str(&format!("  {}{id}{again}\n", "  ".repeat(mail.depth)));
        }
    }
    text
}

#[tokio::test]
async fn answers_stand_under_what_they_answer_and_the_newest_thread_comes_first() {
    let mail = received(&[
        ("a", "", "Friday"),
        ("b", "", "Bread"),
        ("a1", "<a>", "Re: Friday"),
        ("a2", "<a>", "Re: Friday"),
        ("a11", "<a> <a1>", "Re: Friday"),
    ])
    .await;
    assert_snapshot!(drawn(&mail), @r"
    Friday
      a
        a1
          a11
        a2
    Bread
      b
    ");
}

#[tokio::test]
async fn answers_whose_parent_never_came_stand_together() {
    let mail = received(&[("x1", "<gone>", "Re: Old"), ("x2", "<gone>", "Re: Old")]).await;
    assert_snapshot!(drawn(&mail), @r"
    Re: Old
      x1
      x2
    ");
}

#[tokio::test]
async fn an_answer_that_overtook_its_parent_is_put_under_it() {
    let mail = received(&[("late", "<root>", "Re: Hi"), ("root", "", "Hi")]).await;
    assert_snapshot!(drawn(&mail), @r"
    Hi
      root
        late
    ");
}

#[tokio::test]
async fn the_same_subject_without_references_is_another_thread() {
    let mail = received(&[("a", "", "Friday"), ("b", "", "Re: Friday")]).await;
    assert_snapshot!(drawn(&mail), @r"
    Re: Friday
      b
    Friday
      a
    ");
}

#[tokio::test]
async fn mails_that_answer_each_other_in_a_circle_are_all_shown_once() {
    let mail = received(&[("a", "<b>", "A"), ("b", "<a>", "B"), ("c", "<c>", "C")]).await;
    let drawn = drawn(&mail);
    for id in ["a", "b", "c"] {
        let times = drawn.lines().filter(|it| it.trim() == id).count();
        assert_eq!(times, 1, "{drawn}");
    }
}

#[tokio::test]
async fn the_same_mail_twice_is_shown_once_and_counted() {
    let mail = received(&[
        ("a", "", "Friday"),
        ("a", "", "Friday"),
        ("a", "", "Friday"),
    ])
    .await;
    assert_snapshot!(drawn(&mail), @r"
    Friday
      a (+2)
    ");
}

#[tokio::test]
async fn any_bytes_can_be_shown() {
    let (mail, address) = served().await;
    let mails = [
        "",
        "no header",
        "Content-Type: multipart/mixed\n\nwithout boundary",
        "Content-Type: text/plain; charset=klingon\n\nwords",
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Only &lt;html&gt;</p><br>two\n--b--",
        "From: =?utf-8?B?2LPZhNin2YU=?= <s@x.example>\nSubject: =?iso-8859-1?Q?Fr=FChling?=\n\n",
    ];
    for text in mails {
        let lines =
            format!("EHLO me\nMAIL FROM:<>\nRCPT TO:<ana@town.example>\nDATA\n{text}\n.\nQUIT\n");
        typed(&address, &lines).await;
    }
    let view = mail.view();
    let mut shown: Vec<_> = view.mailboxes[0]
        .threads
        .iter()
        .flat_map(|it| &it.mails)
        .collect();
    shown.sort_by_key(|it| it.id);
    assert_eq!(shown.len(), mails.len());
    assert_eq!(shown[3].text, "words");
    assert_eq!(shown[4].text, "Only <html>\n\ntwo");
    assert_eq!(
        (shown[5].from_name.as_str(), shown[5].subject.as_str()),
        ("سلام", "Frühling")
    );
}

#[tokio::test]
async fn a_flowed_text_is_read_in_whole_lines() {
    let (mail, address) = served().await;
    let text = "One line \nthat goes on.\n> quoted and \n> broken\n-- \nAna";
    let lines = format!(
        "EHLO me\nMAIL FROM:<>\nRCPT TO:<ana@town.example>\nDATA\nContent-Type: text/plain; format=flowed\n\n{text}\n.\nQUIT\n"
    );
    typed(&address, &lines).await;
    assert_snapshot!(mail.view().mailboxes[0].threads[0].mails[0].text, @r"
    One line that goes on.
    > quoted and broken
    -- 
    Ana
    ");
}
