//! `docs/formats.md` shows each format as it is written today: UPDATE_EXPECT=1 writes it anew.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::rc::Rc;

use expect_test::expect_file;
use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Pick, Sheets, Unit};
use standpoint::format::formats::{Format, Settings};
use standpoint::format::{describe, plain};
use standpoint::model::*;
use standpoint::text::Stretch;

const TEXT: &str = "The minister said: “We will win” 🎉. Opponents called the plan reckless.";

fn id<T>(parse: fn(&str) -> Option<T>, text: &str) -> T {
    parse(text).expect("an id")
}

/// The worked sentence: two speakers, a claim, and a stance towards it.
fn project() -> AnnotationStore {
    let article = plain::article(TEXT.to_owned(), Vec::new(), "worked.txt");
    let annotator = Annotator { id: id(AnnotatorId::new, "ana"), name: "Ana".into() };
    let annotation = |name: &str, of: &str, start, end| Annotation {
        id: id(AnnotationId::new, name),
        article: article.id.clone(),
        annotator: annotator.id.clone(),
        type_id: id(TypeId::new, of),
        anchor: Anchor::Placed(Span::single(Stretch::of(start, end).expect("a stretch"))),
        attributes: BTreeMap::new(),
        roles: BTreeMap::new(),
        entity: None,
        note: "".into(),
        origin: Origin::manual(),
    };
    let role = |name: &str, to: &str| (id(RoleId::new, name), vec![Filler::Annotation(id(AnnotationId::new, to))]);
    let annotations = [
        annotation("s1", "speaker", 0, 12),
        Annotation { roles: [role("speaker", "s1")].into(), ..annotation("c1", "claim", 20, 31) },
        annotation("s2", "speaker", 36, 45),
        Annotation {
            roles: [role("holder", "s2"), role("target", "c1")].into(),
            attributes: [(id(AttributeId::new, "polarity"), AttributeValue::Text("against".into()))].into(),
            note: "the target is the claim, not the plan".into(),
            ..annotation("t1", "stance", 46, 70)
        },
    ];
    let contents = [Content::Annotator(Rc::new(annotator.clone())), Content::Article(Rc::new(article.clone()))];
    let records = contents.into_iter().chain(annotations.map(Content::from)).map(|content| {
        let time = Timestamp::unknown();
        let version = Version::new([(Replica::new("r").expect("an id"), 1)]).expect("a version");
        (content.key(), Rc::new(Record::single(Versioned { content: Some(content), created: time.clone(), modified: time, version })))
    });
    AnnotationStore::empty(ProjectHeader::untitled(id(ProjectId::new, "worked")), default_scheme()).merge(records).0
}

fn document() -> String {
    let store = project();
    let pick = Pick::default();
    let sheets = Sheets::new(&store, &pick);
    let mut out = String::from(
        "# Formats\n\nWhat each format looks like, from one sentence with two speakers, a claim and a stance towards it. \
         The tests write this page; what is shown is what is written today. [FORMAT.md](../FORMAT.md) describes the project file, which holds \
         everything.\n\n",
    );
    let _ = writeln!(out, "    {TEXT}\n\n{}", TABLE.trim_start());
    for format in Format::ALL {
        let about = describe::about(format.name());
        let _ = writeln!(out, "## {}\n\n`--to {}`, for {}. Holds {}.\n", about.title, format.name(), about.purpose, about.holds);
        let mut written = format.write(&sheets, Settings { unit: Unit::CodePoints });
        for (name, text) in written.take() {
            let (kind, shown) = shown(&name, &text);
            let _ = writeln!(
                out,
                "`{name}`{}\n\n```{kind}\n{}\n```\n",
                if shown.trim_end() == text.replace('\r', "").trim_end() { "" } else { " (set in lines here)" },
                shown.trim_end()
            );
        }
        let losses: Vec<String> = written.losses.iter().map(|(loss, count)| format!("{count} {loss}")).collect();
        if format == Format::Training {
            out.push_str(PYTHON.trim_start());
        }
        let _ = writeln!(out, "Lost of these: {}.\n", if losses.is_empty() { "nothing".to_owned() } else { losses.join(", ") });
    }
    out.push_str(TRIED);
    out
}

const TRIED: &str = "## What has been tried

The tests write random projects in each format, read them back, and compare: what is missing is what was said to be lost. They also let
programs of the field read what is written, and find each span by its words: datasets and pandas (training data), bratly and brat-peek,
label-studio-sdk, spaCy (Prodigy’s lines), doccano’s own importer and exporter, Recogito’s text annotator (W3C), dkpro-cassis (CAS JSON), seqeval and
nervaluate (CoNLL). INCEpTION itself does not run there: its JSON is checked with dkpro-cassis, and its TSV by a script that takes the steps of its reader.
Citron, SemEval’s scorer and spreadsheets do not run there either: scripts slice the texts at the offsets.

