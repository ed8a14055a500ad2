//! What several stories do.

use serde_json::json;
use standpoint_e2e::{Desk, Export, Screen, Upload, assert_sound, seen, strings, until};

pub const CLAIM: &str = "that the Palestinian resistance, which previously engaged in combat in Gaza to protect itself, has now reached a stage \
                     of readiness as it increases its presence there";

/// The sample's first article, with ana at the desk.
pub const ANA: &str = "?annotator=ana&article=seed-a";

/// What needs attention.
pub const ALERT: &str = "[role=alert] .notice p";

/// The dialogs, by what is typed in the palette for them, and their labels there.
pub const DIALOGS: [(&str, &str); 13] = [
    ("keys", "All keys"),
    ("guidelines", "Guidelines"),
    ("scheme", "Scheme: types"),
    ("overview", "Overview: progress"),
    ("frames", "Who says what, as"),
    ("compare", "Compare two annotators"),
    ("reading", "Reading: size"),
    ("history", "History: the steps"),
    ("projects", "Projects on this device"),
    ("storage", "Storage, backups"),
    ("other formats", "Export in other formats"),
    ("share a link", "Share a link that holds articles"),
    ("name", "Your name"),
];

/// What the labelling job makes, in the order of the text.
fn expected() -> Vec<String> {
    vec![
        "target: resistance".to_owned(),
        "stance: the best method | polarity=favor | holder=Ali Akbar Ahmadian target=resistance".to_owned(),
        "speaker: Ali Akbar Ahmadian".to_owned(),
        "speaker: He".to_owned(),
        "cue: noted".to_owned(),
        format!("claim: {CLAIM} | quotation=indirect | cue=noted speaker=He"),
        "speaker: President Ebrahim Raisi".to_owned(),
        "claim: the efforts to normalize ties … have totally failed | speaker=President Ebrahim Raisi".to_owned(),
    ]
}

/// Undone, redone and reloaded, the labelling on the desk stays the same; `before` is the export without it.
#[track_caller]
pub fn survives_undo_redo_and_reload(
    desk: &Desk,
    on: &str,
    before: &Export,
    export: impl Fn(&Desk) -> Export,
    undo: impl Fn(&Desk),
    redo: impl Fn(&Desk),
) {
    desk.saved();
    let done = export(desk);
    assert_eq!(done.lines("ana", on), expected());
    assert_eq!(done.name(), "sample-two-articles.standpoint.json");
    let text = done.article(on)["text"].as_str().expect("a text");
    assert_eq!(desk.article_text(), text, "the text view shows the article's text and nothing else");

    let undone_steps = exhaust(desk, "undo", undo);
    let undone = export(desk);
    assert_eq!(undone.lines("ana", on), Vec::<String>::new());
    assert_eq!(undone.work_of("example"), before.work_of("example"), "another’s work is as it was");
    assert_eq!(exhaust(desk, "redo", redo), undone_steps);
    let redone = export(desk);
    assert_eq!(redone.content(), done.content());
    assert_ne!(redone.annotations(), done.annotations(), "a redo makes new versions");

    desk.saved();
    desk.reload();
    assert_eq!(desk.open_article().as_deref(), Some(on));
    let reloaded = export(desk);
    assert_eq!(reloaded.annotations(), redone.annotations());
    assert_eq!(reloaded.content(), done.content());
    assert_sound(&[&done, &undone, &reloaded]);
}

/// Finds a command in the palette by `words` and runs the one whose label contains `label`.
#[track_caller]
pub fn by_palette(desk: &Desk, words: &str, label: &str) {
    desk.press("Ctrl+k");
    desk.wait_for("dialog .search:focus");
    desk.type_text(words);
    desk.wait_for_text(".palette .on", &[label]);
    desk.press("Enter");
    desk.wait_gone("dialog #palette");
}

/// Opens a dialog by the palette and waits until it shows what it has to show.
#[track_caller]
pub fn open_dialog(desk: &Desk, words: &str, label: &str) {
    by_palette(desk, words, label);
    // What a dialog shows of the stores comes once they have answered.
    until(&format!("the dialog of {words}"), || {
        let bodies = desk.visible_texts("dialog .dialog-body");
        seen(bodies.len() == 1 && !bodies[0].contains("Looking…"), bodies)
    });
}

/// A first visit with a browser that has little room for databases.
#[track_caller]
pub fn with_little_room() -> Desk {
    let desk = Desk::bare();
    desk.limit_database(Some(2_000_000));
    desk.go(ANA);
    desk.end_tour();
    desk
}

/// Another page of the origin takes all the room that local storage has.
#[track_caller]
pub fn fill_storage(desk: &Desk) {
    desk.script(
        "let piece = 'x'.repeat(1 << 20), count = 0;
         while (piece.length) {
           try { localStorage.setItem(`other/${count++}`, piece); } catch { piece = piece.slice(piece.length >> 1 || 1); }
         }",
    );
}

/// The room that [`fill_storage`] took is free again.
#[track_caller]
pub fn free_storage(desk: &Desk) {
    desk.script("for (const key of Object.keys(localStorage)) if (key.startsWith('other/')) localStorage.removeItem(key)");
}

/// What the page says of saving: `ok`, `warn` or `bad`, and the words, those of the tooltip too.
#[track_caller]
pub fn save_state(desk: &Desk) -> (String, String) {
    let found = desk.script(
        "const saved = document.querySelector('[data-save-state]');
         return [saved?.dataset.saveState ?? '', saved ? `${saved.innerText} (${saved.title})` : 'nothing']",
    );
    let [state, words] = [0, 1].map(|index| found[index].as_str().unwrap_or_default().to_owned());
    (state, words)
}

