//! Chromedriver and the Chromium that it drives. Both end with the value, however the test ended.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub(crate) struct Browser {
    pub(crate) client: Client,
    driver: Driver,
}

struct Driver {
    child: Child,
    port: u16,
    /// Kept open, so that the driver can write to it as long as it lives.
    _out: BufReader<ChildStdout>,
}

/// What a test on the page needs of the machine.
pub(crate) struct Installed {
    driver: PathBuf,
    chromium: PathBuf,
}

impl Installed {
    /// None, with a word about it, where something is missing.
    pub(crate) fn find() -> Option<Installed> {
        Some(Installed {
            driver: found("CAUSEWAY_TEST_CHROMEDRIVER", "/usr/bin/chromedriver")?,
            chromium: found("CAUSEWAY_TEST_CHROMIUM", "/usr/bin/chromium")?,
        })
    }
}

fn found(key: &str, usual: &str) -> Option<PathBuf> {
    let path = env::var_os(key).map_or_else(|| PathBuf::from(usual), PathBuf::from);
    if !path.exists() {
        println!("skipped: there is no {} (or set {key})", path.display());
        return None;
    }
    Some(path)
}

impl Browser {
    /// An empty window. What the browser leaves behind stays in `dir`.
    pub(crate) async fn open(installed: &Installed, dir: &Path) -> Browser {
        let driver = Driver::start(&installed.driver, dir);
        let capabilities = capabilities(&installed.chromium, dir);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
            .unwrap();
        Browser { client, driver }
    }

    /// What the page's scripts and the browser itself complained about since the last time.
    pub(crate) async fn errors(&self) -> Vec<String> {
        let log = self.command("se/log", json!({ "type": "browser" })).await;
        let entries = log["value"].as_array().unwrap().iter();
        let severe = entries.filter(|it| it["level"] == "SEVERE");
        severe.map(|it| it["message"].to_string()).collect()
    }

    /// A screen of that width, in CSS pixels. A window of a desktop cannot be made so narrow.
    pub(crate) async fn becomes_a_phone(&self, width: u32) {
        let screen =
            json!({ "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": true });
        let body = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": screen });
        self.command("goog/cdp/execute", body).await;
    }

    /// A command that only Chromium knows.
    async fn command(&self, path: &str, body: Value) -> Value {
        let session = self.client.session_id().await.unwrap().unwrap();
        let url = format!(
            "http://127.0.0.1:{}/session/{session}/{path}",
            self.driver.port
        );
        let answer = reqwest::Client::new().post(url).json(&body).send().await;
        answer.unwrap().json().await.unwrap()
    }
}

fn capabilities(chromium: &Path, dir: &Path) -> Value {
    let args = [
        "--headless=new",
        // Tests may run as root, in a container, without a graphics card.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en",
        "--window-size=1280,900",
        &format!("--user-data-dir={}", dir.join("chromium").display()),
    ];
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "binary": chromium, "args": args },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

impl Driver {
    fn start(program: &Path, dir: &Path) -> Driver {
        let mut child = Command::new(program)
            .arg("--port=0")
            .env("TMPDIR", dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let port = port_of(&mut out);
        Driver {
            child,
            port,
            _out: out,
        }
    }

    /// It closes its browsers, which nobody would do if it was killed.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    }
}

/// It says where it listens once it does.
fn port_of(out: &mut impl BufRead) -> u16 {
    let lines = out.lines().map_while(Result::ok);
    let port = |line: String| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    };
    lines.filter_map(port).next().unwrap()
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.shut_down().is_err() {
            // It is gone, or so busy that nothing else helps.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
