//! People's new mail on its way out: queued, retried and bounced as a mail server does. The mails of one person
//! keep their order.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{oneshot, watch};

use super::bounce;
use super::compose::{Draft, compose};
use super::lanes::{Job, Outcome, Transit, Written};
use super::lmtp::{Answer, Connection};
use super::mailbox::{Folder, MailError, MailId, Mailbox};
use super::world::{Mail, World};
use crate::kit::WeakStand;

/// As which the server says what it found out of a mail, where it hands it in.
pub const AUTHSERV_ID: &str = "mx.sandbox.invalid";

/// A mail server waits minutes; nobody who plays here does.
const RETRY_MS: [u64; 6] = [200, 1_000, 3_000, 10_000, 30_000, 60_000];

impl Mail {
    /// From now on people's new mail goes to this LMTP server, `host:port`. Mail written earlier follows.
    /// Must be called inside a tokio runtime.
    pub fn deliver_to(&self, lmtp: &str) {
        let (waiting, server) = self.look(|world| {
            let lanes = &mut world.lanes;
            lanes.server.send_replace(Some(lmtp.to_owned()));
            (lanes.take_waiting(), lanes.server.clone())
        });
        for jobs in waiting {
            let lane = Lane {
                mail: self.downgrade(),
                server: server.subscribe(),
                connection: None,
            };
            tokio::spawn(lane.run(jobs));
        }
    }

    /// `person` (an address) writes a new mail: it stands in the Sent folder at once, goes out like
    /// through any mail server, and the answer can be waited for.
    pub fn write(&self, person: &str, to: &str, draft: Draft) -> Result<Written, MailError> {
        let unknown = || MailError::UnknownPerson(person.to_owned());
        let recipients = recipients(to)?;
        let (from, parent) = self.look(|world| {
            let owned = world.of(person).ok_or_else(unknown)?;
            let parent = draft
                .in_reply_to
                .map(|id| owned.mail(id).ok_or(MailError::UnknownMail(id)));
            Ok::<_, MailError>((owned.owner.clone(), parent.transpose()?))
        })?;
        let parent = parent.as_ref().map(|it| it.parsed());
        let (raw, message_id) = compose(&from, &recipients.join(", "), &draft, parent)?;
        let raw = Bytes::from(raw);
        let (tell, outcome) = oneshot::channel();
        let id = self.change(|world| {
            let id = world.keep(&from.address, Folder::Sent, raw.clone())?;
            world.send(&from, id, (recipients, raw, tell));
            Some(id)
        });
        Ok(Written {
            id: id.ok_or_else(unknown)?,
            message_id,
            outcome,
        })
    }

    /// Sends exactly these bytes on a connection of its own, without a copy, a queue or a retry.
    /// The answers are the server's, one for each recipient.
    pub async fn raw(
        &self,
        sender: &str,
        recipients: &[&str],
        mail: &[u8],
    ) -> Result<Vec<Answer>, MailError> {
        let server = self.look(|world| world.lanes.server.borrow().clone());
        let server = server.ok_or(MailError::NoServer)?;
        let recipients: Vec<String> = recipients.iter().map(|it| (*it).to_owned()).collect();
        let mut connection = Connection::open(&server).await?;
        Ok(connection.send(sender, &recipients, mail).await?)
    }

    fn wait(&self, job: &Job, answer: String, wait: Duration) {
        let waiting = Transit::waiting(job.attempts, answer, wait);
        self.change(|world| world.transit.insert(job.id, waiting));
    }
}

impl World {
    /// What is for people of this world lies in their mailboxes at once; the rest takes a lane.
    fn send(
        &mut self,
        from: &Mailbox,
        id: MailId,
        (recipients, raw, outcome): (Vec<String>, Bytes, oneshot::Sender<Outcome>),
    ) {
        let is_here = |it: &String| self.keep(it, Folder::Inbox, raw.clone()).is_some();
        let (_, elsewhere): (Vec<_>, Vec<_>) = recipients.into_iter().partition(is_here);
        if elsewhere.is_empty() {
            let _ = outcome.send(Outcome::Taken);
            return;
        }
        self.transit.insert(id, Transit::queued());
        self.lanes.push(Job {
            id,
            sender: from.address.clone(),
            recipients: elsewhere,
            raw: verified(from, &raw),
            attempts: 0,
            refused: None,
            outcome,
        });
    }
}

