//! Share links: `read(write(store, what)) = handout(store, what)`, and whatever else a fragment may be.

#![cfg(not(target_arch = "wasm32"))]

mod format_random;

use std::collections::BTreeSet;
use std::rc::Rc;

use base64ct::{Base64UrlUnpadded, Encoding};
use format_random::{id, stores};
use miniz_oxide::deflate::compress_to_vec;
use proptest::prelude::*;
use standpoint::edit::{AnnotationStore, Command, Context, Fresh, plan};
use standpoint::format::native::{self, Outcome, ReadError};
use standpoint::format::share::{self, MAX_ANNOTATIONS, MAX_ARTICLES, MAX_BYTES, MAX_LENGTH, ShareError, What, Whose};
use standpoint::model::*;
use standpoint::text::{Stretch, Text, sha256_hex};

/// A link as any other program would make it: without the checksum.
fn packed(json: &str) -> String {
    format!("share=1.{}", Base64UrlUnpadded::encode_string(&compress_to_vec(json.as_bytes(), 6)))
}

fn json_of(fragment: &str) -> String {
    let letters = fragment.strip_prefix("share=1.").expect("a link");
    let bytes = Base64UrlUnpadded::decode_vec(letters).expect("base64url");
    let json = miniz_oxide::inflate::decompress_to_vec(&bytes[..bytes.len() - 4]).expect("deflated");
    String::from_utf8(json).expect("UTF-8")
}

fn sample() -> AnnotationStore {
    native::read("project.json", include_str!("../static/project.json")).expect("the sample").store
}

fn all(store: &AnnotationStore) -> BTreeSet<ArticleId> {
    store.article_ids().iter().cloned().collect()
}

fn of(articles: &[&str], annotations: Whose) -> What {
    What { articles: articles.iter().map(|article| id(ArticleId::new, article)).collect(), annotations }
}

/// One more step of work by `annotator`, as the page makes it.
fn worked(store: &AnnotationStore, annotator: &str, article: &str, number: u64, command: &Command) -> AnnotationStore {
    // As the page has it: an id is made in the instant of the step.
    let millis = 1_790_000_000_000 + number * 3_217;
    let fresh = Fresh { millis, entropy: number.wrapping_mul(0x9e37_79b9_7f4a_7c15) };
    let context = Context { annotator: id(AnnotatorId::new, annotator), article: ArticleId::new(article), fresh };
    let transaction = plan(store, &context, command).expect("a step of work");
    let (hours, minutes, seconds) = (millis / 3_600_000 % 24, millis / 60_000 % 60, millis / 1_000 % 60);
    let now = Timestamp::parse(&format!("2026-09-21T{hours:02}:{minutes:02}:{seconds:02}.{:03}Z", millis % 1000));
    let stamp = Stamp { replica: id(Replica::new, "3f9a8b7c6d5e4f3"), number, now: now.expect("a time") };
    store.apply(&transaction, &stamp).expect("it applies").0
}

fn tagged(store: &AnnotationStore, article: &str, number: u64, words: &str, type_id: &str) -> AnnotationStore {
    let text = &store.article(&id(ArticleId::new, article)).expect("the article").text;
    let at = text.as_str().find(words).unwrap_or_else(|| panic!("{words}"));
    let start = text.as_str()[..at].chars().count() as u32;
    let stretch = Stretch::of(start, start + words.chars().count() as u32).expect("words");
    let span = Span::single(stretch);
    worked(store, "u-5c1e0aa94f3b2d7", article, number, &Command::Tag { span, type_id: id(TypeId::new, type_id), fills: None })
}

/// Ten annotations on the shorter seed, as they are made by hand.
fn ten() -> AnnotationStore {
    let mut store = sample();
    store = worked(&store, "u-5c1e0aa94f3b2d7", "seed-b", 3, &Command::RenameAnnotator { name: "Ana".to_owned() });
    let words: Vec<String> = {
        let text = &store.article(&id(ArticleId::new, "seed-b")).expect("the seed").text;
        text.as_str().split_whitespace().filter(|word| word.len() > 6).map(str::to_owned).collect()
    };
    let types = ["speaker", "cue", "claim", "stance", "target"];
    for n in 0..10 {
        store = tagged(&store, "seed-b", 4 + n as u64, &words[n * 23], types[n % types.len()]);
    }
    store
}

