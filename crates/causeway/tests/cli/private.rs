//! Who may read what the bridge keeps, and what commands beside it need and leave behind.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::{CONFIG, causeway_in, command_in, running_bridge, stopped};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

/// All that is in the folder, but for what the test put there.
fn made(folder: &Path) -> Vec<(String, u32)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut made: Vec<_> = entries
        .map(|it| {
            (
                it.file_name().to_string_lossy().into_owned(),
                mode(&it.path()),
            )
        })
        .filter(|(name, _)| name != "causeway.toml")
        .collect();
    made.sort();
    made
}

/// A bridge as a shell with that umask starts it, stopped once it runs.
fn run_with_umask(folder: &TempDir, umask: &str) -> (Vec<(String, u32)>, String) {
    let log = folder.path().with_extension(format!("log-{umask}"));
    let mut shell = Command::new("sh");
    shell
        .args([
            "-c",
            &format!("umask {umask}; exec \"$0\" run --config causeway.toml"),
        ])
        .arg(env!("CARGO_BIN_EXE_causeway"))
        .current_dir(folder.path())
        .stderr(fs::File::create(&log).unwrap())
        .stdin(Stdio::null());
    let mut child = shell.spawn().unwrap();
    let start = Instant::now();
    let said = || fs::read_to_string(&log).unwrap();
    while !said().contains("Causeway is running") {
        assert!(start.elapsed() < Duration::from_secs(30), "{}", said());
        std::thread::sleep(Duration::from_millis(20));
    }
    let made = made(folder.path());
    child.kill().unwrap();
    child.wait().unwrap();
    let said = said();
    fs::remove_file(log).unwrap();
    (made, said)
}

#[test]
fn what_the_bridge_keeps_is_its_own_whatever_the_umask() {
    for umask in ["000", "022", "077"] {
        let folder = TempDir::new().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.path().join("causeway.toml"), CONFIG).unwrap();
        let (made, _) = run_with_umask(&folder, umask);
        let expected = [
            ("blobs", 0o700),
            ("causeway.db", 0o600),
            ("causeway.db-shm", 0o600),
            ("causeway.db-wal", 0o600),
            ("causeway.db.key", 0o600),
            ("causeway.db.lock", 0o600),
        ];
        let expected = expected.map(|(name, mode)| (name.to_owned(), mode));
        assert_eq!(made, expected, "umask {umask}");
        assert_eq!(mode(folder.path()), 0o755, "what was there before stays");
    }
}

#[test]
fn what_others_could_read_is_closed_to_them_and_told() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("causeway.toml"), CONFIG).unwrap();
    run_with_umask(&folder, "022");
    let kept = path("blobs").join("a".repeat(64));
    fs::write(&kept, "a picture").unwrap();
    for (name, mode) in [
        ("causeway.db", 0o664),
        ("causeway.db.lock", 0o644),
        ("blobs", 0o755),
    ] {
        fs::set_permissions(path(name), Permissions::from_mode(mode)).unwrap();
    }
    fs::set_permissions(&kept, Permissions::from_mode(0o644)).unwrap();
    let (made, said) = run_with_umask(&folder, "022");
    assert!(made.iter().all(|(_, mode)| mode & 0o077 == 0), "{made:?}");
    assert_eq!(mode(&kept), 0o600);
    assert_eq!(
        said.matches("others on this machine could read").count(),
        2,
        "{said}"
    );
    let (_, said) = run_with_umask(&folder, "022");
    assert!(!said.contains("could read"), "told once: {said}");
}

#[test]
fn a_command_beside_the_bridge_makes_no_database() {
    let folder = TempDir::new().unwrap();
    for call in [
        &["room", "list"][..],
        &["room", "add", "spring"],
        &["person", "list"],
        &["dead", "list"],
        &["held", "list"],
    ] {
        let answer = causeway_in(
            &folder,
            &[call, &["--store", "sqlite:town.db"]].concat(),
            b"",
        );
        assert_eq!((answer.code, answer.out.as_str()), (3, ""), "{call:?}");
        assert!(answer.err.contains("`causeway run`"), "{}", answer.err);
    }
    assert_eq!(made(folder.path()), []);
}

#[test]
fn a_command_beside_the_bridge_needs_no_token() {
    let folder = TempDir::new().unwrap();
    stopped(running_bridge(&folder));
    let settings = r#"
        [telegram]
        token_file = "/nowhere/telegram"
        [discord]
        [slack]
        mode = "events"
        bot_token_file = "/nowhere/slack"
        signing_secret_file = "/nowhere/slack"
        [http]
        listen = "127.0.0.1:0"
        [email]
        domain = "causeway.example"
        [email.smtp]
        user = "causeway"
        tls = "implicit"
        host = "mail.example"
        password_file = "/nowhere/mail"
    "#;
    fs::write(folder.path().join("causeway.toml"), settings).unwrap();
    for call in [
        ["room", "list"],
        ["person", "list"],
        ["dead", "list"],
        ["held", "list"],
    ] {
        let answer = causeway_in(
            &folder,
            &[&call[..], &["--config", "causeway.toml"]].concat(),
            b"",
        );
        assert_eq!(answer.code, 0, "{}", answer.err);
    }
    let run = causeway_in(&folder, &["run", "--config", "causeway.toml"], b"");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("/nowhere/telegram"), "{}", run.err);
}

#[test]
fn the_stores_address_can_stand_in_a_file_and_its_password_is_not_said() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("url"),
        "postgres://causeway:CANARY-of-a-store@127.0.0.1:1/causeway\n",
    )
    .unwrap();
    fs::set_permissions(path("url"), Permissions::from_mode(0o600)).unwrap();
    let settings = format!("[store]\nurl_file = \"url\"\nkey_file = \"causeway.key\"\n{CONFIG}");
    fs::write(path("causeway.toml"), settings).unwrap();
    for call in [["room", "list"], ["config", "check"]] {
        let answer = causeway_in(
            &folder,
            &[&call[..], &["--config", "causeway.toml"]].concat(),
            b"",
        );
        assert!([0, 75].contains(&answer.code), "{}", answer.err);
        let said = answer.out + &answer.err;
        assert!(
            said.contains("postgres") && !said.contains("CANARY"),
            "{said}"
        );
    }
    let run = command_in(&folder, &["run", "--config", "causeway.toml"])
        .output()
        .unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(
        said.contains("127.0.0.1:1/causeway") && !said.contains("CANARY"),
        "{said}"
    );
}

#[test]
fn a_store_without_its_key_is_refused_with_code_3() {
    let folder = TempDir::new().unwrap();
    stopped(running_bridge(&folder));
    let key = folder.path().join("causeway.db.key");
    let text = fs::read_to_string(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let list = ["room", "list", "--store", "sqlite:causeway.db"];
    let answer = causeway_in(&folder, &list, b"");
    assert_eq!((answer.code, answer.out.as_str()), (3, ""));
    assert!(answer.err.contains("causeway.db.key"), "{}", answer.err);
    assert!(answer.err.contains("put the file back"), "{}", answer.err);
    assert!(!key.exists(), "none is made for it");
    fs::write(&key, text).unwrap();
    assert_eq!(causeway_in(&folder, &list, b"").code, 0);
}
