//! Searching the texts, and tagging what was found.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::State;
use crate::analysis::{Met, met};
use crate::edit::{ArticleLayers, Frame, Place};
use crate::model::*;
use crate::text::{Query, Stretch, Text, ceil_grapheme, floor_grapheme};

/// How many hits are gathered at most: more than anybody checks.
pub const MOST_HITS: usize = 10_000;
/// How long the words are that can be looked for (code points).
pub const LONGEST_QUERY: usize = 1_000;

/// What a search begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    pub words: Rc<str>,
    /// What every place that says the same is to be given.
    pub given: Option<Given>,
}

/// An annotation's frame that others are to get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub frame: Rc<Frame>,
    /// What it says beside its type, in words.
    pub says: Vec<Rc<str>>,
}

/// A search as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    pub query: Query,
    /// The words are a regular expression.
    pub pattern: bool,
    /// In all articles, not in the open one alone.
    pub everywhere: bool,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub articles: Vec<FoundIn>,
    /// Whether there are more than [`MOST_HITS`].
    pub more: bool,
    /// How many articles could not be read.
    pub unread: usize,
    /// Articles whose texts are not on this device.
    pub elsewhere: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundIn {
    pub article: ArticleId,
    pub label: Rc<str>,
    pub hits: Vec<Hit>,
}

/// A place that was found, in its context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub stretch: Stretch,
    pub before: Rc<str>,
    pub words: Rc<str>,
    pub after: Rc<str>,
    /// What the annotator has tagged of it, type by type.
    met: Vec<(TypeId, Met)>,
}

/// What tagging the hits as a type would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub hits: usize,
    /// Tagged so already.
    pub tagged: usize,
    /// Sharing words with another annotation of the type.
    pub overlapping: usize,
    /// Those that were chosen and would be tagged.
    pub chosen: usize,
}

impl Hit {
    /// How it meets what is tagged as that type already.
    pub fn met(&self, type_id: &TypeId) -> Option<Met> {
        self.met.iter().find(|(other, _)| other == type_id).map(|(_, met)| *met)
    }

    /// Whether it is to be tagged: one that overlaps another of the type only if the person says so, and one that is tagged so
    /// already never.
    pub fn is_chosen(&self, type_id: &TypeId, turned: bool) -> bool {
        match self.met(type_id) {
            Some(Met::Same) => false,
            Some(Met::Overlapping) => turned,
            None => !turned,
        }
    }
}

impl FoundIn {
    /// The hits of an article, which are in order, as the annotator sees them.
    pub fn new(article: &Article, layers: Option<&ArticleLayers>, annotator: &AnnotatorId, hits: &[Stretch]) -> Self {
        let met = met(layers, annotator, hits);
        let hits = hits.iter().zip(met).map(|(stretch, met)| hit(&article.text, *stretch, met)).collect();
        Self { article: article.id.clone(), label: article.label().into(), hits }
    }
}

fn hit(text: &Text, stretch: Stretch, met: Vec<(TypeId, Met)>) -> Hit {
    let (before, after) = context(text, stretch);
    Hit { before: before.into(), words: text.slice(stretch).unwrap_or_default().into(), after: after.into(), stretch, met }
}

/// The words before a stretch and behind it.
pub(super) fn context(text: &Text, stretch: Stretch) -> (String, String) {
    (before(text, stretch), after(text, stretch))
}

/// How many code points are shown before and after a hit.
const CONTEXT: u32 = 48;

/// What stands before a hit: whole words, where there are any.
fn before(text: &Text, hit: Stretch) -> String {
    let from = ceil_grapheme(text, hit.start().saturating_sub(CONTEXT));
    let all = Stretch::new(from, hit.start()).and_then(|part| text.slice(part)).unwrap_or_default();
    if from.get() == 0 {
        return all.to_owned();
    }
    let words = all.split_once(char::is_whitespace).map(|(_, words)| words).filter(|words| !words.is_empty());
    format!("…{}", words.unwrap_or(all))
}

fn after(text: &Text, hit: Stretch) -> String {
    let to = floor_grapheme(text, hit.end() + CONTEXT);
    let all = Stretch::new(hit.end(), to).and_then(|part| text.slice(part)).unwrap_or_default();
    if to == text.len() {
        return all.to_owned();
    }
    let words = all.rsplit_once(char::is_whitespace).map(|(words, _)| words).filter(|words| !words.is_empty());
    format!("{}…", words.unwrap_or(all))
}

