//! Files that the person has to decide on, told apart from the rest: other programs' annotations, and articles that are no plain text.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::File;
use super::pump::{Cancelled, Pump};
use crate::browser::{PageDecoder, PagePages};
use crate::format::archive::{Archive, Bounds};
use crate::format::articles::{self, Kind, PageParser, Reading};
use crate::format::backup;
use crate::format::describe::about;
use crate::format::exchange::{Foreign, Source};
use crate::format::formats::Format;
use crate::format::native;
use crate::format::recognise::{Batch, batches, is_project, without_wrapper};
use crate::order::InOrder;
use crate::session::{Action, Dialog, Incoming, Notice};
use crate::text::decode_exactly;
use crate::ui::desk::Shelf;
use crate::ui::words::counted;

/// Endings of files that are no plain text, whatever stands in them.
const OTHERS: [&str; 18] = [
    "jsonl", "ndjson", "jsonld", "ann", "conf", "csv", "tsv", "conll", "iob", "iob2", "bio", "xml", "zip", "html", "htm", "xhtml", "md",
    "markdown",
];

/// The files that project files have their texts in, by the names of the one and the paths of the others.
pub type Beside = BTreeMap<String, BTreeMap<String, Vec<u8>>>;

/// Adds the files of an archive that may mean something, but for those that are `beside` a project file as its texts; what is wrong with
/// it is said, and none of it is taken.
pub async fn unpacked(
    name: &str,
    bytes: &[u8],
    shelf: &Shelf,
    pump: &Pump,
    read: &mut Vec<File>,
    beside: &mut Beside,
) -> Result<(), Cancelled> {
    let what = format!("Unpacking {name}");
    let mut files = Vec::new();
    let mut archive = Archive::open(bytes, Bounds::default());
    let all = archive.as_ref().map_or(0, Archive::len);
    let fault = loop {
        match archive.as_mut().map(Archive::next_file) {
            Ok(Some(Ok(file))) => files.push(file),
            Ok(Some(Err(why))) => break Some(why),
            Ok(None) => break None,
            Err(why) => break Some(why.clone()),
        }
        pump.step(&what, files.len() as f64 / all as f64).await?;
    };
    match fault {
        Some(why) => say(shelf, format!("{name} was not opened: {why}. Nothing was changed.")),
        None if files.is_empty() => say(shelf, format!("{name} holds no files.")),
        None => {
            let mut files = without_wrapper(files);
            take_texts(&mut files, beside);
            read.extend(files.into_iter().map(|(name, bytes)| File { name, bytes, address: None }));
        }
    }
    Ok(())
}

/// Takes the texts of projects out of the files that came together.
fn take_texts(files: &mut Vec<(String, Vec<u8>)>, beside: &mut Beside) {
    let mut wanted: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.to_lowercase().ends_with(".json")) {
        let folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let paths = std::str::from_utf8(bytes).map(native::text_paths).unwrap_or_default();
        wanted.extend(paths.into_iter().map(|path| (format!("{folder}{path}"), (name.clone(), path))));
    }
    let (texts, others): (Vec<_>, Vec<_>) = std::mem::take(files).into_iter().partition(|(name, _)| wanted.contains_key(name));
    *files = others;
    for (name, bytes) in texts {
        if let Some((project, path)) = wanted.remove(&name) {
            beside.entry(project).or_default().insert(path, bytes);
        }
    }
}

/// Offers what the person has to decide on, each format for itself; returns the files that are for others to read.
pub async fn offered(files: Vec<File>, shelf: &Shelf, pump: &Pump) -> Result<Vec<File>, Cancelled> {
    let order: HashMap<String, usize> = files.iter().enumerate().map(|(n, file)| (file.name.clone(), n)).collect();
    let mut addresses: HashMap<Rc<str>, Rc<str>> = HashMap::new();
    let (mut sources, mut others) = (Vec::new(), Vec::new());
    for File { name, bytes, address } in files {
        if let Some(address) = &address {
            addresses.insert(name.as_str().into(), address.clone());
        }
        match text_of(&name, bytes) {
            Ok(text) => sources.push(Source::whole(&name, text)),
            Err((why, _)) if is_foreign(&name) => say(shelf, format!("{name}: {why}. Nothing was changed.")),
            Err((_, bytes)) => others.push(File { name, bytes, address }),
        }
        pump.step("Reading the files", 0.0).await?;
    }
    let (batches, rest) = batches(sources);
    let has_annotations = !batches.is_empty();
    let mut unread: Vec<Rc<str>> = Vec::new();
    let mut pages = BTreeMap::<Kind, Vec<Source>>::new();
    for source in rest {
        // What lies beside another program's files, such as the card of an export, is no article.
        let is_beside = has_annotations && source.extension() == "md";
        match Kind::of(&source).filter(|_| !is_project(&source.text) && !backup::is_backup(&source.text)) {
            Some(_) if is_beside => unread.push(source.name),
            Some(kind) => pages.entry(kind).or_default().push(source),
            None if is_foreign(&source.name) => unread.push(source.name),
            None => others.push(File {
                address: addresses.get(&source.name).cloned(),
                name: source.name.to_string(),
                bytes: source.text.into_bytes(),
            }),
        }
    }
    if !has_annotations && !unread.is_empty() {
        let known: Vec<&str> = Format::ALL.into_iter().map(|format| about(format.name()).title).collect();
        let articles = "plain text, web pages, Markdown, tables of articles";
        say(
            shelf,
            format!("{}: in no format that this page reads. It reads project files, {articles}, {}.", listed(&unread), known.join(", ")),
        );
    }
    for Batch { name, files } in batches {
        let file = called(&files);
        match Format::of_name(name) {
            Some(format) => {
                let foreign = annotations(format, files, pump).await?;
                offer(Incoming::new(&file, format, foreign, std::mem::take(&mut unread)), shelf);
            }
            None => say(shelf, format!("{file} looks like {}, which this page does not read.", about(name).title)),
        }
    }
    for (kind, files) in pages {
        let file = called(&files);
        if kind == Kind::Table {
            for file in files {
                if let Some(none) = table(file, shelf, pump).await? {
                    others.push(File { name: none.name.to_string(), bytes: none.text.into_bytes(), address: None });
                }
            }
            continue;
        }
        let foreign = articles_of(kind, files, &addresses, pump).await?;
        offer(Incoming::articles(&file, kind, foreign, std::mem::take(&mut unread)), shelf);
    }
    // As they were chosen, whatever their encodings.
    others.put_in_order_by_key(|file| order.get(&file.name).copied());
    Ok(others)
}

