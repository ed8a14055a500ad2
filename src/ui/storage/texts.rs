use yew::prelude::*;

use crate::ui::outcome::{Outcome, said};
use crate::ui::words::counted;

/// Texts of the open project that are not on this device, and what brings them.
pub struct Texts<'a> {
    pub away: usize,
    /// How many of how many are there, while they are fetched.
    pub progress: Option<(usize, usize)>,
    pub outcome: Option<&'a Outcome>,
}

/// Nothing where all texts are here, and nothing was done about it.
pub fn texts(view: &Texts<'_>, on_fetch: &Callback<()>) -> Html {
    let Texts { away, progress, outcome } = view;
    if *away == 0 && outcome.is_none() && progress.is_none() {
        return html! { <section hidden=true></section> };
    }
    let not_here = match away {
        1 => "1 text is not on this device yet.".to_owned(),
        many => format!("{} are not on this device yet.", counted(*many, "text")),
    };
    html! {
        <section aria-label="Texts" data-away={away.to_string()}>
            <h3>{ "Texts" }</h3>
            if *away > 0 {
                <p>{ not_here }{ " Each comes when its article is opened, which needs a network; from then on it stays." }</p>
                <div class="buttons">
                    <button type="button" data-command="fetch-texts" disabled={progress.is_some()} onclick={on_fetch.reform(|_: MouseEvent| ())}>{ "Get all texts now, for work without a network" }</button>
                    if let Some((done, all)) = progress {
                        <progress aria-label="Texts on this device" max={all.to_string()} value={done.to_string()}></progress>
                        <span>{ format!("{done} of {all}") }</span>
                    }
                </div>
            }
            { said(*outcome) }
        </section>
    }
}
