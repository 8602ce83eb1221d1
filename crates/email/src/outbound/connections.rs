//! Kept connections to the mail server, and one mail on one of them.
//!
//! **Invariant:** never more connections than the settings allow (lettre's own pool opens as many as are asked of it), and
//! every failure says whether the mail may have been taken.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use futures::FutureExt;
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt, Rset},
        extension::{Extension, MailParameter},
    },
};
use tokio::{sync::Semaphore, time::timeout};

use super::health::Health;
use super::letter::{self, BrokenFile, Letter};
use super::server::Server;
use crate::{EmailError, address::one_line, settings::Smtp};

/// In bytes a second.
const SLOWEST_SERVER: u64 = 64 << 10;

pub(crate) struct Connections {
    smtp: Smtp,
    server: Server,
    health: Health,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
    slots: Semaphore,
}

/// What went wrong with one mail to one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server cannot be talked to: nobody else would fare better now.
    Server(String),
    /// This member not now.
    Later(String),
    /// This member never.
    Refused(String),
    /// The connection broke after the whole mail went out.
    Uncertain(String),
    Unauthorised(String),
}

impl Failure {
    /// Answers of mail servers repeat the member's address as a rule, and may hold anything else.
    fn without(self, member: &Address) -> Failure {
        const LONGEST: usize = 300;
        let told = |answer: String| {
            let answer = answer.replace(&member.to_string(), "…");
            one_line(&answer).chars().take(LONGEST).collect()
        };
        match self {
            Failure::Server(answer) => Failure::Server(told(answer)),
            Failure::Later(answer) => Failure::Later(told(answer)),
            Failure::Refused(answer) => Failure::Refused(told(answer)),
            Failure::Uncertain(answer) => Failure::Uncertain(told(answer)),
            Failure::Unauthorised(answer) => Failure::Unauthorised(told(answer)),
        }
    }
}

impl Connections {
    pub(crate) fn new(smtp: &Smtp, domain: &str) -> Result<Connections, EmailError> {
        let server = Server::new(smtp, domain).map_err(EmailError::Transport)?;
        Ok(Connections {
            health: Health::of(server.to_string()),
            server,
            idle: Mutex::new(Vec::new()),
            slots: Semaphore::new(smtp.max_connections),
            smtp: smtp.clone(),
        })
    }

    /// How many mails can be on their way at once.
    pub(crate) fn most(&self) -> usize {
        self.smtp.max_connections
    }

    pub(crate) async fn send(
        &self,
        from: &Address,
        to: &Address,
        mail: &Letter,
    ) -> Result<(), Failure> {
        let sent = self.deliver(from, to, mail).await;
        self.health.after(&sent);
        sent.map_err(|failure| failure.without(to))
    }

    async fn deliver(&self, from: &Address, to: &Address, mail: &Letter) -> Result<(), Failure> {
        let _slot = self
            .slots
            .acquire()
            .await
            .map_err(|e| Failure::Server(e.to_string()))?;
        // A connection that was kept may have been closed by the server meanwhile.
        if let Some(mut kept) = self.kept() {
            match self.dialogue(&mut kept, from, to, mail).await {
                Err(Step::Broken(_)) => {}
                settled => return self.settle(kept, settled),
            }
        }
        let mut fresh = self.connect().await?;
        let settled = self.dialogue(&mut fresh, from, to, mail).await;
        self.settle(fresh, settled)
    }

    fn kept(&self) -> Option<AsyncSmtpConnection> {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
    }

    fn settle(
        &self,
        connection: AsyncSmtpConnection,
        settled: Result<(), Step>,
    ) -> Result<(), Failure> {
        let failure = match settled {
            Ok(()) => None,
            Err(Step::Broken(cause)) => return Err(Failure::Server(cause)),
            Err(Step::Answered(failure @ (Failure::Later(_) | Failure::Refused(_)))) => {
                Some(failure)
            }
            Err(Step::Answered(failure)) => return Err(failure),
        };
        if !connection.has_broken() {
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
        }
        failure.map_or(Ok(()), Err)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let wait = Duration::from_secs(self.smtp.timeout_s);
        let mut connection = self.server.open().await.map_err(Failure::Server)?;
        self.log_in(&mut connection, wait).await?;
        Ok(connection)
    }

