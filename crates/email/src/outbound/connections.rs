//! Kept connections to the mail server, and one mail on one of them.
//!
//! **Invariant:** never more connections than the settings allow (lettre's own pool opens as many as are asked of it), and
//! every failure says whether the mail may have been taken.

use std::{
    fmt::Display,
    panic::{AssertUnwindSafe, resume_unwind},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use conversation::Secrets;
use futures::FutureExt;
use lettre::{
    Address,
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt, Rset},
        extension::{Extension, MailParameter},
    },
};
use tokio::{sync::Semaphore, time::timeout};

use super::failure::Failure;
use super::health::Health;
use super::judge::{Command, Step, judge};
use super::letter::{self, BrokenFile, Letter};
use super::server::Server;
use crate::{EmailError, settings::Smtp};

/// In bytes a second.
const SLOWEST_SERVER: u64 = 64 << 10;
/// While the server takes no further connection.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
/// So many times as long as any other step: ten minutes, where a step may take one.
const DOT_TAKES: u32 = 10;

pub(crate) struct Connections {
    smtp: Smtp,
    server: Server,
    secrets: Secrets,
    health: Health,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
    /// The largest mail that the server takes, in bytes, as it said last; 0 where it did not say.
    largest: AtomicU64,
    slots: Semaphore,
    /// Held once more for each connection on which a mail is on its way now.
    talking: Arc<()>,
}

impl Connections {
    pub(crate) fn new(smtp: &Smtp, domain: &str) -> Result<Connections, EmailError> {
        let server = Server::new(smtp, domain).map_err(EmailError::Transport)?;
        Ok(Connections {
            health: Health::of(server.to_string()),
            server,
            secrets: Secrets::of(smtp.password.as_deref()),
            idle: Mutex::new(Vec::new()),
            largest: AtomicU64::new(0),
            talking: Arc::default(),
            slots: Semaphore::new(smtp.max_connections),
            smtp: smtp.clone(),
        })
    }

    pub(crate) async fn send(
        &self,
        from: &Address,
        to: &Address,
        mail: &Letter,
    ) -> Result<(), Failure> {
        let sent = self.deliver(from, to, mail).await;
        let sent = sent.map_err(|failure| failure.told(&self.secrets));
        self.health.after(&sent);
        sent
    }

    async fn deliver(&self, from: &Address, to: &Address, mail: &Letter) -> Result<(), Failure> {
        let slot = self.slots.acquire().await;
        let _slot = slot.map_err(|e| Failure::Server(e.to_string()))?;
        // A connection that was kept may have been closed by the server meanwhile.
        if let Some(mut kept) = self.kept() {
            match self.talk(&mut kept, (from, to), mail).await {
                Err(Step::Broken(..)) => {}
                settled => return self.settle(kept, settled),
            }
        }
        let mut fresh = match self.connect().await {
            // While others are served, it wants fewer of us: the mail waits until one of them is done.
            Err(Failure::Server(_)) if self.is_busy() => self.after_another().await?,
            connected => connected?,
        };
        let settled = self.talk(&mut fresh, (from, to), mail).await;
        self.settle(fresh, settled)
    }

    /// Somebody else talks with the server now.
    fn is_busy(&self) -> bool {
        Arc::strong_count(&self.talking) > 1
    }

    async fn after_another(&self) -> Result<AsyncSmtpConnection, Failure> {
        let until = Instant::now() + self.wait();
        while self.is_busy() && Instant::now() < until {
            tokio::time::sleep(LOOK_AGAIN).await;
            if let Some(kept) = self.kept() {
                return Ok(kept);
            }
        }
        self.connect().await
    }

    fn kept(&self) -> Option<AsyncSmtpConnection> {
        self.idle().pop()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<AsyncSmtpConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn settle(
        &self,
        connection: AsyncSmtpConnection,
        settled: Result<(), Step>,
    ) -> Result<(), Failure> {
        let failure = settled.err().map(Step::failure);
        use Failure::{Later, Refused, TooLarge, Unclear};
        let serves_on = match failure {
            None | Some(Later(_) | Refused(_) | TooLarge(_) | Unclear { .. }) => true,
            Some(_) => false,
        };
        if serves_on && !connection.has_broken() {
            self.idle().push(connection);
        }
        failure.map_or(Ok(()), Err)
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let mut connection = self.server.open().await.map_err(Failure::Server)?;
        self.log_in(&mut connection).await?;
        let largest = self.server.largest(&mut connection).await;
        let largest = largest.map_err(Failure::Server)?;
        self.largest.store(largest, Ordering::Relaxed);
        Ok(connection)
    }

    async fn log_in(&self, connection: &mut AsyncSmtpConnection) -> Result<(), Failure> {
        let (Some(user), Some(password)) = (&self.smtp.user, &self.smtp.password) else {
            return Ok(());
        };
        let credentials = Credentials::new(user.clone(), password.clone());
        let logging_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials);
        let silent = |_| Failure::Server("it does not answer the login".to_owned());
        match timeout(self.wait(), logging_in).await.map_err(silent)? {
            Ok(_) => Ok(()),
            Err(error) if error.is_client() => {
                let why = "it lets us log in neither by PLAIN nor by LOGIN";
                Err(Failure::Unauthorised(why.to_owned()))
            }
            Err(error) if error.is_permanent() => Err(Failure::Unauthorised(error.to_string())),
            Err(error) => Err(Failure::Server(error.to_string())),
        }
    }

