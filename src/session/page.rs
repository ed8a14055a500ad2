//! The text as it is drawn: blocks of segments, made anew only where something changed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

mod looks;

use looks::{Look, class_of, tag_of};

use super::{Sight, State};
use crate::edit::{ArticleLayers, Sorts, blocks_touched, lanes, segments};
use crate::model::*;
use crate::order::{Gather, InOrder};
use crate::text::{Block, Offset, Stretch, ZoneKind, blocks, is_wordlike, sentences, words};

/// The open article, cut and dressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub article: Option<Rc<Article>>,
    pub reading: Rc<Vec<Block>>,
    pub blocks: Vec<Rc<BlockView>>,
    /// Words of the article, without punctuation.
    pub words: usize,
    /// What each block was drawn from.
    worn: Vec<Rc<Dress>>,
    /// The rest of what all of it was drawn from.
    layers: Option<Rc<ArticleLayers>>,
    scheme: Option<Rc<Scheme>>,
    sight: Sight,
    /// Whose work is drawn as one's own, and the marks of the others.
    annotator: Option<AnnotatorId>,
    marks: Rc<BTreeMap<AnnotatorId, Rc<str>>>,
    lights: Lights,
    breaks_sentences: bool,
}

/// A paragraph as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockView {
    pub stretch: Stretch,
    /// The zone that the whole block is, if one.
    pub zone: Option<ZoneKind>,
    pub segments: Vec<SegmentView>,
}

/// A piece of text with one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentView {
    pub start: Offset,
    pub text: Rc<str>,
    pub class: Rc<str>,
    /// Ids of the annotations that cover it, innermost first, separated by spaces.
    pub annotations: Option<Rc<str>>,
    /// Letters of the annotations that begin here.
    pub tag: Option<Rc<str>>,
    /// The hints that fill a role with what begins here, separated by spaces.
    pub hint: Option<Rc<str>>,
    /// White space at the end of the block, which collapses on screen.
    pub gap: bool,
}

/// What a block is drawn from beside its text and the scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Dress {
    /// In reading order.
    annotations: Vec<Rc<Annotation>>,
    /// Of these annotations.
    lights: Lights,
}

/// What is to be seen of annotations for a while.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lights {
    lit: BTreeSet<AnnotationId>,
    focus: Option<AnnotationId>,
    hints: BTreeMap<AnnotationId, Rc<str>>,
}

impl Page {
    /// The index of the block that holds `offset`; the end of the text belongs to the last one.
    pub fn block_at(&self, offset: Offset) -> Option<usize> {
        let at = self.blocks.partition_point(|block| block.stretch.end() <= offset);
        (!self.blocks.is_empty()).then(|| at.min(self.blocks.len() - 1))
    }

    /// The annotations that are shown in the block that holds `offset`, in reading order.
    pub(super) fn annotations_near(&self, offset: Offset) -> impl Iterator<Item = &Rc<Annotation>> {
        self.block_at(offset).into_iter().flat_map(|index| &self.worn[index].annotations)
    }

    /// The page for `state`, made from the last one: costs in proportion to what changed.
    ///
    /// Laws: it is [`Page::afresh`]; a block whose annotations, lights, hints and scheme are what they were keeps its `Rc`.
    pub(super) fn drawn(state: &State) -> Rc<Self> {
        let old = &state.page;
        let Some(article) = state.open_article() else {
            return if old.article.is_none() { old.clone() } else { Rc::default() };
        };
        let same_text = old.article.as_ref() == Some(article);
        if !same_text
            || old.scheme.as_ref() != Some(state.store.scheme())
            || old.sight != state.sight()
            || old.annotator.as_ref() != Some(&state.annotator)
            || old.marks != state.marks
            || old.breaks_sentences != state.reading.breaks_sentences()
        {
            return Rc::new(Self::afresh(state));
        }
        let layers = state.store.layers(&article.id);
        let lights = Lights::of(state);
        if lights == old.lights && layers == old.layers.as_ref() {
            return old.clone();
        }
        let nothing = ArticleLayers::default();
        let (new_layers, old_layers) = (layers.map_or(&nothing, |layers| layers), old.layers.as_ref().map_or(&nothing, |layers| layers));
        let mut gone: BTreeMap<usize, Vec<&Rc<Annotation>>> = BTreeMap::new();
        let mut come: BTreeMap<usize, Vec<&Rc<Annotation>>> = BTreeMap::new();
        let mut touched: BTreeSet<usize> = BTreeSet::new();
        for (before, after) in new_layers.changes_since(old_layers) {
            for (changed, blocks) in [(before, &mut gone), (after, &mut come)] {
                let Some(annotation) = changed.filter(|annotation| state.is_shown(annotation)) else { continue };
                for index in blocks_of(&old.reading, annotation) {
                    touched.insert(index);
                    blocks.entry(index).or_default().push(annotation);
                }
            }
        }
        for annotation in lights.unlike(&old.lights).into_iter().flat_map(|id| new_layers.of_id(id)) {
            touched.extend(blocks_of(&old.reading, annotation));
        }
        let mut page = (**old).clone();
        for index in touched {
            let mut annotations = page.worn[index].annotations.clone();
            let place = |annotations: &[Rc<Annotation>], of: &Rc<Annotation>| annotations.binary_search_by(|other| other.order(of));
            for annotation in gone.get(&index).into_iter().flatten() {
                if let Ok(at) = place(&annotations, annotation) {
                    annotations.remove(at);
                }
            }
            for annotation in come.get(&index).into_iter().flatten() {
                if let Err(at) = place(&annotations, annotation) {
                    annotations.insert(at, (*annotation).clone());
                }
            }
            let dress = Dress { lights: lights.of_these(&annotations), annotations };
            if dress != *page.worn[index] {
                page.blocks[index] = Rc::new(draw(state, article, &page.reading[index], &dress));
                page.worn[index] = Rc::new(dress);
            }
        }
        page.layers = layers.cloned();
        page.lights = lights;
        Rc::new(page)
    }

