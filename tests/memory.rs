//! What readers take at their height: 20 times the file's bytes at most.

#![cfg(not(target_arch = "wasm32"))]

#[path = "../fuzz/src/counting.rs"]
mod counting;

use std::rc::Rc;

use base64ct::{Base64UrlUnpadded, Encoding};
use counting::{Counting, peak};
use miniz_oxide::deflate::compress_to_vec;
use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Brought, Foreign, Frame, Mapping, Pick, Sheets, Source, bring};
use standpoint::format::formats::{Format, Settings};
use standpoint::format::native;
use standpoint::format::share::{self, ShareError};
use standpoint::model::*;
use standpoint::text::sha256_hex;

#[global_allocator]
static COUNTING: Counting = Counting;

const FACTOR: usize = 20;
/// Bytes that are there once, however short the file: a thousand troubles, above all.
const ONCE: usize = 512 << 10;
/// Bytes for each text, annotation and link, however short it is written.
const EACH: usize = 1 << 10;
const MEGABYTE: usize = 1 << 20;

fn id<T>(parse: fn(&str) -> Option<T>, text: &str) -> T {
    parse(text).expect("an id")
}

fn sample() -> AnnotationStore {
    native::read("project.json", include_str!("../static/project.json")).expect("the sample").store
}

/// The sample `count` times over, each time with other texts.
fn many(sample: &AnnotationStore, count: usize) -> AnnotationStore {
    let copy = |n: usize| {
        let named = move |of: &ArticleId| id(ArticleId::new, &format!("{of}-{n}"));
        sample.shared_records().filter_map(move |(_, record)| {
            let content = match record.current.content.as_ref()? {
                Content::Article(article) => {
                    let text = format!("{}\n\n{n}", article.text.as_str());
                    let sha256 = sha256_hex(&text).into();
                    Content::Article(Rc::new(Article { id: named(&article.id), sha256, text: text.into(), ..Article::clone(article) }))
                }
                Content::Annotation(of) => {
                    Content::Annotation(Rc::new(Annotation { article: named(&of.article), ..Annotation::clone(of) }))
                }
                _ => return None,
            };
            Some((content.key(), Rc::new(Record::single(Versioned { content: Some(content), ..record.current.clone() }))))
        })
    };
    let empty = AnnotationStore::empty(ProjectHeader::clone(sample.header()), Scheme::clone(sample.scheme()));
    empty.merge((0..count).flat_map(copy).collect::<Vec<_>>()).0
}

fn written(store: &AnnotationStore, format: Format) -> Vec<Source> {
    let pick = Pick::default();
    let mut out = format.write(&Sheets::new(store, &pick), Settings::default());
    out.take().into_iter().map(|(name, text)| Source::whole(&name, text)).collect()
}

fn size(files: &[Source]) -> usize {
    files.iter().map(|file| file.text.len()).sum()
}

fn brought(foreign: Foreign, format: Format) -> Brought {
    let mapping = Mapping::proposed(&foreign.all_labels(), Some(&default_scheme()));
    let frame = Frame::new(id(ProjectId::new, "back"), id(AnnotatorId::new, "ana"), format.name());
    bring(foreign, &mapping, &frame)
}

// One test: what runs beside it would be counted, too.
#[test]
fn no_reader_takes_more_than_20_times_its_file() {
    let mut too_much = Vec::new();
    let mut hold = |what: String, bytes: usize, things: usize, most: usize| {
        let line = format!("{what}: {most} bytes for {bytes}, {:.1} times", most as f64 / bytes as f64);
        eprintln!("{line}");
        if most > FACTOR * bytes + if things > 0 { ONCE + EACH * things } else { 0 } {
            too_much.push(line);
        }
    };
    let sample = sample();
    for format in Format::ALL {
        let few = size(&written(&many(&sample, 2), format));
        let files = written(&many(&sample, 2 * MEGABYTE / few + 1), format);
        let bytes = size(&files);
        let (foreign, most) = peak(|| format.read(&files));
        hold(format!("{}, reading", format.name()), bytes, 0, most);
        drop(files);
        let (_, most) = peak(|| brought(foreign, format));
        hold(format!("{}, bringing in", format.name()), bytes, 0, most);
    }
    // What is packed is held to the bound, and not to its own few bytes: what is unpacked moves once when it has grown.
    let packed = compress_to_vec(" ".repeat(7 * MEGABYTE).as_bytes(), 6);
    let bomb = format!("share=1.{}", Base64UrlUnpadded::encode_string(&packed));
    let (read, most) = peak(|| share::read(&bomb).err());
    assert_eq!(read, Some(ShareError::TooLarge));
    hold("a share link".to_owned(), share::MAX_BYTES * 3 / 2 / FACTOR, 0, most);
    let json = native::write(&many(&sample, MEGABYTE / 20_000));
    let (_, most) = peak(|| native::read("project.json", &json));
    hold("project file, reading".to_owned(), json.len(), 0, most);
    drop(json);
    for (format, name, [before, unit, after]) in HOSTILE {
        let bytes = 64 << 10;
        let mut text = String::from(before);
        while text.len() < bytes {
            text += unit;
        }
        text += after;
        let mut files = vec![Source::whole(name, text)];
        if name.ends_with(".ann") {
            files.push(Source::whole("a.txt", "a a"));
        }
        let (foreign, most) = peak(|| format.read(&files));
        let things = 1 + foreign.texts.iter().map(|text| 1 + text.spans.len() + text.links.len()).sum::<usize>();
        let shown: String = format!("{before}…{unit}").replace('\n', "⏎");
        hold(format!("{} of {shown}, reading", format.name()), bytes, things, most);
        let (_, most) = peak(|| brought(foreign, format));
        hold(format!("{} of {shown}, bringing in", format.name()), bytes, things, most);
    }
    assert!(too_much.is_empty(), "\n{}", too_much.join("\n"));
}

