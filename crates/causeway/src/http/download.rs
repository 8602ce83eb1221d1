//! One file on its way to a browser: whole or one range of it, from the disk in pieces.
//!
//! **Invariant:** a browser shows pictures and saves the rest; it runs nothing.

use std::io::{self, SeekFrom};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures::StreamExt;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::io::ReaderStream;

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
    asked: &HeaderMap,
    place: OwnedSemaphorePermit,
) -> io::Result<Response> {
    let mut file = File::open(&download.path).await?;
    let length = file.metadata().await?.len();
    let etag = format!("\"{}\"", download.sha256);
    let mut response = Response::new(Body::empty());
    describe(response.headers_mut(), download, &etag);
    let (start, end) = match wanted(asked, &etag, length) {
        Wanted::All => (0, length),
        Wanted::Part(start, end) => {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            let range = format!("bytes {start}-{}/{length}", end - 1);
            insert(response.headers_mut(), header::CONTENT_RANGE, range);
            (start, end)
        }
        Wanted::Nothing => {
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            let range = format!("bytes */{length}");
            insert(response.headers_mut(), header::CONTENT_RANGE, range);
            return Ok(response);
        }
    };
    let size = (end - start).to_string();
    insert(response.headers_mut(), header::CONTENT_LENGTH, size);
    file.seek(SeekFrom::Start(start)).await?;
    *response.body_mut() = body(file, end - start, place);
    Ok(response)
}

fn body(file: File, length: u64, place: OwnedSemaphorePermit) -> Body {
    let end = Instant::now() + HEAD_START + Duration::from_secs(length / SLOWEST);
    let pieces = ReaderStream::with_capacity(file.take(length), PIECE);
    Body::from_stream(pieces.map(move |piece| {
        // Given back when the last piece is out, or nobody waits for it any more.
        let _held = &place;
        match Instant::now() < end {
            true => piece,
            false => Err(io::ErrorKind::TimedOut.into()),
        }
    }))
}

fn describe(headers: &mut HeaderMap, download: &Download, etag: &str) {
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
    insert(headers, header::ETAG, etag.to_owned());
    insert(headers, header::ACCEPT_RANGES, "bytes".to_owned());
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
    let is_plain = |it: char| it.is_ascii_alphanumeric() || " .-_()".contains(it);
    let plain: String = name
        .chars()
        .map(|it| if is_plain(it) { it } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'.' | b'-' | b'_' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    All,
    /// From the first to before the second.
    Part(u64, u64),
    /// A part that there is not.
    Nothing,
}

/// What is no range, or several at once, counts as none (RFC 9110, 14.2).
fn wanted(asked: &HeaderMap, etag: &str, length: u64) -> Wanted {
    let header = |name| {
        asked
            .get(name)
            .and_then(|it: &HeaderValue| it.to_str().ok())
    };
    let is_other = header(header::IF_RANGE).is_some_and(|it| it != etag);
    let range = header(header::RANGE).and_then(|it| it.strip_prefix("bytes="));
    let Some((first, last)) = range.and_then(|it| it.trim().split_once('-')) else {
        return Wanted::All;
    };
    let (first, last) = (first.trim(), last.trim());
    let number = |it: &str| match it.bytes().all(|b| b.is_ascii_digit()) {
        // More than any number is beyond the end as well.
        true => Some(it.parse::<u64>().unwrap_or(u64::MAX)),
        false => None,
    };
    let (start, end) = match (number(first), number(last)) {
        _ if is_other => return Wanted::All,
        (Some(_), Some(_)) if first.is_empty() && last.is_empty() => return Wanted::All,
        (Some(_), Some(most)) if first.is_empty() => (length.saturating_sub(most), length),
        (Some(start), Some(_)) if last.is_empty() => (start, length),
        (Some(start), Some(end)) if start <= end => (start, end.saturating_add(1).min(length)),
        _ => return Wanted::All,
    };
    match start < end {
        true => Wanted::Part(start, end),
        false => Wanted::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_given_and_anything_odd_is_the_whole() {
        use Wanted::{All, Nothing, Part};
        for (asked, expected) in [
            ("bytes=0-9", Part(0, 10)),
            ("bytes=90-", Part(90, 100)),
            ("bytes=-10", Part(90, 100)),
            ("bytes=-1000", Part(0, 100)),
            ("bytes=90-1000", Part(90, 100)),
            ("bytes=100-", Nothing),
            ("bytes=99999999999999999999999-", Nothing),
            ("bytes=-0", Nothing),
            ("bytes=-", All),
            ("bytes=9-0", All),
            ("bytes=0-1,3-4", All),
            ("bytes=a-b", All),
            ("lines=0-9", All),
        ] {
            let mut headers = HeaderMap::new();
            insert(&mut headers, header::RANGE, asked.to_owned());
            assert_eq!(wanted(&headers, "\"x\"", 100), expected, "{asked}");
            insert(&mut headers, header::IF_RANGE, "\"y\"".to_owned());
            assert_eq!(wanted(&headers, "\"x\"", 100), All, "{asked}");
        }
    }

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
