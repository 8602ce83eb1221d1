//! Marks that a post has no room for. **Invariant:** what they said stays, as far as words can say it.

use super::links::in_words;
use crate::flat::{Costs, address_cost};
use crate::{Flat, TextLimit, TextUnit};

/// An address so long that hardly a word would fit beside it is said in words, which can be cut; and where the
/// limit is so small that even other marks fill it, they go.
pub(super) fn that_fit(words: Flat, limit: TextLimit) -> Flat {
    const ROOM: usize = 64;
    const LEAST: usize = 8;
    let are_free = limit.unit != TextUnit::Markdown;
    if are_free || Costs::of(&words, limit.unit).dearest() + ROOM <= limit.max {
        return words;
    }
    let most = limit.max.saturating_sub(2 * ROOM);
    let mut words = in_words(words, |url| address_cost(url) > most);
    if Costs::of(&words, limit.unit).dearest() + LEAST > limit.max {
        words.spans.clear();
    }
    words
}

/// What a cut lays open can cost more alone, or as a tree, than it did in the whole: such a piece says its addresses in
/// words, loses its marks, and is cut once more.
pub(super) fn within(
    limit: TextLimit,
    piece: Flat,
    cut: impl Fn(&Flat, TextLimit) -> Vec<Flat>,
) -> Vec<Flat> {
    if limit.unit != TextUnit::Markdown || cost_alone(&piece) <= limit.max {
        return vec![piece];
    }
    let mut unmarked = in_words(piece, |_| true);
    unmarked.spans.clear();
    // Where a line begins with a number, its dot is paid for.
    let max = limit.max.saturating_sub(1).max(1);
    cut(&unmarked, TextLimit { max, ..limit })
}

pub(super) fn cost_alone(piece: &Flat) -> usize {
    piece.to_markup().flatten().cost(TextUnit::Markdown)
}
