//! From tables to what they say.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::cell::unguarded;
use super::{ATTRIBUTE, BETWEEN, ENTITY, ROLE};
use crate::format::exchange::{Done, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Piece, Source, Spot, Unit};
use crate::model::{Metadata, is_wikidata_id};

/// Reads tables, whatever they are called: their headings say what they are. Those of one folder belong together. Columns may come in
/// any order, and unknown ones are passed over; a comma, a semicolon or a tab parts them, whichever the first line has.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    let mut folders: BTreeMap<&str, Vec<Table<'_>>> = BTreeMap::new();
    for file in files {
        let folder = file.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        match Table::of(file) {
            Some(table) => folders.entry(folder).or_default().push(table),
            None => foreign.trouble(
                file.spot(),
                "its headings are those of no table: “id” and “text” of articles, “article”, “annotation”, “start” and “end” of spans, \
                 “article” and “annotation” of frames, “id” and “name” of entities",
                Done::Skipped,
            ),
        }
    }
    for tables in folders.into_values() {
        folder(&tables, &mut foreign);
    }
    foreign
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Articles,
    Spans,
    Frames,
    Entities,
}

/// A file whose headings are known.
struct Table<'a> {
    file: &'a Source,
    kind: Kind,
    delimiter: u8,
    /// Without white space around them.
    headings: Vec<String>,
}

impl<'a> Table<'a> {
    fn of(file: &'a Source) -> Option<Self> {
        let first = file.text.lines().next()?;
        let delimiter = *b",;\t".iter().max_by_key(|mark| first.bytes().filter(|byte| byte == *mark).count())?;
        let mut table = Self { file, kind: Kind::Articles, delimiter, headings: Vec::new() };
        let first = table.reader().records().next()?.ok()?;
        table.headings = first.iter().map(|heading| heading.trim().to_owned()).collect();
        let has = |names: &[&str]| names.iter().all(|name| table.headings.iter().any(|heading| heading == name));
        table.kind = match () {
            () if has(&["article", "annotation", "start", "end"]) => Kind::Spans,
            () if has(&["article", "annotation"]) => Kind::Frames,
            () if has(&["id", "text"]) => Kind::Articles,
            () if has(&["id", "name"]) => Kind::Entities,
            () => return None,
        };
        Some(table)
    }

    fn reader(&self) -> ::csv::Reader<&'a [u8]> {
        let text = self.file.text.trim_start_matches('\u{feff}');
        ::csv::ReaderBuilder::new().delimiter(self.delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
    }

    /// Hands over each row that has a cell for each heading; the others are reported.
    fn rows(&self, foreign: &mut Foreign, mut take: impl FnMut(&Row<'_>, &mut Foreign)) {
        if self.file.text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
            let what = "its quotation marks do not come in pairs: rows between two of them are read as one";
            foreign.trouble(self.file.spot(), what, Done::Kept);
        }
        let mut reader = self.reader();
        let mut cells = ::csv::StringRecord::new();
        let bytes = self.file.text.trim_start_matches('\u{feff}').as_bytes();
        let (mut line, mut counted) = (self.file.first_line.max(1), 0);
        let mut is_first = true;
        loop {
            match reader.read_record(&mut cells) {
                Ok(false) => return,
                Ok(true) => {}
                Err(problem) => return foreign.trouble(self.file.spot(), format!("{problem}"), Done::Skipped),
            }
            if std::mem::replace(&mut is_first, false) {
                continue;
            }
            // Where a row begins is said to be before the line feed of a CR LF, and before empty lines.
            let at = cells.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
            let rest = bytes.get(counted..).unwrap_or_default().iter().enumerate();
            let begins = |(n, byte): &(usize, &u8)| counted + n >= at && !matches!(byte, b'\r' | b'\n');
            let begin = rest.clone().find(begins).map_or(bytes.len(), |(n, _)| counted + n);
            line += rest.take(begin - counted).filter(|(_, byte)| **byte == b'\n').count();
            counted = begin;
            let spot = Spot::line(&self.file.name, line);
            // Spreadsheets fill short rows up with empty cells, and cut those off again.
            if cells.len() != self.headings.len() && cells.iter().skip(self.headings.len()).any(|cell| !cell.is_empty()) {
                let what = format!("the row has {} cells instead of {}", cells.len(), self.headings.len());
                foreign.trouble(spot, what, Done::Skipped);
                continue;
            }
            if cells.iter().all(str::is_empty) {
                continue;
            }
            take(&Row { headings: &self.headings, cells: &cells, spot }, foreign);
        }
    }
}

struct Row<'a> {
    headings: &'a [String],
    cells: &'a ::csv::StringRecord,
    spot: Spot,
}

impl Row<'_> {
    /// The cell below a heading; empty where there is none.
    fn get(&self, heading: &str) -> &str {
        let at = self.headings.iter().position(|other| other == heading);
        at.and_then(|at| self.cells.get(at)).map(unguarded).unwrap_or_default()
    }

    fn said(&self, heading: &str) -> Option<Rc<str>> {
        Some(self.get(heading)).filter(|cell| !cell.is_empty()).map(Into::into)
    }

    /// The cells that are not empty below headings with a prefix, by the rest of the heading.
    fn all<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let cells = self.headings.iter().zip(self.cells).filter(|(_, cell)| !cell.is_empty());
        cells.filter_map(move |(heading, cell)| Some((heading.strip_prefix(prefix)?, unguarded(cell))))
    }
}

