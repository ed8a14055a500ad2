//! The laws of the core over random stories: three tabs, two annotators, every command, ugly texts.

#![cfg(not(target_arch = "wasm32"))]

mod common;

#[path = "laws/changes.rs"]
mod changes;
#[path = "laws/comparing.rs"]
mod comparing;
#[path = "laws/deriving.rs"]
mod deriving;
#[path = "laws/handing_in.rs"]
mod handing_in;
#[path = "laws/merging.rs"]
mod merging;
#[path = "laws/own_work.rs"]
mod own_work;
#[path = "laws/planning.rs"]
mod planning;
#[path = "laws/saying.rs"]
mod saying;
#[path = "laws/storing.rs"]
mod storing;
#[path = "laws/undoing.rs"]
mod undoing;

use proptest::prelude::ProptestConfig;

/// Failing cases are printed and not kept: a random story means nothing once a command has changed.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
