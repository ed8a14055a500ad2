//! Other programs' files: told before they are handed out, decided on before they come in.

use standpoint_e2e::{Desk, Upload, seen, until};

use crate::steps::{ALERT, by_palette, listed_articles, tag};

const ANN: &str = "T1\tSprecher 0 12\tThe minister\nT2\tClaim 20 22\tNo\nE1\tClaim:T2 Speaker:T1\nT4\tSprecher 900 910\tnowhere at all\n";
const TEXT: &str = "The minister said: “No.” 🎉 Others agree.\n";

fn pair() -> [Upload; 2] {
    [Upload::new("a.txt", TEXT), Upload::new("a.ann", ANN)]
}

#[test]
fn an_export_says_what_it_loses_and_is_then_downloaded() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.press("Shift+E");
    desk.wait_for_text("dialog [data-told]", &["1 file: 2 articles", "annotations"]);
    let path = desk.download_by("jsonl", |desk| desk.click_command("download-export"));
    let lines = std::fs::read_to_string(&path).expect("the file");
    assert!(path.ends_with("sample-two-articles.training.jsonl") && lines.lines().count() == 2, "{path:?}");
    assert!(lines.contains("Ali Akbar Ahmadian"));

    desk.click("[data-format=brat]");
    desk.wait_for_text("dialog [data-told]", &["files in a zip: 2 articles", "metadata of articles"]);
    desk.click("[data-export=this]");
    desk.click("[data-export=card]");
    desk.wait_for_text("dialog [data-told]", &["7 files in a zip: 1 article"]);
    let path = desk.download_by("zip", |desk| desk.click_command("download-export"));
    let bytes = std::fs::read(&path).expect("the file");
    assert!(path.ends_with("sample-two-articles.brat.zip") && bytes.starts_with(b"PK"), "{path:?}");
    desk.wait_for_text("dialog .outcome", &["Exported sample-two-articles.brat.zip"]);
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.press("Escape");
    desk.wait_gone("dialog");

    // What it wrote it reads: the archive is offered, and the card in it is no article.
    desk.import(&[Upload::new("back.zip", bytes)]);
    desk.wait_for_text("dialog .bringing", &["brat: 2 texts", "Not read: README.md", "1 article (1 of them here already)"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert_eq!(listed_articles(&desk).len(), 2);
    desk.leave();
}

#[test]
fn a_brat_pair_comes_in_as_chosen_and_can_be_taken_back() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let before = desk.export();
    desk.import(&pair());
    desk.wait_for_text("dialog .bringing", &["brat: 1 text with 3 spans and 1 link", "New in the scheme: “Sprecher”"]);
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.click_command("cancel-bring");
    desk.wait_gone("dialog");
    assert_eq!(desk.export().content(), before.content());

    desk.import(&pair());
    desk.wait_for("dialog [data-of=Sprecher]");
    desk.choose("[data-of=Sprecher]", "speaker");
    until("no new type", || {
        let said = desk.wait_for("dialog [data-told]");
        seen(said.contains("3 annotations") && !said.contains("New in the scheme"), said)
    });
    desk.wait_for_text("dialog .problems", &["kept without a place in the text"]);
    desk.click_command("accept-bring");
    desk.wait_gone("dialog");
    until("the article", || seen(listed_articles(&desk).len() == 3, listed_articles(&desk)));
    let after = desk.export();
    let article = after.articles()[2]["id"].as_str().expect("an id").to_owned();
    let lines = after.lines("ana", &article);
    assert!(
        lines.contains(&"claim: No | speaker=The minister".to_owned()) && lines.contains(&"speaker: The minister".to_owned()),
        "{lines:?}"
    );
    desk.click_command("take-back");
    until("two articles", || seen(listed_articles(&desk).len() == 2, listed_articles(&desk)));
    assert_eq!(desk.export().content(), before.content());

    // As somebody else's work it comes in beside one's own.
    desk.import(&pair());
    desk.wait_for_text("dialog .bringing", &["The files don’t say who made 3 annotations"]);
    desk.click("#whose");
    desk.press("M o d e l Tab");
    desk.wait_for_text("dialog [data-told]", &["1 article, 3 annotations"]);
    desk.click_command("accept-bring");
    desk.wait_gone("dialog");
    until("the article", || seen(listed_articles(&desk).len() == 3, listed_articles(&desk)));
    let export = desk.export();
    assert!(
        export.lines("ana", &article).is_empty() && export.lines("Model", &article).len() == 3,
        "{:?}",
        export.lines("Model", &article)
    );
    desk.leave();
}

#[test]
fn a_broken_file_is_reported_line_by_line() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let before = desk.export();
    let good = r#"{"format":"standpoint-training","version":1,"id":"x","text":"Nobody said so.","spans":[{"id":"s","label":"speaker","start":0,"end":6,"text":"Nobody"},{"id":"t","label":"speaker","start":7,"end":99,"text":"not there"}]}"#;
    desk.import(&[Upload::new(
        "broken.jsonl",
        format!("{good}\n{{\"format\": broken\n{}\n", good.replace("\"version\":1", "\"version\":9")),
    )]);
    desk.wait_for_text("dialog .problems", &["left out", "broken.jsonl, line 2", "broken.jsonl, line 3: version 9"]);
    let path = desk.download_by("txt", |desk| desk.click_command("save-problems"));
    let saved = std::fs::read_to_string(path).expect("the list");
    assert!(saved.lines().count() == 3 && saved.contains("line 1, spans[1]"), "{saved}");
    desk.press("Escape");
    desk.wait_gone("dialog");

    // What cannot be read at all is said, and nothing is made of it.
    desk.import(&[Upload::new("no.jsonl", "{"), Upload::new("bad.zip", "PK\u{3}\u{4} and no more")]);
    until("both", || {
        let said = desk.visible_texts(ALERT);
        seen(said.iter().any(|text| text.contains("no.jsonl")) && said.iter().any(|text| text.contains("bad.zip")), said)
    });
    assert_eq!(desk.export().content(), before.content());
    desk.leave();
}

#[test]
fn a_file_becomes_a_project_of_its_own() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.import(&pair());
    desk.wait_for("dialog [data-goal=new]");
    desk.click("[data-goal=new]");
    desk.wait_for_text("dialog [data-told]", &["1 article, 3 annotations, 1 filled role"]);
    desk.click_command("accept-bring");
    until("its article alone", || seen(listed_articles(&desk).len() == 1, listed_articles(&desk)));
    desk.saved();
    desk.reload();
    assert_eq!(desk.article_text(), TEXT);
    by_palette(&desk, "other formats", "Export in other formats");
    desk.wait_for_text("dialog [data-told]", &["1 article"]);
    desk.leave();
}
