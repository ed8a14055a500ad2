//! From tasks to what they say: exports in full and in short, and files made for import.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use serde::Deserialize;
use serde_json::Number;
use serde_json::value::RawValue;

use super::config::ENTITY;
use super::declared::declared;
use crate::format::exchange::{
    Array, Done, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Maybe, Piece, Source, Spot, Unit, lines,
};
use crate::model::{Metadata, is_wikidata_id};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Task {
    /// What is no text is of no use here.
    data: BTreeMap<String, Maybe<Rc<str>>>,
    meta: Maybe<BTreeMap<String, Box<RawValue>>>,
    annotations: Array<Annotation>,
    predictions: Array<Annotation>,
    /// Exports in short have it all side by side.
    text: Option<Rc<str>>,
    label: Array<Flat>,
    annotator: Option<Box<RawValue>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Annotation {
    result: Array<Answer>,
    annotator: Maybe<Option<Rc<str>>>,
    completed_by: Option<Box<RawValue>>,
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
    start: Maybe<Option<u64>>,
    end: Maybe<Option<u64>>,
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
    for file in files.iter().filter(|file| file.extension() == "xml") {
        foreign.declared = std::mem::take(&mut foreign.declared).with(&declared(&file.text));
    }
    for file in files.iter().filter(|file| file.extension() != "xml") {
        for (spot, task) in lines::<Task>(file, "a task") {
            let Some(task) = foreign.known(&spot, task) else { continue };
            read_task(spot, task, &mut foreign);
        }
    }
    foreign
}

fn read_task(spot: Spot, task: Task, foreign: &mut Foreign) {
    let text = task.text.clone().or_else(|| text_of(&task.data));
    let Some(text) = text else { return foreign.trouble(spot, "a task without a text", Done::Skipped) };
    let said = |name: &str| task.data.get(name).and_then(Maybe::known).cloned().unwrap_or_default();
    let mut base = ForeignText {
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
        let mut text = again(&mut base);
        let annotator = task.annotator.as_deref().and_then(person);
        for (spot, flat) in task.label.items(&spot.field("label"), "a label with start, end and labels") {
            let Some(flat) = foreign.known(&spot, flat) else { continue };
            let piece = Piece { start: flat.start, end: flat.end, quote: flat.text };
            add(&mut text, &spot, None, flat.labels, &piece, &annotator);
        }
        foreign.texts.push(text);
    }
    let has_own = !task.annotations.is_empty();
    for (spot, annotation) in task.annotations.items(&spot.field("annotations"), "an annotation") {
        let Some(annotation) = foreign.known(&spot, annotation) else { continue };
        if annotation.was_cancelled {
            foreign.trouble(spot, "the annotator skipped the task", Done::Skipped);
        } else {
            let text = read_annotation(&spot, annotation, again(&mut base), foreign);
            foreign.texts.push(text);
        }
    }
    for (spot, prediction) in task.predictions.items(&spot.field("predictions"), "a prediction") {
        let Some(prediction) = foreign.known(&spot, prediction) else { continue };
        if has_own {
            foreign.trouble(spot, "a prediction beside what people annotated", Done::Skipped);
        } else {
            let text = read_annotation(&spot, prediction, again(&mut base), foreign);
            foreign.texts.push(text);
        }
    }
    if foreign.texts.len() == before {
        foreign.texts.push(base);
    }
}

/// The same text once more: what is known of it is said with the first alone.
fn again(text: &mut ForeignText) -> ForeignText {
    let metadata = std::mem::take(&mut text.metadata);
    ForeignText { metadata, ..text.clone() }
}

/// The text that the task is about: called so, or else the longest string.
fn text_of(data: &BTreeMap<String, Maybe<Rc<str>>>) -> Option<Rc<str>> {
    let stated = data.get("text").and_then(Maybe::known);
    let longest = || data.values().filter_map(Maybe::known).max_by_key(|text| text.len());
    stated.or_else(longest).cloned()
}

fn metadata(of: BTreeMap<String, Box<RawValue>>) -> Metadata {
    let mut metadata = Metadata::default();
    for (name, value) in of {
        let value: Rc<str> = match value.get() {
            "null" => continue,
            other => serde_json::from_str(other).unwrap_or_else(|_| other.into()),
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
fn person(value: &RawValue) -> Option<Rc<str>> {
    let value = value.get();
    if let Ok(name) = serde_json::from_str::<Rc<str>>(value) {
        return Some(name).filter(|name| !name.is_empty());
    }
    if let Ok(number) = serde_json::from_str::<Number>(value) {
        return Some(format!("user-{number}").into());
    }
    let Somebody { email, username, first_name, id } = serde_json::from_str(value).ok()?;
    let number = |number: Number| format!("user-{number}").into();
    let names = [email, username, first_name].into_iter().filter_map(|name| name.get().flatten().filter(|name| !name.is_empty()));
    names.chain(id.get().flatten().map(number)).next()
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Somebody {
    email: Maybe<Option<Rc<str>>>,
    username: Maybe<Option<Rc<str>>>,
    first_name: Maybe<Option<Rc<str>>>,
    id: Maybe<Option<Number>>,
}

fn read_annotation(spot: &Spot, annotation: Annotation, mut text: ForeignText, foreign: &mut Foreign) -> ForeignText {
    let annotator = annotation.annotator.get().flatten().or_else(|| annotation.completed_by.as_deref().and_then(person));
    text.spot = spot.clone();
    // What relates regions, or says more of them, may stand before them.
    let mut rest = Vec::new();
    for (spot, answer) in annotation.result.items(&spot.field("result"), "a result") {
        let Some(mut answer) = foreign.known(&spot, answer) else { continue };
        let labels = answer.value.as_mut().and_then(|value| value.labels.take().or_else(|| value.hypertextlabels.take()));
        match (labels, answer.value.as_mut()) {
            (Some(labels), Some(value)) => {
                let number = |of: &mut Maybe<Option<u64>>| std::mem::take(of).get().flatten();
                let numbers = number(&mut value.start).zip(number(&mut value.end));
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
            (None, None) if answer.to_id.is_none() => {
                let what = format!("nothing is known of results of type “{}”", answer.kind);
                foreign.trouble(spot, what, Done::Skipped);
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