/// Its text, line ends as they are; a page may say its encoding itself. What is no text stays bytes.
fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, (String, Vec<u8>)> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error.into_bytes(),
    };
    // Plain texts are decoded by their reader, which notes how; a project is UTF-8 or damaged.
    if !is_foreign(name) {
        return Err(("not UTF-8 text".to_owned(), bytes));
    }
    let stated = articles::stated_encoding(&bytes).and_then(|label| crate::text::LegacyDecoder::decode(&PageDecoder, &label, &bytes));
    match stated.map(Ok).unwrap_or_else(|| decode_exactly(&bytes, &PageDecoder).map(|(text, _)| text)) {
        Ok(text) => Ok(text),
        Err(why) => Err((why.to_string(), bytes)),
    }
}

/// Lines that stand for themselves are read in parts.
async fn annotations(format: Format, files: Vec<Source>, pump: &Pump) -> Result<Foreign, Cancelled> {
    if !format.is_of_lines() {
        pump.step("Reading the annotations", 0.0).await?;
        return Ok(format.read(&files));
    }
    let mut foreign = Foreign::default();
    for file in files {
        let what = format!("Reading {}", file.name);
        let size = file.text.len().max(1) as f64;
        let mut at = 0;
        for part in file.parts() {
            at += part.text.len();
            let read = format.read(&[part]);
            foreign.texts.extend(read.texts);
            foreign.problems.append(read.problems);
            pump.step(&what, at as f64 / size).await?;
        }
    }
    Ok(foreign)
}

/// Gives back a file of JSON that is no table of articles: what it is to be else is for others to say.
async fn table(file: Source, shelf: &Shelf, pump: &Pump) -> Result<Option<Source>, Cancelled> {
    const STEP: usize = 256 << 10;
    let what = format!("Reading {}", file.name);
    let mut reading = Reading::new(&file);
    while reading.step(STEP) {
        pump.step(&what, reading.done()).await?;
    }
    let table = reading.finish();
    if file.extension() == "json" && !table.has_texts() {
        return Ok(Some(file));
    }
    if table.headings.iter().all(|heading| heading.letters == 0) {
        let why = table.problems.first().map_or_else(|| "it has no rows".to_owned(), ToString::to_string);
        say(shelf, format!("{}: no table of articles: {why}. Nothing was changed.", file.name));
    } else {
        offer(Incoming::table(&file.name, table, Vec::new()), shelf);
    }
    Ok(None)
}

async fn articles_of(kind: Kind, files: Vec<Source>, addresses: &HashMap<Rc<str>, Rc<str>>, pump: &Pump) -> Result<Foreign, Cancelled> {
    let mut foreign = Foreign::default();
    let all = files.len() as f64;
    for (n, file) in files.into_iter().enumerate() {
        let mut read = match kind {
            Kind::Page => articles::page(&file.spot(), PagePages.parse(&file.text)),
            _ => articles::markdown(&file),
        };
        for text in &mut read.texts {
            text.metadata.url = text.metadata.url.take().or_else(|| addresses.get(&file.name).cloned());
        }
        foreign.texts.extend(read.texts);
        foreign.problems.append(read.problems);
        pump.step("Reading the articles", n as f64 / all).await?;
    }
    Ok(foreign)
}

fn offer(incoming: Incoming, shelf: &Shelf) {
    shelf.act.emit(Action::Dialog(Some(Dialog::Bring(Rc::new(incoming)))));
}

fn called(files: &[Source]) -> String {
    match files {
        [one] => one.name.to_string(),
        [first, ..] => format!("{} and {} more", first.name, files.len() - 1),
        [] => String::new(),
    }
}

fn listed(names: &[Rc<str>]) -> String {
    match names.len() {
        0..=5 => names.iter().map(|name| &**name).collect::<Vec<_>>().join(", "),
        many => counted(many, "file"),
    }
}

fn is_foreign(name: &str) -> bool {
    OTHERS.contains(&Source::whole(name, "").extension().as_str())
}

fn say(shelf: &Shelf, why: String) {
    shelf.act.emit(Action::Say(Notice::failed(why)));
}
