//! What came of it that somebody is to be forgotten, platform by platform: as a receipt, or how far it is.

use conversation::{ChannelRef, MessageId, Platform};
use store::{MessagesOf, Receipt, Result};
use words::{
    FORGETTING_GOES_ON, FORGOTTEN_CANNOT, FORGOTTEN_LINE, FORGOTTEN_NAMED, FORGOTTEN_OPEN,
    FORGOTTEN_REFUSED, FORGOTTEN_TOLD, MYDATA_NOTHING,
};

use super::Teller;

impl Teller<'_> {
    pub(super) async fn forgotten(&self, said: &MessageId) -> Result<String> {
        let Some(receipt) = self.store.receipt(&self.community, said).await? else {
            return Ok(self.fixed(MYDATA_NOTHING).to_owned());
        };
        let lines: String = receipt.places.iter().map(|it| self.place(it)).collect();
        let sentence = match receipt.is_over {
            true => FORGOTTEN_TOLD,
            false => FORGETTING_GOES_ON,
        };
        let told = [
            ("messages", receipt.messages.into()),
            ("lines", lines.into()),
        ];
        Ok(self.say(sentence, told) + &self.named(&receipt))
    }

    fn named(&self, receipt: &Receipt) -> String {
        match receipt.is_named {
            true => format!(" {}", self.fixed(FORGOTTEN_NAMED)),
            false => String::new(),
        }
    }

    fn place(&self, it: &MessagesOf) -> String {
        let platform = self.called(&it.platform);
        let told = [
            ("platform", platform.into()),
            ("number", it.taken_back.into()),
        ];
        let line = self.say(FORGOTTEN_LINE, told);
        let more = [
            (FORGOTTEN_CANNOT, it.cannot),
            (FORGOTTEN_REFUSED, it.refused),
            (FORGOTTEN_OPEN, it.waits),
        ];
        let more = more.iter().filter(|(_, number)| *number > 0);
        let more: String = more
            .map(|(sentence, number)| self.say(*sentence, [("number", (*number).into())]))
            .collect();
        format!("\n{line}{more}")
    }

    fn called(&self, platform: &Platform) -> String {
        let any = ChannelRef::new(platform.as_str(), "");
        let label = self.adapters.capabilities(&any).map(|it| it.label);
        label.unwrap_or(platform.as_str()).to_owned()
    }
}
