//! The version and checksum around every stored value.

use std::fmt::Write as _;

use thiserror::Error;

/// The version of the stored form that this program writes, and the greatest it reads.
const VERSION: u32 = 1;

/// Why a stored value can't be read. It stays where it is: nothing is deleted for being unreadable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoredError {
    #[error("the stored value is damaged: its checksum does not fit")]
    Damaged,
    #[error("the stored value was written by a newer version of this program (stored form {0}, this one reads up to {VERSION})")]
    Newer(u32),
    #[error("the stored value has another shape: {0}")]
    Malformed(String),
    #[error("the stored value belongs to another key")]
    OtherKey,
    #[error("this version of the program knows no such key; a newer one may have written it")]
    UnknownKey,
}

impl StoredError {
    /// Whether a newer version of the program may have written it, so that it is none of this one's to touch.
    pub fn is_of_newer(&self) -> bool {
        matches!(self, Self::Newer(_) | Self::UnknownKey)
    }
}

/// `json` with everything beyond ASCII escaped, behind its version and checksum.
pub fn seal(json: &str) -> String {
    let mut payload = String::with_capacity(json.len() + json.len() / 8);
    for character in json.chars() {
        if character.is_ascii() {
            payload.push(character);
            continue;
        }
        // JSON has no other characters outside its strings, and inside them an escape is the character.
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(payload, "\\u{unit:04x}");
        }
    }
    format!("{VERSION} {:08x} {payload}", crc32fast::hash(payload.as_bytes()))
}

/// The JSON within a stored value.
pub fn open(stored: &str) -> Result<&str, StoredError> {
    let (version, rest) = stored.split_once(' ').ok_or(StoredError::Damaged)?;
    let number: u32 = version.parse().map_err(|_| StoredError::Damaged)?;
    // `+1` and `01` are numbers, too, but nothing here writes them.
    if number == 0 || number.to_string() != version {
        return Err(StoredError::Damaged);
    }
    if number > VERSION {
        return Err(StoredError::Newer(number));
    }
    let (checksum, payload) = rest.split_once(' ').ok_or(StoredError::Damaged)?;
    let sound = payload.is_ascii() && checksum == format!("{:08x}", crc32fast::hash(payload.as_bytes()));
    if sound { Ok(payload) } else { Err(StoredError::Damaged) }
}
