//! What handing copies in promises: what they contradict is never merged unasked, and all else is merged as ever.

use std::collections::BTreeSet;
use std::rc::Rc;

use proptest::prelude::*;
use standpoint::edit::{AnnotationStore, Clashes, Command, Fresh, HandIn, Whose, clashes, harmless, merge_records};
use standpoint::model::*;
use standpoint::session::{Action, Decided, Dialog, Handing, Moment, SchemeChoice, State, Unloaded, update};

use crate::cases;
use crate::common::*;

/// The same copy with another text under some of its articles' ids: the first three bits of `which` say under which of a, b and c.
fn retold(store: &AnnotationStore, which: u8, letter: char) -> AnnotationStore {
    let is_meant = |id: &ArticleId| ["a", "b", "c"].iter().position(|name| id.as_str() == *name).is_some_and(|n| which & (1 << n) != 0);
    let content = |content: &Content| match content {
        Content::Article(of) if is_meant(&of.id) => {
            let text = format!("{letter}{}", of.text.as_str());
            Content::Article(Rc::new(Article { zones: of.zones.clone(), ..article(of.id.as_str(), &text) }))
        }
        other => other.clone(),
    };
    let versioned = |of: &Versioned| Versioned { content: of.content.as_ref().map(content), ..of.clone() };
    let record = |of: &Record| Record { current: versioned(&of.current), conflicts: of.conflicts.iter().map(versioned).collect() };
    let all: Vec<_> = store.all_records().map(|(key, of)| (key, Rc::new(record(of)))).collect();
    AnnotationStore::empty(ProjectHeader::clone(store.header()), Scheme::clone(store.scheme())).merge(all).0
}

fn hand_ins(stores: [AnnotationStore; 2]) -> Vec<HandIn> {
    stores.into_iter().zip(["b.json", "c.json"]).map(|(project, file)| HandIn { file: file.into(), project }).collect()
}

fn clashing(found: &Clashes) -> BTreeSet<ArticleId> {
    found.texts.iter().map(|clash| clash.other.id.clone()).collect()
}

fn own_ids(found: &Clashes) -> BTreeSet<ArticleId> {
    found.texts.iter().map(|clash| clash.own_id.clone()).collect()
}

fn unordered(store: &AnnotationStore) -> AnnotationStore {
    let mut ids: Vec<ArticleId> = records(store).keys().filter_map(RecordKey::article).cloned().collect();
    ids.sort();
    store.with_order(&ids)
}

fn moment() -> Moment {
    Moment { now: instant(999_999), fresh: Fresh { millis: 1, entropy: 1 } }
}

fn act(state: &Rc<State>, action: Action) -> Rc<State> {
    update(state, action, &moment())
}

