//! What came back from a reader's own server after ours had taken it.

use std::sync::Arc;

use conversation::{RawEvent, Returned, Timestamp};
use store::{NoticeKind, Result};

use super::Readerships;
use crate::accept::{Outlook, keep_raw};

impl Readerships {
    pub(crate) async fn count_returned(
        &self,
        report: Returned,
        outlook: Outlook,
        now: Timestamp,
    ) -> Result<()> {
        let directory = self.store.directory();
        let entry = directory.find(&report.channel).cloned();
        let readership = match &entry {
            Some(entry) => self.of(entry).await?,
            None => None,
        };
        let case = Arc::new((report, entry, readership, outlook));
        let counting = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (report, entry, readership, outlook) = &*case;
                let raw = RawEvent {
                    platform: report.channel.platform.clone(),
                    places: vec![report.channel.clone()],
                    key: report.key.clone(),
                    reason: "bounce",
                    body: report.raw.clone(),
                };
                keep_raw(tx, &raw, outlook, now).await?;
                let Some(entry) = entry else { return Ok(()) };
                let counted = tx.readers(entry).count_returned(report, now).await?;
                let (Some(counted), Some(readership)) = (counted, readership) else {
                    return Ok(());
                };
                if let Some(member) = readership.by_number(counted.number) {
                    let text = format!(
                        "what was said in {} came back, {} so far: {}",
                        entry.channel.at, counted.times, report.why
                    );
                    let kind = NoticeKind::ReaderReturned;
                    let notice = member.notice(kind, &entry.channel.at, text, now);
                    tx.notices(&entry.community).tell_anew(&notice).await?;
                }
                Ok(())
            })
        });
        counting.await
    }
}
