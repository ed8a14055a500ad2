//! For those who need more contrast: colours that the system forces on the page, and the wish for stronger ones.

use serde_json::Value;
use standpoint_e2e::Desk;

use crate::steps::{ANA, open_dialog, tag};

const SHADES: [&str; 2] = ["light", "dark"];

/// Takes `look` from screen to screen: the desk with another's frame lit, a role that asks, a frame with what was chosen in
/// it, a selection, the scheme, the overview.
#[track_caller]
fn go_round(desk: &Desk, look: &mut impl FnMut(&str)) {
    desk.go(ANA);
    desk.end_tour();
    desk.click_word("[best] method to end");
    desk.wait_for_focus("the best method");
    look("desk");
    tag(desk, "[He] noted that the Palestinian", "speaker");
    desk.press("3");
    desk.wait_for("[data-attribute=form] [data-option=pronoun].on");
    look("frame");
    desk.select("He [noted that the Palestinian resistance], which");
    look("selection");
    desk.click_command("tag-claim");
    desk.wait_for_role("speaker");
    look("asking");
    desk.press("Escape");
    open_dialog(desk, "scheme", "Scheme: types");
    look("scheme");
    desk.press("Escape");
    desk.wait_gone("dialog");
    tag(desk, "was a [significant turning point] that led", "stance");
    desk.press("1");
    open_dialog(desk, "overview", "Overview: progress");
    desk.click("dialog [data-cell]");
    desk.wait_for("dialog [data-list=evidence]");
    look("overview");
    desk.press("Escape");
    desk.wait_gone("dialog");
}

/// Nothing bars the way on any of the screens where the system has those features, by day and by night.
#[track_caller]
fn nothing_bars_the_way(feature: (&str, &str), faint: impl Fn(&Desk) -> Vec<String>) {
    let mut found = Vec::new();
    for shade in SHADES {
        let desk = Desk::bare();
        desk.prefer(&[feature, ("prefers-color-scheme", shade)]);
        go_round(&desk, &mut |what| {
            desk.shot(&format!("{}-{shade}-{what}", feature.0));
            found.extend(desk.barriers().into_iter().chain(faint(&desk)).map(|line| format!("{what}, {shade}: {line}")));
        });
        desk.leave();
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn nothing_bars_the_way_in_forced_colours() {
    nothing_bars_the_way(("forced-colors", "active"), |_| Vec::new());
}

#[test]
fn nothing_bars_the_way_with_more_contrast() {
    nothing_bars_the_way(("prefers-contrast", "more"), Desk::faint_texts);
}

/// How the segment with those words is drawn: its lanes and fill, and the colour of its letters.
#[track_caller]
fn drawn(desk: &Desk, words: &str) -> (String, String) {
    let found = desk.script_with(
        "const segment = [...document.querySelectorAll('article .seg')].find(({ textContent }) => textContent === arguments[0]);
         const { backgroundImage, color } = getComputedStyle(segment); return [backgroundImage, color]",
        serde_json::json!([words]),
    );
    let text = |at: usize| found[at].as_str().unwrap_or_else(|| panic!("“{words}”: {found}")).to_owned();
    (text(0), text(1))
}

/// Line styles tell types apart where all are of one colour, and light and chosen buttons are colours of the system.
#[test]
fn types_and_light_are_told_apart_in_forced_colours() {
    for shade in SHADES {
        let desk = Desk::bare();
        desk.prefer(&[("forced-colors", "active"), ("prefers-color-scheme", shade)]);
        desk.go(ANA);
        desk.end_tour();
        let system = |name: &str| {
            let script = "const probe = document.body.appendChild(document.createElement('span')); probe.style.color = arguments[0];
                const { color } = getComputedStyle(probe); probe.remove(); return color";
            desk.script_with(script, serde_json::json!([name])).as_str().unwrap_or_default().to_owned()
        };
        let (canvas, ink, light, on_light) = (system("Canvas"), system("CanvasText"), system("Highlight"), system("HighlightText"));
        assert!(canvas != ink && light != canvas, "{canvas} {ink} {light}");
        let speaker = "Iran’s new Secretary of Supreme National Security Council (SNSC)";
        let ((speakers, of_speaker), (cues, _)) = (drawn(&desk, speaker), drawn(&desk, "has noted"));
        assert!(speakers.contains("linear-gradient") && speakers.contains(&ink), "{speakers}");
        assert!(cues.contains("repeating-linear-gradient"), "{cues}");
        assert_ne!(speakers, cues, "a solid line and dots");
        assert_eq!(of_speaker, ink);
        desk.click_word("[has noted] that resistance is the best method to end the more than 75-year Israeli");
        desk.wait_for_focus("has noted");
        let (lit, of_lit) = drawn(&desk, "has noted");
        assert!(lit.contains(&light) && !cues.contains(&light), "{lit}, unlit {cues}");
        assert_eq!(of_lit, on_light);
        // Tags stand above the fill, lit or not.
        let tags = "return [...document.querySelectorAll('article [data-tag]')].map((one) => getComputedStyle(one, '::before').color)";
        let tags = desk.script(tags);
        assert!(tags.as_array().is_some_and(|tags| !tags.is_empty() && tags.iter().all(|color| *color == ink.as_str())), "{tags}");
        tag(&desk, "[He] noted that the Palestinian", "speaker");
        desk.press("3");
        desk.wait_for("[data-attribute=form] [data-option=pronoun].on");
        let shapes =
            desk.script("return ['blue', 'amber'].map((color) => getComputedStyle(document.querySelector(`.dot.c-${color}`)).clipPath)");
        assert_ne!(shapes[0], shapes[1], "the dots of two types");
        let grounds = desk.script(
            "return ['pronoun', 'name'].map((option) => getComputedStyle(document.querySelector(`[data-attribute=form] [data-option=${option}]`)).backgroundColor)",
        );
        assert_eq!(grounds[0], Value::from(light), "what is chosen");
        assert_ne!(grounds[0], grounds[1]);
        desk.leave();
    }
}
