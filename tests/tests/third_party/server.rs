//! A server of others as a child of the test. **Invariant:** it ends with its standard input, so that nothing is left
//! behind whatever becomes of the test.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Nothing takes longer, and most takes milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Server {
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// With what it says of itself. `None` where it is not installed.
    pub(crate) async fn start(script: &str, arguments: &[&str]) -> Option<(Server, Value)> {
        let folder = std::env::var("CAUSEWAY_TEST_THIRD_PARTY");
        let (Ok(folder), Ok(node)) = (folder, std::env::var("CAUSEWAY_TEST_NODE")) else {
            println!("skipped: the servers that others wrote are not installed");
            return None;
        };
        let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("third-party");
        let mut child = Command::new(node)
            .arg(scripts.join(script))
            .arg(folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut server = Server {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()).lines(),
            _child: child,
        };
        let about = server.line().await;
        Some((server, about))
    }

    /// What became of a deed there.
    pub(crate) async fn does(&mut self, deed: Value) -> Value {
        let line = format!("{deed}\n");
        self.input.write_all(line.as_bytes()).await.unwrap();
        let answer = self.line().await;
        assert!(answer.get("done").is_some(), "{deed}: {answer}");
        answer["done"].clone()
    }

    async fn line(&mut self) -> Value {
        let line = tokio::time::timeout(PATIENCE, self.output.next_line()).await;
        let line = line.expect("the server is silent").unwrap();
        serde_json::from_str(&line.expect("the server is gone")).unwrap()
    }
}
