//! The page on a desk and on a phone, by day and by night: everything fits, and can be read and reached.

use standpoint_e2e::{Desk, Screen, seen, until};

use crate::steps::{DIALOGS, listed_articles, open_dialog, tag};

const SHADES: [&str; 2] = ["light", "dark"];

/// What was seen to be wrong, state by state; a story shows all of it at its end.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    #[track_caller]
    fn look(&mut self, desk: &Desk, state: &str) {
        let found = desk.misfits().into_iter().chain(desk.faint_texts());
        self.0.extend(found.map(|line| format!("{state}: {line}")));
    }

    #[track_caller]
    fn assert_none(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}

fn name(screen: Screen) -> &'static str {
    match screen {
        Screen::Desk => "desk",
        Screen::Phone => "phone",
    }
}

/// What is looked at in every shade: both articles, a frame, a role that asks, every dialog.
fn look_around(screen: Screen) {
    let mut findings = Findings::default();
    for shade in SHADES {
        let desk = Desk::bare();
        desk.on(screen);
        desk.shade(shade);
        let mut look = |what: &str| findings.look(&desk, &format!("{what}, {}, {shade}", name(screen)));
        let shot = |what: &str| desk.shot(&format!("{}-{shade}{what}", name(screen)));
        desk.go("?annotator=ana&article=seed-a");
        desk.wait_for(".tour");
        look("the tour");
        shot("-tour");
        desk.end_tour();
        look("seed-a");
        shot("");
        if screen == Screen::Desk {
            let width = desk.column_width();
            assert!((500.0..=800.0).contains(&width), "a column of {width} pixels");
        }

        desk.click_word("[best] method to end");
        desk.wait_for_focus("the best method");
        look("another’s frame");
        tag(&desk, "[He] noted that the Palestinian", "speaker");
        desk.select("He [noted that the Palestinian resistance], which");
        look("a selection");
        shot("-selection");
        desk.click_command("tag-claim");
        desk.wait_for_role("speaker");
        look("a role that asks");
        shot("-asking");
        desk.click_with_text("[data-candidate]", "He");
        desk.wait_for_role("cue");
        desk.press("Escape");
        until("the role left open", || seen(desk.asking().is_none(), desk.asking()));
        look("one’s own frame");
        shot("-frame");

        for (intent, label) in DIALOGS {
            open_dialog(&desk, intent, label);
            look(intent);
            if ["storage", "guidelines", "scheme"].contains(&intent) {
                shot(&format!("-{intent}"));
            }
            desk.press("Escape");
            desk.wait_gone("dialog");
        }
        desk.press("Ctrl+k");
        desk.wait_for("dialog .search:focus");
        look("commands");
        desk.press("Escape");
        desk.wait_gone("dialog");

        desk.go("?annotator=ana&article=seed-b");
        look("seed-b");
        shot("-seed-b");
        desk.leave();
    }
    findings.assert_none();
}

#[test]
fn everything_fits_and_can_be_read_at_a_desk() {
    look_around(Screen::Desk);
}

#[test]
fn everything_fits_and_can_be_read_on_a_phone() {
    look_around(Screen::Phone);
}

#[test]
fn widths_between_phone_and_desk_fit_too() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "[He] noted that the Palestinian", "speaker");
    let mut findings = Findings::default();
    for (width, height) in [(320, 640), (360, 740), (600, 900), (721, 900), (900, 700), (1081, 800), (1180, 800), (1920, 1080)] {
        desk.resize(width, height);
        findings.look(&desk, &format!("{width} × {height}"));
    }
    findings.assert_none();
    desk.leave();
}

