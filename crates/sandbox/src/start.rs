//! Opens the doors of a town on this machine, and on no other: everything listens on 127.0.0.1.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::discord::Discord;
use crate::mail::Mail;
use crate::page;
use crate::slack::Slack;
use crate::telegram::Telegram;
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
}

/// The servers of the stand-ins at work. They end when it is dropped.
pub(crate) type Serving = JoinSet<io::Result<()>>;

/// A town with open doors. They close when it is dropped.
pub struct Sandbox {
    pub town: Town,
    pub addresses: Addresses,
    pub page_at: SocketAddr,
    page: Option<TcpListener>,
    serving: Serving,
}

impl Sandbox {
    /// Serves the platforms and the mail server. The page is bound, too, and served by `serve_page`, once the program
    /// knows what it adds to it. Must be called inside a tokio runtime.
    pub async fn start(town: Town, ports: Ports) -> io::Result<Sandbox> {
        let page = bind(ports.page).await?;
        let (telegram, discord, slack) = (&town.telegram, &town.discord, &town.slack);
        let (addresses, serving) = open(telegram, discord, slack, &town.mail, ports).await?;
        Ok(Sandbox {
            town,
            addresses,
            page_at: page.local_addr()?,
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

/// Serves all four. Must be called inside a tokio runtime.
pub(crate) async fn open(
    telegram: &Telegram,
    discord: &Discord,
    slack: &Slack,
    mail: &Mail,
    ports: Ports,
) -> io::Result<(Addresses, Serving)> {
    let (bot_api, rest) = (bind(ports.telegram).await?, bind(ports.discord).await?);
    let (web_api, smtp) = (bind(ports.slack).await?, bind(ports.smtp).await?);
    let addresses = Addresses {
        telegram_api_url: url(&bot_api)?,
        discord_url: url(&rest)?,
        slack_url: url(&web_api)?,
        smtp: smtp.local_addr()?,
    };
    let mut serving = JoinSet::new();
    serving.spawn(telegram.clone().serve(bot_api));
    serving.spawn(discord.clone().serve(rest));
    serving.spawn(slack.clone().serve(web_api));
    serving.spawn(mail.clone().serve(smtp));
    Ok((addresses, serving))
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
