//! The formats of others: the whole way from a file to a project, out again and back.

use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Brought, Done, Foreign, Frame, Mapping, Pick, Sheets, Source, bring};
use standpoint::format::formats::{Format, Settings};
use standpoint::format::recognise;
use standpoint::model::*;

use crate::own::is_sound;
use crate::{files, within};

/// Reads, brings in, writes and reads again.
pub fn format(format: Format, bytes: &[u8]) {
    let files = files::split(bytes, files::usual_name(format));
    let size = files.iter().map(|file| file.text.len() + file.name.len()).sum();
    let foreign = within("reading", size, things, || format.read(&files));
    let count = things(&foreign);
    let brought = within("bringing in", size, |_| count, || brought(foreign, format, None));
    is_sound(&brought.store);
    let written = written(&brought.store, format);
    let again = self::brought(format.read(&written), format, Some(brought.store.scheme()));
    is_sound(&again.store);
    let is_elsewhere = |done: Done| matches!(done, Done::Reanchored | Done::Orphaned);
    if let Some(trouble) = again.troubles.iter().find(|trouble| is_elsewhere(trouble.done)) {
        panic!("what was written does not stand at its words: {trouble}\n{}", shown(&written));
    }
}

/// Texts, annotations and links.
fn things(foreign: &Foreign) -> usize {
    foreign.texts.iter().map(|text| 1 + text.spans.len() + text.links.len()).sum()
}

pub fn brought(foreign: Foreign, format: Format, known: Option<&Scheme>) -> Brought {
    let mapping = Mapping::proposed(&foreign.all_labels(), known);
    let frame = Frame::new(
        ProjectId::new("fuzzed").expect("invariant: letters make an id"),
        AnnotatorId::new("ana").expect("invariant: letters make an id"),
        format.name(),
    );
    bring(foreign, &mapping, &frame)
}

fn written(store: &AnnotationStore, format: Format) -> Vec<Source> {
    let pick = Pick::default();
    let mut out = format.write(&Sheets::new(store, &pick), Settings::default());
    out.take().into_iter().map(|(name, text)| Source::whole(&name, text)).collect()
}

fn shown(files: &[Source]) -> String {
    files.iter().map(|file| format!("=== {}\n{}\n", file.name, file.text)).collect()
}

/// Sorts files by their looks: none is lost, and each is read as what it looks like.
pub fn recognised(bytes: &[u8]) {
    let files = files::split(bytes, "a");
    let (size, count) = (bytes.len(), files.len());
    let first = recognise::recognise(&files);
    // Names are short, and copied with the files.
    let (batches, others) = within("sorting", size, |_| 0, || recognise::batches(files));
    assert_eq!(batches.iter().map(|batch| batch.files.len()).sum::<usize>() + others.len(), count, "a file is lost");
    assert_eq!(first.is_some(), !batches.is_empty());
    for batch in batches {
        if let Some(format) = Format::of_name(batch.name) {
            let foreign = format.read(&batch.files);
            drop(brought(foreign, format, None));
        }
    }
}
