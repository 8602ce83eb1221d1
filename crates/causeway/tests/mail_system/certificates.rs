//! Handing mail in with STARTTLS and a password, at servers whose certificates are right and wrong.

use std::process::Command;

use super::circle::Circle;
use crate::support::answer_of;

const READERS: [&str; 2] = ["bo", "chi"];

/// The bridge knows its password.
async fn open(port: &str) -> Option<Circle> {
    let circle = Circle::open(&READERS, port).await?;
    let circle = circle
        .with("CAUSEWAY__EMAIL__SMTP__HOST", "localhost")
        .with("CAUSEWAY__EMAIL__SMTP__TLS", "starttls")
        .with("CAUSEWAY__EMAIL__SMTP__USER", "causeway@people.test");
    Some(circle.with("CAUSEWAY__EMAIL__SMTP__PASSWORD", "secret"))
}

/// It is told who signs certificates here.
fn trusting(circle: Circle) -> Circle {
    let authority = circle.system.dir.join("tls/ca.pem");
    circle.with(
        "CAUSEWAY__EMAIL__SMTP__CA_FILE",
        authority.to_str().unwrap(),
    )
}

fn at_the_right_server(circle: Circle) -> Circle {
    trusting(circle.through("TRUSTED"))
}

/// As `openssl` prints it to whoever runs the server.
fn pinning(circle: Circle, certificate: &str) -> Circle {
    let file = circle.system.dir.join("tls").join(certificate);
    let mut ask = Command::new("openssl");
    ask.args(["x509", "-noout", "-fingerprint", "-sha256", "-in"]);
    let answer = answer_of(ask.arg(file));
    let (_, fingerprint) = answer.out.trim().split_once('=').unwrap();
    circle.with("CAUSEWAY__EMAIL__SMTP__FINGERPRINT", fingerprint)
}

async fn arrives(circle: &Circle) {
    circle.town.begin().await;
    circle.town.says(0, "hello all");
    for person in READERS {
        circle.gets(person, "hello all").await;
    }
    circle.end();
}

/// What is said waits while the log says why, and goes once there is a server whose certificate is right.
async fn waits_for(circle: Circle, why: &str, cure: impl FnOnce(Circle) -> Circle) -> Circle {
    circle.town.begin().await;
    circle.town.says(0, "hello all");
    let is_said = || !circle.logged(why).is_empty();
    circle.town.until(why, is_said).await;
    assert_eq!(circle.lines("bo"), Vec::<String>::new());
    assert!(circle.town.stop().success(), "{}", circle.town.log());
    let circle = cure(circle);
    circle.town.begin().await;
    for person in READERS {
        circle.gets(person, "hello all").await;
        assert_eq!(circle.lines(person).len(), 1);
    }
    circle.end();
    circle
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_a_private_authority_is_trusted_where_the_authority_is_named() {
    if let Some(circle) = open("TRUSTED").await {
        arrives(&trusting(circle)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_a_private_authority_gets_nothing_until_it_is_named() {
    if let Some(circle) = open("TRUSTED").await {
        waits_for(circle, "email.smtp.ca_file", at_the_right_server).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_certificate_has_expired_gets_nothing() {
    if let Some(circle) = open("EXPIRED").await {
        waits_for(
            trusting(circle),
            "expired on 2021-01-01",
            at_the_right_server,
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_another_name_gets_nothing() {
    if let Some(circle) = open("MISNAMED").await {
        waits_for(trusting(circle), "elsewhere.test", at_the_right_server).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_signed_for_itself_is_trusted_by_its_fingerprint() {
    if let Some(circle) = open("SELFMADE").await {
        arrives(&pinning(circle, "selfmade.crt")).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_another_fingerprint_gets_nothing() {
    if let Some(circle) = open("SELFMADE").await {
        let right = |it: Circle| pinning(it, "selfmade.crt");
        waits_for(
            pinning(circle, "trusted.crt"),
            "email.smtp.fingerprint",
            right,
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_wrong_password_nothing_is_lost() {
    const PASSWORD: &str = "CAUSEWAY__EMAIL__SMTP__PASSWORD";
    if let Some(circle) = open("TRUSTED").await {
        let circle = trusting(circle).with(PASSWORD, "mistyped");
        let right = |it: Circle| it.with(PASSWORD, "secret");
        // In Postfix's own words, and never the password.
        let circle = waits_for(circle, "authentication failed", right).await;
        assert!(circle.logged("mistyped").is_empty());
    }
}