impl Findings {
    pub fn len(&self) -> usize {
        self.articles.iter().map(|found| found.hits.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// All hits, with the article each is in, in the order in which they are listed.
    pub fn hits(&self) -> impl Iterator<Item = (&FoundIn, &Hit)> {
        self.articles.iter().flat_map(|found| found.hits.iter().map(move |hit| (found, hit)))
    }

    /// The hits, by number, that would be tagged as that type; `turned` are those of which the person said otherwise than the page.
    fn chosen<'a>(&'a self, type_id: &'a TypeId, turned: &'a BTreeSet<usize>) -> impl Iterator<Item = (&'a FoundIn, &'a Hit)> {
        self.hits().enumerate().filter(|(n, (_, hit))| hit.is_chosen(type_id, turned.contains(n))).map(|(_, found)| found)
    }

    pub fn tally(&self, type_id: &TypeId, turned: &BTreeSet<usize>) -> Tally {
        let mut tally = Tally { hits: self.len(), ..Tally::default() };
        for (_, hit) in self.hits() {
            match hit.met(type_id) {
                Some(Met::Same) => tally.tagged += 1,
                Some(Met::Overlapping) => tally.overlapping += 1,
                None => {}
            }
        }
        tally.chosen = self.chosen(type_id, turned).count();
        tally
    }

    /// The places to tag as that type.
    pub fn places(&self, type_id: &TypeId, turned: &BTreeSet<usize>) -> Vec<Place> {
        self.chosen(type_id, turned).map(|(found, hit)| Place { article: found.article.clone(), span: Span::single(hit.stretch) }).collect()
    }

    /// What must be turned for all hits, or for none, to be chosen.
    pub fn turned_for_all(&self, type_id: &TypeId, chosen: bool) -> BTreeSet<usize> {
        let hits = self.hits().enumerate();
        hits.filter(|(_, (_, hit))| hit.is_chosen(type_id, false) != chosen).map(|(n, _)| n).collect()
    }
}

/// What a search for words begins with: what is selected, if it can be looked for.
pub(super) fn seed(state: &State) -> Seed {
    let selected = state.selection.and_then(|selection| state.open_article()?.text.slice(selection.stretch()));
    Seed { words: selected.filter(|words| words.chars().count() <= LONGEST_QUERY).unwrap_or_default().into(), given: None }
}

/// What a search for all that says the same as the focused annotation begins with; or why there can be none.
pub(super) fn same_as_focused(state: &State) -> Result<Seed, &'static str> {
    let annotation = state.focused().ok_or("choose an annotation first")?;
    let span = annotation.span().ok_or("its words were not found in the text")?;
    let [stretch] = span.fragments() else { return Err("its words lie in several fragments") };
    let words = state.open_article().and_then(|article| article.text.slice(*stretch)).unwrap_or_default();
    if words.chars().count() > LONGEST_QUERY {
        return Err("it is too long to be there twice");
    }
    let given = Given { frame: Rc::new(Frame::of(annotation)), says: says(state, annotation) };
    Ok(Seed { words: words.into(), given: Some(given) })
}

/// What others get of an annotation beside its type.
fn says(state: &State, annotation: &Annotation) -> Vec<Rc<str>> {
    let Some(of) = state.store.scheme().type_of(&annotation.type_id) else { return Vec::new() };
    let mut says = Vec::new();
    for attribute in &of.attributes {
        let value = match annotation.attributes.get(&attribute.id) {
            Some(AttributeValue::Text(text)) => {
                attribute.options().iter().find(|option| option.id.as_str() == &**text).map_or(&**text, |option| &option.name).to_owned()
            }
            Some(AttributeValue::Number(number)) => number.to_string(),
            None => continue,
        };
        says.push(format!("{}: {value}", attribute.name).into());
    }
    if let Some(entity) = &annotation.entity {
        says.push(format!("entity: {}", state.entity_name(entity)).into());
    }
    for role in &of.roles {
        for filler in annotation.fillers(&role.id) {
            says.push(match filler {
                Filler::Entity(entity) => format!("{}: {}", role.name, state.entity_name(entity)).into(),
                Filler::Annotation(id) => {
                    let words = state.annotation(id).and_then(|filler| state.open_article()?.text.slice(filler.span()?.hull()));
                    format!("{}: “{}”, in this article", role.name, words.unwrap_or_default()).into()
                }
            });
        }
    }
    says
}
