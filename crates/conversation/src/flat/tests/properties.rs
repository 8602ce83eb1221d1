//! For every tree and for every heap of spans.

use proptest::prelude::*;

use crate::arbitrary::{any_flat, markup};
use crate::{Flat, Mark};

/// For each byte of the text the marks on it, in an order of no meaning.
fn coverage(flat: &Flat) -> Vec<Vec<String>> {
    let mut marks = vec![Vec::new(); flat.text.len()];
    for span in &flat.spans {
        for covered in &mut marks[span.start..span.end] {
            covered.push(format!("{:?}", span.mark));
        }
    }
    for covered in &mut marks {
        covered.sort();
    }
    marks
}

fn keeps_the_invariant(flat: &Flat) -> bool {
    let on_boundaries = flat.spans.iter().all(|it| {
        it.start < it.end
            && flat.text.is_char_boundary(it.start)
            && flat.text.is_char_boundary(it.end)
    });
    let nested = flat.spans.iter().enumerate().all(|(nth, outer)| {
        flat.spans[nth + 1..].iter().all(|inner| {
            inner.start >= outer.start && (inner.end <= outer.end || inner.start >= outer.end)
        })
    });
    on_boundaries && nested
}

fn has_block(flat: &Flat) -> bool {
    let is_block = |mark: &Mark| matches!(mark, Mark::Quote | Mark::CodeBlock { .. });
    flat.spans.iter().any(|span| is_block(&span.mark))
}

fn without_breaks(text: &str) -> String {
    text.replace('\n', "")
}

proptest! {
    #[test]
    fn flattening_keeps_the_invariant(markup in markup()) {
        prop_assert!(keeps_the_invariant(&markup.flatten()));
    }

    #[test]
    fn a_flattened_tree_comes_back_the_same(markup in markup()) {
        let flat = markup.flatten();
        prop_assert_eq!(flat.to_markup().flatten(), flat);
    }

    #[test]
    fn any_spans_make_a_tree_with_the_same_words(flat in any_flat()) {
        let again = flat.to_markup().flatten();
        prop_assert!(keeps_the_invariant(&again));
        prop_assert_eq!(without_breaks(&again.text), without_breaks(&flat.text));
        if !has_block(&flat) {
            prop_assert_eq!(&again.text, &flat.text);
        }
        prop_assert_eq!(again.to_markup().flatten(), again);
    }

    #[test]
    fn slices_next_to_each_other_make_the_whole(markup in markup(), cut in 0usize..400) {
        let flat = markup.flatten();
        let (mut left, right) = (flat.slice(0, cut), flat.slice(cut, usize::MAX));
        prop_assert!(keeps_the_invariant(&left) && keeps_the_invariant(&right));
        left.append(right);
        prop_assert_eq!(&left.text, &flat.text);
        prop_assert_eq!(coverage(&left), coverage(&flat));
    }

    #[test]
    fn a_slice_keeps_its_text_as_a_tree(markup in markup(), from in 0usize..200, length in 0usize..200) {
        let slice = markup.flatten().slice(from, from + length);
        prop_assert_eq!(slice.to_markup().flatten(), slice);
    }

    #[test]
    fn many_slices_are_the_same_as_each(markup in markup(), cuts in prop::collection::btree_set(0usize..300, 0..8)) {
        let flat = markup.flatten();
        let mut edges: Vec<usize> = cuts.into_iter().map(|at| flat.text.floor_char_boundary(at)).collect();
        edges.dedup();
        let ranges: Vec<_> = edges.windows(2).map(|pair| pair[0]..pair[1]).collect();
        let each: Vec<Flat> = ranges.iter().map(|range| flat.slice(range.start, range.end)).collect();
        prop_assert_eq!(flat.slices(&ranges), each);
    }
}
