//! What tabs of the page say to one another: changed rows, and which of them edits where only one may.

use gloo::events::EventListener;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

const CHANNEL: &str = "standpoint/1";

/// A message between tabs. Rows are checked like those of a store: another page may speak on the channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// Rows as they stand in the stores, and cards of the articles that they concern.
    Changed {
        project: String,
        rows: Vec<(String, Option<String>)>,
        cards: Vec<(String, String)>,
        /// Whether they were taken back, and so take the place of what is there instead of being merged.
        replace: bool,
    },
    /// So much changed that it is better read from the stores.
    MuchChanged {
        project: String,
    },
    Deleted {
        project: String,
    },
    /// Does another tab edit this project? Asked only where local storage is the only store.
    WhoEdits {
        project: String,
    },
    IEdit {
        project: String,
    },
    /// From now on the sender edits.
    ITakeOver {
        project: String,
    },
}

/// The channel to the other tabs; without one (an old browser), `storage` events have to do.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Tabs {
    pub fn open(on_message: impl Fn(Message) + 'static) -> Self {
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                if let Some(message) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                    on_message(message);
                }
            })
        });
        Self { channel, _listener: listener }
    }

    pub fn say(&self, message: &Message) {
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(message)) {
            let _ = channel.post_message(&text.into());
        }
    }
}
