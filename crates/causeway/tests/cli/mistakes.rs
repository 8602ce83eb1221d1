//! Mistakes that people make in a configuration: each is refused with code 2, and named by its file, its line, its key
//! and its cure.

use std::process::Stdio;

use tempfile::TempDir;

use super::{Answer, causeway_in, command_in};

mod across;
mod types;
mod values;
mod writing;

/// The mark of the line that is wrong.
const HERE: &str = "# <-";

struct Mistake {
    /// Where it stands in a file, `HERE` marks its line; without one the file as a whole, or the environment, is meant.
    text: &'static str,
    environment: &'static [(&'static str, &'static str)],
    key: &'static str,
    /// Words of the cure.
    cure: &'static str,
}

const fn in_file(text: &'static str, key: &'static str, cure: &'static str) -> Mistake {
    Mistake {
        text,
        environment: &[],
        key,
        cure,
    }
}

const fn in_environment(
    environment: &'static [(&'static str, &'static str)],
    key: &'static str,
    cure: &'static str,
) -> Mistake {
    Mistake {
        text: "",
        environment,
        key,
        cure,
    }
}

fn check_bytes(folder: &TempDir, bytes: &[u8], environment: &[(&str, &str)]) -> Answer {
    std::fs::write(folder.path().join("causeway.toml"), bytes).expect("a file");
    let mut command = command_in(folder, &["config", "check", "--config", "causeway.toml"]);
    command
        .envs(environment.iter().copied())
        .stdin(Stdio::null());
    let output = command.output().expect("an answer");
    Answer {
        code: output.status.code().expect("a code"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

/// The cure of the problem with this key, if it is told with the right place.
fn cure(said: &str, place: &str, key: &str) -> Option<String> {
    let rest = said.split("\n\n").find_map(|block| {
        let (title, rest) = block.split_once('\n')?;
        let title = title.trim();
        let fits = match key {
            "" => !title.contains(": "),
            key => title.ends_with(&format!(": {key}")),
        };
        (fits && title.starts_with(place)).then_some(rest)
    })?;
    rest.split_once("cure: ").map(|(_, cure)| cure.to_owned())
}

fn refused(mistakes: &[Mistake]) {
    for mistake in mistakes {
        let folder = TempDir::new().expect("a folder");
        let answer = check_bytes(&folder, mistake.text.as_bytes(), mistake.environment);
        let about = format!("{}{:?}\n{}", mistake.text, mistake.environment, answer.err);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "{about}");
        let line = mistake.text.lines().position(|it| it.contains(HERE));
        let place = match line {
            Some(line) => format!("causeway.toml:{}:", line + 1),
            None if mistake.environment.is_empty() => "causeway.toml".to_owned(),
            None => "the environment".to_owned(),
        };
        let cure = cure(&answer.err, &place, mistake.key);
        let cure = cure.unwrap_or_else(|| panic!("{place} {} is not told:\n{about}", mistake.key));
        assert!(
            cure.contains(mistake.cure),
            "{:?} is not in the cure:\n{about}",
            mistake.cure
        );
    }
}

#[test]
fn there_are_as_many_as_are_promised() {
    let tables: [&[Mistake]; 5] = [
        writing::MISTAKES,
        types::MISTAKES,
        values::MISTAKES,
        across::MISTAKES,
        across::OF_THE_ENVIRONMENT,
    ];
    assert!(tables.iter().map(|it| it.len()).sum::<usize>() >= 60);
}

/// One file with many, of all kinds.
#[test]
fn all_are_told_in_one_go() {
    let text = "[community]\nnam = \"x\" # 2\n[engine]\nlife_chat_h = \"24h\" # 4\nlife_mail_h = 0 # 5\n\
                [log]\nfilter = debug # 7\nformat = \"xml\" # 8\n[http]\nlisten = \"here\" # 10\npublic_url = \"a.org\"\n\
                [telegram] # 12\npoll_timeout_s = 3000 # 13\n[email] # 14\n[email.smtp]\nhost = \"mail.example.org\"\n\
                [email.lmtp]\nlisten = \"203.0.113.7:24\" # 18\n[[rooms]]\nname = \"a\"\nchannels = [\"general\"] # 21\n\
                [log] # 22\n";
    let environment = [
        ("CAUSEWAY__STORE__URL", "mysql://x"),
        ("CAUSEWAY_LOG_FILTER", "debug"),
    ];
    let folder = TempDir::new().expect("a folder");
    let said = check_bytes(&folder, text.as_bytes(), &environment);
    assert_eq!(said.code, 2, "{}", said.err);
    for (line, key) in [
        (2, "community.nam"),
        (4, "engine.life_chat_h"),
        (5, "engine.life_mail_h"),
        (7, "log.filter"),
        (8, "log.format"),
        (10, "http.listen"),
        (11, "http.public_url"),
        (12, "telegram.token"),
        (13, "telegram.poll_timeout_s"),
        (14, "email.domain"),
        (15, "email.smtp.tls"),
        (18, "email.lmtp.listen"),
        (21, "rooms[0].channels[0]"),
        (22, "log"),
    ] {
        let place = format!("causeway.toml:{line}:");
        assert!(
            cure(&said.err, &place, key).is_some(),
            "{line} {key}:\n{}",
            said.err
        );
    }
    for key in ["CAUSEWAY__STORE__URL", "CAUSEWAY_LOG_FILTER"] {
        assert!(
            cure(&said.err, "the environment", key).is_some(),
            "{key}:\n{}",
            said.err
        );
    }
    assert!(said.err.contains("for 16 reasons"), "{}", said.err);
}

/// No secret is repeated, wherever it was put.
#[test]
fn what_is_refused_is_not_repeated_where_it_may_be_a_secret() {
    let folder = TempDir::new().expect("a folder");
    for text in [
        "[telegram]\ntoken = \"123456:CANARY",
        "[telegram]\ntoken = 123456:CANARY\n",
        "[telegram]\ntoken = [\"123456:CANARY\"]\n",
        "[telegram]\ntokne = \"123456:CANARY\"\n",
        "[discord]\ntoken = \"123456:CANARY\"\n",
        "[engine]\nlife_chat_h = \"CANARY\"\n",
        "[slack]\nbot_token = \"xoxp-CANARY\"\n",
        "[store]\nurl = \"mysql://u:CANARY@h/d\"\n",
    ] {
        let said = check_bytes(&folder, text.as_bytes(), &[]);
        assert_eq!(said.code, 2, "{text}");
        assert!(!said.err.contains("CANARY"), "{}", said.err);
    }
}

/// What a machine reads is what people read.
#[test]
fn as_json_each_problem_has_its_place() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(
        folder.path().join("causeway.toml"),
        "[log]\nfiltre = \"info\"\n",
    )
    .expect("a file");
    let call = ["config", "check", "--config", "causeway.toml", "--json"];
    let answer = causeway_in(&folder, &call, b"");
    assert_eq!((answer.code, answer.err.as_str()), (2, ""));
    let said = &super::documents(&answer.out)[0];
    assert_eq!(said["problems"][0]["line"], 2);
    assert_eq!(said["problems"][0]["column"], 1);
    assert_eq!(said["problems"][0]["key"], "log.filtre");
    assert_eq!(said["problems"][0]["place"], "causeway.toml");
    assert!(
        said["problems"][0]["cure"]
            .as_str()
            .is_some_and(|it| it.contains("log.filter"))
    );
    assert_eq!(said["warnings"], serde_json::json!([]));
}
