//! Words go on where the disk for files is full, or their folder gone.

use std::path::PathBuf;
use std::process::Command;

use sandbox::telegram::{FileKind, Said, SaidFile};

use super::files::{bytes, picture, sees_words_then_file};
use crate::support::{BO, JPEG, Town};

/// A small disk of its own, gone with the test.
struct Disk(PathBuf);

impl Disk {
    /// As root alone, for others may mount nothing.
    fn mount(folder: PathBuf, options: &str) -> Option<Disk> {
        let disk = Disk(folder);
        disk.set(options).then_some(disk)
    }

    fn set(&self, options: &str) -> bool {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]);
        mount.arg(&self.0).status().is_ok_and(|it| it.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Where it was never mounted there is nothing to take away.
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).output();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_go_on_while_the_disk_for_files_is_full() {
    let town = Town::open(2, &[BO])
        .await
        .with("CAUSEWAY__LOG__FILTER", "info");
    let folder = town.rig.dir().join("files");
    std::fs::create_dir(&folder).unwrap();
    let Some(disk) = Disk::mount(folder, "size=64k") else {
        println!("skipped: no disk of its own can be mounted");
        return;
    };
    town.begin().await;
    let large = [JPEG, &bytes(100_000)].concat();
    for words in ["too much", "still too much"] {
        let photo = SaidFile::new(FileKind::Document, "mill.bin", large.clone());
        town.says(0, Said::from(words).with_file(photo));
        let next = words.to_uppercase();
        town.says(0, next.as_str());
        let copy = town.sees_copy(1, words).await;
        assert!(copy.attachments.is_empty() && copy.text.contains("mill.bin"));
        town.sees_copy(1, &next).await;
        town.gets(BO, &next).await;
    }
    assert_eq!(town.log().matches("files cannot be kept").count(), 1);
    assert!(disk.set("remount,size=1m"));
    let files = || {
        let messages = town.messages(town.groups[1]).into_iter();
        messages.filter(|it| !it.attachments.is_empty()).count() == 2
    };
    town.until("both files follow", files).await;
    assert_eq!(town.log().matches("files can be kept again").count(), 1);
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_go_on_while_the_folder_for_files_is_gone_or_in_the_way() {
    let town = Town::open(2, &[BO])
        .await
        .with("CAUSEWAY__LOG__FILTER", "info");
    town.start();
    let folder = town.rig.dir().join("files");
    town.says(0, picture("first"));
    let copy = town.sees_copy(1, "first").await;
    assert_eq!(town.file_of(&copy), JPEG);
    std::fs::remove_dir_all(&folder).unwrap();
    town.says(0, picture("tidied away"));
    let copy = town.sees_copy(1, "tidied away").await;
    assert_eq!(town.file_of(&copy), JPEG);
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "in the way").unwrap();
    town.says(0, picture("in the way"));
    sees_words_then_file(&town, "in the way", || {
        std::fs::remove_file(&folder).unwrap();
    })
    .await;
    let log = town.log();
    assert_eq!(log.matches("files cannot be kept").count(), 1, "{log}");
    assert_eq!(log.matches("files can be kept again").count(), 1, "{log}");
    town.end();
}
