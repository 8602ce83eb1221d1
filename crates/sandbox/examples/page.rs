//! The page with the town alone and no bridge: `cargo run -p sandbox --example page [PORT]`. Mails to the list wait.
#![allow(clippy::print_stdout)]

use std::io;

use axum::Router;
use sandbox::town::open_town;
use sandbox::{Ports, Sandbox};

#[tokio::main]
async fn main() -> io::Result<()> {
    let port = std::env::args().nth(1).and_then(|it| it.parse().ok());
    let ports = Ports {
        page: port.unwrap_or(0),
        ..Ports::default()
    };
    let mut sandbox = Sandbox::start(open_town(), ports).await?;
    sandbox.serve_page(Router::new());
    println!("http://{}/", sandbox.addresses.page);
    Err(sandbox.closed().await)
}
