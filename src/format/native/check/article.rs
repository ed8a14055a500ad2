use std::collections::BTreeMap;
use std::rc::Rc;

use super::Stage;
use crate::format::links::{WEB, is_address};
use crate::format::native::file;
use crate::format::native::issue::{Outcome, Problem};
use crate::format::native::{Place, words};
use crate::model::*;
use crate::order::InOrder;
use crate::text::{Change, ChangeKind, Stretch, Text, Zone, ZoneKind, sha256_hex};

/// `None`, reported, when the id can't be one, or the text is not here. The text is taken as it is.
pub fn article(stated: file::Article, place: Place<'_>, stage: &mut Stage) -> Option<Article> {
    let id = stage.id(ArticleId::new, &stated.id, place.field("id"))?;
    let text = match stated.text {
        file::ArticleText::Here(text) => text,
        file::ArticleText::Elsewhere(file::TextFile { href }) => {
            stage.report.add(place.field("text"), Problem::TextElsewhere(href.to_string()), Outcome::Skipped);
            return None;
        }
    };
    let sha256 = sha256_hex(&text);
    if let Some(other) = stated.sha256.filter(|stated| !stated.eq_ignore_ascii_case(&sha256)) {
        stage.report.add(place.field("sha256"), Problem::ChangedText { stated: other.to_string(), found: sha256.clone() }, Outcome::Kept);
    }
    let text = Text::new(text);
    Some(Article {
        id,
        title: stated.title,
        sha256: sha256.into(),
        language: stated.language,
        direction: stage.word("direction", words::parse_direction, &stated.direction, (Direction::Auto, "auto"), place.field("direction")),
        metadata: metadata(stated.metadata, place.field("metadata"), stage),
        normalization: normalization(&stated.normalization, place.field("normalization"), stage),
        zones: zones(&stated.zones, &text, place.field("zones"), stage),
        text,
    })
}

fn metadata(stated: file::Metadata, place: Place<'_>, stage: &mut Stage) -> Metadata {
    let mut extra = stated.extra;
    let url = stated.url.filter(|url| {
        let sound = is_address(url, &WEB);
        if !sound {
            stage.report.add(place.field("url"), Problem::BadUrl(url.to_string()), Outcome::Filled { with: set_aside(&mut extra, url) });
        }
        sound
    });
    Metadata {
        publisher: stated.publisher,
        author: stated.author,
        url,
        published: stated.published,
        license: stated.license,
        credit: stated.credit,
        extra,
    }
}

/// Puts what can't be the address among the extra fields; returns where it is.
fn set_aside(extra: &mut BTreeMap<Rc<str>, Rc<str>>, url: &Rc<str>) -> String {
    let mut name = "url".to_owned();
    while extra.contains_key(name.as_str()) {
        name.push('_');
    }
    extra.insert(name.as_str().into(), url.clone());
    format!("metadata.extra.{name}")
}

fn normalization(stated: &[file::Normalization], place: Place<'_>, stage: &mut Stage) -> Vec<Change> {
    let mut changes = Vec::with_capacity(stated.len());
    for (index, change) in stated.iter().enumerate() {
        match ChangeKind::parse(&change.kind) {
            Some(kind) => changes.push(Change { kind, count: change.count }),
            None => {
                let problem = Problem::UnknownWord { kind: "kind of change", found: change.kind.to_string() };
                stage.report.add(place.item(index).field("kind"), problem, Outcome::Skipped);
            }
        }
    }
    changes
}

/// Sorted and disjoint: of two zones that overlap, the one that starts first is kept.
fn zones(stated: &[file::Zone], text: &Text, place: Place<'_>, stage: &mut Stage) -> Vec<Zone> {
    let mut sound: Vec<(usize, Zone)> = Vec::with_capacity(stated.len());
    for (index, &file::Zone { ref kind, start, end }) in stated.iter().enumerate() {
        let place = place.item(index);
        let Some(kind) = ZoneKind::parse(kind) else {
            stage.report.add(place.field("kind"), Problem::UnknownWord { kind: "kind of zone", found: kind.to_string() }, Outcome::Skipped);
            continue;
        };
        match Stretch::of(start, end).filter(|stretch| stretch.end() <= text.len()) {
            Some(stretch) => sound.push((index, Zone { kind, stretch })),
            None => stage.report.add(place, Problem::ZoneOutOfText { start, end, length: text.len().get() }, Outcome::Skipped),
        }
    }
    sound.put_in_order_by_key(|(index, zone)| (zone.stretch, *index));
    let mut zones: Vec<Zone> = Vec::with_capacity(sound.len());
    for (index, zone) in sound {
        if zones.last().is_some_and(|last| last.stretch.overlaps(zone.stretch)) {
            let (start, end) = (zone.stretch.start().get(), zone.stretch.end().get());
            stage.report.add(place.item(index), Problem::ZoneOverlaps { start, end }, Outcome::Skipped);
        } else {
            zones.push(zone);
        }
    }
    zones
}
