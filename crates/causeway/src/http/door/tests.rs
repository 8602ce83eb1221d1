#![allow(clippy::unwrap_used)]

use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;

use super::*;
use crate::http::answer;
use crate::http::places::Patience;

const A_MOMENT: Duration = Duration::from_millis(300);
/// Longer than any test takes, so that nothing but its cause ends a wait.
const LONG: Duration = Duration::from_secs(600);

const fn patience(header: Duration, request: Duration) -> Patience {
    Patience { header, request }
}

const ENDLESS: Patience = patience(LONG, LONG);
const SHORT: Patience = patience(A_MOMENT, A_MOMENT);

async fn open(patience: Patience, most_callers: usize, router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let door = Door::new(listener, Places::new(most_callers, patience));
    tokio::spawn(answer(door, router));
    address
}

fn house() -> Router {
    let repeat = post(|said: String| async { said });
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/repeat", repeat)
        .route("/large", get(|| async { vec![0_u8; 64 << 20] }))
}

const ASK: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
const HALF_A_HEADER: &[u8] = b"GET / HTTP/1.1\r\nhost: ";
const HALF_A_BODY: &[u8] = b"POST /repeat HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nfour";

async fn says(address: SocketAddr, words: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words).await.unwrap();
    stream
}

async fn asked(stream: &mut TcpStream) -> String {
    stream.write_all(ASK).await.unwrap();
    heard(stream).await
}

/// The next piece of an answer.
async fn heard(stream: &mut TcpStream) -> String {
    let mut piece = vec![0; 4096];
    let length = stream.read(&mut piece).await.unwrap();
    String::from_utf8_lossy(&piece[..length]).into_owned()
}

/// All until the other side hangs up.
async fn rest(mut stream: impl AsyncRead + Unpin) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn is_ok(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200")
}

/// S16.
#[tokio::test]
async fn a_request_that_trickles_in_is_not_waited_for() {
    for (begin, patience) in [
        (HALF_A_HEADER, patience(A_MOMENT, LONG)),
        (HALF_A_BODY, SHORT),
    ] {
        let address = open(patience, 10, house()).await;
        let (reader, mut writer) = says(address, begin).await.into_split();
        let trickle = async {
            let mut pause = tokio::time::interval(A_MOMENT);
            pause.tick().await;
            while writer.write_all(b"x").await.is_ok() {
                pause.tick().await;
            }
        };
        let (answer, ()) = tokio::join!(rest(reader), trickle);
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
}

#[tokio::test]
async fn who_says_nothing_is_let_go_without_a_word() {
    let address = open(patience(A_MOMENT, LONG), 10, house()).await;
    assert_eq!(rest(says(address, b"").await).await, "");
    let mut twice = says(address, b"").await;
    assert!(is_ok(&asked(&mut twice).await));
    assert_eq!(rest(twice).await, "");
}

#[tokio::test]
async fn a_body_may_take_longer_than_a_header() {
    let address = open(patience(A_MOMENT, LONG), 10, house()).await;
    let mut slow = says(address, HALF_A_BODY).await;
    tokio::time::sleep(2 * A_MOMENT).await;
    slow.write_all(b" five").await.unwrap();
    assert!(heard(&mut slow).await.ends_with("four five"));
}

#[tokio::test]
async fn who_speaks_another_language_is_hung_up_on() {
    let address = open(ENDLESS, 10, house()).await;
    for words in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" as &[u8],
        b"LHLO x\r\nMAIL FROM:<>\r\n",
        b"\0\0\0\0",
    ] {
        let answer = rest(says(address, words).await).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
}

#[tokio::test]
async fn who_asks_in_time_may_ask_again() {
    let address = open(SHORT, 10, house()).await;
    let mut stream = says(address, b"").await;
    let mut pause = tokio::time::interval(A_MOMENT / 3);
    for _ in 0..9 {
        assert!(is_ok(&asked(&mut stream).await));
        pause.tick().await;
    }
}

#[tokio::test]
async fn who_asks_and_does_not_take_the_answer_is_let_go() {
    let address = open(SHORT, 1, house()).await;
    let silent = says(address, b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await;
    silent.readable().await.unwrap();
    // Somebody who is being served makes room for nobody, and so it is the clock that lets them go.
    assert!(is_ok(&asked(&mut says(address, b"").await).await));
}

#[tokio::test]
async fn whoever_keeps_us_waiting_longest_makes_room() {
    for half in [HALF_A_HEADER, HALF_A_BODY, b""] {
        let address = open(ENDLESS, 3, house()).await;
        let first = says(address, half).await;
        let mut between = says(address, b"").await;
        assert!(is_ok(&asked(&mut between).await));
        let mut second = says(address, HALF_A_BODY).await;
        let mut third = says(address, b"").await;
        assert!(is_ok(&asked(&mut third).await));
        let told = rest(first).await;
        let word = if half.is_empty() { "" } else { "HTTP/1.1 408" };
        assert!(told.starts_with(word) && !is_ok(&told), "{told}");
        second.write_all(b" five").await.unwrap();
        assert!(heard(&mut second).await.ends_with("four five"));
    }
}

#[tokio::test]
async fn a_crowd_that_never_ends_its_requests_keeps_nobody_out() {
    let address = open(ENDLESS, 8, house()).await;
    let mut crowd = Vec::new();
    for half in [HALF_A_HEADER, HALF_A_BODY, b""].repeat(30) {
        crowd.push(says(address, half).await);
    }
    for _ in 0..10 {
        assert!(is_ok(&asked(&mut says(address, b"").await).await));
    }
    assert_eq!(crowd.len(), 90);
}

#[tokio::test]
async fn who_is_being_served_keeps_their_place() {
    let (begun, may_end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (begins, ends) = (Arc::clone(&begun), Arc::clone(&may_end));
    let slow = get(move || async move {
        begins.notify_one();
        ends.notified().await;
        "at last"
    });
    let address = open(ENDLESS, 1, house().route("/slow", slow)).await;
    let mut served = says(address, b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await;
    begun.notified().await;
    let mut next = says(address, ASK).await;
    assert!(
        tokio::time::timeout(A_MOMENT, next.readable())
            .await
            .is_err()
    );
    may_end.notify_one();
    assert!(heard(&mut served).await.ends_with("at last"));
    // They are still there, and now it is they whom we wait for.
    assert!(is_ok(&heard(&mut next).await));
}
