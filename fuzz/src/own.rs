//! What is the tool's own: project files, backups, archives of files, and texts.

use std::collections::BTreeMap;
use std::rc::Rc;

use standpoint::edit::AnnotationStore;
use standpoint::format::archive::{Bounds, pack, unpack};
use standpoint::format::exchange::file_name;
use standpoint::format::native::{Issue, Outcome};
use standpoint::format::share::{self, What, Whose};
use standpoint::format::{backup, native, plain, recognise};
use standpoint::model::*;
use standpoint::text::LegacyDecoder;

use crate::counting::peak;
use crate::{FACTOR, ONCE, within};

/// Decodes what is neither UTF-8 nor UTF-16, as the command line does.
struct Decoder;

impl LegacyDecoder for Decoder {
    fn decode(&self, label: &str, bytes: &[u8]) -> Option<String> {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
    }
}

/// A project that was made of a file of others is held to what project files are: written and read, it is the same, with nothing to
/// say about it.
pub fn is_sound(store: &AnnotationStore) {
    if let Some(issue) = written_and_read(store).first() {
        panic!("it was made, and is not sound: {issue}\n{}", native::write(store));
    }
}

/// One of our own may name what is not there, which is kept as it is.
fn is_kept(store: &AnnotationStore) {
    if let Some(issue) = written_and_read(store).iter().find(|issue| issue.outcome != Outcome::Kept) {
        panic!("it was read, and is not sound: {issue}\n{}", native::write(store));
    }
}

fn written_and_read(store: &AnnotationStore) -> Vec<Issue> {
    let written = native::write(store);
    let back = match native::read("fuzzed.json", &written) {
        Ok(back) => back,
        Err(problem) => panic!("it was made, and can't be read: {problem}\n{written}"),
    };
    let again = native::write(&back.store);
    assert!(again == written, "what comes back is not what was written:\n{written}\nand\n{again}");
    back.issues
}

pub fn native(bytes: &[u8]) {
    let json = String::from_utf8_lossy(bytes);
    if let Ok(reading) = within("reading", json.len(), |_| 0, || native::read("fuzzed.json", &json)) {
        is_kept(&reading.store);
    }
}

/// The bytes as what stands in an address, and as what a fragment packs: else the fuzzer would have to find out deflating.
pub fn share(bytes: &[u8]) {
    let fragment = String::from_utf8_lossy(bytes);
    let (read, most) = peak(|| share::read(&fragment));
    // Some kilobytes may unpack to the bound, and records take more than their letters.
    assert!(most <= FACTOR * share::MAX_BYTES, "reading took {most} bytes for {}", bytes.len());
    if let Ok(reading) = read {
        is_shared_again(&reading.store);
    }
    if let Ok(reading) = native::read("fuzzed.json", &fragment) {
        is_shared_again(&reading.store);
    }
}

fn is_shared_again(store: &AnnotationStore) {
    let what = What { articles: store.article_ids().iter().cloned().collect(), annotations: Whose::Everybodys };
    match share::read(&share::write(store, &what)) {
        Ok(back) => {
            let handout = share::handout(store, &what);
            assert!(back.store == handout, "what comes back is not what was handed out:\n{}", native::write(&handout));
        }
        Err(problem) => assert!(
            store.article_ids().len() > share::MAX_ARTICLES
                || matches!(
                    problem,
                    share::ShareError::TooLong(_) | share::ShareError::TooManyAnnotations(_) | share::ShareError::TooLarge
                ),
            "{problem}"
        ),
    }
}

pub fn backup(bytes: &[u8]) {
    let json = String::from_utf8_lossy(bytes);
    let _ = backup::is_backup(&json);
    if let Ok(backup) = within("reading", json.len(), |_| 0, || backup::read("fuzzed.json", &json)) {
        for project in &backup.projects {
            is_kept(&project.store);
        }
    }
}

/// Bounds that an input of some kilobytes reaches.
const BOUNDS: Bounds = Bounds { files: 40, bytes: 1 << 20 };

pub fn archive(bytes: &[u8]) {
    let (unpacked, most) = peak(|| unpack(bytes, BOUNDS));
    // What grows to the bound is there twice while it moves.
    assert!(most <= 2 * BOUNDS.bytes + FACTOR * bytes.len() + ONCE, "unpacking took {most} bytes for {}", bytes.len());
    let Ok(files) = unpacked else { return };
    assert!(files.len() <= BOUNDS.files && files.iter().map(|(_, file)| file.len()).sum::<usize>() <= BOUNDS.bytes);
    for (name, _) in &files {
        assert!(!name.starts_with('/') && name.split('/').all(|part| part != ".."), "{name} leads out");
    }
    // Archives are made of files with names of our own alone.
    let is_ours = |name: &str| name.split('/').all(|part| file_name(part) == part);
    let texts = files.iter().filter(|(name, _)| is_ours(name));
    let texts: BTreeMap<String, String> =
        texts.filter_map(|(name, file)| Some((name.clone(), String::from_utf8(file.clone()).ok()?))).collect();
    let again = unpack(&pack(&texts), BOUNDS).map(|files| files.into_iter().map(|(name, file)| (name, file.len())).collect());
    let expected: BTreeMap<String, usize> = texts.into_iter().map(|(name, text)| (name, text.len())).collect();
    assert_eq!(again, Ok(expected));
    drop(recognise::without_wrapper(files));
}

pub fn plain(bytes: &[u8]) {
    let Ok(article) = within("reading", bytes.len(), |_| 0, || plain::read("fuzzed.txt", bytes, &Decoder)) else { return };
    for zone in &article.zones {
        assert!(article.text.slice(zone.stretch).is_some(), "a zone lies outside the text");
    }
    let content = Content::Article(Rc::new(article));
    let header = ProjectHeader::untitled(ProjectId::new("fuzzed").expect("invariant: letters make an id"));
    is_sound(&AnnotationStore::empty(header, default_scheme()).merge([(content.key(), record(content))]).0);
}

/// A record as if the command line had made it.
pub fn record(content: Content) -> Rc<Record> {
    let version = Version::new([(Replica::new("fuzz").expect("invariant: letters make an id"), 1)]).expect("invariant: one entry");
    let time = Timestamp::unknown();
    Rc::new(Record::single(Versioned { content: Some(content), created: time.clone(), modified: time, version }))
}
