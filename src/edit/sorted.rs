use std::cmp::Ordering;
use std::iter::FlatMap;
use std::rc::Rc;
use std::slice;

use crate::order::InOrder;

/// What a [`Sorted`] list holds.
pub trait Sorts: Clone {
    /// Its place; two elements of one list never have the same.
    fn order(&self, other: &Self) -> Ordering;
    /// Whether nothing of it changed, of two with the same place. May say no of equal ones, where that is cheaper.
    fn is_same(&self, other: &Self) -> bool;
}

/// A sorted list whose copies share what they have in common, so that a change costs in proportion to a piece of it, and
/// two copies are compared in proportion to what differs.
///
/// A B-tree of two levels: at 100,000 elements a change copies a piece of up to 128 elements and a list of 1,600 pieces.
#[derive(Clone, Debug)]
pub struct Sorted<T> {
    /// None is empty.
    pieces: Vec<Rc<Vec<T>>>,
    length: usize,
}

/// Elements of a piece, at most.
const PIECE: usize = 128;

/// An element of an older copy and what stands in its place in a newer one: gone, new, or changed.
pub type Changed<'a, T> = (Option<&'a T>, Option<&'a T>);

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Sorted<T> {
    pub const fn new() -> Self {
        Self { pieces: Vec::new(), length: 0 }
    }

    pub fn iter(&self) -> Iter<'_, T> {
        self.pieces.iter().flat_map(|piece| piece.iter())
    }
}

/// The elements in order, or from behind.
pub type Iter<'a, T> = FlatMap<slice::Iter<'a, Rc<Vec<T>>>, slice::Iter<'a, T>, fn(&'a Rc<Vec<T>>) -> slice::Iter<'a, T>>;

impl<'a, T> IntoIterator for &'a Sorted<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T: Sorts> Sorted<T> {
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The elements from the one at index `at` on.
    pub fn iter_from(&self, at: usize) -> impl Iterator<Item = &T> + Clone {
        let (piece, within) = self.piece_at(at);
        self.pieces[piece..].iter().flat_map(|piece| piece.iter()).skip(within)
    }

    /// The elements before the one at index `at`, the nearest first.
    pub fn iter_before(&self, at: usize) -> impl Iterator<Item = &T> + Clone {
        let (piece, within) = self.piece_at(at);
        let here = self.pieces.get(piece).map_or(&[][..], |piece| &piece[..within]);
        here.iter().rev().chain(self.pieces[..piece].iter().rev().flat_map(|piece| piece.iter().rev()))
    }

    /// The piece that holds the element at index `at`, and its index in it; behind all of them for one that is not there.
    fn piece_at(&self, at: usize) -> (usize, usize) {
        let mut before = 0;
        for (index, piece) in self.pieces.iter().enumerate() {
            if at < before + piece.len() {
                return (index, at - before);
            }
            before += piece.len();
        }
        (self.pieces.len(), 0)
    }

    /// How many elements lie before the place that `order` looks for; it says where an element lies as seen from there.
    pub fn rank(&self, order: impl Fn(&T) -> Ordering) -> usize {
        let piece = self.piece_for(&order);
        let before: usize = self.pieces[..piece].iter().map(|piece| piece.len()).sum();
        before + self.pieces.get(piece).map_or(0, |piece| piece.partition_point(|element| order(element) == Ordering::Less))
    }

    pub fn find(&self, order: impl Fn(&T) -> Ordering) -> Option<&T> {
        let piece = self.pieces.get(self.piece_for(&order))?;
        piece.binary_search_by(order).ok().map(|at| &piece[at])
    }

    /// The first piece whose end is not before the place.
    fn piece_for(&self, order: impl Fn(&T) -> Ordering) -> usize {
        self.pieces.partition_point(|piece| piece.last().is_some_and(|last| order(last) == Ordering::Less))
    }

