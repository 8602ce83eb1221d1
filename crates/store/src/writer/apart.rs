//! What shares a transaction. In one file all share one, for it is locked as a whole; on a server each community has its own.
//!
//! **Invariant:** what stands in one line keeps its order, whoever's it is; and so does all that is one community's.

use std::collections::HashMap;

use conversation::CommunityId;

use super::job::Job;
use crate::migrations::Engine;

pub(super) type Batch = Vec<Box<dyn Job>>;

pub(super) fn apart(engine: Engine, batch: Batch) -> Vec<Batch> {
    match engine {
        Engine::Sqlite => vec![batch],
        Engine::Postgres => by_community(batch),
    }
}

/// What nobody says whose it is stands alone.
fn by_community(batch: Batch) -> Vec<Batch> {
    let mut groups: Vec<(Option<CommunityId>, Batch)> = Vec::new();
    let mut last_of_line: HashMap<String, usize> = HashMap::new();
    for job in batch {
        let line = job.place().map(|it| it.line().to_owned());
        let not_before = line.as_ref().and_then(|it| last_of_line.get(it));
        let not_before = not_before.copied().unwrap_or(0);
        let own = job.community();
        let found = groups
            .iter()
            .rposition(|(whose, _)| own.is_some() && whose.as_ref() == own);
        let group = found.filter(|it| *it >= not_before).unwrap_or_else(|| {
            groups.push((own.cloned(), Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(job);
        if let Some(line) = line {
            last_of_line.insert(line, group);
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::{About, Stands, Writing, lines::Places, pending};

    /// `a1` is work of community `a` in line 1; of `-` nobody says whose it is.
    fn groups(jobs: &str) -> String {
        let places = Places::default();
        let mut names = HashMap::new();
        let mut batch: Batch = Vec::new();
        for name in jobs.split(' ') {
            let (community, line) = name.split_at(1);
            let place = places.take(line);
            names.insert(place.number(), name);
            let stands = Stands {
                place,
                instead: None,
                then: Box::new(|(), _| {}),
            };
            let community = (community != "-").then(|| CommunityId(community.to_owned()));
            let about = About {
                community,
                ..About::default()
            };
            let work: Writing<()> = Box::new(|_| Box::pin(async { Ok(()) }));
            batch.push(pending((work, about), Some(stands)).0);
        }
        let groups = by_community(batch);
        let name = |job: &dyn Job| names[&job.place().map_or(0, |it| it.number())];
        let group = |it: &Batch| {
            it.iter()
                .map(|it| name(&**it))
                .collect::<Vec<_>>()
                .join(" ")
        };
        groups.iter().map(group).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn each_community_has_a_transaction_of_its_own() {
        assert_eq!(groups("a1 b2 a1 c3 b2 a4"), "a1 a1 a4 | b2 b2 | c3");
        assert_eq!(groups("-1 -2 a3 -1"), "-1 | -2 | a3 | -1");
    }

    #[test]
    fn a_line_that_went_to_another_community_keeps_its_order() {
        assert_eq!(groups("b2 a1 b1 a1 b2"), "b2 | a1 | b1 b2 | a1");
        assert_eq!(groups("b2 a1 -1 a1 a3"), "b2 | a1 | -1 | a1 a3");
    }
}
