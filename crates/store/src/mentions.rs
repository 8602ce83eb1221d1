//! Whom words mention, as the store holds them: beside each account its hash and its cipher, as everywhere.

use conversation::Content;
use serde_json::Value;

use crate::{Entry, Result, body::words, text};

impl Entry {
    /// The words as JSON, as the store takes them of what was said in this channel.
    pub(crate) fn stored(&self, content: &Content) -> Result<String> {
        let words = words(content)?;
        if content.text.mentioned().is_empty() {
            return Ok(words);
        }
        let mut json: Value = serde_json::from_str(&words)?;
        self.hide_mentions(&mut json);
        Ok(json.to_string())
    }

    fn hide_mentions(&self, json: &mut Value) {
        let inside: Vec<&mut Value> = match json {
            Value::Array(nodes) => nodes.iter_mut().collect(),
            Value::Object(node) => node.values_mut().collect(),
            _ => return,
        };
        for it in inside {
            self.hide_mentions(it);
        }
        let Some(Value::Object(mention)) = json.get_mut("mention") else {
            return;
        };
        let platform = self.channel.at.platform.as_str();
        if let Some(account) = mention.get("account").and_then(Value::as_str) {
            let account = text::key(account);
            let hash = self.keys.account_hash(platform, &account);
            let cipher = self.keys.account_cipher(platform, &account);
            mention.insert("account_hash".to_owned(), hash.into());
            mention.insert("account_cipher".to_owned(), cipher.into());
        }
    }
}
