//! One file on its way to a browser: whole or one range of it, from the disk in pieces.
//!
//! **Invariant:** a browser shows pictures and saves the rest; it runs nothing.

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures::StreamExt;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::OwnedSemaphorePermit;
use tower_http::services::ServeFile;

pub(super) struct Download {
    pub(super) path: PathBuf,
    pub(super) sha256: String,
    pub(super) name: String,
    pub(super) mime: String,
}

/// In bytes.
const PIECE: usize = 64 << 10;
/// In bytes a second. Whoever is slower makes room for others.
const SLOWEST: u64 = 16 << 10;
const HEAD_START: Duration = Duration::from_secs(60);

pub(super) async fn answer(
    download: &Download,
    mut asked: Request,
    place: OwnedSemaphorePermit,
) -> io::Result<Response> {
    // A file's own time says until when it is needed, and nothing of what it holds.
    asked.headers_mut().remove(header::IF_MODIFIED_SINCE);
    asked.headers_mut().remove(header::IF_UNMODIFIED_SINCE);
    if !asked.headers().get(header::RANGE).is_some_and(is_one_range) {
        asked.headers_mut().remove(header::RANGE);
    }
    let mut file = ServeFile::new(&download.path).with_buf_chunk_size(PIECE);
    let (mut head, body) = file.try_call(asked).await?.into_parts();
    if head.status == StatusCode::NOT_FOUND {
        return Err(io::ErrorKind::NotFound.into());
    }
    describe(&mut head.headers, download);
    let length = head.headers.get(header::CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse().ok());
    let body = in_time(Body::new(body), length.unwrap_or(0), place);
    Ok(Response::from_parts(head, body))
}

/// Of another unit or several at once, it counts as none (RFC 9110, 14.2).
fn is_one_range(it: &HeaderValue) -> bool {
    let bytes = it.as_bytes();
    bytes.starts_with(b"bytes=") && !bytes.contains(&b',')
}

fn in_time(body: Body, length: u64, place: OwnedSemaphorePermit) -> Body {
    let end = Instant::now() + HEAD_START + Duration::from_secs(length / SLOWEST);
    Body::from_stream(body.into_data_stream().map(move |piece| {
        // Given back when the last piece is out, or nobody waits for it any more.
        let _held = &place;
        match Instant::now() < end {
            true => piece,
            false => Err(axum::Error::new(io::Error::from(io::ErrorKind::TimedOut))),
        }
    }))
}

fn describe(headers: &mut HeaderMap, download: &Download) {
    guard(headers);
    let shown = is_picture(&download.mime);
    let mime = match shown || is_harmless(&download.mime) {
        true => download.mime.clone(),
        false => "application/octet-stream".to_owned(),
    };
    insert(headers, header::CONTENT_TYPE, mime);
    let how = if shown { "inline" } else { "attachment" };
    let disposition = disposition(how, &download.name);
    insert(headers, header::CONTENT_DISPOSITION, disposition);
    // It would tell when we got the file.
    headers.remove(header::LAST_MODIFIED);
    insert(headers, header::ETAG, format!("\"{}\"", download.sha256));
}

/// Nothing is guessed, nothing runs, nothing is kept by others or found by searching, and the link is told to nobody.
pub(super) fn guard(headers: &mut HeaderMap) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "private, no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-robots-tag", "noindex"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

fn is_picture(mime: &str) -> bool {
    matches!(
        mime,
        "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "image/avif"
    )
}

/// A type by its form, and none that a browser would run.
fn is_harmless(mime: &str) -> bool {
    let is_name = |it: &str| {
        let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b);
        !it.is_empty() && it.len() <= 127 && it.bytes().all(is_sign)
    };
    let runs = ["html", "svg", "xml", "script", "xsl", "mathml"];
    let lower = mime.to_ascii_lowercase();
    let has_form = mime
        .split_once('/')
        .is_some_and(|(kind, form)| is_name(kind) && is_name(form));
    has_form && !runs.iter().any(|it| lower.contains(it))
}

/// Plain letters for old programs, the name itself for the others (RFC 6266, RFC 8187), in the order in which it is read.
fn disposition(how: &str, name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = conversation::visible(last);
    const SIGNS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');
    let is_plain = |it: char| it.is_ascii_alphanumeric() || " .-_()".contains(it);
    let plain: String = name
        .chars()
        .map(|it| if is_plain(it) { it } else { '_' })
        .collect();
    let encoded = utf8_percent_encode(&name, SIGNS);
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_a_name_in_its_header() {
        let odd = "../../a\"b\r\nSet-Cookie: x/Übersicht; \u{202E}\u{200B}fdp.exe";
        assert_eq!(
            disposition("attachment", odd),
            "attachment; filename=\"_bersicht_ fdp.exe\"; filename*=UTF-8''%C3%9Cbersicht%3B%20fdp.exe"
        );
    }

    #[test]
    fn what_a_browser_would_run_is_only_bytes() {
        for mime in [
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/javascript",
        ] {
            assert!(!is_harmless(mime) && !is_picture(mime), "{mime}");
        }
        for odd in ["", "text", "text/a b", "text/a\r\nx: y", "/"] {
            assert!(!is_harmless(odd), "{odd}");
        }
        assert!(is_harmless("application/pdf") && is_picture("image/png"));
    }
}
