//! Foreign files on their way in: what they hold, what the person chooses, and what would come of it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::bringing::{SchemeChange, give_keys, scheme_changes};
use super::counted;
use crate::edit::AnnotationStore;
use crate::format::articles::{Columns, Kind, Table};
use crate::format::describe::about;
use crate::format::exchange::{
    Bringing, Brought, Done, Foreign, ForeignText, Frame, Labels, Mapping, Trouble, Troubles, Versions, Whose, Wishes,
};
use crate::format::formats::Format;
use crate::model::*;

/// Foreign files, read and not believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// What the files are called, for sentences.
    pub file: Rc<str>,
    pub what: What,
    foreign: Rc<Foreign>,
    /// The labels that are used.
    pub labels: Rc<Labels>,
    /// With those that a configuration beside the texts declares.
    all_labels: Rc<Labels>,
    /// Annotations that don't say whose they are.
    pub unsigned: usize,
    /// Files that came along and are not read.
    pub unread: Vec<Rc<str>>,
}

/// What the files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Another program's annotations.
    Annotations(Format),
    /// Articles alone.
    Articles(Kind),
    /// Articles whose columns are to be told apart.
    Table(Rc<Table>),
}

impl Incoming {
    pub fn new(file: &str, format: Format, foreign: Foreign, unread: Vec<Rc<str>>) -> Self {
        let (labels, all_labels) = (Rc::new(foreign.labels()), Rc::new(foreign.all_labels()));
        let unsigned = foreign.texts.iter().flat_map(|text| &text.spans).filter(|span| span.annotator.is_none()).count();
        Self { file: file.into(), what: What::Annotations(format), foreign: Rc::new(foreign), labels, all_labels, unsigned, unread }
    }

    pub fn articles(file: &str, kind: Kind, foreign: Foreign, unread: Vec<Rc<str>>) -> Self {
        Self { what: What::Articles(kind), ..Self::new(file, Format::Training, foreign, unread) }
    }

    pub fn table(file: &str, table: Table, unread: Vec<Rc<str>>) -> Self {
        let foreign = Foreign { problems: table.problems.clone(), ..Foreign::default() };
        Self { what: What::Table(Rc::new(table)), ..Self::new(file, Format::Training, foreign, unread) }
    }

    /// “brat: 2 texts with 14 spans and 6 links”.
    pub fn told(&self) -> String {
        let texts = &self.foreign.texts;
        match &self.what {
            What::Annotations(format) => {
                let spans: usize = texts.iter().map(|text| text.spans.len()).sum();
                let links: usize = texts.iter().map(|text| text.links.len()).sum();
                let held = format!("{} with {} and {}", counted(texts.len(), "text"), counted(spans, "span"), counted(links, "link"));
                format!("{}: {held}", about(format.name()).title)
            }
            What::Articles(kind) => format!("{}: {}", kind.title(), counted(texts.len(), "text")),
            What::Table(table) => {
                format!("{}: {} of {}", Kind::Table.title(), counted(table.len(), "row"), counted(table.headings.len(), "column"))
            }
        }
    }

    pub fn has_annotations(&self) -> bool {
        matches!(self.what, What::Annotations(_))
    }

    /// Texts, or rows that may be some.
    pub fn len(&self) -> usize {
        match &self.what {
            What::Table(table) => table.len(),
            _ => self.foreign.texts.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The labels that have to become something: in a project of its own what is not used yet, too, since there it will be.
    pub fn labels_for(&self, goal: Goal) -> &Labels {
        match goal {
            Goal::ThisProject => &self.labels,
            Goal::NewProject => &self.all_labels,
        }
    }

    fn text(&self, n: usize, choosing: &Choosing) -> Result<ForeignText, Trouble> {
        match &self.what {
            What::Table(table) => table.text(n, &choosing.columns),
            _ => Ok(self.foreign.texts[n].clone()),
        }
    }
}

/// Where it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    #[default]
    ThisProject,
    NewProject,
}

/// What the person chose so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choosing {
    pub goal: Goal,
    /// Who made the annotations that don't say so; nobody's name is the person at the desk.
    pub whose: Rc<str>,
    pub wishes: Wishes,
    /// Of a table.
    pub columns: Columns,
}

impl Choosing {
    /// What is proposed at first.
    pub fn of(incoming: &Incoming) -> Self {
        let columns = match &incoming.what {
            What::Table(table) => Columns::proposed(&table.headings),
            _ => Columns::default(),
        };
        Self { columns, ..Self::default() }
    }
}

/// What comes of it, should the person agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brings {
    pub project: AnnotationStore,
    pub troubles: Vec<Trouble>,
    pub articles: Vec<ArticleId>,
    /// How many of them this project has already.
    pub known_articles: usize,
    pub annotations: usize,
    /// Annotations without a place in the text.
    pub orphans: usize,
    pub roles: usize,
    pub scheme: Vec<SchemeChange>,
}

