//! The text as it is drawn: blocks of segments, made anew only where something changed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::State;
use crate::edit::{Lane, blocks_touched, lanes, segments};
use crate::model::*;
use crate::text::{Block, Offset, Stretch, ZoneKind, blocks, is_wordlike, words};

/// The open article, cut and dressed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub article: Option<Rc<Article>>,
    pub reading: Rc<Vec<Block>>,
    pub blocks: Vec<Rc<BlockView>>,
    /// Words of the article, without punctuation.
    pub words: usize,
    /// What each block was drawn from; a block whose dress is unchanged keeps its `Rc`.
    worn: BTreeMap<usize, Dress>,
    /// The scheme that gave it its looks.
    scheme: Option<Rc<Scheme>>,
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
    /// The hint that fills a role with what begins here.
    pub hint: Option<Rc<str>>,
    /// White space at the end of the block, which collapses on screen.
    pub gap: bool,
}

/// The part of the state that a page is drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Dress {
    annotations: Vec<Rc<Annotation>>,
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

    /// The page for `state`. Law: a block whose annotations, lights, hints and scheme are what they were keeps its `Rc`.
    pub(super) fn drawn(state: &State) -> Rc<Self> {
        let old = &state.page;
        let Some(article) = state.open_article() else {
            return if old.article.is_none() { old.clone() } else { Rc::default() };
        };
        let same = old.article.as_ref().is_some_and(|other| Rc::ptr_eq(other, article) || other == article);
        let reading = if same { old.reading.clone() } else { Rc::new(blocks(&article.text, &article.zones)) };
        let worn = dresses(state, &reading);
        let scheme = state.store.scheme();
        let same_looks = same && old.scheme.as_ref() == Some(scheme);
        let unchanged = |index: &usize| same_looks && old.worn.get(index) == worn.get(index);
        if same_looks && old.worn == worn {
            return old.clone();
        }
        let plain = Dress::default();
        let blocks = reading
            .iter()
            .enumerate()
            .map(|(index, block)| match old.blocks.get(index) {
                Some(view) if unchanged(&index) => view.clone(),
                _ => Rc::new(draw(article, scheme, block, worn.get(&index).unwrap_or(&plain))),
            })
            .collect();
        let words = if same { old.words } else { word_count(article) };
        Rc::new(Self { article: Some(article.clone()), reading, blocks, words, worn, scheme: Some(scheme.clone()) })
    }
}

fn word_count(article: &Article) -> usize {
    let tokens = article.text.whole().map_or_else(Vec::new, |whole| words(&article.text, whole));
    tokens.into_iter().filter(|token| article.text.slice(*token).is_some_and(is_wordlike)).count()
}

