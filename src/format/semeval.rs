//! Structured sentiment as in SemEval-2022 task 10 (Barnes and others): texts with opinions, each of an expression, its polarity and
//! intensity, its holder and its target. Offsets count code points.

use std::collections::BTreeSet;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::exchange::{
    Array, Bare, Done, End, Fillers, Foreign, ForeignLink, ForeignSpan, ForeignText, Layer, Loss, Losses, Mark, Maybe, Out, Piece, Sheet,
    Sheets, Source, Spot, Target, Unit, Writer, layers, lines, role_is, whose_folders,
};
use crate::model::Meaning;
use crate::text::Stretch;

#[cfg(test)]
mod tests;

const FILE: &str = "semeval.json";
/// Values of the files with what they are called here, the writer's first.
const POLARITIES: [(&str, &str); 3] = [("Positive", "favor"), ("Negative", "against"), ("Neutral", "neutral")];
const INTENSITIES: [(&str, &str); 5] =
    [("Slight", "weak"), ("Standard", "average"), ("Strong", "strong"), ("Weak", "weak"), ("Average", "average")];

/// An article; the files call it a sentence.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    sent_id: Maybe<Option<Rc<str>>>,
    text: Maybe<Option<Rc<str>>>,
    opinions: Array<Read>,
}

/// Its parts, each with some `P`, and its values, each some `V`.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Opinion<P: Default, V: Default> {
    source: P,
    target: P,
    #[serde(rename = "Polar_expression")]
    polar_expression: P,
    polarity: V,
    intensity: V,
}

/// As a file has it, whose parts may be of any shape.
type Read = Opinion<Maybe<Option<Places>>, Maybe<Option<Rc<str>>>>;

/// The words of several stretches, and as many places such as `36:45`.
#[derive(Default, Serialize, Deserialize)]
struct Places(Vec<String>, Vec<String>);

/// Writes one list with a record for each article; a list for each annotator.
pub struct SemEval {
    layers: Vec<Layer>,
    is_begun: bool,
}

impl SemEval {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        Self { layers: layers(sheets), is_begun: false }
    }
}

impl Writer for SemEval {
    /// An opinion is what means a stance. Its first holder and its first target that are no stances are written, by their stretches.
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        let before = if std::mem::replace(&mut self.is_begun, true) { ",\n" } else { "[\n" };
        for layer in &self.layers {
            let mine = layer.marks(sheet, out);
            let opinions = opinions(sheet, &mine, &mut out.losses);
            let record = Written { sent_id: sheet.article.id.as_str(), text: sheet.article.text.as_str(), opinions };
            let record = serde_json::to_string(&record).expect("invariant: its types can't fail");
            out.add(&format!("{}{FILE}", layer.folder), &format!("{before}{record}"));
        }
        sheet.lose(&[Loss::Metadata, Loss::Zone, Loss::Origin], out);
    }

    fn finish(&mut self, out: &mut Out) {
        for layer in &self.layers {
            out.add(&format!("{}{FILE}", layer.folder), if self.is_begun { "\n]\n" } else { "[]\n" });
        }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    sent_id: &'a str,
    text: &'a str,
    opinions: Vec<Opinion<Places, Option<&'static str>>>,
}

fn opinions(sheet: &Sheet<'_>, mine: &[usize], losses: &mut Losses) -> Vec<Opinion<Places, Option<&'static str>>> {
    let places = |place: &[Stretch]| {
        let words = place.iter().map(|stretch| sheet.words(*stretch).to_owned()).collect();
        Places(words, place.iter().map(|stretch| format!("{}:{}", stretch.start(), stretch.end())).collect())
    };
    let mut bare = Bare::default();
    let mut whole = BTreeSet::new();
    let mut opinions = Vec::new();
    for n in mine.iter().copied().filter(|n| sheet.marks[*n].is(Meaning::Stance)) {
        let mark = &sheet.marks[n];
        whole.insert(n);
        mark.lose(&[Loss::Note, Loss::Entity], losses);
        let mut opinion = Opinion { polar_expression: places(mark.span.fragments()), ..Opinion::default() };
        values(mark, &mut opinion, losses);
        let (mut holder, mut target) = (None, None);
        for (role, filler) in &mark.roles {
            let (free, meaning) = match () {
                () if role_is(role, Meaning::Holder) => (&mut holder, Meaning::Speaker),
                () if role_is(role, Meaning::Target) => (&mut target, Meaning::Target),
                () => (&mut Some(n), Meaning::Stance),
            };
            match filler {
                Target::Mark(other) if free.is_none() && !sheet.marks[*other].is(Meaning::Stance) => {
                    *free = Some(*other);
                    bare.add(*other, sheet.marks[*other].span.fragments(), meaning);
                }
                Target::Mark(_) => losses.add(Loss::Role),
                Target::Entity(_) => losses.add(Loss::EntityFiller),
            }
        }
        let part = |filler: Option<usize>| filler.map(|n| places(sheet.marks[n].span.fragments())).unwrap_or_default();
        opinions.push(Opinion { source: part(holder), target: part(target), ..opinion });
    }
    bare.lose(sheet, mine, &whole, losses);
    opinions
}

/// Polarity and intensity, by our words or the format's own; what it has no word for is lost.
fn values(mark: &Mark<'_>, opinion: &mut Opinion<Places, Option<&'static str>>, losses: &mut Losses) {
    for (attribute, value) in &mark.attributes {
        let of = |known: &[(&'static str, &str)]| {
            let found = known.iter().find(|(theirs, ours)| **value == **ours || value.eq_ignore_ascii_case(theirs));
            found.map(|(_, ours)| known.iter().find(|(_, other)| other == ours).map_or("", |(theirs, _)| *theirs))
        };
        let (field, found) = match attribute.id.as_str() {
            "polarity" => (&mut opinion.polarity, of(&POLARITIES)),
            "intensity" => (&mut opinion.intensity, of(&INTENSITIES)),
            _ => (&mut None, None),
        };
        losses.add_many(Loss::Attribute, usize::from(found.is_none()));
        *field = found;
    }
}

/// Reads lists of records, or one a line. Holders become spans labelled `speaker`, targets `target`, expressions `stance`; what
/// stands in several opinions is one span. An opinion without an expression is reported, and its holder and target are kept.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files {
        for (spot, record) in lines::<Record>(file, "a text with opinions") {
            let Some(record) = foreign.known(&spot, record) else { continue };
            match record.text.get().flatten() {
                Some(text) => {
                    let text = ForeignText { text, spot, unit: Unit::CodePoints, ..ForeignText::default() };
                    let text = text_of(text, record.sent_id.get().flatten(), record.opinions, &mut foreign);
                    foreign.texts.push(text);
                }
                None => foreign.trouble(spot, "there is no text", Done::Skipped),
            }
        }
    }
    whose_folders(&mut foreign.texts);
    foreign
}

