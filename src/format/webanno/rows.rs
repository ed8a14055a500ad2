//! The body: sentences with their text, and under each a row a token or a part of one.

use super::escape::{self, Version};
use super::header::Layer;
use crate::format::exchange::{Done, Foreign, Source, Spot, Unit};
use crate::text::Text;

/// What precedes the first token and can't be a sentence's: the format has no place for it, but readers pass over such lines.
pub const BEFORE: &str = "#Before=";
pub const TEXT: &str = "#Text=";

#[derive(Debug, Default)]
pub struct Body<'a> {
    /// White space before the first sentence, where the file says what it is.
    pub before: String,
    pub sentences: Vec<Sentence>,
    /// Of all sentences.
    pub rows: Vec<Row<'a>>,
}

#[derive(Debug, Default)]
pub struct Sentence {
    /// Its number in the file.
    pub line: usize,
    pub text: String,
    /// The first of its rows.
    pub first: usize,
}

/// A token, or a part of one, with its cells as they stand there.
#[derive(Debug)]
pub struct Row<'a> {
    pub line: usize,
    /// `2-3`, or `2-3.1`.
    pub id: &'a str,
    pub begin: u64,
    pub end: u64,
    pub words: &'a str,
    pub cells: &'a str,
}

/// Everything behind the header.
pub fn read<'a>(file: &'a Source, version: Version, layers: &[Layer<'_>], foreign: &mut Foreign) -> Body<'a> {
    let mut body = Body::default();
    let mut is_open = false;
    let count = layers.last().map_or(0, |layer| layer.first + layer.columns.len());
    for (number, line) in (1..).zip(file.text.trim_start_matches('\u{feff}').split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let spot = || Spot::line(&file.name, number);
        if let Some(text) = line.strip_prefix(TEXT) {
            let text = escape::plain_text(text, version);
            match body.sentences.last_mut().filter(|_| is_open) {
                Some(sentence) => {
                    sentence.text.push('\n');
                    sentence.text.push_str(&text);
                }
                None => body.sentences.push(Sentence { line: number, text, first: body.rows.len() }),
            }
            is_open = true;
        } else if let Some(before) = line.strip_prefix(BEFORE) {
            body.before = escape::plain_text(before, version);
        } else if line.is_empty() {
            is_open = false;
        } else if line.starts_with('#') {
            // The header, and what else may be said of a sentence.
        } else if body.sentences.is_empty() {
            foreign.trouble(spot(), "a row before the first “#Text=”", Done::Skipped);
        } else {
            is_open = false;
            match row(number, line) {
                Some(row) => {
                    let cells = row.cells.strip_suffix('\t').unwrap_or(row.cells);
                    let found = if cells.is_empty() { 0 } else { cells.split('\t').count() };
                    if found < count {
                        foreign.trouble(spot(), format!("{count} columns should follow the token, there are {found}"), Done::Kept);
                    }
                    body.rows.push(row);
                }
                None => foreign.trouble(spot(), "this is no row such as “1-2<tab>4-8<tab>Haag”", Done::Skipped),
            }
        }
    }
    body
}

/// `1-2<tab>4-8<tab>Haag<tab>…`
fn row(line: usize, row: &str) -> Option<Row<'_>> {
    let mut fields = row.splitn(4, '\t');
    let (id, place, words) = (fields.next()?, fields.next()?, fields.next()?);
    let (begin, end) = place.split_once('-')?;
    let (begin, end) = (begin.parse().ok()?, end.parse().ok()?);
    let is_id = id.split_once('-').is_some_and(|(sentence, token)| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut parts = token.split('.');
        is_number(sentence) && parts.clone().count() <= 2 && parts.all(is_number)
    });
    is_id.then(|| Row { line, id, begin, end, words, cells: fields.next().unwrap_or_default() })
}

impl Row<'_> {
    /// Whether these words are the token's; some writers escape it, others do not.
    pub fn says(&self, words: &str) -> bool {
        words == self.words || words == escape::plain_value(self.words)
    }
}

impl Body<'_> {
    fn rows_of(&self, n: usize) -> &[Row<'_>] {
        let behind = self.sentences.get(n + 1).map_or(self.rows.len(), |next| next.first);
        &self.rows[self.sentences[n].first..behind]
    }

    /// What the offsets count: UTF-16 code units, unless more tokens stand where they are said to in another unit.
    pub fn unit(&self) -> Unit {
        if self.sentences.iter().all(|sentence| sentence.text.is_ascii()) {
            return Unit::Utf16;
        }
        let mut fits = Unit::ALL.map(|unit| (0_usize, unit));
        for (n, sentence) in self.sentences.iter().enumerate() {
            let rows = self.rows_of(n);
            let Some(begin) = rows.first().map(|row| row.begin) else { continue };
            let text = Text::new(sentence.text.as_str());
            for (count, unit) in &mut fits {
                let at = |offset: u64| unit.read(&text, offset.checked_sub(begin)?);
                let stands = |row: &&Row<'_>| {
                    let place = at(row.begin).zip(at(row.end)).and_then(|(begin, end)| crate::text::Stretch::new(begin, end));
                    place.and_then(|place| text.slice(place)).is_some_and(|words| row.says(words))
                };
                *count += rows.iter().filter(stands).count();
            }
        }
        let own = fits.iter().find(|(_, unit)| *unit == Unit::Utf16).copied().unwrap_or((0, Unit::Utf16));
        fits.into_iter().fold(own, |best, next| if next.0 > best.0 { next } else { best }).1
    }

    /// The whole text: what is between two sentences is a line end and spaces, as INCEpTION makes it, and before the first one spaces.
    pub fn text(&self, unit: Unit, file: &Source, foreign: &mut Foreign) -> String {
        let measure = |text: &str| match unit {
            Unit::CodePoints => text.chars().count() as u64,
            Unit::Utf16 => text.encode_utf16().count() as u64,
            Unit::Bytes => text.len() as u64,
        };
        let mut text = self.before.clone();
        let mut length = measure(&text);
        // No more is made up than there is.
        let mut room = file.text.len() as u64;
        for (n, sentence) in self.sentences.iter().enumerate() {
            let spot = Spot::line(&file.name, sentence.line);
            let begin = match self.rows_of(n).first() {
                Some(row) => row.begin,
                // Without tokens nothing says where it begins.
                None => length + u64::from(n > 0),
            };
            let missing = begin.saturating_sub(length);
            if begin < length {
                let what = format!("the sentence begins at {begin}, but what is before it ends at {length}");
                foreign.trouble(spot, what, Done::Kept);
            } else if missing > room {
                foreign.trouble(spot, format!("{missing} characters are missing before the sentence"), Done::Kept);
            }
            let mut missing = missing.min(room);
            room -= missing;
            length += missing + measure(&sentence.text);
            if n > 0 && missing > 0 {
                text.push('\n');
                missing -= 1;
            }
            text.extend(std::iter::repeat_n(' ', missing as usize));
            text.push_str(&sentence.text);
        }
        text
    }
}
