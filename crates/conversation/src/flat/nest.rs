//! From spans as they come to spans that are disjoint or nested, in order, on character boundaries.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::Span;

/// Deeper marks are dropped, never their text. A tree is kept as JSON, whose readers commonly stop at 128
/// levels, and a mark costs three of them.
pub(super) const MOST_NESTED: usize = 32;

/// A part of the span at `index`.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) index: usize,
}

/// Outer before inner, then by start.
pub(super) fn nest(text: &str, spans: &[Span]) -> Vec<Piece> {
    let mut nesting = Nesting {
        spans,
        waiting: BinaryHeap::with_capacity(spans.len()),
        open: Vec::new(),
        done: Vec::with_capacity(spans.len()),
    };
    for (index, span) in spans.iter().enumerate() {
        if span.start < span.end {
            let start = text.floor_char_boundary(span.start);
            let end = text.ceil_char_boundary(span.end);
            nesting.wait(Piece { start, end, index });
        }
    }
    nesting.run();
    nesting.done
}

/// By start, the longer first; where two cover the same, the one that can hold the other first.
type Order = Reverse<(usize, Reverse<usize>, bool, usize)>;

struct Nesting<'a> {
    spans: &'a [Span],
    waiting: BinaryHeap<Order>,
    /// Indices into `done`, outermost first.
    open: Vec<usize>,
    done: Vec<Piece>,
}

impl Nesting<'_> {
    fn wait(&mut self, piece: Piece) {
        if piece.start < piece.end {
            let is_leaf = self.spans[piece.index].mark.is_leaf();
            let order = (piece.start, Reverse(piece.end), is_leaf, piece.index);
            self.waiting.push(Reverse(order));
        }
    }

    fn run(&mut self) {
        while let Some(Reverse((start, Reverse(end), _, index))) = self.waiting.pop() {
            self.place(Piece { start, end, index });
        }
        self.done.retain(|piece| piece.start < piece.end);
    }

    fn place(&mut self, mut piece: Piece) {
        let is_over = |outer: &mut usize| self.done[*outer].end <= piece.start;
        while self.open.pop_if(is_over).is_some() {}
        if let Some(&outer) = self.open.last() {
            let around = self.done[outer];
            let mark = &self.spans[piece.index].mark;
            let mark_around = &self.spans[around.index].mark;
            let crosses = piece.end > around.end;
            if crosses && mark.rank() < mark_around.rank() {
                return self.cut_outer(outer, piece);
            }
            if crosses {
                let start = around.end;
                self.wait(Piece { start, ..piece });
                piece.end = around.end;
            }
            if mark_around.is_leaf() {
                return;
            }
        }
        if self.open.len() < MOST_NESTED {
            self.open.push(self.done.len());
            self.done.push(piece);
        }
    }

    /// The outer piece ends where `piece` starts, and goes on inside of it.
    fn cut_outer(&mut self, outer: usize, piece: Piece) {
        let rest = Piece {
            start: piece.start,
            ..self.done[outer]
        };
        self.done[outer].end = piece.start;
        self.open.pop();
        self.wait(rest);
        self.wait(piece);
    }
}
