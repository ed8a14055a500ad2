//! The place and agency in front of the first paragraph: `TEHRAN- `, `PARIS, June 3 – `, `LONDON (Reuters) — `.

use super::super::Stretch;
use super::super::layout::Paragraph;
use super::super::marks::is_paired;
use super::{Zone, ZoneKind};

/// In code points, with the dash.
const LONGEST: usize = 80;
/// Words in capitals that head a story and are no place.
const LABELS: [&str; 16] = [
    "BREAKING",
    "UPDATE",
    "EXCLUSIVE",
    "WATCH",
    "LIVE",
    "VIDEO",
    "NEWS",
    "OPINION",
    "ANALYSIS",
    "INTERVIEW",
    "EDITORIAL",
    "NOTE",
    "WARNING",
    "CORRECTION",
    "BREAKING NEWS",
    "FACTBOX",
];

/// The dateline of the first paragraph of prose among those that `is_body` names.
///
/// None when a later paragraph begins the same way: then the capitals name the persons of a dialogue.
pub(super) fn find(paragraphs: &[Paragraph<'_>], is_body: impl Fn(usize) -> bool) -> Option<Zone> {
    let first = (0..paragraphs.len()).find(|&index| is_body(index) && paragraphs[index].is_prose())?;
    let stretch = dateline(&paragraphs[first])?;
    let repeated = paragraphs.iter().skip(first + 1).take(6).any(|next| dateline(next).is_some());
    (!repeated).then_some(Zone { kind: ZoneKind::Dateline, stretch })
}

fn dateline(paragraph: &Paragraph<'_>) -> Option<Stretch> {
    let head: Vec<char> = paragraph.content.chars().take(LONGEST).collect();
    let dash = (1..head.len()).find(|&index| is_dash(&head, index))?;
    let place: String = head.get(..dash)?.iter().collect();
    let mut end = dash;
    while head.get(end).is_some_and(|&c| matches!(c, '-' | '–' | '—' | '―')) {
        end += 1;
    }
    while head.get(end).is_some_and(|c| c.is_whitespace()) {
        end += 1;
    }
    let starts = head.get(end).is_some_and(|&c| is_paired(c) || c.is_numeric() || c.is_alphabetic() && !c.is_lowercase());
    if !starts || !is_place(place.trim()) {
        return None;
    }
    Stretch::new(paragraph.stretch.start(), paragraph.stretch.start() + end as u32)
}

/// A hyphen needs a space behind it, or it joins a word; a dash does not.
fn is_dash(head: &[char], index: usize) -> bool {
    match head[index] {
        '–' | '—' | '―' => true,
        '-' => matches!(head.get(index + 1), Some(c) if c.is_whitespace() || *c == '-'),
        _ => false,
    }
}

/// `TEHRAN`, `NEW YORK`, `WASHINGTON, D.C.`, `BEIRUT, Lebanon`, `PARIS, June 3`, `Paris (AFP)`, `(AP)`.
fn is_place(place: &str) -> bool {
    let (name, agency) = match place.split_once('(') {
        Some((name, rest)) => match rest.trim_end().strip_suffix(')') {
            Some(agency) => (name.trim(), Some(agency)),
            None => return false,
        },
        None => (place, None),
    };
    let agency_fits = agency.is_none_or(|agency| {
        agency.chars().count() <= 30 && agency.chars().next().is_some_and(char::is_uppercase) && !agency.contains(['.', '?'])
    });
    if !agency_fits || LABELS.contains(&name) {
        return false;
    }
    if name.is_empty() {
        return agency.is_some();
    }
    let (city, rest) = name.split_once(',').unwrap_or((name, ""));
    let rest_fits = rest.split_whitespace().count() <= 4
        && rest.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    rest_fits && city.split_whitespace().count() <= 4 && (is_capitals(city) || agency.is_some() && is_name(city))
}

fn is_capitals(city: &str) -> bool {
    let letters = city.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3 && city.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '\'' | '’' | '-' | '/'))
}

fn is_name(city: &str) -> bool {
    city.split_whitespace().all(|word| word.starts_with(char::is_uppercase)) && !city.contains(['.', '?', '!', ':'])
}
