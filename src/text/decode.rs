//! From a file's bytes to a text that is then frozen.

mod guess;
mod lines;
mod utf16;

use super::Offset;
pub use lines::normalize_line_endings;

/// Decodes what is neither UTF-8 nor UTF-16; the page fills it with the browser's decoder.
pub trait LegacyDecoder {
    /// `None` when the label is unknown or the bytes do not fit it.
    fn decode(&self, label: &str, bytes: &[u8]) -> Option<String>;
}

/// One kind of change made on the way in, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    pub kind: ChangeKind,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A byte order mark was removed.
    Bom,
    /// CRLF became LF.
    Crlf,
    /// CR became LF.
    Cr,
    /// The bytes were in this encoding, not in UTF-8.
    Encoding(String),
}

const FROM: &str = "decoded-from-";

impl ChangeKind {
    /// The name in files: `bom-removed`, `crlf-to-lf`, `cr-to-lf`, `decoded-from-windows-1252`.
    pub fn name(&self) -> String {
        match self {
            ChangeKind::Bom => "bom-removed".to_owned(),
            ChangeKind::Crlf => "crlf-to-lf".to_owned(),
            ChangeKind::Cr => "cr-to-lf".to_owned(),
            ChangeKind::Encoding(label) => format!("{FROM}{label}"),
        }
    }

    /// The reverse of [`ChangeKind::name`].
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "bom-removed" => Some(ChangeKind::Bom),
            "crlf-to-lf" => Some(ChangeKind::Crlf),
            "cr-to-lf" => Some(ChangeKind::Cr),
            _ => name.strip_prefix(FROM).filter(|label| !label.is_empty()).map(|label| ChangeKind::Encoding(label.to_owned())),
        }
    }
}

/// A decoded text with what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    /// Lower-case label of the encoding the bytes were in, such as `utf-8`.
    pub encoding: String,
    pub changes: Vec<Change>,
    /// From offsets in the decoded text, without its byte order mark, to offsets in `text`.
    pub map: OffsetMap,
}

/// Why bytes are no text. Positions count bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("the text is empty")]
    Empty,
    #[error("the file is not text: it looks like {looks_like} (byte {position})")]
    Binary { looks_like: &'static str, position: usize },
    #[error("the bytes are not in the encoding {encoding} (byte {position})")]
    NotText { encoding: String, position: usize },
    #[error("the bytes are not in UTF-8, and their encoding cannot be told (byte {position})")]
    UnknownEncoding { position: usize },
}

/// A monotone map from offsets (code points) before line endings were normalised to offsets after.
///
/// Law: `a ≤ b` implies `apply(a) ≤ apply(b)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// Where a code point was removed, sorted.
    removed: Vec<u32>,
}

impl OffsetMap {
    /// An offset between the CR and the LF of a pair becomes the one before the LF.
    pub fn apply(&self, offset: Offset) -> Offset {
        let gone = self.removed.partition_point(|&place| place < offset.get());
        offset.saturating_sub(gone as u32)
    }

    /// Whether every offset stays as it is.
    pub fn is_identity(&self) -> bool {
        self.removed.is_empty()
    }
}

/// As [`decode`], but line ends stay as they are, for files whose offsets count them; nothing is refused for being empty or binary.
/// Also the label of the encoding.
pub fn decode_exactly(bytes: &[u8], legacy: &dyn LegacyDecoder) -> Result<(String, String), DecodeError> {
    if let Some(looks_like) = guess::binary_format(bytes) {
        return Err(DecodeError::Binary { looks_like, position: 0 });
    }
    characters(bytes, None, legacy).map(|(text, encoding, _)| (text, encoding))
}

