//! What a platform brings by HTTP, before it is known whether the platform does.

use std::time::Duration;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use reqwest::{
    StatusCode,
    header::{CONTENT_LENGTH, HeaderMap},
};
use tokio::time::timeout;

/// In bytes.
const LONGEST_BODY: usize = 1 << 20;
const SLOWEST_BODY: Duration = Duration::from_secs(10);

/// What stands in the one header of that name; of several none is believed.
pub fn only<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h [u8]> {
    let mut given = headers.get_all(name).iter();
    match (given.next(), given.next()) {
        (Some(it), None) => Some(it.as_bytes()),
        _ => None,
    }
}

/// The whole body, up to a mebibyte; what is announced as longer is not begun.
pub async fn read<B>(headers: &HeaderMap, body: B) -> Result<Vec<u8>, StatusCode>
where
    B: http_body::Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    read_within(SLOWEST_BODY, headers, body).await
}

async fn read_within<B>(time: Duration, headers: &HeaderMap, body: B) -> Result<Vec<u8>, StatusCode>
where
    B: http_body::Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let announced = headers.get(CONTENT_LENGTH);
    let announced = announced.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > LONGEST_BODY) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let whole = timeout(time, Limited::new(body, LONGEST_BODY).collect()).await;
    let whole = whole.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    let whole = whole.map_err(|error| match error.is::<LengthLimitError>() {
        true => StatusCode::PAYLOAD_TOO_LARGE,
        false => StatusCode::BAD_REQUEST,
    })?;
    Ok(whole.to_bytes().into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Error;

    use futures::{Stream, StreamExt, stream};
    use http_body::Frame;
    use http_body_util::StreamBody;
    use reqwest::header::HeaderValue;

    use super::*;

    type Piece = Result<Vec<u8>, Error>;

    fn body(pieces: impl Stream<Item = Piece>) -> impl http_body::Body<Error = Error> {
        StreamBody::new(pieces.map(|it| it.map(|it| Frame::data(std::io::Cursor::new(it)))))
    }

    #[test]
    fn of_two_headers_none_is_believed() {
        let mut headers = HeaderMap::new();
        assert_eq!(only(&headers, "x-sig"), None);
        headers.append("x-sig", HeaderValue::from_static("one"));
        assert_eq!(only(&headers, "x-sig"), Some(b"one".as_slice()));
        headers.append("x-sig", HeaderValue::from_static("one"));
        assert_eq!(only(&headers, "x-sig"), None);
    }

    #[tokio::test]
    async fn a_body_that_never_ends_in_time_is_given_up() {
        let start = stream::iter([Ok(b"{\"update_id\"".to_vec())]);
        let slow = body(start.chain(stream::pending()));
        let moment = Duration::from_millis(20);
        let outcome = read_within(moment, &HeaderMap::new(), slow).await;
        assert_eq!(outcome, Err(StatusCode::REQUEST_TIMEOUT));
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_none() {
        let broken = body(stream::iter([Ok(b"{".to_vec()), Err(Error::other("cut"))]));
        let outcome = read(&HeaderMap::new(), broken).await;
        assert_eq!(outcome, Err(StatusCode::BAD_REQUEST));
    }

    #[tokio::test]
    async fn a_body_larger_than_a_mebibyte_is_not_collected() {
        let endless = body(stream::repeat_with(|| Ok(vec![b' '; 64 << 10])));
        let outcome = read(&HeaderMap::new(), endless).await;
        assert_eq!(outcome, Err(StatusCode::PAYLOAD_TOO_LARGE));

        let mut announced = HeaderMap::new();
        announced.insert(CONTENT_LENGTH, HeaderValue::from_static("1048577"));
        let outcome = read(&announced, body(stream::pending())).await;
        assert_eq!(outcome, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }

    #[tokio::test]
    async fn a_body_of_a_mebibyte_is_read() {
        let whole = body(stream::iter([Ok(vec![b' '; LONGEST_BODY])]));
        let outcome = read(&HeaderMap::new(), whole).await;
        assert_eq!(outcome.unwrap().len(), LONGEST_BODY);
    }
}
