//! Which files somebody waits for.

use blobs::Wants;
use conversation::{Attachment, AttachmentKind, AttachmentSource, BlobRef, Event, Inbound, Proof};

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    files_of_what_is_still_to_be_delivered_are_wanted,
    files_of_what_is_held_for_staff_are_known_as_such,
);

/// As the cache of files names them.
const HASH: &str = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

fn with_file(world: &mut World) -> Inbound {
    let mut post = posted("1", &[], "See");
    post.content.attachments.push(Attachment {
        kind: AttachmentKind::Document,
        name: None,
        mime: None,
        size: None,
        alt: None,
        source: AttachmentSource::Blob(BlobRef {
            sha256: HASH.to_owned(),
            size: 11,
        }),
    });
    world.event("chat:a", "Ana", Event::Posted(post))
}

async fn files_of_what_is_still_to_be_delivered_are_wanted(database: &Database) {
    let mut world = World::new(database).await;
    let event = with_file(&mut world);
    world.take_in(event).await.unwrap();
    let wanted = world.store.wanted().await.unwrap();
    assert!(wanted.on_their_way.contains(HASH) && wanted.held.is_empty());
    for channel in ["chat:b", "mail:list"] {
        world.delivers(channel, &format!("there-{channel}")).await;
    }
    let wanted = world.store.wanted().await.unwrap();
    assert!(wanted.on_their_way.is_empty(), "{wanted:?}");
}

async fn files_of_what_is_held_for_staff_are_known_as_such(database: &Database) {
    let mut world = World::new(database).await;
    let mut event = with_file(&mut world);
    event.proof = Proof::Missing;
    world.take_in(event).await.unwrap();
    let wanted = world.store.wanted().await.unwrap();
    assert!(wanted.held.contains(HASH) && wanted.on_their_way.is_empty());
}