impl Brings {
    /// Without these articles.
    pub fn without(&self, out: &BTreeSet<ArticleId>) -> AnnotationStore {
        if out.is_empty() {
            return self.project.clone();
        }
        let is_out = |key: &RecordKey| key.article().is_some_and(|article| out.contains(article));
        let empty = AnnotationStore::empty((**self.project.header()).clone(), (**self.project.scheme()).clone());
        let (store, _) = empty.merge(self.project.shared_records().filter(|(key, _)| !is_out(key)));
        let order: Vec<ArticleId> = self.articles.iter().filter(|article| !out.contains(*article)).cloned().collect();
        store.with_order(&order)
    }
}

/// Reads the labels as chosen and makes of it what would be merged; changes nothing.
///
/// `header` is the new project's; `here` the one on the desk, with all articles in memory that the files have, too.
pub fn bring(
    incoming: &Incoming,
    choosing: &Choosing,
    header: &ProjectHeader,
    here: &AnnotationStore,
    annotator: &AnnotatorId,
) -> (Mapping, Brings) {
    let (mapping, frame) = (mapping(incoming, choosing, here), frame(incoming, choosing, header, here, annotator));
    let mut taking = Taking::new(incoming, choosing, &mapping, &frame);
    while taking.step() {}
    let brings = taking.finish(here);
    drop(frame);
    (mapping, brings)
}

/// What each label becomes, as chosen.
pub fn mapping(incoming: &Incoming, choosing: &Choosing, here: &AnnotationStore) -> Mapping {
    let mapping = Mapping::wished(incoming.labels_for(choosing.goal), Some(here.scheme()), &choosing.wishes);
    // A project of articles alone gets the whole scheme: they are to be annotated.
    let is_whole = choosing.goal == Goal::ThisProject || !incoming.has_annotations();
    let mut mapping = if is_whole { mapping } else { mapping.pruned() };
    give_keys(&mut mapping.scheme, here.scheme());
    mapping
}

pub fn frame<'a>(
    incoming: &Incoming,
    choosing: &Choosing,
    header: &ProjectHeader,
    here: &'a AnnotationStore,
    annotator: &AnnotatorId,
) -> Frame<'a> {
    let is_here = choosing.goal == Goal::ThisProject;
    let format = match &incoming.what {
        What::Annotations(format) => format.name(),
        What::Articles(_) | What::Table(_) => "",
    };
    Frame {
        header: if is_here { (**here.header()).clone() } else { header.clone() },
        annotator: match choosing.whose.trim() {
            "" => Whose::Id(annotator.clone()),
            name => Whose::Named(name.into()),
        },
        format,
        known: is_here.then_some(here),
        versions: Versions::OfContent,
    }
}

/// Texts that are brought in one after the other.
pub struct Taking<'a> {
    incoming: &'a Incoming,
    choosing: &'a Choosing,
    mapping: &'a Mapping,
    bringing: Bringing<'a>,
    next: usize,
    problems: Troubles,
}

impl<'a> Taking<'a> {
    pub fn new(incoming: &'a Incoming, choosing: &'a Choosing, mapping: &'a Mapping, frame: &'a Frame<'a>) -> Self {
        let problems = incoming.foreign.problems.clone();
        Self { incoming, choosing, mapping, bringing: Bringing::new(mapping, frame), next: 0, problems }
    }

    /// Brings in one text; whether there are more.
    pub fn step(&mut self) -> bool {
        if self.next < self.incoming.len() {
            match self.incoming.text(self.next, self.choosing) {
                Ok(text) => self.bringing.text(text),
                Err(problem) => self.problems.add(problem),
            }
            self.next += 1;
        }
        self.next < self.incoming.len()
    }

    /// How many texts were brought in.
    pub fn done(&self) -> usize {
        self.next
    }

    pub fn finish(self, here: &AnnotationStore) -> Brings {
        let is_here = self.choosing.goal == Goal::ThisProject;
        let brought: Brought = self.bringing.finish(self.problems);
        let project = if is_here { brought.store.clone() } else { brought.project() };
        let known_articles = brought.articles.iter().filter(|id| project.article(id).is_none()).count();
        let (mut annotations, mut orphans, mut roles) = (0, 0, 0);
        for annotation in brought.articles.iter().flat_map(|article| project.annotations(article).iter()) {
            annotations += 1;
            orphans += usize::from(annotation.span().is_none());
            roles += annotation.roles.values().map(Vec::len).sum::<usize>();
        }
        let scheme = if is_here { scheme_changes(here.scheme(), &self.mapping.scheme) } else { Vec::new() };
        Brings { articles: brought.articles, known_articles, annotations, orphans, roles, troubles: brought.troubles, scheme, project }
    }
}

/// Problems by what was done about them, the gravest last; none of them without any.
pub fn by_outcome(troubles: &[Trouble]) -> Vec<(Done, Vec<&Trouble>)> {
    let of = |done: Done| troubles.iter().filter(move |trouble| trouble.done == done).collect::<Vec<_>>();
    Done::ALL.into_iter().map(|done| (done, of(done))).filter(|(_, troubles)| !troubles.is_empty()).collect()
}