#[track_caller]
fn comes_back(store: &AnnotationStore, what: &What) -> String {
    let fragment = share::write(store, what);
    let reading = share::read(&fragment).expect("what was written can be read");
    assert_eq!(reading.store, share::handout(store, what));
    assert!(reading.issues.iter().all(|issue| issue.outcome == Outcome::Kept), "{:?}", reading.issues);
    assert_eq!(share::read(&format!("#{fragment}")).expect("with its mark").store, reading.store);
    fragment
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_handed_out_comes_back(store in stores(), left_out in 0_usize..5, whose in 0_usize..4) {
        let articles = store.article_ids().iter().enumerate().filter(|(n, _)| *n != left_out).map(|(_, article)| article.clone()).collect();
        let annotations = match whose {
            0 => Whose::Nobodys,
            1 => Whose::Of(id(AnnotatorId::new, "ana")),
            2 => Whose::Of(id(AnnotatorId::new, "nobody")),
            _ => Whose::Everybodys,
        };
        let what = What { articles, annotations };
        let fragment = share::write(&store, &what);
        let reading = share::read(&fragment).expect("what was written can be read");
        let handout = share::handout(&store, &what);
        prop_assert_eq!(&reading.store, &handout);
        prop_assert!(reading.issues.iter().all(|issue| issue.outcome == Outcome::Kept), "{:?}", reading.issues);
        prop_assert!(fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=.".contains(&byte)));
        // The same hand-out as a file, and what a copy of the project makes of it: nothing new, and nothing is gone.
        prop_assert_eq!(native::read("a.json", &native::write(&handout)).expect("a project file").store, handout.clone());
        let (merged, changed) = store.merge_copy(&handout);
        prop_assert!(changed.is_empty(), "{:?}", changed);
        prop_assert_eq!(merged, store);
    }

    #[test]
    fn a_link_that_was_cut_says_so(store in stores(), at in any::<prop::sample::Index>()) {
        let fragment = share::write(&store, &What { articles: all(&store), annotations: Whose::Everybodys });
        // What a mail program leaves of it. Only the checksum may be missing as a whole.
        let end = "share=1.".len() + at.index(fragment.len() - "share=1.".len());
        match share::read(&fragment[..end]) {
            Err(problem) => prop_assert_eq!(problem, ShareError::Cut),
            Ok(reading) => {
                prop_assert!(fragment.len() - end <= 6);
                prop_assert_eq!(reading.store, share::read(&fragment).expect("a link").store);
            }
        }
    }

    #[test]
    fn one_letter_that_differs_never_makes_another_project(store in stores(), at in any::<prop::sample::Index>(), other in "[A-Za-z0-9_-]") {
        let fragment = share::write(&store, &What { articles: all(&store), annotations: Whose::Everybodys });
        let at = "share=1.".len() + at.index(fragment.len() - "share=1.".len());
        let mut changed = fragment.clone();
        changed.replace_range(at..=at, &other);
        if let Ok(reading) = share::read(&changed) {
            prop_assert_eq!(reading.store, share::read(&fragment).expect("a link").store);
        }
    }

    #[test]
    fn whatever_stands_there_is_read_or_refused(letters in "[A-Za-z0-9_-]{0,300}", any in ".{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for fragment in [format!("share=1.{letters}"), any.clone(), format!("share={any}"), format!("share=1.{}", Base64UrlUnpadded::encode_string(&bytes))] {
            drop(share::read(&fragment));
        }
    }
}

