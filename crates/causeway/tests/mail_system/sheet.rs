//! A mail as people's programs write it and hand it in.

use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::letter::Letter;
use super::line::Line;

pub(crate) struct Sheet {
    headers: String,
    words: String,
    file: Option<(String, Vec<u8>)>,
}

impl Sheet {
    pub(crate) fn new(subject: &str, words: &str) -> Sheet {
        static WRITTEN: AtomicUsize = AtomicUsize::new(0);
        let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
        let id = format!("<{}.{number}@people.test>", std::process::id());
        Sheet {
            headers: format!("Subject: {}\r\nMessage-ID: {id}\r\n", encoded(subject)),
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
