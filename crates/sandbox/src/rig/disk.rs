//! How often the disk under a folder can sync: durable figures mean little without it.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

const PROBE: Duration = Duration::from_secs(1);

/// Appends 4 KiB and syncs, again and again, for a second.
pub fn fdatasync_per_s(dir: &Path) -> io::Result<f64> {
    let path = dir.join("fdatasync-probe");
    let mut file = File::create(&path)?;
    let start = Instant::now();
    let mut n = 0;
    while start.elapsed() < PROBE {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        n += 1;
    }
    let rate = super::measure::per_second(n, start.elapsed());
    std::fs::remove_file(path)?;
    Ok(rate)
}