/// Whoever writes here is logged in (RFC 8601, 2.7.4).
fn verified(from: &Mailbox, mail: &[u8]) -> Bytes {
    let address = &from.address;
    let said = format!("Authentication-Results: {AUTHSERV_ID}; auth=pass smtp.auth={address}\r\n");
    [said.as_bytes(), mail].concat().into()
}

fn recipients(to: &str) -> Result<Vec<String>, MailError> {
    let recipients: Vec<String> = to.split(',').map(|it| it.trim().to_owned()).collect();
    for address in &recipients {
        let is_odd = |it: char| it.is_whitespace() || it.is_control() || "<>\",;()".contains(it);
        let has_both = address
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
        refuse!(!has_both || address.contains(is_odd) => MailError::BadAddress(address.clone()));
    }
    Ok(recipients)
}

struct Lane {
    mail: WeakStand<World>,
    server: watch::Receiver<Option<String>>,
    connection: Option<Connection>,
}

impl Lane {
    async fn run(mut self, mut jobs: UnboundedReceiver<Job>) {
        while let Some(mut job) = jobs.recv().await {
            let Some(answers) = self.send(&mut job).await else {
                return;
            };
            let Some(mail) = self.mail.upgrade() else {
                return;
            };
            settle(&mail, job, &answers);
        }
    }

    /// Tries until the server answers: what comes behind waits, so that the order holds. None if the world is gone.
    async fn send(&mut self, job: &mut Job) -> Option<Vec<Answer>> {
        loop {
            let was_kept = self.connection.is_some();
            job.attempts += 1;
            let error = match self.attempt(job).await {
                Ok(answers) => return Some(answers),
                Err(error) => error,
            };
            self.connection = None;
            if was_kept {
                // An idle connection may have been closed meanwhile: that says nothing of the server.
                continue;
            }
            let wait = retry_after(job.attempts);
            let why = format!("no answer: {error}");
            self.mail.upgrade()?.wait(job, why, wait);
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                changed = self.server.changed() => changed.ok()?,
            }
        }
    }

    async fn attempt(&mut self, job: &Job) -> io::Result<Vec<Answer>> {
        let server = self.server.borrow_and_update().clone().unwrap_or_default();
        let kept = self.connection.take().filter(|it| it.address == server);
        let connection = match kept {
            Some(connection) => connection,
            None => Connection::open(&server).await?,
        };
        let connection = self.connection.insert(connection);
        connection
            .send(&job.sender, &job.recipients, &job.raw)
            .await
    }
}

fn retry_after(attempts: u32) -> Duration {
    let step = (attempts.max(1) as usize - 1).min(RETRY_MS.len() - 1);
    Duration::from_millis(RETRY_MS[step])
}

fn settle(mail: &Mail, mut job: Job, answers: &[Answer]) {
    let answered = std::mem::take(&mut job.recipients);
    let mut later = None;
    for (recipient, answer) in answered.into_iter().zip(answers) {
        if answer.is_later() {
            job.recipients.push(recipient);
            later = Some(answer);
        } else if !answer.is_yes() {
            let report = bounce::report(&job.sender, &recipient, answer, &job.raw);
            mail.change(|world| world.keep(&job.sender, Folder::Bounce, report.into()));
            job.refused = Some(answer.to_string());
        }
    }
    match later {
        Some(answer) => come_back(mail, job, answer),
        None => finish(mail, job),
    }
}

fn come_back(mail: &Mail, job: Job, answer: &Answer) {
    let wait = retry_after(job.attempts);
    mail.wait(&job, answer.to_string(), wait);
    let mail = mail.downgrade();
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        if let Some(mail) = mail.upgrade() {
            mail.look(|world| world.lanes.push(job));
        }
    });
}

fn finish(mail: &Mail, job: Job) {
    let refused = job.refused.clone();
    mail.change(|world| match refused {
        None => world.transit.remove(&job.id),
        Some(answer) => {
            let refused = Transit::refused(job.attempts, answer);
            world.transit.insert(job.id, refused)
        }
    });
    let outcome = job.refused.map_or(Outcome::Taken, Outcome::Refused);
    // Whoever does not wait for the answer dropped the other end.
    let _ = job.outcome.send(outcome);
}
