//! What browsers and other pages do to the work, one module a scenario. One binary, so that it is linked once.

#[path = "scenarios/rounds.rs"]
mod rounds;
