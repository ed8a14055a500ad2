use yew::prelude::*;

use crate::browser::{self, Chosen, HtmlInputElement};
use crate::session::REMIND_AFTER;
use crate::ui::dialogs::Keeping;
use crate::ui::outcome::{Outcome, said};

/// All projects as one file, and back.
pub fn files(outcome: Option<&Outcome>, on_back_up: &Callback<()>, on_files: &Callback<Vec<Chosen>>) -> Html {
    let onchange = on_files.reform(|event: Event| browser::pick(&event));
    let choose = Callback::from(|_: MouseEvent| browser::click("input[data-command=restore-backup]"));
    html! {
        <section aria-label="Backups">
            <h3>{ "Backups" }</h3>
            <p>{ "One file with every project and what each store holds of it. Restoring shows first what would change; the file can also be dropped on the page." }</p>
            <div class="buttons">
                <button type="button" class="primary" data-command="back-up" onclick={on_back_up.reform(|_: MouseEvent| ())}>{ "Back up everything" }</button>
                <button type="button" data-command="choose-backup" onclick={choose}>{ "Restore from a backup" }</button>
                <input type="file" data-command="restore-backup" hidden=true accept=".json,application/json" aria-label="Backup file" {onchange} />
                <a href="./recover.html" data-command="recover">{ "Recovery page, should this one ever fail" }</a>
            </div>
            { said(outcome) }
        </section>
    }
}

/// After how many changes the page reminds of exporting, and how many there are.
pub fn reminder(Keeping { unexported, remind_after, .. }: Keeping, on_remind: &Callback<u64>) -> Html {
    let onchange = {
        let on_remind = on_remind.clone();
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            match field.value().trim().parse::<u64>() {
                Ok(steps) => on_remind.emit(steps),
                // What is no number is no answer.
                Err(_) => field.set_value(&remind_after.to_string()),
            }
        })
    };
    let changes = match unexported {
        0 => "No change since the last export.".to_owned(),
        1 => "1 change since the last export.".to_owned(),
        many => format!("{many} changes since the last export."),
    };
    html! {
        <section aria-label="Reminder">
            <h3>{ "Reminder to export" }</h3>
            <label class="reminder">
                { "After " }<input type="number" min="0" max="100000" step="1" data-command="remind-after" placeholder={REMIND_AFTER.to_string()} value={remind_after.to_string()} {onchange} />
                { " changes; 0 is never." }
            </label>
            <p class="hint-text" data-unexported={unexported.to_string()}>{ changes }</p>
        </section>
    }
}
