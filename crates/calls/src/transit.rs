//! What goes wrong on the way, whatever the platform. **Invariant:** what never went out and what may have arrived
//! have different names, for only the first may simply be repeated.

use conversation::SendError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Transit {
    /// The connection was not made: nothing went out.
    #[error("no connection: {0}")]
    NotSent(String),
    /// It went out, and no answer came that can be read.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// A file of ours could not be read to its end.
    #[error("a file cannot be read: {0}")]
    File(String),
}

/// What a call that is repeated would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeated {
    /// A second post stands beside the first.
    Doubles,
    /// Edits, deletes, reactions and questions end up the same.
    IsHarmless,
}

impl Transit {
    /// Without the address, which may hold a secret.
    pub fn of(error: reqwest::Error) -> Transit {
        let went_out = !error.is_connect() && !error.is_builder();
        let error = error.without_url();
        let text = innermost(&error);
        match went_out {
            true => Transit::NoAnswer(text),
            false => Transit::NotSent(text),
        }
    }

    pub fn no_answer(text: &str) -> Transit {
        Transit::NoAnswer(text.to_owned())
    }

    pub fn into_send_error(self, repeated: Repeated) -> SendError {
        match self {
            Transit::NotSent(text) => SendError::Unavailable(text),
            Transit::NoAnswer(text) => repeated.doubt(text),
            Transit::File(text) => SendError::Refused(text),
        }
    }
}

impl Repeated {
    /// For a call that may have been carried out.
    pub fn doubt(self, text: String) -> SendError {
        match self {
            Repeated::Doubles => SendError::Uncertain(text),
            Repeated::IsHarmless => SendError::Unavailable(text),
        }
    }
}

/// The outer ones say no more than that something failed.
fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_went_out_is_in_doubt_and_only_where_it_would_double() {
        let text = || "cut".to_owned();
        for (transit, repeated, expected) in [
            (
                Transit::NotSent(text()),
                Repeated::Doubles,
                SendError::Unavailable(text()),
            ),
            (
                Transit::NoAnswer(text()),
                Repeated::Doubles,
                SendError::Uncertain(text()),
            ),
            (
                Transit::NoAnswer(text()),
                Repeated::IsHarmless,
                SendError::Unavailable(text()),
            ),
            (
                Transit::File(text()),
                Repeated::Doubles,
                SendError::Refused(text()),
            ),
        ] {
            assert_eq!(transit.into_send_error(repeated), expected);
        }
    }

    /// The address of a call may hold a token.
    #[tokio::test]
    async fn a_connection_that_is_not_made_is_told_without_its_address() {
        let error = reqwest::get("http://127.0.0.1:1/secret").await;
        let transit = error.map(|_| ()).map_err(Transit::of);
        let Err(Transit::NotSent(text)) = transit else {
            panic!("{transit:?}");
        };
        assert!(!text.contains("secret"), "{text}");
    }
}
