//! A whole labelling job by mouse: speakers, cue, claim, stance, a claim in two pieces; then all of it undone, redone,
//! reloaded and exported.

use standpoint_e2e::{Desk, assert_sound, check_slices};

use crate::steps::{CLAIM, survives_undo_redo_and_reload, tag};

fn label(desk: &Desk) {
    desk.select("Ali Akbar Ahmadian");
    desk.click_command("tag-speaker");
    desk.wait_for_focus("Ali Akbar Ahmadian");
    desk.select("[He] noted that the Palestinian");
    desk.click_command("tag-speaker");
    desk.wait_for_focus("He");
    desk.select("He [noted] that the Palestinian");
    desk.click_command("tag-cue");
    desk.wait_for_focus("noted");

    desk.select(CLAIM);
    desk.click_command("tag-claim");
    desk.wait_for_focus(CLAIM);
    // The speaker by a click on the word itself, the cue from the list.
    desk.wait_for_role("speaker");
    desk.click_word("[He] noted that the Palestinian");
    desk.wait_for_role("cue");
    desk.click_with_text("[data-candidate]", "noted");
    desk.click("[data-attribute=quotation] [data-option=indirect]");

    desk.select("resistance is [the best method] to end");
    desk.click_command("tag-stance");
    desk.wait_for_role("holder");
    desk.click_with_text("[data-candidate]", "Ali Akbar Ahmadian");
    // While the target asks, words that are tagged as one become it.
    desk.wait_for_role("target");
    desk.select("noted that [resistance] is the best method");
    desk.click_command("tag-target");
    desk.wait_for_focus("the best method");
    desk.click("[data-attribute=polarity] [data-option=favor]");

    desk.select("[President Ebrahim Raisi] also said");
    desk.click_command("tag-speaker");
    desk.select("[the efforts to normalize ties] between");
    desk.click_command("tag-claim");
    desk.wait_for_role("speaker");
    desk.click_with_text("[data-candidate]", "President Ebrahim Raisi");
    desk.select("Muslim nations [have totally failed] and");
    desk.click_command("add-fragment");
    desk.wait_for_focus("the efforts to normalize ties … have totally failed");
}

#[track_caller]
fn a_job_by_mouse(on: &str) {
    let desk = Desk::open(&format!("?annotator=ana&article={on}"));
    let before = desk.export();
    label(&desk);
    let press = |command: &'static str| move |desk: &Desk| desk.click_command(command);
    survives_undo_redo_and_reload(&desk, on, &before, Desk::export, press("undo"), press("redo"));
    desk.leave();
}

#[test]
fn a_job_by_mouse_on_the_first_seed() {
    a_job_by_mouse("seed-a");
}

#[test]
fn a_job_by_mouse_on_the_second_seed() {
    a_job_by_mouse("seed-b");
}

#[test]
fn the_slice_check_finds_a_shift_of_one_code_point() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    let sound = desk.export();
    assert_sound(&[&sound]);
    let index = sound.annotations().iter().position(|record| record["annotator"] == "ana").expect("what was tagged");
    let shift = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut project = sound.project.clone();
        change(&mut project);
        let path = sound.path.with_extension("shifted");
        std::fs::write(&path, project.to_string()).expect("a file beside the export");
        check_slices(&[&path]).expect_err("the check has to find what is wrong")
    };
    let said = shift(&|project| {
        for edge in ["start", "end"] {
            let offset = &mut project["annotations"][index]["fragments"][0][edge];
            *offset = (offset.as_u64().expect("an offset") + 1).into();
        }
    });
    assert!(said.contains(&format!("annotations[{index}].fragments[0].text")), "{said}");
    let said = shift(&|project| project["annotations"][index]["prefix"] = "elsewhere".into());
    assert!(said.contains(&format!("annotations[{index}].prefix")), "{said}");
    let said = shift(&|project| project["articles"][0]["text"] = "another text".into());
    assert!(said.contains("articles[0].sha256"), "{said}");
    let said = shift(&|project| project["annotations"][2]["roles"]["speaker"][0]["annotation"] = "nobody".into());
    assert!(said.contains("annotations[2].roles.speaker[0]"), "{said}");
    desk.leave();
}
