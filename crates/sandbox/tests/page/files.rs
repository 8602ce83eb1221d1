//! Files on the page: what is shown, what is only downloaded, what is too large.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::{Page, last_message, page};

impl Page {
    pub(super) async fn upload(
        &self,
        name: &str,
        mime: &str,
        bytes: &'static [u8],
    ) -> (StatusCode, String) {
        let part = Part::bytes(bytes)
            .file_name(name.to_owned())
            .mime_str(mime)
            .unwrap();
        let form = Form::new().part("file", part);
        let request = self
            .client
            .post(self.url.clone() + "/api/upload")
            .multipart(form);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }
}

#[tokio::test]
async fn a_picture_is_shown_and_a_script_is_only_downloaded() {
    let page = page().await;
    let mut urls = Vec::new();
    for (name, mime) in [
        ("a.png", "image/png"),
        ("é.html", "text/html"),
        ("a.svg", "image/svg+xml"),
    ] {
        let (status, text) = page.upload(name, mime, b"<script>").await;
        assert_eq!(status, StatusCode::OK, "{text}");
        let id = serde_json::from_str::<Value>(&text).unwrap()["id"].clone();
        let person = "ines@townhall.example";
        let mail = json!({ "act": "write_mail", "person": person, "to": "tomasz@slow-capital.example", "subject": "A file", "text": "Here", "files": [id] });
        let mail = page.act(mail).await["mail"].clone();
        urls.push(format!("/files/mail/{mail}/0"));
    }
    let mut shown = Vec::new();
    for url in urls {
        let answer = page.get(&url).await;
        let header = |name| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(
            header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
        shown.push((
            header(CONTENT_TYPE.as_str()),
            header(CONTENT_DISPOSITION.as_str()),
        ));
    }
    let expected = [
        ("image/png", "inline; filename*=UTF-8''a.png"),
        (
            "application/octet-stream",
            "attachment; filename*=UTF-8''%C3%A9.html",
        ),
        (
            "application/octet-stream",
            "attachment; filename*=UTF-8''a.svg",
        ),
    ];
    let expected = expected.map(|(mime, how)| (mime.to_owned(), how.to_owned()));
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn a_file_in_the_group_is_served_from_the_page_itself() {
    let page = page().await;
    let photo: &[u8] = include_bytes!("../../src/town/room.jpg");
    let (_, text) = page.upload("room.jpg", "image/jpeg", photo).await;
    let id = serde_json::from_str::<Value>(&text).unwrap()["id"].clone();
    page.act(json!({ "act": "say", "chat": page.group(), "person": page.ana(), "text": "", "files": [id] })).await;
    let message = last_message(&page.state().await);
    let url = message["attachments"][0]["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let answer = page.get(&url).await;
    assert_eq!(answer.headers()[CONTENT_TYPE], "image/jpeg");
    assert_eq!(answer.bytes().await.unwrap(), photo);
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused() {
    let page = page().await;
    let bytes: &'static [u8] = Box::leak(vec![0; 21 * 1024 * 1024].into_boxed_slice());
    let (status, why) = page
        .upload("big.bin", "application/octet-stream", bytes)
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(why.contains("larger than 20 MB"), "{why}");
}
