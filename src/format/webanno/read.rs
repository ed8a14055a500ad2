//! From a file to what it says.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::escape::{plain_value, split, suffix};
use super::header::{self, Column, Kind, Layer};
use super::refer::{Place, Places, Wanted};
use super::rows::{self, Body, Row};
use crate::format::exchange::{Foreign, ForeignLink, ForeignSpan, ForeignText, Piece, Source, Spot};
use crate::format::uima::owner;
use crate::format::uima::strings::Strings;
use crate::text::{Stretch, Text};

/// Reads each `.tsv` file; offsets count UTF-16 code units, unless the tokens say otherwise.
///
/// A span layer's annotations are spans, labelled with the layer's short name; slots, relations and chains are links. Where the words of
/// a token are not where it says, they are looked for.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files.iter().filter(|file| !matches!(file.extension().as_str(), "xml" | "txt")) {
        if let Some((version, layers)) = header::read(file, &mut foreign) {
            let body = rows::read(file, version, &layers, &mut foreign);
            let text = one(file, &layers, &body, &mut foreign);
            foreign.texts.push(text);
        }
    }
    foreign
}

fn one(file: &Source, layers: &[Layer<'_>], body: &Body<'_>, foreign: &mut Foreign) -> ForeignText {
    let unit = body.unit();
    let mut text = ForeignText {
        spot: file.spot(),
        id: file.base().into(),
        unit,
        is_unit_sure: true,
        text: body.text(unit, file, foreign).into(),
        ..ForeignText::default()
    };
    let mut reader =
        Reader { file, rows: &body.rows, found: Vec::new(), places: Places::default(), links: Vec::new(), chains: BTreeMap::new() };
    for (n, row) in body.rows.iter().enumerate() {
        let cells: Vec<&str> = row.cells.split('\t').collect();
        for (l, layer) in layers.iter().enumerate().take_while(|(_, layer)| layer.first < cells.len()) {
            // A row may be shorter than the header says.
            let mine = cells.iter().skip(layer.first).take(layer.columns.len());
            let stacks: Vec<Vec<&str>> = mine.map(|cell| stack(cell)).collect();
            for k in 0..stacks.iter().map(Vec::len).max().unwrap_or_default() {
                let values: Vec<Option<&str>> = stacks.iter().map(|stack| stack.get(k).copied()).collect();
                match layer.kind {
                    Kind::Span => reader.span(n, l, layer, &values),
                    Kind::Relation => reader.relation(n, layer, &values),
                    Kind::Chain => reader.chain(n, l, layer, &values),
                }
            }
        }
    }
    reader.chain_links();
    let Reader { found, mut links, places, .. } = reader;
    links.extend(places.links(layers, &found, foreign));
    text.links = links;
    text.spans = placed(found, body, &text);
    let owner = owner(file);
    for span in &mut text.spans {
        span.annotator = span.annotator.take().or_else(|| owner.clone());
    }
    text.join_parts();
    text
}

/// The values of annotations that share a row; none where there is no annotation.
fn stack(cell: &str) -> Vec<&str> {
    if matches!(cell, "_" | "") { Vec::new() } else { split(cell, '|').collect() }
}

/// A span, and the rows that it is on.
pub(super) struct Found {
    pub span: ForeignSpan,
    rows: Vec<u32>,
}

/// A span, and the word for what leads on from it.
type ChainLink = (usize, Option<Rc<str>>);

struct Reader<'a> {
    file: &'a Source,
    rows: &'a [Row<'a>],
    found: Vec<Found>,
    places: Places<'a>,
    links: Vec<ForeignLink>,
    /// By layer, chain and number.
    chains: BTreeMap<(usize, u64, u64), ChainLink>,
}

impl<'a> Reader<'a> {
    fn spot(&self, n: usize) -> Spot {
        Spot::line(&self.file.name, self.rows[n].line)
    }

    /// The span that this row goes on with, or a new one.
    fn add(&mut self, n: usize, layer: &Layer<'_>, known: Option<usize>) -> usize {
        let at = known.unwrap_or_else(|| {
            let (spot, id) = (self.spot(n), self.found.len().to_string().into());
            let span = ForeignSpan { spot, id, label: layer.label().into(), ..ForeignSpan::default() };
            self.found.push(Found { span, rows: Vec::new() });
            self.found.len() - 1
        });
        self.found[at].rows.push(u32::try_from(n).unwrap_or(u32::MAX));
        at
    }

