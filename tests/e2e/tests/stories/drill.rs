//! The way back from a lost device: a backup of everything, empty stores, and the work again; before anything is changed
//! the page says what would be.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, Upload, assert_sound, seen, until};

use crate::steps::{ALERT, ANA, by_palette, pictures, tag};

const PREVIEW: &str = "dialog .restoring";
const OF_SAMPLE: &str = "dialog [data-project=seed-articles]";
const OF_OTHER: &str = "dialog [data-project=other]";
const DATABASE: &str = "dialog [data-store=database]";

/// The work of two people in two projects, and all of it in one file.
struct Work {
    sample: Export,
    other: Export,
    backup: Export,
    /// The database's rows of the sample's records.
    records: usize,
}

impl Work {
    fn file(&self) -> Upload {
        Upload::new(self.backup.name(), self.backup.text())
    }
}

/// How many rows the database has of the sample's records.
fn records(desk: &Desk) -> usize {
    desk.database().iter().filter(|(key, _)| key.starts_with("standpoint/1/seed-articles/")).count()
}

/// Ana works in the sample and in Ben's project, and backs both up.
#[track_caller]
fn worked(desk: &Desk) -> Work {
    tag(desk, "Ali Akbar Ahmadian", "speaker");
    tag(desk, "[Haniyeh], for his part", "speaker");
    desk.press("1");
    desk.wait_for("[data-attribute=form] [data-option=name].on");
    desk.saved();
    let sample = desk.export();
    let other = json!({ "format": "standpoint", "version": 1, "project": { "id": "other", "title": "Other work" },
        "annotators": [{ "id": "ben", "name": "Ben" }, { "id": "example", "name": "Worked example" }],
        "articles": [{ "id": "x", "text": "“No”, she said." }, { "id": "y", "text": "Raisi said yes." }],
        "annotations": [{ "id": "no", "article": "x", "annotator": "ben", "type": "claim", "fragments": [{ "start": 0, "end": 4 }] }] });
    desk.import(&[Upload::new("other.json", other.to_string())]);
    desk.click_command("accept-import");
    desk.wait_for_article("x");
    tag(desk, "she", "speaker");
    desk.saved();
    let other = desk.export();
    desk.click_command("storage");
    desk.wait_for(DATABASE);
    let backup = desk.export_by(|desk| desk.click_command("back-up"));
    desk.wait_for_text("dialog [role=status]", &["Backed up as", backup.name()]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    Work { sample, other, backup, records: records(desk) }
}

/// Somebody whom both projects know, so that the page makes no record of a new annotator.
const KNOWN: &str = "?annotator=example&article=seed-a";

/// Both stores are lost, and the page is opened as on another device.
#[track_caller]
fn lose_everything(desk: &Desk) {
    desk.visit(Desk::BLANK);
    desk.script("localStorage.clear()");
    assert_eq!(desk.delete_database(), "deleted");
    desk.go(KNOWN);
    desk.end_tour();
    desk.saved();
    assert_eq!(desk.export().lines("ana", "seed-a"), Vec::<String>::new());
}

/// Opens another project of this device by mouse.
#[track_caller]
fn open_project(desk: &Desk, id: &str, article: &str) {
    if !desk.sees("dialog .projects") {
        desk.click_command("projects");
    }
    desk.click(&format!("dialog [data-project={id}] [data-command=open-project]"));
    desk.wait_for_article(article);
}

/// Everything is as it was, and stays so.
#[track_caller]
fn assert_all_is_back(desk: &Desk, work: &Work) {
    assert_eq!(desk.export().text(), work.sample.text(), "byte for byte");
    open_project(desk, "other", "x");
    let other = desk.export();
    assert_eq!(other.text(), work.other.text(), "byte for byte");
    assert_sound(&[&other]);
    desk.saved();
    desk.reload();
    assert_eq!(desk.alerts(), Vec::<String>::new());
    assert_eq!(desk.export().text(), work.other.text());
    open_project(desk, "seed-articles", "seed-a");
    assert_eq!(desk.export().text(), work.sample.text());
}

#[test]
fn a_backup_brings_everything_back_to_empty_stores() {
    let desk = Desk::open(ANA);
    let work = worked(&desk);
    let name = work.backup.name();
    assert!(name.starts_with("standpoint-backup-20") && name.len() == "standpoint-backup-2026-01-01.json".len(), "{name}");
    let saved = work.backup.list("rows");
    let stored = desk.storage().into_iter().chain(desk.database());
    for (key, value) in stored.filter(|(key, _)| key.starts_with("standpoint/1/")) {
        assert!(saved.contains(&json!([key, value])), "{key} is not in the backup");
    }

    lose_everything(&desk);
    let before = (desk.revision(), desk.export(), records(&desk));
    let preview = || {
        desk.click_command("storage");
        desk.choose_files_when(|desk| desk.click_command("choose-backup"), "restore-backup", &[work.file()]);
        desk.wait_for_text("dialog h2", &["Restore from", name]);
    };
    preview();
    desk.wait_for_text("dialog", &["This backup was made", "Nothing is changed before you choose"]);
    let count = work.sample.annotations().len();
    let of_sample = desk.wait_for_text(OF_SAMPLE, &["Sample: two articles", &format!("2 articles, {count} annotations")]);
    assert!(of_sample.contains(&format!("{} new records; nothing is removed.", work.records - before.2)), "{of_sample}");
    desk.wait_for_text(OF_OTHER, &["Other work", "2 articles, 2 annotations", "Not on this device: it will be added."]);
    assert_eq!(desk.visible_texts("dialog .restoring > li").len(), 2);
    pictures(&desk, "restore-preview");
    desk.click_command("cancel-restore");
    desk.wait_gone("dialog");
    assert_eq!(desk.revision(), before.0, "nothing was changed");
    assert_eq!(desk.export().text(), before.1.text());
    assert!(desk.database().iter().all(|(key, _)| !key.starts_with("standpoint/1/other/")));

    preview();
    desk.click_command("restore-chosen");
    desk.wait_for_text(".projects", &["Other work", "2 articles"]);
    desk.wait_for_text(".foot [role=status]", &["Restored", "Other work"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.wait_for_text("[role=status] .notice", &["Sample: two articles", name, "merged"]);
    assert_all_is_back(&desk, &work);

    // The same file again has nothing to bring, and says so.
    let revision = desk.saved();
    preview();
    for project in [OF_SAMPLE, OF_OTHER] {
        desk.wait_for_text(project, &["All of it is on this device already."]);
    }
    assert_eq!(desk.is_enabled("restore-chosen"), Some(false));
    let closed = desk.script("return [...document.querySelectorAll('[data-command=choose-project]')].map(({ disabled }) => disabled)");
    assert_eq!(closed, json!([true, true]));
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert_eq!(desk.revision(), revision);
    desk.leave();
}

#[test]
fn a_backup_is_restored_by_keys_alone_and_only_what_is_chosen() {
    let desk = Desk::open(ANA);
    let work = worked(&desk);
    lose_everything(&desk);
    let export = |desk: &Desk| desk.export_by(|desk| by_palette(desk, "export", "Export"));
    let before = export(&desk);
    desk.tab_to("[data-command=storage]");
    desk.press("Enter");
    desk.wait_for(DATABASE);
    desk.tab_to("[data-command=choose-backup]");
    desk.choose_files_when(|desk| desk.press("Enter"), "restore-backup", &[work.file()]);
    desk.wait_for(PREVIEW);
    let chosen = || desk.script("return [...document.querySelectorAll('[data-command=choose-project]')].map(({ checked }) => checked)");
    assert_eq!(chosen(), json!([true, true]));
    desk.tab_to(&format!("{OF_OTHER} [data-command=choose-project]"));
    desk.press("Space");
    desk.tab_to(&format!("{OF_SAMPLE} [data-command=choose-project]"));
    desk.press("Space");
    until("none chosen", || seen(desk.is_enabled("restore-chosen") == Some(false), chosen()));
    desk.tab_to(&format!("{OF_OTHER} [data-command=choose-project]"));
    desk.press("Space");
    until("one chosen", || seen(desk.is_enabled("restore-chosen") == Some(true), chosen()));
    desk.tab_to("[data-command=restore-chosen]");
    desk.press("Enter");
    desk.wait_for("dialog .projects [data-project=other]");
    desk.tab_to("dialog [data-project=other] [data-command=open-project]");
    desk.press("Enter");
    desk.wait_for_article("x");
    assert_eq!(export(&desk).text(), work.other.text(), "byte for byte");

    by_palette(&desk, "projects", "Projects on this device");
    desk.tab_to("dialog [data-project=seed-articles] [data-command=open-project]");
    desk.press("Enter");
    desk.wait_for_article("seed-a");
    assert_eq!(export(&desk).text(), before.text(), "what was not chosen stayed out");
    desk.leave();
}

#[test]
fn a_project_of_a_backup_is_opened_as_a_copy() {
    let desk = Desk::open(ANA);
    let work = worked(&desk);
    // What is done after the backup is not in the copy, and stays.
    tag(&desk, "said", "cue");
    desk.saved();
    let now = desk.export();
    desk.drop_files(&[work.file()]);
    desk.wait_for_text(OF_OTHER, &["2 articles, 2 annotations", "All of it is on this device already."]);
    desk.click(&format!("{OF_OTHER} [data-command=open-copy]"));
    desk.wait_gone("dialog");
    desk.wait_for_text(".foot [role=status]", &["Opened as", "Copy of Other work"]);
    desk.saved();
    let copy = desk.export();
    assert_ne!(copy.project["project"]["id"], "other");
    assert_eq!([copy.lines("ana", "x"), copy.lines("ben", "x")], [work.other.lines("ana", "x"), work.other.lines("ben", "x")]);
    assert_eq!(copy.articles().len(), 2);
    open_project(&desk, "other", "x");
    assert_eq!(desk.export().text(), now.text());
    desk.leave();
}

/// The file with the values of all rows changed whose keys begin so, as a failing disk would; and how many there are.
fn spoilt(backup: &str, prefix: &str) -> (String, usize) {
    let mut count = 0;
    let lines = backup.lines().map(|line| {
        let Ok(row) = serde_json::from_str::<[String; 2]>(line.trim_end_matches(',')) else { return line.to_owned() };
        let [key, value] = row;
        if !key.starts_with(prefix) {
            return line.to_owned();
        }
        count += 1;
        let middle = value.len() / 2;
        let comma = if line.ends_with(',') { "," } else { "" };
        format!("{}{comma}", json!([key, format!("{}~{}", &value[..middle], &value[middle + 1..])]))
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    (text, count)
}

#[test]
fn of_a_damaged_backup_all_that_is_sound_comes_back() {
    let desk = Desk::open(ANA);
    let work = worked(&desk);
    lose_everything(&desk);
    let (damaged, rows) = spoilt(&work.backup.text(), "standpoint/1/other/a/x/ana");
    assert_eq!(rows, 2, "both stores had it");
    desk.import(&[Upload::new("damaged.json", damaged)]);
    let said = desk.wait_for_text(OF_OTHER, &["2 articles, 1 annotation\n", "2 problems: what is damaged stays out"]);
    assert!(said.contains("Not on this device"), "{said}");
    assert!(!desk.sees(&format!("{OF_SAMPLE} details")), "the other project has no problem");
    assert!(!desk.sees("dialog .warning"), "every line is a row");
    desk.click(&format!("{OF_OTHER} summary"));
    desk.wait_for_text(&format!("{OF_OTHER} [data-list=issues]"), &["a/x/ana", "checksum"]);
    pictures(&desk, "restore-damaged");
    desk.click_command("restore-chosen");
    desk.wait_for_text(".projects", &["Other work"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert_eq!(desk.export().text(), work.sample.text(), "byte for byte");
    open_project(&desk, "other", "x");
    let other = desk.export();
    assert_eq!(other.lines("ben", "x"), work.other.lines("ben", "x"));
    assert_eq!(other.lines("ana", "x"), Vec::<String>::new());
    assert_eq!(other.articles(), work.other.articles());
    desk.saved();
    desk.reload();
    assert_eq!(desk.alerts(), Vec::<String>::new(), "what was damaged did not come onto this device");
    desk.leave();
}

#[test]
fn backups_are_asked_about_together_or_one_after_the_other() {
    let desk = Desk::open(ANA);
    let work = worked(&desk);
    lose_everything(&desk);
    // Of the one nobody knows any more what the project was called.
    let (nameless, rows) = spoilt(&work.backup.text(), "standpoint/1/other/r/project");
    assert_eq!(rows, 1, "both stores had the same, which is written once");
    let nameless = || Upload::new("nameless.json", nameless.as_str());
    desk.import(&[nameless()]);
    desk.wait_for_text("dialog h2", &["nameless.json"]);
    desk.wait_for_text(OF_OTHER, &["other\n", "2 articles, 2 annotations", "1 problem:"]);
    // No other dialog takes the place of a question, and no other question.
    desk.press("Ctrl+k");
    desk.import(&[work.file()]);
    assert_eq!(desk.visible_texts("dialog h2"), ["Restore from nameless.json"]);
    desk.click_command("cancel-restore");
    desk.wait_for_text("dialog h2", &[work.backup.name()]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert!(desk.database().iter().all(|(key, _)| !key.starts_with("standpoint/1/other/")), "nothing was agreed to");

    // What two files would do is told of both together.
    desk.import(&[nameless(), work.file()]);
    desk.wait_for_text("dialog h2", &["nameless.json, ", work.backup.name()]);
    desk.wait_for_text(OF_OTHER, &["Other work\n", "2 articles, 2 annotations", "1 problem:"]);
    desk.click_command("restore-chosen");
    desk.wait_for_text(".projects", &["Other work"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert_all_is_back(&desk, &work);
    desk.leave();
}

#[test]
fn a_backup_that_was_cut_off_gives_what_is_left_of_it() {
    let desk = Desk::open(ANA);
    let work = worked(&desk);
    lose_everything(&desk);
    let text = work.backup.text();
    let last = text.rfind("\n[").expect("the last row");
    desk.import(&[Upload::new("cut.json", &text[..last + 40])]);
    desk.wait_for_text("dialog .warning", &["1 line of the file can’t be read."]);
    desk.click_command("restore-chosen");
    desk.wait_for_text(".projects", &["Other work"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    // Each row but those of the last kind is there twice, so that the other store’s is enough.
    assert_eq!(desk.export().text(), work.sample.text(), "byte for byte");
    open_project(&desk, "other", "x");
    assert_eq!(desk.export().text(), work.other.text(), "byte for byte");
    desk.leave();
}

#[test]
fn a_backup_that_can_not_be_used_says_why_and_changes_nothing() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    let revision = desk.saved();
    let before = desk.export();
    let file = |version: u32, rows: Value| json!({ "format": "standpoint-backup", "version": version, "rows": rows }).to_string();
    for (name, content, said) in [
        ("newer.json", file(2, json!([])), "version 2"),
        ("empty.json", file(1, json!([])), "holds no project"),
        ("settings.json", file(1, json!([["standpoint/theme", "dark"]])), "holds no project"),
        ("broken.json", "{\"format\":\"standpoint-backup\",\"version\":1,\"rows\":[\n[".to_owned(), "broken.json"),
    ] {
        desk.import(&[Upload::new(name, content)]);
        desk.wait_for_text(ALERT, &[name, said, "Nothing was changed."]);
        assert!(!desk.sees("dialog"), "{name}");
    }
    assert_eq!(desk.revision(), revision);
    assert_eq!(desk.export().text(), before.text());
    desk.leave();
}
