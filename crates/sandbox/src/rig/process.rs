//! The bridge's process: how it is started, measured and ended.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// Killed when it goes out of scope.
pub struct BridgeProcess {
    child: Child,
}

impl BridgeProcess {
    pub(super) fn start(run: &mut Command, log: &Path) -> io::Result<BridgeProcess> {
        let log = File::options().create(true).append(true).open(log)?;
        let child = run
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        Ok(BridgeProcess { child })
    }

    /// SIGKILL: nothing that is under way is finished.
    pub fn kill(&mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(|_| ())
    }

    /// SIGTERM, and waits for the end.
    pub fn terminate(&mut self) -> io::Result<ExitStatus> {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        self.child.wait()
    }

    /// Has it ended by itself?
    pub fn ended(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Of all its threads, in user and kernel mode (proc_pid_stat(5), fields 14 and 15).
    pub fn cpu_time(&self) -> io::Result<Duration> {
        /// Linux counts in hundredths of a second for every program (USER_HZ).
        const TICK: Duration = Duration::from_millis(10);
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The program's name stands in brackets and may hold anything.
        let (_, fields) = stat.rsplit_once(") ").unwrap_or_default();
        let ticks: u32 = fields
            .split(' ')
            .skip(11)
            .take(2)
            .filter_map(|it| it.parse::<u32>().ok())
            .sum();
        Ok(TICK * ticks)
    }

    /// How often one of its threads had nothing to do, or waited (proc_pid_status(5)).
    pub fn voluntary_switches(&self) -> io::Result<u64> {
        let mut switches = 0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            // It may have ended by now.
            let status = std::fs::read_to_string(thread?.path().join("status")).unwrap_or_default();
            switches += number_of(&status, "voluntary_ctxt_switches:");
        }
        Ok(switches)
    }

    /// To the disk, so far (proc_pid_io(5), write_bytes).
    pub fn written_bytes(&self) -> io::Result<u64> {
        let io = std::fs::read_to_string(format!("/proc/{}/io", self.child.id()))?;
        Ok(number_of(&io, "write_bytes:"))
    }

    /// The most memory that it ever held, in KiB (proc_pid_status(5), VmHWM).
    pub fn peak_memory_kib(&self) -> io::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        Ok(number_of(&status, "VmHWM:"))
    }
}

fn number_of(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|it| it.strip_prefix(name));
    let number = line.and_then(|it| it.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).unwrap_or(0)
}

impl Drop for BridgeProcess {
    fn drop(&mut self) {
        // It may have ended already, which is all that we want.
        let _ = self.kill();
    }
}
