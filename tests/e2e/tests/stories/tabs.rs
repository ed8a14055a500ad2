//! Several tabs at once: each sees the others' work as it is done, an older build's too, and one that slept catches up.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Tab, seen, until};

use crate::steps::{ANA, tag, until_drawn, until_save_state};

/// Notes from now on when words come to be drawn as part of the annotation, and when they cease to be, in milliseconds since 1970.
const WATCH: &str = "
    const [id] = arguments, drawn = () => document.querySelector(`article [data-annotations~='${id}']`) !== null;
    self.changes = [];
    let before = drawn();
    new MutationObserver(() => {
      if (drawn() !== before) { before = !before; changes.push(performance.timeOrigin + performance.now()); }
    }).observe(document.querySelector('article[data-article]'), { subtree: true, childList: true, attributes: true });";

/// Clicks the button and returns when, in milliseconds since 1970.
const CLICK: &str = "
    const now = performance.timeOrigin + performance.now();
    document.querySelector(`button[data-command='${arguments[0]}']`).click();
    return now;";

/// How long it takes until one tab's change is drawn in another, in milliseconds: one value a change.
#[track_caller]
fn latencies(desk: &Desk, from: &Tab, to: &Tab, id: &str) -> Vec<f64> {
    const TIMES: usize = 20;
    desk.look_at(to);
    desk.script_with(WATCH, json!([id]));
    let times = (0..TIMES).map(|turn| {
        desk.look_at(from);
        let began = desk.script_with(CLICK, json!([if turn % 2 == 0 { "undo" } else { "redo" }]));
        desk.look_at(to);
        let drawn = until("the change in the other tab", || match desk.script("return changes") {
            Value::Array(changes) if changes.len() == turn + 1 => Ok(changes[turn].clone()),
            other => Err(other.to_string()),
        });
        drawn.as_f64().zip(began.as_f64()).map(|(drawn, began)| drawn - began).expect("two instants")
    });
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    times
}

#[test]
fn what_one_tab_does_another_shows_at_once() {
    let desk = Desk::open(ANA);
    let id = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    let first = desk.tab();
    let hidden = desk.open_tab(ANA);
    let window = desk.fresh_window();
    desk.go(ANA);
    for (name, to) in [("a tab behind", &hidden), ("another window", &window)] {
        desk.look_at(to);
        until_drawn(&desk, &id, &["Haniyeh"]);
        let times = latencies(&desk, &first, to, &id);
        println!("to {name}: {:.0} ms in the middle, {:.0} at most, of {times:.0?}", times[times.len() / 2], times[times.len() - 1]);
        until_drawn(&desk, &id, &["Haniyeh"]);
    }
    desk.leave();
}

#[test]
fn tabs_at_work_on_the_same_article_and_on_others_lose_nothing() {
    let desk = Desk::open(ANA);
    let first = desk.tab();
    let second = desk.open_tab(ANA);
    let third = desk.open_tab("?annotator=ana&article=seed-b");
    let steps = [
        (&first, "Ali Akbar Ahmadian"),
        (&third, "[Nakhala], for his part, hailed"),
        (&second, "[Haniyeh], for his part"),
        (&first, "[Ahmadian] said that"),
        (&second, "[He] noted that the Palestinian"),
        (&third, "[Ali Akbar Ahmadian] at a meeting"),
        (&first, "[He] gave the Iranian official"),
    ];
    // Nobody waits for anything to be saved.
    let ids: Vec<String> = steps
        .iter()
        .map(|(tab, picture)| {
            desk.look_at(tab);
            tag(&desk, picture, "speaker")
        })
        .collect();
    for tab in [&first, &second] {
        desk.look_at(tab);
        for (id, (at, _)) in ids.iter().zip(&steps) {
            if *at != &third {
                until("the work of both tabs", || seen(!desk.drawn_words(id).is_empty(), id));
            }
        }
    }
    // Each tab undoes its own last step and no other's.
    for (tab, own) in [(&second, &ids[4]), (&third, &ids[5])] {
        desk.look_at(tab);
        desk.click_command("undo");
        until_drawn(&desk, own, &[]);
        desk.saved();
        until_save_state(&desk, "ok", &["Saved"]);
    }
    let mut expected: Vec<&String> = ids.iter().enumerate().filter(|(at, _)| ![4, 5].contains(at)).map(|(_, id)| id).collect();
    expected.sort();
    for tab in [&first, &second, &third] {
        desk.look_at(tab);
        until("the same work everywhere", || {
            let export = desk.export();
            let mut found: Vec<String> =
                export.work_of("ana").iter().filter_map(|record| Some(record["id"].as_str()?.to_owned())).collect();
            found.sort();
            seen(found.iter().eq(expected.iter().copied()) && export.list("conflicts").is_empty(), found)
        });
    }
    for tab in [&first, &second, &third] {
        desk.look_at(tab);
        desk.saved();
        desk.reload();
        assert_eq!(desk.export().work_of("ana").len(), expected.len());
    }
    desk.leave();
}

