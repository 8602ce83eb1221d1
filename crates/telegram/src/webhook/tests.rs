#![allow(clippy::unwrap_used)]

use axum::http::HeaderValue;
use futures::stream;

use super::*;

const A_MOMENT: Duration = Duration::from_millis(20);

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

#[tokio::test]
async fn a_body_that_never_ends_in_time_is_given_up() {
    let start = stream::iter([Ok::<_, std::io::Error>("{\"update_id\"")]);
    let body = Body::from_stream(start.chain(stream::pending()));
    let outcome = read(&HeaderMap::new(), body, A_MOMENT).await;
    assert_eq!(outcome, Err(StatusCode::REQUEST_TIMEOUT));
}

#[tokio::test]
async fn a_body_larger_than_a_mebibyte_is_not_collected() {
    let piece = || Ok::<_, std::io::Error>(vec![b' '; 64 << 10]);
    let endless = Body::from_stream(stream::repeat_with(piece));
    let outcome = read(&HeaderMap::new(), endless, Duration::from_secs(10)).await;
    assert_eq!(outcome, Err(StatusCode::PAYLOAD_TOO_LARGE));

    let mut announced = HeaderMap::new();
    announced.insert(header::CONTENT_LENGTH, HeaderValue::from_static("1048577"));
    let never_read = Body::from_stream(stream::pending::<Result<Vec<u8>, std::io::Error>>());
    let outcome = read(&announced, never_read, Duration::from_secs(10)).await;
    assert_eq!(outcome, Err(StatusCode::PAYLOAD_TOO_LARGE));
}

#[tokio::test]
async fn a_body_of_a_mebibyte_is_read() {
    let body = Body::from(vec![b' '; LONGEST_BODY]);
    let outcome = read(&HeaderMap::new(), body, Duration::from_secs(10)).await;
    assert_eq!(outcome.unwrap().len(), LONGEST_BODY);
}
