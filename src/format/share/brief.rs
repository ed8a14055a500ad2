//! A project's JSON without what can be filled in.

use serde_json::{Map, Value, json};

use super::fill::born;
use crate::edit::AnnotationStore;
use crate::format::native::file::{FORMAT, VERSION};
use crate::format::native::stamp::{Stamps, made_up_version};
use crate::format::native::{to_file, unlisted};
use crate::model::*;

/// Compact JSON of a hand-out, in which [`fill`](super::fill::fill) finds everything again.
pub fn brief(store: &AnnotationStore) -> String {
    let mut file = Map::new();
    file.insert("format".to_owned(), FORMAT.into());
    file.insert("version".to_owned(), VERSION.into());
    let header = || stated(&Content::Project(store.header().clone()), Stamps::not_a_record());
    file.insert("project".to_owned(), record(store, &RecordKey::Project).unwrap_or_else(header));
    if let Some(scheme) = scheme(store) {
        file.insert("scheme".to_owned(), scheme);
    }
    let mut list = |name: &str, records: Vec<Value>| {
        if !records.is_empty() {
            file.insert(name.to_owned(), records.into());
        }
    };
    let of_kind = |kind: RecordKind| {
        let keys = store.all_records().map(|(key, _)| key).filter(move |key| key.kind() == kind);
        keys.filter_map(|key| record(store, &key)).collect::<Vec<_>>()
    };
    let nameless = unlisted(store).into_iter().map(|annotator| json!({ "id": &*annotator.id, "version": null }));
    list("annotators", of_kind(RecordKind::Annotator).into_iter().chain(nameless).collect());
    list("assignments", of_kind(RecordKind::Assignment));
    list("entities", of_kind(RecordKind::Entity));
    list("articles", store.article_ids().iter().filter_map(|id| record(store, &RecordKey::Article(id.clone()))).collect());
    let annotations = store.article_ids().iter().flat_map(|id| store.annotations(id).iter());
    list("annotations", annotations.filter_map(|annotation| record(store, &annotation.key())).collect());
    list("progress", of_kind(RecordKind::Progress));
    Value::Object(file).to_string()
}

/// `None` of the scheme that a project has by itself; of a record of that one only times and version.
fn scheme(store: &AnnotationStore) -> Option<Value> {
    let is_default = **store.scheme() == default_scheme();
    match record(store, &RecordKey::Scheme) {
        None if is_default => None,
        None => Some(stated(&Content::Scheme(store.scheme().clone()), Stamps::not_a_record())),
        Some(Value::Object(mut fields)) if is_default => {
            fields.retain(|name, _| matches!(name.as_str(), "created" | "modified" | "version"));
            Some(Value::Object(fields))
        }
        Some(record) => Some(record),
    }
}

/// A live record; its times and version only where they say more than the rest.
fn record(store: &AnnotationStore, key: &RecordKey) -> Option<Value> {
    let versioned = &store.record(key)?.current;
    let content = versioned.content.as_ref()?;
    let mut record = stated(content, Stamps::of(versioned));
    let fields = record.as_object_mut()?;
    let from_id = fields.get("id").and_then(Value::as_str).filter(|_| key.kind() != RecordKind::Scheme).and_then(born);
    if versioned.modified == versioned.created {
        fields.shift_remove("modified");
    }
    if versioned.created == from_id.unwrap_or_else(Timestamp::unknown) {
        fields.shift_remove("created");
    }
    // An annotation of an unknown type is kept only as a record with a version of its own.
    let is_sound = content.as_annotation().is_none_or(|annotation| store.scheme().type_of(&annotation.type_id).is_some());
    if is_sound && is_made_up(&versioned.version) && versioned.version == made_up_version(content) {
        fields.shift_remove("version");
    }
    Some(record)
}

/// Whether it looks so: finding out takes a hash of the whole record.
fn is_made_up(version: &Version) -> bool {
    matches!(version.entries(), [(replica, 1)] if replica.as_str().starts_with("i-"))
}

