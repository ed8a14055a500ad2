//! Bytes of many origins on their way in.

#![cfg(not(target_arch = "wasm32"))]

use standpoint::text::{ChangeKind, DecodeError, Decoded, LegacyDecoder, Offset, decode};

/// Knows windows-1252 and, for Cyrillic letters only, windows-1251 and koi8-r by name.
struct Tables;

impl LegacyDecoder for Tables {
    fn decode(&self, label: &str, bytes: &[u8]) -> Option<String> {
        let character = |byte: u8| -> Option<char> {
            match (label, byte) {
                (_, 0..0x80) => Some(char::from(byte)),
                ("windows-1252", 0x92) => Some('’'),
                ("windows-1252", 0x93) => Some('“'),
                ("windows-1252", 0x94) => Some('”'),
                ("windows-1252", 0xa0..) => Some(char::from(byte)),
                ("windows-1251", 0xc0..) => char::from_u32(u32::from(byte) - 0xc0 + 0x410),
                _ => None,
            }
        };
        bytes.iter().map(|&byte| character(byte)).collect()
    }
}

fn names(decoded: &Decoded) -> Vec<(String, u32)> {
    decoded.changes.iter().map(|change| (change.kind.name(), change.count)).collect()
}

#[track_caller]
fn check(bytes: &[u8], declared: Option<&str>, text: &str, changes: &[(&str, u32)]) {
    let decoded = decode(bytes, declared, &Tables).expect("the bytes are text");
    assert_eq!(decoded.text, text);
    let expected: Vec<(String, u32)> = changes.iter().map(|&(name, count)| (name.to_owned(), count)).collect();
    assert_eq!(names(&decoded), expected);
    for change in &decoded.changes {
        assert_eq!(ChangeKind::parse(&change.kind.name()).as_ref(), Some(&change.kind));
    }
}

fn utf16le(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn plain_utf8_is_untouched() {
    check(" caf\u{e9} e\u{301}\u{a0}\n ".as_bytes(), None, " caf\u{e9} e\u{301}\u{a0}\n ", &[]);
    check("naïve".as_bytes(), Some("windows-1252"), "naïve", &[]);
}

#[test]
fn marks_and_line_endings() {
    check(b"\xef\xbb\xbfa\r\nb\rc\n", None, "a\nb\nc\n", &[("bom-removed", 1), ("crlf-to-lf", 1), ("cr-to-lf", 1)]);
    check(b"a\r\r\n\r", None, "a\n\n\n", &[("crlf-to-lf", 1), ("cr-to-lf", 2)]);
}

#[test]
fn utf16_with_and_without_mark() {
    let marked = [vec![0xff, 0xfe], utf16le("Raïsi 👍")].concat();
    check(&marked, None, "Raïsi 👍", &[("bom-removed", 1), ("decoded-from-utf-16le", 1)]);
    check(&utf16le("Raisi said so"), None, "Raisi said so", &[("decoded-from-utf-16le", 1)]);
    let big: Vec<u8> = "Raisi".encode_utf16().flat_map(u16::to_be_bytes).collect();
    check(&big, None, "Raisi", &[("decoded-from-utf-16be", 1)]);
    check(&utf16le("سلام"), Some("UTF-16LE"), "سلام", &[("decoded-from-utf-16le", 1)]);
}

#[test]
fn legacy_declared_and_guessed() {
    check(b"Iran\x92s caf\xe9", Some(" Windows-1252 "), "Iran’s café", &[("decoded-from-windows-1252", 1)]);
    check(b"Iran\x92s \x93no\x94", None, "Iran’s “no”", &[("decoded-from-windows-1252", 1)]);
    let russian: Vec<u8> = "Министр сказал нет".chars().map(|c| if c == ' ' { b' ' } else { (c as u32 - 0x410 + 0xc0) as u8 }).collect();
    check(&russian, None, "Министр сказал нет", &[("decoded-from-windows-1251", 1)]);
}

#[test]
fn what_is_no_text() {
    let error = |bytes: &[u8], declared: Option<&str>| decode(bytes, declared, &Tables).expect_err("no text");
    assert_eq!(error(b"", None), DecodeError::Empty);
    assert_eq!(error(b"\xef\xbb\xbf \r\n\xc2\xa0", None), DecodeError::Empty);
    assert_eq!(error(b"%PDF-1.7 ...", None), DecodeError::Binary { looks_like: "a PDF document", position: 0 });
    assert_eq!(error(b"abc\0def", None), DecodeError::Binary { looks_like: "binary data", position: 3 });
    assert_eq!(error(b"abc\xff\x01", None), DecodeError::Binary { looks_like: "binary data", position: 4 });
    assert_eq!(error(b"ab\xff", Some("utf-8")), DecodeError::NotText { encoding: "utf-8".to_owned(), position: 2 });
    assert_eq!(error(b"ab\xff", Some("klingon")), DecodeError::NotText { encoding: "klingon".to_owned(), position: 2 });
    assert_eq!(error(b"\xff\xfea\0\x00", None), DecodeError::NotText { encoding: "utf-16le".to_owned(), position: 4 });
    // Shift_JIS: many bytes outside the letters of any single-byte encoding.
    let japanese = b"\x93\xfa\x96{\x8c\xea\x82\xcc\x95\xb6\x8f\xcd";
    assert_eq!(error(japanese, None), DecodeError::UnknownEncoding { position: 0 });
    assert_eq!(error(b"%PDF-", None).to_string(), "the file is not text: it looks like a PDF document (byte 0)");
}

#[test]
fn offsets_move_with_line_endings() {
    let decoded = decode(b"ab\r\ncd\r\nef", None, &Tables).expect("text");
    let moved: Vec<u32> = (0..=10).map(|offset| decoded.map.apply(Offset::new(offset)).get()).collect();
    assert_eq!(moved, [0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8]);
}
