//! The built page, used in a real browser as a person would use it.
//!
//! A [`Desk`] is one browser with a profile of its own, looking at the page that a [`Site`] serves. Its methods say what a
//! person does (`select`, `press`, `click_command`) or sees (`article_text`, `focused`, `alerts`); what was made is read
//! from the file that the page exports ([`Export`]), never from the page's memory.
//!
//! - **Invariant:** nothing here sleeps in order to be right. [`until`] polls a condition and, when its time is up,
//!   panics with what was seen instead.
//! - **Invariant:** a desk that is left ([`Desk::leave`]) has complained of nothing: no error on the console, no uncaught
//!   exception, no breach of the page's policy, no request to another origin.
//! - **Invariant:** every process and folder that a desk made is gone when it is dropped, after a panic too.
//!
//! Environment: `STANDPOINT_DIST` (the built page; by default `dist/` of the repository), `CHROMIUM`, `CHROMEDRIVER`,
//! `FIREFOX`, `GECKODRIVER` (binaries, else found on `PATH`), `WEBKIT` (WebKitGTK's MiniBrowser), `AXE` (axe-core's
//! `axe.min.js`), `LIGHTHOUSE` (its command), `NGINX` (the folder of its packages), `STANDPOINT_SHOTS` (a folder for pictures; none are taken without it).

mod axe;
mod browser;
mod complaints;
mod desk;
mod dragging;
mod export;
mod files;
mod firefox;
mod focus;
mod host;
mod keys;
mod layout;
mod lighthouse;
mod pointer;
mod reading;
mod shots;
mod site;
mod stores;
mod touch;
mod until;
mod walking;
mod webkit;

use browser::Browser;
pub use desk::{Desk, Tab};
pub use dragging::Held;
pub use export::{Export, assert_sound, check_slices, quote};
pub use files::Upload;
pub use host::Host;
pub use pointer::PLACES;
pub use reading::{seen, strings};
pub use shots::Screen;
pub use site::Site;
pub use stores::{Denial, Denied};
pub use until::{Seen, until};
