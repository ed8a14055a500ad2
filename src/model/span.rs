use crate::order::InOrder;
use crate::text::{Offset, Stretch, Text};

/// One or more disjoint fragments `[start, end)` of an article's text, in code points.
///
/// Sorted, at least one code point apart; that they lie inside the text is checked where span and text meet
/// ([`Span::fits`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(Vec<Stretch>);

impl Span {
    /// Sorts the fragments and joins those that touch or overlap; `None` when there is none.
    pub fn covering(fragments: impl IntoIterator<Item = Stretch>) -> Option<Self> {
        let mut fragments: Vec<Stretch> = fragments.into_iter().collect();
        fragments.put_in_order();
        let mut joined: Vec<Stretch> = Vec::with_capacity(fragments.len());
        for fragment in fragments {
            match joined.last_mut() {
                Some(last) if fragment.start() <= last.end() => *last = last.cover(fragment),
                _ => joined.push(fragment),
            }
        }
        (!joined.is_empty()).then_some(Self(joined))
    }

    pub fn single(fragment: Stretch) -> Self {
        Self(vec![fragment])
    }

    pub fn fragments(&self) -> &[Stretch] {
        &self.0
    }

    pub fn start(&self) -> Offset {
        self.0[0].start()
    }

    pub fn end(&self) -> Offset {
        self.0[self.0.len() - 1].end()
    }

    /// From the first fragment's start to the last one's end.
    pub fn hull(&self) -> Stretch {
        self.0[0].cover(self.0[self.0.len() - 1])
    }

    pub fn is_discontinuous(&self) -> bool {
        self.0.len() > 1
    }

    pub fn overlaps(&self, stretch: Stretch) -> bool {
        self.0.iter().any(|fragment| fragment.overlaps(stretch))
    }

    pub fn contains(&self, offset: Offset) -> bool {
        self.0.iter().any(|fragment| fragment.contains(offset))
    }

    /// Whether every fragment lies inside `text`.
    pub fn fits(&self, text: &Text) -> bool {
        self.end() <= text.len()
    }

    /// The span with `stretch` added.
    pub fn with(&self, stretch: Stretch) -> Self {
        Self::covering(self.0.iter().copied().chain([stretch])).expect("invariant: a span has a fragment")
    }

    /// The span with `stretch` cut out; `None` when nothing is left.
    pub fn without(&self, stretch: Stretch) -> Option<Self> {
        Self::covering(self.0.iter().flat_map(|fragment| {
            {
                let before = Stretch::new(fragment.start(), fragment.end().min(stretch.start()));
                let after = Stretch::new(fragment.start().max(stretch.end()), fragment.end());
                if fragment.overlaps(stretch) { [before, after] } else { [Some(*fragment), None] }
            }
            .into_iter()
            .flatten()
        }))
    }

    /// The fragments' texts joined by an ellipsis, for people to read.
    pub fn quote(&self, text: &Text) -> String {
        let slices: Vec<&str> = self.0.iter().filter_map(|fragment| text.slice(*fragment)).collect();
        slices.join(" … ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(fragments: &[(u32, u32)]) -> Span {
        Span::covering(fragments.iter().filter_map(|&(start, end)| Stretch::of(start, end))).expect("a fragment")
    }

    #[test]
    fn fragments_that_touch_are_joined() {
        assert_eq!(span(&[(5, 8), (0, 3), (3, 4)]), span(&[(0, 4), (5, 8)]));
        assert_eq!(span(&[(0, 4), (2, 3)]).fragments().len(), 1);
    }

    #[test]
    fn cutting_takes_out_the_stretch_and_nothing_else() {
        let cut = |from: &[(u32, u32)], start, end| span(from).without(Stretch::of(start, end).expect("a stretch"));
        assert_eq!(cut(&[(0, 10)], 3, 5), Some(span(&[(0, 3), (5, 10)])));
        assert_eq!(cut(&[(0, 4), (6, 9)], 3, 7), Some(span(&[(0, 3), (7, 9)])));
        assert_eq!(cut(&[(2, 4)], 0, 9), None);
        assert_eq!(cut(&[(2, 4)], 4, 9), Some(span(&[(2, 4)])));
    }
}
