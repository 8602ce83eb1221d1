//! What `ca_file` may hold, and what is said of a file that cannot be used.

use std::{fs, path::Path};

use email::{Email, Tls};

use crate::{
    certificates::{authority, file_of},
    support::settings,
};

fn said_of(file: &Path) -> Result<(), String> {
    let mut settings = settings(465);
    (settings.smtp.tls, settings.smtp.ca_file) = (Tls::Implicit, Some(file.to_owned()));
    let folder = file.parent().unwrap().display().to_string();
    let begun = Email::new(settings).map(|_| ());
    begun.map_err(|error| error.to_string().replace(&folder, "FOLDER"))
}

#[test]
fn a_file_that_cannot_be_used_is_refused_with_the_cure() {
    let (folder, path) = file_of(&[&authority("One"), &authority("Two")]);
    assert_eq!(said_of(&path), Ok(()));
    let whole = fs::read_to_string(&path).unwrap();
    let second = whole.rfind("MII").unwrap();
    let damaged = format!("{}XXX{}", &whole[..second], &whole[second + 3..]);
    let other = folder.path().join("other.pem");
    let key = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";
    for (text, why) in [
        ("", "holds no certificate: put in the authority's, as PEM"),
        (key, "holds no certificate"),
        ("\u{0}\u{1}DER", "holds no certificate"),
        (damaged.as_str(), "whose certificate number 2 is none"),
        (
            &whole[..whole.len() - 40],
            "whose certificate number 2 is none",
        ),
    ] {
        fs::write(&other, text).unwrap();
        let said = said_of(&other).unwrap_err();
        let begin = "`email.smtp.ca_file` names FOLDER/other.pem, ";
        assert!(said.starts_with(begin) && said.contains(why), "{said}");
    }
    let absent = said_of(Path::new("/nowhere/ca.pem")).unwrap_err();
    assert!(
        absent.contains("which cannot be read (No such file"),
        "{absent}"
    );
}

/// The authorities that a machine trusts are such a file too, where it keeps them in one.
#[test]
fn a_machines_own_authorities_can_be_named() {
    let bundle = Path::new("/etc/ssl/certs/ca-certificates.crt");
    if !bundle.exists() {
        println!("skipped: this machine has no {}", bundle.display());
        return;
    }
    assert_eq!(said_of(bundle), Ok(()));
}
