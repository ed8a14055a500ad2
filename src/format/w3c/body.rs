//! What the bodies of an annotation say.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{URN, WIKIDATA};
use crate::format::exchange::ForeignEntity;
use crate::model::is_wikidata_id;

/// The bodies by what they are for.
#[derive(Debug, Default)]
pub struct Said {
    pub tags: Vec<Rc<str>>,
    /// Names with values.
    pub classes: Vec<(Rc<str>, Rc<str>)>,
    pub notes: Vec<Rc<str>>,
    pub entities: Vec<ForeignEntity>,
    /// IRIs that are nothing of the above.
    pub others: Vec<Rc<str>>,
    /// How many bodies say nothing that can be read.
    pub empty: usize,
}

impl Said {
    pub fn of(annotation: &Map<String, Value>) -> Self {
        let mut said = Self::default();
        let motivation = words(annotation.get("motivation"));
        for body in many(annotation.get("body")) {
            match body {
                Value::String(iri) => said.resource(iri, None, ""),
                Value::Object(body) => said.body(body, &motivation),
                Value::Null => {}
                _ => said.empty += 1,
            }
        }
        said.notes.extend(text(annotation, &["bodyValue"]).map(Into::into));
        said
    }

    fn body(&mut self, body: &Map<String, Value>, motivation: &[&str]) {
        // A body without a purpose has the annotation's.
        let own = words(body.get("purpose"));
        let purposes = if own.is_empty() { motivation } else { &own };
        let purpose = ["tagging", "classifying", "identifying"].into_iter().find(|purpose| purposes.contains(purpose)).unwrap_or_default();
        let source = body.get("source").and_then(|source| match source {
            Value::Object(source) => text(source, &["id", "@id"]),
            source => source.as_str(),
        });
        let iri = source.or_else(|| text(body, &["id", "@id"]));
        match (text(body, &["value", "rdf:value"]), iri) {
            (Some(value), None) if purpose == "identifying" => self.resource(value, None, purpose),
            (Some(value), _) if purpose == "identifying" => self.resource(iri.unwrap_or(value), Some(value), purpose),
            (Some(value), _) if purpose == "tagging" => self.tags.push(value.into()),
            (Some(value), _) if purpose == "classifying" => match value.split_once(':') {
                Some((name, value)) => self.classes.push((name.into(), value.into())),
                None => self.tags.push(value.into()),
            },
            (Some(value), _) => self.notes.push(value.into()),
            (None, Some(iri)) => self.resource(iri, text(body, &["label", "name"]), purpose),
            (None, None) => self.empty += 1,
        }
    }

    fn resource(&mut self, iri: &str, label: Option<&str>, purpose: &str) {
        let item = wikidata(iri);
        let own = iri.strip_prefix(URN).and_then(|rest| rest.strip_prefix("entity:"));
        match purpose {
            _ if item.is_some() || own.is_some() => self.entities.push(ForeignEntity {
                name: label.or(item).or(own).unwrap_or(iri).into(),
                wikidata: item.map(Into::into),
                id: own.map(Into::into),
            }),
            "identifying" => {
                self.entities.push(ForeignEntity { name: label.unwrap_or(iri).into(), wikidata: None, id: None });
            }
            "tagging" | "classifying" => self.tags.push(label.unwrap_or(iri).into()),
            _ => self.others.push(iri.into()),
        }
    }
}

/// The item of an IRI or a page of Wikidata.
fn wikidata(iri: &str) -> Option<&str> {
    let bare = iri.strip_prefix("https").or_else(|| iri.strip_prefix("http"))?;
    let own = WIKIDATA.strip_prefix("http").unwrap_or_default();
    let item = bare.strip_prefix(own).or_else(|| bare.strip_prefix("://www.wikidata.org/wiki/"))?;
    Some(item).filter(|item| is_wikidata_id(item))
}

/// One value, the values of a list, or none.
pub fn many(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
    }
}

/// The texts among them.
pub fn words(value: Option<&Value>) -> Vec<&str> {
    many(value).iter().filter_map(Value::as_str).map(|word| word.strip_prefix("oa:").unwrap_or(word)).collect()
}

/// The first of the fields that is a text and not empty.
pub fn text<'a>(object: &'a Map<String, Value>, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| object.get(*name).and_then(Value::as_str).filter(|text| !text.is_empty()))
}