#[test]
fn both_seeds_come_back_with_everybodys_work() {
    let store = ten();
    let store = tagged(&store, "seed-a", 40, "resistance", "target");
    for annotations in [Whose::Nobodys, Whose::Of(id(AnnotatorId::new, "u-5c1e0aa94f3b2d7")), Whose::Everybodys] {
        for articles in [&["seed-a"][..], &["seed-b"], &["seed-a", "seed-b"], &[]] {
            comes_back(&store, &of(articles, annotations.clone()));
        }
    }
    let own = share::handout(&store, &of(&["seed-a", "seed-b"], Whose::Of(id(AnnotatorId::new, "u-5c1e0aa94f3b2d7"))));
    assert_eq!(own.article_ids(), store.article_ids());
    assert_eq!(own.annotators().map(|annotator| &*annotator.name).collect::<Vec<_>>(), ["Ana"]);
    let count = |store: &AnnotationStore| store.article_ids().iter().map(|article| store.annotations(article).len()).sum::<usize>();
    assert_eq!((count(&own), count(&store)), (11, 29));
    // Entities come with those who name them, and only then.
    let entities = |whose| share::handout(&store, &of(&["seed-a"], whose)).entities().count();
    assert_eq!(entities(Whose::Nobodys), 0);
    assert_eq!(entities(Whose::Everybodys), 1);
}

#[test]
fn the_shorter_seed_with_ten_annotations_is_a_short_link() {
    let store = ten();
    let what = of(&["seed-b"], Whose::Of(id(AnnotatorId::new, "u-5c1e0aa94f3b2d7")));
    let length = comes_back(&store, &what).len();
    let mut without_guidelines = AnnotationStore::empty(ProjectHeader::untitled(store.header().id.clone()), (**store.scheme()).clone());
    without_guidelines = without_guidelines.merge(store.shared_records().filter(|(key, _)| *key != RecordKey::Project)).0;
    let bare = comes_back(&without_guidelines, &what).len();
    // Of which the text takes 3,260, the sample’s guidelines 710, and an annotation 54.
    assert!(length < 5_150 && bare < 4_450, "{length} {bare}");
}

#[test]
fn what_can_be_filled_in_is_left_out() {
    let json = json_of(&share::write(&ten(), &of(&["seed-b"], Whose::Everybodys)));
    let file: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&file["format"], &file["version"], &file["scheme"]), (&"standpoint".into(), &1.into(), &serde_json::Value::Null));
    for name in ["sha256", "prefix", "suffix", "offsets", "conflicts", "deleted"] {
        assert!(!json.contains(&format!("\"{name}\"")), "{name}");
    }
    let annotations = file["annotations"].as_array().expect("a list");
    let by_hand = annotations.iter().find(|annotation| annotation["annotator"] == "u-5c1e0aa94f3b2d7").expect("one");
    let fields: Vec<&str> = by_hand.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(fields, ["id", "article", "annotator", "type", "fragments", "version"]);
    assert_eq!(by_hand["fragments"][0].as_object().expect("an object").len(), 2);
}

