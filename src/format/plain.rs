//! A plain text file as an article.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::model::{Article, ArticleId, Direction, Metadata};
use crate::text::{Change, DecodeError, LegacyDecoder, Text, ZoneKind, decode, propose_zones, sha256_hex};

/// The greatest plain text file, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Why a file is no article.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlainError {
    #[error("{file} has {bytes} bytes, the limit is {MAX_BYTES}")]
    TooLarge { file: String, bytes: usize },
    #[error("{file}: {problem}")]
    NotText { file: String, problem: DecodeError },
}

/// Decodes the file and proposes its zones.
///
/// The title is the first title zone's text, `published` the first timestamp zone's where that has the ISO shape;
/// `extra` keeps the file's name.
pub fn read(file: &str, bytes: &[u8], legacy: &dyn LegacyDecoder) -> Result<Article, PlainError> {
    if bytes.len() > MAX_BYTES {
        return Err(PlainError::TooLarge { file: file.to_owned(), bytes: bytes.len() });
    }
    let decoded = decode(bytes, None, legacy).map_err(|problem| PlainError::NotText { file: file.to_owned(), problem })?;
    Ok(article(decoded.text, decoded.changes, file))
}

/// A text as an article: its id is made of the text, its zones are proposed; `changes` were made to it on the way in.
pub fn article(text: String, changes: Vec<Change>, file: &str) -> Article {
    let sha256 = sha256_hex(&text);
    let text = Text::new(text);
    let zones = propose_zones(&text);
    let first = |kind| zones.iter().find(|zone| zone.kind == kind).and_then(|zone| text.slice(zone.stretch)).map(str::trim);
    let title = first(ZoneKind::Title).unwrap_or_default().into();
    let published = first(ZoneKind::Timestamp).and_then(local_time).map(Into::into);
    let id = ArticleId::new(&format!("a-{}", sha256.get(..16).unwrap_or_default())).expect("invariant: hex digits make an id");
    let extra = BTreeMap::from([("file".into(), file.into())]);
    Article {
        id,
        title,
        sha256: sha256.into(),
        language: "".into(),
        direction: Direction::Auto,
        metadata: Metadata { published, extra, ..Metadata::default() },
        normalization: changes,
        zones,
        text,
    }
}

/// A time as the model keeps it: what other programs write in the ISO shape, as the clock at its place said it, without a part of a second
/// and without its zone. `None` for any other shape.
pub fn published(stamp: &str) -> Option<String> {
    let stamp = stamp.trim();
    let zone = stamp.get(10..).and_then(|time| time.find(['Z', '+', '-']).map(|at| at + 10));
    let local = stamp.get(..zone.unwrap_or(stamp.len()))?.trim_end();
    local_time(local.split('.').next().unwrap_or(local))
}

/// `2023-06-22 20:34:00` as `2023-06-22T20:34:00`; a date alone stays a date. `None` for any other shape.
fn local_time(stamp: &str) -> Option<String> {
    let fits = |shape: &str| {
        stamp.len() == shape.len()
            && stamp.bytes().zip(shape.bytes()).all(|(byte, shape)| match shape {
                b'0' => byte.is_ascii_digit(),
                b'T' => matches!(byte, b'T' | b' '),
                _ => byte == shape,
            })
    };
    if !["0000-00-00", "0000-00-00T00:00", "0000-00-00T00:00:00"].into_iter().any(fits) {
        return None;
    }
    let number = |at: usize| stamp.get(at..at + 2).map_or(Some(0), |digits| digits.parse::<u32>().ok());
    let sound =
        (1..=12).contains(&number(5)?) && (1..=31).contains(&number(8)?) && number(11)? < 24 && number(14)? < 60 && number(17)? < 61;
    sound.then(|| stamp.replacen(' ', "T", 1))
}

#[cfg(test)]
mod tests {
    use super::{local_time, published};

    #[test]
    fn zones_and_parts_of_seconds_are_left_to_the_source() {
        for stamp in ["2023-06-22T20:34:00Z", "2023-06-22T20:34:00.123+03:30", "2023-06-22 20:34:00 +0000", " 2023-06-22T20:34:00-05:00 "] {
            assert_eq!(published(stamp).as_deref(), Some("2023-06-22T20:34:00"), "{stamp}");
        }
        assert_eq!(published("2023-06-22").as_deref(), Some("2023-06-22"));
        for other in ["22/06/2023", "June", "", "2023-06-22é+", "1687465200"] {
            assert_eq!(published(other), None, "{other}");
        }
    }

    #[test]
    fn only_dates_and_times_in_iso_shape() {
        assert_eq!(local_time("2023-06-22 20:34:00").as_deref(), Some("2023-06-22T20:34:00"));
        assert_eq!(local_time("2023-06-22T20:34").as_deref(), Some("2023-06-22T20:34"));
        assert_eq!(local_time("2023-06-22").as_deref(), Some("2023-06-22"));
        for other in ["22 June 2023", "2023-13-22", "2023-06-22 24:00", "2023-06-22 20:34:00 UTC", "2023-06-22é"] {
            assert_eq!(local_time(other), None, "{other}");
        }
    }
}
