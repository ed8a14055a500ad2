//! The word cursor and the selection, moved by keys.

use super::say;
use crate::model::{Article, Span};
use crate::session::{Motion, Notice, Seeking, Selection, State, Unit, cursor};
use crate::text::{Stretch, next_grapheme};

/// Where the keyboard stands: the cursor, or else the focus, or else the first word.
fn standing(state: &State, article: &Article) -> Option<Stretch> {
    state.cursor.or_else(|| {
        let focus = state.focused().and_then(|annotation| annotation.span().map(Span::start));
        cursor::cursor_at(article, &state.page, focus.unwrap_or_default())
    })
}

pub(super) fn move_cursor(state: &mut State, motion: Motion) {
    let Some(article) = state.open_article().cloned() else { return };
    let from = match (state.selection, state.cursor) {
        // A step out of a selection goes on from the edge that it leads to.
        (Some(selection), _) => Some(selection.head),
        (None, Some(cursor)) => Some(cursor),
        (None, None) if motion.unit == Unit::Hand => standing(state, &article),
        (None, None) => {
            state.cursor = standing(state, &article);
            state.scroll += 1;
            return;
        }
    };
    let Some(from) = from else { return };
    let to = match fitting(state, motion) {
        // Nobody tags a comma.
        Motion { unit: Unit::Word, forward } => cursor::solid(&article, &state.page, from, forward),
        Motion { unit: Unit::Hand, forward } => cursor::end_of(&article, &state.page, hand(state), from, forward),
        motion => cursor::moved(&article, &state.page, from, motion),
    };
    if let Some(to) = to {
        state.cursor = Some(to);
        state.selection = None;
        state.scroll += 1;
    } else if state.selection.is_some() {
        state.cursor = Some(from);
        state.selection = None;
    }
}

/// The annotation in hand, with what lies between its fragments.
fn hand(state: &State) -> Option<Stretch> {
    state.focused()?.span().map(Span::hull)
}

pub(super) fn extend(state: &mut State, motion: Motion) {
    let Some(article) = state.open_article().cloned() else { return };
    let Some(here) = standing(state, &article) else { return };
    let selection = state.selection.unwrap_or_else(|| Selection::between(&article, &state.page, here, here, true));
    let head = match motion.unit {
        Unit::Hand => cursor::end_of(&article, &state.page, hand(state), selection.head, motion.forward),
        _ => cursor::extended(&article, &state.page, selection, fitting(state, motion)),
    };
    match head {
        Some(head) => reach(state, &article, selection.anchor, head),
        None if motion.unit == Unit::Quotation => say(state, Notice::done("no quotation mark further on")),
        None => {}
    }
}

/// Selects from `anchor` to `head`.
fn reach(state: &mut State, article: &Article, anchor: Stretch, head: Stretch) {
    state.cursor = Some(head);
    state.selection = Some(Selection::between(article, &state.page, anchor, head, state.exact));
    state.scroll += 1;
}

/// Two letters name a word well enough, as a rule.
const LETTERS_SOUGHT: usize = 2;

pub(super) fn seek(state: &mut State, extend: bool) {
    if state.open_article().is_some() {
        state.seeking = Some(Seeking { typed: String::new(), extend });
        state.status = "first letters of the word?".into();
    }
}

pub(super) fn seek_letter(state: &mut State, letter: char) {
    let Some(seeking) = &mut state.seeking else { return };
    seeking.typed.push(letter);
    if seeking.typed.chars().count() >= LETTERS_SOUGHT {
        sought(state);
    }
}

pub(super) fn erase_letter(state: &mut State) {
    if let Some(seeking) = &mut state.seeking {
        seeking.typed.pop();
    }
}

/// Goes to the next word with the letters so far, or selects to it.
pub(super) fn sought(state: &mut State) {
    let Some(Seeking { typed, extend }) = state.seeking.take() else { return };
    let Some(article) = state.open_article().cloned() else { return };
    let Some(here) = state.selection.map(|selection| selection.head).or_else(|| standing(state, &article)) else { return };
    if typed.is_empty() {
        state.status = "".into();
        return;
    }
    state.sought = typed.as_str().into();
    let found = cursor::beginning_with(&article, &state.page, here, &typed);
    if let Some(word) = found.and_then(|word| article.text.slice(word)) {
        state.status = word.into();
    }
    match found {
        Some(word) if extend => {
            let anchor = state.selection.map_or(here, |selection| selection.anchor);
            reach(state, &article, anchor, word);
        }
        Some(word) => {
            state.cursor = Some(word);
            state.selection = None;
            state.scroll += 1;
        }
        None => say(state, Notice::done(format!("no word further on begins with “{typed}”"))),
    }
}

/// Goes on to the next word with the letters of the last one that was named so.
pub(super) fn seek_again(state: &mut State) {
    if state.sought.is_empty() {
        return say(state, Notice::done("no word was named by its letters yet"));
    }
    state.seeking = Some(Seeking { typed: state.sought.to_string(), extend: false });
    sought(state);
}

/// Where selections are exact, the arrows go by letters (grapheme clusters).
fn fitting(state: &State, motion: Motion) -> Motion {
    if state.exact && motion.unit == Unit::Word { Motion { unit: Unit::Grapheme, ..motion } } else { motion }
}

/// Switches between whole words and exact letters; the cursor goes on as one letter of its word.
pub(super) fn toggle_exact(state: &mut State) {
    state.exact = !state.exact;
    state.status = if state.exact { "exact selection" } else { "selections snap to words" }.into();
    if let (Some(article), Some(cursor)) = (state.open_article().cloned(), state.cursor) {
        state.cursor = match state.exact {
            true => Stretch::new(cursor.start(), next_grapheme(&article.text, cursor.start())),
            false => cursor::cursor_at(&article, &state.page, cursor.start()),
        };
    }
}