Recogito counts UTF-16 code units, whatever the Recommendation says, and does not look at the quotations: for it, take `--unit utf-16`, or
the same in the dialog. INCEpTION wants to know the layers first: import `TypeSystem.xml`, which lies beside the files.
";

const TABLE: &str = "
| id | type | text | code points | UTF-16 | UTF-8 bytes |
|---|---|---|---|---|---|
| s1 | speaker | The minister | 0–12 | 0–12 | 0–12 |
| c1 | claim | We will win | 20–31 | 20–31 | 22–33 |
| s2 | speaker | Opponents | 36–45 | 37–46 | 43–52 |
| t1 | stance | called the plan reckless | 46–70 | 47–71 | 53–77 |

c1.speaker = s1; t1.holder = s2; t1.target = c1; t1.polarity = against.
";

/// The conformance tests run these on the files that are written.
const PYTHON: &str = r#"
[A JSON Schema](../static/schema/standpoint-training-1.json) describes a line. In Python, as a dataset:

```python
from datasets import load_dataset

data = load_dataset("json", data_files="training.jsonl", split="train")
for article in data:
    for span in article["spans"]:
        words = [article["text"][piece["start"]:piece["end"]] for piece in span["fragments"]]
        assert " … ".join(words) == span["text"]
    for frame in article["frames"]:
        print(frame["label"], frame["span"], [(role["role"], role["span"] or role["entity"]) for role in frame["roles"]])
```

For a token classifier, one label at a time, since annotations may overlap:

```python
import json

for line in open("training.jsonl", encoding="utf-8"):
    article = json.loads(line)
    tokens = [article["text"][token["start"]:token["end"]] for token in article["tokens"]]
    tags = ["O"] * len(tokens)
    for span in (span for span in article["spans"] if span["label"] == "claim" and span["token_start"] >= 0):
        first, behind = span["token_start"], span["token_end"]
        tags[first:behind] = ["B-claim"] + ["I-claim"] * (behind - first - 1)
    assert len(tags) == len(tokens)
```

For spaCy, from the files of `--to prodigy`, whose spans begin and end with its tokens:

```python
import json, spacy
from spacy.tokens import Doc, DocBin

nlp, docs = spacy.blank("en"), DocBin()
for line in open("prodigy.jsonl", encoding="utf-8"):
    task = json.loads(line)
    doc = Doc(nlp.vocab, [token["text"] for token in task["tokens"]], [token["ws"] for token in task["tokens"]])
    doc.spans["sc"] = [doc.char_span(span["start"], span["end"], label=span["label"]) for span in task["spans"]]
    docs.add(doc)
docs.to_disk("train.spacy")
```

"#;

/// JSON in lines, the small things in one; long lists are cut.
fn shown(name: &str, text: &str) -> (&'static str, String) {
    let is_json = [".json", ".jsonl", ".jsonld"].iter().any(|end| name.ends_with(end));
    match serde_json::from_str::<serde_json::Value>(text).ok().filter(|_| is_json) {
        Some(value) => ("json", lines(&value, 0)),
        // CSV has CRLF, this page has not.
        None => ("", text.replace('\r', "")),
    }
}

const WIDTH: usize = 130;
const MOST_ITEMS: usize = 12;

fn lines(value: &serde_json::Value, depth: usize) -> String {
    let flat = value.to_string();
    let pad = "  ".repeat(depth + 1);
    let (open, items, close) = match value {
        _ if flat.chars().count() + depth * 2 <= WIDTH => return flat,
        serde_json::Value::Array(items) => {
            let mut shown: Vec<String> = items.iter().take(MOST_ITEMS).map(|item| lines(item, depth + 1)).collect();
            if items.len() > MOST_ITEMS {
                shown.push(format!("… {} more", items.len() - MOST_ITEMS));
            }
            ('[', shown, ']')
        }
        serde_json::Value::Object(fields) => {
            let field = |(name, value): (&String, &serde_json::Value)| {
                format!("{}: {}", serde_json::Value::from(name.as_str()), lines(value, depth + 1))
            };
            ('{', fields.iter().map(field).collect(), '}')
        }
        _ => return flat,
    };
    format!("{open}\n{pad}{}\n{}{close}", items.join(&format!(",\n{pad}")), "  ".repeat(depth))
}

#[test]
fn the_page_of_formats_shows_what_is_written_today() {
    expect_file!["../docs/formats.md"].assert_eq(&document());
}