fn text_of(mut text: ForeignText, id: Option<Rc<str>>, opinions: Array<Read>, foreign: &mut Foreign) -> ForeignText {
    text.id = id.clone().unwrap_or_default();
    text.metadata.extra.extend(id.map(|id| ("sent_id".into(), id)));
    let mut fillers = Fillers::default();
    let mut stances = Vec::new();
    for (n, (spot, opinion)) in opinions.items(&text.spot.field("opinions"), "an opinion").enumerate() {
        let Some(opinion) = foreign.known(&spot, opinion) else { continue };
        let mut part = |name: &str, places: Maybe<Option<Places>>| pieces(&spot.field(name), places, foreign);
        let source = part("Source", opinion.source);
        let target = part("Target", opinion.target);
        let pieces = part("Polar_expression", opinion.polar_expression);
        let id: Rc<str> = format!("o{}", n + 1).into();
        let is_whole = !pieces.is_empty();
        for (label, role, pieces) in [("speaker", "holder", source), ("target", "target", target)] {
            if !pieces.is_empty() {
                let to = fillers.id(&spot, label, pieces);
                if is_whole {
                    text.links.push(ForeignLink { spot: spot.clone(), label: role.into(), from: id.clone(), to: End::Span(to) });
                }
            }
        }
        if !is_whole {
            foreign.trouble(spot, "an opinion without the words that express it; its holder and target are kept", Done::Skipped);
            continue;
        }
        let polarity = value("polarity", opinion.polarity, &POLARITIES, &spot, foreign);
        let intensity = value("intensity", opinion.intensity, &INTENSITIES, &spot, foreign);
        let attributes = polarity.into_iter().chain(intensity).collect();
        stances.push(ForeignSpan { spot, id, label: "stance".into(), pieces, attributes, ..ForeignSpan::default() });
    }
    text.spans = fillers.spans;
    text.spans.extend(stances);
    text
}

fn pieces(spot: &Spot, places: Maybe<Option<Places>>, foreign: &mut Foreign) -> Vec<Piece> {
    let Places(words, places) = match places {
        Maybe::Is(places) => places.unwrap_or_default(),
        Maybe::Not => {
            foreign.trouble(spot.clone(), "this is no list of words and one of places", Done::Skipped);
            return Vec::new();
        }
    };
    if words.len() != places.len() {
        let what = format!("{} stretches of words and {} places: the words are passed over", words.len(), places.len());
        foreign.trouble(spot.clone(), what, Done::Kept);
    }
    let mut pieces = Vec::new();
    for (n, place) in places.iter().enumerate() {
        let read = place.split_once(':').and_then(|(start, end)| Some((start.trim().parse().ok()?, end.trim().parse().ok()?)));
        let quote = words.get(n).filter(|words_here| words.len() == places.len() && !words_here.is_empty());
        match read {
            Some((start, end)) => pieces.push(Piece { start, end, quote: quote.map(|words| words.as_str().into()) }),
            None => foreign.trouble(spot.clone(), format!("“{place}” is no place such as “36:45”"), Done::Skipped),
        }
    }
    pieces
}

/// What the value is called here; `null`, `None` and nothing at all are unset.
fn value(
    name: &str,
    stated: Maybe<Option<Rc<str>>>,
    known: &[(&str, &str)],
    spot: &Spot,
    foreign: &mut Foreign,
) -> Option<(Rc<str>, Rc<str>)> {
    let stated = match stated {
        Maybe::Is(stated) => stated?,
        Maybe::Not => {
            foreign.trouble(spot.clone(), format!("the {name} is no text"), Done::Skipped);
            return None;
        }
    };
    if stated.trim().is_empty() || stated.eq_ignore_ascii_case("none") {
        return None;
    }
    let ours = known.iter().find(|(theirs, _)| stated.trim().eq_ignore_ascii_case(theirs));
    Some((name.into(), ours.map_or(stated, |(_, ours)| (*ours).into())))
}
