//! What storage holds: ASCII, with a checksum, as untrusted as a file.
//!
//! A value is `<version> <CRC-32 in 8 hex digits> <JSON>`. Local storage counts a value's characters, and WebKit doubles
//! the price of all of them for a single one outside Latin-1, hence `\u` escapes and, for annotations, arrays of numbers
//! beside a table of the strings they name. Laws: `read(write(x)) = x`; one changed, missing or added character is noticed.

mod card;
mod envelope;
mod instant;
mod layer;
mod place;
mod record;
mod remote;
mod restore;
mod row;
mod rows;
mod strings;

pub use card::{read_card, write_card};
pub use envelope::StoredError;
pub(super) use instant::from_millis;
pub use layer::{read_layer, write_layer};
pub use place::{PREFIX, Place, QUARANTINE, RECORDS, REMOTES, card_prefix, project_prefix, remote_prefix, restore_prefix};
pub use record::{read_record, write_record};
pub use remote::{read_remote, write_remote};
pub use restore::{read_restore_point, write_restore_point};
pub use rows::{Gathered, Holdings, Records, Row, Spoilt, by_project, gather, read_place, write_one, write_place};
