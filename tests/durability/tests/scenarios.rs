//! What browsers and other pages do to the work, one module a scenario. One binary, so that it is linked once.

#[path = "scenarios/faults.rs"]
mod faults;
#[path = "scenarios/quota.rs"]
mod quota;
#[path = "scenarios/rounds.rs"]
mod rounds;
#[path = "scenarios/switched_off.rs"]
mod switched_off;
#[path = "scenarios/torn.rs"]
mod torn;
#[path = "scenarios/two_tabs.rs"]
mod two_tabs;
