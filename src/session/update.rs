//! What each action does to the state.

mod dialogs;
mod handing;
mod loading;
mod mentions;
mod merging;
mod moving;
mod pointer;
mod records;
mod roles;
mod saving;
mod steps;
mod whose;

pub use loading::MOST_LOADED;

use std::rc::Rc;

use super::initials::initials;
use super::{Action, Catalogue, Dialog, Lists, Moment, Notice, Offer, Page, State, Tone, finding, naming, sight};
use crate::edit::Command;
use crate::model::{ArticleId, AttributeValue, Status};

/// The state after `action`; the same `Rc` where nothing changed.
pub fn update(state: &Rc<State>, action: Action, moment: &Moment) -> Rc<State> {
    let mut next = (**state).clone();
    act(&mut next, action, moment);
    refresh(state, &mut next);
    if next == **state { state.clone() } else { Rc::new(next) }
}

fn act(state: &mut State, action: Action, moment: &Moment) {
    // Why something could not be done is read until the next thing is.
    if is_a_step(&action) && state.notices.iter().any(is_passing) {
        Rc::make_mut(&mut state.notices).retain(|notice| !is_passing(notice));
    }
    match action {
        Action::Open { store, article, saved, unexported, rest } => {
            state.catalogue = Rc::new(Catalogue::of(&store, rest));
            records::open(state, store, article, saved);
            state.unexported = unexported;
        }
        Action::Loaded { articles, records } => loading::loaded(state, &articles, records),
        Action::NotLoaded(article) => loading::not_loaded(state, &article),
        Action::Announced(cards) => state.catalogue = Rc::new(state.catalogue.announcing(cards)),
        Action::Tidy => loading::tidy(state),
        Action::Run(command) => records::run(state, &command, moment),
        Action::Type(command) => records::type_in(state, &command, moment),
        Action::Undo => records::undo(state, moment),
        Action::Redo => records::redo(state, moment),
        Action::GoToStep(by) => records::go_to_step(state, by, moment),
        Action::OpenArticle(article) => steps::open_article(state, article),
        Action::StepArticle(by) => steps::step_article(state, by),
        Action::Select(stretch) => steps::select(state, stretch),
        Action::SelectExactly(stretch) => pointer::select_exactly(state, stretch),
        Action::PutCursor(offset) => steps::put_cursor(state, offset),
        Action::Move(motion) => moving::move_cursor(state, motion),
        Action::Extend(motion) => moving::extend(state, motion),
        Action::ToggleExact => moving::toggle_exact(state),
        Action::Seek { extend } => moving::seek(state, extend),
        Action::SeekLetter(letter) => moving::seek_letter(state, letter),
        Action::EraseLetter => moving::erase_letter(state),
        Action::Sought => moving::sought(state),
        Action::SeekAgain => moving::seek_again(state),
        Action::Escape => steps::escape(state),
        Action::Focus(focus) => match focus.as_ref().and_then(|id| state.annotation(id)).cloned() {
            Some(annotation) => steps::land(state, &annotation),
            None => steps::focus(state, focus),
        },
        Action::FocusAt(offset) => steps::focus_at(state, offset),
        Action::FocusHere => steps::focus_here(state),
        Action::FocusNext => steps::focus_next(state),
        Action::FocusPrevious => steps::focus_previous(state),
        Action::NextUnfinished => steps::next_unfinished(state),
        Action::TakeUp(annotation) => steps::take_up(state, annotation),
        Action::MarkDone => {
            let lacking = state.lists.lacking_by_kind();
            if lacking.is_empty() {
                records::run(state, &Command::SetStatus { status: Status::Done }, moment);
            } else {
                dialogs::open(state, Dialog::Unfinished(Rc::new(lacking)));
            }
        }
        Action::Hover(hover) => state.hover = hover,
        Action::Tag(type_id) => roles::tag(state, type_id, moment),
        Action::CopyFrame => roles::copy_frame(state),
        Action::GiveFrame => roles::give_frame(state, moment),
        Action::ChooseOption(n) => choose_option(state, n, moment),
        Action::Delete => {
            if let Some(annotation) = state.focus.clone() {
                records::run(state, &Command::Delete { annotation }, moment);
            }
        }
        Action::MoveEdge { edge, by } => records::move_edge(state, edge, by, moment),
        Action::DropEdge { grip, edge, to, snapping } => pointer::drop_edge(state, grip, edge, to, snapping, moment),
        Action::Carry(filler) => state.carried = filler,
        Action::DropInto(role) => pointer::drop_into(state, role, moment),
        Action::AddSelection => records::fragment(state, moment, |annotation, stretch| Command::AddStretch { annotation, stretch }),
        Action::CutSelection => records::fragment(state, moment, |annotation, stretch| Command::CutStretch { annotation, stretch }),
        Action::AskRole(annotation, role) => steps::ask_role(state, &annotation, role),
        Action::Hint(letter) => roles::hint(state, letter, moment),
        Action::Fill(filler) => roles::fill(state, filler, moment),
        Action::EraseHint => roles::erase_hint(state, moment),
        Action::AskNextRole => roles::ask_any(state),
        Action::FillNearest => roles::fill_nearest(state, moment),
        Action::EndFilling => state.filling = None,
        Action::ToggleLayer(annotator) => {
            let hidden = Rc::make_mut(&mut state.hidden);
            if !hidden.remove(&annotator) {
                hidden.insert(annotator);
            }
        }
        Action::TakeUpAssigned => steps::take_up_assigned(state),
        Action::List(listing) => state.listing = listing,
        Action::Sit(seat) => state.seat = seat,
        Action::Find => dialogs::open(state, Dialog::Find(Rc::new(finding::seed(state)))),
        Action::FindSame => match finding::same_as_focused(state) {
            Ok(seed) => dialogs::open(state, Dialog::Find(Rc::new(seed))),
            Err(why) => say(state, Notice::refused(format!("Nothing to tag alike: {why}."))),
        },
        Action::AskWho => match naming::asked(state) {
            Ok(annotation) => dialogs::open(state, Dialog::Who(annotation)),
            Err(why) => say(state, Notice::refused(format!("Nobody to name: {why}."))),
        },
        Action::NextUntied => mentions::next_untied(state),
        Action::StepMention { entity, forward } => mentions::step(state, entity, forward),
        Action::GoTo { article, words } => steps::go_to(state, article, words),
        Action::Dialog(Some(dialog)) => dialogs::open(state, dialog),
        Action::Dialog(None) => dialogs::close(state),
        Action::Review(review) => dialogs::open(state, Dialog::Review(review)),
        Action::Exported => {
            state.exported = Some(state.revision);
            state.unexported = 0;
            Rc::make_mut(&mut state.notices).retain(|notice| notice.offer != Some(Offer::Export));
        }
        Action::SetKeys(keys) => state.keys = keys,
        Action::SetReading(reading) => state.reading = reading,
        Action::RemindAfter(steps) => state.remind_after = steps,
        Action::HandIn { handing, decided } => handing::hand_in(state, &handing, decided, moment),
        Action::NextConflict => handing::next_conflict(state),
        Action::Bring { incoming, scheme, notice } => merging::bring(state, &incoming, scheme, notice, moment),
        Action::TakeBack => merging::take_back_last(state),
        Action::GoBack(point) => merging::go_back(state, &point),
        Action::Arrived { records, cards } => merging::arrived(state, records, cards),
        Action::Replaced { records, cards } => merging::replaced(state, records, cards),
        Action::Edit(editing) => saving::edit(state, editing),
        Action::SetAnnotator { annotator, name } => whose::set_annotator(state, annotator, name, moment),
        Action::WorkAs { annotator, name } => whose::work_as(state, annotator, name, moment),
        Action::ShowWork { annotator, annotation } => whose::show_work(state, &annotator, &annotation),
        Action::Say(notice) => say(state, notice),
        Action::Dismiss(id) => Rc::make_mut(&mut state.notices).retain(|notice| notice.id != id),
        Action::Saved { revision, state: save } => saving::saved(state, revision, save),
        Action::NotSaved { state: save } => state.save = save,
    }
}