    async fn log_in(
        &self,
        connection: &mut AsyncSmtpConnection,
        wait: Duration,
    ) -> Result<(), Failure> {
        let (Some(user), Some(password)) = (&self.smtp.user, &self.smtp.password) else {
            return Ok(());
        };
        let credentials = Credentials::new(user.clone(), password.clone());
        let logging_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
        let answer = timeout(wait, logging_in)
            .await
            .map_err(|_| Failure::Server("it does not answer the login".to_owned()))?;
        match answer {
            Ok(_) => Ok(()),
            Err(error) if error.is_client() => {
                let why = "it lets us log in neither by PLAIN nor by LOGIN";
                Err(Failure::Unauthorised(why.to_owned()))
            }
            Err(error) if error.is_permanent() => Err(Failure::Unauthorised(error.to_string())),
            Err(error) => Err(Failure::Server(error.to_string())),
        }
    }

    async fn dialogue(
        &self,
        connection: &mut AsyncSmtpConnection,
        from: &Address,
        to: &Address,
        mail: &Letter,
    ) -> Result<(), Step> {
        let wait = Duration::from_secs(self.smtp.timeout_s);
        let mut parameters = Vec::new();
        if !to.to_string().is_ascii() {
            if !connection
                .server_info()
                .supports_feature(Extension::SmtpUtfEight)
            {
                let why = "the mail server takes no international addresses";
                return Err(Step::Answered(Failure::Refused(why.to_owned())));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let pieces = match mail.open() {
            Ok(pieces) => letter::bytes(pieces),
            Err(error) => {
                let why = format!("a file of the post cannot be read: {error}");
                return Err(Step::Answered(Failure::Later(why)));
            }
        };
        let opened = timeout(wait, async {
            connection
                .command(Mail::new(Some(from.clone()), parameters))
                .await?;
            connection.command(Rcpt::new(to.clone(), vec![])).await?;
            connection.command(Data).await
        });
        match opened.await {
            Err(_) => return Err(Step::Broken("no answer".to_owned())),
            Ok(Err(error)) => return Err(self.declined(connection, &error, wait).await),
            Ok(Ok(_)) => {}
        }
        // From here on the server may have the mail, whatever we hear of it.
        let wait = wait + Duration::from_secs(mail.length() / SLOWEST_SERVER);
        let sending = AssertUnwindSafe(connection.message_iter(pieces)).catch_unwind();
        match timeout(wait, sending).await {
            Err(_) => Err(Step::Answered(Failure::Uncertain(
                "no answer after the mail".to_owned(),
            ))),
            // The connection ends in the middle of the mail, which tells the server to forget it.
            Ok(Err(cause)) if cause.is::<BrokenFile>() => {
                let why = "a file of the post could not be read to its end";
                Err(Step::Answered(Failure::Server(why.to_owned())))
            }
            Ok(Err(cause)) => resume_unwind(cause),
            Ok(Ok(Ok(_))) => Ok(()),
            Ok(Ok(Err(error))) if error.status().is_some() => Err(said(&error)),
            Ok(Ok(Err(error))) => Err(Step::Answered(Failure::Uncertain(error.to_string()))),
        }
    }

    /// After a refusal the connection serves on, if the server forgets this mail.
    async fn declined(
        &self,
        connection: &mut AsyncSmtpConnection,
        error: &Error,
        wait: Duration,
    ) -> Step {
        let step = said(error);
        if error.status().is_some() && !matches!(step, Step::Broken(_)) {
            let forgotten = timeout(wait, connection.command(Rset)).await;
            if !matches!(forgotten, Ok(Ok(_))) {
                // It says goodbye and waits for an answer: also that not for ever.
                let _ = timeout(wait, connection.abort()).await;
            }
        }
        step
    }
}

/// How one dialogue ended.
enum Step {
    /// The connection was lost before the mail went out.
    Broken(String),
    Answered(Failure),
}

fn said(error: &Error) -> Step {
    let text = error.to_string();
    let Some(status) = error.status() else {
        return Step::Broken(text);
    };
    let code = status.to_string();
    Step::Answered(match code.as_str() {
        // The server says goodbye to all.
        "421" => return Step::Broken(text),
        "530" | "534" | "535" | "538" => Failure::Unauthorised(text),
        _ if error.is_permanent() => Failure::Refused(text),
        _ => Failure::Later(text),
    })
}
