//! The first sample labelled as a whole by keys: its headline and its ten attributions, each with its speaker, cue and claim, a
//! stance in it, who holds it and towards what. Nothing is pointed at, and the export holds this and nothing else.

use serde_json::Value;
use standpoint_e2e::{Desk, Export, assert_sound, seen, until};

use crate::keyboard::{at_the_text, export, tag};

type Place = (u64, u64);

/// Code points of the article.
struct Attribution {
    speaker: Place,
    cue: Option<Place>,
    claim: Place,
    /// What it begins with, and the keys from there.
    begins: &'static str,
    keys: &'static str,
    /// The words of a stance, the key of its polarity and its name, and the words that it is about.
    stance: (&'static str, &'static str, &'static str, &'static str),
}

/// One reader's attributions of the first seed, and the headline's.
const ATTRIBUTIONS: [Attribution; 11] = [
    Attribution {
        speaker: (64, 68),
        cue: None,
        claim: (0, 62),
        begins: "[Resistance] best option to end Israel’s occupation of Palestine: Iran\n\n2023",
        keys: ", c s Escape",
        stance: (
            "[best option] to end Israel’s occupation of Palestine: Iran\n\n2023",
            "1",
            "favor",
            "[Resistance] best option to end Israel’s occupation of Palestine: Iran\n\n2023",
        ),
    },
    Attribution {
        speaker: (160, 224),
        cue: Some((225, 234)),
        claim: (235, 330),
        begins: "[Iran’s] new Secretary",
        keys: "Shift+F s n s Shift+ArrowRight q . c Enter Enter",
        stance: ("[the best method] to end", "1", "favor", "noted that [resistance] is"),
    },
    Attribution {
        speaker: (474, 482),
        cue: Some((483, 487)),
        claim: (488, 639),
        begins: "[Ahmadian] said that",
        keys: "s q . c Enter Enter",
        stance: ("a [significant] turning", "1", "favor", "said that [the resistance’s involvement] in"),
    },
    Attribution {
        speaker: (753, 761),
        cue: Some((762, 768)),
        claim: (642, 751),
        begins: "[The] resistance’s unity",
        keys: ", c s q",
        stance: ("war [disappointed] the", "2", "against", "disappointed [the Zionist regime], Ahmadian"),
    },
    Attribution {
        speaker: (771, 773),
        cue: Some((774, 779)),
        claim: (780, 946),
        begins: "[He] noted that the Palestinian",
        keys: "s q . c Enter Enter",
        stance: ("a stage of [readiness] as", "1", "favor", "He noted that [the Palestinian resistance], which"),
    },
    Attribution {
        speaker: (949, 956),
        cue: Some((972, 982)),
        claim: (983, 1084),
        begins: "[Haniyeh], for his part",
        keys: "s f r e q . c Enter Enter",
        stance: ("Iran’s [outstanding] contribution", "1", "favor", "outstanding [contribution] to"),
    },
    Attribution {
        speaker: (1087, 1089),
        cue: Some((1090, 1128)),
        claim: (1129, 1248),
        begins: "[He] gave the Iranian",
        keys: "s Shift+F o n q . c Enter Enter",
        stance: ("movements for [retaining control] over", "2", "against", "control over [the Zionist regime]"),
    },
    Attribution {
        speaker: (1251, 1256),
        cue: Some((1257, 1261)),
        claim: (1262, 1302),
        begins: "[Raisi] says normalization",
        keys: "s q . c Enter Enter",
        stance: ("with Israel [failed]", "2", "against", "says [normalization efforts] with"),
    },
    Attribution {
        speaker: (1417, 1440),
        cue: Some((1441, 1450)),
        claim: (1451, 1606),
        begins: "[President] Ebrahim Raisi",
        keys: "Shift+ArrowRight Shift+ArrowRight s Shift+ArrowRight q . c Enter Enter",
        stance: ("will ultimately [triumph]", "1", "favor", "and that [the Palestinian resistance] will"),
    },
    Attribution {
        speaker: (1609, 1611),
        cue: Some((1612, 1622)),
        claim: (1623, 1855),
        begins: "[He] also noted",
        keys: "s Shift+ArrowRight q . c Enter Enter",
        stance: ("is to [disappoint] the", "2", "against", "main goals of [the Zionist regime’s efforts] to"),
    },
    Attribution {
        speaker: (2056, 2077),
        cue: Some((2078, 2083)),
        claim: (1858, 2055),
        begins: "[“]We deeply",
        keys: "\" c Shift+ArrowRight Shift+ArrowRight s q",
        stance: ("attempts… [won’t bear fruit], because", "2", "against", "that [these attempts]… won’t"),
    },
];