/// Whether a message only says why something was not done.
fn is_passing(notice: &Notice) -> bool {
    notice.tone == Tone::Refused && notice.offer.is_none()
}

/// Whether it is the person who does it, with the text or what is said of it.
fn is_a_step(action: &Action) -> bool {
    use Action::*;
    matches!(
        action,
        Run(_)
            | Undo
            | Redo
            | OpenArticle(_)
            | StepArticle(_)
            | Select(Some(_))
            | PutCursor(_)
            | Move(_)
            | Extend(_)
            | Escape
            | Focus(_)
            | FocusAt(_)
            | FocusHere
            | FocusNext
            | FocusPrevious
            | NextUnfinished
            | NextConflict
            | TakeUp(_)
            | ShowWork { .. }
            | WorkAs { .. }
            | Tag(_)
            | ChooseOption(_)
            | Delete
            | MoveEdge { .. }
            | DropEdge { .. }
            | Hint(_)
            | Fill(_)
            | FillNearest
    )
}

/// At most this many messages stand on the screen.
const MOST_NOTICES: usize = 4;

const NOTHING_IN_HAND: &str = "choose an annotation first";

fn say(state: &mut State, notice: Notice) {
    if notice.tone == Tone::Done && notice.offer.is_none() {
        state.status = notice.text;
        return;
    }
    let notices = Rc::make_mut(&mut state.notices);
    // The same message again replaces the first, so that a key held down does not fill the screen; of what can be done once,
    // only the last is offered.
    let once = notice.offer.is_some_and(|offer| offer != Offer::Storage);
    notices.retain(|other| other.text != notice.text && !(once && other.offer == notice.offer));
    notices.push(Notice { id: state.next_notice, ..notice });
    state.next_notice += 1;
    if notices.len() > MOST_NOTICES {
        notices.remove(0);
    }
}