    /// The page for `state`, made from nothing.
    pub fn afresh(state: &State) -> Self {
        let Some(article) = state.open_article() else { return Self::default() };
        let reading = blocks(&article.text, &article.zones);
        let lights = Lights::of(state);
        let mut wearing: Vec<Vec<Rc<Annotation>>> = vec![Vec::new(); reading.len()];
        for annotation in state.store.annotations(&article.id).iter().filter(|annotation| state.is_shown(annotation)) {
            for index in blocks_of(&reading, annotation) {
                wearing[index].push(annotation.clone());
            }
        }
        let plain = Rc::new(Dress::default());
        let dress = |annotations: Vec<Rc<Annotation>>| match annotations.as_slice() {
            [] => plain.clone(),
            some => Rc::new(Dress { lights: lights.of_these(some), annotations }),
        };
        let worn: Vec<Rc<Dress>> = wearing.into_iter().map(dress).collect();
        Self {
            article: Some(article.clone()),
            blocks: reading.iter().zip(&worn).map(|(block, dress)| Rc::new(draw(state, article, block, dress))).collect(),
            words: word_count(article),
            reading: Rc::new(reading),
            worn,
            layers: state.store.layers(&article.id).cloned(),
            scheme: Some(state.store.scheme().clone()),
            sight: state.sight(),
            annotator: Some(state.annotator.clone()),
            marks: state.marks.clone(),
            lights,
            breaks_sentences: state.reading.breaks_sentences(),
        }
    }
}

impl Lights {
    fn of(state: &State) -> Self {
        let hints = state.filling.iter().flat_map(|filling| filling.annotation_hints());
        Self { lit: lit(state), focus: state.focus.clone(), hints: hints.map(|(id, hint)| (id.clone(), hint.clone())).collect() }
    }

    /// What falls on these annotations.
    fn of_these(&self, annotations: &[Rc<Annotation>]) -> Self {
        let mut lights = Self::default();
        for Annotation { id, .. } in annotations.iter().map(|annotation| &**annotation) {
            if self.lit.contains(id) {
                lights.lit.insert(id.clone());
            }
            if self.focus.as_ref() == Some(id) {
                lights.focus = Some(id.clone());
            }
            if let Some(hint) = self.hints.get(id) {
                lights.hints.insert(id.clone(), hint.clone());
            }
        }
        lights
    }

    /// The ids on which the two do not fall alike.
    fn unlike<'a>(&'a self, other: &'a Self) -> BTreeSet<&'a AnnotationId> {
        let mut ids: BTreeSet<&AnnotationId> = self.lit.symmetric_difference(&other.lit).gather();
        if self.focus != other.focus {
            ids.extend(self.focus.iter().chain(&other.focus));
        }
        let hinted = self.hints.keys().chain(other.hints.keys());
        ids.extend(hinted.filter(|id| self.hints.get(*id) != other.hints.get(*id)));
        ids
    }
}

/// The blocks that an annotation's words touch; an orphan touches none.
fn blocks_of(reading: &[Block], annotation: &Annotation) -> BTreeSet<usize> {
    let fragments = annotation.span().map_or(&[][..], Span::fragments);
    fragments.iter().flat_map(|fragment| blocks_touched(reading, *fragment)).gather()
}

