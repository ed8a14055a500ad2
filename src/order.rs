//! Sorting and collecting, once for all types.
//!
//! The standard library's sort is made anew for each type that is sorted, four kilobytes each time, and collecting into its maps
//! and sets sorts too: together they were a tenth of the page. What is here shares all but the comparison.

use std::cmp::Ordering;

/// Sorts a slice in place. Stable; `n log n` comparisons at worst, and as many swaps as there are elements.
pub trait InOrder<T> {
    fn put_in_order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    fn put_in_order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.put_in_order_by(|a, b| key(a).cmp(&key(b)));
    }

    fn put_in_order(&mut self)
    where
        T: Ord,
    {
        self.put_in_order_by(Ord::cmp);
    }
}

impl<T> InOrder<T> for [T] {
    fn put_in_order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let places = places(self.len(), &mut |a, b| compare(&self[a], &self[b]));
        arrange(places, &mut |a, b| self.swap(a, b));
    }
}

/// Where each of so many elements belongs.
fn places(length: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    let mut places = vec![0; length];
    for (place, element) in order.into_iter().enumerate() {
        places[element] = place;
    }
    places
}

/// Brings every element to its place; each swap brings one home.
fn arrange(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for at in 0..places.len() {
        while places[at] != at {
            let home = places[at];
            swap(at, home);
            places.swap(at, home);
        }
    }
}

/// Collects by inserting one after the other.
pub trait Gather: Iterator + Sized {
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut gathered = C::default();
        gathered.extend(self);
        gathered
    }

    /// The same up to the first error.
    fn try_gather<T, E, C: Default + Extend<T>>(mut self) -> Result<C, E>
    where
        Self: Iterator<Item = Result<T, E>>,
    {
        let mut gathered = C::default();
        self.try_for_each(|element| {
            gathered.extend(Some(element?));
            Ok(())
        })?;
        Ok(gathered)
    }
}

impl<I: Iterator> Gather for I {}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{Gather, InOrder};

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(mut elements: Vec<(u8, u16)>) {
            let mut expected = elements.clone();
            expected.sort_by_key(|(key, _)| *key);
            elements.put_in_order_by_key(|(key, _)| *key);
            prop_assert_eq!(&elements, &expected, "stably");
            expected.sort();
            elements.put_in_order();
            prop_assert_eq!(&elements, &expected);
        }

        #[test]
        fn what_comes_last_under_a_key_stays(elements: Vec<(u8, u16)>) {
            let expected: BTreeMap<u8, u16> = elements.iter().copied().collect();
            prop_assert_eq!(elements.into_iter().gather::<BTreeMap<u8, u16>>(), expected);
        }
    }
}
