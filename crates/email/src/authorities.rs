//! Who vouches for the mail server, as the settings name it.

use std::path::Path;

use tokio_rustls::rustls::{
    RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};

pub(crate) fn name_of(host: &str) -> Result<ServerName<'static>, String> {
    let name = ServerName::try_from(host.to_owned());
    name.map_err(|_| {
        "is no name that a certificate can bear: write it as in mail.example.org".to_owned()
    })
}

/// The certificates in a file that is named by `ca_file`.
pub(crate) fn authorities(path: &Path) -> Result<RootCertStore, String> {
    let shown = path.display();
    let text = std::fs::read(path).map_err(|error| {
        format!("names {shown}, which cannot be read ({error}): correct the name, or let causeway read the file")
    })?;
    let mut roots = RootCertStore::empty();
    for (number, found) in CertificateDer::pem_slice_iter(&text).enumerate() {
        let added = found.map_err(|e| format!("{e:?}"));
        let added = added.and_then(|it| roots.add(it).map_err(|e| e.to_string()));
        added.map_err(|error| {
            let number = number + 1;
            format!("names {shown}, whose certificate number {number} is none ({error}): put in the authority's, as PEM")
        })?;
    }
    match roots.is_empty() {
        true => Err(format!(
            "names {shown}, which holds no certificate: put in the authority's, as PEM"
        )),
        false => Ok(roots),
    }
}
