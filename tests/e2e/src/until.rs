use std::time::{Duration, Instant};

/// What a look at the page gave: what was waited for, or what was there instead.
pub type Seen<T> = Result<T, String>;

const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks; short against what a person notices, long against what a look costs.
const PAUSE: Duration = Duration::from_millis(15);

/// Looks again and again until `look` finds `what`; panics with what was seen last when the time is up.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Seen<T>) -> T {
    let began = Instant::now();
    loop {
        match look() {
            Ok(found) => return found,
            Err(seen) if began.elapsed() > PATIENCE => panic!("waited for {what}; there was {seen}"),
            Err(_) => std::thread::sleep(PAUSE),
        }
    }
}
