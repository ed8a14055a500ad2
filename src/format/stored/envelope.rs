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
    // The checksum is put in when it is known.
    let mut sealed = format!("{VERSION} 00000000 ");
    let head = sealed.len();
    sealed.reserve(json.len() + json.len() / 8);
    let mut rest = json;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (ascii, other) = rest.split_at(at);
        sealed.push_str(ascii);
        let end = other.bytes().position(|byte| byte.is_ascii()).unwrap_or(other.len());
        // JSON has no other characters outside its strings, and inside them an escape is the character.
        for unit in other[..end].encode_utf16() {
            let _ = write!(sealed, "\\u{unit:04x}");
        }
        rest = &other[end..];
    }
    sealed.push_str(rest);
    let checksum = format!("{:08x}", crc32fast::hash(&sealed.as_bytes()[head..]));
    sealed.replace_range(head - 9..head - 1, &checksum);
    sealed
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
