//! Threads as a mail program makes them: by Message-ID, In-Reply-To and References, never by subject, so that a
//! mail which does not thread is seen not to. A parent that is missing is tolerated.

use std::collections::HashMap;

use super::parsed::Parsed;

/// One thread: the mails by their place in the input, each with its depth, a parent before its answers.
pub(crate) type Thread = Vec<(usize, usize)>;

#[derive(Default)]
struct Node {
    mail: Option<usize>,
    parent: Option<usize>,
    children: Vec<usize>,
}

#[derive(Default)]
struct Forest<'a> {
    nodes: Vec<Node>,
    by_id: HashMap<&'a str, usize>,
}

/// The thread with the newest mail stands first. No two of `mails` may have the same Message-ID.
pub(crate) fn threads(mails: &[&Parsed]) -> Vec<Thread> {
    let mut forest = Forest::default();
    for (index, mail) in mails.iter().enumerate() {
        forest.add(index, mail);
    }
    forest.adopt();
    let roots = (0..forest.nodes.len()).filter(|it| forest.nodes[*it].parent.is_none());
    let mut threads: Vec<Thread> = roots
        .map(|root| forest.flatten(root, mails))
        .filter(|it| !it.is_empty())
        .collect();
    let newest = |it: &Thread| it.iter().map(|(mail, _)| mails[*mail].date_ms).max();
    threads.sort_by_key(|it| std::cmp::Reverse(newest(it)));
    threads
}

impl<'a> Forest<'a> {
    fn add(&mut self, index: usize, mail: &'a Parsed) {
        let node = match &mail.message_id {
            Some(id) => self.node(id),
            None => self.new_node(),
        };
        self.nodes[node].mail = Some(index);
        let mut parent = None;
        for reference in &mail.references {
            let ancestor = self.node(reference);
            if let Some(elder) = parent
                && self.nodes[ancestor].parent.is_none()
                && !self.stands_above(ancestor, elder)
            {
                self.nodes[ancestor].parent = Some(elder);
            }
            parent = Some(ancestor);
        }
        // What a mail says of its own parent weighs more than what others say.
        if let Some(parent) = parent
            && !self.stands_above(node, parent)
        {
            self.nodes[node].parent = Some(parent);
        }
    }

    fn node(&mut self, id: &'a str) -> usize {
        if let Some(node) = self.by_id.get(id) {
            return *node;
        }
        let node = self.new_node();
        self.by_id.insert(id, node);
        node
    }

    fn new_node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Is `upper` the same as `lower`, or one of its ancestors? A circle must never be made.
    fn stands_above(&self, upper: usize, lower: usize) -> bool {
        let mut at = Some(lower);
        while let Some(node) = at {
            if node == upper {
                return true;
            }
            at = self.nodes[node].parent;
        }
        false
    }

    fn adopt(&mut self) {
        for child in 0..self.nodes.len() {
            if let Some(parent) = self.nodes[child].parent {
                self.nodes[parent].children.push(child);
            }
        }
    }

    fn flatten(&self, root: usize, mails: &[&Parsed]) -> Thread {
        let mut thread = Vec::new();
        let mut open = vec![(root, 0)];
        while let Some((at, depth)) = open.pop() {
            let node = &self.nodes[at];
            // A missing parent takes no place: its answers stand where it would.
            let below = match node.mail {
                Some(mail) => {
                    thread.push((mail, depth));
                    depth + 1
                }
                None => depth,
            };
            let mut children = node.children.clone();
            let date = |it: &usize| {
                self.nodes[*it]
                    .mail
                    .map_or(i64::MIN, |it| mails[it].date_ms)
            };
            children.sort_by_key(|it| std::cmp::Reverse((date(it), *it)));
            open.extend(children.into_iter().map(|it| (it, below)));
        }
        thread
    }
}
