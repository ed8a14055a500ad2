//! From CAS JSON of any type system to what it says.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::cas::{Cas, Feature, Structure, Structures};
use super::kinds::{Kind, Kinds};
use super::layers::{ROLE, TARGET, short_name};
use super::strings::Strings;
use super::write::NO_LANGUAGE;
use crate::format::exchange::{Done, End, Foreign, ForeignLink, ForeignSpan, ForeignText, Piece, Source, Spot, Unit};
use crate::order::InOrder;

/// Reads each `.json` file; offsets count UTF-16 code units.
///
/// Whatever descends from `uima.tcas.Annotation` is a span, but for tokens, sentences and the document. Its label is the short name of
/// its type, or of a type called `Span` its `label` or `value`. What its features lead to is linked: spans themselves, arrays
/// and lists of them, and links with a `role` and a `target`. What has a `Governor` and a `Dependent` is a link from one to the other.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files.iter().filter(|file| file.extension() != "xml") {
        match serde_json::from_str::<Cas>(file.text.trim_start_matches('\u{feff}')) {
            Ok(mut cas) => match cas.structures.take() {
                Some(structures) => Reader::new(file, Kinds::new(cas.parents()), structures, &mut foreign).all(),
                None => foreign.trouble(file.spot(), "it has no %FEATURE_STRUCTURES: it is no CAS", Done::Skipped),
            },
            Err(problem) => foreign.trouble(Spot::line(&file.name, problem.line()), problem.to_string(), Done::Skipped),
        }
    }
    foreign
}

/// Whose work it is where a project of INCEpTION was exported: `annotation/<document>/<who>.json`.
pub(in crate::format) fn owner(file: &Source) -> Option<Rc<str>> {
    let mut folders = file.stem().rsplit('/');
    let (name, _, kind) = (folders.next()?, folders.next()?, folders.next()?);
    (matches!(kind, "annotation" | "curation") && name != "INITIAL_CAS").then(|| name.into())
}

/// What a structure is in this file.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// With the number of its text, and its id as links name it.
    Span(usize, Rc<str>),
    /// With the number of its text.
    Relation(usize),
    Layout,
    Other,
    /// It is left out, and that was said.
    Nothing,
}

pub(super) struct Reader<'a> {
    file: &'a Source,
    kinds: Kinds,
    pub all: Vec<Structure>,
    /// By id.
    pub at: HashMap<u64, usize>,
    pub what: Vec<What>,
    pub texts: Vec<ForeignText>,
    text_of: HashMap<u64, usize>,
    /// Structures that are no spans, but belong to one.
    used: HashSet<usize>,
    /// What is wrong in the same way at many places: how many, and the number of the first.
    said: BTreeMap<String, (usize, usize)>,
    /// What may still be followed: arrays that everything names would make a small file a large one.
    budget: usize,
    owner: Option<Rc<str>>,
    foreign: &'a mut Foreign,
}

/// What a reference costs of the budget, which is as many as the file has bytes.
const REFERENCE: usize = 8;

impl<'a> Reader<'a> {
    fn new(file: &'a Source, kinds: Kinds, structures: Structures, foreign: &'a mut Foreign) -> Self {
        let mut reader = Self {
            file,
            kinds,
            all: structures.all,
            at: HashMap::new(),
            what: Vec::new(),
            texts: Vec::new(),
            text_of: HashMap::new(),
            used: HashSet::new(),
            said: BTreeMap::new(),
            budget: file.text.len() + 10_000,
            owner: owner(file),
            foreign,
        };
        if let Some((count, first)) = structures.bad {
            reader.said.insert("this is no feature structure with an id and a type".into(), (count, first));
        }
        reader
    }

    fn all(mut self) {
        for n in 0..self.all.len() {
            self.index(n);
        }
        if self.texts.is_empty() {
            return self.foreign.trouble(self.file.spot(), "there is no text in it", Done::Skipped);
        }
        for n in 0..self.all.len() {
            let what = self.classify(n);
            self.what.push(what);
        }
        for n in 0..self.all.len() {
            if let What::Span(text, id) = self.what[n].clone() {
                self.span(n, text, id);
            }
        }
        for n in 0..self.all.len() {
            if let What::Relation(text) = self.what[n] {
                self.relation(n, text);
            }
        }
        for n in 0..self.all.len() {
            let of = &self.all[n].of;
            if matches!(self.what[n], What::Other) && !of.starts_with("uima.") && !of.ends_with("[]") && !self.used.contains(&n) {
                self.say(n, format!("“{}” is nothing in the text, and no span leads to it", short_name(of)));
            }
        }
        let mut said: Vec<_> = std::mem::take(&mut self.said).into_iter().collect();
        said.put_in_order_by(|(_, (_, a)), (_, (_, b))| a.cmp(b));
        for (what, (count, first)) in said {
            let times = if count > 1 { format!(" ({count} times)") } else { String::new() };
            self.foreign.trouble(place(self.file, first), format!("{what}{times}"), Done::Skipped);
        }
        for mut text in self.texts {
            for span in &mut text.spans {
                span.annotator = span.annotator.take().or_else(|| self.owner.clone());
            }
            text.join_parts();
            self.foreign.texts.push(text);
        }
    }

