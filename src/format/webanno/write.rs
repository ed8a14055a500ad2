//! From a project to WebAnno TSV: an article a file.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;

use super::escape;
use super::rows::{BEFORE, TEXT};
use crate::format::exchange::{self, CONTINUES, Loss, Losses, Mark, Out, Sheet, Sheets, Target, Tokens, Unit, Writer};
use crate::format::uima::layers::{Layer, Layers, ROLES};
use crate::format::uima::{string_features, typesystem_xml};
use crate::model::TypeId;
use crate::text::{Offset, Stretch, Text};

/// Writes an article a file, each annotator's in a folder where there are several, and the type system, of which INCEpTION makes the
/// layers that it wants to know before it reads such files.
pub struct WebAnno {
    layers: Layers,
    folders: Vec<exchange::Layer>,
}

impl WebAnno {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        Self { layers: Layers::of(sheets.scheme()), folders: exchange::layers(sheets) }
    }
}

impl Writer for WebAnno {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        for own in &self.folders {
            let tsv = tsv(sheet, own.annotator(), &self.layers, &mut out.losses);
            out.add(&format!("{}{}.tsv", own.folder, sheet.article.id), &tsv);
        }
        sheet.lose(&[Loss::Metadata, Loss::Zone, Loss::Origin, Loss::EntityDetails], out);
    }

    fn finish(&mut self, out: &mut Out) {
        out.add("TypeSystem.xml", &typesystem_xml(&self.layers));
    }
}

fn tsv(sheet: &Sheet<'_>, annotator: Option<&Rc<str>>, layers: &Layers, losses: &mut Losses) -> String {
    let tokens = Tokens::of(sheet.article);
    let parts = parts(sheet, annotator, &tokens, losses);
    let table = Table::of(sheet, &tokens, parts, layers, losses);
    let mut tsv = String::from("#FORMAT=WebAnno TSV 3.3\n");
    for layer in &table.used {
        let _ = write!(tsv, "#T_SP={}", layer.name);
        for name in layer.strings() {
            let _ = write!(tsv, "|{name}");
        }
        let _ = writeln!(tsv, "|ROLE_{}:{ROLES}_{}|uima.tcas.Annotation", layer.name, layer.link_name());
    }
    tsv.push('\n');
    let text = &sheet.article.text;
    let between = |from: Offset, to: Offset| Stretch::new(from, to).and_then(|gap| text.slice(gap)).unwrap_or_default();
    let begin = tokens.tokens.first().map_or(text.len(), |token| token.start());
    let before = between(Offset::default(), begin);
    for n in 0..tokens.sentences.len().max(1) {
        tsv.push('\n');
        // Readers make spaces of what is before the first sentence.
        if n == 0 && before.contains(|letter| letter != ' ') {
            let _ = writeln!(tsv, "{BEFORE}{}", escape::text(before));
        }
        if n == tokens.sentences.len() {
            break;
        }
        let range = tokens.sentence(n);
        let next = tokens.tokens.get(range.end).map(|token| token.start());
        let sentence = between(tokens.tokens[range.start].start(), next.unwrap_or(text.len()));
        let last = tokens.tokens[range.end - 1].end();
        let space = between(last, next.unwrap_or(text.len()));
        // Readers make a line end and spaces of what is between two sentences: only what that is not has to be said.
        let made_up = match space.trim_end_matches(' ').strip_suffix('\n') {
            Some(said) if next.is_some() => space.len() - said.len(),
            _ => 0,
        };
        for line in sentence[..sentence.len() - made_up].split('\n') {
            let _ = writeln!(tsv, "{TEXT}{}", escape::text(line));
        }
        for (k, token) in range.enumerate() {
            table.rows(text, (n + 1, k + 1), token, tokens.tokens[token], &mut tsv);
        }
    }
    tsv
}

/// A fragment, from the beginning of a token, or from within one, to the end of another or within.
struct Part {
    /// The number of the mark.
    mark: usize,
    stretch: Stretch,
    first: usize,
    last: usize,
    is_first: bool,
}