fn folder(tables: &[Table<'_>], foreign: &mut Foreign) {
    let of = |kind: Kind| tables.iter().filter(move |table| table.kind == kind);
    let mut texts: Vec<ForeignText> = Vec::new();
    let mut by_id: HashMap<Rc<str>, usize> = HashMap::new();
    let mut entities: HashMap<Rc<str>, ForeignEntity> = HashMap::new();
    for table in of(Kind::Entities) {
        table.rows(foreign, |row, _| {
            let id: Rc<str> = row.get("id").into();
            entities.insert(id.clone(), ForeignEntity { name: row.get("name").into(), wikidata: row.said("wikidata"), id: Some(id) });
        });
    }
    for table in of(Kind::Articles) {
        table.rows(foreign, |row, foreign| {
            let id = row.get("id");
            if by_id.contains_key(id) {
                return foreign.trouble(row.spot.clone(), format!("the article “{id}” comes a second time"), Done::Skipped);
            }
            by_id.insert(id.into(), texts.len());
            texts.push(article(row, foreign));
        });
    }
    let mut spans: HashMap<(usize, Rc<str>), usize> = HashMap::new();
    for table in of(Kind::Spans) {
        table.rows(foreign, |row, foreign| match by_id.get(row.get("article")) {
            Some(at) => fragment(row, *at, &mut texts[*at], &mut spans, foreign),
            None => foreign.trouble(row.spot.clone(), unknown(row), Done::Skipped),
        });
    }
    for table in of(Kind::Frames) {
        table.rows(foreign, |row, foreign| match by_id.get(row.get("article")) {
            Some(at) => frame(row, &mut texts[*at], &entities),
            None => foreign.trouble(row.spot.clone(), unknown(row), Done::Skipped),
        });
    }
    foreign.texts.extend(texts);
}

fn unknown(row: &Row<'_>) -> String {
    format!("there is no article “{}”", row.get("article"))
}

fn article(row: &Row<'_>, foreign: &mut Foreign) -> ForeignText {
    let extra = row.said("extra").map(|extra| serde_json::from_str(&extra));
    let extra = match extra {
        Some(Ok(extra)) => extra,
        Some(Err(problem)) => {
            foreign.trouble(row.spot.clone(), format!("“extra” is no JSON object of texts: {problem}"), Done::Skipped);
            BTreeMap::new()
        }
        None => BTreeMap::new(),
    };
    ForeignText {
        spot: row.spot.clone(),
        id: row.get("id").into(),
        title: row.get("title").into(),
        language: row.get("language").into(),
        metadata: Metadata {
            publisher: row.said("publisher"),
            author: row.said("author"),
            url: row.said("url"),
            published: row.said("published"),
            license: row.said("license"),
            credit: row.said("credit"),
            extra,
        },
        text: row.get("text").into(),
        unit: Unit::CodePoints,
        ..ForeignText::default()
    }
}

/// A row of spans: an annotation's first, or one more fragment of it.
fn fragment(row: &Row<'_>, at: usize, text: &mut ForeignText, known: &mut HashMap<(usize, Rc<str>), usize>, foreign: &mut Foreign) {
    let number = |heading: &str| row.get(heading).trim().parse::<u64>().ok();
    let (Some(start), Some(end)) = (number("start"), number("end")) else {
        let what = format!("“{}” to “{}” is no stretch", row.get("start"), row.get("end"));
        return foreign.trouble(row.spot.clone(), what, Done::Skipped);
    };
    let piece = Piece { start, end, quote: row.said("text") };
    let id: Rc<str> = row.said("annotation").unwrap_or_else(|| format!("row-{}", row.spot).into());
    if let Some(span) = known.get(&(at, id.clone())).and_then(|n| text.spans.get_mut(*n)) {
        if *span.label != *row.get("type") {
            let what = format!("{id} is of the type {} in another row", span.label);
            return foreign.trouble(row.spot.clone(), what, Done::Skipped);
        }
        return span.pieces.push(piece);
    }
    known.insert((at, id.clone()), text.spans.len());
    let (name, wikidata, entity) = (row.said("entity_name"), row.said("wikidata"), row.said("entity"));
    let stated = name.clone().or_else(|| entity.clone()).or_else(|| wikidata.clone());
    text.spans.push(ForeignSpan {
        spot: row.spot.clone(),
        id,
        label: row.get("type").into(),
        pieces: vec![piece],
        attributes: row.all(ATTRIBUTE).map(|(name, value)| (name.into(), value.into())).collect(),
        note: row.get("note").into(),
        entity: stated.map(|stated| ForeignEntity { name: name.unwrap_or(stated), wikidata, id: entity }),
        annotator: row.said("annotator"),
    });
}

fn frame(row: &Row<'_>, text: &mut ForeignText, entities: &HashMap<Rc<str>, ForeignEntity>) {
    let from: Rc<str> = row.get("annotation").into();
    for (role, fillers) in row.all(ROLE) {
        for filler in fillers.split(BETWEEN).map(str::trim).filter(|filler| !filler.is_empty()) {
            let to = match filler.strip_prefix(ENTITY) {
                Some(id) => End::Entity(entities.get(id).cloned().unwrap_or_else(|| ForeignEntity {
                    name: id.into(),
                    wikidata: is_wikidata_id(id).then(|| id.into()),
                    id: Some(id.into()),
                })),
                None => End::Span(filler.into()),
            };
            text.links.push(ForeignLink { spot: row.spot.clone(), label: role.into(), from: from.clone(), to });
        }
    }
}