    pub fn spot(&self, n: usize) -> Spot {
        place(self.file, self.all[n].number)
    }

    /// Counts what is left out; the first place is told.
    pub fn say(&mut self, n: usize, what: String) {
        self.said.entry(what).or_insert((0, self.all[n].number)).0 += 1;
    }

    fn index(&mut self, n: usize) {
        let of = &self.all[n];
        if self.at.insert(of.id, n).is_some() {
            return self.say(n, "its id is another’s, too; this one has it".into());
        }
        if &*of.of != "uima.cas.Sofa" {
            return;
        }
        match of.get("sofaString") {
            Some(Feature::Text(text)) => {
                let spot = if self.texts.is_empty() { self.file.spot() } else { self.spot(n) };
                self.text_of.insert(of.id, self.texts.len());
                self.texts.push(ForeignText {
                    spot,
                    id: self.file.base().into(),
                    text: text.clone(),
                    unit: Unit::Utf16,
                    is_unit_sure: true,
                    ..ForeignText::default()
                });
            }
            _ => self.say(n, "this view has no text".into()),
        }
    }

    fn classify(&mut self, n: usize) -> What {
        let of = &self.all[n];
        let mut kind = self.kinds.of(&of.of);
        if kind == Kind::Unknown {
            let is_placed = of.get("begin").is_some() && of.get("end").is_some();
            kind = if is_placed { Kind::Annotation } else { Kind::Other };
        }
        // Without a view named, the only one is meant.
        let text = match of.reference("sofa") {
            Some(sofa) => self.text_of.get(&sofa).copied(),
            None => (self.texts.len() == 1).then_some(0),
        };
        match (kind, text) {
            (Kind::Annotation, Some(text)) if of.get("Governor").is_some() || of.get("Dependent").is_some() => What::Relation(text),
            (Kind::Annotation, Some(text)) if of.offset("begin").is_some() && of.offset("end").is_some() => {
                What::Span(text, of.id.to_string().into())
            }
            (Kind::Annotation, Some(_)) => {
                self.say(n, "an annotation that does not begin and end in the text".into());
                What::Nothing
            }
            (Kind::Annotation, None) => {
                self.say(n, "an annotation of a text that is not there".into());
                What::Nothing
            }
            (Kind::Document, Some(text)) => {
                self.document(n, text);
                What::Layout
            }
            (Kind::Layout, _) => {
                self.layout(n);
                What::Layout
            }
            (Kind::Document, None) => What::Layout,
            (Kind::Other | Kind::Unknown, _) => What::Other,
        }
    }

    fn document(&mut self, n: usize, text: usize) {
        let (of, text) = (&self.all[n], &mut self.texts[text]);
        if let Some(language) = of.text("language").filter(|language| &***language != NO_LANGUAGE) {
            text.language = language.clone();
        }
        if let Some(title) = of.text("documentTitle") {
            text.title = title.clone();
        }
        // Most are places in somebody's file system.
        let is_web = |uri: &&Rc<str>| uri.starts_with("http://") || uri.starts_with("https://");
        if let Some(uri) = of.text("documentUri").filter(is_web) {
            text.metadata.url = Some(uri.clone());
        }
    }

    /// Tokens and sentences are made anew; of what else is left out that is said which says something.
    fn layout(&mut self, n: usize) {
        let of = &self.all[n];
        match short_name(&of.of) {
            "CASMetadata" => self.owner = of.text("username").cloned().or(self.owner.take()),
            name @ ("Lemma" | "Stem" | "Heading" | "Paragraph" | "Div" | "Compound") => self.say(n, format!("“{name}” is of the layout")),
            _ => {}
        }
    }

