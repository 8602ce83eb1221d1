//! Calls, and files that go with them. **Invariant:** a file is streamed from disk and never held whole, and one that
//! breaks off while it is sent is told as such, not as a fault of the network.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use reqwest::header::CONTENT_LENGTH;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, RequestBuilder, Response};
use tokio_util::io::ReaderStream;

use crate::Transit;

/// The slowest upload that we wait for, in bytes per second.
const SLOWEST_UPLOAD: u64 = 64 << 10;
const PIECE: usize = 64 << 10;

/// A file as a field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub field: String,
    pub path: PathBuf,
    pub name: String,
    pub mime: Option<String>,
}

pub async fn send(call: RequestBuilder) -> Result<Response, Transit> {
    call.send().await.map_err(Transit::of)
}

/// The file as the whole body. `timeout` is for a call without it; it is given more, by its size.
pub async fn send_file(
    call: RequestBuilder,
    timeout: Duration,
    path: &Path,
) -> Result<Response, Transit> {
    let mut files = Files::default();
    let (body, size) = files.open(path).await?;
    let call = call.header(CONTENT_LENGTH, size).body(body);
    files.send(call, timeout).await
}

/// The files behind the other fields of the form.
pub async fn send_form(
    call: RequestBuilder,
    timeout: Duration,
    mut form: Form,
    uploads: &[Upload],
) -> Result<Response, Transit> {
    let mut files = Files::default();
    for upload in uploads {
        form = form.part(upload.field.clone(), files.part(upload).await?);
    }
    files.send(call.multipart(form), timeout).await
}

/// What one call carries.
#[derive(Default)]
struct Files {
    size: u64,
    broken: Arc<AtomicBool>,
}

impl Files {
    async fn open(&mut self, path: &Path) -> Result<(Body, u64), Transit> {
        let unreadable = |error: std::io::Error| Transit::File(error.to_string());
        let file = tokio::fs::File::open(path).await.map_err(unreadable)?;
        let size = file.metadata().await.map_err(unreadable)?.len();
        self.size += size;
        let broken = Arc::clone(&self.broken);
        let bytes = ReaderStream::with_capacity(file, PIECE)
            .inspect_err(move |_| broken.store(true, Ordering::Relaxed))
            .boxed();
        Ok((Body::wrap_stream(bytes), size))
    }

    async fn part(&mut self, upload: &Upload) -> Result<Part, Transit> {
        let (body, size) = self.open(&upload.path).await?;
        let part = Part::stream_with_length(body, size).file_name(upload.name.clone());
        match &upload.mime {
            Some(mime) => part
                .mime_str(mime)
                .map_err(|_| Transit::File("its media type is none".to_owned())),
            None => Ok(part),
        }
    }

    async fn send(&self, call: RequestBuilder, timeout: Duration) -> Result<Response, Transit> {
        let timeout = timeout + Duration::from_secs(self.size / SLOWEST_UPLOAD);
        let sent = send(call.timeout(timeout)).await;
        sent.map_err(|error| match self.broken.load(Ordering::Relaxed) {
            true => Transit::File("it changed or broke off while it was sent".to_owned()),
            false => error,
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(5);

    /// Takes one request, whose last bytes are `end`, and is content; or waits until the other side hangs up.
    async fn server(end: &'static [u8]) -> (String, tokio::task::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = Vec::new();
            while !heard.ends_with(end) && stream.read_buf(&mut heard).await.unwrap() > 0 {}
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            // Whoever hung up hears no answer.
            let _ = stream.write_all(answer).await;
            String::from_utf8_lossy(&heard).into_owned()
        });
        (url, heard)
    }

    #[tokio::test]
    async fn a_file_is_a_field_with_its_name_type_and_length() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"BED").unwrap();
        let upload = Upload {
            field: "photo".to_owned(),
            path: file.path().to_owned(),
            name: "bed.png".to_owned(),
            mime: Some("image/png".to_owned()),
        };
        let (url, heard) = server(b"--\r\n").await;
        let form = Form::new().text("caption", "The bed");
        let call = reqwest::Client::new().post(url);
        send_form(call, TIMEOUT, form, &[upload]).await.unwrap();
        let heard = heard.await.unwrap();
        for part in [
            "content-length: ",
            "name=\"caption\"\r\n\r\nThe bed",
            "name=\"photo\"; filename=\"bed.png\"\r\nContent-Type: image/png\r\n\r\nBED\r\n",
        ] {
            assert!(
                heard.to_lowercase().contains(&part.to_lowercase()),
                "{heard}"
            );
        }
    }

    #[tokio::test]
    async fn a_file_alone_is_the_body() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"THE BED").unwrap();
        let (url, heard) = server(b"THE BED").await;
        let call = reqwest::Client::new().post(url);
        send_file(call, TIMEOUT, file.path()).await.unwrap();
        assert!(heard.await.unwrap().contains("content-length: 7\r\n"));
    }

    /// A folder opens as a file does, and only its bytes cannot be had.
    #[tokio::test]
    async fn what_cannot_be_read_is_no_fault_of_the_network() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_owned(), folder.path().join("gone")] {
            let (url, _heard) = server(b"never").await;
            let call = reqwest::Client::new().post(url);
            let error = send_file(call, TIMEOUT, &path).await.unwrap_err();
            assert!(matches!(error, Transit::File(_)), "{error}");
        }
    }
}
