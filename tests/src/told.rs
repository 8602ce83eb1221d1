//! All that the bridge ever told anybody, as it stands now.

use std::collections::BTreeMap;

use conversation::RemoteId;

use crate::Town;

/// One post, mail or answer to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub author: String,
    pub text: String,
    /// Subjects and the names of files.
    pub around: Vec<String>,
}

impl Town {
    /// By platform, and what tells it from all others there.
    pub fn told(&self) -> BTreeMap<(String, String), Told> {
        let mut told = BTreeMap::new();
        for (name, platform) in &self.platforms {
            let state = platform.state();
            for post in state
                .posts
                .iter()
                .filter(|it| it.key.is_some() && !it.deleted)
            {
                let around = post.files.iter().chain(&post.subject).chain(&post.texts);
                let post_told = Told {
                    author: post.author.clone(),
                    text: post.text.clone(),
                    around: around.cloned().collect(),
                };
                told.insert((name.clone(), post.id.to_string()), post_told);
            }
            let mails = state.mailboxes.mail.iter();
            let mails = mails.flat_map(|(to, all)| all.iter().enumerate().map(move |it| (to, it)));
            for (to, (number, mail)) in mails {
                let (author, text) = mail.split_once(": ").unwrap_or(("", mail.as_str()));
                let mail = Told {
                    author: author.to_owned(),
                    text: text.to_owned(),
                    around: Vec::new(),
                };
                told.insert((name.clone(), format!("mail {number} to {to}")), mail);
            }
        }
        told
    }

    /// What of it stands in that channel, to be answered there.
    pub fn told_in(&self, channel: &str) -> Vec<RemoteId> {
        let at = crate::channel::at(channel);
        let posts = self.platforms[&at.platform.0].seen(&at.id).into_iter();
        posts
            .filter(|it| it.key.is_some())
            .map(|it| it.id)
            .collect()
    }
}
