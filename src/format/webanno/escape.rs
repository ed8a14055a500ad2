//! The format's two ways of escaping: one for the text, one for the values of features.

/// Whether older files are read, whose text is escaped as Java's strings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Up to 3.1.
    Java,
    Later,
}

/// A line of the text. Line ends, too, where it is no line but more.
pub fn text(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    for letter in line.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\u{c}' => escaped.push_str("\\f"),
            '\u{8}' => escaped.push_str("\\b"),
            '\0'..='\u{7}' | '\u{e}'..='\u{1f}' => escaped.extend(['\\', letter]),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// What [`text`] made; a backslash before anything else is one.
pub fn plain_text(line: &str, version: Version) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('f') => plain.push('\u{c}'),
            Some('b') => plain.push('\u{8}'),
            Some('u') if version == Version::Java => plain.push_str(&unit(&mut letters)),
            Some(letter) if letter == '\\' || letter < ' ' => plain.push(letter),
            Some(letter @ ('"' | '\'' | '/')) if version == Version::Java => plain.push(letter),
            Some(letter) => plain.extend(['\\', letter]),
            None => plain.push('\\'),
        }
    }
    plain
}

/// `\u00e4`, of which the first two characters are read; two of them make one character above U+FFFF.
fn unit(letters: &mut std::str::Chars<'_>) -> String {
    let hex = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
    let rest = letters.as_str();
    let Some(first) = hex(rest) else { return "\\u".into() };
    let second = rest.get(4..).and_then(|rest| rest.strip_prefix("\\u")).and_then(hex);
    let pair = second.and_then(|second| String::from_utf16(&[first, second]).ok()).filter(|pair| pair.chars().count() == 1);
    let (read, length) = match pair {
        Some(pair) => (pair, 10),
        None => (String::from_utf16_lossy(&[first]), 4),
    };
    *letters = rest.get(length..).unwrap_or_default().chars();
    read
}

/// A value. Carriage returns are escaped as the text's are: raw they would end the line.
pub fn value(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => escaped.extend(['\\', letter]),
            '-' if letters.peek() == Some(&'>') => escaped.push_str("\\-"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// What [`value`] made; a backslash before anything else is one.
pub fn plain_value(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some(letter @ ('\\' | '[' | ']' | '|' | '_' | ';' | '*')) => plain.push(letter),
            Some('-') if letters.peek() == Some(&'>') => plain.push('-'),
            Some(letter) => plain.extend(['\\', letter]),
            None => plain.push('\\'),
        }
    }
    plain
}

/// The parts between separators that are not escaped.
pub fn split(cell: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    cell.split(move |letter: char| {
        let is_separator = letter == separator && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        is_separator
    })
}

/// The place of the last bracket that opens a suffix such as `[3]`, and what is in it; `None` where the cell does not end so.
pub fn suffix(cell: &str) -> Option<(&str, &str)> {
    let (value, inside) = cell.strip_suffix(']')?.rsplit_once('[')?;
    let backslashes = value.len() - value.trim_end_matches('\\').len();
    let is_number = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    (is_number && backslashes % 2 == 0).then_some((value, inside))
}