    /// Puts an element in; returns the one whose place it takes.
    pub fn put(&mut self, element: T) -> Option<T> {
        let order = |other: &T| other.order(&element);
        // What comes behind everything belongs to the last piece.
        let at = self.piece_for(order).min(self.pieces.len().saturating_sub(1));
        let Some(piece) = self.pieces.get_mut(at) else {
            self.pieces.push(Rc::new(vec![element]));
            self.length = 1;
            return None;
        };
        let found = piece.binary_search_by(order);
        let piece = Rc::make_mut(piece);
        match found {
            Ok(within) => return Some(std::mem::replace(&mut piece[within], element)),
            Err(within) => piece.insert(within, element),
        }
        self.length += 1;
        if piece.len() > PIECE {
            // Lists are mostly made from their beginning to their end: full pieces are left behind then.
            let half = if at + 1 == self.pieces.len() { PIECE } else { PIECE / 2 };
            let rest = Rc::make_mut(&mut self.pieces[at]).split_off(half);
            self.pieces.insert(at + 1, Rc::new(rest));
        }
        None
    }

    pub fn take(&mut self, order: impl Fn(&T) -> Ordering) -> Option<T> {
        let at = self.piece_for(&order);
        let piece = self.pieces.get_mut(at)?;
        let within = piece.binary_search_by(order).ok()?;
        let piece = Rc::make_mut(piece);
        let taken = piece.remove(within);
        if piece.is_empty() {
            self.pieces.remove(at);
        }
        self.length -= 1;
        Some(taken)
    }

    /// What is not the same as in `old`, in order. Costs in proportion to the pieces, and to the elements of those that the
    /// two do not share.
    pub fn changes_since<'a>(&'a self, old: &'a Self) -> Vec<Changed<'a, T>> {
        let mut changes = Vec::new();
        let (mut theirs, mut ours) = (Walk::along(&old.pieces), Walk::along(&self.pieces));
        loop {
            if let (Some(their), Some(our)) = (theirs.whole_piece(), ours.whole_piece())
                && Rc::ptr_eq(their, our)
            {
                theirs.skip_piece();
                ours.skip_piece();
                continue;
            }
            match (theirs.here(), ours.here()) {
                (None, None) => return changes,
                (Some(gone), None) => {
                    changes.push((Some(gone), None));
                    theirs.step();
                }
                (None, Some(new)) => {
                    changes.push((None, Some(new)));
                    ours.step();
                }
                (Some(before), Some(after)) => match before.order(after) {
                    Ordering::Less => {
                        changes.push((Some(before), None));
                        theirs.step();
                    }
                    Ordering::Greater => {
                        changes.push((None, Some(after)));
                        ours.step();
                    }
                    Ordering::Equal => {
                        if !before.is_same(after) {
                            changes.push((Some(before), Some(after)));
                        }
                        theirs.step();
                        ours.step();
                    }
                },
            }
        }
    }
}

impl<T: Sorts> FromIterator<T> for Sorted<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut elements: Vec<T> = elements.into_iter().collect();
        elements.put_in_order_by(T::order);
        elements.dedup_by(|later, earlier| later.order(earlier) == Ordering::Equal);
        Self { length: elements.len(), pieces: elements.chunks(PIECE).map(|piece| Rc::new(piece.to_vec())).collect() }
    }
}

impl<T: Sorts + PartialEq> PartialEq for Sorted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.length == other.length
            && self.changes_since(other).into_iter().all(|change| matches!(change, (Some(before), Some(after)) if before == after))
    }
}

impl<T: Sorts + Eq> Eq for Sorted<T> {}

/// A place in a list of pieces.
struct Walk<'a, T> {
    pieces: &'a [Rc<Vec<T>>],
    within: usize,
}

impl<'a, T> Walk<'a, T> {
    fn along(pieces: &'a [Rc<Vec<T>>]) -> Self {
        Self { pieces, within: 0 }
    }

