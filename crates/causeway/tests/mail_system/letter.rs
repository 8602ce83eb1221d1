//! A mail as it came, and a mail as people's programs write it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use mailparse::{MailHeaderMap, ParsedMail};

use super::line::Line;

/// A mail in a mailbox.
pub(crate) struct Letter {
    pub(crate) subject: String,
    pub(crate) from: String,
    pub(crate) text: String,
    /// Name and bytes of each.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    raw: Vec<u8>,
}

impl Letter {
    pub(crate) fn read(raw: Vec<u8>) -> Letter {
        let mail = mailparse::parse_mail(&raw).unwrap();
        let (mut text, mut files) = (String::new(), Vec::new());
        for part in leaves(&mail) {
            match part.get_content_disposition().params.get("filename") {
                Some(name) => files.push((name.clone(), part.get_body_raw().unwrap())),
                None if part.ctype.mimetype == "text/plain" => text += &part.get_body().unwrap(),
                None => {}
            }
        }
        let header = |name: &str| mail.headers.get_first_value(name).unwrap_or_default();
        Letter {
            subject: header("Subject"),
            from: header("From"),
            text,
            files,
            raw,
        }
    }

    /// Every header of that name, the topmost first.
    pub(crate) fn headers(&self, name: &str) -> Vec<String> {
        let (headers, _) = mailparse::parse_headers(&self.raw).unwrap();
        headers.get_all_values(name)
    }

    /// With its brackets.
    pub(crate) fn id(&self) -> String {
        self.headers("Message-ID").remove(0)
    }
}

fn leaves<'m>(mail: &'m ParsedMail<'m>) -> Vec<&'m ParsedMail<'m>> {
    match mail.subparts.is_empty() {
        true => vec![mail],
        false => mail.subparts.iter().flat_map(leaves).collect(),
    }
}

/// A mail that somebody writes.
pub(crate) struct Sheet {
    headers: String,
    words: String,
    file: Option<(String, Vec<u8>)>,
}

impl Sheet {
    pub(crate) fn new(subject: &str, words: &str) -> Sheet {
        Sheet {
            headers: format!("Subject: {}\r\n", encoded(subject)),
            words: words.to_owned(),
            file: None,
        }
    }

    pub(crate) fn reply(to: &Letter, words: &str) -> Sheet {
        let mut known = to.headers("References").join(" ");
        known = format!("{known} {}", to.id());
        let subject = to.subject.trim_start_matches("Re: ");
        Sheet::new(&format!("Re: {subject}"), words)
            .header("In-Reply-To", &to.id())
            .header("References", known.trim())
    }

    #[must_use]
    pub(crate) fn header(mut self, name: &str, value: &str) -> Sheet {
        self.headers += &format!("{name}: {value}\r\n");
        self
    }

    #[must_use]
    pub(crate) fn attach(mut self, name: &str, bytes: Vec<u8>) -> Sheet {
        self.file = Some((name.to_owned(), bytes));
        self
    }

    fn written(&self) -> String {
        const WORDS: &str =
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
        let Sheet { headers, words, .. } = self;
        let headers = format!("{headers}MIME-Version: 1.0\r\n");
        let Some((name, bytes)) = &self.file else {
            return format!("{headers}{WORDS}{words}\r\n");
        };
        let base64 = BASE64_STANDARD.encode(bytes);
        let lines: Vec<&str> = (0..base64.len())
            .step_by(76)
            .map(|it| &base64[it..base64.len().min(it + 76)])
            .collect();
        format!(
            "{headers}Content-Type: multipart/mixed; boundary=cut\r\n\r\n--cut\r\n{WORDS}{words}\r\n--cut\r\n\
             Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\r\n{}\r\n--cut--\r\n",
            lines.join("\r\n")
        )
    }

    /// Hands it to the server on this port, as a person's program does, and hears that it was taken.
    pub(crate) fn send(&self, port: u16, from: (&str, &str), to: &str) {
        let (name, address) = from;
        let people = format!("From: {} <{address}>\r\nTo: <{to}>\r\n", encoded(name));
        let mail = format!("{people}{}", self.written()).replace("\r\n.", "\r\n..");
        let mut server = Line::open(port);
        expect(&mut server, "220");
        let mail = format!("{mail}.\r\n");
        let steps = [
            ("EHLO people.test\r\n", "250"),
            (&format!("MAIL FROM:<{address}> BODY=8BITMIME\r\n"), "250"),
            (&format!("RCPT TO:<{to}>\r\n"), "250"),
            ("DATA\r\n", "354"),
            (&mail, "250"),
        ];
        for (words, code) in steps {
            server.say(words.as_bytes());
            expect(&mut server, code);
        }
    }
}

fn expect(server: &mut Line, code: &str) {
    loop {
        let answer = server.hear();
        assert!(answer.starts_with(code), "{answer}");
        if !answer[3..].starts_with('-') {
            return;
        }
    }
}

/// RFC 2047; encoded only where it must be.
fn encoded(words: &str) -> String {
    match words.is_ascii() {
        true => words.to_owned(),
        false => format!("=?utf-8?B?{}?=", BASE64_STANDARD.encode(words)),
    }
}