    async fn talk(
        &self,
        connection: &mut AsyncSmtpConnection,
        (from, to): (&Address, &Address),
        mail: &Letter,
    ) -> Result<(), Step> {
        let _talking = self.talking.clone();
        let ours = |why: String| Step::Answered(Failure::Ours(why));
        let uncertain = |why: String| Err(Step::Answered(Failure::Uncertain(why)));
        let mut parameters = Vec::new();
        if !to.to_string().is_ascii() {
            let server = connection.server_info();
            if !server.supports_feature(Extension::SmtpUtfEight) {
                let why = "the mail server takes no international addresses";
                return Err(Step::Answered(Failure::Refused(why.to_owned())));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if let Some(too_large) = self.is_too_large(mail) {
            return Err(too_large);
        }
        let opened = mail.open();
        let unread = |error| ours(format!("a file of the post cannot be read: {error}"));
        let pieces = letter::bytes(opened.map_err(unread)?);
        let mail_command = Mail::new(Some(from.clone()), parameters);
        self.say(connection, Command::Mail, mail_command).await?;
        let rcpt_command = Rcpt::new(to.clone(), vec![]);
        self.say(connection, Command::Rcpt, rcpt_command).await?;
        self.say(connection, Command::Data, Data).await?;
        // Servers look into a mail before they answer for it (RFC 5321, 4.5.3.2.6), and it takes its time to be sent.
        let wait = self.wait() * DOT_TAKES + Duration::from_secs(mail.length() / SLOWEST_SERVER);
        let is_whole = AtomicBool::new(false);
        let pieces = pieces.chain(std::iter::from_fn(|| {
            // Once this is asked for, the last dot is all that is left.
            is_whole.store(true, Ordering::Relaxed);
            None
        }));
        let sending = AssertUnwindSafe(connection.message_iter(pieces)).catch_unwind();
        match timeout(wait, sending).await {
            Err(_) => uncertain("no answer after the mail".to_owned()),
            // The connection ends in the middle of the mail, which tells the server to forget it.
            Ok(Err(cause)) if cause.is::<BrokenFile>() => {
                let why = "a file of the post could not be read to its end";
                Err(ours(why.to_owned()))
            }
            Ok(Err(cause)) => resume_unwind(cause),
            Ok(Ok(Ok(answer))) if answer.has_code(250) => Ok(()),
            Ok(Ok(Ok(answer))) => uncertain(format!("it answers the mail with {}", answer.code())),
            Ok(Ok(Err(error))) if error.status().is_some() || !is_whole.load(Ordering::Relaxed) => {
                Err(judge(Command::Data, &error))
            }
            // The server may have it, whatever we hear of it.
            Ok(Ok(Err(error))) => uncertain(error.to_string()),
        }
    }

    /// One command. After a refusal the connection serves on, if the server forgets this mail.
    async fn say(
        &self,
        connection: &mut AsyncSmtpConnection,
        command: Command,
        words: impl Display,
    ) -> Result<(), Step> {
        let wait = self.wait();
        let step = match timeout(wait, connection.command(words)).await {
            Ok(Ok(answer)) if command.is_answered_by(&answer) => return Ok(()),
            Ok(Ok(answer)) => Step::Broken(command, format!("it answers with {}", answer.code())),
            Ok(Err(error)) => judge(command, &error),
            Err(_) => Step::Broken(command, "no answer".to_owned()),
        };
        if let Step::Answered(_) = step {
            let forgotten = timeout(wait, connection.command(Rset)).await;
            if !matches!(forgotten, Ok(Ok(_))) {
                // It says goodbye and waits for an answer: also that not for ever.
                let _ = timeout(wait, connection.abort()).await;
            }
        }
        Err(step)
    }

    /// For one step.
    fn wait(&self) -> Duration {
        Duration::from_secs(self.smtp.timeout_s)
    }

    /// Larger than the server says that it takes.
    fn is_too_large(&self, mail: &Letter) -> Option<Step> {
        let most = self.largest.load(Ordering::Relaxed);
        (most > 0 && mail.length() > most).then(|| {
            let why = format!("the mail server takes mails of up to {most} bytes");
            Step::Answered(Failure::TooLarge(why))
        })
    }
}
