//! Every so many changes the page reminds of taking the work out as a file.

use serde_json::json;
use standpoint_e2e::{Desk, Screen, until};

use crate::steps::{ANA, picture, tag};

const REMINDER: &str = ".notice:has([data-command=export-project])";

const PICTURES: [&str; 12] = [
    "Ali Akbar Ahmadian",
    "[Ismail Haniyeh], the head",
    "[Ahmadian] said that",
    "[He] noted that the Palestinian",
    "[Haniyeh], for his part",
    "[He] gave the Iranian official",
    "[Palestinian resistance], which",
    "[Gaza] to protect itself",
    "[Muslim countries] and",
    "[turning point] that led",
    "[Hamas political bureau], on",
    "[Tehran], President",
];

fn counted(desk: &Desk) -> String {
    desk.script("return localStorage.getItem('standpoint/unexported/seed-articles')").as_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn until_counted(desk: &Desk, steps: &str) {
    until(&format!("{steps} changes counted"), || if counted(desk) == steps { Ok(()) } else { Err(counted(desk)) });
}

#[test]
fn the_page_reminds_of_exporting_and_counts_anew_after_it() {
    let desk = Desk::bare();
    desk.visit(Desk::BLANK);
    desk.script_with("localStorage.setItem(...arguments)", json!(["standpoint/remind", "5"]));
    desk.go(ANA);
    desk.end_tour();
    let mut pictures = PICTURES.iter();
    let mut work = |changes: usize| {
        for picture in pictures.by_ref().take(changes) {
            tag(&desk, picture, "speaker");
        }
    };
    work(4);
    assert!(!desk.sees(REMINDER));
    until_counted(&desk, "4");
    // The count is no tab's own: a reload does not begin anew.
    desk.saved();
    desk.reload();
    assert!(!desk.sees(REMINDER));
    work(1);
    let said = desk.wait_for_text(&format!("[role=status] {REMINDER}"), &["5 changes", "export"]);
    assert!(!said.contains("Not saved"), "{said}");
    picture(&desk, "reminder", &[Screen::Desk, Screen::Phone]);

    // Once said, it is not said at every change; taken off the screen, it comes again after as many.
    desk.click(&format!("{REMINDER} [aria-label=Dismiss]"));
    desk.wait_gone(REMINDER);
    work(4);
    assert!(!desk.sees(REMINDER));
    work(1);
    desk.wait_for_text(REMINDER, &["10 changes"]);

    let export = desk.export_by(|desk| desk.click(".notice [data-command=export-project]"));
    assert_eq!(export.lines("ana", "seed-a").len(), 10);
    desk.wait_gone(REMINDER);
    until_counted(&desk, "0");
    work(2);
    until_counted(&desk, "2");
    desk.saved();
    desk.reload();
    // Undoing is a change, too.
    tag(&desk, "[Saif Al Quds] battle", "speaker");
    for (command, steps) in [("undo", "4"), ("redo", "5")] {
        assert!(!desk.sees(REMINDER));
        desk.click_command(command);
        until_counted(&desk, steps);
    }
    desk.wait_for_text(REMINDER, &["5 changes"]);
    desk.leave();
}

#[test]
fn a_person_who_wants_no_reminder_gets_none() {
    let desk = Desk::bare();
    desk.visit(Desk::BLANK);
    desk.script(
        "localStorage.setItem('standpoint/remind', '0');
         localStorage.setItem('standpoint/unexported/seed-articles', '299');",
    );
    desk.go(ANA);
    desk.end_tour();
    for picture in &PICTURES[..2] {
        tag(&desk, picture, "speaker");
    }
    until_counted(&desk, "301");
    assert!(!desk.sees(REMINDER));
    desk.leave();
}
