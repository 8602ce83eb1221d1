//! TLS to the mail server: whom we trust, and what is said about whom we do not.

use conversation::{Adapter, Markup, SendError};
use email::{Email, Smtp, Tls};
use insta::assert_snapshot;
use tokio::net::TcpListener;
use tokio_rustls::rustls::version;

use crate::{
    certificates::{
        Shown, authority, between, expired, file_of, not_yet, of_an_authority, self_signed, signed,
    },
    send::{SPRING, outbound, post},
    support::settings,
    tls_server::{Manner, TlsServer},
};

/// One mail through a server on this port, with a password.
pub(crate) async fn sent(port: u16, change: impl FnOnce(&mut Smtp)) -> Result<(), String> {
    let mut settings = settings(port);
    let smtp = &mut settings.smtp;
    (smtp.host, smtp.tls) = ("localhost".to_owned(), Tls::Implicit);
    (smtp.user, smtp.password) = (Some("causeway".to_owned()), Some("tomato".to_owned()));
    (smtp.timeout_s, smtp.max_connections) = (1, 1);
    change(smtp);
    settings.lists[0].members.truncate(1);
    let email = Email::new(settings).map_err(|error| error.to_string())?;
    let sent = email
        .send(&outbound(SPRING, post(Markup::plain("Hello"))))
        .await;
    sent.map(|_| ()).map_err(|error| match error {
        SendError::Unavailable(why) => why,
        other => format!("{other:?}"),
    })
}

/// What is said about a certificate by whom this authority is known.
async fn said_of(shown: Shown, ca: &crate::certificates::Authority) -> String {
    let (_folder, path) = file_of(&[ca]);
    let (server, port) = TlsServer::start(Manner::Implicit, shown).await;
    let why = sent(port, |it| it.ca_file = Some(path)).await.unwrap_err();
    assert_eq!(server.heard(), Vec::<String>::new());
    why
}

#[tokio::test]
async fn a_private_authority_is_trusted_by_its_file_and_by_that_alone() {
    let (ours, other) = (authority("Ours"), authority("Other"));
    for manner in [Manner::Implicit, Manner::Starttls] {
        let tls = match manner {
            Manner::Starttls => Tls::Starttls,
            _ => Tls::Implicit,
        };
        let (_folder, path) = file_of(&[&other, &ours]);
        let (server, port) = TlsServer::start(manner, signed(&ours, "localhost", |_| {})).await;
        let change = |it: &mut Smtp| (it.tls, it.ca_file) = (tls, Some(path));
        assert_eq!(sent(port, change).await, Ok(()));
        assert!(server.heard().contains(&"tls DATA".to_owned()));
    }
    let unknown = said_of(signed(&ours, "localhost", |_| {}), &other).await;
    assert_snapshot!(unknown, @"its certificate is signed by nobody whom we know: set email.smtp.ca_file to the certificate of whoever signed it, or let the server send its whole chain");
}

#[tokio::test]
async fn without_a_file_the_public_authorities_count() {
    let ours = authority("Ours");
    let (_, port) = TlsServer::start(Manner::Implicit, signed(&ours, "localhost", |_| {})).await;
    let why = sent(port, |_| {}).await.unwrap_err();
    assert!(
        why.contains("nobody whom we know: set email.smtp.ca_file"),
        "{why}"
    );
}

