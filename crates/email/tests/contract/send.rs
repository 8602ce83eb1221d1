//! Posts out to members over SMTP, read back as their programs would read them.

use std::sync::Arc;

use conversation::arbitrary::a_post;
use conversation::{
    Adapter, Addressee, Attachment, AttachmentKind, AttachmentSource, Author, AuthorKind, BlobRef,
    ChannelRef, LocalFile, Markup, Node, Operation, Outbound, Post, Receipt, RemoteId, Reply,
    SendError, Style, Timestamp,
};
use email::Email;
use insta::assert_snapshot;
use mailparse::MailHeaderMap;

use crate::{sink::Sink, support::settings};

pub(crate) fn post(text: Markup) -> Post {
    Post {
        shown_name: "Ana (Telegram)".to_owned(),
        author: Author {
            picture: None,
            account: "42".into(),
            display_name: "Ana".to_owned(),
            kind: AuthorKind::Person,
        },
        from: "telegram".into(),
        at: Timestamp(1_714_730_400_000),
        subject: "Who brings bread?".to_owned(),
        ..a_post(text)
    }
}

pub(crate) fn outbound(channel: &str, post: Post) -> Outbound {
    Outbound {
        delivery: "d1".into(),
        key: "d1.0".to_owned(),
        channel: ChannelRef::new("email", channel),
        operation: Operation::Post(Box::new(post)),
        to: Some(addressee("ana@x.org")),
        way_back: None,
    }
}

pub(crate) fn addressee(account: &str) -> Addressee {
    Addressee {
        account: account.into(),
        token: "0a1b2c".to_owned(),
    }
}

/// One mail after the other, as the engine does it.
pub(crate) async fn send_to_all(
    email: &Email,
    outbound: &Outbound,
) -> Vec<Result<Receipt, SendError>> {
    let mut answers = Vec::new();
    for reader in email.readers(&outbound.channel).unwrap().all {
        let to = Some(addressee(reader.account.as_str()));
        let outbound = Outbound {
            to,
            ..outbound.clone()
        };
        answers.push(email.send(&outbound).await);
    }
    answers
}

pub(crate) const SPRING: &str = "spring@lists.example";

pub(crate) async fn town() -> (Email, Arc<Sink>) {
    let (sink, port) = Sink::start().await;
    (Email::new(settings(port)).unwrap(), sink)
}

async fn sent(post: Post) -> (String, Vec<u8>) {
    let (email, sink) = town().await;
    email.send(&outbound(SPRING, post)).await.unwrap();
    let mail = sink.first().mail;
    (
        String::from_utf8(mail.clone())
            .unwrap()
            .replace("\r\n", "\n"),
        mail,
    )
}

