#![allow(clippy::unwrap_used)]

use std::net::SocketAddr;
use std::time::Duration;

use blobs::Blobs;
use conversation::{
    Attachment, AttachmentKind, AttachmentSource, ChannelRef, Intake, RetryPolicy, Timestamp,
    Whereabouts,
};
use engine::{LinkSettings, Settings, rooms};
use futures::StreamExt;
use reqwest::{Client, Method, Response};
use store::{Role, Store};
use tempfile::TempDir;

use super::*;
use crate::http;

const WORDS: &[u8] = b"all that is in the plan";
const DAY_MS: i64 = 24 * 3600 * 1000;

/// Our listener, with nothing behind it but files.
struct House {
    engine: Arc<Engine>,
    address: SocketAddr,
    dir: TempDir,
}

impl House {
    async fn open() -> House {
        let dir = tempfile::tempdir().unwrap();
        let address = sandbox::rig::free_address().unwrap();
        let url = format!("sqlite:{}", dir.path().join("causeway.db").display());
        let store = Store::open(&url, Role::Bridge, system_now()).await.unwrap();
        let room = rooms::Wanted {
            name: "spring".to_owned(),
            channels: vec![list()],
            most_parts: None,
        };
        let rooms = rooms::add_all(&store, "Riverside", vec![room], system_now());
        rooms.await.unwrap();
        let files = dir.path().join("files");
        let blobs = Blobs::open(&files, 1_000_000, 2_000_000).await.unwrap();
        let hour = Duration::from_secs(3600);
        let settings = Settings {
            storm: Default::default(),
            same_per_hour: 0,
            retry: RetryPolicy {
                life: hour,
                hold_back: hour,
                longest_wait: hour,
            },
            life: Default::default(),
            correction_after: hour,
            digest_every: hour,
            retention: store::Retention {
                body_days: 30,
                metadata_months: 13,
            },
            most_parts: 5,
            links: Some(LinkSettings {
                public_url: format!("http://{address}"),
                days: 7,
            }),
        };
        let engine = Engine::new(store, blobs, Vec::new(), settings);
        let router = router(engine.clone());
        http::serve(address, router).await.unwrap();
        House {
            engine,
            address,
            dir,
        }
    }

    /// A link that was made so many days ago.
    async fn link(&self, name: &str, mime: &str, days_ago: i64) -> String {
        let bytes = futures::stream::iter([Ok(WORDS.to_vec().into())]).boxed();
        let kept = self.engine.keep(bytes, &list()).await;
        let file = Attachment {
            kind: AttachmentKind::Document,
            name: Some(name.to_owned()),
            mime: Some(mime.to_owned()),
            size: None,
            alt: None,
            source: AttachmentSource::Blob(kept.unwrap().unwrap()),
        };
        let then = Timestamp(system_now().0 - days_ago * DAY_MS);
        match self.engine.link_to(&file, then).await {
            Some(Whereabouts::Link { url, days: 7 }) => url,
            other => panic!("{other:?}"),
        }
    }
}

/// In a room: of others no file is kept.
fn list() -> ChannelRef {
    ChannelRef::new("email", "spring@lists.example.org")
}

async fn get(url: &str) -> Response {
    Client::new().get(url).send().await.unwrap()
}

fn header<'r>(response: &'r Response, name: &str) -> &'r str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn a_link_leads_to_the_file_and_nothing_runs() {
    let house = House::open().await;
    let url = house
        .link("Übersicht_2 (neu).pdf", "application/pdf", 0)
        .await;
    let response = get(&url).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-type"), "application/pdf");
    assert_eq!(header(&response, "content-length"), "23");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    assert_eq!(
        header(&response, "content-security-policy"),
        "default-src 'none'; sandbox"
    );
    assert_eq!(
        header(&response, "content-disposition"),
        "attachment; filename=\"_bersicht_2 (neu).pdf\"; filename*=UTF-8''%C3%9Cbersicht_2%20%28neu%29.pdf"
    );
    assert_eq!(response.bytes().await.unwrap(), WORDS);
    let page = get(&house.link("page.html", "text/html", 0).await).await;
    assert_eq!(header(&page, "content-type"), "application/octet-stream");
    assert!(header(&page, "content-disposition").starts_with("attachment"));
    let picture = get(&house.link("mill.jpg", "image/jpeg", 0).await).await;
    assert!(header(&picture, "content-disposition").starts_with("inline"));
}

#[tokio::test]
async fn a_part_of_a_file_can_be_had_and_its_size_without_it() {
    let house = House::open().await;
    let url = house.link("plan.txt", "text/plain", 0).await;
    let client = Client::new();
    let part = client.get(&url).header("range", "bytes=4-7").send();
    let part = part.await.unwrap();
    assert_eq!(part.status(), 206);
    assert_eq!(header(&part, "content-range"), "bytes 4-7/23");
    assert_eq!(part.bytes().await.unwrap(), &WORDS[4..8]);
    let beyond = client.get(&url).header("range", "bytes=23-").send();
    let beyond = beyond.await.unwrap();
    assert_eq!(beyond.status(), 416);
    assert_eq!(header(&beyond, "content-range"), "bytes */23");
    for odd in ["lines=0-9", "bytes=0-1,3-4"] {
        let whole = client.get(&url).header("range", odd).send().await.unwrap();
        assert_eq!(whole.bytes().await.unwrap(), WORDS, "{odd}");
    }
    let head = client.head(&url).send().await.unwrap();
    assert_eq!(header(&head, "content-length"), "23");
    assert!(head.bytes().await.unwrap().is_empty());
    let posted = client.request(Method::POST, &url).send().await.unwrap();
    assert_eq!(posted.status(), 405);
}

/// S46 and S75: whoever makes up a link gets nothing, and is told no more than that.
#[tokio::test]
async fn a_forged_link_is_refused() {
    let house = House::open().await;
    let url = house.link("plan.txt", "text/plain", 0).await;
    let (address, hash) = (house.address, "0".repeat(64));
    for forged in [
        url.replace("plan.txt", "plan.html"),
        url.replace("text%2Fplain", "text%2Fhtml"),
        url.replace("&until=1", "&until=2"),
        url.replace("&sig=", "&sig=0"),
        url.split("&sig=").next().unwrap().to_owned(),
        url.split('?').next().unwrap().to_owned(),
        format!(
            "http://{address}/files/{hash}/x?type=&until=99999999999&sig={}",
            "0".repeat(32)
        ),
        format!("http://{address}/files/..%2F..%2Fcauseway.db/x?until=99999999999&sig=00"),
    ] {
        let refused = get(&forged).await;
        assert_eq!(refused.status(), 403, "{forged}");
        assert!(refused.text().await.unwrap().contains("no link of ours"));
    }
}

#[tokio::test]
async fn a_link_ends_and_so_does_a_file() {
    let house = House::open().await;
    let old = get(&house.link("plan.txt", "text/plain", 9).await).await;
    assert_eq!(old.status(), 410);
    assert!(old.text().await.unwrap().contains("some days"));
    let url = house.link("plan.txt", "text/plain", 0).await;
    for file in std::fs::read_dir(house.dir.path().join("files")).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    let gone = get(&url).await;
    assert_eq!(gone.status(), 410);
    assert!(gone.text().await.unwrap().contains("no longer kept"));
}
