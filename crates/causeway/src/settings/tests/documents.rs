//! The blocks of configuration in the documents, as whoever follows them would use them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::load_text;
use crate::settings::Settings;

/// Where the documents put the files that a configuration names.
const FOLDER: &str = "/etc/causeway";

fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = [root.join("deploy"), root];
    let entries = folders.iter().flat_map(|it| fs::read_dir(it).unwrap());
    let mut found: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
    found.retain(|it| it.extension().is_some_and(|it| it == "md"));
    found
}

/// The blocks of a language, each with the document that it stands in.
fn blocks(language: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in documents() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let fenced = text.split("\n```").skip(1).step_by(2);
        let of_it = fenced.filter_map(|it| it.strip_prefix(language)?.strip_prefix('\n'));
        found.extend(of_it.map(|it| (name.clone(), it.to_owned())));
    }
    found
}

/// With the files that it names put into a folder: a secret, or the certificate of an authority.
pub(super) fn with_its_files(text: &str) -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let begin = format!("\"{FOLDER}/");
    for rest in text.split(&begin).skip(1) {
        let name = rest.split('"').next().unwrap();
        let content = match name {
            _ if name.ends_with(".pem") => include_str!("ca.pem"),
            "slack-bot-token" => "xoxb-made-up",
            "slack-app-token" => "xapp-made-up",
            "telegram-token" => "123456:made-up",
            _ => "made-up",
        };
        fs::write(folder.path().join(name), content).unwrap();
    }
    let text = text.replace(FOLDER, &folder.path().display().to_string());
    (folder, text)
}

/// Blocks show what they are about. What each mail bridge says once, and stands in another block, is made up.
fn loaded(block: &str) -> Result<Settings, String> {
    let (_folder, text) = with_its_files(block);
    let is_mail = text.contains("[email") && !text.contains("[email]");
    let domain = [("CAUSEWAY__EMAIL__DOMAIN", "causeway.example.org")];
    let made_up = if is_mail { &domain[..] } else { &[] };
    load_text(&text, made_up).map_err(|error| error.to_string())
}

#[test]
fn every_configuration_that_the_documents_show_can_be_used() {
    let blocks = blocks("toml");
    for document in ["telegram.md", "discord.md", "slack.md", "mail.md"] {
        let is_there = blocks.iter().any(|(name, _)| name == document);
        assert!(is_there, "no block was found in {document}");
    }
    for (document, block) in blocks {
        if let Err(error) = loaded(&block) {
            panic!("{document}:\n{block}\n{error}");
        }
    }
}

#[test]
fn a_configuration_that_cannot_be_used_would_be_found() {
    let list = "[email]\ndomain = \"causeway.example.org\"\n[[email.lists]]\naddress = \"spring@lists.example.org\"";
    for block in [
        "[telegram]",
        "[slack]\nbot_token_file = \"/etc/causeway/x\"",
        list,
    ] {
        assert!(loaded(block).is_err(), "{block}");
    }
}

#[test]
fn what_the_documents_tell_postfix_it_knows() {
    let blocks = blocks("main.cf");
    assert!(!blocks.is_empty(), "the blocks were not found");
    for (document, block) in blocks {
        let folder = TempDir::new().unwrap();
        let text = format!("compatibility_level = 3.6\n{block}");
        fs::write(folder.path().join("main.cf"), text).unwrap();
        fs::write(folder.path().join("master.cf"), "").unwrap();
        let mut postconf = Command::new("/usr/sbin/postconf");
        let Ok(read) = postconf.arg("-nc").arg(folder.path()).output() else {
            return;
        };
        let complaints = String::from_utf8_lossy(&read.stderr);
        assert!(
            read.status.success() && complaints.is_empty(),
            "{document}: {complaints}"
        );
    }
}