#[tokio::test]
async fn a_post_is_one_mail_to_each_member() {
    let (email, sink) = town().await;
    let outbound = outbound(SPRING, post(Markup::plain("Who brings bread?")));
    let id: RemoteId = "d1.0@causeway.example".into();
    assert_eq!(email.own_id(&outbound).as_ref(), Some(&id));
    for answer in send_to_all(&email, &outbound).await {
        assert_eq!(answer.unwrap().remote_ids, std::slice::from_ref(&id));
    }
    assert_eq!(sink.recipients(), ["ana@x.org", "bo@y.org", "chi@z.org"]);
    let first = sink.first();
    assert_eq!(first.from, "spring-bounces+0a1b2c@lists.example");
    assert_snapshot!(String::from_utf8(first.mail).unwrap().replace("\r\n", "\n"), @r#"
    From: =?utf-8?b?QW5hIChUZWxlZ3JhbSkgdmlhIFNwcmluZyBHYXRoZXJpbmc=?= <spring@lists.example>
    To: "Spring Gathering" <spring@lists.example>
    Reply-To: "Spring Gathering" <spring@lists.example>
    Date: Fri, 03 May 2024 10:00:00 +0000
    Subject: Who brings bread?
    Message-ID: <d1.0@causeway.example>
    X-Causeway-Id: 5d538a9e5f848e7b2d240a1f026bd9a9
    List-Id: Spring Gathering <spring.lists.example>
    List-Post: <mailto:spring@lists.example>
    List-Help: <mailto:spring-request@lists.example?subject=help>
    Precedence: list
    Auto-Submitted: no
    MIME-Version: 1.0
    Content-Type: multipart/alternative;
     boundary="words-127e82ec87346abc4e73e036"

    --words-127e82ec87346abc4e73e036
    Content-Type: text/plain; charset=utf-8; format=flowed
    Content-Transfer-Encoding: 7bit

    Who brings bread?

    --words-127e82ec87346abc4e73e036
    Content-Type: text/html; charset=utf-8
    Content-Transfer-Encoding: 7bit

    <!DOCTYPE html>
    <html><head><meta charset="utf-8"></head><body>
    Who brings bread?
    </body></html>

    --words-127e82ec87346abc4e73e036--
    "#);
}

#[tokio::test]
async fn a_reply_bears_its_whole_thread() {
    let mut post = post(Markup::plain("I do"));
    post.reply = Some(Reply {
        to: "m2@x.org".into(),
        ancestors: vec![
            "root@causeway.example".into(),
            "bad id\r\nBcc: x".into(),
            "m2@x.org".into(),
        ],
    });
    let (_, mail) = sent(post).await;
    let parsed = mailparse::parse_mail(&mail).unwrap();
    let header = |name: &str| parsed.headers.get_first_value(name).unwrap();
    assert_eq!(header("In-Reply-To"), "<m2@x.org>");
    assert_eq!(header("References"), "<root@causeway.example> <m2@x.org>");
    assert_eq!(header("Subject"), "Re: Who brings bread?");
}

#[tokio::test]
async fn a_long_thread_is_folded_into_lines_that_servers_take() {
    let mut post = post(Markup::plain("I do"));
    let ancestors: Vec<RemoteId> = (0..60)
        .map(|n| format!("{n:040}@mail.example.org").into())
        .collect();
    post.reply = Some(Reply {
        to: ancestors[59].clone(),
        ancestors,
    });
    let (text, mail) = sent(post).await;
    assert!(text.lines().all(|line| line.len() < 998));
    let parsed = mailparse::parse_mail(&mail).unwrap();
    let references = parsed.headers.get_first_value("References").unwrap();
    assert_eq!(references.split_whitespace().count(), 60);
}

#[tokio::test]
async fn nothing_that_people_wrote_becomes_a_header() {
    let mut post = post(Markup::plain("Hi"));
    post.shown_name = "Ana\r\nBcc: victim@x.org, \"<eve@evil.org>".to_owned();
    post.subject = "Hi\r\n\r\nBcc: victim@x.org\u{2028}é".to_owned();
    let (text, mail) = sent(post).await;
    let parsed = mailparse::parse_mail(&mail).unwrap();
    let header = |name: &str| parsed.headers.get_first_value(name);
    assert_eq!(header("Bcc"), None, "{text}");
    assert_eq!(header("Subject").unwrap(), "Hi Bcc: victim@x.org é");
    let from =
        mailparse::addrparse_header(parsed.headers.get_first_header("From").unwrap()).unwrap();
    assert_eq!(from.count_addrs(), 1, "{text}");
    assert!(
        header("From").unwrap().ends_with("<spring@lists.example>"),
        "{text}"
    );
}

#[tokio::test]
async fn markup_goes_out_as_text_and_as_safe_html() {
    let link = Node::Link {
        url: "https://evil.example/".to_owned(),
        children: vec![Node::Text("bank.example".to_owned())],
    };
    let script = Node::Link {
        url: "javascript:alert(1)".to_owned(),
        children: vec![Node::Text("here".to_owned())],
    };
    let bold = Node::Styled {
        style: Style::Bold,
        children: vec![Node::Text("now".to_owned())],
    };
    let text = Markup(vec![
        Node::Quote(vec![Node::Text("Who?".to_owned())]),
        Node::Text("Come <script> ".to_owned()),
        bold,
        Node::Text("\n".to_owned()),
        link,
        Node::Text(" ".to_owned()),
        script,
    ]);
    let (_, mail) = sent(post(text)).await;
    let parsed = mailparse::parse_mail(&mail).unwrap();
    assert_snapshot!(parsed.subparts[0].get_body().unwrap(), @r"
    > Who?

    Come <script> *now*
    bank.example (https://evil.example/) here (javascript:alert(1))
    ");
    assert_snapshot!(parsed.subparts[1].get_body().unwrap(), @r#"
    <!DOCTYPE html>
    <html><head><meta charset="utf-8"></head><body>
    <blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">Who?</blockquote>Come &lt;script&gt; <b>now</b><br>
    <a href="https://evil.example/">bank.example</a> here &lt;javascript:alert(1)&gt;
    </body></html>
    "#);
}

#[tokio::test]
async fn a_bare_address_is_a_link_on_the_page() {
    let text = "See (https://example.org/a_(b)?c=1&d=2), https://bank.com@evil.example/\nor write ana@example.org. \
                ftp://x.org <https://münchen.de/>";
    let (_, mail) = sent(post(Markup::plain(text))).await;
    let parsed = mailparse::parse_mail(&mail).unwrap();
    assert_snapshot!(parsed.subparts[1].get_body().unwrap(), @r#"
    <!DOCTYPE html>
    <html><head><meta charset="utf-8"></head><body>
    See (<a href="https://example.org/a_(b)?c=1&amp;d=2">https://example.org/a_(b)?c=1&amp;d=2</a>), https://bank.com@evil.example/<br>
    or write <a href="mailto:ana@example.org">ana@example.org</a>. ftp://x.org &lt;<a href="https://münchen.de/">https://münchen.de/</a>&gt;
    </body></html>
    "#);
}

#[tokio::test]
async fn files_go_along_under_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, mime: &str, bytes: &[u8]| {
        let path = folder.path().join(bytes.len().to_string());
        std::fs::write(&path, bytes).unwrap();
        let attachment = Attachment {
            kind: AttachmentKind::Document,
            name: Some(name.to_owned()),
            mime: Some(mime.to_owned()),
            size: None,
            alt: None,
            source: AttachmentSource::Blob(BlobRef {
                sha256: String::new(),
                size: 0,
            }),
        };
        LocalFile { attachment, path }
    };
    let mut post = post(Markup::plain("See"));
    post.part.files = vec![
        file("résumé \"final\".pdf", "application/pdf", b"\0\x01\xff"),
        file("../a.txt", "no mime", b"plain"),
    ];
    let (_, mail) = sent(post).await;
    let parsed = mailparse::parse_mail(&mail).unwrap();
    let shown: Vec<String> = parsed.subparts[1..]
        .iter()
        .map(|part| {
            let name = part.get_content_disposition().params["filename"].clone();
            format!(
                "{name} {} {:?}",
                part.ctype.mimetype,
                part.get_body_raw().unwrap()
            )
        })
        .collect();
    assert_snapshot!(shown.join("\n"), @r"
    résumé _final_.pdf application/pdf [0, 1, 255]
    a.txt application/octet-stream [112, 108, 97, 105, 110]
    ");
}

/// Whoever cannot see the picture reads what it shows, and so does whoever answers from a program for the blind.
#[tokio::test]
async fn what_a_picture_shows_goes_along_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mill");
    std::fs::write(&path, b"pixels").unwrap();
    let attachment = Attachment {
        kind: AttachmentKind::Photo,
        name: Some("mill.jpg".to_owned()),
        mime: Some("image/jpeg".to_owned()),
        size: None,
        alt: Some("Die Mühle\r\nBcc: x@y.org".to_owned()),
        source: AttachmentSource::Blob(BlobRef {
            sha256: String::new(),
            size: 6,
        }),
    };
    let mut post = post(Markup::plain("See"));
    post.part.files = vec![LocalFile { attachment, path }];
    let (_, mail) = sent(post).await;
    let parsed = mailparse::parse_mail(&mail).unwrap();
    let words = &parsed.subparts[0].subparts;
    assert_snapshot!(words[0].get_body().unwrap().trim(), @r"
    See
    [photo mill.jpg: Die Mühle Bcc: x@y.org]
    ");
    let page = words[1].get_body().unwrap();
    assert!(page.contains("[photo mill.jpg: Die Mühle Bcc: "));
    let picture = &parsed.subparts[1];
    let described = picture.headers.get_first_value("Content-Description");
    assert_eq!(described.as_deref(), Some("Die Mühle Bcc: x@y.org"));
    assert_eq!(picture.get_body_raw().unwrap(), b"pixels");
    assert_eq!(parsed.headers.get_first_value("Bcc"), None);
}
