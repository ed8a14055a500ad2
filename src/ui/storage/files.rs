use yew::prelude::*;

use crate::browser::{self, Chosen, HtmlInputElement};
use crate::session::REMIND_AFTER;
use crate::ui::outcome::{Outcome, Said};

#[derive(Properties, PartialEq)]
pub struct FilesProps {
    pub outcome: Option<Outcome>,
    pub on_back_up: Callback<()>,
    pub on_files: Callback<Vec<Chosen>>,
}

/// All projects as one file, and back.
#[component]
pub fn Files(props: &FilesProps) -> Html {
    let onchange = props.on_files.reform(|event: Event| browser::pick(&event));
    let choose = Callback::from(|_: MouseEvent| browser::click("input[data-command=restore-backup]"));
    html! {
        <section aria-label="Backups">
            <h3>{ "Backups" }</h3>
            <p>{ "One file with every project and what each store holds of it. Restoring shows first what would change; the file can also be dropped on the page." }</p>
            <div class="buttons">
                <button type="button" class="primary" data-command="back-up" onclick={props.on_back_up.reform(|_: MouseEvent| ())}>{ "Back up everything" }</button>
                <button type="button" data-command="choose-backup" onclick={choose}>{ "Restore from a backup" }</button>
                <input type="file" data-command="restore-backup" hidden=true accept=".json,application/json" aria-label="Backup file" {onchange} />
                <a href="./recover.html" data-command="recover">{ "Recovery page, should this one ever fail" }</a>
            </div>
            <Said outcome={props.outcome.clone()} />
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub struct ReminderProps {
    pub unexported: u64,
    /// 0 for never.
    pub remind_after: u64,
    pub on_remind: Callback<u64>,
}

/// After how many changes the page reminds of exporting.
#[component]
pub fn Reminder(props: &ReminderProps) -> Html {
    let onchange = {
        let (on_remind, before) = (props.on_remind.clone(), props.remind_after);
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            match field.value().trim().parse::<u64>() {
                Ok(steps) => on_remind.emit(steps),
                // What is no number is no answer.
                Err(_) => field.set_value(&before.to_string()),
            }
        })
    };
    let changes = match props.unexported {
        0 => "No change since the last export.".to_owned(),
        1 => "1 change since the last export.".to_owned(),
        many => format!("{many} changes since the last export."),
    };
    html! {
        <section aria-label="Reminder">
            <h3>{ "Reminder to export" }</h3>
            <label class="reminder">
                { "After " }<input type="number" min="0" max="100000" step="1" data-command="remind-after" placeholder={REMIND_AFTER.to_string()} value={props.remind_after.to_string()} {onchange} />
                { " changes; 0 is never." }
            </label>
            <p class="hint-text" data-unexported={props.unexported.to_string()}>{ changes }</p>
        </section>
    }
}
