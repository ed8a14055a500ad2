//! What bytes without a label probably are.

/// The format of a file that is no text, by its first bytes.
pub(super) fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 13] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF87a", "a GIF picture"),
        (b"GIF89a", "a GIF picture"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"{\\rtf", "an RTF document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\0asm", "a WebAssembly module"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, name)| name)
}

/// Whether the bytes pass for UTF-8 and are in the declared encoding all the same, as their control characters show.
pub(super) fn is_disguised(label: &str, bytes: &[u8]) -> bool {
    (label.starts_with("iso-2022") || label.starts_with("utf-16")) && control(bytes).is_some()
}

/// The first byte that no legacy text contains.
pub(super) fn control(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
}

/// The single-byte encoding that the statistics of the bytes suggest, or `None`.
///
/// Only windows-1252, windows-1251, koi8-r and windows-1256 are told apart. In text of a Western language most letters
/// are ASCII. Where they are not, Russian is known by where its small letters lie (in windows-1251 from E0, in koi8-r
/// from C0 to DF), Arabic by alef and lam (C7, E1); anything else, multi-byte encodings above all, stays unknown.
pub(super) fn legacy(bytes: &[u8]) -> Option<&'static str> {
    let count = |test: &dyn Fn(u8) -> bool| bytes.iter().filter(|&&byte| test(byte)).count();
    let ascii = count(&|byte| byte.is_ascii_alphabetic());
    let high = count(&|byte| byte >= 0x80);
    if high * 2 <= ascii {
        return Some("windows-1252");
    }
    let lower_half = count(&|byte| (0x80..0xc0).contains(&byte));
    let middle = count(&|byte| (0xc0..0xe0).contains(&byte));
    let upper = count(&|byte| byte >= 0xe0);
    let arabic = count(&|byte| matches!(byte, 0xc7 | 0xe1));
    if lower_half * 5 > high {
        None
    } else if arabic * 100 >= high * 15 && arabic > 0 {
        Some("windows-1256")
    } else if upper >= 3 * middle {
        Some("windows-1251")
    } else if middle >= 3 * upper {
        Some("koi8-r")
    } else {
        None
    }
}
