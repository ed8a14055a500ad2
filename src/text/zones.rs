//! Zones: stretches of an article with a layout role.

mod dateline;
mod phrases;
mod runon;
mod timestamp;

use std::fmt;

use super::layout::{Paragraph, paragraphs};
use super::marks::{ends_sentence, is_paired};
use super::{Stretch, Text};
use crate::order::InOrder;

/// What a zone is; body is what no zone covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneKind {
    Title,
    Timestamp,
    Dateline,
    Subhead,
    Boilerplate,
    Noise,
}

impl ZoneKind {
    pub const ALL: [ZoneKind; 6] =
        [ZoneKind::Title, ZoneKind::Timestamp, ZoneKind::Dateline, ZoneKind::Subhead, ZoneKind::Boilerplate, ZoneKind::Noise];

    /// The name in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            ZoneKind::Title => "title",
            ZoneKind::Timestamp => "timestamp",
            ZoneKind::Dateline => "dateline",
            ZoneKind::Subhead => "subhead",
            ZoneKind::Boilerplate => "boilerplate",
            ZoneKind::Noise => "noise",
        }
    }

    /// The reverse of [`ZoneKind::as_str`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl fmt::Display for ZoneKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A stretch with a layout role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Zone {
    pub kind: ZoneKind,
    pub stretch: Stretch,
}

/// Titles, timestamps and bylines are looked for in the first paragraphs only.
const HEAD: usize = 12;
/// Boilerplate and timestamps are looked for in the last paragraphs too.
const TAIL: usize = 6;

/// The zones that a reader would see in raw text: sorted and disjoint, without white space around them (a dateline
/// includes the space behind its dash).
///
/// A proposal that the person can change. Where in doubt, nothing is proposed: a text without a paragraph of prose has
/// no title, a line is a subhead only between paragraphs of prose. The phrases are English.
pub fn propose_zones(text: &Text) -> Vec<Zone> {
    let paragraphs = paragraphs(text);
    let mut kinds: Vec<Option<ZoneKind>> = paragraphs.iter().map(noise).collect();
    mark_timestamps(&paragraphs, &mut kinds);
    mark_titles(&paragraphs, &mut kinds);
    let boilerplate = mark_boilerplate(&paragraphs, &mut kinds);
    mark_subheads(&paragraphs, &mut kinds);

    let mut zones: Vec<Zone> =
        paragraphs.iter().zip(&kinds).filter_map(|(paragraph, kind)| Some(Zone { kind: (*kind)?, stretch: paragraph.stretch })).collect();
    zones.extend(boilerplate);
    let is_body = |index: usize| kinds.get(index).is_some_and(Option::is_none);
    zones.extend(dateline::find(&paragraphs, is_body));
    let body = paragraphs.iter().zip(&kinds).filter(|(_, kind)| kind.is_none());
    for (paragraph, _) in body {
        zones.extend(runon::headlines(paragraph).into_iter().map(|stretch| Zone {
            kind: match paragraphs.first() {
                Some(first) if first.stretch.start() == stretch.start() => ZoneKind::Title,
                _ => ZoneKind::Subhead,
            },
            stretch,
        }));
    }
    disjoint(zones)
}

/// Sorts; of two that overlap the one that starts first stays.
fn disjoint(mut zones: Vec<Zone>) -> Vec<Zone> {
    zones.put_in_order_by_key(|zone| (zone.stretch, zone.kind));
    let mut kept: Vec<Zone> = Vec::with_capacity(zones.len());
    for zone in zones {
        if kept.last().is_none_or(|last| !last.stretch.overlaps(zone.stretch)) {
            kept.push(zone);
        }
    }
    kept
}

fn noise(paragraph: &Paragraph<'_>) -> Option<ZoneKind> {
    (paragraph.is_one_line() && phrases::is_noise(paragraph.content)).then_some(ZoneKind::Noise)
}

