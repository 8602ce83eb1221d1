//! The body of a DATA command: found, unstuffed and measured.
//!
//! **Invariant:** only `CRLF . CRLF` ends it. A bare LF ends no line here, so that a mail cannot smuggle commands in
//! behind it. No more than the limit is kept.

pub(super) struct DataReceiver {
    state: State,
    body: Vec<u8>,
    limit: usize,
    is_over: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    LineStart,
    Text,
    Cr,
    Dot,
    DotCr,
}

/// What the client sent as a mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Data {
    Whole(Vec<u8>),
    TooLarge,
    /// Its end is not worth waiting for.
    Endless,
}

impl DataReceiver {
    pub(super) fn new(limit: usize) -> DataReceiver {
        DataReceiver {
            state: State::LineStart,
            body: Vec::new(),
            limit,
            is_over: false,
        }
    }

    /// How many of `bytes` belonged to the mail, and whether it ended with them.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
        let mut at = 0;
        while at < bytes.len() {
            if self.state == State::Text {
                let run = bytes[at..].iter().position(|b| *b == b'\r');
                let run = run.unwrap_or(bytes.len() - at);
                self.keep(&bytes[at..at + run]);
                at += run;
                if at == bytes.len() {
                    break;
                }
            }
            let byte = bytes[at];
            at += 1;
            if self.state == State::DotCr && byte == b'\n' {
                return (at, true);
            }
            self.step(byte);
        }
        (at, false)
    }

    fn step(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::LineStart, b'.') => State::Dot,
            (State::Dot, b'\r') => State::DotCr,
            (State::Cr, b'\n') => {
                self.keep(b"\n");
                State::LineStart
            }
            (before, _) => {
                if before == State::DotCr {
                    self.keep(b"\r");
                }
                self.keep(&[byte]);
                match byte {
                    b'\r' => State::Cr,
                    _ => State::Text,
                }
            }
        };
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.is_over {
            return;
        }
        if self.body.len() + bytes.len() > self.limit {
            self.is_over = true;
            self.body = Vec::new();
            return;
        }
        self.body.extend_from_slice(bytes);
    }

    pub(super) fn finish(self) -> Data {
        match self.is_over {
            true => Data::TooLarge,
            false => Data::Whole(self.body),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read as the mail, and what is left for the next command.
    fn read(bytes: &[u8], limit: usize) -> (Option<Data>, usize) {
        let mut receiver = DataReceiver::new(limit);
        let mut at = 0;
        // In single bytes, as the network may cut anywhere.
        while at < bytes.len() {
            let (taken, ended) = receiver.take(&bytes[at..=at]);
            at += taken;
            if ended {
                return (Some(receiver.finish()), bytes.len() - at);
            }
        }
        (None, 0)
    }

    #[test]
    fn dots_are_unstuffed_and_the_line_break_before_the_end_is_kept() {
        let (data, rest) = read(b"a\r\n..b\r\n.c\r\n...\r\n.\r\nQUIT\r\n", 100);
        assert_eq!(data, Some(Data::Whole(b"a\r\n.b\r\nc\r\n..\r\n".to_vec())));
        assert_eq!(rest, 6);
        assert_eq!(read(b".\r\n", 100).0, Some(Data::Whole(Vec::new())));
    }

    #[test]
    fn nothing_but_crlf_dot_crlf_ends_a_mail() {
        for smuggled in [
            "a\n.\nMAIL",
            "a\n.\r\nMAIL",
            "a\r\n.\nMAIL",
            "a\r.\rMAIL",
            "a\r\n.\rMAIL",
        ] {
            assert_eq!(read(smuggled.as_bytes(), 100).0, None, "{smuggled:?}");
        }
    }

    #[test]
    fn a_mail_over_the_limit_is_read_to_its_end_but_not_kept() {
        let (data, rest) = read(b"0123456789\r\n.\r\nNOOP\r\n", 5);
        assert_eq!((data, rest), (Some(Data::TooLarge), 6));
    }
}
