//! What a pointer holds: the edges of a span or of the selection, and what fills roles.

use std::rc::Rc;

use super::action::Edge;
use super::cursor::near;
use super::{Selection, State};
use crate::model::*;
use crate::text::{Offset, Stretch, ceil_grapheme, floor_grapheme, snap};

/// What an edge is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// The fragment of the focused annotation in that place, counted from 0.
    Fragment(usize),
    Selection,
}

/// Whether what a pointer takes hold of goes to whole words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snapping {
    /// As it is set at the desk.
    Usual,
    /// Letters count, for this once.
    Off,
}

/// What the grip's stretch is once its `edge` lies at `to`; the other edge stays. `None` where nothing would be left.
pub fn dragged(state: &State, grip: Grip, edge: Edge, to: Offset, snapping: Snapping) -> Option<Stretch> {
    let article = state.open_article()?;
    let text = &article.text;
    let old = match grip {
        Grip::Fragment(at) => *state.focused().filter(|annotation| state.is_own(annotation))?.span()?.fragments().get(at)?,
        Grip::Selection => state.selection.map(Selection::stretch)?,
    };
    let reached = match edge {
        Edge::Start => Stretch::new(to, old.end()),
        Edge::End => Stretch::new(old.start(), to.min(text.len())),
    }?;
    let whole = if state.exact || snapping == Snapping::Off {
        Stretch::new(floor_grapheme(text, reached.start()), ceil_grapheme(text, reached.end()))
    } else {
        snap(text, reached, &near(article, &state.page, reached))
    }?;
    match edge {
        Edge::Start => Stretch::new(whole.start(), old.end()),
        Edge::End => Stretch::new(old.start(), whole.end()),
    }
}

/// What lies over the text for the annotation in hand: where it can be taken hold of, and its links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Its fragments, where it may be changed.
    pub fragments: Vec<Stretch>,
    pub color: Color,
    pub links: Vec<Link>,
    /// The selection, if there is one.
    pub selection: Option<Stretch>,
}

/// Between two annotations, one of which fills a role of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub role: Rc<str>,
    /// Whose role it is: the words that it begins with.
    pub from: Stretch,
    /// The filler.
    pub to: Stretch,
    /// Of the filler's type.
    pub color: Color,
}

/// More links than these would be a thicket.
const MOST_LINKS: usize = 12;

pub fn overlay(state: &State) -> Overlay {
    let selection = state.selection.map(Selection::stretch);
    let Some((annotation, layers)) = state.focused().zip(state.article.as_ref().and_then(|article| state.store.layers(article))) else {
        return Overlay { fragments: Vec::new(), color: Color::Gray, links: Vec::new(), selection };
    };
    let scheme = state.store.scheme();
    let color = |of: &Annotation| scheme.type_of(&of.type_id).map_or(Color::Gray, |of| of.color);
    let beginning = |of: &Annotation| of.span().and_then(|span| span.fragments().first()).copied();
    let link = |holder: &Annotation, role: &RoleId, filler: &Annotation| {
        let name =
            scheme.type_of(&holder.type_id).and_then(|of| of.role(role)).map_or_else(|| role.as_str().into(), |role| role.name.clone());
        Some(Link { role: name, from: beginning(holder)?, to: beginning(filler)?, color: color(filler) })
    };
    let fillers = annotation
        .filler_annotations()
        .filter_map(|(role, filler)| link(annotation, role, layers.annotation(filler, &annotation.annotator)?));
    let holders = layers
        .referrers(&annotation.id, &annotation.annotator)
        .filter_map(|referrer| link(layers.annotation(&referrer.annotation, &annotation.annotator)?, &referrer.role, annotation));
    let is_own = state.is_own(annotation);
    Overlay {
        fragments: annotation.span().filter(|_| is_own).map_or_else(Vec::new, |span| span.fragments().to_vec()),
        color: color(annotation),
        links: fillers.chain(holders).take(MOST_LINKS).collect(),
        selection,
    }
}