    fn span(&mut self, n: usize, text: usize, id: Rc<str>) {
        let (Some(start), Some(end)) = (self.all[n].offset("begin"), self.all[n].offset("end")) else { return };
        let label = short_name(&self.all[n].of).into();
        let pieces = vec![Piece { start, end, quote: None }];
        let mut span = ForeignSpan { spot: self.spot(n), id, label, pieces, ..ForeignSpan::default() };
        let mut strings = Strings::default();
        for (name, value) in std::mem::take(&mut self.all[n].features) {
            match (&*name, value) {
                ("begin" | "end" | "sofa", _) | (_, Feature::Nothing) => {}
                (name, Feature::Text(value)) => strings.add(name, value, &mut span, &mut self.texts[text].links),
                (name, Feature::Number(number)) => span.attributes.push((name.into(), number.to_string().into())),
                (name, Feature::Flag(flag)) => span.attributes.push((name.into(), flag.to_string().into())),
                (name, Feature::Reference(to)) => self.follow(n, text, &name.into(), to, &mut span),
                (name, Feature::Strange) => self.say(n, format!("“{name}” is nothing that a feature can be")),
            }
        }
        strings.finish(&mut span);
        self.texts[text].spans.push(span);
    }

    /// Links a span to what its feature leads to.
    fn follow(&mut self, n: usize, text: usize, name: &Rc<str>, to: u64, span: &mut ForeignSpan) {
        let mut queue = VecDeque::from([(name.clone(), to)]);
        // Lists may bite their tails.
        let (mut seen, mut words) = (HashSet::new(), Vec::new());
        while let Some((name, to)) = queue.pop_front() {
            let Some(left) = self.budget.checked_sub(REFERENCE) else {
                return self.say(n, "there is too much to follow".into());
            };
            self.budget = left;
            let Some(at) = self.at.get(&to).copied() else {
                self.say(n, format!("“{name}” leads to what is not there"));
                continue;
            };
            match &self.what[at] {
                What::Span(other, id) if *other == text => {
                    let link = ForeignLink { spot: span.spot.clone(), label: name, from: span.id.clone(), to: End::Span(id.clone()) };
                    self.texts[text].links.push(link);
                }
                What::Span(..) => self.say(n, format!("“{name}” leads to another text")),
                What::Relation(_) | What::Layout | What::Nothing => {
                    let of = short_name(&self.all[at].of);
                    self.say(n, format!("“{name}” leads to “{of}”, which is no span"));
                }
                What::Other if seen.insert(at) => {
                    self.used.insert(at);
                    if !self.open(at, &name, &mut queue, &mut words) {
                        let of = short_name(&self.all[at].of);
                        self.say(n, format!("“{name}” leads to “{of}”, which is no span"));
                    }
                }
                What::Other => {}
            }
        }
        if !words.is_empty() {
            span.attributes.push((name.clone(), words.join(", ").into()));
        }
    }

    /// What is in an array, a list or a link; false where it is none of these.
    fn open(&mut self, at: usize, name: &Rc<str>, queue: &mut VecDeque<(Rc<str>, u64)>, words: &mut Vec<String>) -> bool {
        let of = &self.all[at];
        if let Some(target) = of.reference(TARGET) {
            queue.push_back((of.text(ROLE).unwrap_or(name).clone(), target));
            return true;
        }
        if of.of.starts_with("uima.cas.") && of.of.ends_with("List") {
            queue.extend(["head", "tail"].into_iter().filter_map(|end| of.reference(end)).map(|to| (name.clone(), to)));
            match of.get("head") {
                Some(Feature::Text(text)) => words.push(text.to_string()),
                Some(Feature::Number(number)) => words.push(number.to_string()),
                _ => {}
            }
            return true;
        }
        if !of.of.ends_with("[]") && !of.of.ends_with("Array") {
            return false;
        }
        let cost = of.numbers.len() * REFERENCE + of.words.iter().map(|word| word.len()).sum::<usize>();
        // Where there is nothing left, the first of them says so.
        let is_afforded = cost <= self.budget;
        if holds_structures(&of.of) {
            queue.extend(
                of.numbers.iter().filter(|to| **to > 0).take(if is_afforded { usize::MAX } else { 1 }).map(|to| (name.clone(), *to)),
            );
            self.budget = if is_afforded { self.budget } else { 0 };
        } else if is_afforded {
            words.extend(of.words.iter().map(|word| word.to_string()));
            words.extend(of.numbers.iter().map(ToString::to_string));
            self.budget -= cost;
        }
        true
    }
}

fn place(file: &Source, number: usize) -> Spot {
    file.spot().field("%FEATURE_STRUCTURES").item(number)
}

/// Whether the numbers in an array of this type are the ids of structures.
fn holds_structures(of: &str) -> bool {
    match of.strip_prefix("uima.cas.") {
        Some(name) => matches!(name, "FSArray" | "TOP[]" | "AnnotationBase[]"),
        None => true,
    }
}