fn refuse(state: &mut State, why: impl ToString) {
    let mut text = why.to_string();
    if let Some(first) = text.get(..1) {
        text = format!("{}{}.", first.to_uppercase(), &text[1..]);
    }
    say(state, Notice::refused(text));
}

fn choose_option(state: &mut State, n: u32, moment: &Moment) {
    let Some(annotation) = state.focused().cloned() else { return say(state, Notice::done(NOTHING_IN_HAND)) };
    let scheme = state.store.scheme().clone();
    let Some(attribute) =
        scheme.type_of(&annotation.type_id).and_then(|of| of.attributes.iter().find(|attribute| !attribute.options().is_empty()))
    else {
        return say(state, Notice::done("there is nothing to choose of this"));
    };
    // By the option's own key, or else by its place.
    let digit = char::from_digit(n, 10);
    let options = attribute.options();
    let Some(option) =
        options.iter().find(|option| option.key.is_some() && option.key == digit).or_else(|| options.get((n as usize).checked_sub(1)?))
    else {
        return;
    };
    let value = AttributeValue::Text(option.id.as_str().into());
    let on = annotation.attributes.get(&attribute.id) == Some(&value);
    let command =
        Command::SetAttribute { annotation: annotation.id.clone(), attribute: attribute.id.clone(), value: (!on).then_some(value) };
    records::run(state, &command, moment);
}

/// Makes anew what is derived from the records and the focus.
fn refresh(before: &State, state: &mut State) {
    let records_changed = state.store != before.store;
    // Of the project that has just been opened, nothing is known of before.
    if records_changed {
        state.catalogue = state.catalogue.following(&before.store, &state.store);
    }
    if !state.store.has_same_records_as(&before.store)
        || state.annotator != before.annotator
        || !state.catalogue.lists_the_same_as(&before.catalogue)
    {
        state.assigned = sight::assigned(state);
    }
    if records_changed || state.annotator != before.annotator || !Rc::ptr_eq(&state.catalogue, &before.catalogue) {
        let marks = initials(state);
        if *state.marks != marks {
            state.marks = Rc::new(marks);
        }
    }
    if state.open_article().is_none() {
        steps::leave_article(state);
        if state.wanted.is_none()
            && let Some(next) = neighbour(before, state)
            // What could not be had a moment ago is not asked for again with each step.
            && (before.article.is_some() || !state.catalogue.elsewhere().contains(&next))
        {
            steps::open_article(state, next);
        }
    }
    let article_changed = state.article != before.article;
    if article_changed {
        state.hover = None;
    }
    if state.focus.is_some() && state.focused().is_none() {
        state.focus = None;
    }
    if let Some(filling) = &state.filling {
        state.filling = match state.annotation(&filling.annotation) {
            Some(annotation) if state.focus.as_ref() == Some(&annotation.id) => {
                let fresh = super::filling::ask(state, annotation, filling.role.clone());
                Some(Rc::new(super::Filling { typed: filling.typed.clone(), ..fresh }))
            }
            _ => None,
        };
    }
    // Both cost in proportion to the article, and most actions, like those that tell of storing, touch nothing of it.
    let listed_anew = records_changed || article_changed || state.annotator != before.annotator || state.sight() != before.sight();
    if listed_anew
        || state.focus != before.focus
        || state.hover != before.hover
        || state.filling != before.filling
        || state.reading != before.reading
        || state.marks != before.marks
    {
        state.page = Page::drawn(state);
    }
    if listed_anew {
        state.lists = Rc::new(Lists::of(state));
    }
}

/// What to open where the open article is gone: what stands in its place in the list now, else the last one.
fn neighbour(before: &State, state: &State) -> Option<ArticleId> {
    let ids = state.listed();
    let gone = before.article.as_ref().and_then(|gone| before.listed().iter().position(|id| id == gone));
    ids.get(gone.unwrap_or(0)).or(ids.last()).cloned()
}
