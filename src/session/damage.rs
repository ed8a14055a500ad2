//! What is said of stored values that can't be read: first what it means for the work.

use std::collections::BTreeSet;

use super::words::{counted, quoted};
use crate::edit::AnnotationStore;
use crate::format::stored::{Place, Spoilt};
use crate::model::*;
use crate::order::Gather;

/// Sentences about values that could not be read, beside all that could, which is in `store`.
pub fn damage(spoilt: &[Spoilt], store: &AnnotationStore) -> Vec<String> {
    let (newer, damaged): (Vec<&Spoilt>, Vec<&Spoilt>) = spoilt.iter().partition(|spoilt| spoilt.error.is_of_newer());
    let place = |spoilt: &&Spoilt| Place::parse(&spoilt.row.0).map(|(_, place)| place);
    let missing: BTreeSet<Place> = damaged.iter().filter_map(place).filter(|place| !is_in(store, place)).gather();
    // What is missing of a layer is missing by itself, too.
    let of_layers =
        |place: &Place| matches!(place, Place::Layer(..)) && missing.iter().any(|other| layer_of(other).as_ref() == Some(place));
    let missing: Vec<&Place> = missing.iter().filter(|place| !of_layers(place)).collect();
    let other_copy: BTreeSet<Place> = damaged.iter().filter_map(place).filter(|place| is_in(store, place)).gather();
    let other_copy: Vec<&Place> =
        other_copy.iter().filter(|place| !missing.iter().any(|other| layer_of(other).as_ref() == Some(*place))).collect();
    let newer_places: BTreeSet<Option<Place>> = newer.iter().map(place).gather();
    let newer_places: Vec<Option<&Place>> = newer_places.iter().map(Option::as_ref).collect();
    let mut said = Vec::new();
    if !missing.is_empty() {
        let what = things(missing.iter().map(|place| Some(*place)), store);
        said.push(format!("Missing here: {what}. It is damaged, and was put aside; the recovery page can save what is left of it."));
    }
    if !other_copy.is_empty() {
        let what = things(other_copy.iter().map(|place| Some(*place)), store);
        said.push(format!("One of two copies was damaged ({what}). It was put aside, and the other copy used."));
    }
    if !newer.is_empty() {
        let what = things(newer_places.into_iter(), store);
        said.push(format!(
            "A newer version of this page wrote what this one can’t read ({what}). It was left as it is: open the newer page to see it."
        ));
    }
    said
}

/// The annotator's work on the article to which an annotation belongs.
fn layer_of(place: &Place) -> Option<Place> {
    match place {
        Place::Record(key @ RecordKey::Annotation(..)) => Some(Place::of(key)),
        _ => None,
    }
}

/// Whether a store knows something where a row that can't be read stood.
fn is_in(store: &AnnotationStore, place: &Place) -> bool {
    match place {
        Place::Record(key) => store.record(key).is_some(),
        Place::Layer(article, annotator) => {
            store.layers(article).is_some_and(|layers| layers.keyed_records().any(|(_, by, _)| by == annotator))
        }
    }
}

/// “2 annotations and the scheme, on “Title””; the article is named where all are about one.
fn things<'a>(places: impl Iterator<Item = Option<&'a Place>> + Clone, store: &AnnotationStore) -> String {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for place in places.clone() {
        let thing = place.map_or("value of an unknown kind", thing);
        match counts.iter_mut().find(|(other, _)| *other == thing) {
            Some((_, count)) => *count += 1,
            None => counts.push((thing, 1)),
        }
    }
    let parts: Vec<String> = counts.into_iter().map(|(thing, count)| counted(count, thing)).collect();
    let parts = match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    };
    let mut articles = places.clone().map(|place| match place? {
        Place::Layer(article, _) => Some(article.clone()),
        Place::Record(key) => key.article().cloned(),
    });
    let first = articles.next().flatten();
    let title = |article: ArticleId| store.article(&article).map(|article| quoted(&article.label()));
    let alone = places.clone().count() == 1 && matches!(places.clone().next(), Some(Some(Place::Record(RecordKey::Article(_)))));
    match first.filter(|first| articles.all(|article| article.as_ref() == Some(first))).and_then(title) {
        Some(title) if alone => format!("the article {title}"),
        Some(title) => format!("{parts} on {title}"),
        None => parts,
    }
}

fn thing(place: &Place) -> &'static str {
    match place {
        Place::Layer(..) => "annotator’s layer",
        Place::Record(key) => match key.kind() {
            RecordKind::Project => "project’s title",
            RecordKind::Progress => "done mark",
            kind => kind.name(),
        },
    }
}
