//! What the environment says about a run.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

/// `STANDPOINT_SEED`: a number, or `random` for one that nobody has drawn before; 1 without it.
pub fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| match std::env::var("STANDPOINT_SEED").as_deref() {
        Ok("") | Err(_) => 1,
        Ok("random") => SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_millis() as u64),
        Ok(given) => given.parse().unwrap_or_else(|_| panic!("STANDPOINT_SEED is no number: {given}")),
    })
}

/// `STANDPOINT_ROUNDS`; without it so many that all scenarios together take some minutes.
pub fn rounds() -> u64 {
    match std::env::var("STANDPOINT_ROUNDS").as_deref() {
        Ok(given) => given.parse().unwrap_or_else(|_| panic!("STANDPOINT_ROUNDS is no number: {given}")),
        Err(_) => 20,
    }
}

/// `STANDPOINT_FAULT`: the one fault to try; without it all of them are tried.
pub fn wants_fault(name: &str) -> bool {
    std::env::var("STANDPOINT_FAULT").map_or(true, |fault| fault == name)
}
