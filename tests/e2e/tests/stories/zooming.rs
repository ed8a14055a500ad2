//! The page at 200 % and at 400 %: text keeps its room, everything is within reach, and nothing scrolls sideways.

use serde_json::json;
use standpoint_e2e::{Desk, seen, until};

use crate::steps::{ANA, DIALOGS, open_dialog, tag};

/// Windows in pixels of the screen, and the zoom: 720 × 450 and 320 × 256 CSS pixels, WCAG’s 1.4.4 and 1.4.10.
const ZOOMS: [((u32, u32), u32); 2] = [((1440, 900), 200), ((1280, 1024), 400)];

/// The least of the text that must be in sight, in lines.
const LEAST_LINES: f64 = 2.0;

/// What was seen to be wrong; a story shows all of it at its end.
struct Findings {
    percent: u32,
    lines: Vec<String>,
}

impl Findings {
    #[track_caller]
    fn look(&mut self, desk: &Desk, what: &str) {
        desk.shot(&format!("zoom-{}-{}", self.percent, what.replace([' ', '’'], "-")));
        self.lines.extend(desk.misfits().into_iter().map(|line| format!("{what}, {} %: {line}", self.percent)));
    }

    /// Looks, and measures the room that the text has.
    #[track_caller]
    fn look_at_text(&mut self, desk: &Desk, what: &str) {
        self.look(desk, what);
        let room = desk.script(
            "const { top, bottom } = document.querySelector('main.text').getBoundingClientRect();
             const line = parseFloat(getComputedStyle(document.querySelector('article[data-article]')).lineHeight);
             return (Math.min(bottom, innerHeight) - Math.max(top, 0)) / line",
        );
        if room.as_f64().is_none_or(|lines| lines < LEAST_LINES) {
            self.lines.push(format!("{what}, {} %: {room} lines of text in sight", self.percent));
        }
    }
}

/// Does `story` at each of the zooms; fails with all that was found.
#[track_caller]
fn at_each_zoom(story: impl Fn(&Desk, &mut Findings)) {
    let mut found = Vec::new();
    for (window, percent) in ZOOMS {
        let mut findings = Findings { percent, lines: Vec::new() };
        let desk = Desk::bare();
        desk.zoom(window, percent);
        desk.go(ANA);
        desk.wait_for(".tour");
        findings.look(&desk, "tour");
        desk.end_tour();
        story(&desk, &mut findings);
        desk.leave();
        found.extend(findings.lines);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_zoomed_text_has_room_and_is_tagged() {
    at_each_zoom(|desk, findings| {
        findings.look_at_text(desk, "desk");
        tag(desk, "[He] noted that", "speaker");
        findings.look_at_text(desk, "frame");
        desk.select("He [noted that] the");
        findings.look_at_text(desk, "selection");
        desk.click_command("tag-claim");
        desk.wait_for_role("speaker");
        findings.look_at_text(desk, "asking");
        desk.click_with_text("[data-candidate]", "He");
        desk.wait_for_role("cue");
        desk.press("Escape");
        until("the role left open", || seen(desk.asking().is_none(), desk.asking()));
        desk.click("[data-attribute=quotation] [data-option=direct]");
        desk.wait_for("[data-attribute=quotation] [data-option=direct].on");
        desk.saved();
        assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: He", "claim: noted that | quotation=direct | speaker=He"]);
        desk.click_command("toggle-articles");
        desk.wait_for("[data-open-article=seed-b]");
        findings.look(desk, "drawer");
        desk.click("[data-open-article=seed-b]");
        desk.wait_for_article("seed-b");
        desk.wait_gone("[data-open-article]");
        desk.click_word("The comments were made by Ali Akbar [Ahmadian]");
        findings.look_at_text(desk, "second article");
    });
}

/// What lies last in a dialog, and the button that closes it, can be brought into sight, and nothing covers them there.
#[test]
fn zoomed_dialogs_show_all_they_hold_and_close() {
    const REACHED: &str = "
        const body = document.querySelector('dialog .dialog-body');
        const controls = [...body.querySelectorAll('button, input, select, textarea, summary, a[href], p, li')];
        return [...controls.filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length)].flatMap((element) => {
          element.scrollIntoView({ block: 'center' });
          const { left, right, top, bottom } = element.getBoundingClientRect();
          // Of what is higher than the dialog, the middle has to do.
          const [x, y] = [(left + right) / 2, (top + bottom) / 2], hit = document.elementFromPoint(x, y);
          const reached = hit && (element.contains(hit) || hit.contains(element) || hit.closest('label')?.contains(element));
          return reached ? [] : [`${element.localName} “${element.textContent.trim().slice(0, 40)}” lies behind ${hit?.outerHTML.slice(0, 80)}`];
        })";
    at_each_zoom(|desk, findings| {
        tag(desk, "[He] noted that", "speaker");
        for (words, label) in DIALOGS {
            open_dialog(desk, words, label);
            findings.look(desk, words);
            let hidden = standpoint_e2e::strings(&desk.script_with(REACHED, json!([])));
            findings.lines.extend(hidden.into_iter().map(|line| format!("{words}, {} %: {line}", findings.percent)));
            desk.click_command("close-dialog");
            desk.wait_gone("dialog");
        }
    });
}
