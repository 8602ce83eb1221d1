//! The layer that a file is: its bytes, its text, its tree.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::keys::{Key, find};
use super::layer::{Layer, Origin};
use super::problem::Problem;
use super::sheet::Sheet;
use super::toml;
use super::tree::{At, pattern};

/// A list of a hundred thousand members is smaller.
const LARGEST: u64 = 16 << 20;

/// What the file says, and what is wrong with how it says it. What swallows the lines behind it leaves nothing to read.
pub(crate) fn read(path: &Path, keys: &[Key], sheet: &Sheet) -> (Layer, Vec<Problem>) {
    let mut layer = Layer::empty(&path.display().to_string(), Origin::File);
    let text = match text(path) {
        Ok(text) => text,
        Err((at, why, cure)) => {
            let problem = layer.problem_at(&at, "", why, cure.to_owned());
            return (layer, vec![problem]);
        }
    };
    let (tree, slips) = toml::read(&text);
    if slips.iter().all(|it| it.is_alone) {
        layer.tree = tree;
    }
    let problems = slips.into_iter().map(|it| {
        let cure = match it.cure {
            Some(cure) => cure.to_owned(),
            None => how_to_write(&it.key, keys, sheet),
        };
        layer.problem_at(&it.at, &it.key, it.why, cure)
    });
    let problems = problems.collect();
    (layer, problems)
}

fn how_to_write(path: &str, keys: &[Key], sheet: &Sheet) -> String {
    let pattern = pattern(path);
    match find(keys, &pattern) {
        Some(key) if !path.is_empty() => sheet.advice(&pattern, &key.expected.shape, Origin::File),
        _ => "write it as in `name = \"spring\"`; remarks begin with #".to_owned(),
    }
}

type Refused = (At, String, &'static str);

fn text(path: &Path) -> Result<String, Refused> {
    let bytes = bytes(path).map_err(|error| (At::Nowhere, unreadable(&error), cure_of(&error)))?;
    if bytes.len() as u64 > LARGEST {
        let why = "it is larger than any configuration".to_owned();
        return Err((At::Nowhere, why, "correct the name after --config"));
    }
    if let Some(name) = other_encoding(&bytes) {
        let why = format!("it is {name}, and must be UTF-8");
        return Err((
            At::Nowhere,
            why,
            "save it as UTF-8, without anything before its first letter",
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
        let at = toml::end_of(&before);
        (
            at,
            "a character there is not UTF-8".to_owned(),
            "save the file as UTF-8",
        )
    })
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

fn cure_of(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::IsADirectory => "name the file in it after --config",
        io::ErrorKind::PermissionDenied => "let the account that runs causeway read the file",
        _ => {
            "correct the name after --config; `causeway config defaults` prints a file to start from"
        }
    }
}

/// By their marks, and by the zeros that their Latin letters have.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] => Some("UTF-16"),
        _ => None,
    }
}
