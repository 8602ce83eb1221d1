//! What only two keys together make a mistake, and what the environment says in a way that nobody hears.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;

use super::{Mistake, check_bytes, cure, in_environment, in_file, refused};

pub(super) const MISTAKES: &[Mistake] = &[
    in_file(
        "[http]\npublic_url = \"https://a.org\" # <-\n",
        "http.public_url",
        "set http.listen",
    ),
    in_file(
        "[telegram]\ntoken = \"1:A\"\nmode = \"webhook\" # <-\n",
        "telegram.mode",
        "mode = \"polling\"",
    ),
    in_file(
        "[http]\nlisten = \"127.0.0.1:8480\"\n[telegram]\ntoken = \"1:A\"\nmode = \"webhook\"\n\
         [telegram.webhook]\npublic_url = \"http://a.org\" # <-\nsecret = \"s\"\n",
        "telegram.webhook.public_url",
        "https://",
    ),
    in_file(
        "[slack]\nbot_token = \"xoxb-1\"\nmode = \"events\" # <-\n",
        "slack.mode",
        "mode = \"socket\"",
    ),
    in_file(
        "[http]\nlisten = \"0.0.0.0:8024\"\n[email]\ndomain = \"a.org\"\n[email.lmtp]\nlisten = \"127.0.0.1:8024\" # <-\n",
        "email.lmtp.listen",
        "a port of its own",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[email.smtp]\nport = 8024 # <-\n",
        "email.smtp.port",
        "the port of your mail server",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[email.smtp]\nuser = \"u\"\npassword = \"p\"\ntls = \"none\" # <-\n",
        "email.smtp.tls",
        "starttls",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[[email.lists]]\naddress = \"s@a.org\"\nname = \"S\"\n\
         members = [\"bo@b.org\", \"Bo <BO@b.org>\"] # <-\n",
        "email.lists[0].members[1]",
        "take one of the two out",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[[email.lists]]\naddress = \"s@a.org\"\nname = \"S\"\nmembers = [\"S@a.org\"] # <-\n",
        "email.lists[0].members[0]",
        "take it out",
    ),
    in_file(
        "[email]\ndomain = \"a.org\"\n[[email.lists]]\naddress = \"s@a.org\"\nname = \"S\"\n\
         [[email.lists]]\naddress = \"S@a.org\" # <-\nname = \"T\"\n",
        "email.lists[1].address",
        "give each list its own",
    ),
    in_file(
        "[telegram]\ntoken = \"1:A\"\n[[rooms]]\nname = \"a\"\nchannels = [\"telegram:-1\"]\n\
         [[rooms]]\nname = \"b\"\nchannels = [\"telegram:-1\"] # <-\n",
        "rooms[1].channels[0]",
        "one room only",
    ),
    in_file(
        "[[rooms]]\nname = \"Spring\"\nchannels = []\n[[rooms]]\nname = \"\u{405}pring\" # <-\nchannels = []\n",
        "rooms[1].name",
        "a name of its own",
    ),
    in_file(
        "[[rooms]]\nname = \"a\"\nchannels = [\"telegramm:-1\"] # <-\n",
        "rooms[0].channels[0]",
        "did you mean telegram:-1?",
    ),
    in_file(
        "[[rooms]]\nname = \"a\"\nchannels = [\"slack:C1\"] # <-\n",
        "rooms[0].channels[0]",
        "add the section [slack]",
    ),
    in_file(
        "[telegram]\ntoken = \"1:A\"\ntoken_file = \"x\" # <-\n",
        "telegram.token_file",
        "keep one of the two",
    ),
];