fn mark_timestamps(paragraphs: &[Paragraph<'_>], kinds: &mut [Option<ZoneKind>]) {
    let tail = paragraphs.len().saturating_sub(TAIL);
    for (index, (paragraph, kind)) in paragraphs.iter().zip(kinds).enumerate() {
        let near_an_end = index < HEAD || index >= tail;
        if kind.is_none() && near_an_end && timestamp::is_timestamp(paragraph.content) {
            *kind = Some(ZoneKind::Timestamp);
        }
    }
}

/// The first line and its repetitions in the head, if prose follows.
fn mark_titles(paragraphs: &[Paragraph<'_>], kinds: &mut [Option<ZoneKind>]) {
    let Some(first) = kinds.iter().position(|kind| *kind != Some(ZoneKind::Timestamp)) else {
        return;
    };
    let Some((title, rest)) = paragraphs.get(first..).and_then(<[_]>::split_first) else {
        return;
    };
    if kinds[first].is_some() || !is_headline(title) || !rest.iter().any(Paragraph::is_prose) {
        return;
    }
    let head = first + 1..kinds.len().min(first + HEAD);
    let repeats: Vec<usize> = head.clone().filter(|&index| paragraphs[index].content == title.content).collect();
    let set_off = title.blank_after
        || kinds.get(first + 1) == Some(&Some(ZoneKind::Timestamp))
        || rest.first().is_some_and(|next| next.is_prose() && next.stretch.len() > 120);
    if set_off || !repeats.is_empty() {
        kinds[first] = Some(ZoneKind::Title);
        for index in repeats {
            kinds[index] = Some(ZoneKind::Title);
        }
    }
}

/// Lines between two paragraphs of prose.
fn mark_subheads(paragraphs: &[Paragraph<'_>], kinds: &mut [Option<ZoneKind>]) {
    for index in 1..paragraphs.len().saturating_sub(1) {
        let prose = |index: usize| kinds[index].is_none() && paragraphs[index].is_prose();
        if kinds[index].is_none()
            && is_headline(&paragraphs[index])
            && !phrases::is_byline(paragraphs[index].content)
            && prose(index - 1)
            && prose(index + 1)
        {
            kinds[index] = Some(ZoneKind::Subhead);
        }
    }
}

/// Marks whole paragraphs at the end; the last sentences of the paragraph before them come back as a zone.
fn mark_boilerplate(paragraphs: &[Paragraph<'_>], kinds: &mut [Option<ZoneKind>]) -> Option<Zone> {
    let tail = paragraphs.len().saturating_sub(TAIL);
    for index in (tail..paragraphs.len()).rev() {
        if kinds[index].is_some() {
            continue;
        }
        let paragraph = &paragraphs[index];
        let stretch = phrases::boilerplate(paragraph.stretch, paragraph.content)?;
        if stretch != paragraph.stretch {
            return Some(Zone { kind: ZoneKind::Boilerplate, stretch });
        }
        kinds[index] = Some(ZoneKind::Boilerplate);
    }
    None
}

/// Whether the paragraph looks like a headline: one short line of several words that does not end as a sentence.
fn is_headline(paragraph: &Paragraph<'_>) -> bool {
    (8..=160).contains(&paragraph.stretch.len()) && paragraph.is_one_line() && !paragraph.is_prose() && is_headline_text(paragraph.content)
}

/// The same for words alone. A question is a headline unless it is quoted, as in a dialogue.
fn is_headline_text(content: &str) -> bool {
    let starts = content.chars().find(|&c| !is_paired(c)).is_some_and(|c| c.is_numeric() || c.is_alphabetic() && !c.is_lowercase());
    let question = content.ends_with('?') && !content.contains(['“', '"', '«', '„']);
    starts
        && !is_listed(content)
        && (question || !ends_sentence(content))
        && !content.ends_with([',', ';', ':', '-', '–', '—', '،', '؛'])
        && content.split_whitespace().nth(1).is_some()
}

/// Whether the line is numbered as in a list: `1.`, `2)`, `a)`.
fn is_listed(content: &str) -> bool {
    let mark = content.split_whitespace().next().unwrap_or_default();
    mark.strip_suffix(['.', ')']).is_some_and(|number| number.len() <= 3 && !number.is_empty() && number.chars().all(char::is_alphanumeric))
}
