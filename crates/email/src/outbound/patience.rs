//! How long a step of the dialogue is waited for, and what is said of a server that is silent.

use std::time::Duration;

use tokio::time::timeout;

pub(super) const SILENT: &str = "it took the connection and said nothing. If it speaks TLS from the first byte on, as on port 465, set \
     email.smtp.tls = \"implicit\"";

pub(super) async fn within<T>(
    wait: Duration,
    silent: &str,
    step: impl Future<Output = Result<T, String>>,
) -> Result<T, String> {
    let done = timeout(wait, step).await;
    done.unwrap_or_else(|_| Err(format!("no answer within {} s: {silent}", wait.as_secs())))
}
