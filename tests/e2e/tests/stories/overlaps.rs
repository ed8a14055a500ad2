//! Annotations over each other: each can be seen, chosen and taken away alone, and comes back.

use standpoint_e2e::{Desk, quote, seen, until};

/// Type and words of what is made, in the order of making.
const MADE: [(&str, &str); 7] = [
    ("speaker", "Haniyeh"),
    ("target", "Haniyeh"),
    ("claim", "Iran’s outstanding contribution to fostering cooperation"),
    ("stance", "outstanding"),
    ("target", "fostering cooperation among Muslim countries"),
    ("cue", "recognized"),
    ("claim", "for his part … resistance groups"),
];

fn overlapping() -> (Desk, Vec<String>) {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    // Hidden, so that a click can only mean what the story made.
    desk.click("[data-layer=example]");
    let spans = [
        "[Haniyeh], for his part",
        "[Haniyeh], for his part",
        "[Iran’s outstanding contribution to fostering cooperation] among",
        "Iran’s [outstanding] contribution",
        "to [fostering cooperation among Muslim countries] and",
        "[recognized] Iran’s",
        "Haniyeh, [for his part], recognized",
    ];
    let mut ids = Vec::new();
    for ((type_id, words), span) in MADE.iter().zip(spans) {
        desk.select(span);
        let before = desk.focused().map(|(id, _)| id);
        desk.click_command(&format!("tag-{type_id}"));
        let words = words.split(" … ").next().unwrap_or_default();
        let id = until("another frame", || match desk.focused() {
            Some((id, quote)) if quote == words && before.as_ref() != Some(&id) => Ok(id),
            other => Err(format!("{other:?}")),
        });
        ids.push(id);
        desk.press("Escape");
        until("the role to be left open", || seen(desk.asking().is_none(), desk.asking()));
    }
    desk.select("countries and [resistance groups].");
    desk.click_command("add-fragment");
    desk.wait_for_focus("for his part … resistance groups");
    (desk, ids)
}

/// The ids at the words, as places in the order of making; sorted, since which is the inner of equals is not said.
#[track_caller]
fn at(desk: &Desk, ids: &[String], picture: &str) -> Vec<usize> {
    let mut found: Vec<usize> =
        desk.annotations_at(picture).iter().map(|id| ids.iter().position(|own| own == id).expect("one of those made")).collect();
    found.sort_unstable();
    found
}

#[test]
fn all_are_drawn_where_they_are() {
    let (desk, ids) = overlapping();
    for (picture, expected) in [
        ("[Haniyeh], for his part", vec![0, 1]),
        ("[for] his part, recognized", vec![6]),
        ("[recognized] Iran’s", vec![5]),
        ("[Iran’s] outstanding", vec![2]),
        ("[outstanding] contribution", vec![2, 3]),
        ("[contribution] to fostering", vec![2]),
        ("[fostering] cooperation among", vec![2, 4]),
        ("[among] Muslim countries and", vec![4]),
        ("Muslim countries [and] resistance", vec![]),
        ("and [resistance] groups.\n\nHe gave", vec![6]),
    ] {
        assert_eq!(at(&desk, &ids, picture), expected, "{picture}");
    }
    assert_eq!(desk.annotations_at("[outstanding] contribution"), [ids[3].as_str(), ids[2].as_str()], "the inner one first");
    let export = desk.export();
    for (id, (_, words)) in ids.iter().zip(MADE) {
        let pieces = desk.drawn_words(id);
        let whole: String = words.split(" … ").collect();
        assert_eq!(pieces.concat(), whole, "{pieces:?}");
        let record = export.work_of("ana").into_iter().find(|record| record["id"] == id.as_str()).expect("it is exported");
        assert_eq!(quote(&record), words);
    }
    desk.leave();
}

#[test]
fn each_is_chosen_by_click_by_key_and_in_the_list() {
    let (desk, ids) = overlapping();
    let chosen = |desk: &Desk| desk.focused().map(|(id, _)| id);

    // A click takes the inner one, the next click the one around it, and then the first again.
    for (picture, round) in [("[outstanding] contribution", [3, 2, 3]), ("[fostering] cooperation among", [4, 2, 4])] {
        desk.press("Escape Escape");
        until("nothing in hand", || seen(desk.focused().is_none(), desk.focused()));
        for expected in round {
            desk.click_word(picture);
            until(&format!("number {expected} in hand"), || seen(chosen(&desk).as_ref() == Some(&ids[expected]), desk.focused()));
        }
    }

    desk.press("Escape Escape");
    until("nothing in hand", || seen(desk.focused().is_none(), desk.focused()));
    desk.walk_to("[Haniyeh], for his part");
    let mut by_key = Vec::new();
    for _ in 0..2 {
        let before = chosen(&desk);
        desk.press("Enter");
        by_key
            .push(until("another in hand", || chosen(&desk).filter(|id| Some(id) != before.as_ref()).ok_or_else(|| format!("{before:?}"))));
    }
    by_key.sort_by_key(|id| ids.iter().position(|own| own == id));
    assert_eq!(by_key, ids[..2], "equal spans are reached one after the other");

    desk.click("details summary");
    for (id, (_, words)) in ids.iter().zip(MADE) {
        desk.click(&format!("[data-list=annotations] [data-annotation=\"{id}\"]"));
        until("the one from the list in hand", || seen(chosen(&desk).as_ref() == Some(id), desk.focused()));
        desk.wait_for_focus(words);
        let lit = desk.script_with(
            "return [...document.querySelectorAll(`article [data-annotations~=\"${arguments[0]}\"]`)]
               .every((segment) => segment.classList.contains('focused'))",
            serde_json::json!([id]),
        );
        assert_eq!(lit, true, "all its pieces are lit");
    }
    desk.leave();
}

#[test]
fn each_can_be_deleted_alone_and_comes_back() {
    let (desk, ids) = overlapping();
    let whole = desk.export();
    desk.click("details summary");
    let mut left: Vec<&str> = ids.iter().map(String::as_str).collect();
    for id in &ids {
        desk.click(&format!("[data-list=annotations] [data-annotation=\"{id}\"]"));
        until("it to be in hand", || seen(desk.focused().is_some_and(|(focus, _)| focus == *id), desk.focused()));
        desk.click_command("delete");
        until("it to go", || seen(desk.drawn_words(id).is_empty(), desk.drawn_words(id)));
        left.retain(|other| other != id);
        for other in &left {
            assert!(!desk.drawn_words(other).is_empty(), "{other} is still drawn");
        }
    }
    assert_eq!(desk.export().work_of("ana").len(), 0);
    for id in ids.iter().rev() {
        desk.click_command("undo");
        until("it to come back", || seen(!desk.drawn_words(id).is_empty(), id));
    }
    assert_eq!(desk.export().content(), whole.content());
    desk.leave();
}
