//! From files, folders and standard input to a project.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use clap::ArgMatches;
use standpoint::edit::AnnotationStore;
use standpoint::format::archive::{self, Bounds};
use standpoint::format::articles::{self, Field, Kind, NativePages, PageParser, Table};
use standpoint::format::exchange::{Done, Foreign, Frame, Mapping, Source, Versions, Whose, bring};
use standpoint::format::formats::{Format, Settings};
use standpoint::format::native::{self, Outcome, Texts};
use standpoint::format::{plain, recognise};
use standpoint::model::*;
use standpoint::text::{LegacyDecoder, decode_exactly};

use crate::arguments::PROJECT;
use crate::beside::{Beside, Given};

/// The greatest file that is read as a whole, in bytes; those of lines are read in parts and may be of any size.
pub const MAX_BYTES: u64 = 1024 * 1024 * 1024;

/// What was read, and what is wrong with it.
pub struct Input {
    pub store: AnnotationStore,
    pub report: Report,
}

/// A line for each problem, and how many of them cost something.
#[derive(Default)]
pub struct Report {
    pub lines: Vec<String>,
    pub costly: usize,
}

impl Report {
    pub fn add(&mut self, line: String, done: Done) {
        self.costly += usize::from(matches!(done, Done::Skipped | Done::Orphaned));
        self.lines.push(line);
    }
}

/// Decodes what is neither UTF-8 nor UTF-16, as browsers do.
pub struct Decoder;

impl LegacyDecoder for Decoder {
    fn decode(&self, label: &str, bytes: &[u8]) -> Option<String> {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
    }
}

/// Where labels go, and whose work it is where nobody says.
pub struct Aim {
    pub scheme: Option<Scheme>,
    pub annotator: Annotator,
    versions: Versions,
}

impl Aim {
    pub fn of(matches: &ArgMatches) -> Result<Self, String> {
        let scheme = match matches.get_one::<String>("scheme") {
            Some(path) => Some(Scheme::clone(project(path, &read(Path::new(path))?, &mut Report::default())?.scheme())),
            None => None,
        };
        let name = matches.get_one::<String>("annotator").map_or("imported", String::as_str);
        let id = AnnotatorId::new(name).or_else(|| AnnotatorId::new("imported")).expect("invariant: letters make an id");
        // Only a project file has versions.
        let is_project = matches.try_get_one::<String>("to").is_ok_and(|to| to.is_some_and(|to| to == PROJECT));
        let versions = if is_project { Versions::OfContent } else { Versions::Alike };
        Ok(Self { scheme, annotator: Annotator { id, name: name.into() }, versions })
    }

    pub fn header() -> ProjectHeader {
        ProjectHeader::untitled(ProjectId::new("converted").expect("invariant: letters make an id"))
    }
}

/// All that the command names, as one project.
pub fn load(matches: &ArgMatches) -> Result<Input, String> {
    let aim = Aim::of(matches)?;
    let stated = matches.get_one::<String>("from").map(String::as_str);
    let mut report = Report::default();
    let mut store: Option<AnnotationStore> = None;
    let mut foreign: BTreeMap<Format, Vec<Source>> = BTreeMap::new();
    let mut plain: Vec<(String, Vec<u8>)> = Vec::new();
    let mut projects: Vec<(Given, String)> = Vec::new();
    let mut rest: Vec<(Given, String)> = Vec::new();
    let mut texts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for given in files(matches)? {
        let read = text(&given.name, &given.bytes);
        match stated.map(Format::of_name) {
            Some(None) => projects.push((given, read?)),
            Some(Some(format)) => foreign.entry(format).or_default().push(Source::whole(&given.name, read?)),
            None => match read? {
                read if recognise::is_project(&read) => projects.push((given, read)),
                read => rest.push((given, read)),
            },
        }
    }
    let beside = Beside::of(&rest);
    for (given, json) in &projects {
        merge(&mut store, project_with(&given.name, json, Texts::Files(&|path| beside.text(given, path)), &mut report)?);
    }
    let used = beside.used();
    let mut sources = Vec::new();
    // The text of an article of a project is no article of its own.
    for (_, (given, read)) in rest.into_iter().enumerate().filter(|(n, _)| !used.contains(n)) {
        if matches!(Source::whole(&given.name, "").extension().as_str(), "" | "txt" | "text") {
            texts.insert(given.name.clone(), given.bytes);
        }
        sources.push(Source::whole(&given.name, read));
    }
    let (batches, others) = recognise::batches(sources);
    let has_annotations = !batches.is_empty();
    for batch in batches {
        let format =
            Format::of_name(batch.name).ok_or_else(|| format!("{}: the format {} is not read", batch.files[0].name, batch.name))?;
        foreign.entry(format).or_default().extend(batch.files);
    }
    let mut articles = Foreign::default();
    for source in others {
        match Kind::of(&source) {
            // A card that we wrote ourselves is no article.
            Some(Kind::Markdown) if has_annotations || source.base() == "README" => {}
            Some(kind) => more(&mut articles, read_articles(kind, &source, matches)?),
            None => match texts.remove(&*source.name) {
                Some(bytes) => plain.push((source.name.to_string(), bytes)),
                None => return Err(format!("{} is in no format that this program knows; --from says which it is", source.name)),
            },
        }
    }
    let mut store = store.unwrap_or_else(|| AnnotationStore::empty(Aim::header(), aim.scheme.clone().unwrap_or_else(none)));
    for (format, files) in foreign {
        store = add(store, format, &files, &aim, &mut report);
    }
    store = with_foreign(store, articles, "", &aim, &mut report);
    let articles = plain.iter().map(|(name, bytes)| plain::read(name, bytes, &Decoder).map_err(|problem| problem.to_string()));
    let articles = articles.collect::<Result<Vec<_>, _>>()?;
    store = with_articles(store, articles);
    Ok(Input { store, report })
}

