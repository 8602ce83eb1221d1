//! Our own listener: what platforms call us by, and the files that links lead to.

use std::net::SocketAddr;

use anyhow::Context as _;
use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

mod door;
mod download;
mod files;

pub(crate) use files::router as files;

use door::{Door, MOST_CALLERS, PATIENCE};

pub(crate) async fn serve(address: SocketAddr, router: Router) -> anyhow::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("http.listen: {address} cannot be listened on"))?;
    let door = Door::new(listener, PATIENCE, MOST_CALLERS);
    Ok(tokio::spawn(async move {
        if let Err(error) = axum::serve(door, router).await {
            tracing::error!(%error, "the HTTP listener ended");
        }
    }))
}