    fn span(&mut self, n: usize, l: usize, layer: &Layer<'a>, values: &[Option<&'a str>]) {
        let own = layer.columns.iter().zip(values).filter(|(column, _)| !matches!(column, Column::Targets(_)));
        let id = own.filter_map(|(_, value)| suffix((*value)?)?.1.parse::<u64>().ok()).find(|id| *id > 0);
        let known = id.and_then(|id| self.places.of_id(l, id));
        let at = self.add(n, layer, known);
        self.places.add(self.rows[n].id, l, id, at);
        // What it says it says on each of its rows.
        if known.is_some() {
            return;
        }
        let (mut strings, mut roles) = (Strings::default(), Vec::new());
        let plain = |value: &'a str| suffix(value).map_or(value, |(value, _)| value);
        let spot = self.spot(n);
        for (column, value) in layer.columns.iter().zip(values) {
            match (column, *value) {
                (Column::Feature(name), Some(value)) if plain(value) != "*" => {
                    let value = plain_value(plain(value)).into();
                    strings.add(name, value, &mut self.found[at].span, &mut self.links);
                }
                (Column::Roles(name), Some(value)) if plain(value) != "_" => {
                    let role = |role: &str| if role == "*" { Rc::from(*name) } else { plain_value(role).into() };
                    roles = split(plain(value), ';').map(role).collect();
                }
                (Column::Targets(of), Some(value)) => {
                    let from = Place { at, spot: spot.clone() };
                    let targets = split(value, ';').filter(|target| !matches!(*target, "*" | "_")).map(|target| Wanted::of(target, of));
                    self.places.slots(from, std::mem::take(&mut roles), targets.collect());
                }
                _ => {}
            }
        }
        strings.finish(&mut self.found[at].span);
    }

    /// `SUBJ` and `1-3[0_2]`: from there to the row on which it stands.
    fn relation(&mut self, n: usize, layer: &Layer<'a>, values: &[Option<&'a str>]) {
        let columns = || layer.columns.iter().zip(values).filter_map(|(column, value)| Some((column, (*value)?)));
        let features: Vec<(&str, &str)> = columns()
            .filter_map(|(column, value)| match column {
                Column::Feature(name) => Some((*name, suffix(value).map_or(value, |(value, _)| value))),
                _ => None,
            })
            .filter(|(_, value)| !matches!(*value, "*" | ""))
            .collect();
        let ends = columns().find_map(|(column, value)| match column {
            Column::From(of) => Some((*of, value)),
            _ => None,
        });
        let Some((of, value)) = ends else { return };
        let (unit, ids) = suffix(value).unwrap_or((value, "0_0"));
        let (from, to) = ids.split_once('_').unwrap_or((ids, "0"));
        let wanted = |unit, id: &str| Wanted { unit, id: id.parse().unwrap_or_default(), of };
        let spot = self.spot(n);
        self.places.relation(spot, layer.label(), &features, wanted(unit, from), wanted(self.rows[n].id, to));
    }

    /// `pr[1]` and `coref->1-2`: the second link of the first chain.
    fn chain(&mut self, n: usize, l: usize, layer: &Layer<'a>, values: &[Option<&'a str>]) {
        let place = values.iter().flatten().find_map(|value| {
            let (label, place) = value.rsplit_once("->")?;
            let (chain, link) = place.split_once('-')?;
            let label = Some(label).filter(|label| !matches!(*label, "*" | "")).map(|label| plain_value(label).into());
            Some(((l, chain.parse().ok()?, link.parse().ok()?), label))
        });
        let known = place.as_ref().and_then(|(place, _)| self.chains.get(place)).map(|(at, _)| *at);
        let at = self.add(n, layer, known);
        self.places.add(self.rows[n].id, l, None, at);
        if known.is_some() {
            return;
        }
        if let Some((place, label)) = place {
            self.chains.insert(place, (at, label));
        }
        for (column, value) in layer.columns.iter().zip(values) {
            if let (Column::Feature(name @ "referenceType"), Some(value)) = (column, value) {
                let value = suffix(value).map_or(*value, |(value, _)| value);
                if !matches!(value, "*" | "") {
                    self.found[at].span.attributes.push(((*name).into(), plain_value(value).into()));
                }
            }
        }
    }

    /// From each link of a chain to the next one.
    fn chain_links(&mut self) {
        let mut before: Option<(usize, u64, usize, Rc<str>)> = None;
        for ((layer, chain, _), (at, label)) in std::mem::take(&mut self.chains) {
            if let Some((_, _, from, label)) = before.filter(|(other, of, ..)| (*other, *of) == (layer, chain)) {
                let (from, to) = (&self.found[from].span, &self.found[at].span);
                self.links.push(crate::format::uima::strings::link(&from.spot, label, &from.id, &to.id));
            }
            before = Some((layer, chain, at, label.unwrap_or_else(|| "next".into())));
        }
    }
}

/// The spans, each from the beginning of its first row to the end of its last one. Where the tokens are not what the text has there,
/// their words are given.
fn placed(found: Vec<Found>, body: &Body<'_>, of: &ForeignText) -> Vec<ForeignSpan> {
    let text = Text::new(&*of.text);
    let stands = |row: &Row<'_>| {
        let place = of.unit.read(&text, row.begin).zip(of.unit.read(&text, row.end));
        let words = place.and_then(|(begin, end)| if begin == end { Some("") } else { text.slice(Stretch::new(begin, end)?) });
        words.is_some_and(|words| row.says(words))
    };
    let stands: Vec<bool> = body.rows.iter().map(stands).collect();
    // Words that many annotations share would make a small file a large one.
    let mut room = of.text.len() * 4 + 1000;
    let spans = found.into_iter().map(|Found { mut span, rows }| {
        let rows = || rows.iter().filter_map(|n| Some((body.rows.get(*n as usize)?, stands.get(*n as usize)?)));
        let (Some((first, _)), Some((last, _))) = (rows().next(), rows().next_back()) else { return span };
        let mut quote = None;
        if rows().any(|(_, stands)| !stands) {
            let mut words = String::new();
            let mut end = first.begin;
            for (row, _) in rows() {
                let gap = row.begin.saturating_sub(end).min(100) as usize;
                words.extend(std::iter::repeat_n(' ', gap));
                words.push_str(row.words);
                end = row.end;
                if words.len() > room {
                    break;
                }
            }
            quote = Some(Rc::from(words.as_str())).filter(|_| words.len() <= room && !words.is_empty());
            room = room.saturating_sub(words.len());
        }
        span.pieces = vec![Piece { start: first.begin, end: last.end, quote }];
        span
    });
    spans.collect()
}