/// A record as a file states it, without what a reader assumes, and without an annotation's words.
fn stated(content: &Content, stamps: Stamps) -> Value {
    let version = to_file::version(content, None, stamps);
    let mut value: Value = serde_json::from_str(&to_file::record_json(&version)).expect("invariant: what was written is JSON");
    let empty = || [json!(""), json!([]), json!({})];
    match content {
        Content::Project(_) => drop_assumed(&mut value, &[("description", json!("")), ("guidelines", json!(""))]),
        Content::Scheme(_) => scheme_of(&mut value),
        Content::Annotator(_) => drop_assumed(&mut value, &[("name", json!(""))]),
        Content::Entity(_) => {
            drop_name(&mut value);
            let [text, list, _] = empty();
            drop_assumed(&mut value, &[("kind", json!("person")), ("aliases", list), ("description", text)]);
        }
        Content::Article(_) => {
            let [text, list, map] = empty();
            drop_all(&mut value, "metadata", |metadata| drop_assumed(metadata, &[("extra", json!({}))]));
            let assumed = [
                ("title", text.clone()),
                ("language", text),
                ("direction", json!("auto")),
                ("metadata", map),
                ("normalization", list.clone()),
                ("zones", list),
            ];
            drop_assumed(&mut value, &assumed);
            if let Some(fields) = value.as_object_mut() {
                fields.shift_remove("sha256");
            }
        }
        Content::Annotation(_) => {
            let [text, _, map] = empty();
            let assumed = [
                ("prefix", text.clone()),
                ("suffix", text.clone()),
                ("attributes", map.clone()),
                ("roles", map),
                ("note", text),
                ("origin", json!({ "kind": "manual" })),
            ];
            drop_assumed(&mut value, &assumed);
        }
        Content::Assignment(_) | Content::Progress(_) => {}
    }
    value
}

fn scheme_of(scheme: &mut Value) {
    drop_assumed(scheme, &[("name", json!(""))]);
    drop_all(scheme, "types", |of| {
        drop_name(of);
        drop_all(of, "attributes", |attribute| {
            drop_name(attribute);
            drop_all(attribute, "options", |option| {
                drop_name(option);
                drop_assumed(option, &[]);
            });
            let implied = if attribute.get("options").is_some() { "choice" } else { "text" };
            drop_assumed(attribute, &[("kind", json!(implied)), ("required", json!(false))]);
        });
        drop_all(of, "roles", |role| {
            drop_name(role);
            drop_assumed(role, &[("accepts", json!([])), ("entities", json!(false)), ("min", json!(0))]);
        });
        let assumed = [
            ("color", json!("gray")),
            ("line", json!("solid")),
            ("fill", json!(false)),
            ("description", json!("")),
            ("entity", json!(false)),
            ("attributes", json!([])),
            ("roles", json!([])),
        ];
        drop_assumed(of, &assumed);
    });
}

/// Takes out the fields that are null, but for a version, where null says something, and those that say what a reader assumes.
fn drop_assumed(of: &mut Value, assumed: &[(&str, Value)]) {
    if let Some(fields) = of.as_object_mut() {
        let says_more = |name: &str, value: &Value| !assumed.iter().any(|(other, assumed)| *other == name && assumed == value);
        fields.retain(|name, value| (!value.is_null() || name == "version") && says_more(name, value));
    }
}

/// Takes out a name that is the id.
fn drop_name(of: &mut Value) {
    if let Some(fields) = of.as_object_mut().filter(|fields| fields.get("name") == fields.get("id")) {
        fields.shift_remove("name");
    }
}

/// Shortens what stands under `name`: an object, or each of a list.
fn drop_all(of: &mut Value, name: &str, shorten: impl Fn(&mut Value)) {
    match of.get_mut(name) {
        Some(Value::Array(list)) => list.iter_mut().for_each(shorten),
        Some(object @ Value::Object(_)) => shorten(object),
        _ => {}
    }
}
