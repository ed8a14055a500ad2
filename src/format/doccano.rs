//! doccano's JSONL for sequence labelling with relations, in and out.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::exchange::{
    Array, CONTINUES, Done, End, Foreign, ForeignLink, ForeignSpan, ForeignText, Loss, Mark, Maybe, Out, Piece, Sheet, Source, Spot,
    Target, Unit, Writer, lines,
};

/// Writes a line for each article and annotator. doccano's page counts UTF-16, scripts that read its files count code points: the file
/// is called after what it counts.
pub struct Doccano {
    unit: Unit,
    /// Ids are numbers, unlike in the whole file.
    span: usize,
    relation: usize,
}

impl Doccano {
    pub fn new(unit: Unit) -> Self {
        Self { unit, span: 0, relation: 0 }
    }

    fn file(&self) -> &'static str {
        match self.unit {
            Unit::Utf16 => "doccano-utf-16.jsonl",
            Unit::CodePoints | Unit::Bytes => "doccano-code-points.jsonl",
        }
    }

    fn line(&mut self, sheet: &Sheet<'_>, annotator: Option<&Rc<str>>) -> Value {
        let text = &sheet.article.text;
        let mut entities = Vec::new();
        let mut relations = Vec::new();
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        let mut ties: Vec<(usize, usize, &str)> = Vec::new();
        for part in sheet.parts() {
            let mark = &sheet.marks[part.mark];
            if annotator.is_some_and(|annotator| *annotator != mark.annotator) {
                continue;
            }
            self.span += 1;
            entities.push(json!({
                "id": self.span,
                "label": label(mark),
                "start_offset": self.unit.write(text, part.stretch.start()),
                "end_offset": self.unit.write(text, part.stretch.end()),
            }));
            if part.is_first {
                first.insert(part.mark, self.span);
            } else {
                ties.push((first[&part.mark], self.span, CONTINUES));
            }
        }
        for (n, from) in &first {
            for (role, target) in &sheet.marks[*n].roles {
                if let Target::Mark(to) = target {
                    ties.push((*from, first[to], role.id.as_str()));
                }
            }
        }
        for (from, to, label) in ties {
            self.relation += 1;
            relations.push(json!({ "id": self.relation, "from_id": from, "to_id": to, "type": label }));
        }
        let article = sheet.article;
        let mut line = json!({ "text": text.as_str(), "entities": entities, "relations": relations, "article": article.id.as_str(), "title": article.title });
        if let Some(annotator) = annotator {
            line["annotator"] = json!(annotator);
        }
        line
    }
}

/// A label holds one value besides its type: that of the type's first choice.
fn label(mark: &Mark<'_>) -> String {
    match said(mark) {
        Some(value) => format!("{}:{value}", mark.of.id),
        None => mark.of.id.to_string(),
    }
}

fn said<'a>(mark: &'a Mark<'_>) -> Option<&'a Rc<str>> {
    let of = mark.of.attributes.iter().find(|attribute| !attribute.options().is_empty())?;
    mark.attributes.iter().find(|(attribute, _)| attribute.id == of.id).map(|(_, value)| value)
}

