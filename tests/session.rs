//! The desk without a browser: what actions and keys do to the state, on the sample project.

#![cfg(not(target_arch = "wasm32"))]

mod common;

#[path = "session/annotators.rs"]
mod annotators;
#[path = "session/apart.rs"]
mod apart;
#[path = "session/assigning.rs"]
mod assigning;
#[path = "session/corners.rs"]
mod corners;
#[path = "session/damage.rs"]
mod damage;
#[path = "session/desk.rs"]
mod desk;
#[path = "session/exchanging.rs"]
mod exchanging;
#[path = "session/finding.rs"]
mod finding;
#[path = "session/handing_in.rs"]
mod handing_in;
#[path = "session/jobs.rs"]
mod jobs;
#[path = "session/keyboard.rs"]
mod keyboard;
#[path = "session/keymap.rs"]
mod keymap;
#[path = "session/naming.rs"]
mod naming;
#[path = "session/overview.rs"]
mod overview;
#[path = "session/pointing.rs"]
mod pointing;
#[path = "session/routine.rs"]
mod routine;
#[path = "session/scheming.rs"]
mod scheming;
#[path = "session/tabling.rs"]
mod tabling;
