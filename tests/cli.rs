//! The command line, run as people run it.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/released/1-project.json");

/// A folder of this test's own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_standpoint"));
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
    let mut stdin = child.stdin.take().expect("standard input");
    let input = input.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("an end");
    // A program that refuses its arguments reads nothing.
    let _ = writing.join();
    output
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What is said when all is well.
fn well(arguments: &[&str], input: &str) -> String {
    let output = run(arguments, input);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", said(&output.stderr));
    said(&output.stdout)
}

/// The counts that survive every format: annotations by type.
fn types(stats: &str) -> Vec<String> {
    let lines = stats.lines().map(str::trim);
    lines
        .filter(|line| {
            line.split_whitespace().nth(1).is_some_and(|word| ["speaker", "cue", "claim", "stance", "target"].contains(&word))
                && !line.contains(['–', ':'])
        })
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn a_project_goes_through_formats_that_hold_it_all_and_stays_as_it_was() {
    let folder = folder("round");
    let original = types(&well(&["stats", PROJECT], ""));
    assert_eq!(original.len(), 5, "{original:?}");
    for format in ["training", "brat", "labelstudio", "doccano", "w3c", "cas", "webanno", "csv"] {
        let out = folder.join(format);
        let out = out.to_str().expect("a path");
        well(&["convert", PROJECT, "--to", format, "--out", out], "");
        assert_eq!(types(&well(&["stats", out, "--scheme", PROJECT], "")), original, "{format}");
        let again = well(&["convert", out, "--to", "project", "--scheme", PROJECT], "");
        assert_eq!(types(&well(&["stats", "-"], &again)), original, "{format} and back");
    }
    assert!(
        fs::read_dir(folder.join("brat")).expect("a folder").all(|entry| !entry
            .expect("an entry")
            .path()
            .to_string_lossy()
            .ends_with(".part"))
    );
}

#[test]
fn pipelines_read_standard_input_and_write_standard_output() {
    let lines = well(&["convert", PROJECT, "--to", "training"], "");
    assert_eq!(lines.lines().count(), 3);
    let again = |lines: &str| well(&["convert", "-", "--from", "training", "--to", "training", "--scheme", PROJECT], lines);
    let once = again(&lines);
    assert_eq!(again(&once), once);
    assert_eq!(types(&well(&["stats", "-"], &once)), types(&well(&["stats", PROJECT], "")));
    let several = run(&["convert", PROJECT, "--to", "brat"], "");
    assert_eq!(several.status.code(), Some(2));
    assert!(said(&several.stderr).contains("--out names the folder"), "{}", said(&several.stderr));
}

#[test]
fn a_file_of_lines_is_converted_in_parts_as_it_is_at_once() {
    let folder = folder("parts");
    let lines = well(&["convert", PROJECT, "--to", "training"], "");
    let one = |n: usize| {
        lines
            .replace("\"version\":1,\"id\":\"", &format!("\"version\":1,\"id\":\"n{n}-"))
            .replace("\",\"language\"", &format!(" {n}\",\"language\""))
    };
    let many: String = (0..60).map(one).collect();
    assert!(many.len() > 2 * 1024 * 1024);
    let file = folder.join("many.jsonl");
    fs::write(&file, &many).expect("a file");
    let file = file.to_str().expect("a path");
    let in_parts = run(&["convert", file, "--to", "doccano", "--lenient"], "");
    // Not from lines to lines: everything at once.
    let project = run(&["convert", file, "--to", "project", "--lenient"], "");
    let at_once = run(&["stats", "-"], &said(&project.stdout));
    let stats = run(&["stats", "-", "--from", "doccano", "--scheme", PROJECT], &said(&in_parts.stdout));
    assert_eq!(types(&said(&stats.stdout)), types(&said(&at_once.stdout)));
}

#[test]
fn what_is_wrong_is_listed_with_its_place_and_told_by_the_exit_status() {
    let folder = folder("wrong");
    fs::write(folder.join("a.txt"), "He said no.").expect("a file");
    fs::write(folder.join("a.ann"), "T1\tSpeaker 0 2\tHe\nT2\tClaim 8 10\tnothing of it\nX\n").expect("a file");
    let path = folder.to_str().expect("a path");
    let checked = run(&["validate", path], "");
    assert_eq!(checked.status.code(), Some(1));
    let report = said(&checked.stdout);
    assert!(report.contains("a.ann, line 2: “nothing of it"), "{report}");
    assert!(report.ends_with("1 articles, 1 annotations, 1 problems, 1 of them cost something\n"), "{report}");
    assert_eq!(run(&["convert", path, "--to", "training"], "").status.code(), Some(1));
    assert_eq!(run(&["convert", path, "--to", "training", "--lenient"], "").status.code(), Some(0));
    assert_eq!(run(&["validate", PROJECT], "").status.code(), Some(0));
    let missing = run(&["validate", "nowhere.json"], "");
    assert_eq!(missing.status.code(), Some(2));
    assert!(said(&missing.stderr).starts_with("standpoint: nowhere.json: "));
    let unknown = folder.join("x.json");
    fs::write(&unknown, "{}").expect("a file");
    let unknown = run(&["stats", unknown.to_str().expect("a path")], "");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(said(&unknown.stderr).contains("in no format that this program knows"));
}

#[test]
fn one_may_pick_and_redact() {
    let stats = well(&["stats", PROJECT, "--types", "claim,speaker", "--redact"], "");
    assert_eq!(types(&stats).len(), 2, "{stats}");
    assert!(stats.contains("by annotator-1") && !stats.contains("ana"), "{stats}");
    let nobody = well(&["stats", PROJECT, "--annotators", "nobody"], "");
    assert!(nobody.contains("0  annotations"), "{nobody}");
    let bad = run(&["stats", PROJECT, "--types", "no type"], "");
    assert_eq!(bad.status.code(), Some(2));
}

#[test]
fn legacy_encodings_and_plain_texts_come_in() {
    let folder = folder("plain");
    fs::write(folder.join("old.txt"), b"Caf\xe9 owners said no: na\xefve.").expect("a file");
    let path = folder.to_str().expect("a path");
    let json = well(&["convert", path, "--to", "project"], "");
    assert!(json.contains("Café owners said no: naïve."), "{json}");
}

#[test]
fn data_are_parted_with_a_card() {
    let folder = folder("parted");
    let out = folder.to_str().expect("a path");
    let said = well(&["split", PROJECT, "--to", "training", "--parts", "1/1/1", "--out", out, "--card"], "");
    // Two of the three tell one story, and stay together.
    assert_eq!(said.lines().count(), 2, "{said}");
    let lines = |part: &str| fs::read_to_string(folder.join(part).join("training.jsonl")).map_or(0, |lines| lines.lines().count());
    assert_eq!(["train", "dev", "test"].map(lines).iter().sum::<usize>(), 3, "{said}");
    assert!(fs::read_to_string(folder.join("README.md")).expect("a card").starts_with("---\n"));
    let bad = run(&["split", PROJECT, "--to", "training", "--parts", "80/20", "--out", out], "");
    assert_eq!(bad.status.code(), Some(2));
}

#[test]
fn articles_come_from_pages_markdown_and_tables() {
    let folder = folder("articles");
    fs::write(
        folder.join("a.html"),
        b"<meta charset=windows-1252><nav>Menu</nav><h1>A</h1><p>He said no.</p><p>Caf\xe9 \x93quoted\x94</p>",
    )
    .expect("written");
    fs::write(folder.join("b.md"), "---\ntitle: B\n---\nHe *said* no.\n").expect("written");
    fs::write(folder.join("c.csv"), "nr,head,words\n1,C,“We will win” 🎉\n2,D,\n").expect("written");
    fs::write(folder.join("d.txt"), "Plain.").expect("written");
    let path = folder.display().to_string();
    let output = run(&["convert", "--to", "training", "--columns", "head=headline,words=text", &path], "");
    let lines: Vec<serde_json::Value> = said(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().expect("a text")).collect();
    assert_eq!(texts, ["A\n\nHe said no.\n\nCafé “quoted”", "He said no.", "C\n\n“We will win” 🎉", "Plain."]);
    assert_eq!(lines[2]["title"], "C");
    let told = said(&output.stderr);
    assert!(
        told.contains("a.html: cut: 1 word of menus") && told.contains("c.csv, line 3: there is no text in this row; left out"),
        "{told}"
    );
    assert_eq!(output.status.code(), Some(1), "a row was left out");
    let wrong = run(&["stats", "--columns", "headline=text", &path], "");
    assert!(
        said(&wrong.stderr).contains("c.csv: --columns: there is no column “headline”; there are: nr, head, words"),
        "{}",
        said(&wrong.stderr)
    );
    // From standard input, known by how it begins.
    assert_eq!(well(&["stats", "-"], "{\"body\": \"One.\"}\n{\"body\": \"Two.\"}\n").lines().next(), Some("         2  articles"));
}

#[test]
fn texts_apart_are_written_and_read_from_folders_zips_and_files_alone() {
    let folder = folder("apart");
    let out = folder.join("hosted");
    let path = |path: PathBuf| path.to_str().expect("a path").to_owned();
    let whole = well(&["convert", PROJECT, "--to", "project"], "");
    well(&["convert", PROJECT, "--to", "project", "--texts", "apart", "--out", &path(out.clone())], "");
    let project = path(out.join("project.json"));
    assert!(fs::read_to_string(&project).expect("a file").contains(r#""text":{"href":"articles/"#));
    for input in [path(out.clone()), project.clone()] {
        assert_eq!(well(&["convert", &input, "--to", "project"], ""), whole, "{input}");
    }
    // A text that was changed is left out, and so is one that leads elsewhere.
    let texts: Vec<PathBuf> = fs::read_dir(out.join("articles")).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    fs::write(&texts[0], "Else.").expect("a file");
    let checked = run(&["validate", &path(out.clone())], "");
    assert_eq!(checked.status.code(), Some(1));
    assert!(said(&checked.stdout).contains("the file is another text than the project says; left out"), "{}", said(&checked.stdout));
    fs::write(folder.join("secret.txt"), "Secret.").expect("a file");
    let json = r#"{"format":"standpoint","version":1,"articles":[{"id":"a","text":{"href":"HREF"},"sha256":"0000000000000000000000000000000000000000000000000000000000000000"}]}"#;
    for (href, why) in
        [("../secret.txt", "can't be the place of a text"), ("/etc/passwd", "can't be the place of a text"), ("no.txt", "can't be had")]
    {
        fs::write(&project, json.replace("HREF", href)).expect("a file");
        let checked = run(&["validate", &project], "");
        assert_eq!(checked.status.code(), Some(1), "{href}");
        assert!(said(&checked.stdout).contains("articles[0].text") && said(&checked.stdout).contains(why), "{}", said(&checked.stdout));
    }
}