impl Writer for Doccano {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        use Loss::{Entity, EntityDetails, EntityFiller, Metadata, Note, Origin, Zone};
        sheet.lose(&[Entity, EntityDetails, EntityFiller, Metadata, Note, Origin, Zone], out);
        out.lose_many(Loss::Attribute, sheet.marks.iter().map(|mark| mark.attributes.len() - usize::from(said(mark).is_some())).sum());
        let mut annotators: Vec<&Rc<str>> = sheet.marks.iter().map(|mark| &mark.annotator).collect();
        annotators.sort_unstable();
        annotators.dedup();
        let all: Vec<Option<&Rc<str>>> = if annotators.is_empty() { vec![None] } else { annotators.into_iter().map(Some).collect() };
        for annotator in all {
            let line = self.line(sheet, annotator);
            out.add(self.file(), &format!("{line}\n"));
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Line {
    #[serde(alias = "data")]
    text: Option<Rc<str>>,
    entities: Array<Entity>,
    relations: Array<Relation>,
    #[serde(alias = "labels")]
    label: Array<(u64, u64, Rc<str>)>,
    /// As older servers export them, labels by number.
    annotations: Array<Old>,
    article: Maybe<Rc<str>>,
    title: Maybe<Rc<str>>,
    annotator: Maybe<Rc<str>>,
}

#[derive(Deserialize)]
struct Entity {
    id: Option<Box<RawValue>>,
    label: Rc<str>,
    start_offset: u64,
    end_offset: u64,
}

#[derive(Deserialize)]
struct Old {
    label: Box<RawValue>,
    start_offset: u64,
    end_offset: u64,
    user: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Relation {
    from_id: Box<RawValue>,
    to_id: Box<RawValue>,
    #[serde(rename = "type")]
    label: Rc<str>,
}

/// The unit is what the file's name says, else code points unless its edges fit no words, but do in another unit.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files {
        let stated = match () {
            () if file.name.contains("utf-16") => Some(Unit::Utf16),
            () if file.name.contains("code-points") => Some(Unit::CodePoints),
            () => None,
        };
        for (spot, line) in lines::<Line>(file, "a line of doccano") {
            let Some(line) = foreign.known(&spot, line) else { continue };
            let Some(text) = line.text.clone() else {
                foreign.trouble(spot, "a line without a text", Done::Skipped);
                continue;
            };
            let mut read = ForeignText {
                text,
                unit: stated.unwrap_or_default(),
                is_unit_sure: stated.is_some(),
                spot: spot.clone(),
                ..ForeignText::default()
            };
            fill(&mut read, line, &spot, &mut foreign);
            foreign.texts.push(read);
        }
    }
    foreign
}

fn fill(text: &mut ForeignText, line: Line, spot: &Spot, foreign: &mut Foreign) {
    text.id = line.article.get().unwrap_or_default();
    text.title = line.title.get().unwrap_or_default();
    let annotator = line.annotator.get().filter(|name| !name.is_empty());
    let mut add = |spot: Spot, id: Rc<str>, label: Rc<str>, (start, end): (u64, u64), annotator: &Option<Rc<str>>| {
        let pieces = vec![Piece { start, end, quote: None }];
        text.spans.push(ForeignSpan { spot, id, label, pieces, annotator: annotator.clone(), ..ForeignSpan::default() });
    };
    let what = "an entity with label, start_offset and end_offset";
    for (n, (spot, entity)) in line.entities.items(&spot.field("entities"), what).enumerate() {
        let Some(entity) = foreign.known(&spot, entity) else { continue };
        let id = entity.id.as_ref().map_or_else(|| format!("#{n}"), |id| id.get().to_owned());
        add(spot, id.into(), entity.label, (entity.start_offset, entity.end_offset), &annotator);
    }
    for (n, (spot, item)) in line.label.items(&spot.field("label"), "a start, an end and a label").enumerate() {
        let Some((start, end, label)) = foreign.known(&spot, item) else { continue };
        add(spot, format!("label {n}").into(), label, (start, end), &annotator);
    }
    let what = "an annotation with label, start_offset and end_offset";
    for (n, (spot, old)) in line.annotations.items(&spot.field("annotations"), what).enumerate() {
        let Some(old) = foreign.known(&spot, old) else { continue };
        let named = |of: &RawValue, kind: &str| serde_json::from_str(of.get()).unwrap_or_else(|_| format!("{kind}-{}", of.get()).into());
        let user = old.user.map(|user| named(&user, "user"));
        add(spot, format!("annotation {n}").into(), named(&old.label, "label"), (old.start_offset, old.end_offset), &user);
    }
    for (spot, relation) in line.relations.items(&spot.field("relations"), "a relation with from_id, to_id and type") {
        let Some(relation) = foreign.known(&spot, relation) else { continue };
        let (from, to): (Rc<str>, Rc<str>) = (relation.from_id.get().into(), relation.to_id.get().into());
        text.links.push(ForeignLink { spot, label: relation.label, from, to: End::Span(to) });
    }
}
