#![no_main]

use standpoint_fuzz::{run, seeds};

libfuzzer_sys::fuzz_target!(init: seeds::when_asked(env!("CARGO_BIN_NAME")), |bytes: &[u8]| run(env!("CARGO_BIN_NAME"), bytes));
