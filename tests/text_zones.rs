//! Zones proposed in texts of many shapes, as pictures: each expected zone is its kind and its words.

#![cfg(not(target_arch = "wasm32"))]

use standpoint::text::{Text, ZoneKind, propose_zones};

use ZoneKind::{Boilerplate, Dateline, Noise, Subhead, Timestamp, Title};

/// Two paragraphs' worth of prose for the frames below.
const PROSE: &str = "The council voted on Tuesday to close the old bridge, which engineers had called unsafe since the spring floods.";
const MORE: &str = "Traders on the left bank said that the decision came too late for them, and that nobody had asked what they need.";

#[track_caller]
fn check(raw: &str, expected: &[(ZoneKind, &str)]) {
    let text = Text::new(raw);
    let found: Vec<(ZoneKind, &str)> =
        propose_zones(&text).into_iter().map(|zone| (zone.kind, text.slice(zone.stretch).unwrap_or("past the end"))).collect();
    assert_eq!(found, expected);
}

#[test]
fn title_timestamp_and_byline() {
    check(
        &format!("Old bridge to close\n\nPublished: 22 June 2023, 20:34\n\nBy Ada Lind\n\n{PROSE}\n\n{MORE}\n"),
        &[(Title, "Old bridge to close"), (Timestamp, "Published: 22 June 2023, 20:34")],
    );
}

#[test]
fn timestamp_first() {
    check(
        &format!("2023-06-22\nCan the bridge be saved?\n{PROSE} {MORE}\n{MORE}"),
        &[(Timestamp, "2023-06-22"), (Title, "Can the bridge be saved?")],
    );
}

#[test]
fn datelines_of_agencies() {
    for dateline in [
        "LONDON (Reuters) — ",
        "PARIS, June 3 – ",
        "(AP) - ",
        "WASHINGTON, D.C. — ",
        "BEIRUT, Lebanon (AP) — ",
        "New Delhi (PTI): ",
        "NEW YORK -- ",
        "KYIV/MOSCOW—",
        "Vienna (APA) – ",
    ] {
        let expected: &[(ZoneKind, &str)] = if dateline.ends_with(": ") { &[] } else { &[(Dateline, dateline)] };
        check(&format!("{dateline}{PROSE}\n\n{MORE}"), expected);
    }
}

#[test]
fn words_that_are_no_dateline() {
    for start in ["COVID-19 ", "BREAKING - ", "NATO – the alliance – met. ", "The mayor - a baker - agreed. ", "UN - "] {
        check(&format!("{start}{PROSE}\n\n{MORE}"), &[]);
    }
}

#[test]
fn subheads_between_paragraphs() {
    check(
        &format!("{PROSE}\n\nWhat traders say\n\n{MORE}\n\nWhat comes next?\n\n{PROSE}"),
        &[(Subhead, "What traders say"), (Subhead, "What comes next?")],
    );
}

#[test]
fn subhead_between_wrapped_paragraphs() {
    let wrapped = "The council voted on Tuesday to close the old bridge,\nwhich engineers had called unsafe since the\nspring floods, and which nobody now wants.";
    check(
        &format!("Old bridge to close\n\n{wrapped}\n\nA late decision\n\n{wrapped}"),
        &[(Title, "Old bridge to close"), (Subhead, "A late decision")],
    );
}

#[test]
fn noise_and_boilerplate() {
    check(
        &format!("{PROSE}\n\nADVERTISEMENT\n\n{MORE} © 2023 The Ferry. All rights reserved.\n\nFollow us on Threads\n\nLoading…\n"),
        &[
            (Noise, "ADVERTISEMENT"),
            (Boilerplate, "© 2023 The Ferry. All rights reserved."),
            (Boilerplate, "Follow us on Threads"),
            (Noise, "Loading…"),
        ],
    );
}

#[test]
fn reporters_at_the_end() {
    check(
        &format!("{PROSE}\n\n(Reporting by A. B. Lind; Editing by C. Moor)"),
        &[(Boilerplate, "(Reporting by A. B. Lind; Editing by C. Moor)")],
    );
}

#[test]
fn run_on_with_lost_breaks() {
    check(
        &format!("OSLO — {PROSE}\u{a0} Traders demand money\u{a0} {MORE} Mayor keeps silent\u{a0} {PROSE}"),
        &[(Dateline, "OSLO — "), (Subhead, "Traders demand money"), (Subhead, "Mayor keeps silent")],
    );
}

#[test]
fn a_quotation_behind_a_gap_is_a_sentence_when_attributed() {
    check(&format!("{PROSE}\u{a0} “We were never asked” Lind said on Monday. {MORE}"), &[]);
    check(&format!("{PROSE}\u{a0} “We were never asked,” Lind said on Monday. {MORE}"), &[]);
    check(
        &format!("{PROSE}\u{a0} “We were never asked” Lind praised the traders on Monday. {MORE}"),
        &[(Subhead, "“We were never asked”")],
    );
}

#[test]
fn nothing_in_plain_prose() {
    check(&format!("{PROSE}\n\n{MORE}\n\n{PROSE}"), &[]);
    check(&format!("{PROSE} {MORE} {PROSE}"), &[]);
    check(PROSE, &[]);
}

#[test]
fn nothing_in_typed_double_spaces() {
    check(&format!("{PROSE}  {MORE}  The very old  Bridge stayed.  {PROSE}"), &[]);
    check(&format!("{PROSE} The very old  Bridge stayed. {MORE}"), &[]);
    check(&format!("{PROSE} While the\u{a0}Mayor slept, in\u{a0} spring, it rained. {MORE}"), &[]);
}

#[test]
fn nothing_in_verse() {
    check("The ferry sleeps\n\nUnder the hill the water waits\nand no one rows\nThe lamp is out\nand no one knows\n", &[]);
}

#[test]
fn nothing_in_dialogue() {
    check(
        "“Who goes there?”\n“A friend,” she said.\n“Which friend?” asked the guard, who had been told to let nobody pass before the morning bell rang twice.\n“The one with the lamp.”\n“Go on, then.”\n",
        &[],
    );
    let line = "What do you mean by that, and why do you come here at this hour, when the whole town is asleep?";
    check(&format!("ANNA – {line}\n\nBERTA – {line}\n\nANNA – {line}"), &[]);
}

#[test]
fn nothing_in_lists() {
    check("- two eggs\n- flour\n- a pinch of salt\n", &[]);
    check(&format!("{PROSE}\n\n1. The bridge stays open\n\n{MORE}\n\n- traders and owners\n\n{PROSE}"), &[]);
    check("2021\n2022\n2023\n", &[]);
}

#[test]
fn nothing_in_arabic_prose() {
    let sentence = "قال الوزير إن الجسر القديم سيغلق في نهاية الشهر بعد أن حذر المهندسون من خطره على المارة والسيارات في المدينة.";
    check(&format!("{sentence} {sentence}\n\n{sentence}"), &[]);
}

#[test]
fn nothing_in_next_to_nothing() {
    for raw in ["", " ", "\n\n\n", "a", ".", "\u{a0}\u{a0} ", "Only a headline here", "“”\n\n—"] {
        check(raw, &[]);
    }
}

#[test]
fn nothing_in_one_line_of_many_words() {
    check(&"word ".repeat(100_000), &[]);
    check(&"Word\u{a0} ".repeat(100_000), &[]);
    check(&". ".repeat(100_000), &[]);
}