fn desk(store: &AnnotationStore) -> Rc<State> {
    let desk = Rc::new(State::new(empty_store(), Replica::new("desk").expect("an id"), annotator_id("ana")));
    act(&desk, Action::Open { store: store.clone(), article: None, saved: true, unexported: 0, rest: Unloaded::default() })
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn without_the_texts_that_clash_all_else_is_merged_record_by_record(story in stories(20, 40), which in any::<[u8; 2]>()) {
        let [a, b, c] = story.tabs().map(|tab| tab.store);
        let copies = hand_ins([retold(&b, which[0], 'b'), retold(&c, which[1], 'c')]);
        let found = clashes(&a, &copies);
        let both = merged(&a, &harmless(&a, &copies, &found.texts, &BTreeSet::new()));
        indices_hold(&both);
        let is_out = |key: &RecordKey, n: usize| {
            found.texts.iter().any(|clash| key.article() == Some(&clash.other.id) && clash.files.contains(&n))
        };
        let mut expected = records(&a);
        for (n, copy) in copies.iter().enumerate() {
            for (key, record) in records(&copy.project).into_iter().filter(|(key, _)| !is_out(key, n)) {
                let record = match expected.get(&key) {
                    Some(own) => Rc::new(merge_records(own, &record)),
                    None => record,
                };
                expected.insert(key, record);
            }
        }
        prop_assert_eq!(records(&both), expected);
        for article in both.articles() {
            let texts = both.record(&RecordKey::Article(article.id.clone())).expect("a record").versions();
            let texts = texts.filter_map(|version| match &version.content { Some(Content::Article(of)) => Some(&of.text), _ => None });
            prop_assert!(texts.into_iter().all(|text| *text == article.text), "one text an article");
        }
    }

    #[test]
    fn but_for_the_texts_that_clash_handing_in_is_commutative_associative_and_idempotent(story in stories(20, 40), which in any::<[u8; 3]>()) {
        let [a, b, c] = story.tabs().map(|tab| tab.store);
        let [a, b, c] = [retold(&a, which[0], 'a'), retold(&b, which[1], 'b'), retold(&c, which[2], 'c')];
        let hand_in = |here: &AnnotationStore, others: [&AnnotationStore; 2], apart: &dyn Fn(&Clashes) -> BTreeSet<ArticleId>| {
            let copies = hand_ins(others.map(Clone::clone));
            let found = clashes(here, &copies);
            (merged(here, &harmless(here, &copies, &found.texts, &apart(&found))), found)
        };
        let none = |_: &Clashes| BTreeSet::new();
        let (abc, found) = hand_in(&a, [&b, &c], &none);
        let out = clashing(&found);
        for (here, others) in [(&a, [&c, &b]), (&b, [&a, &c]), (&c, [&b, &a])] {
            let (other, found) = hand_in(here, others, &none);
            prop_assert_eq!(&clashing(&found), &out);
            prop_assert_eq!(unordered(&other.without_articles(&out)), unordered(&abc.without_articles(&out)));
        }
        // One after the other, as at once.
        let (ab, _) = hand_in(&a, [&b, &b], &none);
        let one_by_one = hand_in(&ab, [&c, &c], &none).0;
        prop_assert_eq!(unordered(&one_by_one.without_articles(&out)), unordered(&abc.without_articles(&out)));
        for apart in [&none as &dyn Fn(&Clashes) -> BTreeSet<ArticleId>, &own_ids] {
            let once = hand_in(&a, [&b, &c], apart).0;
            let twice = hand_in(&once, [&b, &c], apart).0;
            prop_assert_eq!(twice.without_articles(&out), once.without_articles(&out));
            // A text that clashes may come in where another copy removed the article: nothing contradicts it then.
            if out.iter().all(|id| once.article(id).is_some()) {
                prop_assert_eq!(&twice, &once);
            }
            indices_hold(&once);
        }
    }

    #[test]
    fn a_text_taken_in_apart_comes_with_all_that_belongs_to_it(story in stories(20, 30), which in any::<[u8; 2]>()) {
        let [a, b, c] = story.tabs().map(|tab| tab.store);
        let copies = hand_ins([retold(&b, which[0], 'x'), retold(&c, which[1], 'x')]);
        let found = clashes(&a, &copies);
        let both = merged(&a, &harmless(&a, &copies, &found.texts, &own_ids(&found)));
        for clash in &found.texts {
            prop_assert_eq!(&both.article(&clash.own_id).expect("the article").text, &clash.other.text);
            for copy in clash.files.iter().map(|n| &copies[*n].project) {
                for annotation in copy.annotations(&clash.other.id) {
                    let key = RecordKey::Annotation(clash.own_id.clone(), annotation.annotator.clone(), annotation.id.clone());
                    let came = &copy.record(&annotation.key()).expect("its record").current.version;
                    let is_or_knows = |of: &Versioned| matches!(of.version.compare(came), VersionOrder::Equal | VersionOrder::Newer);
                    let known = both.record(&key).is_some_and(|record| record.versions().any(is_or_knows));
                    prop_assert!(known, "{:?}", key);
                }
            }
        }
        prop_assert_eq!(own_ids(&found).len(), found.texts.len(), "no two texts have one id");
    }

    #[test]
    fn whatever_is_chosen_it_is_taken_back_to_exactly_what_was(story in stories(24, 40), which in any::<[u8; 2]>(), n in 0usize..4, apart in any::<u8>()) {
        let [a, b, c] = story.tabs().map(|tab| tab.store);
        let copies = hand_ins([retold(&b, which[0], 'b'), retold(&c, which[1], 'c')]);
        let opened = desk(&a);
        let asked = act(&opened, Action::HandIn { handing: Rc::new(Handing::of_files(copies.clone())), decided: None });
        let found = clashes(&a, &copies);
        let merged_as = match &asked.dialog {
            None => {
                prop_assert!(found.is_empty());
                asked
            }
            Some(Dialog::Clashes(handing)) => {
                prop_assert_eq!(&asked.store, &a, "nothing is changed before one agrees");
                prop_assert_eq!(&handing.clashes, &found);
                let scheme = if n < found.schemes.len() { SchemeChoice::This(n) } else { SchemeChoice::Joined };
                let own = own_ids(&found).into_iter().enumerate().filter(|(n, _)| apart & (1 << (n % 8)) != 0).map(|(_, id)| id).collect();
                let decided = Decided { own, scheme: Some(scheme), header: Default::default() };
                let expected = handing.settled(&decided).expect("all is decided");
                let closed = act(&asked, Action::Dialog(None));
                let both = act(&closed, Action::HandIn { handing: handing.clone(), decided: Some(decided) });
                prop_assert!(both.dialog.is_none());
                if let Some(scheme) = expected.scheme {
                    prop_assert_eq!(both.store.scheme(), &scheme);
                    let record = both.store.record(&RecordKey::Scheme).expect("a record");
                    prop_assert!(record.conflicts.is_empty());
                    let stores = [&a].into_iter().chain(copies.iter().map(|copy| &copy.project));
                    for stated in stores.filter_map(|store| store.record(&RecordKey::Scheme)) {
                        prop_assert_eq!(record.current.version.compare(&stated.current.version), VersionOrder::Newer);
                    }
                }
                if let Some(header) = expected.header {
                    prop_assert_eq!(both.store.header(), &header);
                    // Ours is kept, unless both copies know it and go on differently.
                    prop_assert!(!found.headers[0].stands_in.contains(&Whose::Here) || header == *a.header());
                    prop_assert!(both.store.record(&RecordKey::Project).expect("a record").conflicts.is_empty());
                }
                // What was settled stays settled: the same files ask nothing of scheme and header any more.
                let again = clashes(&both.store, &copies);
                prop_assert!(again.schemes.is_empty() && again.headers.is_empty());
                both
            }
            other => panic!("{other:?}"),
        };
        indices_hold(&merged_as.store);
        if merged_as.last_merge.is_some() {
            prop_assert_eq!(&act(&merged_as, Action::TakeBack).store, &a);
        } else {
            prop_assert_eq!(&merged_as.store, &a);
        }
    }
}

