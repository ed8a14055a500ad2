//! Which format files are in, by their endings and by what stands at their beginning.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::exchange::Source;
use super::formats::Format;

/// Files of one format, which are read together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// As in [`Format::name`]; a format may be known by its looks and not be read.
    pub name: &'static str,
    pub files: Vec<Source>,
}

/// The format that files are in, if it is one that is read.
pub fn recognise(files: &[Source]) -> Option<Format> {
    Format::of_name(files.iter().find_map(looks_like)?)
}

/// Files parted by their formats, each with those that belong to it, such as the texts of brat's annotations; last what is in none.
pub fn batches(files: Vec<Source>) -> (Vec<Batch>, Vec<Source>) {
    let mut batches: Vec<Batch> = Vec::new();
    let mut others = Vec::new();
    for file in files {
        match looks_like(&file) {
            Some(name) => match batches.iter_mut().find(|batch| batch.name == name) {
                Some(batch) => batch.files.push(file),
                None => batches.push(Batch { name, files: vec![file] }),
            },
            None => others.push(file),
        }
    }
    for batch in &mut batches {
        let stems: BTreeSet<String> = batch.files.iter().map(|file| file.stem().to_owned()).collect();
        let (with, without) = others.into_iter().partition(|file| goes_with(batch.name, &stems, file));
        batch.files.extend::<Vec<Source>>(with);
        others = without;
        if batch.name == "brat" {
            without_parts(&mut batch.files);
        }
    }
    (batches, others)
}

/// The files of an archive without the one folder that all of them lie in.
pub fn without_wrapper<T>(files: Vec<(String, T)>) -> Vec<(String, T)> {
    let first = files.first().and_then(|(name, _)| name.split_once('/')).map(|(folder, _)| format!("{folder}/"));
    match first.filter(|folder| files.iter().all(|(name, _)| name.starts_with(folder.as_str()))) {
        Some(folder) => files.into_iter().map(|(name, file)| (name[folder.len()..].to_owned(), file)).collect(),
        None => files,
    }
}

/// In brat a folder is whose work lies in it; the parts of a split are nobody's.
fn without_parts(files: &mut [Source]) {
    const PARTS: [&str; 5] = ["train", "dev", "test", "valid", "validation"];
    let within = |file: &Source| file.name.split_once('/').filter(|(folder, _)| PARTS.contains(folder)).map(|(_, rest)| rest.into());
    if files.iter().all(|file| within(file).is_some()) {
        for file in files {
            file.name = within(file).unwrap_or_else(|| file.name.clone());
        }
    }
}

/// A format, and whether something looks as if it were in it.
type Looks<T> = (&'static str, fn(&T) -> bool);

/// What a file looks like by itself.
fn looks_like(file: &Source) -> Option<&'static str> {
    // Those that say most clearly what they are come first.
    const OF_JSON: [Looks<Object>; 8] = [
        ("training", is_training),
        ("cas", is_cas),
        ("w3c", is_w3c),
        ("labelstudio", is_labelstudio),
        ("citron", is_citron),
        ("semeval", is_semeval),
        ("prodigy", is_prodigy),
        ("doccano", is_doccano),
    ];
    const OF_LINES: [Looks<Source>; 4] = [("brat", is_brat), ("webanno", is_webanno), ("csv", is_csv), ("conll", is_conll)];
    let lines = || OF_LINES.into_iter().find(|(_, is)| is(file)).map(|(name, _)| name);
    let json = || {
        let object = first_object(&file.text)?;
        OF_JSON.into_iter().find(|(_, is)| is(&object)).map(|(name, _)| name)
    };
    // A text about JSON is a text; columns may be called so.
    if file.extension() == "txt" { is_conll(file).then_some("conll") } else { lines().or_else(json) }
}

/// Whether a file that looks like nothing by itself belongs to those of a format.
fn goes_with(name: &str, stems: &BTreeSet<String>, file: &Source) -> bool {
    let is_text_of_theirs = || file.extension() == "txt" && stems.contains(file.stem());
    match name {
        // What nobody annotated yet has no file of its own there.
        "brat" => matches!(file.extension().as_str(), "txt" | "conf"),
        "w3c" => is_text_of_theirs(),
        "webanno" => file.extension() == "xml" || is_text_of_theirs(),
        "conll" => file.extension() == "txt",
        "labelstudio" | "cas" => file.extension() == "xml",
        "csv" => file.extension() == "csv",
        _ => false,
    }
}

/// Whether it is a project file of our own, be it whole or not.
pub fn is_project(text: &str) -> bool {
    let head: String = start(text).chars().filter(|letter| !letter.is_whitespace()).take(200).collect();
    // Programs that write it anew may put the fields in another order; one that is broken off is known by its head alone.
    head.starts_with('{')
        && (head.contains("\"format\":\"standpoint\"") || first_object(text).is_some_and(|object| object.says("format", "standpoint")))
}

fn is_training(object: &Object) -> bool {
    object.says("format", super::training::FORMAT)
}

fn is_cas(object: &Object) -> bool {
    ["%TYPES", "%VIEWS", "%FEATURE_STRUCTURES"].into_iter().any(|key| object.has(key))
}