#[test]
fn texts_of_all_scripts_come_back_as_they_are() {
    let texts = [
        "👩‍👩‍👧‍👦 said: “🏳️‍🌈 🇩🇪 👍🏽” ☝️",
        "e\u{301}a\u{308}\u{323} \u{1100}\u{1161}\u{11a8} क्षि",
        "\u{202b}قال الرئيس\u{202c} \u{2067}נכשלו\u{2069} \u{200f}\u{200e}",
        "one\ntwo\n\nthree\tfour\u{a0}\u{2028}\u{85}\u{feff}",
        "\u{0}\u{1f}\\\"/</script>&amp;%20#?",
        "",
    ];
    let mut records = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        let article_id = id(ArticleId::new, &format!("a-{n}"));
        let text = Text::new(*text);
        let length = text.len().get();
        let article = Article {
            id: article_id.clone(),
            title: texts[n].chars().rev().collect::<String>().into(),
            sha256: sha256_hex(text.as_str()).into(),
            text,
            language: "".into(),
            direction: Direction::Auto,
            metadata: Metadata { credit: Some(texts[n].into()), ..Metadata::default() },
            // As a file with CRLF leaves it.
            normalization: vec![standpoint::text::Change { kind: standpoint::text::ChangeKind::Crlf, count: 3 }],
            zones: Vec::new(),
        };
        records.push(Content::Article(Rc::new(article)));
        if let Some(whole) = Stretch::of(0, length) {
            records.push(
                Annotation {
                    id: id(AnnotationId::new, &format!("n-{n}")),
                    article: article_id,
                    annotator: id(AnnotatorId::new, "ana"),
                    type_id: id(TypeId::new, "claim"),
                    anchor: Anchor::Placed(Span::single(whole)),
                    attributes: Default::default(),
                    roles: Default::default(),
                    entity: None,
                    note: texts[n].into(),
                    origin: Origin { kind: OriginKind::Manual, format: None, rule: None, confidence: None },
                }
                .into(),
            );
        }
    }
    let header = ProjectHeader { title: texts[0].into(), guidelines: texts[2].into(), ..ProjectHeader::untitled(id(ProjectId::new, "p")) };
    let version = Version::new([(id(Replica::new, "r"), 7)]).expect("a version");
    let time = Timestamp::parse("2026-11-22T12:00:00.000Z").expect("a time");
    let record = |content: Content| {
        let versioned =
            Versioned { content: Some(content.clone()), created: time.clone(), modified: time.clone(), version: version.clone() };
        (content.key(), Rc::new(Record::single(versioned)))
    };
    let store = AnnotationStore::empty(header, default_scheme()).merge(records.into_iter().map(record)).0;
    assert_eq!(store.article_ids().len(), texts.len());
    comes_back(&store, &What { articles: all(&store), annotations: Whose::Everybodys });
}

#[test]
fn what_is_made_in_a_link_by_hand_is_read_as_a_file_is() {
    let json = r#"{"format":"standpoint","version":1,"project":{"id":"p","title":"T"},"articles":[{"id":"a","text":"No, she said."}],"annotations":[{"article":"a","type":"claim","fragments":[{"start":0,"end":2,"text":"No"}]},{"article":"a","type":"claim","fragments":[{"start":0,"end":99}]}]}"#;
    let reading = share::read(&packed(json)).expect("a project");
    assert_eq!(reading.store.annotations(&id(ArticleId::new, "a")).len(), 2);
    assert_eq!(reading.issues.iter().map(ToString::to_string).collect::<Vec<_>>().len(), 1);
    assert_eq!(**reading.store.scheme(), default_scheme());
}

#[test]
fn what_is_too_long_is_not_even_looked_at() {
    let long = format!("share=1.{}", "A".repeat(MAX_LENGTH));
    assert_eq!(share::read(&long).err(), Some(ShareError::TooLong(MAX_LENGTH + 8)));
    assert_eq!(share::read(&"é".repeat(MAX_LENGTH)).err(), Some(ShareError::TooLong(MAX_LENGTH)));
}

#[test]
fn what_unpacks_to_too_much_stops_there() {
    let bomb = packed(&" ".repeat(7 << 20));
    assert!(bomb.len() < 10_500, "{}", bomb.len());
    assert_eq!(share::read(&bomb).err(), Some(ShareError::TooLarge));
    // The bound itself may be reached.
    let json = r#"{"format":"standpoint","version":1}"#;
    let most = format!("{json}{}", " ".repeat(MAX_BYTES - json.len()));
    assert!(share::read(&packed(&most)).is_ok());
    assert_eq!(share::read(&packed(&format!("{most} "))).err(), Some(ShareError::TooLarge));
}