/// What each block that wears anything wears, by its index.
fn dresses(state: &State, reading: &[Block]) -> BTreeMap<usize, Dress> {
    let mut dresses: BTreeMap<usize, Dress> = BTreeMap::new();
    let Some(article) = &state.article else { return dresses };
    let lit = lit(state);
    let hints: BTreeMap<&AnnotationId, &Rc<str>> = state.filling.iter().flat_map(|filling| filling.annotation_hints()).collect();
    for annotation in state.store.annotations(article).iter().filter(|annotation| state.is_shown(annotation)) {
        let Some(span) = annotation.span() else { continue };
        let touched: BTreeSet<usize> = span.fragments().iter().flat_map(|fragment| blocks_touched(reading, *fragment)).collect();
        for index in touched {
            let dress = dresses.entry(index).or_default();
            dress.annotations.push(annotation.clone());
            if lit.contains(&annotation.id) {
                dress.lit.insert(annotation.id.clone());
            }
            if state.focus.as_ref() == Some(&annotation.id) {
                dress.focus = Some(annotation.id.clone());
            }
            if let Some(hint) = hints.get(&annotation.id) {
                dress.hints.insert(annotation.id.clone(), (*hint).clone());
            }
        }
    }
    dresses
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

fn draw(article: &Article, scheme: &Scheme, block: &Block, dress: &Dress) -> BlockView {
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
    let content = Stretch::new(block.stretch.start(), block.content_end);
    let zone = zones.clone().find(|zone| content.is_some_and(|content| zone.stretch.contains_stretch(content))).map(|zone| zone.kind);
    let looks: Vec<Look<'_>> = dress.annotations.iter().zip(&lanes).map(|(annotation, lane)| Look::of(scheme, annotation, *lane)).collect();
    let segments = segments(block.stretch, &spans, &cuts)
        .into_iter()
        .map(|segment| {
            let within = zones.clone().find(|zone| zone.stretch.contains_stretch(segment.stretch)).map(|zone| zone.kind);
            let mut covering: Vec<&Look<'_>> = segment.covering.iter().map(|index| &looks[*index]).collect();
            covering.sort_by_key(|look| (look.annotation.span().map(|span| span.hull().len()), look.annotation.id.clone()));
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
            let mut tag: String = begins.iter().map(|look| look.mark).collect();
            if resumes {
                tag.push('…');
            }
            let hint = begins.iter().find_map(|look| dress.hints.get(&look.annotation.id));
            SegmentView {
                start: segment.stretch.start(),
                text: text.slice(segment.stretch).unwrap_or_default().into(),
                class: class_of(&covering, within, dress).into(),
                annotations: (!covering.is_empty())
                    .then(|| covering.iter().map(|look| look.annotation.id.as_str()).collect::<Vec<_>>().join(" ").into()),
                tag: (!tag.is_empty()).then(|| tag.into()),
                hint: hint.cloned(),
                gap: segment.stretch.start() >= block.content_end,
            }
        })
        .collect();
    BlockView { stretch: block.stretch, zone, segments }
}

/// How one annotation is drawn.
struct Look<'a> {
    annotation: &'a Annotation,
    color: Color,
    line: Line,
    fill: bool,
    mark: char,
    lane: Lane,
}

impl<'a> Look<'a> {
    fn of(scheme: &Scheme, annotation: &'a Annotation, lane: Lane) -> Self {
        let Some(of) = scheme.type_of(&annotation.type_id) else {
            return Self { annotation, color: Color::Gray, line: Line::Dotted, fill: false, mark: '?', lane };
        };
        let chosen = of.attributes.iter().find_map(|attribute| {
            let AttributeValue::Text(value) = annotation.attributes.get(&attribute.id)? else { return None };
            attribute.options().iter().find(|option| option.id.as_str() == &**value && (option.color.is_some() || option.mark.is_some()))
        });
        // The key, since it is the scheme's to keep apart, and reading it teaches it.
        let letter = of.key.or_else(|| of.name.chars().next()).and_then(|letter| letter.to_uppercase().next()).unwrap_or('?');
        Self {
            annotation,
            color: chosen.and_then(|option| option.color).unwrap_or(of.color),
            line: of.line,
            fill: of.fill,
            mark: chosen.and_then(|option| option.mark).unwrap_or(letter),
            lane,
        }
    }
}

/// Classes: zone, fill of the innermost filled type, colour and line of each lane, light, focus; `covering` is innermost first.
fn class_of(covering: &[&Look<'_>], zone: Option<ZoneKind>, dress: &Dress) -> String {
    let mut classes: Vec<String> = Vec::new();
    if let Some(zone) = zone {
        classes.push(format!("zone {}", zone.as_str()));
    }
    if covering.is_empty() {
        return classes.join(" ");
    }
    classes.push("seg".to_owned());
    if let Some(look) = covering.iter().find(|look| look.fill) {
        classes.push(format!("fill-{}", look.color.as_str()));
    }
    for look in covering {
        classes.push(format!("u{0}-{1} u{0}-{2}", look.lane, look.color.as_str(), look.line.as_str()));
    }
    if let Some(first) = covering.first() {
        classes.push(format!("ink-{}", first.color.as_str()));
    }
    // The innermost lit one gives the light: what is in hand must not hide in a larger frame's colour.
    if let Some(look) = covering.iter().find(|look| dress.lit.contains(&look.annotation.id)) {
        classes.push(format!("lit-{}", look.color.as_str()));
    }
    if covering.iter().any(|look| dress.focus.as_ref() == Some(&look.annotation.id)) {
        classes.push("focused".to_owned());
    }
    classes.join(" ")
}
