//! Who says what, against the plain definition.

use proptest::prelude::*;
use standpoint::analysis::{Attribution, Outline, attribution};
use standpoint::edit::AnnotationStore;
use standpoint::model::*;

use crate::cases;

fn means(store: &AnnotationStore, annotation: &Annotation, meaning: Meaning) -> bool {
    store.scheme().type_of(&annotation.type_id).is_some_and(|of| of.means == Some(meaning))
}

/// The claim is what the stance is about, or holds all its words.
fn bears(store: &AnnotationStore, claim: &Annotation, stance: &Annotation) -> bool {
    let of = store.scheme().type_of(&stance.type_id).expect("a type");
    let target = of.roles.iter().filter(|role| role.means == Some(Meaning::Target)).flat_map(|role| stance.fillers(&role.id));
    let about = target.into_iter().any(|filler| *filler == Filler::Annotation(claim.id.clone()));
    let inside = claim.span().is_some_and(|claim| {
        stance
            .span()
            .is_some_and(|stance| stance.fragments().iter().all(|part| claim.fragments().iter().any(|whole| whole.contains_stretch(*part))))
    });
    claim.annotator == stance.annotator && (about || inside)
}

/// Claims and stances of two annotators on a text of sixty letters, some of two fragments; `about` is an earlier claim.
fn drawn(rows: &[(bool, bool, u32, u32, u32, usize)]) -> AnnotationStore {
    let claims: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| row.0).map(|(at, _)| at).collect();
    let annotations: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(at, (claim, ana, start, len, gap, about))| {
            let (end, again) = (start + len, start + len + gap + 1);
            let second = if *gap > 2 { format!(r#",{{"start":{again},"end":{}}}"#, again + len) } else { String::new() };
            let roles = match claims.get(about % (claims.len() + 1)) {
                Some(target) if !claim => format!(r#"{{"target":[{{"annotation":"x{target}"}}]}}"#),
                _ => "{}".to_owned(),
            };
            let (kind, who) = (if *claim { "claim" } else { "stance" }, if *ana { "ana" } else { "bo" });
            format!(r#"{{"id":"x{at}","article":"a","annotator":"{who}","type":"{kind}","fragments":[{{"start":{start},"end":{end}}}{second}],"roles":{roles}}}"#)
        })
        .collect();
    let text = "abcde fgh ".repeat(6);
    let json = format!(
        r#"{{"format":"standpoint","version":1,"articles":[{{"id":"a","text":"{text}"}}],"annotations":[{}]}}"#,
        annotations.join(",")
    );
    standpoint::format::native::read("drawn.json", &json).expect("a project").store
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_claim_bears_the_stances_about_it_and_in_it(
        rows in prop::collection::vec((any::<bool>(), prop::bool::weighted(0.7), 0u32..40, 1u32..9, 0u32..6, 0usize..12), 2..14)
    ) {
        let store = drawn(&rows);
        let article = store.articles().next().expect("an article");
        let annotations: Vec<&Annotation> = store.annotations(&article.id).iter().map(|annotation| &**annotation).collect();
        prop_assert_eq!(annotations.len(), rows.len());
        let outline = Outline::of(store.scheme(), store.layers(&article.id).expect("annotations"));
        let found: Vec<Attribution> = outline.claims().iter().map(|claim| attribution(&store, article, &outline, claim, |_| true)).collect();
        let claims: Vec<&Annotation> = annotations.iter().copied().filter(|annotation| means(&store, annotation, Meaning::Claim)).collect();
        prop_assert_eq!(found.iter().map(|row| &*row.claim).collect::<Vec<_>>(), claims);
        for row in &found {
            let stances = annotations.iter().copied().filter(|annotation| means(&store, annotation, Meaning::Stance));
            let expected: Vec<&Annotation> = stances.filter(|stance| bears(&store, &row.claim, stance)).collect();
            prop_assert_eq!(row.stances.iter().map(|mark| &*mark.stance).collect::<Vec<_>>(), expected);
        }
    }
}
