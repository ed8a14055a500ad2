//! From a file's numbers to stretches of its text: in the unit that fits, else by the words, else nowhere.

use std::rc::Rc;

use super::foreign::{ForeignSpan, ForeignText, Piece};
use super::trouble::{Done, Trouble, Troubles};
use super::unit::Unit;
use crate::text::{Found, Offset, Stretch, Text, reanchor};

/// Where the spans of a text lie in it, and how that was found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchored {
    /// The unit in which the numbers were read.
    pub unit: Unit,
    /// For each span the stretches of its pieces, in code points of the text as the file has it; `None` where one was not found.
    pub places: Vec<Option<Vec<Stretch>>>,
    pub troubles: Troubles,
}

/// Code points of the text that may be searched for lost words, per text: a file with nothing but wrong numbers ends, too.
const BUDGET: u64 = 400_000_000;

/// Reads each span's numbers. Where words are given and do not stand there, the other units are tried for the whole text: the one
/// in which the most words fit is taken, and the format's own where they are equal. What fits in none is looked for by its words.
pub fn anchor(of: &ForeignText, text: &Text) -> Anchored {
    let unit = fitting(of, text);
    let mut anchored = Anchored { unit, places: Vec::with_capacity(of.spans.len()), troubles: Troubles::default() };
    if unit != of.unit {
        anchored.troubles.add(Trouble {
            spot: of.spot.clone(),
            what: format!("its offsets count {unit}, not {}: so they fit the words", of.unit).into(),
            done: Done::Kept,
        });
    }
    let mut budget = BUDGET;
    for span in &of.spans {
        let place = place(span, text, unit, &mut budget, &mut anchored.troubles);
        anchored.places.push(place);
    }
    anchored
}

/// The unit in which the most pieces have their words; of several the format's own. Where no words are given, another unit is taken
/// only if in the format's own half of the pieces begin or end within a word, or one is no stretch of the text, and in that one all are well.
fn fitting(of: &ForeignText, text: &Text) -> Unit {
    let all = || of.spans.iter().flat_map(|span| &span.pieces);
    let quoted = all().any(|piece| piece.quote.is_some());
    // Where all characters are one byte, all units are one.
    if of.spans.is_empty() || of.text.is_ascii() || (of.is_unit_sure && !quoted) {
        return of.unit;
    }
    let fits = |piece: &&Piece, unit: Unit| if quoted { stands_there(piece, text, unit) } else { is_of_words(piece, text, unit) };
    let pieces = || all().filter(|piece| piece.quote.is_some() == quoted);
    let count = |unit: Unit| pieces().filter(|piece| fits(piece, unit)).count();
    let (own, whole) = (count(of.unit), pieces().count());
    let is_out = |piece: &Piece| stretch(piece, text, of.unit).is_none();
    if own == whole || (!quoted && own * 2 > whole && !pieces().any(is_out)) {
        return of.unit;
    }
    let others = Unit::ALL.into_iter().filter(|unit| *unit != of.unit);
    let best = others.map(|unit| (count(unit), unit)).fold((own, of.unit), |best, next| if next.0 > best.0 { next } else { best });
    if quoted || best.0 == whole { best.1 } else { of.unit }
}

/// Whether it begins and ends with a word, or with punctuation.
fn is_of_words(piece: &Piece, text: &Text, unit: Unit) -> bool {
    let Some(stretch) = stretch(piece, text, unit) else { return false };
    let letter = |offset: Offset| text.char_at(offset);
    let is_within = |offset: Offset| {
        let before = offset.get().checked_sub(1).and_then(|before| letter(Offset::new(before)));
        before.zip(letter(offset)).is_some_and(|(before, after)| before.is_alphanumeric() && after.is_alphanumeric())
    };
    let is_blank = |offset: Offset| letter(offset).is_some_and(char::is_whitespace);
    !is_within(stretch.start()) && !is_within(stretch.end()) && !is_blank(stretch.start()) && !is_blank(stretch.end().saturating_sub(1))
}

fn stretch(piece: &Piece, text: &Text, unit: Unit) -> Option<Stretch> {
    Stretch::new(unit.read(text, piece.start)?, unit.read(text, piece.end)?)
}

fn stands_there(piece: &Piece, text: &Text, unit: Unit) -> bool {
    let found = stretch(piece, text, unit).and_then(|stretch| text.slice(stretch));
    found.zip(piece.quote.as_deref()).is_some_and(|(found, quote)| is_same(found, quote))
}

/// Whether these are the words, however much white space of whatever kind: formats of lines write a line end as a space.
fn is_same(found: &str, quote: &str) -> bool {
    let ends = |text: &str| (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    found == quote || (ends(found) == ends(quote) && found.split_whitespace().eq(quote.split_whitespace()))
}

fn place(span: &ForeignSpan, text: &Text, unit: Unit, budget: &mut u64, troubles: &mut Troubles) -> Option<Vec<Stretch>> {
    let mut places = Vec::with_capacity(span.pieces.len());
    let mut said = |what: String, done: Done| troubles.add(Trouble { spot: span.spot.clone(), what: what.into(), done });
    // How far the words before have moved: those that follow have probably moved as far.
    let mut moved = 0_i64;
    for piece in &span.pieces {
        let here = stretch(piece, text, unit);
        let words = here.and_then(|here| text.slice(here));
        let why = match (&piece.quote, words) {
            (None, Some(_)) => None,
            (Some(quote), Some(words)) if is_same(words, quote) => None,
            (Some(quote), Some(words)) => Some(format!("“{}” is said to stand where “{}” stands", short(quote), short(words))),
            (_, None) => Some(format!("{}–{} is no stretch of the text", piece.start, piece.end)),
        };
        let Some(why) = why else {
            places.extend(here);
            continue;
        };
        let near = unit.read(text, piece.start).map_or(piece.start as i64, |offset| i64::from(offset.get())) + moved;
        let near = Offset::new(u32::try_from(near.max(0)).unwrap_or(u32::MAX).min(text.len().get()));
        match piece.quote.as_deref().and_then(|quote| search(text, quote, near, budget)) {
            Some((found, how)) => {
                moved += i64::from(found.start().get()) - i64::from(near.get());
                let like = if how == Found::Exact || how == Found::Position { "found" } else { "found, or nearly so," };
                said(format!("{why}; {like} at {found}"), Done::Reanchored);
                places.push(found);
            }
            None => {
                said(format!("{why}; the words are nowhere in the text"), Done::Orphaned);
                return None;
            }
        }
    }
    (!places.is_empty()).then_some(places)
}

fn search(text: &Text, words: &str, near: Offset, budget: &mut u64) -> Option<(Stretch, Found)> {
    let length = u64::from(text.len().get());
    *budget = budget.checked_sub(length / 16 + 1)?;
    let found = reanchor(text, words, "", "", near);
    if !matches!(found, Some((_, Found::Position | Found::Exact))) {
        *budget = budget.saturating_sub(length.saturating_mul(words.len() as u64).min(50_000_000));
    }
    found
}

fn short(words: &str) -> Rc<str> {
    const MOST: usize = 40;
    if words.chars().count() <= MOST {
        return words.into();
    }
    let cut: String = words.chars().take(MOST).collect();
    format!("{cut}…").into()
}
