//! Requests as every platform takes them: pairs of an address, and a body that is a form, a multipart form or bytes.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use bytes::{Bytes, BytesMut};
use form_urlencoded::Parse;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode};

/// One part of a multipart body.
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) mime: Option<String>,
    pub(crate) bytes: Bytes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    NoBoundary,
    Broken,
    TooLarge,
}

pub(crate) enum Body {
    Parts(Vec<Field>),
    Whole(Bytes),
}

pub(crate) struct Read {
    pub(crate) query: String,
    /// Of the content, in small letters.
    pub(crate) kind: String,
    pub(crate) body: Body,
}

/// At most so many bytes, in all the parts where it has parts.
pub(crate) async fn read(
    request: Request,
    most_in_parts: usize,
    most: usize,
) -> Result<Read, Unreadable> {
    let query = request.uri().query().unwrap_or("").to_owned();
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or("");
    let kind = kind.to_ascii_lowercase();
    let body = if kind.starts_with("multipart/form-data") {
        Body::Parts(fields(request, most_in_parts).await?)
    } else {
        let whole = axum::body::to_bytes(request.into_body(), most).await;
        Body::Whole(whole.map_err(|_| Unreadable::TooLarge)?)
    };
    Ok(Read { query, kind, body })
}

/// Names and values of a form, in their order.
pub(crate) fn pairs(form: &[u8]) -> impl Iterator<Item = (String, String)> {
    Parse::into_owned(form_urlencoded::parse(form))
}

/// What is no escape stays as it is.
pub(crate) fn percent_decoded(text: &str) -> String {
    percent_decode(text.as_bytes())
        .decode_utf8_lossy()
        .into_owned()
}

/// A name fit for an address.
pub(crate) fn percent_encoded(name: &str) -> String {
    const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');
    percent_encoding::utf8_percent_encode(name, &ESCAPED).to_string()
}

async fn fields(request: Request, most: usize) -> Result<Vec<Field>, Unreadable> {
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| Unreadable::NoBoundary)?;
    let mut room = most;
    let mut fields = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(|_| Unreadable::Broken)? {
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.chunk().await.map_err(|_| Unreadable::Broken)? {
            room = room.checked_sub(chunk.len()).ok_or(Unreadable::TooLarge)?;
            bytes.extend_from_slice(&chunk);
        }
        fields.push(Field {
            name: part.name().unwrap_or_default().to_owned(),
            file_name: part.file_name().map(str::to_owned),
            mime: part.content_type().map(str::to_owned),
            bytes: bytes.freeze(),
        });
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_in_its_order_and_what_is_no_escape_stays() {
        let read: Vec<(String, String)> = pairs(b"a=b+c%20d&&e&f=%zz%C3%A9=1%").collect();
        let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read,
            [text("a", "b c d"), text("e", ""), text("f", "%zzé=1%")]
        );
        assert_eq!(percent_decoded("a+b%2Bc"), "a+b+c");
    }
}
