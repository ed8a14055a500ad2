//! Exports as they are handed over: what they say they hold, how they are parted, and their card.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::rc::Rc;

use standpoint::edit::AnnotationStore;
use standpoint::format::archive::{Bounds, unpack};
use standpoint::format::exchange::{Loss, Pick, Source};
use standpoint::format::formats::{Format, Settings};
use standpoint::format::native;
use standpoint::format::package::{Card, Packing, Parcel, Part, Split, license_id, pack, stem, stories};
use standpoint::format::plain;
use standpoint::model::*;

fn sample() -> AnnotationStore {
    native::read("project.json", include_str!("../static/project.json")).expect("the sample").store
}

/// The sample, whose two articles tell one story, and an article that tells another.
fn sample_and_another() -> AnnotationStore {
    let another = Content::Article(article(&text(1), None));
    let version = Version::new([(Replica::new("r").expect("an id"), 1)]).expect("a version");
    let (created, modified) = (Timestamp::unknown(), Timestamp::unknown());
    let key = another.key();
    let record = Record::single(Versioned { content: Some(another), created, modified, version });
    sample().merge([(key, Rc::new(record))]).0
}

fn packing(format: Format) -> Packing {
    Packing { format, settings: Settings::default(), split: None, card: Card::None }
}

fn split(train: u32, dev: u32, test: u32) -> Split {
    Split { seed: 1, train, dev, test }
}

fn article(text: &str, url: Option<&str>) -> Rc<Article> {
    let mut article = plain::article(text.to_owned(), Vec::new(), "a.txt");
    article.metadata.url = url.map(Into::into);
    Rc::new(article)
}

/// So many words that no other number has.
fn text(n: usize) -> String {
    (0..60).map(|k| format!("word{} ", n * 1000 + k)).collect()
}

#[test]
fn what_a_package_says_is_what_its_files_hold() {
    let store = sample();
    for format in Format::ALL {
        let package = pack(&store, &Pick::default(), &packing(format));
        let files: Vec<Source> = package.files.iter().map(|(path, text)| Source::whole(path, text.as_str())).collect();
        let foreign = format.read(&files);
        let spans: usize = foreign.texts.iter().map(|text| text.spans.len()).sum();
        let links: usize = foreign.texts.iter().map(|text| text.links.len()).sum();
        assert_eq!((spans, links), (package.annotations(), package.roles()), "{}", format.name());
        assert_eq!(package.picked.types.iter().map(|(_, count)| count).sum::<usize>(), package.picked.annotations);
        assert!(package.picked.annotations > 0 && package.picked.roles > 0);
    }
    let brat = pack(&store, &Pick::default(), &packing(Format::Brat));
    assert_eq!(brat.losses.count(Loss::Metadata), 2);
}

#[test]
fn one_file_goes_as_itself_and_several_as_a_zip() {
    let store = sample();
    let stem = stem(store.header());
    let Some(Parcel::One { name, text }) = pack(&store, &Pick::default(), &packing(Format::Training)).parcel(&stem, Format::Training)
    else {
        panic!("one file")
    };
    assert!(name == format!("{stem}.training.jsonl") && text.lines().count() == 2, "{name}");
    let package = pack(&store, &Pick::default(), &packing(Format::Brat));
    let files = package.files.clone();
    let Some(Parcel::Zip { name, bytes }) = package.parcel(&stem, Format::Brat) else { panic!("a zip") };
    assert_eq!(name, format!("{stem}.brat.zip"));
    let back = unpack(&bytes, Bounds::default()).expect("an archive");
    let back: BTreeMap<String, String> = back.into_iter().map(|(path, text)| (path, String::from_utf8(text).expect("text"))).collect();
    assert_eq!(back, files);
    let nothing = Pick { articles: Some(Default::default()), ..Pick::default() };
    assert_eq!(pack(&store, &nothing, &packing(Format::Training)).parcel(&stem, Format::Training), None);
}

