//! What people do with the page, one module a story. One binary, so that it is linked once.

#[path = "stories/access.rs"]
mod access;
#[path = "stories/annotators.rs"]
mod annotators;
#[path = "stories/articles.rs"]
mod articles;
#[path = "stories/assigning.rs"]
mod assigning;
#[path = "stories/comfort.rs"]
mod comfort;
#[path = "stories/contrast.rs"]
mod contrast;
#[path = "stories/corners.rs"]
mod corners;
#[path = "stories/denied.rs"]
mod denied;
#[path = "stories/drill.rs"]
mod drill;
#[path = "stories/exchanging.rs"]
mod exchanging;
#[path = "stories/finding.rs"]
mod finding;
#[path = "stories/finishing.rs"]
mod finishing;
#[path = "stories/firefox.rs"]
mod firefox;
#[path = "stories/first_visit.rs"]
mod first_visit;
#[path = "stories/flawed.rs"]
mod flawed;
#[path = "stories/going_back.rs"]
mod going_back;
#[path = "stories/gold.rs"]
mod gold;
#[path = "stories/guidelines.rs"]
mod guidelines;
#[path = "stories/handing_in.rs"]
mod handing_in;
#[path = "stories/hosted.rs"]
mod hosted;
#[path = "stories/imports.rs"]
mod imports;
#[path = "stories/keeping.rs"]
mod keeping;
#[path = "stories/keyboard.rs"]
mod keyboard;
#[path = "stories/layout.rs"]
mod layout;
#[path = "stories/long.rs"]
mod long;
#[path = "stories/mouse.rs"]
mod mouse;
#[path = "stories/naming.rs"]
mod naming;
#[path = "stories/overlaps.rs"]
mod overlaps;
#[path = "stories/paper.rs"]
mod paper;
#[path = "stories/persistence.rs"]
mod persistence;
#[path = "stories/pointing.rs"]
mod pointing;
#[path = "stories/reach.rs"]
mod reach;
#[path = "stories/recovering.rs"]
mod recovering;
#[path = "stories/refused.rs"]
mod refused;
#[path = "stories/reminded.rs"]
mod reminded;
#[path = "stories/right_to_left.rs"]
mod right_to_left;
#[path = "stories/routine.rs"]
mod routine;
#[path = "stories/safety.rs"]
mod safety;
#[path = "stories/scheme.rs"]
mod scheme;
#[path = "stories/selecting.rs"]
mod selecting;
#[path = "stories/sharing.rs"]
mod sharing;
#[path = "stories/steps.rs"]
mod steps;
#[path = "stories/storage.rs"]
mod storage;
#[path = "stories/tabs.rs"]
mod tabs;
#[path = "stories/taken_away.rs"]
mod taken_away;
#[path = "stories/texts_apart.rs"]
mod texts_apart;
#[path = "stories/ugly.rs"]
mod ugly;
#[path = "stories/webkit.rs"]
mod webkit;
#[path = "stories/work.rs"]
mod work;
#[path = "stories/zooming.rs"]
mod zooming;
