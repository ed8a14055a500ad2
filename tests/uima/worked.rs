//! The worked sentence as a project, and short ways to write and to read.

use std::collections::BTreeMap;

use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{End, Foreign, ForeignText, Frame, Mapping, Pick, Sheets, Source, bring};
use standpoint::format::formats::{Format, Settings};
use standpoint::model::*;

pub const TEXT: &str = "The minister said: “We will win” 🎉. Opponents called the plan reckless.";

const LINE: &str = r#"{"format":"standpoint-training","version":1,"id":"a","title":"Worked","language":"en","text":"TEXT",
"spans":[
{"id":"s1","annotator":"ana","label":"speaker","start":0,"end":12,"entity":"Q42","note":"who\tis it?"},
{"id":"c1","annotator":"ana","label":"claim","start":20,"end":31,"fragments":[{"start":20,"end":22},{"start":28,"end":31}]},
{"id":"s2","annotator":"ana","label":"speaker","start":36,"end":45},
{"id":"t1","annotator":"ana","label":"stance","start":46,"end":70,"attributes":[{"name":"polarity","value":"against"}]}],
"frames":[{"span":"c1","label":"claim","roles":[{"role":"speaker","span":"s1"},{"role":"speaker","entity":"Q42"}]},
{"span":"t1","label":"stance","roles":[{"role":"holder","span":"s2"},{"role":"target","span":"c1"}]}],
"entities":[{"id":"Q42","name":"Douglas Adams","wikidata":"Q42"}]}"#;

/// The claim has a gap, its speaker is an entity, too.
pub fn worked() -> AnnotationStore {
    let line = LINE.replace("TEXT", TEXT).replace('\n', " ");
    let foreign = Format::Training.read(&[Source::whole("worked.jsonl", line)]);
    assert_eq!(*foreign.problems, []);
    brought(foreign)
}

pub fn brought(foreign: Foreign) -> AnnotationStore {
    let mapping = Mapping::proposed(&foreign.all_labels(), Some(&default_scheme()));
    let frame = Frame::new(ProjectId::new("p").expect("an id"), AnnotatorId::new("somebody").expect("an id"), "test");
    let brought = bring(foreign, &mapping, &frame);
    assert_eq!(brought.troubles, []);
    brought.store
}

/// The one file with this extension.
pub fn written(store: &AnnotationStore, format: Format, extension: &str) -> String {
    let pick = Pick::default();
    let mut files = format.write(&Sheets::new(store, &pick), Settings::default()).take();
    files.retain(|name, _| name.ends_with(extension));
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    files.into_values().next().expect("one file")
}

/// What was read, and what was said of it.
pub fn read(format: Format, name: &str, text: &str) -> (ForeignText, Vec<String>) {
    let mut foreign = format.read(&[Source::whole(name, text)]);
    let problems = foreign.problems.iter().map(ToString::to_string).collect();
    (foreign.texts.pop().unwrap_or_default(), problems)
}

/// Each span as `label words {attributes}`, by its numbers in UTF-16.
pub fn spans(text: &ForeignText) -> Vec<String> {
    let units: Vec<u16> = text.text.encode_utf16().collect();
    let words = |start: u64, end: u64| String::from_utf16(&units[start as usize..end as usize]).expect("no half characters");
    let span = |span: &standpoint::format::exchange::ForeignSpan| {
        let words: Vec<String> = span.pieces.iter().map(|piece| words(piece.start, piece.end)).collect();
        let attributes: Vec<String> = span.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        format!("{} {}{}", span.label, words.join(" … "), attributes.concat())
    };
    text.spans.iter().map(span).collect()
}

/// Each link as `from -role-> to`, by the words.
pub fn links(text: &ForeignText) -> Vec<String> {
    let names: BTreeMap<_, _> = text.spans.iter().zip(spans(text)).map(|(span, name)| (span.id.clone(), name)).collect();
    let link = |link: &standpoint::format::exchange::ForeignLink| {
        let to = match &link.to {
            End::Span(to) => names.get(to).cloned().unwrap_or_default(),
            End::Entity(entity) => format!("({}, {:?})", entity.name, entity.wikidata),
        };
        format!("{} -{}-> {to}", names.get(&link.from).cloned().unwrap_or_default(), link.label)
    };
    text.links.iter().map(link).collect()
}
