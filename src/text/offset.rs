//! Offsets in three units and the stretch between two of them.

use std::fmt;
use std::ops::{Add, Sub};

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            pub const ZERO: Self = Self(0);

            pub const fn new(value: u32) -> Self {
                Self(value)
            }

            pub const fn get(self) -> u32 {
                self.0
            }

            /// `count` units earlier, but not before the text.
            #[must_use]
            pub const fn saturating_sub(self, count: u32) -> Self {
                Self(self.0.saturating_sub(count))
            }
        }

        impl Add<u32> for $name {
            type Output = Self;

            /// `count` units later; stops at `u32::MAX`, which lies past the end of every text.
            fn add(self, count: u32) -> Self {
                Self(self.0.saturating_add(count))
            }
        }

        impl Sub for $name {
            type Output = u32;

            /// The distance from `earlier`; 0 when `earlier` lies behind.
            fn sub(self, earlier: Self) -> u32 {
                self.0.saturating_sub(earlier.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

offset! {
    /// An offset in Unicode code points: the only unit known outside `text` and `browser`.
    Offset
}

offset! {
    /// An offset in UTF-16 code units, as the DOM counts.
    Utf16Offset
}

offset! {
    /// An offset in bytes of UTF-8, as Rust counts.
    ByteOffset
}

/// A non-empty half-open stretch `[start, end)` in code points, ordered by start, then end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    start: Offset,
    end: Offset,
}

impl Stretch {
    /// `None` when `end` is not behind `start`.
    pub const fn new(start: Offset, end: Offset) -> Option<Self> {
        if start.get() < end.get() { Some(Self { start, end }) } else { None }
    }

    /// The same from bare code point counts.
    pub const fn of(start: u32, end: u32) -> Option<Self> {
        Self::new(Offset::new(start), Offset::new(end))
    }

    pub const fn start(self) -> Offset {
        self.start
    }

    pub const fn end(self) -> Offset {
        self.end
    }

    /// In code points, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "a stretch is never empty")]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the code point at `offset` is inside; the one at `end` is not.
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` is inside; a stretch contains itself.
    pub fn contains_stretch(self, other: Stretch) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether at least one code point is shared.
    pub fn overlaps(self, other: Stretch) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether no code point lies between the two; those that overlap touch.
    pub fn touches(self, other: Stretch) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    pub fn intersection(self, other: Stretch) -> Option<Stretch> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The shortest stretch that contains both and whatever lies between.
    #[must_use]
    pub fn cover(self, other: Stretch) -> Stretch {
        Stretch { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}–{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: u32, end: u32) -> Stretch {
        Stretch::of(start, end).expect("invariant: the test names a real stretch")
    }

    #[test]
    fn is_never_empty() {
        assert_eq!(Stretch::of(3, 3), None);
        assert_eq!(Stretch::of(4, 3), None);
        assert_eq!(stretch(3, 4).len(), 1);
    }

    #[test]
    fn neighbours_touch_and_do_not_overlap() {
        assert!(stretch(0, 3).touches(stretch(3, 5)));
        assert!(!stretch(0, 3).overlaps(stretch(3, 5)));
        assert!(!stretch(0, 3).touches(stretch(4, 5)));
        assert_eq!(stretch(0, 3).intersection(stretch(3, 5)), None);
        assert_eq!(stretch(0, 4).intersection(stretch(3, 5)), Stretch::of(3, 4));
        assert_eq!(stretch(7, 9).cover(stretch(3, 5)), stretch(3, 9));
    }

    #[test]
    fn arithmetic_stops_at_the_edges() {
        assert_eq!(Offset::new(u32::MAX) + 1, Offset::new(u32::MAX));
        assert_eq!(Offset::new(2) - Offset::new(5), 0);
        assert_eq!(Offset::new(2).saturating_sub(5), Offset::ZERO);
    }
}