/// Writes a layer of local storage as a page does that knows no database: `change` gets the layer and what to change in it.
const AS_AN_OLDER_PAGE: &str = r"
    const [from, to, annotator, id] = arguments;
    const [, payload] = localStorage.getItem(from).match(/^1 [0-9a-f]{8} (.*)$/s);
    const [article, , strings, rows] = JSON.parse(payload);
    // A row begins with its annotation's id and its version, a list of copies and counts, as places in the table of strings.
    const row = rows[0].slice(), copy = strings.push('0123456789abcdef'.slice(0, 15)) - 1;
    row[0] = strings.push(id) - 1;
    row[1] = [copy, 1];
    const kept = to === from ? rows : [];
    const json = JSON.stringify([article, annotator, strings, [...kept, row]])
      .replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    let crc = ~0;
    for (const letter of json) {
      crc ^= letter.charCodeAt(0);
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >>> 1 ^ 0xedb88320 : crc >>> 1;
    }
    localStorage.setItem(to, `1 ${(~crc >>> 0).toString(16).padStart(8, '0')} ${json}`);";

#[test]
fn what_an_older_build_writes_is_shown_at_once_and_kept() {
    let desk = Desk::open(ANA);
    let own = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let page = desk.tab();
    let layer = |annotator: &str| format!("standpoint/1/seed-articles/a/seed-a/{annotator}");
    let older = desk.blank_tab();
    desk.script_with(AS_AN_OLDER_PAGE, json!([layer("ana"), layer("bob"), "bob", "by-bob"]));
    desk.script_with(AS_AN_OLDER_PAGE, json!([layer("ana"), layer("ana"), "ana", "by-older"]));
    desk.look_at(&page);
    for id in ["by-bob", "by-older"] {
        until_drawn(&desk, id, &["Ali Akbar Ahmadian"]);
    }
    // The page's own next edit is to the same layer.
    let next = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    let expected = [own.as_str(), "by-older", next.as_str()];
    let check = |desk: &Desk, when: &str| {
        let export = desk.export();
        for (annotator, ids) in [("ana", &expected[..]), ("bob", &["by-bob"])] {
            let found: Vec<String> =
                export.work_of(annotator).iter().filter_map(|record| Some(record["id"].as_str()?.to_owned())).collect();
            let mut sorted: Vec<&str> = found.iter().map(String::as_str).collect();
            let mut ids = ids.to_vec();
            sorted.sort_unstable();
            ids.sort_unstable();
            assert_eq!(sorted, ids, "{annotator}’s work {when}");
        }
    };
    check(&desk, "at once");
    desk.look_at(&older);
    let stored = desk.storage();
    let value = |annotator: &str| stored.iter().find(|(key, _)| *key == layer(annotator)).map_or("", |(_, value)| value);
    assert!(expected.iter().all(|id| value("ana").contains(id)), "{}", value("ana"));
    assert!(value("bob").contains("by-bob"));
    until("the older build’s work in the database", || {
        let found: Vec<String> = desk.database().into_iter().map(|(key, _)| key).filter(|key| key.contains("/a/seed-a/")).collect();
        seen(["/bob/by-bob", "/ana/by-older"].iter().all(|end| found.iter().any(|key| key.ends_with(end))), found)
    });
    desk.look_at(&page);
    desk.reload();
    check(&desk, "after a reload");
    desk.look_at(&older);
    desk.script("localStorage.clear()");
    desk.look_at(&page);
    desk.reload();
    desk.end_tour();
    check(&desk, "from the database alone");
    desk.leave();
}

