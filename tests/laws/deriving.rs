//! What is derived from the records follows them change by change, and is what it would be if it were made anew.

use std::collections::BTreeSet;
use std::rc::Rc;

use proptest::prelude::*;
use standpoint::analysis::{Card, Gap, Outline};
use standpoint::edit::{AnnotationStore, Fresh, HandIn};
use standpoint::model::*;
use standpoint::session::*;

use crate::cases;
use crate::common::*;

/// What somebody does beside changing records.
#[derive(Clone, Copy, Debug)]
enum Gesture {
    Undo,
    Redo,
    Merge,
    TakeBack,
    Focus(u16),
    Hover(u16),
    FocusNext,
    FocusPrevious,
    FocusAt(u16),
    NextUnfinished,
    Ask(u16),
    ToggleLayer(bool),
    OpenArticle(bool),
    Escape,
}

fn gestures() -> impl Strategy<Value = Gesture> {
    prop_oneof![
        2 => Just(Gesture::Undo),
        1 => Just(Gesture::Redo),
        1 => Just(Gesture::Merge),
        1 => Just(Gesture::TakeBack),
        3 => any::<u16>().prop_map(Gesture::Focus),
        2 => any::<u16>().prop_map(Gesture::Hover),
        2 => Just(Gesture::FocusNext),
        2 => Just(Gesture::FocusPrevious),
        1 => any::<u16>().prop_map(Gesture::FocusAt),
        2 => Just(Gesture::NextUnfinished),
        3 => any::<u16>().prop_map(Gesture::Ask),
        1 => any::<bool>().prop_map(Gesture::ToggleLayer),
        1 => any::<bool>().prop_map(Gesture::OpenArticle),
        1 => Just(Gesture::Escape),
    ]
}

/// A desk, and the tab in whose terms wishes are told.
struct AtWork {
    state: Rc<State>,
    tab: Tab,
    moments: u64,
}

impl AtWork {
    fn act(&mut self, action: Action) {
        self.moments += 1;
        let moment =
            Moment { now: instant(self.moments), fresh: Fresh { millis: 1_790_000_000_000 + self.moments, entropy: self.moments << 20 } };
        self.state = update(&self.state, action, &moment);
        self.tab.store = self.state.store.clone();
    }

    fn wish(&mut self, wish: &Wish) {
        let (context, command) = wish.command(&self.tab);
        if context.annotator != self.state.annotator {
            self.act(Action::SetAnnotator { annotator: context.annotator, name: None });
        }
        if let Some(article) = context.article {
            self.act(Action::OpenArticle(article));
        }
        self.act(Action::Run(command));
    }

    fn some(&self, pick: u16) -> Option<Rc<Annotation>> {
        let all = self.state.store.annotations(self.state.article.as_ref()?);
        all.iter().nth(usize::from(pick) % all.len().max(1)).cloned()
    }

    /// As a file that somebody drops: where it contradicts the project, the project is right.
    fn take_in(&mut self, other: &AnnotationStore) {
        let copy = HandIn { file: "other.json".into(), project: other.clone() };
        self.act(Action::HandIn { handing: Rc::new(Handing::new(vec![copy], "merged")), decided: None });
        if let Some(Dialog::Clashes(handing)) = self.state.dialog.clone() {
            self.act(Action::Dialog(None));
            let decided = Decided { scheme: Some(SchemeChoice::This(0)), ..Decided::default() };
            self.act(Action::HandIn { handing, decided: Some(decided) });
        }
    }

    fn gesture(&mut self, gesture: Gesture, other: &Tab) {
        let action = match gesture {
            Gesture::Undo => Action::Undo,
            Gesture::Redo => Action::Redo,
            Gesture::Merge => return self.take_in(&other.store),
            Gesture::TakeBack => Action::TakeBack,
            Gesture::Focus(pick) => Action::Focus(self.some(pick).map(|annotation| annotation.id.clone())),
            Gesture::Hover(pick) => Action::Hover(self.some(pick).map(|annotation| annotation.id.clone())),
            Gesture::FocusNext => Action::FocusNext,
            Gesture::FocusPrevious => Action::FocusPrevious,
            Gesture::FocusAt(pick) => Action::FocusAt(standpoint::text::Offset::new(u32::from(pick % 40))),
            Gesture::NextUnfinished => Action::NextUnfinished,
            Gesture::Ask(pick) => {
                let Some(annotation) = self.some(pick) else { return };
                let roles = self.state.store.scheme().type_of(&annotation.type_id).map_or(0, |of| of.roles.len());
                let Some(role) = usize::from(pick / 7).checked_rem(roles) else { return };
                let role = self.state.store.scheme().type_of(&annotation.type_id).map(|of| of.roles[role].id.clone());
                Action::AskRole(annotation.id.clone(), role.expect("a role"))
            }
            Gesture::ToggleLayer(first) => Action::ToggleLayer(annotator_id(if first { "ana" } else { "bo" })),
            Gesture::OpenArticle(first) => Action::OpenArticle(article_id(if first { "a" } else { "b" })),
            Gesture::Escape => Action::Escape,
        };
        self.act(action);
    }

