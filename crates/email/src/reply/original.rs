//! Recognises where the mail that is answered begins when it is not marked line by line: a block of headers, or a
//! line that says `Original Message`.

use super::phrases::{
    FORWARD_BEGINS, FORWARDED, FROM, ORIGINAL, OTHER_HEADERS, Phrases, SENT, SUBJECT, TO,
};
use crate::lines::{Hint, Line};

/// Long lists of recipients wrap over lines that are no headers themselves.
const MOST_CONTINUATIONS: usize = 4;
const MOST_LINES: usize = 16;

/// Where the mail below begins, separators included.
pub(super) fn beginning(lines: &[Line]) -> Option<usize> {
    let at = (0..lines.len()).find(|at| begins(lines, *at))?;
    Some(with_separators(lines, at))
}

fn begins(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    if line.quote > 0 || line.block {
        return false;
    }
    line.hint == Some(Hint::Quoted)
        || is_marker(&line.text, &ORIGINAL)
        || is_header_block(&lines[at..])
}

/// The line from which on words are handed on, not answered.
pub(super) fn forwarded(lines: &[Line]) -> Option<usize> {
    let words = |text: &str| text.trim().trim_end_matches(':').trim().to_lowercase();
    let begins = |it: &str| is_marker(it, &FORWARDED) || FORWARD_BEGINS.contains(&words(it));
    lines
        .iter()
        .position(|it| it.text.len() < 120 && begins(&it.text))
}

/// The words between dashes, and nothing else.
fn is_marker(text: &str, phrases: &Phrases) -> bool {
    let text = text.trim();
    if text.len() > 120 || !["--", "__", "=="].iter().any(|it| text.starts_with(it)) {
        return false;
    }
    let words = text.trim_matches(['-', '_', '=', ' ', ':']).to_lowercase();
    phrases.contains(&words.replace('’', "'"))
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Header {
    From,
    Sent,
    To,
    Subject,
    Other,
}

/// Who wrote, when, and to whom or what about: people do not write that by hand.
fn is_header_block(lines: &[Line]) -> bool {
    let (mut seen, mut continued) = (Vec::new(), 0);
    for line in lines.iter().take(MOST_LINES) {
        match header(&line.text) {
            Some((Header::Sent, value)) if !value.contains(|c: char| c.is_ascii_digit()) => {
                return false;
            }
            Some((kind, _)) => {
                seen.push(kind);
                continued = 0;
            }
            // The names of two headers are one word in some languages, and some leave empty lines between.
            None if seen.is_empty() || continued == MOST_CONTINUATIONS => break,
            None => continued += 1,
        }
        if is_enough(&seen) {
            return true;
        }
    }
    false
}

fn is_enough(seen: &[Header]) -> bool {
    let has = |kind| seen.contains(&kind);
    has(Header::From) && has(Header::Sent) && (has(Header::To) || has(Header::Subject))
}

fn header(text: &str) -> Option<(Header, &str)> {
    let text = text.trim_start_matches(|c: char| c == '*' || c.is_whitespace());
    if text.len() > 2_000 {
        return None;
    }
    let (name, value) = text.split_once([':', '：'])?;
    let is_mark = |c: char| c == '*' || c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}');
    let name = name.trim_matches(is_mark).to_lowercase();
    let kinds = [
        (Header::From, FROM),
        (Header::Sent, SENT),
        (Header::To, TO),
        (Header::Subject, SUBJECT),
        (Header::Other, OTHER_HEADERS),
    ];
    let found = kinds.iter().find(|(_, names)| names.contains(&name));
    found.map(|(kind, _)| (*kind, value))
}

/// Rulers above belong to it.
fn with_separators(lines: &[Line], at: usize) -> usize {
    let mut begin = at;
    for index in (0..at).rev() {
        let line = &lines[index];
        if line.hint == Some(Hint::Rule) || is_ruler(&line.text) || is_marker(&line.text, &ORIGINAL)
        {
            begin = index;
        } else if !line.is_blank() {
            break;
        }
    }
    begin
}

pub(super) fn is_ruler(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 10 && text.bytes().all(|b| matches!(b, b'-' | b'_' | b'=' | b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::from_plain;

    fn found(text: &str) -> Option<usize> {
        beginning(&from_plain(text))
    }

    #[test]
    fn blocks_of_headers_are_known_in_many_languages() {
        for block in [
            "From: Ana [mailto:ana@example.org]\nSent: Friday, 9 March 2012 1:36 PM\nTo: Bo\nSubject: Hall",
            "*Von:* Ana\n*Gesendet:* Freitag, 9. März 2012 13:36\n*An:* Bo\n*Betreff:* Halle",
            "De : Ana\nEnvoyé : vendredi 9 mars 2012 13:36\nÀ : Bo\nObjet : Salle",
            "De: Ana\nEnviado el: viernes, 9 de marzo de 2012 13:36\nPara: Bo\nAsunto: Sala",
            "Da: Ana\nInviato: venerdì 9 marzo 2012 13:36\nA: Bo\nOggetto: Sala",
            "Van: Ana\nVerzonden: vrijdag 9 maart 2012 13:36\nAan: Bo\nOnderwerp: Zaal",
            "Från: Ana\nSkickat: den 9 mars 2012 13:36\nTill: Bo\nÄmne: Sal",
            "Fra: Ana\nSendt: 9. marts 2012 13:36\nTil: Bo\nEmne: Sal",
            "От: Ana\nОтправлено: 9 марта 2012 г. 13:36\nКому: Bo\nТема: Зал",
            "Od: Ana\nWysłano: piątek, 9 marca 2012 13:36\nDo: Bo\nTemat: Sala",
            "-----Ursprüngliche Nachricht-----\nHallo",
        ] {
            assert_eq!(found(&format!("Yes.\n\n{block}\n\nHi")), Some(2), "{block}");
        }
    }

    #[test]
    fn the_ruler_above_goes_with_the_block() {
        let block = "From: Ana\nSent: 9 March 2012\nTo: Bo";
        assert_eq!(
            found(&format!(
                "Yes.\n________________________________\n\n{block}"
            )),
            Some(1)
        );
    }

    #[test]
    fn what_a_person_writes_is_no_block() {
        assert_eq!(found("From: the station\nTo: the hall\nDate: Friday"), None);
        assert_eq!(found("Original message was lost"), None);
        assert_eq!(found("1. From: me\n2. To: you\n3. nothing"), None);
    }
}
