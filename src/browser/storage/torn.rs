//! Keeps the database safe from half a write at the end of its log.
//!
//! Chromium keeps it as a log and files that the log is moved to. Where the browser is killed, or the power fails, in the
//! middle of a write, the log ends in half a record; the next start reads it well, and goes on writing behind the half; and
//! the start after that finds a log damaged in its middle and empties the whole database, with all that was saved in
//! between. Measured in Chromium 156: one of 520 kills, and every time where the end is cut off by hand. A log that has
//! grown past 4 MB is closed for good and a new one begun, so after a visit without an end the first thing to write is noise.

use js_sys::{Math, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::IdbTransactionMode;

use super::database::{Database, Refused};

/// There from the beginning of a visit to its end; found at a beginning, the last one had none.
const AWAKE: &str = "standpoint/awake";
/// All databases of a site have one log; in one of its own the noise keeps nobody from reading.
const FILLING: &str = "standpoint-filling";
/// More than these bytes of a value, and Chromium keeps it in a file of its own.
const PIECE: u32 = 60_000;
/// So many are more than the 4 MiB at which a log is closed.
const PIECES: u32 = 80;
/// That the log was closed says the second time: it waits until the first one has been moved.
const TIMES: usize = 2;

impl Database {
    /// Begins a visit: what is written from now on waits until it can be written safely.
    pub async fn wake(&self) -> Result<(), Refused> {
        let torn = self.get(AWAKE).await?.is_some() && has_log();
        let database = self.clone();
        let waking = future_to_promise(async move {
            // Where there is no room for it, the work goes on all the same.
            if torn {
                let _ = fill_log().await;
            }
            let _ = database.write(&[], |_| (vec![awake()], ())).await;
            database.waking().take();
            Ok(JsValue::UNDEFINED)
        });
        *self.waking().borrow_mut() = Some(waking);
        Ok(())
    }

    /// Ends a visit in good order; what is written after it begins another.
    pub async fn rest(&self) -> Result<(), Refused> {
        // Whoever leaves before it is awake has not made good what the last visit left.
        if self.waking().borrow().is_some() {
            return Ok(());
        }
        self.write(&[], |_| (vec![(AWAKE.to_owned(), None)], ())).await
    }

    /// Reads `keys` and writes what `decide` makes of their values (`None` removes a row), all of it or nothing, and
    /// returns only when the browser says that it is on the disk.
    ///
    /// No other tab's transaction comes between the reading and the writing.
    pub async fn update<T>(
        &self,
        keys: &[String],
        decide: impl FnOnce(Vec<Option<String>>) -> (Vec<(String, Option<String>)>, T),
    ) -> Result<T, Refused> {
        let waking = self.waking().borrow().clone();
        if let Some(waking) = waking {
            let _ = JsFuture::from(waking).await;
        }
        let decide_awake = |present| {
            let (mut writes, outcome) = decide(present);
            // Another tab's end may have taken it away.
            if !writes.is_empty() {
                writes.push(awake());
            }
            (writes, outcome)
        };
        self.write(keys, decide_awake).await
    }
}

fn awake() -> (String, Option<String>) {
    (AWAKE.to_owned(), Some(String::new()))
}

async fn fill_log() -> Result<(), Refused> {
    let filling = Database::open_named(FILLING, drop).await?;
    // What can be compressed would be.
    let noise: Vec<u8> = (0..PIECE).map(|_| (Math::random() * 256.0) as u8).collect();
    let noise = JsValue::from(Uint8Array::from(noise.as_slice()));
    for _ in 0..TIMES {
        let transaction = filling.transaction(IdbTransactionMode::Readwrite)?;
        let store = filling.store(&transaction)?;
        let put = |piece: u32| store.put_with_key(&noise, &piece.into()).map(drop);
        Database::finish(&transaction, (0..PIECES).map(put)).await?;
    }
    let transaction = filling.transaction(IdbTransactionMode::Readwrite)?;
    let all = filling.store(&transaction)?.clear().map(drop);
    Database::finish(&transaction, [all].into_iter()).await
}

/// Whether this browser keeps its databases so; others have no such log.
fn has_log() -> bool {
    web_sys::window().and_then(|window| window.navigator().user_agent().ok()).is_some_and(|agent| agent.contains("Chrom"))
}
