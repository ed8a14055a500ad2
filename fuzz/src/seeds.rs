//! What a corpus begins with: the worked sentence and the beginnings of the two sample articles, as the tool itself writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;
use std::{fs, io};

use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Pick, Sheets};
use standpoint::format::formats::{Format, Settings};
use standpoint::format::share::{self, What, Whose};
use standpoint::format::stored::{Place, Row, write_one, write_place};
use standpoint::format::{archive, backup, native, plain};
use standpoint::model::*;

use crate::exchange::brought;
use crate::files;

/// The worked sentence of `docs/formats.md`, with a gap, an entity and a cue besides.
const WORKED: &str = "=== worked.txt
The minister said: “We will win” 🎉. Opponents called the plan reckless.
=== worked.ann
T1\tSpeaker 0 12\tThe minister
T2\tCue 13 17\tsaid
T3\tClaim 20 22;28 31\tWe win
T4\tSpeaker 36 45\tOpponents
T5\tStance 46 70\tcalled the plan reckless
E1\tClaim:T3 Speaker:T1 Cue:T2
E2\tStance:T5 Holder:T4 Target:T3
A1\tPolarity E2 against
N1\tReference T4 Wikidata:Q192852\tThe opposition
#1\tAnnotatorNotes E2\tthe target is the claim, not the plan
";
const SAMPLE: &str = include_str!("../../static/project.json");
const MARKDOWN: &str = "---\ntitle: \"A\"\ndate: 2023-06-22\ntags:\n  - x\n---\n# He *said*\n\nWe\nwill **win** [here](https://x.example) 🎉\n\n- one\n\n1986. A year\n\n> `code`\n\n![p](a.png)\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nx\n```\n";
const CSV: &str = "\u{feff}id;title;text;published\n1;A;\"We will\r\nwin; he said 🎉\";2023-06-22\n2;B;“No.”;x\n";
const JSON: &str =
    r#"{"articles": [{"title": "A", "text": "One.", "meta": {"source": "P"}, "authors": ["B", "C"], "n": 1.5, "no": null}, "Two."]}"#;
const LINES: &str = "{\"text\": \"One\", \"url\": \"https://x.example\"}\n{\"body\": {\"text\": \"Two\"}}\n";
/// Code points of each sample article that are taken: its title and what follows.
const MOST: u32 = 200;

/// Where `FUZZ_SEEDS` names a folder, the target only fills it with its seeds, and ends.
pub fn when_asked(target: &str) {
    let Some(folder) = std::env::var_os("FUZZ_SEEDS") else { return };
    if let Err(problem) = write(target, Path::new(&folder)) {
        eprintln!("{}: {problem}", folder.to_string_lossy());
        std::process::exit(1);
    }
    std::process::exit(0);
}

fn write(target: &str, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (n, seed) in seeds(target).into_iter().enumerate() {
        fs::write(folder.join(format!("seed-{n}")), seed)?;
    }
    Ok(())
}

/// Each project is a seed.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let stores = stores();
    let each = |made: fn(&AnnotationStore) -> Vec<u8>| stores.iter().map(made).collect();
    match target {
        "native" => each(|store| native::write(store).into_bytes()),
        "share" => {
            let fragment = |store: &AnnotationStore| {
                let what = What { articles: store.article_ids().iter().cloned().collect(), annotations: Whose::Everybodys };
                share::write(store, &what).into_bytes()
            };
            stores.iter().map(fragment).chain(stores.iter().map(|store| native::write(store).into_bytes())).collect()
        }
        "backup" => each(|store| {
            let time = Timestamp::parse("2024-05-06T07:08:09.000Z").expect("invariant: a time");
            backup::write(&time, &rows(store)).into_bytes()
        }),
        "archive" => each(|store| archive::pack(&written(store, Format::Brat))),
        "plain" => stores.iter().flat_map(texts).collect(),
        "page" => vec![include_bytes!("../../tests/articles/news.html").to_vec()],
        "markdown" => vec![MARKDOWN.into()],
        "table" => vec![CSV.into(), JSON.into(), LINES.into()],
        "recognise" => Format::ALL.iter().flat_map(|format| stores.iter().map(|store| input(store, *format))).collect(),
        name => match Format::of_name(name) {
            Some(format) => stores.iter().map(|store| input(store, format)).collect(),
            None => Vec::new(),
        },
    }
}

