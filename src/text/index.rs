//! The frozen text of an article and the way between its three kinds of offsets.

use std::fmt;
use std::rc::Rc;

use super::{ByteOffset, Offset, Stretch, Utf16Offset};

/// Code points between two checkpoints; with 8 bytes each, 1/8 byte a code point.
const STEP: usize = 64;

/// An article's frozen text with its index.
///
/// A clone shares both. Equality looks at the pointer first, then at the string.
#[derive(Clone)]
pub struct Text {
    inner: Rc<Inner>,
}

struct Inner {
    text: Rc<str>,
    end: Checkpoint,
    code_points: u32,
    /// The place of every 64th code point. Empty for ASCII, where the three offsets are equal.
    checkpoints: Box<[Checkpoint]>,
}

#[derive(Clone, Copy)]
struct Checkpoint {
    byte: u32,
    utf16: u32,
}

/// A place counted in all three units at once.
#[derive(Clone, Copy)]
struct Place {
    code_point: u32,
    byte: u32,
    utf16: u32,
}

impl Text {
    /// Offsets are 32 bits wide: a text of more than 4 GiB has no offsets past that, and importers refuse it long before.
    pub fn new(text: impl Into<Rc<str>>) -> Self {
        let text = text.into();
        let (code_points, end, checkpoints) = survey(&text);
        Self { inner: Rc::new(Inner { text, end, code_points, checkpoints }) }
    }

    pub fn as_str(&self) -> &str {
        &self.inner.text
    }

    /// The offset past the last code point.
    pub fn len(&self) -> Offset {
        Offset::new(self.inner.code_points)
    }

    pub fn is_empty(&self) -> bool {
        self.inner.code_points == 0
    }

    /// `None` for the empty text.
    pub fn whole(&self) -> Option<Stretch> {
        Stretch::new(Offset::ZERO, self.len())
    }

    /// `None` when the stretch ends past the text.
    pub fn slice(&self, stretch: Stretch) -> Option<&str> {
        let start = self.byte_at(stretch.start())?.get() as usize;
        let end = self.byte_at(stretch.end())?.get() as usize;
        self.as_str().get(start..end)
    }

    /// Up to `count` code points before the stretch; empty when it starts past the text.
    pub fn prefix(&self, stretch: Stretch, count: u32) -> &str {
        Stretch::new(stretch.start().saturating_sub(count), stretch.start()).and_then(|before| self.slice(before)).unwrap_or_default()
    }

    /// Up to `count` code points after the stretch.
    pub fn suffix(&self, stretch: Stretch, count: u32) -> &str {
        Stretch::new(stretch.end(), (stretch.end() + count).min(self.len())).and_then(|after| self.slice(after)).unwrap_or_default()
    }

    /// `None` at the end and past it.
    pub fn char_at(&self, offset: Offset) -> Option<char> {
        let byte = self.byte_at(offset)?.get() as usize;
        self.as_str().get(byte..)?.chars().next()
    }

    /// `None` past the end.
    pub fn byte_at(&self, offset: Offset) -> Option<ByteOffset> {
        Some(ByteOffset::new(self.place_at(offset)?.byte))
    }

    /// `None` past the end.
    pub fn utf16_at(&self, offset: Offset) -> Option<Utf16Offset> {
        Some(Utf16Offset::new(self.place_at(offset)?.utf16))
    }

    /// `None` inside a code point and past the end.
    pub fn at_byte(&self, byte: ByteOffset) -> Option<Offset> {
        if byte.get() > self.inner.end.byte {
            return None;
        }
        let place = self.last_place(|place| place.byte, byte.get());
        (place.byte == byte.get()).then(|| Offset::new(place.code_point))
    }

    /// `None` inside a surrogate pair and past the end.
    pub fn at_utf16(&self, utf16: Utf16Offset) -> Option<Offset> {
        if utf16.get() > self.inner.end.utf16 {
            return None;
        }
        let place = self.last_place(|place| place.utf16, utf16.get());
        (place.utf16 == utf16.get()).then(|| Offset::new(place.code_point))
    }

    /// Inside a surrogate pair the pair's start, past the end the end.
    pub fn at_utf16_floor(&self, utf16: Utf16Offset) -> Offset {
        Offset::new(self.last_place(|place| place.utf16, utf16.get()).code_point)
    }

    /// The text's length in UTF-16 code units.
    pub fn utf16_len(&self) -> Utf16Offset {
        Utf16Offset::new(self.inner.end.utf16)
    }

    fn place_at(&self, offset: Offset) -> Option<Place> {
        (offset <= self.len()).then(|| {
            // Its checkpoint is known by number; at the end there may be none of its own.
            let index = (offset.get() as usize / STEP).min(self.inner.checkpoints.len().saturating_sub(1));
            self.last_place_behind(index, |place| place.code_point, offset.get())
        })
    }

    /// The last place whose count in the unit that `unit` reads does not exceed `limit`.
    fn last_place(&self, unit: impl Fn(Place) -> u32, limit: u32) -> Place {
        let (mut low, mut high) = (0, self.inner.checkpoints.len());
        while high - low > 1 {
            let middle = low.midpoint(high);
            if unit(self.checkpoint(middle)) <= limit {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.last_place_behind(low, unit, limit)
    }

    /// The same, where it lies behind the checkpoint `index`, and not behind the next.
    fn last_place_behind(&self, index: usize, unit: impl Fn(Place) -> u32, limit: u32) -> Place {
        let (mut place, next) = (self.checkpoint(index), self.checkpoint(index + 1));
        let step = next.code_point - place.code_point;
        if next.byte - place.byte == step {
            // ASCII from here to there, where all units are one.
            let ahead = limit.saturating_sub(unit(place)).min(step);
            return Place { code_point: place.code_point + ahead, byte: place.byte + ahead, utf16: place.utf16 + ahead };
        }
        let rest = self.inner.text.get(place.byte as usize..).unwrap_or_default();
        for character in rest.chars() {
            let next = Place {
                code_point: place.code_point + 1,
                byte: place.byte + character.len_utf8() as u32,
                utf16: place.utf16 + character.len_utf16() as u32,
            };
            if unit(next) > limit {
                break;
            }
            place = next;
        }
        place
    }

    /// The end behind the last one; the beginning where there is none.
    fn checkpoint(&self, index: usize) -> Place {
        let inner = &*self.inner;
        match inner.checkpoints.get(index) {
            Some(found) => Place { code_point: (index * STEP) as u32, byte: found.byte, utf16: found.utf16 },
            None if index == 0 => Place { code_point: 0, byte: 0, utf16: 0 },
            None => Place { code_point: inner.code_points, byte: inner.end.byte, utf16: inner.end.utf16 },
        }
    }
}

/// Counts the text once: its code points, its end and its checkpoints.
fn survey(text: &str) -> (u32, Checkpoint, Box<[Checkpoint]>) {
    if text.is_ascii() {
        let count = text.len() as u32;
        let end = Checkpoint { byte: count, utf16: count };
        return (count, end, Box::default());
    }
    let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
    let mut utf16 = 0;
    let mut count = 0;
    for (byte, character) in text.char_indices() {
        if count % STEP == 0 {
            checkpoints.push(Checkpoint { byte: byte as u32, utf16 });
        }
        count += 1;
        utf16 += character.len_utf16() as u32;
    }
    let end = Checkpoint { byte: text.len() as u32, utf16 };
    (count as u32, end, checkpoints.into_boxed_slice())
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner) || Rc::ptr_eq(&self.inner.text, &other.inner.text) || self.inner.text == other.inner.text
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new("")
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
