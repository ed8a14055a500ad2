//! What comes from other copies: files, links and tabs.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{records, refuse, saving, say};
use crate::analysis::Card;
use crate::edit::{AnnotationStore, ApplyError, Command, Refusal, RestorePoint, TakenBack, Transaction, plan};
use crate::model::*;
use crate::session::{Editing, Moment, Notice, Offer, State, Storing};

type Cards = Vec<(ArticleId, Option<Rc<Card>>)>;

/// Merges what foreign files say, and changes the scheme to the one that they are read in; both are taken back together.
pub(super) fn bring(state: &mut State, incoming: &AnnotationStore, scheme: Rc<Scheme>, notice: Rc<str>, moment: &Moment) {
    if state.editing == Editing::InAnotherTab {
        return saving::refuse_here(state);
    }
    let (mut store, mut changed) = state.store.merge_copy(incoming);
    let command = Command::SetScheme { scheme, fates: Vec::new() };
    match plan(&store, &state.context(moment), &command) {
        Ok(transaction) => match applied(state, &store, &transaction, moment) {
            Ok((with_scheme, keys)) => {
                store = with_scheme;
                changed.extend(keys);
            }
            Err(error) => return refuse(state, format!("not imported: {error}")),
        },
        Err(Refusal::NothingToDo) => {}
        Err(refusal) => return refuse(state, format!("not imported: {refusal}")),
    }
    take_in(state, store, changed, Some(notice), "", moment);
}

/// What the project is with a change that belongs to a merge, and is no step of its own.
pub(super) fn applied(
    state: &mut State,
    store: &AnnotationStore,
    transaction: &Transaction,
    moment: &Moment,
) -> Result<(AnnotationStore, BTreeSet<RecordKey>), ApplyError> {
    let number = state.number.max(store.greatest_number()) + 1;
    let stamp = Stamp { replica: state.replica.clone(), number, now: moment.now.clone() };
    let applied = store.apply(transaction, &stamp)?;
    state.number = number;
    Ok(applied)
}

/// `more` is said behind the notice, and not kept with it.
pub(super) fn take_in(
    state: &mut State,
    store: AnnotationStore,
    changed: BTreeSet<RecordKey>,
    notice: Option<Rc<str>>,
    more: &str,
    moment: &Moment,
) {
    if changed.is_empty() {
        return say(state, Notice::done("nothing new in it"));
    }
    let point = notice.map(|label| RestorePoint::between(&state.store, &store, &changed, moment.now.clone(), label));
    state.store = store;
    records::changed_records(state, changed);
    if let Some(point) = point {
        let said = format!("{} {more}", point.label);
        say(state, Notice::done(said.trim_end()).offering(Offer::TakeBack));
        state.last_merge = Some(Rc::new(point));
    }
}

/// Puts the project back as it was before the last merge. No tombstones: the next merge of the same file brings it again.
pub(super) fn take_back_last(state: &mut State) {
    if let Some(point) = state.last_merge.clone() {
        go_back(state, &point);
    }
}

/// Takes a merge back, whenever it was; what changed since stays, and is counted.
pub(super) fn go_back(state: &mut State, point: &RestorePoint) {
    if state.editing == Editing::InAnotherTab {
        return saving::refuse_here(state);
    }
    let TakenBack { store, changed, kept } = state.store.take_back(point);
    if changed.is_empty() {
        return refuse(state, "nothing of that merge is left as it came, so there is nothing to take back");
    }
    state.store = store;
    saving::note(state, changed, Storing::Replace);
    keep(state);
    let text = match kept {
        0 => "taken back: the project is as it was before".to_owned(),
        1 => "taken back, but for 1 that changed since the merge and stays".to_owned(),
        kept => format!("taken back, but for {kept} that changed since the merge and stay"),
    };
    say(state, Notice::done(text));
}

/// What another tab stored: merged, and already safe.
pub(super) fn arrived(state: &mut State, arrived: Vec<(RecordKey, Rc<Record>)>, cards: Cards) {
    let here = arrived.into_iter().filter(|(key, _)| is_here(state, key)).collect::<Vec<_>>();
    let (store, changed) = state.store.merge(here);
    take_on(state, store, !changed.is_empty(), cards);
}

/// What another tab took back: here, too, it is as it was.
pub(super) fn replaced(state: &mut State, records: Vec<(RecordKey, Option<Rc<Record>>)>, cards: Cards) {
    // What this tab has changed meanwhile and not stored yet is its own.
    let records = records.into_iter().filter(|(key, _)| !state.unsaved.contains_key(key) && is_here(state, key)).collect::<Vec<_>>();
    let (store, changed) = state.store.replace(records);
    take_on(state, store, !changed.is_empty(), cards);
}

/// Whether a record belongs to what is in memory; of an article that is not, only its card is.
fn is_here(state: &State, key: &RecordKey) -> bool {
    key.in_memory_with().is_none_or(|article| !state.catalogue.is_unloaded(article))
}

fn take_on(state: &mut State, store: AnnotationStore, changed: bool, cards: Cards) {
    if !cards.is_empty() {
        state.catalogue = Rc::new(state.catalogue.told(cards));
    }
    if !changed {
        return;
    }
    keep(state);
    let all_saved = state.saved_revision == Some(state.revision);
    state.store = store;
    state.revision += 1;
    if all_saved {
        state.saved_revision = Some(state.revision);
    }
}

/// Makes the last merge final: what is offered is to take back all of it, and more has come since.
pub(super) fn keep(state: &mut State) {
    state.last_merge = None;
    Rc::make_mut(&mut state.notices).retain(|notice| notice.offer != Some(Offer::TakeBack));
}
