//! Certificates of every kind, made when they are needed.

use std::path::PathBuf;

use base64::{Engine, prelude::BASE64_STANDARD};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tempfile::TempDir;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

pub(crate) type Authority = CertifiedIssuer<'static, KeyPair>;

/// What a server shows, and the key behind it.
pub(crate) struct Shown {
    pub(crate) chain: Vec<CertificateDer<'static>>,
    pub(crate) key: PrivateKeyDer<'static>,
}

impl Shown {
    fn new(certificate: &CertificateDer<'static>, key: &KeyPair) -> Shown {
        Shown {
            chain: vec![certificate.clone()],
            key: PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        }
    }

    pub(crate) fn and(mut self, between: &Authority) -> Shown {
        self.chain.push(between.der().clone());
        self
    }

    /// As openssl prints it.
    pub(crate) fn fingerprint(&self) -> String {
        use sha2::{Digest, Sha256};
        let bytes = Sha256::digest(&self.chain[0]);
        let pairs: Vec<String> = bytes.iter().map(|it| format!("{it:02X}")).collect();
        pairs.join(":")
    }
}

fn authority_params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

pub(crate) fn authority(name: &str) -> Authority {
    CertifiedIssuer::self_signed(authority_params(name), KeyPair::generate().unwrap()).unwrap()
}

pub(crate) fn between(above: &Authority, change: impl FnOnce(&mut CertificateParams)) -> Authority {
    let mut params = authority_params("Between");
    change(&mut params);
    CertifiedIssuer::signed_by(params, KeyPair::generate().unwrap(), above).unwrap()
}

fn params(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params
}

pub(crate) fn signed(
    by: &Authority,
    name: &str,
    change: impl FnOnce(&mut CertificateParams),
) -> Shown {
    let (mut params, key) = (params(name), KeyPair::generate().unwrap());
    change(&mut params);
    Shown::new(params.signed_by(&key, by).unwrap().der(), &key)
}

pub(crate) fn self_signed(name: &str, change: impl FnOnce(&mut CertificateParams)) -> Shown {
    let (mut params, key) = (params(name), KeyPair::generate().unwrap());
    change(&mut params);
    Shown::new(params.self_signed(&key).unwrap().der(), &key)
}

pub(crate) fn expired(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2021, 2, 3);
}

pub(crate) fn not_yet(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2999, 1, 2);
    params.not_after = date_time_ymd(2999, 2, 2);
}

/// As `openssl req -x509` makes them unless it is told otherwise.
pub(crate) fn of_an_authority(params: &mut CertificateParams) {
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
}

/// A file as people are given it, with a line of comment.
pub(crate) fn file_of(authorities: &[&Authority]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    let blocks = authorities.iter().map(|it| {
        let text = BASE64_STANDARD.encode(it.der());
        format!("# ours\n-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    });
    std::fs::write(&path, blocks.collect::<String>()).unwrap();
    (folder, path)
}
