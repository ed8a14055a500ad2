//! From a project to pages of annotations.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{LINKS, URN, WIKIDATA};
use crate::format::exchange::{Loss, Mark, Out, Sheet, Target, Unit, Writer};
use crate::model::Entity;
use crate::text::Stretch;

/// Writes each article's text, a page of annotations with places in it, and where roles are filled another page of those that link them:
/// programs that show annotations in a text, such as Recogito's text annotator, stumble over an annotation without a place.
pub struct W3c {
    /// What positions count. The Recommendation says code points (section 4.2.5); programs in JavaScript may count UTF-16 code units.
    unit: Unit,
}

impl W3c {
    pub fn new(unit: Unit) -> Self {
        Self { unit }
    }
}

impl Writer for W3c {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        let id = &sheet.article.id;
        out.add(&format!("{id}.txt"), sheet.article.text.as_str());
        let items = sheet.marks.iter().map(|mark| placed(mark, sheet, self.unit)).collect();
        out.add(&format!("{id}.jsonld"), &page(&format!("{URN}page:{id}"), items));
        let links: Vec<Value> = sheet.marks.iter().flat_map(|mark| links(mark, sheet)).collect();
        if !links.is_empty() {
            out.add(&format!("{id}{LINKS}.jsonld"), &page(&format!("{URN}page:{id}{LINKS}"), links));
        }
        sheet.lose(&[Loss::Metadata, Loss::Zone, Loss::Origin, Loss::EntityDetails], out);
    }
}

fn page(id: &str, items: Vec<Value>) -> String {
    let page = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "id": id, "type": "AnnotationPage", "items": items});
    format!("{page:#}\n")
}

fn iri(mark: &Mark<'_>, sheet: &Sheet<'_>) -> String {
    format!("{URN}{}:{}", sheet.article.id, mark.id)
}

/// Its type is a tag, its attributes are classes such as `polarity:against`, its note is a comment.
fn placed(mark: &Mark<'_>, sheet: &Sheet<'_>, unit: Unit) -> Value {
    let mut bodies = vec![textual("tagging", mark.of.id.as_str())];
    bodies.extend(mark.attributes.iter().map(|(of, value)| textual("classifying", &format!("{}:{value}", of.id))));
    bodies.extend(mark.entity.as_ref().map(|entity| identifying(entity)));
    if !mark.annotation.note.is_empty() {
        bodies.push(textual("commenting", &mark.annotation.note));
    }
    let mut targets: Vec<Value> = mark.span.fragments().iter().map(|fragment| target(*fragment, sheet, unit)).collect();
    let target = if targets.len() == 1 { targets.remove(0) } else { Value::Array(targets) };
    json!({
        "id": iri(mark, sheet),
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"id": format!("{URN}annotator:{}", escaped(&mark.annotator)), "type": "Person", "name": &*mark.annotator},
        "body": bodies,
        "target": target,
    })
}

fn textual(purpose: &str, value: &str) -> Value {
    json!({"type": "TextualBody", "purpose": purpose, "value": value})
}

fn identifying(entity: &Entity) -> Value {
    let source = entity.wikidata.as_ref().map_or_else(|| format!("{URN}entity:{}", entity.id), |item| format!("{WIKIDATA}{item}"));
    json!({"type": "SpecificResource", "purpose": "identifying", "source": source, "label": &*entity.name})
}

fn target(stretch: Stretch, sheet: &Sheet<'_>, unit: Unit) -> Value {
    /// Code points before and behind the words, as far as there are so many.
    const AROUND: u32 = 32;
    let text = &sheet.article.text;
    let source = sheet.article.metadata.url.as_deref().map_or_else(|| format!("{URN}article:{}", sheet.article.id), str::to_owned);
    json!({
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": unit.write(text, stretch.start()), "end": unit.write(text, stretch.end())},
            {
                "type": "TextQuoteSelector",
                "exact": sheet.words(stretch),
                "prefix": text.prefix(stretch, AROUND),
                "suffix": text.suffix(stretch, AROUND),
            },
        ],
    })
}

/// For each role that an annotation fills, two annotations of the shapes in which Annotorious has relations: one that links the filler
/// (body) to the owner (target), and one that tags the first with the role. An entity is no annotation: what links it says all in one.
fn links(mark: &Mark<'_>, sheet: &Sheet<'_>) -> Vec<Value> {
    let owner = iri(mark, sheet);
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mut links = Vec::new();
    for (role, filler) in &mark.roles {
        let n = count.entry(role.id.as_str()).or_default();
        *n += 1;
        let id = format!("{owner}:{}:{n}", role.id);
        let tag = textual("tagging", role.id.as_str());
        match filler {
            Target::Mark(n) => {
                let body = iri(&sheet.marks[*n], sheet);
                links.push(json!({"id": id, "type": "Annotation", "motivation": "linking", "body": body, "target": owner}));
                let role = format!("{id}:role");
                links.push(json!({"id": role, "type": "Annotation", "motivation": "tagging", "body": [tag], "target": id}));
            }
            Target::Entity(entity) => {
                let body = [tag, identifying(entity)];
                links.push(json!({"id": id, "type": "Annotation", "motivation": "linking", "body": body, "target": owner}));
            }
        }
    }
    links
}

/// With everything but letters, digits, `-`, `.`, `_` and `~` as `%` and two hex digits a byte (RFC 3986).
fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for byte in name.bytes() {
        match byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            true => escaped.push(byte as char),
            false => escaped += &format!("%{byte:02X}"),
        }
    }
    escaped
}
