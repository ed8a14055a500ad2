use std::rc::Rc;

use crate::edit::ArticleLayers;
use crate::model::{Annotation, AnnotatorId, TypeId};
use crate::text::Stretch;

/// How words meet what is tagged already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Met {
    /// They share some words.
    Overlapping,
    /// Exactly these words are tagged.
    Same,
}

/// What an annotator has tagged of each of `hits`, which are in order and do not overlap: each type once, with the closest.
pub fn met(layers: Option<&ArticleLayers>, annotator: &AnnotatorId, hits: &[Stretch]) -> Vec<Vec<(TypeId, Met)>> {
    let own = layers.into_iter().flat_map(|layers| layers.ordered().iter()).filter(|annotation| annotation.annotator == *annotator);
    let mut ahead = own.filter(|annotation| annotation.span().is_some()).peekable();
    // Those that begin before a hit's end and reach behind its start.
    let mut open: Vec<&Rc<Annotation>> = Vec::new();
    let mut all = Vec::with_capacity(hits.len());
    for hit in hits {
        while let Some(annotation) = ahead.next_if(|annotation| annotation.span().is_some_and(|span| span.start() < hit.end())) {
            open.push(annotation);
        }
        open.retain(|annotation| annotation.span().is_some_and(|span| span.hull().end() > hit.start()));
        let mut types: Vec<(TypeId, Met)> = Vec::new();
        for annotation in &open {
            let Some(span) = annotation.span().filter(|span| span.overlaps(*hit)) else { continue };
            let how = if span.fragments() == [*hit] { Met::Same } else { Met::Overlapping };
            match types.iter_mut().find(|(type_id, _)| *type_id == annotation.type_id) {
                Some((_, known)) => *known = how.max(*known),
                None => types.push((annotation.type_id.clone(), how)),
            }
        }
        all.push(types);
    }
    all
}
