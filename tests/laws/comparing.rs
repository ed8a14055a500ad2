//! Two annotators side by side, held to what a look at every pair says.

use std::collections::BTreeSet;
use std::rc::Rc;

use proptest::prelude::*;
use standpoint::analysis::{Aligned, Difference, compared};
use standpoint::edit::AnnotationStore;
use standpoint::model::*;

use crate::cases;
use crate::common::*;

fn rows(store: &AnnotationStore, article: &ArticleId, first: &str, second: &str) -> Vec<Aligned> {
    compared(store, article, &annotator_id(first), &annotator_id(second))
}

/// Every code point that lies in it.
fn code_points(annotation: &Annotation) -> BTreeSet<u32> {
    let fragments = annotation.span().map_or(&[][..], Span::fragments);
    fragments.iter().flat_map(|fragment| fragment.start().get()..fragment.end().get()).collect()
}

/// The more, the closer; `None` of what can't correspond.
fn closeness(one: &Annotation, other: &Annotation) -> Option<(bool, usize)> {
    let (ours, theirs) = (code_points(one), code_points(other));
    let shared = ours.intersection(&theirs).count();
    (one.type_id == other.type_id && shared > 0).then_some((ours == theirs, shared))
}

fn mirrored(rows: Vec<Aligned>) -> Vec<Aligned> {
    let mirror = |row| match row {
        Aligned::First(annotation) => Aligned::Second(annotation),
        Aligned::Second(annotation) => Aligned::First(annotation),
        Aligned::Both { first, second, differences } => Aligned::Both { first: second, second: first, differences },
    };
    rows.into_iter().map(mirror).collect()
}

type Pair = (Option<Rc<Annotation>>, Option<Rc<Annotation>>);

fn pairs(rows: &[Aligned]) -> Vec<Pair> {
    let pair = |row: &Aligned| match row {
        Aligned::First(annotation) => (Some(annotation.clone()), None),
        Aligned::Second(annotation) => (None, Some(annotation.clone())),
        Aligned::Both { first, second, .. } => (Some(first.clone()), Some(second.clone())),
    };
    rows.iter().map(pair).collect()
}

/// Who fills a role, in the first one's words: what has no counterpart is nobody that the second could mean.
fn fillers(
    store: &AnnotationStore,
    all: &[Annotation],
    mates: &[(AnnotationId, AnnotationId)],
    of: &Annotation,
    role: &RoleId,
) -> BTreeSet<String> {
    let there = |id: &AnnotationId| all.iter().any(|other| other.id == *id && other.annotator == of.annotator);
    let name = |filler: &Filler| match filler {
        Filler::Entity(entity) => Some(format!("entity {}", store.standing(entity))),
        Filler::Annotation(id) if !there(id) => None,
        Filler::Annotation(id) => {
            let pair = mates.iter().find(|(first, second)| if of.annotator == annotator_id("ana") { first == id } else { second == id });
            Some(pair.map_or_else(|| format!("{} of {}", id, of.annotator), |(first, _)| format!("pair {first}")))
        }
    };
    of.fillers(role).iter().filter_map(name).collect()
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn what_corresponds_is_what_shares_most(story in stories(30, 60)) {
        let store = story.tab().store;
        for article in store.article_ids() {
            let rows = rows(&store, article, "ana", "bo");
            let pairs = pairs(&rows);
            let of = |who: &str| store.annotations(article).iter().filter(|of| of.annotator == annotator_id(who)).cloned().collect::<Vec<_>>();
            let (ana, bo) = (of("ana"), of("bo"));
            let ids = |all: Vec<&Rc<Annotation>>| all.iter().map(|of| of.id.clone()).collect::<Vec<_>>();
            let sorted = |mut ids: Vec<AnnotationId>| { ids.sort(); ids };
            prop_assert_eq!(sorted(ids(pairs.iter().filter_map(|(a, _)| a.as_ref()).collect())), sorted(ids(ana.iter().collect())), "each once");
            prop_assert_eq!(sorted(ids(pairs.iter().filter_map(|(_, b)| b.as_ref()).collect())), sorted(ids(bo.iter().collect())), "each once");

            // Nobody has a counterpart that is further from them than another who would rather have them, too.
            let mate = |id: &AnnotationId, who: &str| {
                let own = pairs.iter().find(|(a, b)| if who == "ana" { a } else { b }.as_ref().is_some_and(|of| of.id == *id));
                own.and_then(|(a, b)| closeness(a.as_ref()?, b.as_ref()?))
            };
            for (a, b) in ana.iter().flat_map(|a| bo.iter().map(move |b| (a, b))) {
                if let Some(close) = closeness(a, b) {
                    prop_assert!(mate(&a.id, "ana") >= Some(close) || mate(&b.id, "bo") >= Some(close), "{:?} and {:?}", a, b);
                }
            }
            for (a, b) in pairs.iter().filter_map(|(a, b)| Some((a.as_ref()?, b.as_ref()?))) {
                let lost = |of: &Annotation| match &of.anchor { Anchor::Orphan(orphan) => Some(orphan.fragments.clone()), Anchor::Placed(_) => None };
                prop_assert!(closeness(a, b).is_some() || (lost(a).is_some() && lost(a) == lost(b)));
            }
            let place = |(a, b): &Pair| {
                [a, b].into_iter().flatten().map(|of| of.span().map_or((true, 0), |span| (false, span.start().get()))).min()
            };
            prop_assert!(pairs.is_sorted_by_key(place), "in reading order");
        }
    }

    #[test]
    fn the_second_with_the_first_is_the_mirror_image(story in stories(30, 60)) {
        let store = story.tab().store;
        for article in store.article_ids() {
            prop_assert_eq!(rows(&store, article, "bo", "ana"), mirrored(rows(&store, article, "ana", "bo")));
        }
    }

    #[test]
    fn what_differs_is_named(story in stories(30, 60)) {
        let store = story.tab().store;
        for article in store.article_ids() {
            let rows = rows(&store, article, "ana", "bo");
            let mates: Vec<(AnnotationId, AnnotationId)> =
                pairs(&rows).iter().filter_map(|(a, b)| Some((a.as_ref()?.id.clone(), b.as_ref()?.id.clone()))).collect();
            let all: Vec<Annotation> = store.annotations(article).iter().map(|of| (**of).clone()).collect();
            for row in &rows {
                let Aligned::Both { first, second, differences } = row else { continue };
                let mut expected = Vec::new();
                if code_points(first) != code_points(second) {
                    expected.push(Difference::Edges);
                }
                let attributes: BTreeSet<&AttributeId> = first.attributes.keys().chain(second.attributes.keys()).collect();
                for id in attributes {
                    if first.attributes.get(id) != second.attributes.get(id) {
                        expected.push(Difference::Attribute(id.clone()));
                    }
                }
                let roles: BTreeSet<&RoleId> = first.roles.keys().chain(second.roles.keys()).collect();
                for id in roles {
                    let of = |annotation| fillers(&store, &all, &mates, annotation, id);
                    if of(first) != of(second) {
                        expected.push(Difference::Role(id.clone()));
                    }
                }
                let entity = |of: &Annotation| of.entity.as_ref().map(|entity| store.standing(entity));
                if entity(first) != entity(second) {
                    expected.push(Difference::Entity);
                }
                prop_assert_eq!(differences, &expected);
            }
        }
    }
}

