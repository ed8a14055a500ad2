//! Several annotators: side by side, in a table, and in the text.

use super::*;
use crate::ui::annotator::whose_view;
use crate::ui::comparing::{CompareActions, CompareView, compare_view};
use crate::ui::overview::team_table;

fn annotator(id: &str) -> AnnotatorId {
    AnnotatorId::new(id).expect("an id")
}

/// The sample with a second annotator, `<b>` in the name: a claim with other edges and no speaker, a word that only she tags, a
/// speaker as in the example.
fn two() -> Rc<State> {
    let state = sample("seed-a");
    let state = act(&state, Action::SetAnnotator { annotator: annotator("ana"), name: Some("Ana <b>Novak</b>".to_owned()) });
    let example: Vec<Rc<Annotation>> = state.store.annotations(state.article.as_ref().expect("an article")).iter().cloned().collect();
    let of = |type_id: &str| {
        example.iter().find(|of| of.type_id.as_str() == type_id).and_then(|of| of.span()).expect("one of that type").clone()
    };
    let tag = |state: &Rc<State>, type_id: &str, span: Span| {
        act(state, Action::Run(Command::Tag { type_id: TypeId::new(type_id).expect("an id"), span, fills: None }))
    };
    let claim = of("claim").hull();
    let shorter = crate::text::Stretch::of(claim.start().get() + 4, claim.end().get()).expect("words");
    let state = tag(&state, "claim", Span::single(shorter));
    let state = tag(&state, "speaker", of("speaker"));
    let state = tag(&state, "target", Span::single(crate::text::Stretch::of(0, 10).expect("words")));
    act(&state, Action::SetAnnotator { annotator: annotator("example"), name: None })
}

#[test]
fn two_annotators_side_by_side() {
    let state = two();
    let comparing = Comparing::of(&state).expect("two");
    let found = comparison(&state, &comparing);
    let view = CompareView {
        layers: layer_items(&state),
        agreement: found.agreement(),
        by_type: found.by_type(state.store.scheme()),
        rows: found.rows(&state, &comparing, 0..6),
        rest: found.len(&comparing) - 6,
        comparing,
    };
    let on = CompareActions { change: Callback::noop(), more: Callback::noop(), go: Callback::noop() };
    let html = html_of(compare_view(&view, &on));
    assert!(!html.contains("<b>Novak") && html.contains("&lt;b&gt;Novak"), "a name stays words");
    expect(compare_view(&view, &on), expect_file!["../../../tests/snapshots/comparing.html"]);
    let nothing = CompareView { agreement: Agreement::default(), by_type: Vec::new(), rows: Vec::new(), rest: 0, ..view };
    assert!(html_of(compare_view(&nothing, &on)).contains("Neither of the two has annotated anything"));
}

#[test]
fn everybody_in_a_table_and_as_a_choice() {
    let state = two();
    let rows = team(&state);
    expect(
        html! { <>{ team_table(&rows, &Callback::noop()) }{ whose_view(&rows, &Callback::noop()) }</> },
        expect_file!["../../../tests/snapshots/team.html"],
    );
}

#[test]
fn others_are_marked_in_the_text() {
    expect(pane(&two()), expect_file!["../../../tests/snapshots/text-others.html"]);
}
