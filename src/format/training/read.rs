//! From lines to what they say.

use std::collections::HashMap;
use std::rc::Rc;

use super::line::{Annotated, FORMAT, Line, Somebody, VERSION};
use crate::format::exchange::{Done, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Piece, Source, Spot, Unit, lines};
use crate::model::Metadata;
use crate::text::{Stretch, Text};

/// Offsets count code points. Token numbers are not believed: they follow from the offsets.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files {
        for (spot, line) in lines::<Line>(file, "an article of training data") {
            let Some(line) = foreign.known(&spot, line) else { continue };
            if &*line.format != FORMAT {
                foreign.trouble(spot, format!("its format is “{}” instead of “{FORMAT}”", line.format), Done::Skipped);
            } else if line.version > VERSION {
                foreign.trouble(spot, format!("version {} is newer than this program reads ({VERSION})", line.version), Done::Skipped);
            } else {
                let text = text(spot, line, &mut foreign);
                foreign.texts.push(text);
            }
        }
    }
    foreign
}

fn text(spot: Spot, line: Line, foreign: &mut Foreign) -> ForeignText {
    let known: HashMap<Rc<str>, ForeignEntity> = line.entities.into_iter().map(|one| (one.id.clone(), somebody(one))).collect();
    let entity =
        |id: &Rc<str>| known.get(id).cloned().unwrap_or_else(|| ForeignEntity { name: id.clone(), wikidata: None, id: Some(id.clone()) });
    let mut links = Vec::new();
    for (n, frame) in line.frames.into_iter().enumerate() {
        for (k, filled) in frame.roles.into_iter().enumerate() {
            let spot = spot.within(&format!(".frames[{n}].roles[{k}]"));
            let to = match (filled.span.is_empty(), filled.entity.is_empty()) {
                (false, _) => End::Span(filled.span),
                (true, false) => End::Entity(entity(&filled.entity)),
                (true, true) => {
                    foreign.trouble(spot, "nothing fills the role", Done::Skipped);
                    continue;
                }
            };
            links.push(ForeignLink { spot, label: filled.role, from: frame.span.clone(), to });
        }
    }
    let of = Text::new(&*line.text);
    let spans = line.spans.into_iter().enumerate().map(|(n, span)| {
        let spot = spot.within(&format!(".spans[{n}]"));
        ForeignSpan { entity: Some(&span.entity).filter(|id| !id.is_empty()).map(entity), ..read_span(spot, span, &of) }
    });
    ForeignText {
        id: line.id,
        title: line.title,
        language: line.language,
        metadata: {
            let said = |text: Rc<str>| Some(text).filter(|text| !text.is_empty());
            let of = line.metadata;
            Metadata {
                publisher: said(of.publisher),
                author: said(of.author),
                url: said(of.url),
                published: said(of.published),
                license: said(of.license),
                credit: said(of.credit),
                extra: of.extra.into_iter().map(|one| (one.name, one.value)).collect(),
            }
        },
        unit: Unit::CodePoints,
        is_unit_sure: true,
        spans: spans.collect(),
        links,
        text: line.text.as_ref().into(),
        spot,
    }
}

fn somebody(one: Somebody) -> ForeignEntity {
    ForeignEntity { name: one.name, wikidata: Some(one.wikidata).filter(|item| !item.is_empty()), id: Some(one.id) }
}

fn read_span(spot: Spot, span: Annotated, text: &Text) -> ForeignSpan {
    let pieces: Vec<(u32, u32)> = match span.fragments.is_empty() {
        true => vec![(span.start, span.end)],
        false => span.fragments.iter().map(|place| (place.start, place.end)).collect(),
    };
    // The words of several fragments are joined by “ … ”, which they may hold themselves: they are checked as a whole.
    let stands = |&(start, end): &(u32, u32)| Stretch::of(start, end).and_then(|place| text.slice(place));
    let whole: Option<Vec<&str>> = pieces.iter().map(stands).collect();
    let is_right = whole.is_some_and(|words| words.join(" … ") == span.text);
    let mut quotes: Vec<Option<Rc<str>>> = match (is_right, pieces.len()) {
        (true, _) => pieces.iter().map(|piece| stands(piece).map(Into::into)).collect(),
        (false, 1) => vec![Some(span.text.as_str().into())],
        (false, n) => {
            let parts: Vec<&str> = span.text.split(" … ").collect();
            (0..n).map(|k| parts.get(k).filter(|_| parts.len() == n).map(|part| (*part).into())).collect()
        }
    };
    // An empty text says nothing.
    quotes.iter_mut().for_each(|quote| *quote = quote.take().filter(|quote: &Rc<str>| !quote.is_empty()));
    let pieces = pieces.into_iter().zip(quotes);
    ForeignSpan {
        spot,
        id: span.id,
        label: span.label,
        pieces: pieces.map(|((start, end), quote)| Piece { start: start.into(), end: end.into(), quote }).collect(),
        attributes: span.attributes.into_iter().map(|one| (one.name, one.value)).collect(),
        note: span.note,
        entity: None,
        annotator: Some(span.annotator).filter(|name| !name.is_empty()),
    }
}
