//! What a foreign file says, before any of it is believed: texts, spans in the file's own unit, labels that no scheme
//! knows yet.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::trouble::{Done, Spot, Trouble, Troubles};
use super::unit::Unit;
use crate::model::Metadata;

/// The label of links between the parts of one annotation, in formats whose spans have no gaps.
pub const CONTINUES: &str = "continues";

/// A file, or some lines of one that is read in parts, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// With its folders, `/` between them.
    pub name: Rc<str>,
    /// The number, from 1, of the line with which `text` begins.
    pub first_line: usize,
    pub text: String,
}

impl Source {
    pub fn whole(name: &str, text: impl Into<String>) -> Self {
        Self { name: name.into(), first_line: 1, text: text.into() }
    }

    pub fn spot(&self) -> Spot {
        Spot { file: self.name.clone(), ..Spot::default() }
    }

    /// The same in parts of about a megabyte, each of whole lines, where each line is a value; else as one.
    pub fn parts(&self) -> impl Iterator<Item = Self> {
        const PART: usize = 1 << 20;
        let first = self.text.trim_start_matches('\u{feff}').trim_ascii_start().lines().next().unwrap_or_default();
        let is_of_lines = first.starts_with('{') && first.trim_ascii_end().ends_with('}');
        let (mut at, mut line) = (0, self.first_line);
        std::iter::from_fn(move || {
            let rest = self.text.get(at..).filter(|rest| !rest.is_empty())?;
            let from = rest.len().min(PART);
            let end = match is_of_lines {
                true => rest.as_bytes()[from..].iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| from + end + 1),
                false => rest.len(),
            };
            let part = Self { name: self.name.clone(), first_line: line, text: rest[..end].to_owned() };
            at += end;
            line += part.text.bytes().filter(|byte| *byte == b'\n').count();
            Some(part)
        })
    }

    /// The name without its folders and its last extension.
    pub fn base(&self) -> &str {
        self.stem().rsplit('/').next().unwrap_or_default()
    }

    /// The name without its last extension.
    pub fn stem(&self) -> &str {
        match self.name.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') && !stem.is_empty() => stem,
            _ => &self.name,
        }
    }

    /// The last extension in lower case; empty where there is none.
    pub fn extension(&self) -> String {
        self.name.strip_prefix(self.stem()).unwrap_or_default().trim_start_matches('.').to_ascii_lowercase()
    }
}

/// What one or several files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    pub texts: Vec<ForeignText>,
    /// Labels that may be used, as a configuration beside the texts says, each zero times.
    pub declared: Labels,
    /// What the reader could make nothing of.
    pub problems: Troubles,
}

impl Foreign {
    pub fn trouble(&mut self, spot: Spot, what: impl Into<Rc<str>>, done: Done) {
        self.problems.add(Trouble { spot, what: what.into(), done });
    }

    /// The labels that are used.
    pub fn labels(&self) -> Labels {
        Labels::of(&self.texts)
    }

    /// Those that may be used, too.
    pub fn all_labels(&self) -> Labels {
        self.labels().with(&self.declared)
    }
}

/// A text with what was annotated in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignText {
    /// The file, and where in it the text stands.
    pub spot: Spot,
    /// What the file calls it: the article's id, if it can be one and no other text has it.
    pub id: Rc<str>,
    pub title: Rc<str>,
    /// BCP 47 tag, or empty.
    pub language: Rc<str>,
    pub metadata: Metadata,
    /// As the file has it, line ends included: its offsets count them. Where several annotated one text, they share it.
    pub text: Rc<str>,
    /// What the format says that offsets count.
    pub unit: Unit,
    /// Whether the file itself says so: nothing else is tried then where there are no words to try it on.
    pub is_unit_sure: bool,
    pub spans: Vec<ForeignSpan>,
    pub links: Vec<ForeignLink>,
}

/// A stretch, or several, with a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForeignSpan {
    pub spot: Spot,
    /// The file's own id, unlike all others of this text; links name it.
    pub id: Rc<str>,
    pub label: Rc<str>,
    pub pieces: Vec<Piece>,
    /// In the file's order; a name without a value is a flag.
    pub attributes: Vec<(Rc<str>, Rc<str>)>,
    pub note: Rc<str>,
    /// Whom it stands for.
    pub entity: Option<ForeignEntity>,
    /// Whose it is; `None` where the file does not say.
    pub annotator: Option<Rc<str>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForeignEntity {
    pub name: Rc<str>,
    /// `Q` and digits; whatever else stands there is no item.
    pub wikidata: Option<Rc<str>>,
    /// The file's own id.
    pub id: Option<Rc<str>>,
}

