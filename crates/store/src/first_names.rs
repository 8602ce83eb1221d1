//! Who has their name first: the people of whom the configuration knows, before whoever else speaks first.
//!
//! **Invariant:** this is in memory alone, for who they are is in the configuration; the bridge says it at each start, before
//! it hears anybody.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use conversation::{AccountRef, CommunityId, Platform, RemoteId, Timestamp, look};

use crate::{Result, Store, accept::look_with_number, text};

/// Of one community and platform.
#[derive(Debug, Clone, Default)]
pub(crate) struct FirstNames {
    accounts: HashSet<String>,
    /// By what their name looks like, in the order of the configuration.
    named: HashMap<String, Vec<String>>,
    /// How they look with their numbers.
    looks: HashMap<String, String>,
}

#[derive(Debug, Default)]
pub(crate) struct AllFirstNames(HashMap<(CommunityId, Platform), Arc<FirstNames>>);

impl AllFirstNames {
    pub(crate) fn of(&self, community: &CommunityId, platform: &str) -> Arc<FirstNames> {
        let key = (community.clone(), Platform::from(platform));
        self.0.get(&key).cloned().unwrap_or_default()
    }
}

impl FirstNames {
    fn add(&mut self, account: &RemoteId, name: &str) {
        let account = text::key(&account.0);
        if !self.accounts.insert(account.clone()) || name.trim().is_empty() {
            return;
        }
        let bearers = self.named.entry(text::key(&look(name))).or_default();
        bearers.push(account.clone());
        let number = u32::try_from(bearers.len()).unwrap_or(u32::MAX);
        self.looks.insert(look_with_number(name, number), account);
    }

    pub(crate) fn holds(&self, account: &str) -> bool {
        self.accounts.contains(account)
    }

    /// How many are called so, and which of them the account is.
    pub(crate) fn named(&self, skeleton: &str, account: &str) -> (u32, Option<u32>) {
        let bearers = self.named.get(skeleton).map_or(&[][..], Vec::as_slice);
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        let place = bearers.iter().position(|it| it == account);
        (number(bearers.len()), place.map(|it| number(it) + 1))
    }

    /// Somebody else has it, whether or not they were heard yet.
    pub(crate) fn is_others(&self, look: &str, account: &str) -> bool {
        self.looks.get(look).is_some_and(|it| it != account)
    }
}

impl Store {
    /// These accounts have their names first in the community, in this order, and so has its staff; whoever else went by
    /// one of them gets a number.
    pub async fn name_first(
        &self,
        community: &str,
        people: &[(AccountRef, String)],
        now: Timestamp,
    ) -> Result<()> {
        let name = community.to_owned();
        let community = self
            .write(move |tx| {
                let name = name.clone();
                Box::pin(async move { tx.communities().add(&name, now).await })
            })
            .await?;
        let mut all = AllFirstNames::default();
        for (account, name) in people {
            let key = (community.clone(), account.platform.clone());
            Arc::make_mut(all.0.entry(key).or_default()).add(&account.account, name);
        }
        self.directory.put_first(all);
        self.write(move |tx| {
            let community = community.clone();
            Box::pin(async move { tx.people(&community).settle_numbers().await })
        })
        .await
    }
}
