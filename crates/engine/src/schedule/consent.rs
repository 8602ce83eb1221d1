//! Who was asked whether their words may go on, and said nothing for days.

use conversation::{CommunityId, IdentityId, Phrase, Timestamp};
use store::{ASKED_FOR, Due, Result, Say, Tx};
use words::{MAY_IT_GO, NEVER_WENT};

use super::{Done, Scheduler};

impl Scheduler {
    pub(super) async fn end_unagreed(&self, due: &Due, now: Timestamp) -> Result<()> {
        let work = self.in_one(due, move |tx, due| {
            Box::pin(async move {
                let author = IdentityId(due.about.clone());
                let since = tx.unagreed(&due.community).since(&author).await?;
                match since.map(|it| it.plus(ASKED_FOR)) {
                    None => Ok(Done::default()),
                    Some(over) if over > now => Ok(Done::until(Some(over))),
                    Some(_) => end(tx, (&due.community, &author), now).await,
                }
            })
        });
        work.await
    }
}

/// What they said after they were asked waited behind it, and ends with it. They are told once.
async fn end(
    tx: &mut Tx,
    (community, author): (&CommunityId, &IdentityId),
    now: Timestamp,
) -> Result<Done> {
    let waiting = tx.unagreed(community).of(author).await?;
    tx.unagreed(community).end(&waiting, now).await?;
    let asked = tx
        .unagreed(community)
        .questions(author, MAY_IT_GO.name)
        .await?;
    let told = Phrase::of(NEVER_WENT);
    let chat = tx.private_chats().with(community, author).await?;
    // Where they are alone with us a new word tells them; below what they said in a group, the question changes.
    let instead = chat.is_none().then_some(&told);
    let mut own_words = tx.own_words();
    let closed = own_words.close_all((community, &asked), instead, now);
    let mut woken = closed.await?;
    if let (Some(chat), Some(first)) = (chat, waiting.first()) {
        let to = chat.channel.id.clone();
        let words = Say::to(
            chat,
            format!("never-went-{first}"),
            told.clone(),
            vec![to.clone()],
        );
        tx.own_words().say(&words, now).await?;
        woken.push(to);
    }
    Ok(Done { next: None, woken })
}