/// The code points of the words in brackets.
#[track_caller]
fn place(text: &str, picture: &str) -> Place {
    let (before, rest) = picture.split_once('[').expect("a bracket");
    let (words, after) = rest.split_once(']').expect("its partner");
    let found: Vec<usize> = text.match_indices(&format!("{before}{words}{after}")).map(|(at, _)| at + before.len()).collect();
    let [byte] = found[..] else { panic!("“{picture}” is there {} times", found.len()) };
    let start = text[..byte].chars().count() as u64;
    (start, start + words.chars().count() as u64)
}

/// An annotation as its type, its words' places, its polarity and what fills its roles.
fn said(export: &Export, record: &Value) -> String {
    let at = |record: &Value| {
        let fragments = record["fragments"].as_array().into_iter().flatten();
        fragments.map(|fragment| format!("{}-{}", fragment["start"], fragment["end"])).collect::<Vec<_>>().join("+")
    };
    let mut parts = vec![record["type"].as_str().unwrap_or_default().to_owned(), at(record)];
    parts.extend(record["attributes"]["polarity"].as_str().map(str::to_owned));
    for (role, fillers) in record["roles"].as_object().into_iter().flatten() {
        for filler in fillers.as_array().into_iter().flatten() {
            let filled = export.annotations().iter().find(|other| other["id"] == filler["annotation"] && other["annotator"] == "ana");
            parts.push(format!("{role}={}", filled.map_or_else(|| filler.to_string(), at)));
        }
    }
    parts.join(" ")
}

fn expected<'a>(text: &str, of: impl IntoIterator<Item = &'a Attribution>) -> Vec<String> {
    let mut lines = Vec::new();
    let at = |(start, end): Place| format!("{start}-{end}");
    for Attribution { speaker, cue, claim, stance: (words, _, polarity, about), .. } in of {
        let (speaker, claim, about) = (at(*speaker), at(*claim), at(place(text, about)));
        let cued = cue.map(|cue| format!("cue={} ", at(cue))).unwrap_or_default();
        lines.push(format!("speaker {speaker}"));
        lines.extend(cue.map(|cue| format!("cue {}", at(cue))));
        lines.push(format!("claim {claim} {cued}speaker={speaker}"));
        lines.push(format!("stance {} {polarity} holder={speaker} target={about}", at(place(text, words))));
        lines.push(format!("target {about}"));
    }
    lines.sort();
    lines
}

