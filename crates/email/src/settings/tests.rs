//! What settings are taken, and how wrong ones are named.

use super::*;

pub(crate) fn read(change: impl FnOnce(&mut serde_json::Value)) -> Result<Settings, String> {
    let mut json = serde_json::json!({
        "domain": "causeway.example",
        "lmtp": {
            "listen": "127.0.0.1:8024", "max_message_bytes": 26214400, "max_recipients": 100,
            "max_sessions": 50, "idle_timeout_s": 300, "own_hops": 0
        },
        "smtp": {
            "host": "localhost", "port": 25, "tls": "starttls", "user": "causeway", "password": "tomato",
            "max_connections": 4, "timeout_s": 60
        },
        "lists": [{
            "address": "Spring@lists.example", "name": "Spring Gathering",
            "members": ["Ana <Ana@x.org>", "bo@y.org"]
        }]
    });
    change(&mut json);
    let settings: Settings = serde_json::from_value(json).map_err(|e| e.to_string())?;
    settings.validate().map_err(|e| e.to_string())?;
    Ok(settings)
}

#[test]
fn settings_are_read_and_show_no_secret() {
    let settings = read(|_| {}).unwrap();
    let list = settings.list("SPRING@lists.example").unwrap();
    assert!(list.is_member("ana@X.org") && !list.is_member("eve@x.org"));
    assert_eq!(list.posting, Posting::Members);
    assert_eq!(list.bounces_address(""), "spring-bounces@lists.example");
    assert_eq!(
        list.bounces_address("0a"),
        "spring-bounces+0a@lists.example"
    );
    let shown = format!("{settings:?}");
    assert!(
        !shown.contains("tomato") && !shown.contains("x.org"),
        "{shown}"
    );
}

#[test]
fn whoever_claims_a_member_proves_it_where_somebody_is_believed() {
    let asks = |server: Option<&str>, proof: Option<&str>, author: &str| {
        let settings = read(|json| {
            json["lmtp"]["authserv_id"] = server.into();
            let open = serde_json::json!({
                "address": "open@lists.example", "name": "Open", "posting": "anyone", "proof": proof
            });
            json["lists"].as_array_mut().unwrap().push(open);
        });
        let settings = settings.unwrap();
        settings.asks_for_proof(settings.list("open@lists.example").unwrap(), author)
    };
    let mx = Some("mx.example.org");
    assert!(!asks(None, None, "ana@x.org"));
    assert!(asks(mx, None, "Ana@x.org"), "a member of the other list");
    assert!(asks(mx, Some("required"), "ana@x.org"));
    assert!(!asks(mx, Some("optional"), "ana@x.org"));
    assert!(!asks(mx, None, "stranger@x.org"));
}

#[test]
fn what_is_wrong_is_said_with_its_key() {
    let problem = |path: &str, value: serde_json::Value| {
        read(|json| *json.pointer_mut(path).unwrap() = value).unwrap_err()
    };
    let with = |key: &str, value: &str| read(|json| json["smtp"][key] = value.into()).unwrap_err();
    let without_tls = |key: &str, value: &str| {
        read(|json| {
            json["smtp"] = serde_json::json!({
                "host": "localhost", "port": 25, "tls": "none", "max_connections": 1, "timeout_s": 1, key: value
            });
        })
        .unwrap_err()
    };
    insta::assert_snapshot!([
        problem("/domain", "not a domain".into()),
        problem("/lmtp/max_sessions", 0.into()),
        read(|json| json["lmtp"]["authserv_id"] = "mx; dmarc=pass".into()).unwrap_err(),
        read(|json| json["lists"][0]["proof"] = "required".into()).unwrap_err(),
        read(|json| json["lists"][0]["proof"] = "perhaps".into()).unwrap_err(),
        problem("/smtp/host", "".into()),
        problem("/smtp/tls", "none".into()),
        problem("/smtp/password", serde_json::Value::Null),
        problem("/smtp/host", "mail server".into()),
        with("ca_file", "/nowhere/ca.pem"),
        with("fingerprint", "AB:CD"),
        without_tls("ca_file", "ca.pem"),
        without_tls("fingerprint", &"ab".repeat(32)),
        problem("/lists/0/address", "spring".into()),
        problem("/lists/0/name", "a\nb".into()),
        problem("/lists/0/members/1", "ANA@x.org".into()),
        problem("/lists/0/members/1", "nobody".into()),
        read(|json| json["smtp"]["pasword"] = 1.into()).unwrap_err(),
    ].join("\n"), @r"
    `email.domain` is no domain: write it as in causeway.example.org
    `email.lmtp.max_sessions` is 0, with which nothing works: write 1 or more
    `email.lmtp.authserv_id` is no name: write it as it stands behind Authentication-Results, as in mx.example.org
    `email.lists[0].proof` is required, but nobody is believed: name the mail server that verifies in email.lmtp.authserv_id
    unknown variant `perhaps`, expected `required` or `optional`
    `email.smtp.host` is empty: name the mail server, as in localhost
    `email.smtp.tls` is none, so the password would go out in the clear: use starttls or implicit
    `email.smtp.password` is missing, while smtp.user is set: write it, or take smtp.user out
    `email.smtp.host` is no name that a certificate can bear: write it as in mail.example.org
    `email.smtp.ca_file` names /nowhere/ca.pem, which cannot be read (No such file or directory (os error 2)): correct the name, or let causeway read the file
    a SHA-256 fingerprint has 64 hexadecimal digits, as `openssl x509 -noout -fingerprint -sha256` prints them
    `email.smtp.ca_file` counts for nothing while smtp.tls is none: use starttls or implicit
    `email.smtp.fingerprint` counts for nothing while smtp.tls is none: use starttls or implicit
    `email.lists[0].address` is no address: write it alone, as in spring@example.org; the list's name has a key of its own
    `email.lists[0].name` is empty, or has several lines: write one line of text
    `email.lists[0].members[1]` is the address of members[0] too: take one of the two out
    a member is no mailbox: write it as in `Ana <ana@example.org>`
    unknown field `pasword`, expected one of `host`, `port`, `tls`, `ca_file`, `fingerprint`, `user`, `password`, `max_connections`, `timeout_s`
    ");
}
