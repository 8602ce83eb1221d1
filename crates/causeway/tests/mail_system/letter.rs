//! A mail as it lies in a mailbox.

use mailparse::{MailHeaderMap, ParsedMail};

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
