//! Our own listener: what platforms call us by, and the files that links lead to.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::middleware::from_fn;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

mod door;
mod download;
mod files;
mod places;
mod privacy;
mod turns;

pub(crate) use files::router as files;
pub(crate) use privacy::router as privacy;

use door::Door;
use places::{Patience, Places, Visit};

const PATIENCE: Patience = Patience {
    header: Duration::from_secs(10),
    request: Duration::from_secs(20),
};
const MOST_CALLERS: usize = 256;

pub(crate) async fn serve(address: SocketAddr, router: Router) -> anyhow::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("http.listen: {address} cannot be listened on"))?;
    let door = Door::new(listener, Places::new(MOST_CALLERS, PATIENCE));
    Ok(tokio::spawn(async move {
        if let Err(error) = answer(door, router).await {
            tracing::error!(%error, "the HTTP listener ended");
        }
    }))
}

async fn answer(door: Door, router: Router) -> std::io::Result<()> {
    let router = router.layer(from_fn(turns::take_turns));
    let service = router.into_make_service_with_connect_info::<Visit>();
    axum::serve(door, service).await
}