    fn check(&self) {
        let State { store, catalogue, page, lists, article, annotator, .. } = &*self.state;
        let afresh = Page::afresh(&self.state);
        assert_eq!(page.blocks, afresh.blocks, "the page");
        assert!(**page == afresh, "what the page is drawn from");
        for id in store.article_ids() {
            let outline = store.layers(id).map(|layers| Outline::of(store.scheme(), layers));
            assert_eq!(catalogue.outline(id).map(|outline| &**outline), outline.as_ref(), "the outline");
            assert_eq!(catalogue.card(id).map(|card| (**card).clone()), Card::of(store, id), "the card");
        }
        for who in ["ana", "bo"].map(annotator_id) {
            let cards = || store.article_ids().iter().filter_map(|id| catalogue.card(id));
            assert_eq!(catalogue.done(&who), cards().filter(|card| card.work_of(&who).status == Status::Done).count());
            assert_eq!(catalogue.at_work().any(|other| *other == who), cards().any(|card| card.work_of(&who).annotations > 0));
        }
        let assigned: Vec<ArticleId> = store.assigned_to(annotator, catalogue.listed());
        let there = assigned.into_iter().filter(|id| catalogue.card(id).is_some()).collect::<Vec<_>>();
        assert_eq!(*self.state.assigned, there, "what is assigned");
        for entity in store.entities() {
            let standing = store.standing(&entity.id);
            assert_eq!(store.standing(&standing), standing, "who somebody is after all merges");
        }
        let in_register: usize = register(&self.state).iter().map(|listing| listing.mentions).sum();
        let tied = self.state.listed().iter().flat_map(|article| store.annotations(article)).filter(|annotation| {
            let entity = annotation.entity.as_ref().map(|entity| store.standing(entity));
            self.state.is_shown(annotation) && entity.is_some_and(|entity| store.entity(&entity).is_some())
        });
        assert_eq!(in_register, tied.count(), "every mention is in the register");
        let Some(article) = article else { return };
        let shown: Vec<&Rc<Annotation>> = store.annotations(article).iter().filter(|annotation| self.state.is_shown(annotation)).collect();
        let listed: Vec<AnnotationId> = lists.all(0..lists.len(ListName::All)).into_iter().map(|item| item.id).collect();
        assert_eq!(listed, shown.iter().map(|annotation| annotation.id.clone()).collect::<Vec<_>>(), "all that is shown is listed");
        let gaps = |annotation: &Rc<Annotation>| catalogue.outline(article).expect("an outline").gaps(annotation);
        let lacking = |annotation: &&&Rc<Annotation>| annotation.annotator == *annotator && !gaps(annotation).is_empty();
        let own: Vec<&Rc<Annotation>> = store.annotations(article).iter().collect();
        for annotation in &own {
            let mut earlier = own.iter().take_while(|other| !Rc::ptr_eq(other, annotation));
            assert_eq!(gaps(annotation).contains(&Gap::Crossing), earlier.any(|other| crosses(other, annotation)), "what crosses another");
        }
        let unfinished: Vec<AnnotationId> = own.iter().filter(lacking).map(|annotation| annotation.id.clone()).collect();
        let todo = lists.todo(0..lists.len(ListName::Todo));
        assert_eq!(todo.iter().map(|item| item.id.clone()).collect::<Vec<_>>(), unfinished, "what lacks something is listed");
        assert_eq!(todo.iter().map(|item| item.what.len()).sum::<usize>(), lists.lacking());
    }
}

/// Whether two are of one kind and each has letters that the other has not, beside some in common: counted letter by letter.
fn crosses(one: &Annotation, other: &Annotation) -> bool {
    let letters = |of: &Annotation| -> BTreeSet<u32> {
        let fragments = of.span().into_iter().flat_map(|span| span.fragments());
        fragments.flat_map(|fragment| fragment.start().get()..fragment.end().get()).collect()
    };
    let (ones, others) = (letters(one), letters(other));
    let alike = one.type_id == other.type_id && one.annotator == other.annotator;
    alike && !ones.is_disjoint(&others) && !ones.is_subset(&others) && !others.is_subset(&ones)
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn what_is_derived_follows_every_change(
        story in stories(24, 12),
        steps in prop::collection::vec((wishes(1..2), prop::option::weighted(0.6, gestures())), 4..30),
    ) {
        let [tab, other, _] = story.tabs();
        let store = tab.store.clone();
        let state = State::new(store.clone(), Replica::new("desk").expect("an id"), annotator_id("ana"));
        let mut work = AtWork { state: Rc::new(state), tab, moments: 0 };
        work.act(Action::Open { store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
        work.check();
        for (wish, gesture) in steps {
            work.wish(&wish[0]);
            work.check();
            if let Some(gesture) = gesture {
                work.gesture(gesture, &other);
                work.check();
            }
        }
    }
}