const HOSTILE: [(Format, &str, [&str; 3]); 46] = [
    (Format::Training, "a.jsonl", ["", "x\n", ""]),
    (Format::Training, "a.jsonl", ["", "{}\n", ""]),
    (Format::Training, "a.jsonl", ["[0", ",0", "]"]),
    (Format::Training, "a.jsonl", ["[{}", ",{}", "]"]),
    (Format::Training, "a.jsonl", [r#"{"format":"standpoint-training","version":1,"text":"a","spans":[{}"#, ",{}", "]}"]),
    (Format::Training, "a.jsonl", [r#"{"format":"standpoint-training","version":1,"text":"a","spans":[0"#, ",0", "]}"]),
    (Format::Training, "a.jsonl", [r#"{"format":"standpoint-training","version":1,"text":"a","tokens":[{}"#, ",{}", "]}"]),
    (Format::Training, "a.jsonl", [r#"{"format":"standpoint-training","version":1,"text":"a","x":["#, "[],", "0]}"]),
    (Format::Brat, "a.ann", ["", "x\n", ""]),
    (Format::Brat, "a.ann", ["", "T1\tA 0 1\ta\n", ""]),
    (Format::Brat, "a.ann", ["", "T1\tA 0 1\n", ""]),
    (Format::Brat, "a.ann", ["", "E1\tA:T1\n", ""]),
    (Format::Brat, "a.ann", ["T1\tA 0 1", ";0 1", "\ta\n"]),
    (Format::LabelStudio, "a.json", ["[0", ",0", "]"]),
    (Format::LabelStudio, "a.json", ["[{}", ",{}", "]"]),
    (Format::LabelStudio, "a.json", [r#"[{"data":{"text":"a"},"annotations":[{"result":[{}"#, ",{}", "]}]}]"]),
    (Format::LabelStudio, "a.json", [r#"[{"data":{"text":"a","x":["#, "[],", "0]}}]"]),
    (Format::LabelStudio, "a.json", [r#"[{"data":{"text":"a""#, r#","a":0"#, "}}]"]),
    (Format::Prodigy, "a.jsonl", ["", "{}\n", ""]),
    (Format::Prodigy, "a.jsonl", [r#"{"text":"a","spans":[{}"#, ",{}", "]}"]),
    (Format::Prodigy, "a.jsonl", [r#"{"text":"a","spans":[{"start":0,"end":1}"#, r#",{"start":0,"end":1}"#, "]}"]),
    (Format::Prodigy, "a.jsonl", [r#"{"text":"a","meta":["#, "[],", "0]}"]),
    (Format::Doccano, "a.jsonl", ["", "{}\n", ""]),
    (Format::Doccano, "a.jsonl", ["", "{\"text\":\"a\"}\n", ""]),
    (Format::Doccano, "a.jsonl", [r#"{"text":"a","label":[[]"#, ",[]", "]}"]),
    (Format::Doccano, "a.jsonl", [r#"{"text":"a","label":[[0,1,"a"]"#, r#",[0,1,"a"]"#, "]}"]),
    (Format::Doccano, "a.jsonl", [r#"{"text":"a","x":["#, "[],", "0]}"]),
    (Format::W3c, "a.jsonld", ["[0", ",0", "]"]),
    (Format::W3c, "a.jsonld", ["[{}", ",{}", "]"]),
    (Format::W3c, "a.jsonld", [r#"{"type":"AnnotationPage","items":[{}"#, ",{}", "]}"]),
    (Format::W3c, "a.jsonld", [r#"{"type":"Annotation","body":["#, "[],", "0]}"]),
    (Format::W3c, "a.jsonld", [r#"{"type":"Annotation","target":["#, "{},", "0]}"]),
    (Format::CasJson, "a.json", [r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[{}"#, ",{}", "]}"]),
    (Format::CasJson, "a.json", [r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[0"#, ",0", "]}"]),
    (Format::CasJson, "a.json", [r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1,"a":[0"#, ",0", "]}]}"]),
    (Format::CasJson, "a.json", [r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1"#, r#","a":0"#, "}]}"]),
    (Format::WebAnno, "a.tsv", ["#FORMAT=WebAnno TSV 3.3\n\n\n#Text=a\n", "x\n", ""]),
    (Format::WebAnno, "a.tsv", ["#FORMAT=WebAnno TSV 3.3\n#T_SP=a|b\n\n\n#Text=a\n", "1-1\t0-1\ta\t*[1]\n", ""]),
    (Format::WebAnno, "a.tsv", ["#FORMAT=WebAnno TSV 3.3\n\n\n", "#Text=\n\n", ""]),
    (Format::Conll, "a.conll", ["", "a B-a\n", ""]),
    (Format::Conll, "a.conll", ["", "a\n\n", ""]),
    (Format::Citron, "a.json", [r#"[{"text":"a","quotes":[{}"#, ",{}", "]}]"]),
    (Format::Citron, "a.json", [r#"[{"text":"a","quotes":["#, "[],", "0]}]"]),
    (Format::SemEval, "a.json", [r#"[{"text":"a","opinions":[{}"#, ",{}", "]}]"]),
    (Format::SemEval, "a.json", [r#"[{"text":"a","opinions":[{"Source":["#, "[],", "0]}]}]"]),
    (Format::Csv, "annotations.csv", ["article,start,end,type\n", ",\n", ""]),
];
