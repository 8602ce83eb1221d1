//! Forms as every platform takes them: pairs of a query or a body, and the parts of a multipart body.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use bytes::{Bytes, BytesMut};

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

/// In small letters.
pub(crate) fn content_type(request: &Request) -> String {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or("");
    kind.to_ascii_lowercase()
}

/// Names and values of a form, in their order.
pub(crate) fn pairs(form: &[u8]) -> impl Iterator<Item = (String, String)> {
    form.split(|it| *it == b'&')
        .filter(|it| !it.is_empty())
        .map(|pair| {
            let mut sides = pair.splitn(2, |it| *it == b'=');
            let mut side = || sides.next().map(form_decoded).unwrap_or_default();
            (side(), side())
        })
}

fn form_decoded(text: &[u8]) -> String {
    let plus_is_space = |it: &u8| if *it == b'+' { b' ' } else { *it };
    percent_decoded(&text.iter().map(plus_is_space).collect::<Vec<u8>>())
}

/// What is no escape stays as it is.
pub(crate) fn percent_decoded(text: &[u8]) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, tail @ ..] = rest {
        rest = tail;
        let hex = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match hex.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) if *first == b'%' => {
                out.push(byte);
                rest = &tail[2..];
            }
            _ => out.push(*first),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// At most so many bytes in all the parts.
pub(crate) async fn fields(request: Request, most: usize) -> Result<Vec<Field>, Unreadable> {
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| Unreadable::NoBoundary)?;
    let mut room = most;
    let mut fields = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(|_| Unreadable::Broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let mime = part.content_type().map(str::to_owned);
        let mut bytes = BytesMut::new();
        while let Some(chunk) = part.chunk().await.map_err(|_| Unreadable::Broken)? {
            room = room.checked_sub(chunk.len()).ok_or(Unreadable::TooLarge)?;
            bytes.extend_from_slice(&chunk);
        }
        fields.push(Field {
            name,
            file_name,
            mime,
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
        assert_eq!(percent_decoded(b"a+b%2Bc"), "a+b+c");
    }
}