/// What made the check necessary: a plain merge takes a text for any other change of a record.
#[test]
fn a_plain_merge_lets_a_text_be_overtaken_or_contested() {
    let ours = Tab::open(picture("[He|speaker#s] said").store(), "r1", Skew::None);
    let theirs = retold(&ours.store, 1, 'x');
    let key = RecordKey::Article(article_id("a"));
    // The same version with another text: both are kept, one is shown, and spans are off in it.
    assert_eq!(merged(&ours.store, &theirs).record(&key).map(|record| record.conflicts.len()), Some(1));
    // A newer version: ours is gone.
    let newer = theirs.record(&key).map(|record| {
        let version = record.current.version.advanced(&Replica::new("other").expect("an id"), 99);
        Rc::new(Record::single(Versioned { version, ..record.current.clone() }))
    });
    let theirs = theirs.merge([(key.clone(), newer.expect("a record"))]).0;
    assert_eq!(
        merged(&ours.store, &theirs).article(&article_id("a")).map(|article| article.text.as_str().to_owned()),
        Some("xHe said".to_owned())
    );
    // Both are refused now.
    let found = clashes(&ours.store, &[HandIn { file: "x.json".into(), project: theirs }]);
    assert_eq!(clashing(&found), BTreeSet::from([article_id("a")]));
}

#[test]
fn a_scheme_that_overtakes_comes_in_unasked_and_one_that_is_overtaken_does_nothing() {
    let set = |name: &str| Command::SetScheme { scheme: Rc::new(Scheme { name: name.into(), ..default_scheme() }), fates: Vec::new() };
    let mut first = Tab::open(picture("[He|speaker#s] said").store(), "r1", Skew::None);
    first.does("ana", set("old")).expect("a scheme");
    let old = first.store.clone();
    first.does("ana", set("new")).expect("a scheme");
    let [old, new] = [old, first.store].map(|project| HandIn { file: "a.json".into(), project });
    assert!(clashes(&old.project, std::slice::from_ref(&new)).is_empty() && clashes(&new.project, std::slice::from_ref(&old)).is_empty());
    // Two files of which one knows the other are no contradiction, either.
    assert!(clashes(&old.project, &[old.clone(), new.clone()]).is_empty());
    let mut other = Tab::open(old.project.clone(), "r2", Skew::None);
    other.does("ana", set("other")).expect("a scheme");
    let found = clashes(&new.project, &[HandIn { file: "o.json".into(), project: other.store }]);
    let names: Vec<&str> = found.schemes.iter().map(|stated| &*stated.content.name).collect();
    assert_eq!(names, ["new", "other"]);
}

#[test]
fn what_a_page_once_let_in_with_two_texts_does_not_contradict_its_own_copy() {
    let ours = Tab::open(picture("[He|speaker#s] said").store(), "r1", Skew::None).store;
    let both = merged(&ours, &retold(&ours, 1, 'x'));
    let copy = HandIn { file: "own.json".into(), project: both.clone() };
    assert!(clashes(&both, &[copy]).is_empty());
}