#[test]
fn long_names_fit_too() {
    let long = "Bundesverfassungsgerichtspräsidentschaftskandidatinnenvorstellungsgespräch ".repeat(3);
    let project = serde_json::json!({ "format": "standpoint", "version": 1, "project": { "id": "p", "title": long },
        "annotators": [{ "id": "eve", "name": long }],
        "entities": [{ "id": "e", "name": long, "kind": "person" }],
        "articles": [{ "id": "a", "title": long, "text": format!("{long}\n\n{long} said no."), "metadata": { "publisher": long } }],
        "annotations": [
            { "id": "s", "article": "a", "annotator": "eve", "type": "speaker", "entity": "e",
              "fragments": [{ "start": 0, "end": long.chars().count() - 1 }] },
            { "id": "c", "article": "a", "annotator": "eve", "type": "claim", "fragments": [{ "start": 230, "end": 300 }],
              "roles": { "speaker": [{ "annotation": "s" }] } },
        ] });
    let desk = Desk::bare();
    desk.site().add("/long.json", project.to_string());
    desk.go("?project=/long.json&annotator=eve");
    let mut findings = Findings::default();
    for screen in [Screen::Desk, Screen::Phone] {
        desk.on(screen);
        for key in ["j", "j"] {
            desk.press(key);
            findings.look(&desk, &format!("{screen:?} after {key}"));
        }
        desk.click_command("fill-cue");
        findings.look(&desk, &format!("{screen:?}, a role that asks"));
        desk.press("Escape");
    }
    findings.assert_none();
    desk.leave();
}

#[test]
fn a_phone_reaches_articles_undo_and_export_and_tags() {
    let desk = Desk::bare();
    desk.on(Screen::Phone);
    desk.go("?annotator=ana&article=seed-a");
    desk.end_tour();
    let mut findings = Findings::default();
    // As the handles of a touch selection do it: the selection changes, and no button is let go.
    desk.select_by_touch("Ali Akbar Ahmadian");
    desk.click_command("tag-speaker");
    let id = desk.wait_for_focus("Ali Akbar Ahmadian");
    desk.click("[data-attribute=form] [data-option=name]");
    desk.wait_for("[data-attribute=form] [data-option=name].on");
    desk.saved();
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian | form=name"]);

    desk.click_command("undo");
    desk.click_command("undo");
    until("it to go", || seen(desk.drawn_words(&id).is_empty(), desk.drawn_words(&id)));
    desk.click_command("redo");
    until("it to come back", || seen(desk.drawn_words(&id) == ["Ali Akbar Ahmadian"], desk.drawn_words(&id)));

    assert!(!desk.sees("[data-open-article]"), "the list is a drawer");
    desk.click_command("toggle-articles");
    desk.wait_for("[data-open-article=seed-b]");
    findings.look(&desk, "the drawer");
    desk.shot("phone-light-drawer");
    assert_eq!(listed_articles(&desk), ["seed-a", "seed-b"]);
    desk.click("[data-open-article=seed-b]");
    desk.wait_for_article("seed-b");
    desk.wait_gone("[data-open-article]");
    desk.select_by_touch("[Nakhala], for his part, hailed");
    desk.click_command("tag-speaker");
    desk.wait_for_focus("Nakhala");
    // A tap on what is tagged takes it in hand, a tap beside it lets go.
    desk.click_word("[He] characterized Iran");
    until("nothing in hand", || seen(desk.focused().is_none(), desk.focused()));
    desk.click_word("[Nakhala], for his part, hailed");
    desk.wait_for_focus("Nakhala");
    findings.assert_none();
    desk.leave();
}

#[test]
fn the_shade_is_chosen_and_remembered() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.shade("light");
    let paper = |desk: &Desk| desk.script("return getComputedStyle(document.body).backgroundColor").as_str().unwrap_or_default().to_owned();
    let light = paper(&desk);
    desk.click_command("toggle-theme");
    until("another paper", || seen(paper(&desk) != light, paper(&desk)));
    let dark = paper(&desk);
    let mut findings = Findings::default();
    findings.look(&desk, "dark on a light system");
    desk.reload();
    assert_eq!(paper(&desk), dark, "remembered");
    desk.shade("dark");
    assert_eq!(paper(&desk), dark, "the choice stands above the system");
    desk.click_command("toggle-theme");
    until("the light paper", || seen(paper(&desk) == light, paper(&desk)));
    findings.look(&desk, "light on a dark system");
    findings.assert_none();
    desk.leave();
}
