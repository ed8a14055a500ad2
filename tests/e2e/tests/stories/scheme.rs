//! The scheme is changed in the page: names, looks, keys, attributes and roles, and nothing that was tagged is lost.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, assert_sound, quote, seen, until};

use crate::steps::{ANA, by_palette, tag};

#[track_caller]
fn open_scheme(desk: &Desk) {
    by_palette(desk, "scheme", "Scheme: types");
    desk.wait_for("dialog .scheme");
}

#[track_caller]
fn choose_type(desk: &Desk, id: &str) {
    desk.click(&format!("dialog [data-type='{id}']"));
    desk.wait_for(&format!("dialog [data-type='{id}'].on"));
}

#[track_caller]
fn rewrite(desk: &Desk, field: &str, text: &str) {
    desk.click(field);
    desk.press("Ctrl+a");
    desk.type_text(text);
}

#[track_caller]
fn close(desk: &Desk) {
    desk.press("Escape");
    desk.wait_gone("dialog");
}

fn types(export: &Export) -> Vec<&str> {
    let types = export.project["scheme"]["types"].as_array().expect("types");
    types.iter().filter_map(|of| of["id"].as_str()).collect()
}

fn type_of<'a>(export: &'a Export, id: &str) -> &'a Value {
    let types = export.project["scheme"]["types"].as_array().expect("types");
    types.iter().find(|of| of["id"] == id).unwrap_or_else(|| panic!("no type {id}"))
}

/// How many annotations, of anybody, have a type.
fn used(export: &Export, id: &str) -> usize {
    export.list("annotations").iter().filter(|record| record["type"] == id).count()
}

#[test]
fn a_type_is_renamed_recoloured_and_rekeyed_and_keeps_its_annotations() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    let before = desk.export();
    open_scheme(&desk);
    choose_type(&desk, "claim");
    rewrite(&desk, "[data-field=type-name]", "Assertion قول");
    desk.wait_for_text("dialog [data-type=claim]", &["Assertion قول"]);
    rewrite(&desk, "[data-field=type-key]", "a");
    desk.click("dialog [data-color=teal]");
    desk.wait_for("dialog [data-color=teal][aria-pressed=true]");
    desk.wait_for("dialog .preview .u0-teal");
    rewrite(&desk, "[data-field=type-description]", "Whatever is said.");
    close(&desk);
    desk.saved();
    desk.reload();
    desk.wait_for_article("seed-a");
    desk.walk_to("regime, [Ahmadian]");
    desk.press("a");
    desk.wait_for_focus("Ahmadian");
    let export = desk.export();
    let of = type_of(&export, "claim");
    assert_eq!(
        [&of["name"], &of["key"], &of["color"], &of["description"]],
        [&json!("Assertion قول"), &json!("a"), &json!("teal"), &json!("Whatever is said.")]
    );
    assert_eq!(used(&export, "claim"), used(&before, "claim") + 1);
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn a_type_with_an_attribute_and_a_role_is_made_by_keys_and_worked_with() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    open_scheme(&desk);
    desk.tab_to("[aria-label='Name of a new type']");
    desk.type_text("Evidence");
    desk.press("Enter");
    desk.wait_for("dialog [data-type=evidence].on");
    desk.tab_to("[aria-label='Name of a new attribute']");
    desk.type_text("Kind");
    desk.press("Enter");
    desk.wait_for("dialog [data-attribute-form=kind]");
    desk.tab_to("[aria-label='Name of a new option']");
    desk.type_text("Document");
    desk.press("Enter");
    desk.wait_for("dialog [data-option-form=document]");
    desk.type_text("Witness");
    desk.press("Enter");
    desk.wait_for("dialog [data-option-form=witness]");
    desk.tab_to("[aria-label='Name of a new role']");
    desk.type_text("Backs");
    desk.press("Enter");
    desk.wait_for("dialog [data-role-form=backs]");
    desk.tab_to("[data-role-form=backs] [data-accepts=claim]");
    desk.press("Space");
    close(&desk);
    // Its key is the first letter of its name that was free.
    desk.walk_to("regime, [Ahmadian]");
    desk.press("v");
    desk.wait_for_focus("Ahmadian");
    desk.press("2");
    desk.wait_for("[data-option=witness].on");
    let export = desk.export();
    let of = type_of(&export, "evidence");
    assert_eq!(of["roles"][0]["accepts"], json!(["claim"]));
    let own = export.work_of("ana");
    assert_eq!((&*quote(&own[0]), &own[0]["type"], &own[0]["attributes"]), ("Ahmadian", &json!("evidence"), &json!({ "kind": "witness" })));
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn a_removed_type_asks_what_becomes_of_its_annotations() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "claim");
    desk.press("Escape");
    let before = desk.export();
    let claims = used(&before, "claim");
    open_scheme(&desk);
    choose_type(&desk, "claim");
    desk.click_command("remove-type");
    desk.wait_for_text("[data-uses]", &[&format!("{claims} annotations in 2 articles"), "1 yours"]);
    desk.click("dialog input[value=target]");
    desk.click_command("confirm-remove-type");
    desk.wait_for_text("dialog", &["The type is removed"]);
    let after = |desk: &Desk| {
        desk.press("Escape");
        desk.wait_gone("dialog");
        desk.export()
    };
    let converted = after(&desk);
    assert_eq!((used(&converted, "claim"), used(&converted, "target")), (0, used(&before, "target") + claims));
    assert!(!types(&converted).contains(&"claim"));
    assert_sound(&[&converted]);
    desk.press("Ctrl+z");
    until("everything is there again", || {
        let again = desk.export();
        seen(again.project["annotations"] == before.project["annotations"] || used(&again, "claim") == claims, used(&again, "claim"))
    });
    // Kept, they stay what they are.
    open_scheme(&desk);
    choose_type(&desk, "claim");
    desk.click_command("remove-type");
    desk.wait_for_text("[data-uses]", &["annotations in 2 articles"]);
    desk.click_command("confirm-remove-type");
    desk.wait_for_text("dialog", &["The type is removed"]);
    let kept = after(&desk);
    assert_eq!((used(&kept, "claim"), types(&kept).contains(&"claim")), (claims, false));
    desk.press("Ctrl+z");
    open_scheme(&desk);
    choose_type(&desk, "claim");
    desk.click_command("remove-type");
    desk.wait_for_text("[data-uses]", &["annotations in 2 articles"]);
    desk.click("dialog input[value=delete]");
    desk.click_command("confirm-remove-type");
    desk.click_command("undo-removal");
    desk.wait_for("dialog [data-command=confirm-remove-type]");
    desk.click("dialog input[value=delete]");
    desk.click_command("confirm-remove-type");
    desk.wait_for_text("dialog", &["The type is removed"]);
    let deleted = after(&desk);
    assert_eq!(used(&deleted, "claim"), 0);
    assert_eq!(used(&deleted, "speaker"), used(&before, "speaker"));
    assert_sound(&[&deleted]);
    desk.leave();
}

