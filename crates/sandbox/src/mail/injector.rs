//! People's new mail on its way out: queued, retried and bounced as a mail server does. The mails of one person
//! keep their order.

use std::io;
use std::sync::{Arc, Weak};
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::{oneshot, watch};

use super::bounce;
use super::compose::{Draft, compose};
use super::error::MailError;
use super::lanes::{Job, Outcome, Written};
use super::lmtp::{Answer, Connection};
use super::mailbox::{Folder, MailId, Mailbox};
use super::transit::Transit;
use super::world::World;

/// A mail server waits minutes; nobody who plays here does.
const RETRY_MS: [u64; 6] = [200, 1_000, 3_000, 10_000, 30_000, 60_000];

pub(super) fn deliver_to(world: &Arc<World>, lmtp: &str) {
    let lanes = &world.lanes;
    lanes.server.send_replace(Some(lmtp.to_owned()));
    for jobs in lanes.take_waiting() {
        let lane = Lane {
            world: Arc::downgrade(world),
            server: lanes.server.subscribe(),
            connection: None,
        };
        tokio::spawn(lane.run(jobs));
    }
}

pub(super) fn write(
    world: &World,
    person: &str,
    to: &str,
    draft: Draft,
) -> Result<Written, MailError> {
    let from = world
        .owner(person)
        .ok_or_else(|| MailError::UnknownPerson(person.to_owned()))?;
    let recipients = recipients(to)?;
    let parent = match draft.in_reply_to {
        Some(id) => Some(
            world
                .find_in(person, id)
                .ok_or(MailError::UnknownMail(id))?,
        ),
        None => None,
    };
    let parent = parent.as_ref().map(|it| it.parsed());
    let (raw, message_id) = compose(&from, &recipients.join(", "), &draft, parent)?;
    let raw = Bytes::from(raw);
    let id = world
        .keep(&from.address, Folder::Sent, raw.clone())
        .ok_or_else(|| MailError::UnknownPerson(person.to_owned()))?;
    let (outcome, answer) = oneshot::channel();
    send(world, &from, id, (recipients, raw, outcome));
    Ok(Written {
        id,
        message_id,
        outcome: answer,
    })
}

pub(super) async fn raw(
    world: &World,
    sender: &str,
    recipients: &[&str],
    mail: &[u8],
) -> Result<Vec<Answer>, MailError> {
    let server = world.lanes.server.borrow().clone();
    let server = server.ok_or(MailError::NoServer)?;
    let recipients: Vec<String> = recipients.iter().map(|it| (*it).to_owned()).collect();
    let mut connection = Connection::open(&server).await?;
    Ok(connection.send(sender, &recipients, mail).await?)
}

/// What is for people of this world lies in their mailboxes at once; the rest takes a lane.
fn send(
    world: &World,
    from: &Mailbox,
    id: MailId,
    (recipients, raw, outcome): (Vec<String>, Bytes, oneshot::Sender<Outcome>),
) {
    let is_here = |it: &String| world.keep(it, Folder::Inbox, raw.clone()).is_some();
    let (_, elsewhere): (Vec<_>, Vec<_>) = recipients.into_iter().partition(is_here);
    if elsewhere.is_empty() {
        let _ = outcome.send(Outcome::Taken);
        return;
    }
    world.state().transit.insert(id, Transit::queued());
    world.lanes.push(Job {
        id,
        sender: from.address.clone(),
        recipients: elsewhere,
        raw,
        attempts: 0,
        refused: None,
        outcome,
    });
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
    world: Weak<World>,
    server: watch::Receiver<Option<String>>,
    connection: Option<Connection>,
}

impl Lane {
    async fn run(mut self, mut jobs: UnboundedReceiver<Job>) {
        while let Some(mut job) = jobs.recv().await {
            let Some(answers) = self.send(&mut job).await else {
                return;
            };
            let Some(world) = self.world.upgrade() else {
                return;
            };
            settle(&world, job, &answers);
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
            let world = self.world.upgrade()?;
            world.wait(job, format!("no answer: {error}"), wait);
            drop(world);
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

impl World {
    fn wait(&self, job: &Job, answer: String, wait: Duration) {
        let waiting = Transit::waiting(job.attempts, answer, wait);
        self.state().transit.insert(job.id, waiting);
        self.changed();
    }
}

fn retry_after(attempts: u32) -> Duration {
    let step = (attempts.max(1) as usize - 1).min(RETRY_MS.len() - 1);
    Duration::from_millis(RETRY_MS[step])
}

fn settle(world: &Arc<World>, mut job: Job, answers: &[Answer]) {
    let answered = std::mem::take(&mut job.recipients);
    let mut later = None;
    for (recipient, answer) in answered.into_iter().zip(answers) {
        if answer.is_later() {
            job.recipients.push(recipient);
            later = Some(answer);
        } else if !answer.is_yes() {
            let report = bounce::report(&job.sender, &recipient, answer, &job.raw);
            world.keep(&job.sender, Folder::Bounce, report.into());
            job.refused = Some(answer.to_string());
        }
    }
    match later {
        Some(answer) => come_back(world, job, answer),
        None => finish(world, job),
    }
}

fn come_back(world: &Arc<World>, job: Job, answer: &Answer) {
    let wait = retry_after(job.attempts);
    world.wait(&job, answer.to_string(), wait);
    let world = Arc::downgrade(world);
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        if let Some(world) = world.upgrade() {
            world.lanes.push(job);
        }
    });
}

fn finish(world: &World, job: Job) {
    let outcome = match &job.refused {
        None => {
            world.state().transit.remove(&job.id);
            Outcome::Taken
        }
        Some(answer) => {
            let refused = Transit::refused(job.attempts, answer.clone());
            world.state().transit.insert(job.id, refused);
            Outcome::Refused(answer.clone())
        }
    };
    world.changed();
    // Whoever does not wait for the answer dropped the other end.
    let _ = job.outcome.send(outcome);
}