/// A scheme of nothing: labels become one of their own.
pub fn none() -> Scheme {
    Scheme { id: SchemeId::new("imported").expect("invariant: letters make an id"), name: "Imported".into(), types: Vec::new() }
}

fn more(all: &mut Foreign, some: Foreign) {
    all.texts.extend(some.texts);
    all.problems.append(some.problems);
}

/// Articles that are no plain text; of a table the columns are what the command says, and else what their names say.
fn read_articles(kind: Kind, source: &Source, matches: &ArgMatches) -> Result<Foreign, String> {
    Ok(match kind {
        Kind::Page => articles::page(&source.spot(), NativePages.parse(&source.text)),
        Kind::Markdown => articles::markdown(source),
        Kind::Table => {
            let table = Table::read(source);
            let columns = crate::arguments::columns(matches, &table).map_err(|why| format!("{}: {why}", source.name))?;
            if !columns.has(Field::Text) {
                return Err(format!(
                    "{} is in no format that this program knows, and no column of it is a text; --from or --columns says what it is",
                    source.name
                ));
            }
            table.foreign(&columns)
        }
    })
}

/// What files in one format say, added to a project: its scheme grows by labels that it does not know.
pub fn add(store: AnnotationStore, format: Format, files: &[Source], aim: &Aim, report: &mut Report) -> AnnotationStore {
    with_foreign(store, format.read(files), format.name(), aim, report)
}

fn with_foreign(store: AnnotationStore, foreign: Foreign, format: &str, aim: &Aim, report: &mut Report) -> AnnotationStore {
    let mapping = Mapping::proposed(&foreign.all_labels(), Some(store.scheme()));
    let frame = Frame {
        header: ProjectHeader::clone(store.header()),
        annotator: Whose::Id(aim.annotator.id.clone()),
        format,
        known: Some(&store),
        versions: aim.versions,
    };
    let brought = bring(foreign, &mapping, &frame);
    for trouble in &brought.troubles {
        report.add(trouble.to_string(), trouble.done);
    }
    // What comes first need not be merged with anything.
    if store.shared_records().next().is_none() {
        return named(brought.store, &aim.annotator);
    }
    let grown = AnnotationStore::empty(ProjectHeader::clone(store.header()), mapping.scheme.clone());
    let order: Vec<ArticleId> = store.article_ids().iter().chain(brought.store.article_ids()).cloned().collect();
    let without_scheme = store.shared_records().filter(|(key, _)| *key != RecordKey::Scheme);
    let (grown, _) = grown.merge(without_scheme);
    let (grown, _) = grown.merge(brought.store.shared_records().filter(|(key, _)| *key != RecordKey::Scheme));
    named(grown.with_order(&order), &aim.annotator)
}

/// With the name of the one whose work it is where the files don't say, if there is any.
fn named(store: AnnotationStore, annotator: &Annotator) -> AnnotationStore {
    let works =
        store.article_ids().to_vec().iter().any(|article| store.annotations(article).iter().any(|one| one.annotator == annotator.id));
    if !works || store.annotator(&annotator.id).is_some() {
        return store;
    }
    store.merge([single(Content::Annotator(Rc::new(annotator.clone())))]).0
}

fn with_articles(store: AnnotationStore, articles: Vec<Article>) -> AnnotationStore {
    let order: Vec<ArticleId> = store.article_ids().iter().cloned().chain(articles.iter().map(|article| article.id.clone())).collect();
    let new = articles.into_iter().filter(|article| store.article(&article.id).is_none());
    let records: Vec<_> = new.map(|article| single(Content::Article(Rc::new(article)))).collect();
    if records.is_empty() { store } else { store.merge(records).0.with_order(&order) }
}

fn single(content: Content) -> (RecordKey, Rc<Record>) {
    let key = content.key();
    let version = Version::new([(Replica::new("cli").expect("invariant: letters make an id"), 1)]).expect("invariant: one entry");
    let time = Timestamp::unknown();
    (key, Rc::new(Record::single(Versioned { content: Some(content), created: time.clone(), modified: time, version })))
}

