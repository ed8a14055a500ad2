//! Files are told apart by their endings and their first lines.

#![cfg(not(target_arch = "wasm32"))]

use standpoint::format::exchange::Source;
use standpoint::format::formats::Format;
use standpoint::format::recognise::{batches, is_project, recognise, without_wrapper};

#[track_caller]
fn is(name: &str, text: &str, format: Option<&str>) {
    let (batches, others) = batches(vec![Source::whole(name, text)]);
    assert_eq!(batches.first().map(|batch| batch.name), format, "{name}: {text}");
    assert_eq!(others.len(), usize::from(format.is_none()));
}

#[test]
fn a_project_is_known_in_whatever_order_its_fields_are() {
    let annotations = "{\"article\":\"x\",\"type\":\"claim\",\"format\":\"no\"},".repeat(20);
    let rest = format!("\"annotations\":[{}],\"articles\":[{{\"id\":\"x\",\"text\":\"x\"}}]", annotations.trim_end_matches(','));
    let sorted = format!("\u{feff} {{{rest},\"format\":\"standpoint\",\"version\":1}}");
    assert!(is_project(&sorted));
    assert!(is_project("{ \"format\": \"standpoint\", \"version\": 1, broken"));
    for other in [format!("{{{rest}}}"), sorted.replace("\"standpoint\"", "\"standpoint-training\""), format!("[{}]", sorted.trim())] {
        assert!(!is_project(&other), "{other}");
    }
}

#[test]
fn each_format_is_known_by_its_first_lines() {
    let lines = "{\"format\":\"standpoint-training\",\"version\":1,\"text\":\"x\",\"spans\":[],\"tokens\":[]}\n{broken";
    is("a.jsonl", lines, Some("training"));
    is("a.json", &format!("\u{feff} [{lines}"), Some("training"));
    is("a.ann", "T1\tSpeaker 0 12\tThe minister\n", Some("brat"));
    is("a.ann", "", Some("brat"));
    is("a.json", r#"[{"id":1,"data":{"text":"x"},"annotations":[{"result":[]}]}]"#, Some("labelstudio"));
    is("a.json", r#"[{"id":1,"data":{"text":"x"},"predictions":[]}]"#, Some("labelstudio"));
    is("a.jsonl", r#"{"text":"x","tokens":[],"spans":[{"start":0,"end":1,"label":"a"}],"answer":"accept"}"#, Some("prodigy"));
    is("a.jsonl", r#"{"text":"x","_input_hash":1,"answer":"reject"}"#, Some("prodigy"));
    is("a.jsonl", r#"{"text":"x","label":[[0,12,"speaker"]]}"#, Some("doccano"));
    is("a.jsonl", r#"{"id":1,"text":"x","entities":[],"relations":[]}"#, Some("doccano"));
    is("a.jsonld", r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","target":"x"}"#, Some("w3c"));
    is("a.json", r#"{"@context":["http://www.w3.org/ns/anno.jsonld"],"type":"AnnotationPage","items":[]}"#, Some("w3c"));
    is("a.json", r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[],"%VIEWS":{}}"#, Some("cas"));
    is("a.tsv", "#FORMAT=WebAnno TSV 3.3\n", Some("webanno"));
    is("a.conll", "-DOCSTART- -X- O O\n\n# text\nWe PRP B-NP B-claim\nwin VB I-NP I-claim\n\n. . O O", Some("conll"));
    is("a.tsv", "We\tB-claim\n", Some("conll"));
    is("ground_truth.txt", "EU B-ORG\nrejects O\nGerman B-MISC\ncall O\n. O\n", Some("conll"));
    is("a.json", r#"[{"text":"x","quotes":[{"cue":null,"sources":[],"contents":[]}]}]"#, Some("citron"));
    is("a.json", r#"[{"sent_id":"1","text":"x","opinions":[]}]"#, Some("semeval"));
    is("a.csv", "article,annotation,annotator,type,fragment,start,end,text\n", Some("csv"));
}

#[test]
fn what_is_in_no_format_is_left_to_others() {
    for (name, text) in [
        ("a.txt", r#"{"text":"x","label":[]}"#),
        ("a.txt", "He said: O\nno B-movies.\n"),
        ("a.json", r#"{"format":"standpoint","project":{}}"#),
        ("a.json", "{}"),
        ("a.json", "[1, 2]"),
        ("a.json", r#"{"text": "x", "label": "#),
        ("a.tsv", "word\tcount\nthe\t12\n"),
        ("a.csv", "name,price\n"),
        ("a.conll", "# nothing\n"),
        ("a", ""),
    ] {
        is(name, text, None);
    }
}

#[test]
fn files_that_belong_together_are_read_together() {
    let names = ["a.txt", "a.ann", "annotation.conf", "b.txt", "x.jsonl", "README.md"];
    let text = |name: &str| if name == "x.jsonl" { r#"{"text":"x","label":[]}"# } else { "" };
    let (batches, others) = batches(names.map(|name| Source::whole(name, text(name))).into());
    let read: Vec<(&str, Vec<&str>)> =
        batches.iter().map(|batch| (batch.name, batch.files.iter().map(|file| &*file.name).collect())).collect();
    assert_eq!(read, [("brat", vec!["a.ann", "a.txt", "annotation.conf", "b.txt"]), ("doccano", vec!["x.jsonl"])]);
    assert_eq!(others.iter().map(|file| &*file.name).collect::<Vec<_>>(), ["README.md"]);
    assert_eq!(recognise(&batches[0].files), Some(Format::Brat));
}

#[test]
fn folders_around_everything_and_parts_of_a_split_are_nobodys() {
    let wrapped = vec![("all/a.txt".to_owned(), 1), ("all/ana/a.ann".to_owned(), 2)];
    assert_eq!(without_wrapper(wrapped), [("a.txt".to_owned(), 1), ("ana/a.ann".to_owned(), 2)]);
    for bare in [vec![("a/x".to_owned(), 1), ("b/x".to_owned(), 2)], vec![("a/x".to_owned(), 1), ("a".to_owned(), 2)], Vec::new()] {
        assert_eq!(without_wrapper(bare.clone()), bare);
    }
    let names = |of: &[&str]| -> Vec<String> {
        let (batches, _) = batches(of.iter().map(|name| Source::whole(name, "")).collect());
        batches[0].files.iter().map(|file| file.name.to_string()).collect()
    };
    assert_eq!(names(&["train/a.ann", "test/ana/b.ann", "train/a.txt"]), ["a.ann", "ana/b.ann", "a.txt"]);
    assert_eq!(names(&["train/a.ann", "ana/b.ann"]), ["train/a.ann", "ana/b.ann"]);
}
