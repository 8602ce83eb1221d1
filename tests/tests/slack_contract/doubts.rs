//! After a doubt the channel itself is asked.

use conversation::{Adapter, Operation, Reconciled, SendError};
use sandbox::slack::{Broken, Faults};

use crate::bridge::{Bridge, a_picture, answering, carrying, id, outbound, words};

fn lost(method: &str, accepted: bool) -> Faults {
    Faults {
        methods: vec![method.to_owned()],
        cut: Some(Broken {
            accepted,
            next: Some(1),
            ..Broken::default()
        }),
        ..Faults::default()
    }
}

#[tokio::test]
async fn a_post_is_found_by_its_key_in_the_channel_and_in_a_thread() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = id(bridge.stand_in.say(&channel, &ana, "Who comes?").unwrap());
    for post in [words("me"), answering(&asked, words("me"))] {
        for accepted in [true, false] {
            let mut outbound = outbound(&channel, Operation::Post(Box::new(post.clone())));
            outbound.key = format!("d{}/{accepted}", post.reply.is_some());
            bridge
                .stand_in
                .set_faults(None, lost("chat.postMessage", accepted));
            let doubt = bridge.adapter.send(&outbound).await.unwrap_err();
            assert!(doubt.is_doubt(), "{doubt:?}");
            let found = bridge.adapter.reconcile(&outbound).await.unwrap();
            assert_eq!(matches!(found, Reconciled::Found(_)), accepted, "{found:?}");
            assert_eq!(found == Reconciled::NotFound, !accepted);
        }
    }
    bridge.assert_legal();
}

#[tokio::test]
async fn files_are_found_by_what_was_uploaded_or_by_how_they_look() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let folder = tempfile::tempdir().unwrap();
    let picture = || vec![a_picture(&folder, "bed.png", b"bed")];
    bridge
        .stand_in
        .set_faults(None, lost("files.completeUploadExternal", true));
    let mut post = carrying(words("a bed"), picture());
    let sent = outbound(&channel, Operation::Post(Box::new(post.clone())));
    let doubt = bridge.adapter.send(&sent).await.unwrap_err();
    let SendError::Interrupted { progress, .. } = &doubt else {
        panic!("{doubt:?}")
    };
    assert!(doubt.is_doubt());
    // After a crash nothing is known of the upload; else it is.
    let by_look = bridge.adapter.reconcile(&sent).await.unwrap();
    post.progress = Some(progress.clone());
    let known = outbound(&channel, Operation::Post(Box::new(post)));
    let by_upload = bridge.adapter.reconcile(&known).await.unwrap();
    assert!(matches!(by_look, Reconciled::Found(_)), "{by_look:?}");
    assert_eq!(by_look, by_upload);
    // Sent again all the same, it stands there once.
    let receipt = bridge.adapter.send(&known).await.unwrap();
    assert_eq!(Reconciled::Found(receipt), by_upload);
    assert_eq!(bridge.seen(&channel).matches("bed.png").count(), 1);
    bridge.assert_legal();
}

#[tokio::test]
async fn an_upload_that_was_not_shared_is_not_done_twice() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let folder = tempfile::tempdir().unwrap();
    let mut post = carrying(words("a bed"), vec![a_picture(&folder, "bed.png", b"bed")]);
    bridge
        .stand_in
        .set_faults(None, lost("files.completeUploadExternal", false));
    let sent = outbound(&channel, Operation::Post(Box::new(post.clone())));
    let Err(SendError::Interrupted { progress, .. }) = bridge.adapter.send(&sent).await else {
        panic!("not interrupted")
    };
    post.progress = Some(progress);
    let again = outbound(&channel, Operation::Post(Box::new(post)));
    assert_eq!(
        bridge.adapter.reconcile(&again).await.unwrap(),
        Reconciled::NotFound
    );
    bridge.adapter.send(&again).await.unwrap();
    let uploads = bridge.stand_in.counters().by_method["files.getUploadURLExternal"];
    assert_eq!(uploads, 1);
    bridge.assert_legal();
}

#[tokio::test]
async fn where_history_is_refused_we_cannot_tell() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    bridge.stand_in.take_scope("channels:history");
    let outbound = outbound(&channel, Operation::Post(Box::new(words("me"))));
    let answer = bridge.adapter.reconcile(&outbound).await.unwrap();
    assert_eq!(answer, Reconciled::CannotTell);
}