#[test]
fn versions_of_one_story_are_found() {
    let same = text(1);
    let edited = format!("Update: {}", same.replace("word1030 ", "another "));
    let shortened: String = same.split_inclusive(' ').take(25).collect();
    let half = format!("{}{}", text(4).split_inclusive(' ').take(25).collect::<String>(), text(7));
    let articles = [
        article(&same, None),
        article(&text(2), Some("https://www.example.org/a/#top")),
        article(&edited.to_uppercase(), None),
        article(&text(3), Some("http://example.org/a")),
        article(&shortened, None),
        article(&half, None),
        article("…", None),
        article("Same words.", None),
        article("same WORDS", None),
        article(&text(4), None),
    ];
    assert_eq!(stories(&articles.iter().collect::<Vec<_>>()), [vec![0, 2, 4], vec![1, 3], vec![5], vec![6], vec![7, 8], vec![9]]);
}

#[test]
fn parts_keep_their_shares_and_stories_whole() {
    let mut articles: Vec<Rc<Article>> = (0..100).map(|n| article(&text(n), None)).collect();
    for n in 0..10 {
        articles.push(article(&format!("{}again", text(n)), None));
    }
    let articles: Vec<&Rc<Article>> = articles.iter().collect();
    let parts = split(80, 10, 10).part(&articles);
    let sizes = Part::ALL.map(|part| parts.values().filter(|of| **of == part).count());
    assert_eq!(sizes, [88, 11, 11]);
    for n in 0..10 {
        assert_eq!(parts[&articles[n].id], parts[&articles[100 + n].id]);
    }
    assert_eq!(split(80, 10, 10).part(&articles), parts);
    assert_ne!(Split { seed: 2, ..split(80, 10, 10) }.part(&articles), parts);
    for (of, only) in [(split(0, 0, 5), Part::Test), (split(0, 0, 0), Part::Train), (split(0, u32::MAX, 0), Part::Dev)] {
        assert!(of.part(&articles).values().all(|part| *part == only));
    }
}

#[test]
fn a_split_package_has_a_folder_for_each_part_and_names_stay_the_same() {
    let store = sample_and_another();
    let parted = Packing { split: Some(split(1, 0, 1)), card: Card::Written, ..packing(Format::Training) };
    let package = pack(&store, &Pick::default(), &parted);
    let paths: Vec<&str> = package.files.keys().map(String::as_str).collect();
    assert_eq!(paths, ["README.md", "test/training.jsonl", "train/training.jsonl"]);
    let all = pack(&store, &Pick::default(), &packing(Format::Training));
    let lines = |package: &standpoint::format::package::Package| {
        let mut lines: Vec<String> =
            package.files.iter().filter(|(path, _)| path.ends_with("l")).flat_map(|(_, text)| text.lines().map(str::to_owned)).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&package), lines(&all));
    assert_eq!((package.picked, package.losses), (all.picked, all.losses));
}

#[test]
fn the_card_says_what_there_is_and_whose_it_is() {
    let store = sample_and_another();
    let parted = Packing { split: Some(split(1, 0, 1)), card: Card::Written, ..packing(Format::Training) };
    let package = pack(&store, &Pick::default(), &parted);
    let card = &package.files["README.md"];
    let yaml = card.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter").0;
    for line in ["license: other", "- token-classification", "- n<1K", "  - split: train", "    path: \"test/training.jsonl\""] {
        assert!(yaml.lines().any(|of| of == line), "{line}\n{yaml}");
    }
    for part in ["| Claim |", "| train | 2 |", "CC BY 4.0", "Mehr", "kept together"] {
        assert!(card.contains(part), "{part}\n{card}");
    }
    let ids =
        [("CC BY 4.0", Some("cc-by-4.0")), ("cc-by-sa-4.0", Some("cc-by-sa-4.0")), ("CC0 1.0", Some("cc0-1.0")), ("© all rights", None)];
    for (license, id) in ids {
        assert_eq!(license_id(license), id);
    }
}
