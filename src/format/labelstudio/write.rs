//! From a project to tasks: one an article, with an annotation for each annotator.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::config::{ENTITY, LABEL, TEXT, config, controls};
use crate::format::exchange::{CONTINUES, Loss, Mark, Out, Part, Sheet, Sheets, Target, Writer};
use crate::model::{AttributeId, AttributeKind, Metadata, Scheme, TypeId};
use crate::text::Stretch;

const FILE: &str = "labelstudio.json";

/// Writes one file of tasks, and one with the configuration. Offsets count code points, as Label Studio does since 2022.
pub struct LabelStudio {
    scheme: Scheme,
    controls: BTreeMap<(TypeId, AttributeId), Rc<str>>,
    tasks: usize,
}

impl LabelStudio {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        Self { scheme: sheets.scheme().clone(), controls: controls(sheets.scheme()), tasks: 0 }
    }

    /// What stands for a mark: its parts as regions, and a result for each thing that is said of the first.
    fn results(&self, sheet: &Sheet<'_>, parts: &[Part], annotator: &str) -> Vec<Value> {
        let mut results = Vec::new();
        let ids: BTreeMap<usize, &Rc<str>> = parts.iter().filter(|part| part.is_first).map(|part| (part.mark, &part.id)).collect();
        for part in parts {
            let mark = &sheet.marks[part.mark];
            if *mark.annotator != *annotator {
                continue;
            }
            results.push(region(sheet, part, mark));
            if !part.is_first {
                results.push(relation(ids[&part.mark], &part.id, CONTINUES));
                continue;
            }
            for (attribute, value) in &mark.attributes {
                let control = &self.controls[&(mark.of.id.clone(), attribute.id.clone())];
                let (kind, value) = match &attribute.kind {
                    AttributeKind::Choice(_) => ("choices", json!([value])),
                    AttributeKind::Text => ("textarea", json!([value])),
                    AttributeKind::Number => ("number", serde_json::from_str(value).unwrap_or(Value::Null)),
                };
                results.push(said(sheet, part, control, kind, value));
            }
            if let Some(entity) = &mark.entity {
                let id = entity.wikidata.clone().unwrap_or_else(|| entity.id.as_str().into());
                results.push(said(sheet, part, ENTITY, "textarea", json!([entity.name, id])));
            }
            for (role, target) in &mark.roles {
                if let Target::Mark(n) = target {
                    results.push(relation(ids[&part.mark], ids[n], role.id.as_str()));
                }
            }
        }
        results
    }
}

impl Writer for LabelStudio {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        sheet.lose(&[Loss::Zone, Loss::EntityDetails, Loss::EntityFiller, Loss::Origin], out);
        let parts = sheet.parts();
        let mut annotators: Vec<&Rc<str>> = sheet.marks.iter().map(|mark| &mark.annotator).collect();
        annotators.sort_unstable();
        annotators.dedup();
        let annotations =
            annotators.into_iter().map(|annotator| json!({ "annotator": annotator, "result": self.results(sheet, &parts, annotator) }));
        let article = sheet.article;
        let task = json!({
            "id": self.tasks + 1,
            "data": { TEXT: article.text.as_str(), "title": article.title, "article": article.id.as_str(), "language": article.language },
            "meta": metadata(&article.metadata),
            "annotations": annotations.collect::<Vec<_>>(),
        });
        self.tasks += 1;
        out.add(FILE, if self.tasks == 1 { "[\n" } else { ",\n" });
        out.add(FILE, &task.to_string());
    }

    fn finish(&mut self, out: &mut Out) {
        out.add(FILE, if self.tasks == 0 { "[]\n" } else { "\n]\n" });
        out.add("labelstudio.xml", &config(&self.scheme));
    }
}

fn metadata(of: &Metadata) -> Value {
    let known = [
        ("publisher", &of.publisher),
        ("author", &of.author),
        ("url", &of.url),
        ("published", &of.published),
        ("license", &of.license),
        ("credit", &of.credit),
    ];
    let extra = of.extra.iter().map(|(name, value)| (name.to_string(), json!(value)));
    let known = known.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value.as_ref()?))));
    Value::Object(extra.chain(known).collect())
}

fn place(sheet: &Sheet<'_>, stretch: Stretch) -> Map<String, Value> {
    let mut value = Map::new();
    value.insert("start".to_owned(), stretch.start().get().into());
    value.insert("end".to_owned(), stretch.end().get().into());
    value.insert(TEXT.to_owned(), sheet.words(stretch).into());
    value
}

fn region(sheet: &Sheet<'_>, part: &Part, mark: &Mark<'_>) -> Value {
    let mut value = place(sheet, part.stretch);
    value.insert("labels".to_owned(), json!([mark.of.id.as_str()]));
    let mut region = json!({ "id": part.id, "from_name": LABEL, "to_name": TEXT, "type": "labels", "value": value });
    if part.is_first && !mark.annotation.note.is_empty() {
        region["meta"] = json!({ TEXT: [mark.annotation.note] });
    }
    region
}

/// Something that is said of a region: it has the region's id and place.
fn said(sheet: &Sheet<'_>, part: &Part, control: &str, kind: &str, said: Value) -> Value {
    let mut value = place(sheet, part.stretch);
    // A text area's words take the place of the region's, as they do in Label Studio.
    value.insert(if kind == "textarea" { TEXT } else { kind }.to_owned(), said);
    json!({ "id": part.id, "from_name": control, "to_name": TEXT, "type": kind, "value": value })
}

fn relation(from: &str, to: &str, label: &str) -> Value {
    json!({ "type": "relation", "from_id": from, "to_id": to, "direction": "right", "labels": [label] })
}
