//! Files that can't be read at all: each message names the file and the place, and nothing changes.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, Upload, seen, until};

use crate::steps::{dismiss_alerts, listed_articles, tag};

fn desk_with_work() -> (Desk, Export) {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let before = desk.export();
    (desk, before)
}

#[track_caller]
fn expect_refusal(desk: &Desk, before: &Export, name: &str, content: impl Into<Vec<u8>>, parts: &[&str]) {
    let revision = desk.revision();
    desk.import(&[Upload::new(name, content)]);
    let parts: Vec<&str> = std::iter::once(name).chain(parts.iter().copied()).collect();
    desk.wait_for_text("[role=alert] .notice p", &parts);
    assert!(!desk.sees("dialog"), "there is nothing to decide about {name}");
    assert_eq!(desk.revision(), revision, "{name} changed something");
    dismiss_alerts(desk);
    assert_eq!(desk.export().project, before.project, "{name} changed the project");
}

#[test]
fn what_is_no_text_is_refused() {
    let (desk, before) = desk_with_work();
    let refused = |name, content: &[u8], parts: &[&str]| expect_refusal(&desk, &before, name, content, parts);
    refused("empty.txt", b"", &["empty"]);
    refused("blank.txt", b" \r\n\t \n", &["empty"]);
    refused("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["not text", "byte 0"]);
    refused("zeros.txt", b"text\0\0\x01\x02and more", &["not text", "byte 4"]);
    refused("archive.txt", b"PK\x03\x04\x14\0\0\0\x08\0", &["not a zip archive", "its end is missing"]);
    desk.leave();
}

#[test]
fn what_is_no_project_file_is_refused() {
    let (desk, before) = desk_with_work();
    let file = |change: &dyn Fn(&mut Value)| {
        let mut project = before.project.clone();
        change(&mut project);
        project.to_string()
    };
    let refused = |name, content: &str, parts: &[&str]| expect_refusal(&desk, &before, name, content, parts);
    let whole = std::fs::read_to_string(&before.path).expect("the export");
    let half: String = whole.chars().take(whole.chars().count() / 2).collect();

    expect_refusal(&desk, &before, "latin.json", b"{\"format\": \"st\xe4ndpoint\"}".to_vec(), &["UTF-8", "byte 14"]);
    refused("empty.json", "", &["line 1"]);
    refused("truncated.json", &half, &["incomplete", &format!("line {}", half.matches('\n').count() + 1)]);
    refused("comma.json", "{\"format\": \"standpoint\",\n \"version\": 1,}", &["line 2, column 15"]);
    refused("page.json", "<!DOCTYPE html>", &["line 1, column 1"]);
    refused("list.json", "[1, 2]", &["format"]);
    refused("brat.json", "{\"format\": \"brat\"}", &["format", "brat"]);
    refused("newer.json", &file(&|project| project["version"] = json!(2)), &["version", "newer"]);
    refused("versionless.json", &file(&|project| project["version"] = json!("one")), &["version", "one"]);
    refused("bytes.json", &file(&|project| project["offsets"] = json!("bytes")), &["offsets", "bytes"]);
    refused("typo.json", &file(&|project| project["annotations"][3]["typ"] = json!("claim")), &["annotations[3].typ", "line 1"]);
    refused(
        "negative.json",
        &file(&|project| project["annotations"][3]["fragments"][0]["start"] = json!(-1)),
        &["annotations[3].fragments[0].start"],
    );
    refused("textless.json", &file(&|project| project["articles"][1]["text"] = json!(null)), &["articles[1].text"]);
    refused("twice.json", "{\"format\": \"standpoint\", \"format\": \"standpoint\", \"version\": 1}", &["format", "line 1"]);
    refused("deep.json", &format!("{{\"format\": \"standpoint\", \"x\": {}}}", "[".repeat(100)), &["line 1", "deeper"]);
    desk.leave();
}

#[test]
fn a_good_file_among_bad_ones_is_taken() {
    let (desk, before) = desk_with_work();
    desk.import(&[Upload::new("bad.json", "{"), Upload::new("good.txt", "Nothing is wrong here."), Upload::new("bad.txt", "\0\0\0\0")]);
    until("three articles", || seen(listed_articles(&desk).len() == 3, listed_articles(&desk)));
    desk.wait_for_text("[role=alert] .notice p", &["bad.json", "line 1"]);
    desk.wait_for_text("[role=alert] .notice p", &["bad.txt", "byte 0"]);
    assert_eq!(desk.article_text(), "Nothing is wrong here.");
    assert_eq!(desk.export().annotations(), before.annotations());
    desk.leave();
}