pub(super) fn word_count(article: &Article) -> usize {
    let tokens = article.text.whole().map_or_else(Vec::new, |whole| words(&article.text, whole));
    tokens.into_iter().filter(|token| article.text.slice(*token).is_some_and(is_wordlike)).count()
}

/// The frame of what is focused or hovered: itself, its fillers, and what it fills.
fn lit(state: &State) -> BTreeSet<AnnotationId> {
    let Some(layers) = state.article.as_ref().and_then(|article| state.store.layers(article)) else { return BTreeSet::new() };
    let mut lit = BTreeSet::new();
    for id in state.focus.iter().chain(&state.hover) {
        let Some(annotation) = state.annotation(id) else { continue };
        lit.insert(annotation.id.clone());
        lit.extend(annotation.filler_annotations().map(|(_, filler)| filler.clone()));
        for referrer in layers.referrers(&annotation.id, &annotation.annotator) {
            lit.insert(referrer.annotation.clone());
        }
    }
    lit
}

fn draw(state: &State, article: &Article, block: &Block, dress: &Dress) -> BlockView {
    let text = &article.text;
    let spans: Vec<(usize, Stretch)> = dress
        .annotations
        .iter()
        .enumerate()
        .flat_map(|(index, annotation)| annotation.span().map_or(&[][..], Span::fragments).iter().map(move |fragment| (index, *fragment)))
        .collect();
    let hulls: Vec<Stretch> = dress
        .annotations
        .iter()
        .filter_map(|annotation| annotation.span()?.hull().intersection(block.stretch).or(Some(block.stretch)))
        .collect();
    let lanes = lanes(&hulls);
    let zones = article.zones.iter().filter(|zone| zone.stretch.overlaps(block.stretch));
    let mut cuts = vec![block.content_end];
    cuts.extend(zones.clone().flat_map(|zone| [zone.stretch.start(), zone.stretch.end()]));
    let stops: Vec<Offset> = match state.reading.breaks_sentences() {
        true => sentences(text, block.stretch).into_iter().map(Stretch::end).filter(|end| *end < block.content_end).collect(),
        false => Vec::new(),
    };
    cuts.extend(&stops);
    let content = Stretch::new(block.stretch.start(), block.content_end);
    let zone = zones.clone().find(|zone| content.is_some_and(|content| zone.stretch.contains_stretch(content))).map(|zone| zone.kind);
    let looks: Vec<Look<'_>> = dress.annotations.iter().zip(&lanes).map(|(annotation, lane)| Look::of(state, annotation, *lane)).collect();
    let segments = segments(block.stretch, &spans, &cuts)
        .into_iter()
        .map(|segment| {
            let within = zones.clone().find(|zone| zone.stretch.contains_stretch(segment.stretch)).map(|zone| zone.kind);
            let mut covering: Vec<&Look<'_>> = segment.covering.iter().map(|index| &looks[*index]).collect();
            covering.put_in_order_by_key(|look| (look.annotation.span().map(|span| span.hull().len()), look.annotation.id.clone()));
            let begins: Vec<&Look<'_>> = covering
                .iter()
                .rev()
                .copied()
                .filter(|look| look.annotation.span().is_some_and(|span| span.start() == segment.stretch.start()))
                .collect();
            let resumes = covering.iter().any(|look| {
                look.annotation.span().is_some_and(|span| {
                    span.start() != segment.stretch.start()
                        && span.fragments().iter().any(|fragment| fragment.start() == segment.stretch.start())
                })
            });
            let mut tag = tag_of(&begins);
            if resumes {
                tag.push('…');
            }
            // All that begin here, the outermost first, as their letters stand.
            let hints: Vec<&str> = begins.iter().filter_map(|look| Some(&**dress.lights.hints.get(&look.annotation.id)?)).collect();
            let mut class = class_of(&covering, within, dress);
            if stops.binary_search(&segment.stretch.end()).is_ok() {
                class.push_str(if class.is_empty() { "stop" } else { " stop" });
            }
            SegmentView {
                start: segment.stretch.start(),
                text: text.slice(segment.stretch).unwrap_or_default().into(),
                class: class.into(),
                annotations: (!covering.is_empty())
                    .then(|| covering.iter().map(|look| look.annotation.id.as_str()).collect::<Vec<_>>().join(" ").into()),
                tag: (!tag.is_empty()).then(|| tag.into()),
                hint: (!hints.is_empty()).then(|| hints.join(" ").into()),
                gap: segment.stretch.start() >= block.content_end,
            }
        })
        .collect();
    BlockView { stretch: block.stretch, zone, segments }
}