/// The fragments without the white space at their edges: there is no row on which it could stand.
fn parts(sheet: &Sheet<'_>, annotator: Option<&Rc<str>>, tokens: &Tokens, losses: &mut Losses) -> Vec<Part> {
    let mut parts = Vec::new();
    for (n, mark) in sheet.marks.iter().enumerate().filter(|(_, mark)| annotator.is_none_or(|annotator| mark.annotator == *annotator)) {
        let (mut is_first, mut is_whole) = (true, true);
        for fragment in mark.span.fragments() {
            let Some(covered) = tokens.covered(*fragment) else {
                is_whole = false;
                continue;
            };
            let (first, last) = (tokens.tokens[covered.first], tokens.tokens[covered.last]);
            let stretch = Stretch::new(fragment.start().max(first.start()), fragment.end().min(last.end())).unwrap_or(*fragment);
            is_whole &= stretch == *fragment;
            parts.push(Part { mark: n, stretch, first: covered.first, last: covered.last, is_first });
            is_first = false;
        }
        losses.add_many(Loss::Space, usize::from(!is_whole));
        if is_first {
            mark.lose_all(losses);
        }
    }
    parts
}

/// A token, or the stretch of one of its parts.
type Place = (usize, Option<(Offset, Offset)>);

/// What an annotation says, a cell a column.
type Cells = Rc<[String]>;

/// What is on each row.
struct Table<'a> {
    /// Layers that have something on some row.
    used: Vec<&'a Layer>,
    /// By row and layer: each annotation that is there.
    cells: BTreeMap<Place, BTreeMap<usize, Vec<Cells>>>,
}

impl<'a> Table<'a> {
    fn of(sheet: &Sheet<'_>, tokens: &Tokens, parts: Vec<Part>, layers: &'a Layers, losses: &mut Losses) -> Self {
        let types: BTreeSet<&TypeId> = parts.iter().map(|part| &sheet.marks[part.mark].of.id).collect();
        let used: Vec<(&TypeId, &Layer)> = layers.iter().filter(|(id, _)| types.contains(id)).collect();
        let mut table = Self { used: used.iter().map(|(_, layer)| *layer).collect(), cells: BTreeMap::new() };
        for part in &parts {
            for place in places(part, tokens) {
                table.cells.entry(place).or_default();
            }
        }
        let names = table.names(tokens);
        let mut heads: BTreeMap<usize, String> = BTreeMap::new();
        let mut tails: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (n, part) in parts.iter().enumerate() {
            // The first of its rows, and its number: the type of what a slot leads to is not known.
            let name = places(part, tokens).first().and_then(|place| names.get(place)).cloned().unwrap_or_default();
            let name = format!("{name}[{}]", n + 1);
            match part.is_first {
                true => drop(heads.insert(part.mark, name)),
                false => tails.entry(part.mark).or_default().push(name),
            }
        }
        for (n, part) in parts.iter().enumerate() {
            let mark = &sheet.marks[part.mark];
            let Some(at) = used.iter().position(|(id, _)| **id == mark.of.id) else { continue };
            let mut slots: Vec<(&str, &str)> = Vec::new();
            if part.is_first {
                slots.extend(tails.get(&part.mark).into_iter().flatten().map(|name| (CONTINUES, name.as_str())));
                slots.extend(filled(mark, &heads, losses));
            }
            let cells = cells(mark, part, n + 1, used[at].1, &slots, losses);
            for place in places(part, tokens) {
                table.cells.entry(place).or_default().entry(at).or_default().push(cells.clone());
            }
        }
        table
    }

    /// `2-3`, and `2-3.1` for the first part of it that has a row.
    fn names(&self, tokens: &Tokens) -> BTreeMap<Place, String> {
        let (mut names, mut before, mut count) = (BTreeMap::new(), usize::MAX, 0);
        for place in self.cells.keys() {
            count = if before == place.0 { count } else { 0 };
            before = place.0;
            let sentence = tokens.sentences.partition_point(|first| *first <= place.0);
            let first = sentence.checked_sub(1).and_then(|n| tokens.sentences.get(n)).copied().unwrap_or_default();
            let mut name = format!("{sentence}-{}", place.0 - first + 1);
            if place.1.is_some() {
                count += 1;
                let _ = write!(name, ".{count}");
            }
            names.insert(*place, name);
        }
        names
    }