pub(super) const OF_THE_ENVIRONMENT: &[Mistake] = &[
    in_environment(
        &[("CAUSEWAY_LOG_FILTER", "debug")],
        "CAUSEWAY_LOG_FILTER",
        "CAUSEWAY__LOG__FILTER",
    ),
    in_environment(
        &[("CAUSEWAY_TELEGRAM__TOKEN", "1:A")],
        "CAUSEWAY_TELEGRAM__TOKEN",
        "CAUSEWAY__TELEGRAM__TOKEN",
    ),
    in_environment(
        &[("CAUSEWAY__LOG_FILTER", "debug")],
        "CAUSEWAY__LOG_FILTER",
        "CAUSEWAY__LOG__FILTER",
    ),
    in_environment(
        &[("causeway__log__filter", "debug")],
        "causeway__log__filter",
        "CAUSEWAY__LOG__FILTER",
    ),
    in_environment(
        &[("CAUSEWAY__ENGINE__LIFE_CHAT_H", "1d")],
        "CAUSEWAY__ENGINE__LIFE_CHAT_H",
        "CAUSEWAY__ENGINE__LIFE_CHAT_H=24",
    ),
    in_environment(
        &[("CAUSEWAY__STORE__ULR", "x")],
        "CAUSEWAY__STORE__ULR",
        "CAUSEWAY__STORE__URL",
    ),
    in_environment(
        &[("CAUSEWAY__ROOMS", "spring")],
        "CAUSEWAY__ROOMS",
        "set it in the file",
    ),
];

#[test]
fn what_does_not_go_together_is_refused() {
    refused(MISTAKES);
    refused(OF_THE_ENVIRONMENT);
}

#[test]
fn the_other_place_is_told_too() {
    let folder = TempDir::new().expect("a folder");
    let text = "[[rooms]]\nname = \"a\"\nchannels = []\n[[rooms]]\nname = \"A\"\nchannels = []\n[[rooms]]\nname = \"a\"\nchannels = []\n";
    let said = check_bytes(&folder, text.as_bytes(), &[]).err;
    assert!(
        said.contains("causeway.toml:8:1: rooms[2].name") && said.contains("(see line 2)"),
        "{said}"
    );
}

#[test]
fn variables_of_others_are_none_of_our_business() {
    let folder = TempDir::new().expect("a folder");
    let others = [
        ("CAUSEWAY_TEST_STORE", "postgres"),
        ("CAUSEWAY_SHARED_DATA", "/data"),
        ("CAUSEWAY_PORT", "tcp://10.0.0.1:80"),
        ("CAUSEWAY_SERVICE_HOST", "10.0.0.1"),
        ("CAUSEWAY", "1"),
    ];
    let said = check_bytes(&folder, b"", &others);
    assert_eq!(said.code, 0, "{}", said.err);
}

/// Each kind of file that holds no secret.
#[test]
fn files_of_secrets_are_refused_with_the_line_that_names_them() {
    let folder = TempDir::new().expect("a folder");
    let put = |name: &str, bytes: &[u8], mode: u32| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("a file");
        fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("its mode");
    };
    put("empty", b"\n", 0o600);
    put("lines", b"1:A\n2:B\n", 0o600);
    put("open", b"1:A\n", 0o622);
    put("binary", b"\xff\xfe1", 0o600);
    put("seen", b"1:A\n", 0o644);
    for (name, expected) in [
        ("nowhere", "put the secret into that file"),
        (".", "name the file in it"),
        ("empty", "put the secret into it"),
        ("lines", "leave the secret in it"),
        ("open", "chmod 600"),
        ("binary", "save it as UTF-8"),
        ("~/token", "write the whole path"),
    ] {
        let text = format!("[telegram]\ntoken_file = \"{name}\"\n");
        let said = check_bytes(&folder, text.as_bytes(), &[]);
        assert_eq!(said.code, 2, "{}", said.err);
        let cure = cure(&said.err, "causeway.toml:2:1", "telegram.token_file");
        assert!(
            said.err.contains("cannot be used\n"),
            "one reason: {}",
            said.err
        );
        assert!(
            cure.is_some_and(|it| it.contains(expected)),
            "{name}: {}",
            said.err
        );
    }
    let seen = check_bytes(&folder, b"[telegram]\ntoken_file = \"seen\"\n", &[]);
    assert_eq!(seen.code, 0, "{}", seen.err);
    assert!(
        seen.err.contains("can be read by everybody"),
        "{}",
        seen.err
    );
}