#[test]
fn each_accident_has_its_sentence() {
    let fragment = share::write(&sample(), &of(&["seed-b"], Whose::Nobodys));
    let refused = |fragment: &str| share::read(fragment).expect_err("refused");
    for cut in ["share=", "share=1", "share=1.", &fragment[..200], &fragment[..fragment.len() - 3]] {
        assert_eq!(refused(cut), ShareError::Cut, "{cut}");
    }
    for other in ["", "#", "sharing=1.x", "share=x", "share=0.AAAA", "share=-1.AAAA", "share=.AAAA", "article=a"] {
        assert_eq!(refused(other), ShareError::NotOne, "{other}");
    }
    assert_eq!(refused("share=2.AAAA"), ShareError::Newer(2));
    assert_eq!(refused(&fragment.replacen("=1.", "=12.", 1)), ShareError::Newer(12));
    let mut spoilt = fragment.clone();
    spoilt.replace_range(20..21, "%");
    assert_eq!(refused(&spoilt), ShareError::Alphabet { character: '%', place: 21 });
    assert_eq!(refused(&format!("share=1.{}", Base64UrlUnpadded::encode_string(&[0xff; 40]))), ShareError::Damaged);
    let mut summed = compress_to_vec(b"{}", 6);
    summed.extend([0; 4]);
    assert_eq!(refused(&format!("share=1.{}", Base64UrlUnpadded::encode_string(&summed))), ShareError::Damaged);
    let not_text = compress_to_vec(&[0xff, 0xfe], 6);
    assert_eq!(refused(&format!("share=1.{}", Base64UrlUnpadded::encode_string(&not_text))), ShareError::Damaged);

    let project = |json: &str| match refused(&packed(json)) {
        ShareError::Project(error) => error,
        other => panic!("{other}"),
    };
    assert!(matches!(project(&"[".repeat(70)), ReadError::TooDeep { .. }));
    assert!(matches!(project("{}"), ReadError::NoFormat { .. }));
    assert!(matches!(project("no JSON"), ReadError::Syntax { .. }));
    assert!(matches!(project(r#"{"format":"standpoint","version":2}"#), ReadError::Newer { version: 2, .. }));
    assert!(matches!(project(r#"{"format":"standpoint","version":1,"articles":[{"id":"a"}]}"#), ReadError::Shape { .. }));

    let many =
        |list: &str, one: &str, count: usize| format!(r#"{{"format":"standpoint","version":1,"{list}":[{}]}}"#, vec![one; count].join(","));
    let article = r#"{"id":"a","text":""}"#;
    assert!(share::read(&packed(&many("articles", article, MAX_ARTICLES))).is_ok());
    assert_eq!(refused(&packed(&many("articles", article, MAX_ARTICLES + 1))), ShareError::TooManyArticles(MAX_ARTICLES + 1));
    let annotation = r#"{"article":"a","type":"cue","fragments":[]}"#;
    assert_eq!(
        refused(&packed(&many("annotations", annotation, MAX_ANNOTATIONS + 1))),
        ShareError::TooManyAnnotations(MAX_ANNOTATIONS + 1)
    );
}

/// A link says of the scheme that every project has by itself only that it is this one. Whoever changes it makes a version 2 of
/// links, or those that are on their way open with another scheme.
#[test]
fn links_hold_to_the_default_scheme() {
    let store = AnnotationStore::empty(ProjectHeader::untitled(id(ProjectId::new, "p")), default_scheme());
    let file = native::write(&store);
    let scheme = file.lines().find(|line| line.starts_with("  \"scheme\"")).expect("the scheme");
    assert_eq!(sha256_hex(scheme)[..16], *"315df81e28cf62dc");
}

#[test]
fn only_what_stands_goes_along() {
    let store = ten();
    let annotation = store
        .annotations(&id(ArticleId::new, "seed-b"))
        .iter()
        .find(|one| one.annotator.as_str() == "u-5c1e0aa94f3b2d7")
        .expect("one")
        .clone();
    let deleted = worked(&store, "u-5c1e0aa94f3b2d7", "seed-b", 50, &Command::Delete { annotation: annotation.id.clone() });
    let what = of(&["seed-b"], Whose::Everybodys);
    let (before, after) = (share::handout(&store, &what), share::handout(&deleted, &what));
    assert!(before.record(&annotation.key()).is_some() && after.record(&annotation.key()).is_none());
    // Who has it by another link keeps it; who deleted it does not get it back by that one.
    assert!(before.merge_copy(&after).0.live(&annotation.key()).is_some());
    assert!(deleted.merge_copy(&before).0.live(&annotation.key()).is_none());
}