fn merge(into: &mut Option<AnnotationStore>, store: AnnotationStore) {
    *into = Some(match into.take() {
        Some(first) => first.merge_copy(&store).0,
        None => store,
    });
}

/// A project file's store; what is wrong with it is reported.
fn project(name: &str, json: &str, report: &mut Report) -> Result<AnnotationStore, String> {
    project_with(name, json, Texts::Nowhere, report)
}

fn project_with(name: &str, json: &str, texts: Texts<'_>, report: &mut Report) -> Result<AnnotationStore, String> {
    let reading = native::read_with(name, json, texts).map_err(|problem| problem.to_string())?;
    for issue in &reading.issues {
        let done = match issue.outcome {
            Outcome::Kept | Outcome::Filled { .. } => Done::Kept,
            Outcome::Reanchored { .. } => Done::Reanchored,
            Outcome::Orphaned => Done::Orphaned,
            Outcome::Skipped => Done::Skipped,
        };
        report.add(issue.to_string(), done);
    }
    Ok(reading.store)
}

/// A file's text. Line ends stay as they are: offsets count them.
pub fn text(name: &str, bytes: &[u8]) -> Result<String, String> {
    if bytes.is_empty() {
        return Ok(String::new());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let stated = articles::stated_encoding(bytes).and_then(|label| Decoder.decode(&label, bytes));
    match stated {
        Some(text) => Ok(text),
        None => decode_exactly(bytes, &Decoder).map(|(text, _)| text).map_err(|problem| format!("{name}: {problem}")),
    }
}

fn read(path: &Path) -> Result<String, String> {
    let name = path.display().to_string();
    text(&name, &bytes(path)?)
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let said = |problem: std::io::Error| format!("{}: {problem}", path.display());
    let size = fs::metadata(path).map_err(said)?.len();
    if size > MAX_BYTES {
        return Err(format!("{} has {size} bytes, the limit is {MAX_BYTES}", path.display()));
    }
    fs::read(path).map_err(said)
}

/// The paths that the command names, folders with what is in them, each with the name that messages and readers have for it: within its
/// folder, or within the one that all files lie in. `-` is standard input.
pub fn paths(matches: &ArgMatches) -> Result<Vec<(String, PathBuf)>, String> {
    let mut paths = Vec::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for input in matches.get_many::<String>("input").into_iter().flatten() {
        let path = Path::new(input);
        if input == "-" {
            paths.push(("standard input".to_owned(), PathBuf::from("-")));
        } else if path.is_dir() {
            let mut found = BTreeSet::new();
            walk(path, 0, &mut found)?;
            paths.extend(found.into_iter().map(|found| (name(&found, path), found)));
        } else {
            files.push(path.to_owned());
        }
    }
    let mut common = files.first().and_then(|file| file.parent()).map(Path::to_owned).unwrap_or_default();
    while !files.iter().all(|file| file.starts_with(&common)) && common.pop() {}
    paths.extend(files.into_iter().map(|file| (name(&file, &common), file)));
    Ok(paths)
}

fn name(path: &Path, within: &Path) -> String {
    path.strip_prefix(within).unwrap_or(path).display().to_string().replace('\\', "/")
}

fn walk(path: &Path, depth: usize, found: &mut BTreeSet<PathBuf>) -> Result<(), String> {
    const DEEPEST: usize = 32;
    let said = |problem: std::io::Error| format!("{}: {problem}", path.display());
    if !fs::metadata(path).map_err(said)?.is_dir() {
        found.insert(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(said)? {
        let entry = entry.map_err(said)?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && depth < DEEPEST {
            walk(&entry.path(), depth + 1, found)?;
        }
    }
    Ok(())
}

fn files(matches: &ArgMatches) -> Result<Vec<Given>, String> {
    let mut files = Vec::new();
    for (name, path) in paths(matches)? {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|problem| format!("standard input: {problem}"))?;
            if bytes.len() as u64 > MAX_BYTES {
                return Err(format!("standard input has more than {MAX_BYTES} bytes"));
            }
            files.push(Given { name, bytes, batch: 0, folder: None });
        } else {
            let folder = path.parent().map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() });
            files.push(Given { name, bytes: bytes(&path)?, batch: 0, folder });
        }
    }
    let mut unpacked = Vec::new();
    for (n, given) in files.into_iter().enumerate() {
        if archive::is_zip(&given.bytes) {
            let bounds = Bounds { bytes: MAX_BYTES as usize, ..Bounds::default() };
            let within = archive::unpack(&given.bytes, bounds).map_err(|problem| format!("{}: {problem}", given.name))?;
            let within = recognise::without_wrapper(within).into_iter();
            unpacked.extend(within.map(|(name, bytes)| Given { name, bytes, batch: n + 1, folder: None }));
        } else {
            unpacked.push(given);
        }
    }
    Ok(unpacked)
}

/// What a writer is told.
pub fn settings(matches: &ArgMatches) -> Settings {
    Settings { unit: crate::arguments::unit(matches) }
}
