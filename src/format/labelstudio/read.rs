//! From tasks to what they say: exports in full and in short, and files made for import.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use serde::Deserialize;
use serde_json::{Number, Value};

use super::config::ENTITY;
use crate::format::exchange::{
    Array, Done, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Maybe, Piece, Source, Spot, Unit, lines,
};
use crate::model::{Metadata, is_wikidata_id};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Task {
    data: BTreeMap<String, Value>,
    meta: Maybe<BTreeMap<String, Value>>,
    annotations: Array<Annotation>,
    predictions: Array<Annotation>,
    /// Exports in short have it all side by side.
    text: Option<String>,
    label: Array<Flat>,
    annotator: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Annotation {
    result: Array<Answer>,
    annotator: Maybe<Option<Rc<str>>>,
    completed_by: Option<Value>,
    was_cancelled: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Answer {
    id: Option<Rc<str>>,
    from_name: Rc<str>,
    #[serde(rename = "type")]
    kind: Rc<str>,
    value: Option<Said>,
    meta: Maybe<Meta>,
    from_id: Option<Rc<str>>,
    to_id: Option<Rc<str>>,
    direction: Option<Rc<str>>,
    labels: Option<Vec<Rc<str>>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Meta {
    text: Option<Words>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Said {
    start: Option<Value>,
    end: Option<Value>,
    text: Option<Words>,
    labels: Option<Vec<Rc<str>>>,
    hypertextlabels: Option<Vec<Rc<str>>>,
    choices: Option<Vec<Rc<str>>>,
    number: Option<Number>,
    rating: Option<Number>,
}

#[derive(Deserialize)]
struct Flat {
    start: u64,
    end: u64,
    text: Option<Rc<str>>,
    labels: Vec<Rc<str>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(Rc<str>),
    Many(Vec<Rc<str>>),
}

impl Words {
    fn all(self) -> Vec<Rc<str>> {
        match self {
            Self::One(words) => vec![words],
            Self::Many(words) => words,
        }
    }
}

/// Offsets count code points; exports from before 2022 count UTF-16, which the words show.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files.iter().filter(|file| file.extension() != "xml") {
        for (spot, task) in lines::<Task>(file, "a task", &mut foreign) {
            read_task(spot, task, &mut foreign);
        }
    }
    foreign
}

fn read_task(spot: Spot, task: Task, foreign: &mut Foreign) {
    let text = task.text.clone().or_else(|| text_of(&task.data));
    let Some(text) = text else { return foreign.trouble(spot, "a task without a text", Done::Skipped) };
    let said = |name: &str| task.data.get(name).and_then(Value::as_str).unwrap_or_default().into();
    let base = ForeignText {
        id: said("article"),
        title: said("title"),
        language: said("language"),
        metadata: metadata(task.meta.get().unwrap_or_default()),
        text,
        unit: Unit::CodePoints,
        spot: spot.clone(),
        ..ForeignText::default()
    };
    let before = foreign.texts.len();
    if !task.label.is_empty() {
        let mut text = base.clone();
        let annotator = task.annotator.as_ref().and_then(person);
        for (spot, flat) in task.label.read(&spot.within(".label"), "a label with start, end and labels", foreign) {
            let piece = Piece { start: flat.start, end: flat.end, quote: flat.text };
            add(&mut text, &spot, None, flat.labels, &piece, &annotator);
        }
        foreign.texts.push(text);
    }
    let annotations = task.annotations.read(&spot.within(".annotations"), "an annotation", foreign);
    let has_own = !annotations.is_empty();
    for (spot, annotation) in annotations {
        if annotation.was_cancelled {
            foreign.trouble(spot, "the annotator skipped the task", Done::Skipped);
        } else {
            let text = read_annotation(&spot, annotation, base.clone(), foreign);
            foreign.texts.push(text);
        }
    }
    let predictions = task.predictions.read(&spot.within(".predictions"), "a prediction", foreign);
    for (spot, prediction) in predictions {
        if has_own {
            foreign.trouble(spot, "a prediction beside what people annotated", Done::Skipped);
        } else {
            let text = read_annotation(&spot, prediction, base.clone(), foreign);
            foreign.texts.push(text);
        }
    }
    if foreign.texts.len() == before {
        foreign.texts.push(base);
    }
}

/// The text that the task is about: called so, or else the longest string.
fn text_of(data: &BTreeMap<String, Value>) -> Option<String> {
    let stated = data.get("text").and_then(Value::as_str);
    let longest = || data.values().filter_map(Value::as_str).max_by_key(|text| text.len());
    stated.or_else(longest).map(ToOwned::to_owned)
}

fn metadata(of: BTreeMap<String, Value>) -> Metadata {
    let mut metadata = Metadata::default();
    for (name, value) in of {
        let value: Rc<str> = match value {
            Value::Null => continue,
            Value::String(text) => text.into(),
            other => other.to_string().into(),
        };
        let place = match name.as_str() {
            "publisher" => &mut metadata.publisher,
            "author" => &mut metadata.author,
            "url" => &mut metadata.url,
            "published" => &mut metadata.published,
            "license" => &mut metadata.license,
            "credit" => &mut metadata.credit,
            _ => {
                metadata.extra.insert(name.into(), value);
                continue;
            }
        };
        *place = Some(value);
    }
    metadata
}

/// Whoever a value names: a name, an address, or a number.
fn person(value: &Value) -> Option<Rc<str>> {
    match value {
        Value::String(name) if !name.is_empty() => Some(name.as_str().into()),
        Value::Number(number) => Some(format!("user-{number}").into()),
        Value::Object(fields) => ["email", "username", "first_name", "id"].iter().find_map(|name| person(fields.get(*name)?)),
        _ => None,
    }
}

fn read_annotation(spot: &Spot, annotation: Annotation, mut text: ForeignText, foreign: &mut Foreign) -> ForeignText {
    let annotator = annotation.annotator.get().flatten().or_else(|| annotation.completed_by.as_ref().and_then(person));
    let answers = annotation.result.read(&spot.within(".result"), "a result", foreign);
    text.spot = spot.clone();
    let mut rest = Vec::new();
    for (spot, mut answer) in answers {
        let labels = answer.value.as_mut().and_then(|value| value.labels.take().or_else(|| value.hypertextlabels.take()));
        match (labels, answer.value.as_mut()) {
            (Some(labels), Some(value)) => {
                let numbers = value.start.as_ref().and_then(Value::as_u64).zip(value.end.as_ref().and_then(Value::as_u64));
                let Some((start, end)) = numbers else {
                    foreign.trouble(spot, "its start and end are no numbers", Done::Skipped);
                    continue;
                };
                let quote = value.text.take().and_then(|words| words.all().into_iter().next());
                add(&mut text, &spot, answer.id.clone(), labels, &Piece { start, end, quote }, &annotator);
                if let (Some(note), Some(span)) = (answer.meta.get().and_then(|meta| meta.text), text.spans.last_mut()) {
                    span.note = note.all().join("\n").into();
                }
            }
            _ => rest.push((spot, answer)),
        }
    }
    let at: HashMap<Rc<str>, usize> = text.spans.iter().enumerate().map(|(n, span)| (span.id.clone(), n)).collect();
    for (spot, answer) in rest {
        if let Err(what) = read_answer(&spot, answer, &mut text, &at) {
            foreign.trouble(spot, what, Done::Skipped);
        }
    }
    text
}

/// A relation, or what is said of a region or of the whole text.
fn read_answer(spot: &Spot, answer: Answer, text: &mut ForeignText, at: &HashMap<Rc<str>, usize>) -> Result<(), String> {
    if let (Some(from), Some(to)) = (&answer.from_id, &answer.to_id) {
        let (from, to) = if answer.direction.as_deref() == Some("left") { (to, from) } else { (from, to) };
        for id in [from, to] {
            if !at.contains_key(id) {
                return Err(format!("there is no region {id}"));
            }
        }
        let labels = answer.labels.filter(|labels| !labels.is_empty()).unwrap_or_else(|| vec!["related".into()]);
        for label in labels {
            text.links.push(ForeignLink { spot: spot.clone(), label, from: from.clone(), to: End::Span(to.clone()) });
        }
        return Ok(());
    }
    let Some(value) = answer.value else { return Err(format!("nothing is known of results of type “{}”", answer.kind)) };
    let number = value.number.or(value.rating).map(|number| vec![number.to_string().into()]);
    let words = if &*answer.kind == "textarea" { value.text.map(Words::all) } else { None };
    let Some(values) = value.choices.or(number).or(words) else {
        return Err(format!("nothing is known of results of type “{}”", answer.kind));
    };
    match answer.id.as_ref().and_then(|id| at.get(id)) {
        Some(n) if &*answer.from_name == ENTITY && &*answer.kind == "textarea" => {
            let mut values = values.into_iter();
            let name = values.next().unwrap_or_default();
            let id = values.next();
            let is_item = id.as_deref().is_some_and(is_wikidata_id);
            text.spans[*n].entity = Some(ForeignEntity { name, wikidata: id.clone().filter(|_| is_item), id: id.filter(|_| !is_item) });
        }
        Some(n) => {
            let span = &mut text.spans[*n];
            let own = format!("{}-", span.label);
            let name: Rc<str> = answer.from_name.strip_prefix(&own).unwrap_or(&answer.from_name).into();
            span.attributes.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
        None => drop(text.metadata.extra.insert(answer.from_name.clone(), values.join(", ").into())),
    }
    Ok(())
}

/// A region; with several labels it is as many annotations.
fn add(text: &mut ForeignText, spot: &Spot, id: Option<Rc<str>>, labels: Vec<Rc<str>>, piece: &Piece, annotator: &Option<Rc<str>>) {
    for (n, label) in labels.into_iter().enumerate() {
        let id = match &id {
            Some(id) if n == 0 => id.clone(),
            Some(id) => format!("{id} {n}").into(),
            None => format!("{} {n}", text.spans.len()).into(),
        };
        text.spans.push(ForeignSpan {
            spot: spot.clone(),
            id,
            label,
            pieces: vec![piece.clone()],
            annotator: annotator.clone(),
            ..ForeignSpan::default()
        });
    }
}