/// While a tab sleeps, nothing that is said reaches it, then or later: the worst that browsers do.
const DEAF_ASLEEP: &str = "
    const listen = EventTarget.prototype.addEventListener;
    const note = () => revisions.push(document.documentElement.dataset.revision);
    self.asleep = false;
    self.revisions = [];
    listen.call(document, 'freeze', () => { asleep = true; note(); });
    listen.call(document, 'resume', () => { asleep = false; note(); });
    EventTarget.prototype.addEventListener = function (kind, hear, options) {
      const deaf = this instanceof BroadcastChannel || kind === 'storage';
      listen.call(this, kind, deaf ? (event) => asleep || hear(event) : hear, options);
    };";

/// One annotation, a tab that has it in hand and that may be put to sleep, and a second tab.
#[track_caller]
fn at_two_tabs() -> (Desk, String, Tab, Tab) {
    let desk = Desk::bare();
    desk.before_each_page(DEAF_ASLEEP);
    desk.go(ANA);
    desk.end_tour();
    let id = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let sleeper = desk.tab();
    let second = desk.open_tab(ANA);
    (desk, id, sleeper, second)
}

/// Puts the tab that is looked at to sleep.
#[track_caller]
fn put_to_sleep(desk: &Desk) {
    desk.freeze();
    until("the tab to sleep", || seen(desk.script("return asleep") == true, "it awake"));
}

#[test]
fn a_tab_that_slept_catches_up_and_loses_nothing() {
    let (desk, _, sleeper, second) = at_two_tabs();
    desk.look_at(&sleeper);
    put_to_sleep(&desk);
    desk.look_at(&second);
    let others = ["[Haniyeh], for his part", "[Ahmadian] said that"].map(|picture| tag(&desk, picture, "speaker"));
    desk.saved();
    desk.look_at(&sleeper);
    desk.wake();
    for (id, words) in others.iter().zip(["Haniyeh", "Ahmadian"]) {
        until_drawn(&desk, id, &[words]);
    }
    let heard = desk.script("return revisions");
    assert!(heard[0].is_string() && heard[0] == heard[1], "nothing reached it in its sleep: {heard}");
    let own = tag(&desk, "[He] noted that the Palestinian", "speaker");
    desk.saved();
    desk.look_at(&second);
    until_drawn(&desk, &own, &["He"]);
    for tab in [&sleeper, &second] {
        desk.look_at(tab);
        desk.reload();
        let lines = desk.export().lines("ana", "seed-a");
        assert_eq!(lines, ["speaker: Ali Akbar Ahmadian", "speaker: Ahmadian", "speaker: He", "speaker: Haniyeh"]);
    }
    desk.leave();
}

#[test]
fn a_tab_that_edits_the_moment_it_wakes_loses_nothing() {
    let (desk, shared, sleeper, second) = at_two_tabs();
    desk.look_at(&sleeper);
    desk.script(
        "const option = document.querySelector('[data-attribute=form] [data-option=pronoun]');
         document.addEventListener('resume', () => option.click(), { once: true })",
    );
    put_to_sleep(&desk);
    desk.look_at(&second);
    // The other tab changes what the sleeper has in hand, and more.
    desk.click("details summary");
    desk.click(&format!("[data-list=annotations] [data-annotation=\"{shared}\"]"));
    desk.click("[data-attribute=form] [data-option=name]");
    let other = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    desk.look_at(&sleeper);
    desk.wake();
    until_drawn(&desk, &other, &["Haniyeh"]);
    desk.saved();
    for tab in [&sleeper, &second] {
        desk.look_at(tab);
        desk.reload();
        let export = desk.export();
        assert_eq!(export.lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian | form=pronoun", "speaker: Haniyeh"]);
        let conflicts = export.list("conflicts");
        assert_eq!(conflicts.len(), 1, "what both changed is to be decided on: {conflicts:?}");
        assert_eq!(conflicts[0]["record"]["attributes"], json!({ "form": "name" }));
    }
    desk.leave();
}