#[tokio::test]
async fn a_chain_is_followed_if_the_server_sends_it() {
    let ours = authority("Ours");
    let middle = between(&ours, |_| {});
    let (_folder, path) = file_of(&[&ours]);
    let whole = signed(&middle, "localhost", |_| {}).and(&middle);
    let (_, port) = TlsServer::start(Manner::Implicit, whole).await;
    assert_eq!(sent(port, |it| it.ca_file = Some(path)).await, Ok(()));
    let half = said_of(signed(&middle, "localhost", |_| {}), &ours).await;
    assert!(
        half.contains("let the server send its whole chain"),
        "{half}"
    );
    let aged = between(&ours, expired);
    let aged = said_of(signed(&aged, "localhost", |_| {}).and(&aged), &ours).await;
    assert_snapshot!(aged, @"its signer's certificate expired on 2021-02-03 00:00 UTC: whoever runs the server must renew it");
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_said_for_people() {
    let ours = authority("Ours");
    let in_turn = [
        said_of(signed(&ours, "localhost", expired), &ours).await,
        said_of(signed(&ours, "mail.example.org", |_| {}), &ours).await,
        said_of(signed(&ours, "127.0.0.1", |_| {}), &ours).await,
        said_of(
            signed(&ours, "localhost", |it| it.subject_alt_names.clear()),
            &ours,
        )
        .await,
    ];
    assert_snapshot!(in_turn.join("\n"), @r"
    its certificate expired on 2021-02-03 00:00 UTC: whoever runs the server must renew it
    its certificate is made for another name: not for localhost, but for mail.example.org. Set email.smtp.host to a name that it bears
    its certificate is made for another name: not for localhost, but for 127.0.0.1. Set email.smtp.host to a name that it bears
    its certificate bears no name at all, for a common name counts for nothing: it must be made again, with localhost as a subjectAltName
    ");
    let early = said_of(signed(&ours, "localhost", not_yet), &ours).await;
    assert!(
        early.starts_with(
            "its certificate is not valid before 2999-01-02 00:00 UTC, and the clock here says 20"
        ),
        "{early}"
    );
}

#[tokio::test]
async fn a_server_that_is_named_by_its_number_needs_a_certificate_for_the_number() {
    let ours = authority("Ours");
    for (name, fits) in [("127.0.0.1", true), ("localhost", false)] {
        let (_folder, path) = file_of(&[&ours]);
        let (_, port) = TlsServer::start(Manner::Implicit, signed(&ours, name, |_| {})).await;
        let change = |it: &mut Smtp| {
            it.ca_file = Some(path);
            it.host = "127.0.0.1".to_owned();
        };
        assert_eq!(sent(port, change).await.is_ok(), fits, "{name}");
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_shown_with_its_fingerprint_and_trusted_by_it() {
    type Change = fn(&mut rcgen::CertificateParams);
    let kinds: [(&str, Change); 4] = [
        ("localhost", |_| {}),
        ("localhost", of_an_authority),
        ("localhost", expired),
        ("mail.example.org", |_| {}),
    ];
    for (name, change) in kinds {
        let shown = self_signed(name, change);
        let fingerprint = shown.fingerprint();
        let (server, port) = TlsServer::start(Manner::Starttls, shown).await;
        let starttls = |it: &mut Smtp| it.tls = Tls::Starttls;
        let why = sent(port, starttls).await.unwrap_err();
        let is_aged = why.contains("expired on 2021-02-03");
        assert!(is_aged || why.contains(&fingerprint), "{why}");
        assert!(!server.heard().iter().any(|it| it.contains("AUTH")));
        let pinned = |it: &mut Smtp| {
            it.tls = Tls::Starttls;
            it.fingerprint = fingerprint.to_lowercase().try_into().unwrap();
        };
        assert_eq!(sent(port, pinned).await, Ok(()), "{name}");
    }
}

#[tokio::test]
async fn any_other_certificate_than_the_pinned_is_refused_also_a_better_one() {
    let ours = authority("Ours");
    let pin = self_signed("localhost", |_| {}).fingerprint();
    let shown = signed(&ours, "localhost", |_| {});
    let shows = shown.fingerprint();
    let (server, port) = TlsServer::start(Manner::Implicit, shown).await;
    let why = sent(port, |it| it.fingerprint = pin.clone().try_into().unwrap()).await;
    let why = why.unwrap_err();
    let said = why.starts_with("its certificate is another than the pinned one");
    assert!(said && why.contains(&shows), "{why}");
    assert_eq!(server.heard(), Vec::<String>::new());
    // An authority's file beside it is a second way to be trusted, as while one is replaced by the other.
    let (_folder, path) = file_of(&[&ours]);
    let both = |it: &mut Smtp| {
        it.ca_file = Some(path);
        it.fingerprint = pin.try_into().unwrap();
    };
    assert_eq!(sent(port, both).await, Ok(()));
}

#[tokio::test]
async fn whoever_shows_the_pinned_certificate_must_have_its_key() {
    for versions in [[&version::TLS13], [&version::TLS12]] {
        let (shown, other) = (
            self_signed("localhost", |_| {}),
            self_signed("localhost", |_| {}),
        );
        let pin = shown.fingerprint();
        let stolen = Shown {
            chain: shown.chain,
            key: other.key,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (server, port) = TlsServer::serve(listener, Manner::Implicit, stolen, &versions);
        let why = sent(port, |it| it.fingerprint = pin.try_into().unwrap()).await;
        assert_eq!(
            why,
            Err(
                "it shows a certificate whose key it does not have: this is another server"
                    .to_owned()
            )
        );
        assert_eq!(server.heard(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn tls_that_is_wanted_is_never_done_without() {
    let shown = || self_signed("localhost", |_| {});
    let mut in_turn = Vec::new();
    for (manner, tls) in [
        (Manner::NoStarttls, Tls::Starttls),
        (Manner::StarttlsFails, Tls::Starttls),
        (Manner::Injected, Tls::Starttls),
        (Manner::Pretended, Tls::Starttls),
        (Manner::NoStarttls, Tls::Implicit),
        (Manner::Old, Tls::Implicit),
        (Manner::Silent, Tls::Implicit),
        (Manner::Silent, Tls::Starttls),
        (Manner::Implicit, Tls::Starttls),
        (Manner::Endless, Tls::Implicit),
    ] {
        let shown = shown();
        let pin = shown.fingerprint();
        let (server, port) = TlsServer::start(manner, shown).await;
        let change = |it: &mut Smtp| {
            it.tls = tls;
            it.fingerprint = pin.try_into().unwrap();
        };
        in_turn.push(sent(port, change).await.unwrap_err());
        let heard = server.heard();
        let is_harmless =
            |it: &String| ["clear EHLO", "clear STARTTLS", "tls EHLO"].contains(&it.as_str());
        assert!(heard.iter().all(is_harmless), "{heard:?}");
    }
    assert_snapshot!(in_turn.join("\n"), @r#"
    it offers no STARTTLS, so nothing is sent: switch TLS on there, or set email.smtp.tls = "implicit" and the port for that, 465 as a rule
    it offers STARTTLS and answered it with 454 4.7.0 TLS not available due to temporary reason
    somebody on the way wrote into the connection before TLS began
    it answered STARTTLS, and then went on in the clear
    it speaks no TLS on this port: for port 587 or 25 set email.smtp.tls = "starttls"
    its TLS is older than 1.2, which is not safe any more: it must be brought up to date
    no answer within 1 s: it does not take part in the TLS handshake
    no answer within 1 s: it took the connection and said nothing. If it speaks TLS from the first byte on, as on port 465, set email.smtp.tls = "implicit"
    no answer within 1 s: it took the connection and said nothing. If it speaks TLS from the first byte on, as on port 465, set email.smtp.tls = "implicit"
    it does not greet us as mail servers do: network error: the mail server talks without end
    "#);
}

#[tokio::test]
async fn a_password_goes_out_once_tls_has_begun_and_what_the_server_offers_is_asked_again() {
    let shown = self_signed("localhost", |_| {});
    let pin = shown.fingerprint();
    let (server, port) = TlsServer::start(Manner::Starttls, shown).await;
    let change = |it: &mut Smtp| {
        it.tls = Tls::Starttls;
        it.fingerprint = pin.try_into().unwrap();
    };
    assert_eq!(sent(port, change).await, Ok(()));
    assert_snapshot!(server.heard().join("\n"), @r"
    clear EHLO
    clear STARTTLS
    tls EHLO
    tls AUTH
    tls EHLO
    tls MAIL
    tls RCPT
    tls DATA
    tls .
    ");
}
