//! Which stretches of two sequences differ, by their longest common subsequence.

use std::ops::Range;

/// A stretch that stands for another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// Beyond this, what lies between the common beginning and the common end counts as one change.
const MOST_CELLS: usize = 250_000;

pub(super) fn hunks<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Hunk> {
    let first = common(old.iter(), new.iter());
    let last = common(old[first..].iter().rev(), new[first..].iter().rev());
    let between = Hunk {
        old: first..old.len() - last,
        new: first..new.len() - last,
    };
    if between.old.is_empty() && between.new.is_empty() {
        return Vec::new();
    }
    if between.old.len().saturating_mul(between.new.len()) > MOST_CELLS {
        return vec![between];
    }
    let inner = walk(&old[between.old], &new[between.new]);
    let moved = |it: Range<usize>| it.start + first..it.end + first;
    let inner = inner.into_iter().map(|it| Hunk {
        old: moved(it.old),
        new: moved(it.new),
    });
    inner.collect()
}

pub(super) fn common<'a, T: PartialEq + 'a>(
    one: impl Iterator<Item = &'a T>,
    other: impl Iterator<Item = &'a T>,
) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

fn walk<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Hunk> {
    let width = new.len() + 1;
    let lengths = lengths(old, new);
    let (mut i, mut j) = (0, 0);
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut begun: Option<(usize, usize)> = None;
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            hunks.extend(begun.take().map(|from| hunk(from, (i, j))));
            (i, j) = (i + 1, j + 1);
            continue;
        }
        begun.get_or_insert((i, j));
        let skips_old = j == new.len()
            || (i < old.len() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]);
        match skips_old {
            true => i += 1,
            false => j += 1,
        }
    }
    hunks.extend(begun.map(|from| hunk(from, (i, j))));
    hunks
}

fn hunk(from: (usize, usize), to: (usize, usize)) -> Hunk {
    Hunk {
        old: from.0..to.0,
        new: from.1..to.1,
    }
}

/// Of the longest common subsequence of what follows each pair of places.
fn lengths<T: PartialEq>(old: &[T], new: &[T]) -> Vec<u32> {
    let width = new.len() + 1;
    let mut lengths = vec![0; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = match old[i] == new[j] {
                true => lengths[(i + 1) * width + j + 1] + 1,
                false => lengths[(i + 1) * width + j].max(lengths[i * width + j + 1]),
            };
        }
    }
    lengths
}