/// Decodes a file: by its byte order mark, as UTF-8, as `declared`, as UTF-16 by its pattern of NUL bytes, then by a
/// guess from its bytes. Line endings become LF; nothing else is touched.
///
/// Every change is recorded, the encoding too unless it is UTF-8. A declared encoding that does not fit is an error: it
/// is not replaced by a guess.
pub fn decode(bytes: &[u8], declared: Option<&str>, legacy: &dyn LegacyDecoder) -> Result<Decoded, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if let Some(looks_like) = guess::binary_format(bytes) {
        return Err(DecodeError::Binary { looks_like, position: 0 });
    }
    let declared = declared.map(|label| label.trim().to_ascii_lowercase());
    let (text, encoding, bom) = characters(bytes, declared.as_deref().filter(|l| !l.is_empty()), legacy)?;
    if let Some(code_points) = text.chars().position(|c| c == '\0') {
        let unit = if encoding.starts_with("utf-16") { 2 } else { 1 };
        return Err(DecodeError::Binary { looks_like: "binary data", position: code_points * unit });
    }
    if text.chars().all(char::is_whitespace) {
        return Err(DecodeError::Empty);
    }
    let mut changes = Vec::new();
    if bom {
        changes.push(Change { kind: ChangeKind::Bom, count: 1 });
    }
    if encoding != "utf-8" {
        changes.push(Change { kind: ChangeKind::Encoding(encoding.clone()), count: 1 });
    }
    let (text, endings, map) = normalize_line_endings(text);
    changes.extend(endings);
    Ok(Decoded { text, encoding, changes, map })
}

/// The text without its byte order mark, the encoding, and whether there was a mark.
fn characters(bytes: &[u8], declared: Option<&str>, legacy: &dyn LegacyDecoder) -> Result<(String, String, bool), DecodeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return Ok((utf8(rest, 3)?, "utf-8".to_owned(), true));
    }
    for order in [utf16::Order::Little, utf16::Order::Big] {
        if let Some(rest) = bytes.strip_prefix(&order.mark()) {
            return Ok((utf16::decode(rest, order, 2)?, order.label().to_owned(), true));
        }
    }
    let nul = bytes.iter().position(|&byte| byte == 0);
    let disguised = declared.is_some_and(|label| guess::is_disguised(label, bytes));
    let invalid = match std::str::from_utf8(bytes) {
        Ok(text) if nul.is_none() && !disguised => {
            return Ok((text.to_owned(), "utf-8".to_owned(), false));
        }
        Ok(_) => 0,
        Err(error) => error.valid_up_to(),
    };
    if let Some(label) = declared {
        return declared_characters(bytes, label, invalid, legacy);
    }
    if let Some(order) = utf16::recognize(bytes) {
        return Ok((utf16::decode(bytes, order, 0)?, order.label().to_owned(), false));
    }
    if let Some(position) = nul.or_else(|| guess::control(bytes)) {
        return Err(DecodeError::Binary { looks_like: "binary data", position });
    }
    let label = guess::legacy(bytes).ok_or(DecodeError::UnknownEncoding { position: invalid })?;
    let text = legacy.decode(label, bytes).ok_or(DecodeError::UnknownEncoding { position: invalid })?;
    Ok((text, label.to_owned(), false))
}

fn declared_characters(
    bytes: &[u8],
    label: &str,
    invalid: usize,
    legacy: &dyn LegacyDecoder,
) -> Result<(String, String, bool), DecodeError> {
    let text = match label {
        "utf-8" | "utf8" => utf8(bytes, 0)?,
        "utf-16" | "utf-16le" => utf16::decode(bytes, utf16::Order::Little, 0)?,
        "utf-16be" => utf16::decode(bytes, utf16::Order::Big, 0)?,
        _ => legacy.decode(label, bytes).ok_or_else(|| DecodeError::NotText { encoding: label.to_owned(), position: invalid })?,
    };
    let label = match label {
        "utf8" => "utf-8",
        "utf-16" => "utf-16le",
        other => other,
    };
    Ok((text, label.to_owned(), false))
}

/// `skipped` bytes came before these.
fn utf8(bytes: &[u8], skipped: usize) -> Result<String, DecodeError> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| DecodeError::NotText { encoding: "utf-8".to_owned(), position: skipped + error.valid_up_to() })
}