#[track_caller]
fn label_all(desk: Desk) {
    let desk = at_the_text(desk, "seed-a");
    desk.script("for (const of of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(of, () => { window.pointed = of }, true)");
    for Attribution { begins, keys, stance: (words, polarity, _, about), .. } in &ATTRIBUTIONS {
        desk.walk_to(begins);
        desk.press(keys);
        until("nothing left to ask of the claim", || seen(desk.asking().is_none(), desk.asking()));
        desk.press("Escape");
        tag(&desk, words, "t");
        desk.press(polarity);
        desk.wait_for_role("holder");
        // The claim's speaker is the first to be offered.
        desk.press("Enter");
        desk.wait_for_role("target");
        tag(&desk, about, "g");
        until("nothing left to ask of the stance", || seen(desk.asking().is_none(), desk.asking()));
        desk.press("Escape");
    }
    desk.saved();
    assert!(!desk.sees("[data-list=todo] button"), "nothing is unfinished");
    let export = export(&desk);
    assert_eq!(desk.script("return window.pointed ?? 'nothing was pointed at'"), "nothing was pointed at");
    let text = export.article("seed-a")["text"].as_str().expect("a text").to_owned();
    let mut found: Vec<String> = export.work_of("ana").iter().map(|record| said(&export, record)).collect();
    found.sort();
    assert_eq!(found, expected(&text, &ATTRIBUTIONS));
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn the_whole_first_seed_by_keys() {
    label_all(Desk::bare());
}

#[test]
fn the_whole_first_seed_by_keys_in_firefox() {
    label_all(Desk::in_firefox());
}

/// Selects a stretch of the text as the handles do, and taps the type's button.
#[track_caller]
fn tag_by_touch(desk: &Desk, picture: &str, type_id: &str) {
    desk.select_by_touch(picture);
    let before = desk.revision();
    desk.tap(&format!("button[data-command=tag-{type_id}]"), "");
    until("the tag", || seen(desk.revision() > before, picture));
}

#[test]
fn a_part_of_the_first_seed_by_touch_on_a_phone() {
    let desk = Desk::bare();
    desk.on_a_touch_screen();
    desk.go("?annotator=ana&article=seed-a");
    desk.wait_for(".tour");
    desk.tap("[data-command=tour-end]", "");
    desk.wait_gone(".tour");
    desk.script(
        "addEventListener('touchstart', () => { window.touched = (window.touched ?? 0) + 1 }, true);
         addEventListener('keydown', () => { window.typed = true }, true)",
    );
    let part = [
        (
            &ATTRIBUTIONS[1],
            "[Iran’s new Secretary of Supreme National Security Council (SNSC)] has",
            "(SNSC) [has noted] that",
            "[that resistance is the best method to end the more than 75-year Israeli occupation of Palestine].",
        ),
        (
            &ATTRIBUTIONS[4],
            "[He] noted that the Palestinian",
            "He [noted] that the Palestinian",
            "[that the Palestinian resistance, which previously engaged in combat in Gaza to protect itself, has now reached a stage of readiness as it increases its presence there].",
        ),
        (
            &ATTRIBUTIONS[9],
            "[He] also noted",
            "He [also noted] that",
            "[that one of the main goals of the Zionist regime’s efforts to normalize relations with a number of Arab and Islamic countries is to disappoint the Palestinian younger generation’s hopes for the liberation of the occupied territories].",
        ),
    ];
    for (attribution, speaker, cue, claim) in part {
        let words = |picture: &'static str| picture.split(['[', ']']).nth(1).unwrap_or_default();
        let (stance, _, polarity, about) = attribution.stance;
        tag_by_touch(&desk, speaker, "speaker");
        tag_by_touch(&desk, cue, "cue");
        tag_by_touch(&desk, claim, "claim");
        desk.wait_for_role("speaker");
        desk.tap("[data-candidate]", words(speaker));
        desk.wait_for_role("cue");
        desk.tap("[data-candidate]", words(cue));
        until("nothing left to ask of the claim", || seen(desk.asking().is_none(), desk.asking()));
        tag_by_touch(&desk, stance, "stance");
        desk.wait_for_role("holder");
        desk.tap("[data-candidate]", words(speaker));
        desk.wait_for_role("target");
        tag_by_touch(&desk, about, "target");
        desk.wait_for_focus(words(stance));
        desk.tap(&format!("[data-attribute=polarity] [data-option={polarity}]"), "");
        desk.wait_for(&format!("[data-attribute=polarity] [data-option={polarity}].on"));
    }
    desk.saved();
    // Nine taps an attribution, and no key.
    assert_eq!(desk.script("return [window.touched, window.typed ?? false]"), serde_json::json!([27, false]));
    let export = desk.export_by(|desk| desk.tap("[data-command=export-project]", ""));
    let text = export.article("seed-a")["text"].as_str().expect("a text").to_owned();
    let mut found: Vec<String> = export.work_of("ana").iter().map(|record| said(&export, record)).collect();
    found.sort();
    assert_eq!(found, expected(&text, part.iter().map(|(attribution, ..)| *attribution)));
    assert_sound(&[&export]);
    desk.leave();
}