#[test]
fn what_nobody_could_work_with_is_said_and_not_saved() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    open_scheme(&desk);
    choose_type(&desk, "cue");
    rewrite(&desk, "[data-field=type-key]", "c");
    desk.wait_for_text("dialog [role=alert]", &["key of both “Cue” and “Claim”"]);
    desk.press("Ctrl+a Delete");
    desk.wait_gone("dialog [role=alert]");
    desk.click("[data-field=type-name]");
    desk.press("Ctrl+a Delete");
    desk.wait_for_text("dialog [role=alert]", &["every type needs a name"]);
    desk.type_text("C");
    desk.wait_gone("dialog [role=alert]");
    // What a key does elsewhere is told.
    rewrite(&desk, "[data-field=type-key]", "j");
    desk.wait_for_text("dialog .type-form", &["Next annotation"]);
    close(&desk);
    let export = desk.export();
    let of = type_of(&export, "cue");
    assert_eq!([&of["name"], &of["key"]], [&json!("C"), &json!("j")]);
    desk.leave();
}

#[test]
fn a_ready_scheme_takes_the_place_of_another_and_loses_nothing() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    let before = desk.export();
    open_scheme(&desk);
    desk.click_command("ready-schemes");
    desk.click("[data-scheme=parc] [data-command=take-scheme]");
    desk.wait_for("dialog [data-type=source]");
    close(&desk);
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    let parc = desk.export();
    assert_eq!(types(&parc), ["source", "cue", "content"]);
    assert_eq!(parc.list("annotations").len(), before.list("annotations").len() + 1);
    open_scheme(&desk);
    desk.click_command("ready-schemes");
    desk.click("[data-scheme=named-entities] [data-command=add-scheme]");
    desk.wait_for("dialog [data-type=PER]");
    close(&desk);
    assert_eq!(types(&desk.export()), ["source", "cue", "content", "PER", "ORG", "LOC", "MISC"]);
    desk.leave();
}

#[test]
fn where_everybody_must_be_named_a_nameless_mention_is_unfinished_and_n_asks() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    open_scheme(&desk);
    choose_type(&desk, "speaker");
    desk.choose("[data-field=type-entity]", "must");
    close(&desk);
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    desk.wait_for(".frame .row.wanted [data-field=entity]");
    desk.press("n");
    desk.wait_for_text("dialog [aria-selected=true]", &["Ali Akbar Ahmadian"]);
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_gone(".frame .row.wanted");
    let export = desk.export();
    assert_eq!(export.work_of("ana")[0]["entity"], "ahmadian");
    assert_eq!(type_of(&export, "speaker")["entity_required"], true);
    desk.leave();
}
