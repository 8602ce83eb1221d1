//! Opens the doors of a town on this machine, and on no other: everything listens on 127.0.0.1.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::page;
use crate::town::Town;

/// 0 takes any port that is free.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ports {
    pub telegram: u16,
    pub discord: u16,
    pub slack: u16,
    pub smtp: u16,
    pub page: u16,
}

/// Where everything listens, as a configuration needs it.
#[derive(Debug, Clone)]
pub struct Addresses {
    /// `http://127.0.0.1:port`
    pub telegram_api_url: String,
    /// `http://127.0.0.1:port`
    pub discord_url: String,
    /// `http://127.0.0.1:port`
    pub slack_url: String,
    /// Takes mail for the members of the list.
    pub smtp: SocketAddr,
    pub page: SocketAddr,
}

/// A town with open doors. They close when it is dropped.
pub struct Sandbox {
    pub town: Town,
    pub addresses: Addresses,
    page: Option<TcpListener>,
    serving: JoinSet<io::Result<()>>,
}

impl Sandbox {
    /// Serves the platforms and the mail server. The page is bound, too, and served by `serve_page`, once the program
    /// knows what it adds to it. Must be called inside a tokio runtime.
    pub async fn start(town: Town, ports: Ports) -> io::Result<Sandbox> {
        let telegram = bind(ports.telegram).await?;
        let discord = bind(ports.discord).await?;
        let slack = bind(ports.slack).await?;
        let smtp = bind(ports.smtp).await?;
        let page = bind(ports.page).await?;
        let addresses = Addresses {
            telegram_api_url: url(&telegram)?,
            discord_url: url(&discord)?,
            slack_url: url(&slack)?,
            smtp: smtp.local_addr()?,
            page: page.local_addr()?,
        };
        let mut serving = JoinSet::new();
        let api = town.telegram.clone();
        serving.spawn(async move { api.serve(telegram).await });
        serving.spawn(town.discord.clone().serve(discord));
        serving.spawn(town.slack.clone().serve(slack));
        let mail = town.mail.clone();
        serving.spawn(async move { mail.serve(smtp).await });
        Ok(Sandbox {
            town,
            addresses,
            page: Some(page),
            serving,
        })
    }

    /// From now on people's mails to the list go to this LMTP server, `host:port`; those that wait follow.
    pub fn deliver_to(&self, lmtp: &str) {
        self.town.mail.deliver_to(lmtp);
    }

    /// Serves the page together with routes of the program's own, such as `GET /api/deliveries`. A second call does nothing.
    pub fn serve_page(&mut self, own: Router) {
        let Some(listener) = self.page.take() else {
            return;
        };
        let router = page::router(&self.town).merge(page::guard(own));
        self.serving
            .spawn(async move { axum::serve(listener, router).await });
    }

    /// Waits until one of the doors closes, which happens only by a fault of the machine.
    pub async fn closed(&mut self) -> io::Error {
        match self.serving.join_next().await {
            Some(Ok(Err(error))) => error,
            Some(Err(error)) => io::Error::other(error),
            Some(Ok(Ok(()))) | None => io::Error::other("a server of the sandbox ended"),
        }
    }
}

fn url(listener: &TcpListener) -> io::Result<String> {
    Ok(format!("http://{}", listener.local_addr()?))
}

async fn bind(port: u16) -> io::Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|error| {
        let why = format!("the sandbox cannot listen on {address}: {error}");
        io::Error::new(error.kind(), why)
    })
}
