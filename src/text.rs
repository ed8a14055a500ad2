//! Frozen texts: offsets in three units, words, reading blocks, zones, decoding and re-anchoring.
//!
//! Knows nothing of projects or annotations. All positions are [`Offset`]s in code points; UTF-16 and byte offsets are
//! other types, for the DOM and for slices.

mod anchor;
mod blocks;
mod clauses;
mod decode;
mod diff;
mod direction;
mod find;
mod hash;
mod index;
mod layout;
mod marks;
mod offset;
mod sentence_ends;
mod snap;
mod words;
mod zones;

pub use anchor::{Found, reanchor};
pub use blocks::{Block, blocks};
pub use clauses::{begins_with, is_solid, parts_clauses, quotation_end};
pub use decode::{Change, ChangeKind, DecodeError, Decoded, LegacyDecoder, OffsetMap, decode, decode_exactly, normalize_line_endings};
pub use diff::{Differences, Piece, Side, differences};
pub use direction::right_to_left;
pub use find::{Letters, Query, find, holds_whole, is_whole};
pub use hash::sha256_hex;
pub use index::Text;
pub use offset::{ByteOffset, Offset, Stretch, Utf16Offset};
pub use snap::snap;
pub use words::{ceil_grapheme, floor_grapheme, is_grapheme_boundary, is_wordlike, next_grapheme, previous_grapheme, sentences, words};
pub use zones::{Zone, ZoneKind, propose_zones};
