#![allow(clippy::unwrap_used)]

use axum::http::HeaderValue;

use super::*;

fn headers(secrets: &[&'static [u8]]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for secret in secrets {
        let value = HeaderValue::from_bytes(secret).unwrap();
        headers.append(SECRET_HEADER, value);
    }
    headers
}

#[test]
fn exactly_one_right_secret_opens_the_door() {
    assert!(proves_itself(&headers(&[b"s3cret"]), "s3cret"));
    for wrong in [
        &[] as &[&[u8]],
        &[b"s3cre"],
        &[b"s3cret2"],
        &[b"S3CRET"],
        &[b""],
        &[b"\xff\xfe"],
        &[b"s3cret", b"s3cret"],
        &[b"s3cret", b"other"],
    ] {
        assert!(!proves_itself(&headers(wrong), "s3cret"), "{wrong:?}");
    }
}

#[test]
fn an_empty_secret_opens_no_door() {
    assert!(!proves_itself(&headers(&[b""]), ""));
    assert!(!proves_itself(&headers(&[]), ""));
}
