//! The real program as it is started by `causeway sandbox`.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Killed when it goes out of scope.
pub(crate) struct Program {
    child: Child,
    log: PathBuf,
    /// Of its page.
    pub(crate) url: String,
}

impl Program {
    pub(crate) fn start(dir: &Path) -> Program {
        let log = dir.join("log");
        let mut child = Command::new(env!("CARGO_BIN_EXE_causeway"))
            .args(["sandbox", "--port", "0"])
            .env("TMPDIR", dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut url = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut url).unwrap();
        let url = url.trim().to_owned();
        Program { child, log, url }
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// As by `kill`, and it must end well.
    pub(crate) fn stop(mut self) {
        let pid = self.child.id().to_string();
        Command::new("kill").arg(&pid).status().unwrap();
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}: {}", self.log());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already, which is all that we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