    fn here(&self) -> Option<&'a T> {
        self.pieces.first()?.get(self.within)
    }

    /// The piece that begins here.
    fn whole_piece(&self) -> Option<&'a Rc<Vec<T>>> {
        self.pieces.first().filter(|_| self.within == 0)
    }

    fn skip_piece(&mut self) {
        self.pieces = &self.pieces[1..];
        self.within = 0;
    }

    fn step(&mut self) {
        self.within += 1;
        if self.pieces.first().is_some_and(|piece| self.within >= piece.len()) {
            self.skip_piece();
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    /// Sorted by the first.
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Pair(u16, u8);

    impl Sorts for Pair {
        fn order(&self, other: &Self) -> Ordering {
            self.0.cmp(&other.0)
        }

        fn is_same(&self, other: &Self) -> bool {
            self == other
        }
    }

    fn at(key: u16) -> impl Fn(&Pair) -> Ordering {
        move |pair| pair.0.cmp(&key)
    }

    #[derive(Clone, Debug)]
    enum Step {
        Put(u16, u8),
        Take(u16),
    }

    fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
        let step =
            prop_oneof![3 => (0u16..900, 0u8..3).prop_map(|(key, value)| Step::Put(key, value)), 1 => (0u16..900).prop_map(Step::Take)];
        prop::collection::vec(step, 0..most)
    }

    fn go(list: &mut Sorted<Pair>, model: &mut BTreeMap<u16, u8>, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Put(key, value) => assert_eq!(list.put(Pair(key, value)).map(|pair| pair.1), model.insert(key, value)),
                Step::Take(key) => assert_eq!(list.take(at(key)).map(|pair| pair.1), model.remove(&key)),
            }
        }
    }

    proptest! {
        /// The reference is the standard library's map.
        #[test]
        fn it_holds_what_a_map_holds_and_tells_what_changed(first in steps(1500), then in steps(40)) {
            let (mut list, mut model) = (Sorted::default(), BTreeMap::new());
            go(&mut list, &mut model, &first);
            let (old, old_model) = (list.clone(), model.clone());
            go(&mut list, &mut model, &then);
            for (list, model) in [(&old, &old_model), (&list, &model)] {
                let expected: Vec<Pair> = model.iter().map(|(key, value)| Pair(*key, *value)).collect();
                prop_assert_eq!(list.iter().cloned().collect::<Vec<Pair>>(), expected.clone());
                prop_assert_eq!(list.iter().rev().cloned().collect::<Vec<Pair>>(), expected.iter().rev().cloned().collect::<Vec<Pair>>());
                prop_assert_eq!(list.len(), expected.len());
                prop_assert!(list.pieces.iter().all(|piece| !piece.is_empty() && piece.len() <= PIECE));
                prop_assert_eq!(&expected.iter().rev().cloned().collect::<Sorted<Pair>>(), list);
                for key in (0..900).step_by(37) {
                    let rank = expected.partition_point(|pair| pair.0 < key);
                    prop_assert_eq!(list.rank(at(key)), rank);
                    prop_assert_eq!(list.find(at(key)), expected.iter().find(|pair| pair.0 == key));
                    prop_assert_eq!(list.iter_from(rank).cloned().collect::<Vec<Pair>>(), expected[rank..].to_vec());
                    let before: Vec<Pair> = expected[..rank].iter().rev().cloned().collect();
                    prop_assert_eq!(list.iter_before(rank).cloned().collect::<Vec<Pair>>(), before);
                }
            }
            let keys: std::collections::BTreeSet<u16> = old_model.keys().chain(model.keys()).copied().collect();
            let pair = |model: &BTreeMap<u16, u8>, key: u16| model.get(&key).map(|value| Pair(key, *value));
            let expected: Vec<(Option<Pair>, Option<Pair>)> =
                keys.into_iter().map(|key| (pair(&old_model, key), pair(&model, key))).filter(|(before, after)| before != after).collect();
            let changes: Vec<(Option<Pair>, Option<Pair>)> =
                list.changes_since(&old).into_iter().map(|(before, after)| (before.cloned(), after.cloned())).collect();
            prop_assert_eq!(changes.is_empty(), old == list);
            prop_assert_eq!(changes, expected);
        }
    }

    #[test]
    fn a_change_leaves_the_other_pieces_shared() {
        let old: Sorted<Pair> = (0..10_000).map(|key| Pair(key, 0)).collect();
        let mut new = old.clone();
        new.put(Pair(5_000, 1));
        let apart = old.pieces.iter().zip(&new.pieces).filter(|(old, new)| !Rc::ptr_eq(old, new)).count();
        assert_eq!(apart, 1);
    }
}
