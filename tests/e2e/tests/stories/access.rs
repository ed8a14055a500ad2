//! Every screen by the rules of accessibility that a machine can check, on a desk and on a phone, by day and by night.

use serde_json::{Value, json};
use standpoint_e2e::{Denial, Desk, Export, Screen, Upload, seen, until};

use crate::steps::{ALERT, ANA, UGLY, by_palette, import_article, open_dialog, tag};

/// A screen: what it is called, and how a person who was never there before gets to it.
type Place = (&'static str, fn(&Desk));

/// What is typed in the palette for a dialog, and its label there.
const PROJECTS: (&str, &str) = ("projects", "Projects on this device");
const STORAGE: (&str, &str) = ("storage", "Storage, backups");

const PLACES: &[Place] = &[
    ("the tour", |desk| {
        desk.go(ANA);
        desk.wait_for(".tour");
    }),
    ("the desk", begin),
    ("the second article", |desk| {
        desk.go("?annotator=ana&article=seed-b");
        desk.end_tour();
    }),
    ("a text in several scripts", |desk| {
        begin(desk);
        import_article(desk, "ugly.txt", UGLY);
    }),
    ("a selection", |desk| {
        begin(desk);
        desk.select("Ali Akbar Ahmadian");
    }),
    ("another’s frame", others_frame),
    ("a frame of one’s own", |desk| {
        begin(desk);
        tag(desk, "Ali Akbar Ahmadian", "speaker");
        desk.press("1");
    }),
    ("a claim with something left to do", |desk| {
        begin(desk);
        tag(desk, "[He] noted that the Palestinian", "speaker");
        tag(desk, "He [noted that the Palestinian resistance], which", "claim");
    }),
    ("a role that asks", |desk| {
        begin(desk);
        tag(desk, "[He] noted that the Palestinian", "speaker");
        desk.select("He [noted that the Palestinian resistance], which");
        desk.click_command("tag-claim");
        desk.wait_for_role("speaker");
    }),
    ("done while something is open", |desk| {
        begin(desk);
        tag(desk, "He [noted that the Palestinian resistance], which", "claim");
        desk.press("Shift+D");
        desk.wait_for_text("dialog .lacking", &["no speaker"]);
    }),
    ("places that were found", |desk| {
        begin(desk);
        find(desk, "resistance");
        desk.wait_for("dialog [data-hit]");
    }),
    ("a pattern that is none", |desk| {
        begin(desk);
        find(desk, "(");
        desk.click("dialog [data-find=pattern]");
        desk.wait_for("dialog [data-found=failed]");
    }),
    ("all that says the same", |desk| {
        begin(desk);
        tag(desk, "[He] noted that the Palestinian", "speaker");
        desk.press("2");
        desk.press("p");
        desk.wait_for("dialog [data-hit]");
    }),
    ("who a mention is", |desk| {
        begin(desk);
        tag(desk, "[He] noted that the Palestinian", "speaker");
        desk.press("e");
        desk.wait_for("dialog [data-who]");
    }),
    ("the register of entities", |desk| {
        dialog(desk, "entities", "Entities: merge");
        desk.wait_for("dialog [data-entity]");
    }),
    ("an entity whose mentions are to be split", |desk| {
        begin(desk);
        tag(desk, "[He] noted that the Palestinian", "speaker");
        desk.press("e");
        desk.wait_for("dialog [data-who]");
        desk.type_text("ahmadian");
        desk.press("Enter");
        desk.wait_gone("dialog");
        by_palette(desk, "entities", "Entities: merge");
        desk.click("dialog [data-mention]");
        desk.wait_for("dialog .split");
    }),
    ("two versions of an annotation", |desk| {
        begin(desk);
        let id = tag(desk, "Ali Akbar Ahmadian", "speaker");
        let shared = desk.export();
        desk.press("1");
        let copy = changed(&shared, |project| {
            let records = project["annotations"].as_array_mut().into_iter().flatten();
            for record in records.filter(|record| record["id"] == id.as_str()) {
                record["attributes"] = json!({ "form": "pronoun" });
                record["version"]["elsewhere"] = json!(1);
            }
        });
        desk.import(&[copy]);
        desk.wait_for_text("[data-command=resolve]", &["pronoun"]);
    }),
    ("commands", |desk| {
        begin(desk);
        desk.press("Ctrl+k");
        desk.wait_for("dialog .search:focus");
    }),
    ("commands, none of them with these words", |desk| {
        begin(desk);
        desk.press("Ctrl+k");
        desk.wait_for("dialog .search:focus");
        desk.type_text("xylophone");
        desk.wait_for_text("dialog", &["No command"]);
    }),
    ("all keys", |desk| dialog(desk, "keys", "All keys")),
    ("a key that is being changed", |desk| {
        dialog(desk, "keys", "All keys");
        desk.click("dialog summary");
        desk.click("dialog [data-rebind]");
        desk.wait_for_text("dialog [data-rebind].on", &["press a key"]);
    }),
    ("guidelines", |desk| dialog(desk, "guidelines", "Guidelines")),
    ("guidelines that are written", |desk| {
        dialog(desk, "guidelines", "Guidelines");
        desk.click_command("write-guidelines");
        desk.wait_for("dialog textarea:focus");
    }),
    ("the rules beside an annotation", |desk| {
        begin(desk);
        tag(desk, "Ali Akbar Ahmadian", "speaker");
        desk.click_command("rules");
        desk.wait_for(".frame .rules");
    }),
    ("the scheme", |desk| dialog(desk, "scheme", "Scheme: types")),
    ("a scheme that nobody could work with", |desk| {
        dialog(desk, "scheme", "Scheme: types");
        desk.click("dialog [data-type=stance]");
        desk.click("[data-field=type-key]");
        desk.press("Ctrl+a");
        desk.type_text("c");
        desk.wait_for("dialog [role=alert]");
    }),
    ("a type that is to be removed", |desk| {
        dialog(desk, "scheme", "Scheme: types");
        desk.click_command("remove-type");
        desk.wait_for("dialog input[value=delete]");
    }),
    ("ready schemes", |desk| {
        dialog(desk, "scheme", "Scheme: types");
        desk.click_command("ready-schemes");
        desk.wait_for("dialog [data-scheme=parc]");
    }),
    ("frames as a table", |desk| {
        begin(desk);
        desk.click_command("frames");
        desk.wait_for_keyboard("dialog input[type=search]");
    }),
    ("the project in pictures", |desk| {
        dialog(desk, "overview", "Overview: progress");
        desk.click("dialog [data-cell]");
        desk.wait_for("dialog [data-list=evidence]");
    }),
    ("how the text is read", |desk| {
        dialog(desk, "reading", "Reading: size");
        desk.click("[data-reading=size-largest]");
        desk.wait_for("[data-reading=size-largest].on");
    }),
    ("the largest text", |desk| {
        dialog(desk, "reading", "Reading: size");
        desk.click("[data-reading=size-largest]");
        desk.press("Escape");
        desk.wait_gone("dialog");
    }),
    ("steps to go back to", |desk| {
        begin(desk);
        tag(desk, "Ali Akbar Ahmadian", "speaker");
        desk.press("Ctrl+z");
        by_palette(desk, "history", "History: the steps");
        desk.wait_for("dialog [data-step='0']");
    }),
    ("the text alone", |desk| {
        begin(desk);
        by_palette(desk, "focus mode", "Focus mode");
        desk.wait_for(".leave-focus");
    }),
    ("the person’s name", |desk| dialog(desk, "name", "Your name")),
    ("nothing to hand in", |desk| dialog(desk, "hand in", "Hand in: your work")),
    ("work to be handed in", |desk| {
        begin(desk);
        tag(desk, "Ali Akbar Ahmadian", "speaker");
        desk.press("Escape H");
        desk.click("#hand-in-name");
        desk.press("Ctrl+a Delete");
        desk.click_command("download-hand-in");
        desk.wait_for_text("dialog [role=alert]", &["Say your name"]);
    }),
    ("projects", |desk| dialog(desk, PROJECTS.0, PROJECTS.1)),
    ("a project that is renamed", |desk| {
        begin(desk);
        asked(desk, PROJECTS, "rename-project", "dialog form input:focus");
    }),
    ("a project that is to be deleted", |desk| {
        begin(desk);
        asked(desk, PROJECTS, "delete-project", "dialog form.confirming input:focus");
    }),
    ("a project in the archive", |desk| {
        new_project(desk);
        asked(desk, PROJECTS, "archive-project", "dialog .archived summary");
        desk.click("dialog .archived summary");
    }),
    ("an empty project", new_project),
    ("storage", |desk| dialog(desk, STORAGE.0, STORAGE.1)),
    ("storage with a merge to take back", |desk| {
        merged(desk);
        desk.saved();
        asked(desk, STORAGE, "take-back-point", "dialog .would");
    }),
    ("a backup", |desk| {
        begin(desk);
        tag(desk, "Ali Akbar Ahmadian", "speaker");
        desk.saved();
        let backup = desk.export_by(|desk| by_palette(desk, "back up", "Back up all projects"));
        desk.import(&[Upload::new("backup.json", backup.text())]);
        desk.wait_for("dialog [data-command=choose-project]");
    }),
    ("an import with problems", |desk| {
        begin(desk);
        let flawed = changed(&desk.export(), |project| project["annotations"][0]["type"] = json!("verb"));
        desk.import(&[flawed]);
        desk.wait_for_text("dialog [data-list=issues] li", &["no type verb"]);
    }),
    ("an import of another project", |desk| {
        begin(desk);
        desk.import(&[Upload::new("other.json", other().to_string())]);
        desk.wait_for("dialog [data-command=accept-import]");
    }),
    ("a project from another origin", |desk| {
        desk.go("?project=https://elsewhere.example/far.json");
        desk.wait_for("dialog [data-command=load-foreign]");
    }),
    ("a message of what was done", merged),
    ("a message of what was refused", |desk| {
        others_frame(desk);
        desk.press("Delete");
        desk.wait_for(ALERT);
    }),
    ("the recovery page", |desk| {
        begin(desk);
        tag(desk, "Ali Akbar Ahmadian", "speaker");
        desk.saved();
        recovery(desk);
    }),
    ("the recovery page where nothing is stored", recovery),
];

/// What needs a browser of its own, since the stores are kept from the page there.
const WITH_DENIED_STORES: &[Place] = &[
    ("work that is not saved", |desk| {
        desk.deny(&[Denial::Database, Denial::LocalStorage]);
        begin(desk);
        tag(desk, "Ali Akbar Ahmadian", "speaker");
        desk.wait_for("[data-save-state=bad]");
    }),
    ("reading while another tab edits", |desk| {
        desk.deny(&[Denial::Database]);
        begin(desk);
        desk.fresh_tab();
        desk.deny(&[Denial::Database]);
        desk.go(ANA);
        desk.wait_for(".notice [data-command=take-over]");
    }),
];

/// What only a narrow screen has.
const ON_A_PHONE: &[Place] = &[("the drawer of articles", |desk| {
    begin(desk);
    desk.click_command("toggle-articles");
    desk.wait_for("[data-open-article=seed-b]");
})];

#[track_caller]
fn begin(desk: &Desk) {
    desk.go(ANA);
    desk.end_tour();
}

#[track_caller]
fn find(desk: &Desk, words: &str) {
    desk.press("Ctrl+Shift+f");
    desk.wait_for_keyboard("dialog [data-find=words]");
    desk.type_text(words);
}

#[track_caller]
fn dialog(desk: &Desk, words: &str, label: &str) {
    begin(desk);
    open_dialog(desk, words, label);
}

/// Gives a command within a dialog, and waits for what it leads to.
#[track_caller]
fn asked(desk: &Desk, (words, label): (&str, &str), command: &str, awaited: &str) {
    open_dialog(desk, words, label);
    desk.click_command(command);
    desk.wait_for(awaited);
}

#[track_caller]
fn others_frame(desk: &Desk) {
    begin(desk);
    desk.click_word("[best] method to end");
    desk.wait_for_focus("the best method");
}

#[track_caller]
fn new_project(desk: &Desk) {
    begin(desk);
    asked(desk, PROJECTS, "new-project", "dialog form input:focus");
    desk.type_text("Nothing yet");
    desk.press("Enter");
    desk.wait_gone("dialog");
    until("a project with no article", || seen(desk.open_article().is_none(), desk.open_article()));
}

/// The project with somebody else's work in it.
#[track_caller]
fn merged(desk: &Desk) {
    begin(desk);
    let from_ben = changed(&desk.export(), |project| {
        project["annotators"].as_array_mut().expect("a list").push(json!({ "id": "ben", "name": "Ben" }));
        project["annotations"].as_array_mut().expect("a list").push(json!({ "id": "ben-1", "article": "seed-a", "annotator": "ben",
            "type": "speaker", "fragments": [{ "start": 474, "end": 482, "text": "Ahmadian" }] }));
    });
    desk.import(&[from_ben]);
    desk.wait_for_text("[role=status] .notice", &["copy.json"]);
}

#[track_caller]
fn recovery(desk: &Desk) {
    desk.visit("/recover.html");
    desk.wait_for_text("#status", &["read at"]);
}

/// A copy of the project that somebody changed.
fn changed(export: &Export, change: impl FnOnce(&mut Value)) -> Upload {
    let mut project = export.project.clone();
    change(&mut project);
    Upload::new("copy.json", project.to_string())
}

fn other() -> Value {
    json!({ "format": "standpoint", "version": 1, "project": { "id": "other", "title": "Other work" },
        "articles": [{ "id": "x", "text": "“No”, she said." }], "annotations": [] })
}

/// Goes to every place on that screen, each a first visit, and shows all that is wrong at the end.
#[track_caller]
fn look_everywhere(screen: Screen, places: impl Iterator<Item = &'static Place>) {
    let mut barriers = Vec::new();
    let desk = Desk::bare();
    desk.on(screen);
    for place in places {
        desk.begin_anew();
        look_there(&desk, screen, place, &mut barriers);
    }
    for place in WITH_DENIED_STORES {
        let desk = Desk::bare();
        desk.on(screen);
        look_there(&desk, screen, place, &mut barriers);
    }
    assert!(barriers.is_empty(), "{} barriers:\n{}", barriers.len(), barriers.join("\n"));
}

#[track_caller]
fn look_there(desk: &Desk, screen: Screen, (name, reach): &Place, barriers: &mut Vec<String>) {
    reach(desk);
    for shade in ["light", "dark"] {
        desk.shade(shade);
        barriers.extend(desk.barriers().into_iter().map(|line| format!("{name}, {screen:?}, {shade}: {line}")));
    }
}

#[test]
fn nothing_bars_the_way_at_a_desk() {
    look_everywhere(Screen::Desk, PLACES.iter());
}

#[test]
fn nothing_bars_the_way_on_a_phone() {
    look_everywhere(Screen::Phone, PLACES.iter().chain(ON_A_PHONE));
}
