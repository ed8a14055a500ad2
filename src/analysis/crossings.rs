use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::edit::{Sorted, Sorts};
use crate::model::{Annotation, Span};
use crate::order::Gather;

/// Code points of a part of the text; a span covers one part, as a rule, or two.
const PART: u32 = 512;

/// Which annotations have words in which part of an article, so that what overlaps is found without a look at the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage(Sorted<Cover>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cover {
    part: u32,
    annotation: Rc<Annotation>,
}

impl Sorts for Cover {
    fn order(&self, other: &Self) -> Ordering {
        self.part.cmp(&other.part).then_with(|| self.annotation.order(&other.annotation))
    }

    fn is_same(&self, other: &Self) -> bool {
        self.part == other.part && Rc::ptr_eq(&self.annotation, &other.annotation)
    }
}

impl Coverage {
    pub fn put(&mut self, annotation: &Rc<Annotation>) {
        for part in parts(annotation) {
            self.0.put(Cover { part, annotation: annotation.clone() });
        }
    }

    pub fn take(&mut self, annotation: &Rc<Annotation>) {
        for part in parts(annotation) {
            self.0.take(|other| other.part.cmp(&part).then_with(|| other.annotation.order(annotation)));
        }
    }

    /// The same annotator's others of its type that share words with it and hold others beside, as it does; one that does so in
    /// several parts comes several times.
    pub fn crossing<'a>(&'a self, annotation: &'a Annotation) -> impl Iterator<Item = &'a Rc<Annotation>> {
        let in_its_parts = parts(annotation).into_iter().flat_map(|part| {
            let from = self.0.rank(|cover| cover.part.cmp(&part));
            self.0.iter_from(from).take_while(move |cover| cover.part == part)
        });
        in_its_parts.map(|cover| &cover.annotation).filter(|other| {
            other.annotator == annotation.annotator && other.type_id == annotation.type_id && cross(other.span(), annotation.span())
        })
    }
}

/// Whether the two share words, and each has some that the other has not.
fn cross(one: Option<&Span>, other: Option<&Span>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return false };
    let share = one.fragments().iter().any(|fragment| other.overlaps(*fragment));
    let holds = |outer: &Span, inner: &Span| {
        inner.fragments().iter().all(|fragment| outer.fragments().iter().any(|other| other.contains_stretch(*fragment)))
    };
    share && !holds(one, other) && !holds(other, one)
}

/// The parts that its fragments have words in; none of an orphan's.
fn parts(annotation: &Annotation) -> BTreeSet<u32> {
    let fragments = annotation.span().map_or(&[][..], Span::fragments);
    fragments.iter().flat_map(|fragment| fragment.start().get() / PART..=(fragment.end().get() - 1) / PART).gather()
}

#[cfg(test)]
mod tests {
    use super::cross;
    use crate::model::Span;
    use crate::text::Stretch;

    type Fragments = &'static [(u32, u32)];

    fn span(fragments: Fragments) -> Option<Span> {
        Span::covering(fragments.iter().map(|(start, end)| Stretch::of(*start, *end).expect("a stretch")))
    }

    #[test]
    fn spans_cross_where_each_has_words_of_its_own() {
        let cases: [(Fragments, Fragments, bool); 7] = [
            (&[(0, 5)], &[(3, 8)], true),
            (&[(0, 5)], &[(5, 8)], false),
            (&[(0, 9)], &[(3, 8)], false),
            (&[(0, 9)], &[(0, 9)], false),
            // One between the fragments of the other.
            (&[(0, 2), (6, 9)], &[(3, 5)], false),
            (&[(0, 2), (6, 9)], &[(1, 7)], true),
            (&[(0, 2), (6, 9)], &[(0, 1), (7, 8)], false),
        ];
        for (one, other, expected) in cases {
            assert_eq!(cross(span(one).as_ref(), span(other).as_ref()), expected, "{one:?} {other:?}");
            assert_eq!(cross(span(other).as_ref(), span(one).as_ref()), expected, "{other:?} {one:?}");
        }
        assert!(!cross(None, span(&[(0, 1)]).as_ref()));
    }
}
