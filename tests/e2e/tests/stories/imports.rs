//! Files that are as they should be: texts one by one and several at once, copies of the project, another project.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Upload, assert_sound, seen, until};

use crate::steps::{by_palette, listed_articles, tag};

#[test]
fn texts_become_articles_and_can_be_taken_back() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    assert_eq!(listed_articles(&desk), ["seed-a", "seed-b"]);
    let before = desk.export();
    let german = "Der Präsident sagte: \u{201e}Nein, das gilt für Köln, Düsseldorf und Düren.\u{201c}\n";
    // 0x84 and 0x93 are quotation marks in windows-1252 alone.
    let windows: Vec<u8> = german
        .chars()
        .map(|letter| match letter {
            '\u{201e}' => 0x84,
            '\u{201c}' => 0x93,
            _ => u8::try_from(u32::from(letter)).expect("a letter of that encoding"),
        })
        .collect();
    desk.import(&[
        Upload::new("one.txt", "Raisi said the talks failed.\n"),
        Upload::new("marked.txt", "\u{feff}A mark stands before this text.\rAnd an old line end in it."),
        Upload::new("old.txt", windows),
    ]);
    until("five articles", || seen(listed_articles(&desk).len() == 5, listed_articles(&desk)));
    let after = desk.export();
    let texts: Vec<&str> = after.articles()[2..].iter().filter_map(|article| article["text"].as_str()).collect();
    assert_eq!(texts, ["Raisi said the talks failed.\n", "A mark stands before this text.\nAnd an old line end in it.", german]);
    let changes: Vec<_> = after.articles()[2..].iter().map(|article| article["normalization"].clone()).collect();
    assert_eq!(
        changes,
        [
            json!([]),
            json!([{ "kind": "bom-removed", "count": 1 }, { "kind": "cr-to-lf", "count": 1 }]),
            json!([{ "kind": "decoded-from-windows-1252", "count": 1 }]),
        ]
    );
    assert_sound(&[&after]);

    // All at once is one step.
    desk.click_command("undo");
    until("two articles", || seen(listed_articles(&desk).len() == 2, listed_articles(&desk)));
    assert_eq!(desk.export().articles(), before.articles());
    desk.click_command("redo");
    until("five articles", || seen(listed_articles(&desk).len() == 5, listed_articles(&desk)));

    // The same text again is the same article.
    desk.import(&[Upload::new("copy of one.txt", "Raisi said the talks failed.\n"), Upload::new("two.txt", "Another text.")]);
    until("the other one", || seen(listed_articles(&desk).len() == 6, listed_articles(&desk)));
    desk.saved();
    desk.reload();
    assert_eq!(desk.export().articles().len(), 6);
    desk.leave();
}

#[test]
fn a_copy_of_the_project_is_merged_and_can_be_taken_back() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    let own = desk.export();
    // A colleague began with the same file and sends hers.
    let mut copy = own.project.clone();
    copy["annotators"].as_array_mut().expect("a list").push(json!({ "id": "ben", "name": "Ben" }));
    let bens = json!({ "id": "ben-1", "article": "seed-a", "annotator": "ben", "type": "speaker",
        "fragments": [{ "start": 474, "end": 482, "text": "Ahmadian" }] });
    copy["annotations"].as_array_mut().expect("a list").push(bens);
    let upload = || Upload::new("from-ben.json", copy.to_string());

    desk.import(&[upload()]);
    desk.wait_for_text("[role=status] .notice", &["from-ben.json"]);
    desk.wait_for("[data-layer=ben]");
    let merged = desk.export();
    assert_eq!(merged.lines("ben", "seed-a"), ["speaker: Ahmadian"]);
    assert_eq!(merged.work_of("ana"), own.work_of("ana"));
    assert_sound(&[&merged]);

    desk.click_command("take-back");
    desk.wait_gone("[data-layer=ben]");
    assert_eq!(desk.export().content(), own.content());
    desk.saved();
    desk.reload();
    assert_eq!(desk.export().content(), own.content(), "taken back on the device too");

    // The same file again brings it again, and a third time nothing.
    desk.import(&[upload()]);
    desk.wait_for("[data-layer=ben]");
    let revision = desk.saved();
    desk.import(&[upload()]);
    desk.wait_for_text(".foot [role=status]", &["othing new"]);
    assert_eq!(desk.revision(), revision);
    assert_eq!(desk.export().content(), merged.content());
    desk.leave();
}

#[test]
fn another_project_opens_beside_the_first() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let first = desk.export();
    let other = json!({ "format": "standpoint", "version": 1, "project": { "id": "other", "title": "Other work" },
        "articles": [{ "id": "x", "text": "“No”, she said. ".repeat(20) }],
        "annotations": [{ "article": "x", "type": "claim", "fragments": [{ "start": 0, "end": 4 }] }] });
    desk.import(&[Upload::new("other.json", other.to_string())]);
    desk.wait_for_text("dialog", &["Other work", "1 article and 1 annotation"]);
    desk.click_command("cancel-import");
    desk.wait_gone("dialog");
    assert_eq!(desk.export().annotations(), first.annotations());

    desk.import(&[Upload::new("other.json", other.to_string())]);
    desk.click_command("accept-import");
    desk.wait_for_article("x");
    desk.saved();
    let second = desk.export();
    assert_eq!(second.name(), "other-work.standpoint.json");
    assert_eq!(second.lines("file", "x"), ["claim: “No”"]);
    assert_sound(&[&second]);

    desk.click_command("projects");
    desk.click_with_text(".projects button", "Sample: two articles");
    desk.wait_for_article("seed-a");
    assert_eq!(desk.export().annotations(), first.annotations());
    desk.leave();
}

