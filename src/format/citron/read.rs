//! From training files to what they say.

use std::rc::Rc;

use super::{Document, Place, Quoted};
use crate::format::exchange::{
    Array, Done, End, Fillers, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Maybe, Piece, Source, Spot, Unit, lines,
    whose_folders,
};

/// Sources become spans labelled `speaker`, cues `cue`, the contents of a quote one `claim`; what stands in several quotes is one span.
/// Where one source has one coreference, both stand for somebody who is called by the coreference's words. A quote without contents
/// is reported, and its source and cue are kept.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files {
        for (spot, document) in lines::<Document>(file, "a text with quotes") {
            let Some(document) = foreign.known(&spot, document) else { continue };
            match document.text.get().flatten() {
                Some(text) => {
                    let mut text = ForeignText { text, spot, id: file.base().into(), unit: Unit::CodePoints, ..ForeignText::default() };
                    fill(&mut text, &document.quotes, &mut foreign);
                    let groups = text.spot.field("coreference_groups");
                    if !document.coreference_groups.is_empty() {
                        foreign.trouble(groups, "groups of coreferences are not read, those of quotes are", Done::Skipped);
                    }
                    foreign.texts.push(text);
                }
                None => foreign.trouble(spot, "there is no text", Done::Skipped),
            }
        }
    }
    whose_folders(&mut foreign.texts);
    foreign
}

fn fill(text: &mut ForeignText, quotes: &Array<Quoted>, foreign: &mut Foreign) {
    let mut fillers = Fillers::default();
    let mut claims: Vec<ForeignSpan> = Vec::new();
    for (spot, quote) in quotes.items(&text.spot.field("quotes"), "a quote") {
        let Some(quote) = foreign.known(&spot, quote) else { continue };
        let id: Rc<str> = format!("q{}", claims.len() + 1).into();
        let mut places = |name: &str, places: Array<Place>| {
            let places = places.read(&spot.field(name), "a stretch with its start and end", foreign);
            places.into_iter().map(|(spot, place)| (spot, piece(place))).collect::<Vec<_>>()
        };
        let (sources, contents) = (places("sources", quote.sources), places("contents", quote.contents));
        let coreferences = places("coreferences", quote.coreferences);
        let mut filler = |label: &str, (spot, piece): (Spot, Piece)| {
            let to = fillers.id(&spot, label, vec![piece]);
            let link = ForeignLink { spot, label: label.into(), from: id.clone(), to: End::Span(to.clone()) };
            (to, link)
        };
        let cue_spot = spot.field("cue");
        let cue = match quote.cue {
            Maybe::Is(cue) => cue.map(|cue| filler("cue", (cue_spot, piece(cue))).1),
            Maybe::Not => {
                foreign.trouble(cue_spot, "this is no stretch with its start and end", Done::Skipped);
                None
            }
        };
        let sources: Vec<_> = sources.into_iter().map(|source| filler("speaker", source)).collect();
        let name = coreferences.first().and_then(|(_, piece)| piece.quote.clone());
        let coreferences: Vec<Rc<str>> = coreferences.into_iter().map(|coreference| filler("speaker", coreference).0).collect();
        // Of several it can't be told who is who.
        if let ([(source, _)], [coreference], Some(name)) = (&sources[..], &coreferences[..], name) {
            for id in [source, coreference] {
                if let Some(span) = fillers.get_mut(id) {
                    span.entity.get_or_insert_with(|| ForeignEntity { name: name.clone(), ..ForeignEntity::default() });
                }
            }
        }
        if contents.is_empty() {
            foreign.trouble(spot, "a quote without contents; its sources and cue are kept", Done::Skipped);
            continue;
        }
        text.links.extend(sources.into_iter().map(|(_, link)| link).chain(cue));
        let pieces = contents.into_iter().map(|(_, piece)| piece).collect();
        claims.push(ForeignSpan { spot, id, label: "claim".into(), pieces, ..ForeignSpan::default() });
    }
    text.spans = fillers.spans;
    text.spans.extend(claims);
}

fn piece(place: Place) -> Piece {
    Piece { start: place.start, end: place.end, quote: place.text.filter(|text| !text.is_empty()) }
}