fn written(store: &AnnotationStore, format: Format) -> BTreeMap<String, String> {
    let pick = Pick::default();
    format.write(&Sheets::new(store, &pick), Settings::default()).take()
}

fn input(store: &AnnotationStore, format: Format) -> Vec<u8> {
    files::join(&written(store, format)).into_bytes()
}

fn stores() -> Vec<AnnotationStore> {
    let worked = brought(Format::Brat.read(&files::split(WORKED.as_bytes(), "")), Format::Brat, Some(&default_scheme())).store;
    let sample = native::read("project.json", SAMPLE).expect("invariant: the sample is a project").store;
    let both = shortened(&sample);
    let mut stores: Vec<AnnotationStore> = both
        .article_ids()
        .iter()
        .map(|one| both.without_articles(&both.article_ids().iter().filter(|id| *id != one).cloned().collect::<BTreeSet<_>>()))
        .collect();
    stores.push(worked);
    stores
}

/// The beginning of each article, with what lies in it.
fn shortened(store: &AnnotationStore) -> AnnotationStore {
    let records = store.shared_records().filter_map(|(key, record)| match &record.current.content {
        Some(Content::Article(article)) => {
            let text: String = article.text.as_str().chars().take(MOST as usize).collect();
            let short = Article { id: article.id.clone(), ..plain::article(text, Vec::new(), "sample.txt") };
            Some((key, with(&record, Content::Article(Rc::new(short)))))
        }
        Some(Content::Annotation(annotation)) => {
            let is_in = |id: &AnnotationId| {
                let one = store.annotation(&annotation.article, &annotation.annotator, id);
                one.and_then(|one| one.span()).is_some_and(|span| span.fragments().iter().all(|part| part.end().get() <= MOST))
            };
            let mut short = Annotation::clone(annotation);
            for fillers in short.roles.values_mut() {
                fillers.retain(|filler| !matches!(filler, Filler::Annotation(id) if !is_in(id)));
            }
            short.roles.retain(|_, fillers| !fillers.is_empty());
            is_in(&annotation.id).then(|| (key, with(&record, Content::Annotation(Rc::new(short)))))
        }
        _ => Some((key, record)),
    });
    AnnotationStore::empty(ProjectHeader::clone(store.header()), Scheme::clone(store.scheme())).merge(records.collect::<Vec<_>>()).0
}

fn with(record: &Record, content: Content) -> Rc<Record> {
    Rc::new(Record::single(Versioned { content: Some(content), ..record.current.clone() }))
}

/// As the database has them, and as local storage has them.
fn rows(store: &AnnotationStore) -> Vec<Row> {
    let project = &store.header().id;
    let ones = store.all_records().map(|(key, record)| (Place::Record(key.clone()).key(project), write_one(&key, record)));
    let places: BTreeSet<Place> = store.all_records().map(|(key, _)| Place::of(&key)).collect();
    ones.chain(places.iter().filter_map(|place| Some((place.key(project), write_place(store, place)?)))).collect()
}

/// The same text in several encodings.
fn texts(store: &AnnotationStore) -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    for article in store.articles() {
        let text = article.text.as_str();
        texts.push(text.as_bytes().to_vec());
        texts.push(text.replace('\n', "\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect());
        texts.push(encoding_rs::WINDOWS_1252.encode(text).0.into_owned());
        texts
            .push(encoding_rs::WINDOWS_1251.encode("Министр сказал: «Мы победим».\r\nОппозиция назвала план безрассудным.").0.into_owned());
    }
    texts
}
