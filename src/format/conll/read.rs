//! From columns to what they say.

use std::collections::HashMap;
use std::rc::Rc;

use super::{DOCUMENT, bare};
use crate::format::exchange::{Done, Foreign, ForeignSpan, ForeignText, Piece, Source, Spot, Unit, whose_folders};

/// Reads columns, of which the first is the token and the last its tag: IOB2 and IOB1, IOBES and BILOU.
///
/// A text that lies beside them, as a `.txt` file, is taken where its words are these tokens; otherwise tokens are joined by spaces, a
/// sentence a line. Of several folders with the same texts each is called after whose work it is.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    let texts = files.iter().filter(|file| file.extension() == "txt" && !is_columns(&file.text));
    let texts: Texts<'_> = texts.map(|file| (bare(&file.text), (file, file.text.as_str().into()))).collect();
    for file in files.iter().filter(|file| file.extension() != "txt" || is_columns(&file.text)) {
        for document in documents(file, &mut foreign) {
            let text = document.text(file, &texts, &mut foreign);
            foreign.texts.push(text);
        }
    }
    whose_folders(&mut foreign.texts);
    foreign
}

/// The texts beside the columns, by what they are without white space.
type Texts<'a> = HashMap<String, (&'a Source, Rc<str>)>;

/// Whether it looks like columns with tags: the first lines that are not empty end in one.
pub fn is_columns(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).take(20).peekable();
    lines.peek().is_some() && lines.all(|line| line.starts_with(DOCUMENT) || columns(line).is_some_and(|(_, tag)| split(tag).is_some()))
}

/// The first and the last column.
fn columns(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end_matches(['\r', '\t', ' ']);
    if line.contains('\t') {
        return Some((line.split('\t').next()?, line.rsplit('\t').next()?));
    }
    let (token, _) = line.split_once(' ')?;
    Some((token, line.rsplit(' ').next()?))
}

/// A tag's letter and label; `O` has none.
fn split(tag: &str) -> Option<(char, &str)> {
    if tag == "O" {
        return Some(('O', ""));
    }
    let (letter, label) = tag.split_once('-')?;
    let mut letters = letter.chars();
    letters
        .next()
        .filter(|letter| "BIESLU".contains(*letter) && letters.as_str().is_empty() && !label.is_empty())
        .map(|letter| (letter, label))
}

#[derive(Default)]
struct Document {
    first_line: usize,
    tokens: Vec<String>,
    /// Where sentences begin among the tokens.
    sentences: Vec<usize>,
    /// Label, first and last token, and the line of the first.
    spans: Vec<(String, usize, usize, usize)>,
}

fn documents(file: &Source, foreign: &mut Foreign) -> Vec<Document> {
    let mut documents = vec![Document { first_line: 1, ..Document::default() }];
    let (mut is_open, mut begins) = (false, true);
    for (number, line) in (1..).zip(file.text.split('\n')) {
        let Some(document) = documents.last_mut() else { break };
        let line = line.trim_end_matches('\r');
        if line.trim().is_empty() {
            (is_open, begins) = (false, true);
            continue;
        }
        if line.starts_with(DOCUMENT) {
            documents.push(Document { first_line: number, ..Document::default() });
            (is_open, begins) = (false, true);
            continue;
        }
        let read = columns(line).and_then(|(token, tag)| Some((token, split(tag)?)));
        let Some((token, (letter, label))) = read.filter(|(token, _)| !token.is_empty()) else {
            if !line.starts_with('#') {
                foreign.trouble(Spot::line(&file.name, number), "this is no token with a tag such as B-claim", Done::Skipped);
            }
            continue;
        };
        if begins {
            document.sentences.push(document.tokens.len());
            begins = false;
        }
        let n = document.tokens.len();
        document.tokens.push(token.to_owned());
        let goes_on = is_open && matches!(letter, 'I' | 'E' | 'L') && document.spans.last().is_some_and(|(last, ..)| last == label);
        if letter != 'O' && !goes_on {
            document.spans.push((label.to_owned(), n, n, number));
        } else if goes_on && let Some((_, _, last, _)) = document.spans.last_mut() {
            *last = n;
        }
        is_open = matches!(letter, 'B' | 'I');
    }
    documents.retain(|document| !document.tokens.is_empty());
    documents
}

impl Document {
    fn text(self, file: &Source, texts: &Texts<'_>, foreign: &mut Foreign) -> ForeignText {
        let beside = texts.get(&self.tokens.concat());
        let id = beside.map(|(file, _)| file.base()).unwrap_or_default().into();
        let (text, places) = match beside.and_then(|(_, text)| Some((text.clone(), self.aligned(text)?))) {
            Some(found) => found,
            None => {
                if !texts.is_empty() {
                    foreign.trouble(
                        Spot::line(&file.name, self.first_line),
                        "none of the texts beside it has these tokens: they are joined by spaces",
                        Done::Kept,
                    );
                }
                let (text, places) = self.joined();
                (text.into(), places)
            }
        };
        let spans = self.spans.iter().enumerate().map(|(n, (label, first, last, line))| ForeignSpan {
            spot: Spot::line(&file.name, *line),
            id: format!("{n}").into(),
            label: label.as_str().into(),
            pieces: vec![Piece { start: places[*first].0, end: places[*last].1, quote: None }],
            ..ForeignSpan::default()
        });
        ForeignText {
            spot: Spot::line(&file.name, self.first_line),
            id,
            spans: spans.collect(),
            text,
            unit: Unit::CodePoints,
            is_unit_sure: true,
            ..ForeignText::default()
        }
    }

    /// Where each token stands in a text that is these tokens and white space, in code points.
    fn aligned(&self, text: &str) -> Option<Vec<(u64, u64)>> {
        let mut letters = (0_u64..).zip(text.chars()).filter(|(_, letter)| !letter.is_whitespace());
        let place = |token: &String| {
            let mut place = None;
            for letter in token.chars() {
                let (at, there) = letters.next()?;
                if there != letter {
                    return None;
                }
                place = Some((place.map_or(at, |(start, _)| start), at + 1));
            }
            place
        };
        self.tokens.iter().map(place).collect()
    }

    fn joined(&self) -> (String, Vec<(u64, u64)>) {
        let (mut text, mut at) = (String::new(), 0);
        let mut places = Vec::with_capacity(self.tokens.len());
        for (n, token) in self.tokens.iter().enumerate() {
            if n > 0 {
                text.push(if self.sentences.binary_search(&n).is_ok() { '\n' } else { ' ' });
                at += 1;
            }
            let length = token.chars().count() as u64;
            places.push((at, at + length));
            text.push_str(token);
            at += length;
        }
        (text, places)
    }
}
