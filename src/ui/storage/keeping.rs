use yew::prelude::*;

use crate::browser::{Offline, Persistence};
use crate::ui::outcome::{Outcome, said};

/// How long a browser keeps what is stored.
#[derive(Clone, Copy, PartialEq)]
pub struct Lasting {
    pub persistence: Persistence,
    /// Whether it takes storage away after seven days without a visit.
    pub forgets: bool,
    /// Whether the page opens without a network.
    pub offline: Offline,
}

pub fn lasting(Lasting { persistence, forgets, offline }: Lasting, outcome: Option<&Outcome>, on_persist: &Callback<()>) -> Html {
    let ask = on_persist.reform(|_: MouseEvent| ());
    let state = match persistence {
        Persistence::Promised => "The browser has promised not to clear this page’s storage when the disk runs full.",
        Persistence::NotPromised => "When the disk runs full, the browser may clear the storage of pages that were not visited for long.",
        Persistence::Unknown => {
            "When the disk runs full, the browser may clear this page’s storage; here it can’t be asked not to, which takes a page that came over https."
        }
    };
    let without_network = match offline {
        Offline::Ready => {
            "The page opens and works with no network at all. It asks the network only for a hosted project, and for what you import from an address."
        }
        Offline::Preparing => "The page is being kept on this device, so that it opens with no network. That takes some seconds.",
        Offline::Failed => {
            "This page could not be kept on this device: open, it works without a network, but to open it takes one. The network may have failed, or the host changes its files; the next visit tries again."
        }
        Offline::NotHere => {
            "Open, the page works without a network, but to open it takes one: browsers keep pages only that came over https, and not in every private window."
        }
    };
    html! {
        <section aria-label="How long it lasts">
            <h3>{ "How long it lasts" }</h3>
            <p data-persistence={match persistence { Persistence::Promised => "promised", Persistence::NotPromised => "not-promised", Persistence::Unknown => "unknown" }}>{ state }</p>
            if persistence == Persistence::NotPromised {
                <div class="buttons"><button type="button" data-command="persist-storage" onclick={ask}>{ "Ask the browser to keep it" }</button></div>
            }
            { said(outcome) }
            if forgets {
                <p class="warning">{ "This browser also removes what a page has stored after seven days of use in which the page was not visited. Put it on the Home Screen or into the Dock (Share menu), and it stays." }</p>
            }
            <p data-without-network={offline.name()}>{ without_network }</p>
            <p class="hint-text">{ "In a private window everything goes when the window is closed, and browsers don’t tell pages that they are in one." }</p>
        </section>
    }
}