fn is_w3c(object: &Object) -> bool {
    object.has("@context")
        && (["target", "body", "items", "first"].into_iter().any(|key| object.has(key)) || object.tells("type", "Annotation"))
}

fn is_labelstudio(object: &Object) -> bool {
    object.is("data", Kind::is_object) && ["annotations", "predictions", "completions"].into_iter().any(|key| object.is(key, Kind::is_list))
}

fn is_citron(object: &Object) -> bool {
    object.is("text", Kind::is_text) && object.is("quotes", Kind::is_list)
}

fn is_semeval(object: &Object) -> bool {
    object.is("text", Kind::is_text) && object.is("opinions", Kind::is_list)
}

fn is_prodigy(object: &Object) -> bool {
    object.is("text", Kind::is_text) && (object.is("spans", Kind::is_list) || object.has("answer") && object.has("_input_hash"))
}

fn is_doccano(object: &Object) -> bool {
    (object.is("text", Kind::is_text) || object.is("data", Kind::is_text))
        && ["label", "labels", "entities", "annotations"].into_iter().any(|key| object.is(key, Kind::is_list))
}

fn is_brat(file: &Source) -> bool {
    file.extension() == "ann"
}

fn is_webanno(file: &Source) -> bool {
    start(&file.text).starts_with("#FORMAT=WebAnno TSV")
}

/// A table with a column for where spans begin and one for where they end, or one of frames beside it.
fn is_csv(file: &Source) -> bool {
    let header = start(&file.text).lines().next().unwrap_or_default().to_lowercase();
    let columns: Vec<&str> = header.split([',', ';', '\t']).map(|name| name.trim().trim_matches('"')).collect();
    file.extension() == "csv" && columns.contains(&"article") && ["start", "frame", "annotation"].iter().any(|name| columns.contains(name))
}

/// A token a line, its label last: `O`, or what begins with `B-`, `I-`, `E-`, `S-`, `L-` or `U-`. What is not called so has to have
/// a label, and as many columns in each line.
fn is_conll(file: &Source) -> bool {
    const LOOKED_AT: usize = 100;
    const FEWEST: usize = 5;
    let is_named_so =
        matches!(file.extension().as_str(), "conll" | "conll03" | "conll2003" | "iob" | "iob2" | "bio" | "bioes" | "tsv" | "col");
    let lines = || {
        let lines =
            start(&file.text).lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#') && !line.starts_with("-DOCSTART-"));
        lines.take(LOOKED_AT)
    };
    let label = |line: &str| {
        let mut columns = line.split_whitespace();
        let (_, last) = (columns.next()?, columns.next_back()?);
        let is_begin = last.get(1..2) == Some("-") && last.starts_with(['B', 'I', 'E', 'S', 'L', 'U']);
        (last == "O" || is_begin).then_some(is_begin)
    };
    let labels: Option<Vec<bool>> = lines().map(label).collect();
    // Prose may have a line or two that look like it.
    let widths: BTreeSet<usize> = lines().map(|line| line.split_whitespace().count()).collect();
    let is_a_table = || widths.len() == 1 && lines().count() >= FEWEST;
    labels.is_some_and(|labels| !labels.is_empty() && (is_named_so || (is_a_table() && labels.contains(&true))))
}

fn start(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// The keys of an object, and of what kind their values are.
#[derive(Debug, Default, Deserialize)]
struct Object(BTreeMap<String, Kind>);

impl Object {
    fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    fn is(&self, key: &str, kind: fn(&Kind) -> bool) -> bool {
        self.0.get(key).is_some_and(kind)
    }

    fn says(&self, key: &str, text: &str) -> bool {
        self.0.get(key).is_some_and(|kind| matches!(kind, Kind::Text(said) if said == text))
    }

    fn tells(&self, key: &str, part: &str) -> bool {
        self.0.get(key).is_some_and(|kind| matches!(kind, Kind::Text(said) if said.contains(part)))
    }
}

/// The first object of a file of JSON, be it the whole, the first of a list or of a file of lines.
fn first_object(text: &str) -> Option<Object> {
    let text = start(text).trim_start();
    let text = text.strip_prefix('[').unwrap_or(text).trim_start();
    if !text.starts_with('{') {
        return None;
    }
    serde_json::Deserializer::from_str(text).into_iter::<Object>().next()?.ok()
}

/// A value, of which nothing is kept but a short text.
#[derive(Debug)]
enum Kind {
    Text(String),
    List,
    Object,
    Other,
}

impl Kind {
    fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    fn is_list(&self) -> bool {
        matches!(self, Self::List)
    }

    fn is_object(&self) -> bool {
        matches!(self, Self::Object)
    }
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Kinds)
    }
}

struct Kinds;

impl<'de> Visitor<'de> for Kinds {
    type Value = Kind;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Kind, E> {
        const MOST: usize = 80;
        Ok(Kind::Text(text.chars().take(MOST).collect()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Kind, E> {
        Ok(Kind::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Kind, E> {
        Ok(Kind::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Kind, E> {
        Ok(Kind::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Kind, E> {
        Ok(Kind::Other)
    }

    fn visit_unit<E>(self) -> Result<Kind, E> {
        Ok(Kind::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Kind, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Kind::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Kind, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Kind::Object)
    }
}