/// Waits until the page says that saving is in that state, with all `parts` in its words; returns them.
#[track_caller]
pub fn until_save_state(desk: &Desk, state: &str, parts: &[&str]) -> String {
    until(&format!("the state {state} with {parts:?}"), || {
        let (found, words) = save_state(desk);
        let fits = found == state && parts.iter().all(|part| words.contains(part));
        if fits { Ok(words) } else { Err(format!("{found}: {words}; {:?}", desk.alerts())) }
    })
}

/// Whether the browser would ask before it leaves the page.
#[track_caller]
pub fn asks_before_leaving(desk: &Desk) -> bool {
    desk.script("return !dispatchEvent(new Event('beforeunload', { cancelable: true }))") == json!(true)
}

/// Takes a picture of what the page says on each of the screens, a desk by day and a phone by night; fails where anything
/// does not fit there or can't be read.
#[track_caller]
pub fn picture(desk: &Desk, name: &str, screens: &[Screen]) {
    let looks: Vec<_> = screens.iter().map(|screen| (*screen, if *screen == Screen::Desk { "light" } else { "dark" })).collect();
    look(desk, name, &looks);
}

/// The same on both screens, by day and by night.
#[track_caller]
pub fn pictures(desk: &Desk, name: &str) {
    let looks = [Screen::Desk, Screen::Phone].map(|screen| ["light", "dark"].map(|shade| (screen, shade)));
    look(desk, name, looks.as_flattened());
}

#[track_caller]
fn look(desk: &Desk, name: &str, looks: &[(Screen, &str)]) {
    let mut findings = Vec::new();
    for (screen, shade) in looks {
        let device = if *screen == Screen::Desk { "desk" } else { "phone" };
        desk.on(*screen);
        desk.shade(shade);
        desk.shot(&format!("{name}-{device}-{shade}"));
        findings.extend(desk.misfits().into_iter().chain(desk.faint_texts()).map(|line| format!("{name}, {device}, {shade}: {line}")));
    }
    desk.on(Screen::Desk);
    desk.shade("light");
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// Waits until words are drawn as part of the annotation, as where another tab made it; empty for: not any more.
#[track_caller]
pub fn until_drawn(desk: &Desk, id: &str, words: &[&str]) {
    until(&format!("{words:?} drawn"), || seen(desk.drawn_words(id) == words, desk.drawn_words(id)));
}

/// Imports a file as a new article; the article's id.
#[track_caller]
pub fn import_article(desk: &Desk, name: &str, content: &str) -> String {
    let before = desk.open_article();
    desk.import(&[Upload::new(name, content)]);
    until("the imported article", || seen(desk.open_article().is_some_and(|id| id.starts_with("a-") && Some(id) != before), &before));
    desk.open_article().expect("just seen")
}

/// A text with clusters of several code points, letters beyond the basic plane, two directions and line ends of two units.
pub const UGLY: &str = "Reaktion 👍🏽: Ministerin lobt Familie 👨‍👩‍👧‍👦 in Genf\r\n\r\n\
    Die Flaggen 🇮🇷🇵🇸 wehten vor dem cafe\u{301}, und Za\u{300}\u{334}lgo schwieg. 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 sagte: «Das 🎉 ist gut.»\r\n\
    Zeile zwei\tmit Tabulator und geschütztem\u{a0}Leerzeichen.\r\n\r\n\
    قال الرئيس إن المقاومة هي الخيار الأفضل.\r\n\
    ראש הממשלה אמר שלום לכולם.\r\n";

/// Does `step` until the button of `command` says that it can't be done any more; how often that was.
#[track_caller]
pub fn exhaust(desk: &Desk, command: &str, step: impl Fn(&Desk)) -> usize {
    let mut steps = 0;
    while desk.is_enabled(command) == Some(true) {
        let before = desk.revision();
        step(desk);
        until("a step of the history", || seen(desk.revision() > before, before));
        steps += 1;
        assert!(steps < 100, "{command} has no end");
    }
    steps
}

/// Tags words by mouse and leaves the roles that ask open; the annotation's id.
#[track_caller]
pub fn tag(desk: &Desk, picture: &str, type_id: &str) -> String {
    let before = desk.revision();
    desk.select(picture);
    desk.click_command(&format!("tag-{type_id}"));
    until(&format!("“{picture}” tagged"), || seen(desk.revision() > before, desk.alerts()));
    if desk.asking().is_some() {
        desk.press("Escape");
        until("the role left open", || seen(desk.asking().is_none(), desk.asking()));
    }
    desk.focused().expect("what was tagged is in hand").0
}

/// The ids of the articles in the list.
#[track_caller]
pub fn listed_articles(desk: &Desk) -> Vec<String> {
    strings(&desk.script("return [...document.querySelectorAll('[data-open-article]')].map((button) => button.dataset.openArticle)"))
}

/// Takes all messages off the screen.
#[track_caller]
pub fn dismiss_alerts(desk: &Desk) {
    while !desk.alerts().is_empty() {
        let before = desk.alerts().len();
        desk.click("[role=alert] .notice [aria-label=Dismiss]");
        until("a message to go", || seen(desk.alerts().len() < before, desk.alerts()));
    }
}