    /// The rows of a token: its own, and those of its parts.
    fn rows(&self, text: &Text, (sentence, number): (usize, usize), token: usize, stretch: Stretch, tsv: &mut String) {
        let mut row = |name: &str, begin: Offset, end: Offset, place: &Place| {
            let words = Stretch::new(begin, end).and_then(|place| text.slice(place)).unwrap_or_default();
            // INCEpTION writes the words as they are; a tab in them would be a column.
            let words = words.replace('\t', "\\t");
            let _ = write!(tsv, "{name}\t{}-{}\t{words}", Unit::Utf16.write(text, begin), Unit::Utf16.write(text, end));
            let here = self.cells.get(place);
            for (n, layer) in self.used.iter().enumerate() {
                let here = here.and_then(|here| here.get(&n));
                for column in 0..columns(layer) {
                    tsv.push('\t');
                    match here {
                        Some(stacked) => {
                            let cells: Vec<&str> = stacked.iter().map(|cells| cells[column].as_str()).collect();
                            tsv.push_str(&cells.join("|"));
                        }
                        None => tsv.push('_'),
                    }
                }
            }
            tsv.push_str("\t\n");
        };
        let name = format!("{sentence}-{number}");
        row(&name, stretch.start(), stretch.end(), &(token, None));
        let parts = self.cells.range((token, None)..(token + 1, None)).filter_map(|(place, _)| Some((place, place.1?)));
        for (k, (place, (begin, end))) in (1..).zip(parts) {
            row(&format!("{name}.{k}"), begin, end, place);
        }
    }
}

/// The string features, the roles and their targets.
fn columns(layer: &Layer) -> usize {
    layer.strings().count() + 2
}

/// The rows on which a part is: whole tokens, and parts of the first and the last one.
fn places(part: &Part, tokens: &Tokens) -> Vec<Place> {
    let place = |n: usize| {
        let token = tokens.tokens[n];
        let (begin, end) = (part.stretch.start().max(token.start()), part.stretch.end().min(token.end()));
        (n, ((begin, end) != (token.start(), token.end())).then_some((begin, end)))
    };
    (part.first..=part.last).map(place).collect()
}

/// The roles that annotations fill; entities have a feature of their own.
fn filled<'a>(mark: &Mark<'a>, heads: &'a BTreeMap<usize, String>, losses: &mut Losses) -> Vec<(&'a str, &'a str)> {
    let mut filled = Vec::new();
    for (role, target) in &mark.roles {
        let Target::Mark(other) = target else { continue };
        match heads.get(other) {
            Some(name) if role.id.as_str() != CONTINUES => filled.push((role.id.as_str(), name.as_str())),
            _ => losses.add(Loss::Role),
        }
    }
    filled
}

/// What an annotation says in each column. Each value has the annotation's number: so none ends in what parts it from the next.
fn cells(mark: &Mark<'_>, part: &Part, number: usize, layer: &Layer, slots: &[(&str, &str)], losses: &mut Losses) -> Cells {
    let features = if part.is_first { string_features(mark, layer, losses) } else { Vec::new() };
    let features: BTreeMap<&str, String> = features.into_iter().collect();
    let value = |name: &str| features.get(name).map_or_else(|| "*".to_owned(), |value| escape::value(value));
    let mut cells: Vec<String> = layer.strings().map(|name| format!("{}[{number}]", value(name))).collect();
    let roles: Vec<String> = slots.iter().map(|(role, _)| escape::value(role)).collect();
    let targets: Vec<&str> = slots.iter().map(|(_, target)| *target).collect();
    let either = |joined: String, nothing: &str| if joined.is_empty() { nothing.to_owned() } else { joined };
    cells.push(format!("{}[{number}]", either(roles.join(";"), "_")));
    cells.push(either(targets.join(";"), "*"));
    cells.into()
}
