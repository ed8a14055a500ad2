//! The units in which formats count characters, and the way between them and code points.

use std::fmt;

use crate::text::{ByteOffset, Offset, Text, Utf16Offset};

/// What an offset of a foreign file counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// As Python does.
    #[default]
    CodePoints,
    /// As JavaScript, Java and UIMA do.
    Utf16,
    /// Bytes of UTF-8, as Rust and Go do.
    Bytes,
}

impl Unit {
    pub const ALL: [Self; 3] = [Self::CodePoints, Self::Utf16, Self::Bytes];

    /// The offset that `number` stands for; `None` inside a character and past the text's end.
    pub fn read(self, text: &Text, number: u64) -> Option<Offset> {
        let number = u32::try_from(number).ok()?;
        match self {
            Self::CodePoints => Some(Offset::new(number)).filter(|offset| *offset <= text.len()),
            Self::Utf16 => text.at_utf16(Utf16Offset::new(number)),
            Self::Bytes => text.at_byte(ByteOffset::new(number)),
        }
    }

    /// `offset`, which lies in the text, as a number of this unit.
    pub fn write(self, text: &Text, offset: Offset) -> u32 {
        match self {
            Self::CodePoints => offset.get(),
            Self::Utf16 => text.utf16_at(offset).map_or(0, Utf16Offset::get),
            Self::Bytes => text.byte_at(offset).map_or(0, ByteOffset::get),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 code units",
            Self::Bytes => "bytes of UTF-8",
        })
    }
}