#[test]
fn files_are_dropped_and_text_is_pasted() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.drop_files(&[Upload::new("dropped.txt", "Raisi said the talks failed."), Upload::new("bad.json", "{")]);
    until("the dropped text", || seen(desk.article_text() == "Raisi said the talks failed.", desk.article_text()));
    desk.wait_for_text("[role=alert] .notice p", &["bad.json"]);

    // A text is copied out of a field of the page itself, since a test has no other window.
    // As fast as the browser takes it: what follows the key is already text, and no command.
    desk.type_text("/Nobody said that this would work.");
    desk.press("Ctrl+a Ctrl+c Delete");
    // In the field a paste is the field's own.
    desk.press("Ctrl+v Ctrl+a Delete Escape");
    assert_eq!(listed_articles(&desk).len(), 3);
    desk.press("Ctrl+v");
    until("the pasted text", || seen(desk.article_text() == "Nobody said that this would work.", desk.article_text()));
    let export = desk.export();
    assert_sound(&[&export]);

    // A project file that was copied as text is a project.
    desk.type_text(
        r#"/{"format":"standpoint","version":1,"project":{"id":"other","title":"Other work"},"articles":[{"id":"x","text":"No."}]}"#,
    );
    desk.press("Ctrl+a Ctrl+c Delete Escape Ctrl+v");
    desk.wait_for_text("dialog", &["Other work", "1 article and 0 annotations"]);
    desk.click_command("cancel-import");
    desk.wait_gone("dialog");
    desk.leave();
}

#[test]
fn an_article_is_removed_with_its_work_and_brought_back() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    let before = desk.export();
    by_palette(&desk, "remove the article", "Remove the article");
    desk.wait_for_article("seed-b");
    assert_eq!(listed_articles(&desk), ["seed-b"]);
    let removed = desk.export();
    assert!(removed.annotations().iter().all(|record| record["article"] == "seed-b"));
    desk.saved();
    desk.click_command("undo");
    desk.wait_for_article("seed-a");
    assert_eq!(desk.export().work_of("ana"), before.work_of("ana"));
    desk.click_command("redo");
    until("one article", || seen(listed_articles(&desk) == ["seed-b"], listed_articles(&desk)));
    desk.saved();
    desk.reload();
    assert_eq!(listed_articles(&desk), ["seed-b"]);
    assert_eq!(desk.export().content(), removed.content());
    desk.leave();
}

/// A large import is painted before it is stored, and storing it takes a while.
#[test]
fn another_project_opened_while_a_large_import_is_stored_loses_nothing_of_it() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let with = |article: &str, text: &str, annotations: Vec<Value>| {
        let project = json!({ "format": "standpoint", "version": 1, "project": { "id": "other", "title": "Other work" },
            "annotators": [{ "id": "ana", "name": "Ana" }], "articles": [{ "id": article, "text": text }], "annotations": annotations });
        Upload::new(&format!("{article}.json"), project.to_string())
    };
    desk.import(&[with("small", "Raisi said no.", Vec::new())]);
    desk.click_command("accept-import");
    desk.wait_for_article("small");
    desk.saved();
    // Without frames the page waits 0.3 s before it stores the import: long enough to open the other project first.
    desk.script(
        "globalThis.requestAnimationFrame = () => 0;
        const press = (what, then) => new MutationObserver((_, watching) => {
            const found = document.querySelector(what);
            if (!found) return;
            watching.disconnect();
            found.click();
            then?.();
        }).observe(document.body, { subtree: true, childList: true });
        const open = () => press('dialog [data-project=seed-articles] [data-command=open-project]');
        press('[data-open-article=large]', () => { open(); document.querySelector('[data-command=projects]').click(); })",
    );
    let count = 1_500;
    let span = |at: usize| {
        json!({ "id": format!("s{at}"), "article": "large", "annotator": "ana", "type": "speaker",
            "fragments": [{ "start": at * 6, "end": at * 6 + 5 }] })
    };
    desk.import(&[with("large", &"Raisi ".repeat(count), (0..count).map(span).collect())]);
    desk.wait_for_article("seed-a");
    desk.wait_gone("dialog");
    desk.reload();
    desk.click_command("projects");
    desk.click("dialog [data-project=other] [data-command=open-project]");
    desk.wait_for_article("small");
    let back = desk.export();
    assert_eq!(back.articles().len(), 2);
    assert_eq!(back.lines("ana", "large").len(), count);
    assert_sound(&[&back]);
    desk.leave();
}
