//! Plain text files as articles.

#![cfg(not(target_arch = "wasm32"))]

use standpoint::format::plain::{MAX_BYTES, PlainError, read};
use standpoint::model::Direction;
use standpoint::text::{DecodeError, LegacyDecoder, ZoneKind};

/// Latin-1, whatever the label.
struct Latin1;

impl LegacyDecoder for Latin1 {
    fn decode(&self, _: &str, bytes: &[u8]) -> Option<String> {
        Some(bytes.iter().map(|byte| char::from(*byte)).collect())
    }
}

const SEED: &str = include_str!("seeds/000_52a99f930c138b10.txt");

#[test]
fn a_news_file_gets_title_time_and_zones() {
    let article = read("000.txt", SEED.as_bytes(), &Latin1).expect("a text");
    assert_eq!(&*article.title, "Resistance best option to end Israel’s occupation of Palestine: Iran");
    assert_eq!(article.metadata.published.as_deref(), Some("2023-06-22T20:34:00"));
    assert_eq!(article.text.as_str(), SEED);
    assert_eq!((article.direction, &*article.language), (Direction::Auto, ""));
    assert_eq!(article.metadata.extra.get("file").map(|name| &**name), Some("000.txt"));
    assert_eq!(article.id.as_str(), format!("a-{}", &article.sha256[..16]));
    assert!(article.zones.iter().any(|zone| zone.kind == ZoneKind::Timestamp));
    assert!(article.normalization.is_empty());
}

#[test]
fn a_text_without_headline_has_no_title() {
    let article = read("x.txt", "The minister said no. She left.".as_bytes(), &Latin1).expect("a text");
    assert_eq!((&*article.title, article.metadata.published), ("", None));
}

#[test]
fn what_was_changed_on_the_way_in_is_written_down() {
    let article = read("x.txt", b"\xef\xbb\xbfOne.\r\nTwo.\r\n", &Latin1).expect("a text");
    assert_eq!(article.text.as_str(), "One.\nTwo.\n");
    let changes: Vec<String> = article.normalization.iter().map(|change| format!("{} {}", change.kind.name(), change.count)).collect();
    assert_eq!(changes, ["bom-removed 1", "crlf-to-lf 2"]);
}

#[test]
fn what_is_no_text_is_refused_with_its_name() {
    assert_eq!(read("x.txt", b"", &Latin1), Err(PlainError::NotText { file: "x.txt".to_owned(), problem: DecodeError::Empty }));
    let refusal = read("x.pdf", b"%PDF-1.7\n\x00\x01", &Latin1).expect_err("not text").to_string();
    assert!(refusal.starts_with("x.pdf: "), "{refusal}");
    let large = vec![b'a'; MAX_BYTES + 1];
    assert_eq!(read("x.txt", &large, &Latin1), Err(PlainError::TooLarge { file: "x.txt".to_owned(), bytes: MAX_BYTES + 1 }));
}