/// A picture of Ana's and one of Bo's, in letters: each row with the ids of both and what differs.
fn told(ana: &str, bo: &str) -> Vec<String> {
    let store = picture(bo).by("bo").onto(&picture(ana).store());
    let line = |row: &Aligned| match row {
        Aligned::First(of) => format!("{} ←", of.id),
        Aligned::Second(of) => format!("→ {}", of.id),
        Aligned::Both { first, second, differences } if differences.is_empty() => format!("{} = {}", first.id, second.id),
        Aligned::Both { first, second, differences } => {
            let what: Vec<String> = differences
                .iter()
                .map(|of| match of {
                    Difference::Edges => "edges".to_owned(),
                    Difference::Attribute(id) => id.to_string(),
                    Difference::Role(id) => id.to_string(),
                    Difference::Entity => "entity".to_owned(),
                })
                .collect();
            format!("{} ≠ {}: {}", first.id, second.id, what.join(", "))
        }
    };
    rows(&store, &article_id("a"), "ana", "bo").iter().map(line).collect()
}

#[test]
fn two_readings_of_a_sentence() {
    let ana = "[The minister|speaker#s] [said|cue#q] [we win|claim#c speaker:s quotation=direct] and [he|speaker#h] left";
    assert_eq!(told(ana, &ana.replace("#", "#b-").replace(":s", ":b-s")), ["s = b-s", "q = b-q", "c = b-c", "h = b-h"]);
    let bo = "The [minister|speaker#x] said [we win|claim#y speaker:z quotation=indirect] and [he|speaker#z] [left|cue#w]";
    assert_eq!(told(ana, bo), ["s ≠ x: edges", "q ←", "c ≠ y: quotation, speaker", "h = z", "→ w"]);
    // Who has other edges is still the same speaker of the claim.
    let bo = "The [minister|speaker#x] said [we win|claim#y speaker:x quotation=direct] and he left";
    assert_eq!(told(ana, bo), ["s ≠ x: edges", "q ←", "c = y", "h ←"]);
}

#[test]
fn the_same_words_come_before_more_of_them_and_like_attributes_before_others() {
    assert_eq!(told("[[a b|claim#in] c d|claim#out]", "[a b|claim#x] c d"), ["in = x", "out ←"]);
    assert_eq!(
        told(
            "[[we win|claim#one quotation=direct]|claim#two quotation=mixed]",
            "[[we win|claim#b quotation=direct]|claim#a quotation=mixed]"
        ),
        ["two = a", "one = b"]
    );
    // Of another type is nothing.
    assert_eq!(told("[we|claim#c]", "[we|target#t]"), ["c ←", "→ t"]);
}

/// Ten thousand over one place, and ten thousand side by side, on either side: neither waits, and each is in one row.
#[test]
fn a_long_article_is_compared_at_once() {
    let text = "word ".repeat(10_000);
    let mut annotations = Vec::new();
    for (who, n) in [("ana", 0), ("bo", 1)] {
        for at in 0..10_000_u32 {
            let spans = [(at * 5, at * 5 + 4 - n), (at, 50_000 - at)];
            annotations.extend(spans.into_iter().enumerate().map(|(kind, (start, end))| {
                let mut of = picture("[x|cue]").annotations.remove(0);
                of.id = annotation_id(&format!("{who}-{kind}-{at}"));
                of.annotator = annotator_id(who);
                of.type_id = type_id(if kind == 0 { "cue" } else { "claim" });
                of.anchor = Anchor::Placed(Span::single(standpoint::text::Stretch::of(start, end).expect("words")));
                of
            }));
        }
    }
    let store = Picture { text: text.as_str().into(), annotations }.store();
    let started = std::time::Instant::now();
    let rows = rows(&store, &article_id("a"), "ana", "bo");
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    let both = rows.iter().filter(|row| matches!(row, Aligned::Both { .. })).count();
    assert_eq!((both, rows.len()), (20_000, 20_000));
}
