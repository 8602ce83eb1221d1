//! Files that Discord does not hand out.

use causeway_tests::fetching::{Stranger, fetched};
use conversation::Event;
use insta::assert_snapshot;
use sandbox::FileFault;
use sandbox::discord::{Said, SaidFile};

use crate::bridge::Bridge;
use crate::intake::Ears;

#[tokio::test]
async fn nothing_but_the_file_is_taken_for_the_file() {
    let bridge = Bridge::open_with(|it| it.max_download_bytes = 100_000).await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let file = SaidFile::new("bed.png", b"a small bed".to_vec());
    let said = Said::from("look").with_file(file);
    bridge.stand_in.say(channel, ana, said).unwrap();
    let event = ears.next().await;
    let Event::Posted(posted) = &event.event else {
        panic!("{event:?}")
    };
    let (file, stranger) = (&posted.content.attachments[0], Stranger::nearby());
    let mut lines = Vec::new();
    for fault in FileFault::all(&stranger.address()) {
        bridge.stand_in.set_file_fault(Some(fault));
        lines.push(fetched(bridge.adapter.as_ref(), file).await);
    }
    assert_snapshot!(lines.join("\n"), @r"
    the platform cannot be reached: HTTP status 302
    the platform cannot be reached: a page came in place of the file
    the platform cannot be reached: HTTP status 403
    the platform refused the message: the file is deleted
    the platform refused the message: the file is deleted
    the platform cannot be reached: HTTP status 416
    broken off: a file could not be read: nothing came
    broken off: a file could not be read: error decoding response body
    broken off: a file could not be read: it is larger than 100000 bytes
    ");
    assert!(!stranger.was_asked());
    bridge.stand_in.set_file_fault(None);
    assert_snapshot!(fetched(bridge.adapter.as_ref(), file).await, @"11 bytes");
}
