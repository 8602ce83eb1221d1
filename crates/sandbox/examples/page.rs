//! The page with the town alone: `cargo run -p sandbox --example page [PORT [LMTP]]`. Mails to the list wait until a bridge
//! that was pointed at the printed addresses takes them in at `LMTP`, as in `127.0.0.1:8024`; then the story is told.
#![allow(clippy::print_stdout)]

use std::io;
use std::time::Duration;

use axum::Router;
use sandbox::town::open_town;
use sandbox::{Ports, Sandbox};

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().and_then(|it| it.parse().ok());
    let ports = Ports {
        page: port.unwrap_or(0),
        ..Ports::default()
    };
    let mut sandbox = Sandbox::start(open_town(), ports).await?;
    sandbox.serve_page(Router::new());
    println!("page     http://{}/", sandbox.page_at);
    println!("telegram {}", sandbox.addresses.telegram_api_url);
    println!("discord  {}", sandbox.addresses.discord_url);
    println!("slack    {}", sandbox.addresses.slack_url);
    println!("smtp     {}", sandbox.addresses.smtp);
    println!("group    {}", sandbox.town.cast.group);
    if let Some(lmtp) = arguments.next() {
        sandbox.deliver_to(&lmtp);
        let town = sandbox.town.clone();
        tokio::spawn(async move {
            let told = town.tell_story(Duration::from_millis(500)).await;
            println!("story    {told:?}");
        });
    }
    Err(sandbox.closed().await)
}