/// One stretch, end exclusive, in the unit of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Piece {
    pub start: u64,
    pub end: u64,
    /// The words that the file says stand there.
    pub quote: Option<Rc<str>>,
}

/// That something fills a role of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignLink {
    pub spot: Spot,
    /// The role.
    pub label: Rc<str>,
    /// The id of the span whose role it is.
    pub from: Rc<str>,
    pub to: End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A span, by its id.
    Span(Rc<str>),
    Entity(ForeignEntity),
}

impl ForeignText {
    /// Puts together again what was written in parts: spans that [`CONTINUES`] links, of one label.
    pub fn join_parts(&mut self) {
        if !self.links.iter().any(|link| &*link.label == CONTINUES) {
            return;
        }
        let mut at: HashMap<Rc<str>, usize> = self.spans.iter().enumerate().map(|(n, span)| (span.id.clone(), n)).collect();
        let mut is_part = vec![false; self.spans.len()];
        let links = std::mem::take(&mut self.links);
        for link in links {
            let to = match &link.to {
                End::Span(to) if &*link.label == CONTINUES => at.get(to).copied(),
                _ => None,
            };
            match at.get(&link.from).copied().zip(to) {
                Some((from, to)) if from != to && !is_part[to] && self.spans[from].label == self.spans[to].label => {
                    let pieces = std::mem::take(&mut self.spans[to].pieces);
                    self.spans[from].pieces.extend(pieces);
                    is_part[to] = true;
                    // Whatever is said of the part is said of the whole.
                    at.insert(self.spans[to].id.clone(), from);
                }
                _ => self.links.push(link),
            }
        }
        let mut is_part = is_part.into_iter();
        self.spans.retain(|_| !is_part.next().unwrap_or_default());
    }
}

/// How often each comes.
pub type Tally<Key> = BTreeMap<Key, usize>;
/// A label, and a name within it.
pub type Within = (Rc<str>, Rc<str>);

/// How often each label, attribute with its values, and link between labels comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    pub spans: BTreeMap<Rc<str>, usize>,
    /// By label and name.
    pub attributes: BTreeMap<Within, Tally<Rc<str>>>,
    /// By the label of the span whose role it is and the role; then the labels of what fills it, `None` for entities.
    pub links: BTreeMap<Within, Tally<Option<Rc<str>>>>,
    /// Labels with spans that stand for somebody.
    pub with_entities: BTreeMap<Rc<str>, usize>,
}

impl Labels {
    pub fn of(texts: &[ForeignText]) -> Self {
        let mut labels = Self::default();
        for text in texts {
            labels.add(text);
        }
        labels
    }

    /// Both: how often each comes in these, and all that stands in the others.
    pub fn with(mut self, others: &Self) -> Self {
        for (label, count) in &others.spans {
            *self.spans.entry(label.clone()).or_default() += count;
        }
        for (label, count) in &others.with_entities {
            *self.with_entities.entry(label.clone()).or_default() += count;
        }
        for (key, values) in &others.attributes {
            let own = self.attributes.entry(key.clone()).or_default();
            values.iter().for_each(|(value, count)| *own.entry(value.clone()).or_default() += count);
        }
        for (key, fillers) in &others.links {
            let own = self.links.entry(key.clone()).or_default();
            fillers.iter().for_each(|(filler, count)| *own.entry(filler.clone()).or_default() += count);
        }
        self
    }

    fn add(&mut self, text: &ForeignText) {
        let mut label_of: HashMap<&str, &Rc<str>> = HashMap::new();
        for span in &text.spans {
            label_of.insert(&span.id, &span.label);
            *self.spans.entry(span.label.clone()).or_default() += 1;
            if span.entity.is_some() {
                *self.with_entities.entry(span.label.clone()).or_default() += 1;
            }
            for (name, value) in &span.attributes {
                let values = self.attributes.entry((span.label.clone(), name.clone())).or_default();
                *values.entry(value.clone()).or_default() += 1;
            }
        }
        for link in &text.links {
            let to = match &link.to {
                End::Span(to) => label_of.get(&**to).map(|label| Some((*label).clone())),
                End::Entity(_) => Some(None),
            };
            if let (Some(from), Some(to)) = (label_of.get(&*link.from), to) {
                *self.links.entry(((*from).clone(), link.label.clone())).or_default().entry(to).or_default() += 1;
            }
        }
    }
}
