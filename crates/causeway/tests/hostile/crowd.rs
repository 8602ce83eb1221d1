//! S16: crowds at the doors of the running bridge, who begin and never end.

use std::time::{Duration, Instant};

use sandbox::mail::Draft;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::{BO, Town};
use crate::updates::{Hook, SECRET, hook};

/// With the coming of the crowd. Far less than the patience with so many, one after the other, and far more than a
/// slow machine needs.
const SOON: Duration = Duration::from_secs(15);

/// As many as asked for, where the machine lets one program have so many files.
async fn crowd(address: &str, most: usize, halves: &[&str]) -> Vec<TcpStream> {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let files = limits.lines().find(|it| it.starts_with("Max open files"));
    let files = files.and_then(|it| it.split_whitespace().nth(3));
    let files = files.and_then(|it| it.parse::<usize>().ok());
    let most = files.map_or(most, |it| most.min(it.saturating_sub(300)));
    let mut crowd = Vec::new();
    for half in halves.iter().cycle().take(most) {
        let mut caller = TcpStream::connect(address).await.unwrap();
        // Whoever came first may have been sent away again.
        let _ = caller.write_all(half.as_bytes()).await;
        crowd.push(caller);
    }
    crowd
}

impl Hook {
    async fn timed(&self, request: &[u8]) -> String {
        let began = Instant::now();
        let status = self.status(request).await;
        println!("{status} after {} ms", began.elapsed().as_millis());
        status
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nine_hundred_half_requests_keep_no_webhook_and_no_link_waiting() {
    let hook = hook().await;
    let secret = format!("x-telegram-bot-api-secret-token: {SECRET}\r\n");
    let half_a_body = format!(
        "POST /telegram/webhook HTTP/1.1\r\nhost: x\r\n{secret}content-length: 99\r\n\r\n{{"
    );
    let halves = ["POST /telegram/webhook HTTP/1.1\r\nho", &half_a_body, ""];
    let began = Instant::now();
    let crowd = crowd(&hook.address, 900, &halves).await;
    for id in 1..=3 {
        let call = hook.call(&secret, &hook.message(id, &format!("number {id}")));
        assert_eq!(hook.timed(&call).await, "200");
        let link = b"GET /files/0/plan.pdf HTTP/1.1\r\nhost: x\r\n\r\n";
        assert_eq!(hook.timed(link).await, "403");
    }
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    hook.town.sees_copy(1, "number 3").await;
    drop(crowd);
    hook.town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_silent_callers_keep_no_mail_out() {
    let town = Town::open(1, &[BO]).await;
    town.begin().await;
    let door = town.rig.lmtp();
    let is_open = || std::net::TcpStream::connect(door).is_ok();
    town.until("the mail door is open", is_open).await;
    let halves = [
        "",
        "LHLO x\r\n",
        "LHLO x\r\nMAIL FROM:<bo@people.example>\r\nRC",
    ];
    let crowd = crowd(&door.to_string(), 100, &halves).await;
    town.writes_later(BO, Draft::new("Friday", "Who comes?"));
    town.sees_copy(0, "Who comes?").await;
    drop(crowd);
    town.end();
}
