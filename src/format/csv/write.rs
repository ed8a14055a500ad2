//! From a project to tables.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::cell::guarded;
use super::{ATTRIBUTE, BETWEEN, ENTITY, ROLE};
use crate::format::exchange::{Loss, Mark, Out, Sheet, Sheets, Target, Writer};
use crate::model::{Article, AttributeId, Entity, EntityId, OriginKind, RoleId, Scheme};

const ARTICLES: &str = "articles.csv";
const SPANS: &str = "spans.csv";
const FRAMES: &str = "frames.csv";
const ENTITIES: &str = "entities.csv";

/// Writes RFC 4180 in UTF-8: commas, quotes where they are needed, CR LF between rows.
///
/// `spans.csv` has a row for each fragment, and in each all that is said of its annotation; `frames.csv` one for each annotation whose
/// type has roles. Offsets count code points of the article’s text, in `articles.csv`; an apostrophe before a formula is none of it.
pub struct Csv {
    attributes: Vec<AttributeId>,
    roles: Vec<RoleId>,
    /// Whether the headings stand.
    is_begun: bool,
    /// Those in `entities.csv`.
    written: BTreeSet<EntityId>,
}

impl Csv {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        let Scheme { types, .. } = sheets.scheme();
        Self {
            attributes: distinct(types.iter().flat_map(|of| &of.attributes).map(|attribute| &attribute.id)),
            roles: distinct(types.iter().flat_map(|of| &of.roles).map(|role| &role.id)),
            is_begun: false,
            written: BTreeSet::new(),
        }
    }

    fn headings(&self, out: &mut Out) {
        let articles =
            ["id", "title", "text", "language", "publisher", "author", "url", "published", "license", "credit", "extra"].map(String::from);
        let before = ["article", "annotation", "annotator", "type", "fragment", "start", "end", "text"].map(String::from);
        let attributes = self.attributes.iter().map(|id| format!("{ATTRIBUTE}{id}"));
        let behind = ["entity", "entity_name", "wikidata", "note", "origin"].map(String::from);
        let frame = ["article", "annotation", "annotator", "type"].map(String::from);
        let roles = self.roles.iter().map(|id| format!("{ROLE}{id}"));
        out.add(ARTICLES, &rows([articles]));
        out.add(SPANS, &rows([before.into_iter().chain(attributes).chain(behind)]));
        out.add(FRAMES, &rows([frame.into_iter().chain(roles)]));
        out.add(ENTITIES, &rows([["id", "name", "wikidata"]]));
    }

    fn fragments(&self, mark: &Mark<'_>, sheet: &Sheet<'_>) -> String {
        let value = |id: &AttributeId| mark.attributes.iter().find(|(of, _)| of.id == *id).map_or("", |(_, value)| value);
        let entity = mark.entity.as_deref();
        let rows_of = mark.span.fragments().iter().enumerate().map(|(n, fragment)| {
            let numbers = [n as u32 + 1, fragment.start().get(), fragment.end().get()].map(|number| Cow::Owned(number.to_string()));
            let before = [sheet.article.id.as_str(), &*mark.id, &*mark.annotator, mark.of.id.as_str()].map(Cow::Borrowed);
            let attributes = self.attributes.iter().map(|id| Cow::Borrowed(value(id)));
            let behind = [
                entity.map_or("", |entity| entity.id.as_str()),
                entity.map_or("", |entity| &entity.name),
                entity.and_then(|entity| entity.wikidata.as_deref()).unwrap_or_default(),
                &mark.annotation.note,
                origin(mark.annotation.origin.kind),
            ];
            let words = Cow::Borrowed(sheet.words(*fragment));
            before.into_iter().chain(numbers).chain([words]).chain(attributes).chain(behind.map(Cow::Borrowed))
        });
        rows(rows_of)
    }

    fn frame(&self, mark: &Mark<'_>, sheet: &Sheet<'_>) -> String {
        let fillers = |role: &RoleId| {
            let fillers = mark.roles.iter().filter(|(of, _)| of.id == *role).map(|(_, target)| match target {
                Target::Mark(n) => sheet.marks[*n].id.to_string(),
                Target::Entity(entity) => format!("{ENTITY}{}", entity.id),
            });
            fillers.collect::<Vec<_>>().join(&BETWEEN.to_string())
        };
        let before = [sheet.article.id.as_str(), &*mark.id, &*mark.annotator, mark.of.id.as_str()].map(String::from);
        rows([before.into_iter().chain(self.roles.iter().map(fillers))])
    }

    fn entity(&mut self, entity: &Rc<Entity>, out: &mut Out) {
        if self.written.insert(entity.id.clone()) {
            out.add(ENTITIES, &rows([[entity.id.as_str(), &entity.name, entity.wikidata.as_deref().unwrap_or_default()]]));
        }
    }
}

impl Writer for Csv {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        if !std::mem::replace(&mut self.is_begun, true) {
            self.headings(out);
        }
        sheet.lose(&[Loss::Zone, Loss::EntityDetails], out);
        out.add(ARTICLES, &article(sheet.article));
        for mark in &sheet.marks {
            // An empty cell is no value.
            out.lose_many(Loss::Attribute, mark.attributes.iter().filter(|(_, value)| value.is_empty()).count());
            out.add(SPANS, &self.fragments(mark, sheet));
            if !mark.of.roles.is_empty() {
                out.add(FRAMES, &self.frame(mark, sheet));
            }
            let fillers = mark.roles.iter().filter_map(|(_, target)| match target {
                Target::Entity(entity) => Some(entity),
                Target::Mark(_) => None,
            });
            for entity in mark.entity.iter().chain(fillers) {
                self.entity(entity, out);
            }
        }
    }
}

fn article(article: &Article) -> String {
    let of = &article.metadata;
    let said = |text: &Option<Rc<str>>| text.clone().unwrap_or_default();
    let extra = match of.extra.is_empty() {
        true => String::new(),
        false => serde_json::to_string(&of.extra).expect("invariant: names and values are texts"),
    };
    rows([[
        article.id.as_str(),
        &article.title,
        article.text.as_str(),
        &article.language,
        &said(&of.publisher),
        &said(&of.author),
        &said(&of.url),
        &said(&of.published),
        &said(&of.license),
        &said(&of.credit),
        &extra,
    ]])
}

fn origin(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Manual => "manual",
        OriginKind::Imported => "imported",
        OriginKind::Suggested => "suggested",
        OriginKind::Propagated => "propagated",
        OriginKind::Transferred => "transferred",
    }
}

fn distinct<'a, Id: Ord + Clone + 'a>(ids: impl Iterator<Item = &'a Id>) -> Vec<Id> {
    let mut seen = BTreeSet::new();
    ids.filter(|id| seen.insert(*id)).cloned().collect()
}

/// Rows with their cells guarded and quoted.
fn rows<Cell: AsRef<str>>(rows: impl IntoIterator<Item = impl IntoIterator<Item = Cell>>) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        for cell in row {
            writer.write_field(guarded(cell.as_ref()).as_bytes()).expect("invariant: memory takes everything");
        }
        writer.write_record(None::<&[u8]>).expect("invariant: rows of a call are of one length");
    }
    let bytes = writer.into_inner().expect("invariant: memory takes everything");
    String::from_utf8(bytes).expect("invariant: made of texts")
}
