//! Actions that move about and change no record.

use std::cmp::Ordering;
use std::rc::Rc;

use super::say;
use crate::analysis::Gap;
use crate::edit::{Sorted, Sorts, begins_before};
use crate::model::*;
use crate::order::InOrder;
use crate::session::{Dialog, Notice, Selection, State, cursor, filling};
use crate::text::{Offset, Stretch};

pub(super) fn open_article(state: &mut State, article: ArticleId) {
    if state.article.as_ref() == Some(&article) {
        state.wanted = None;
        return;
    }
    if state.catalogue.is_unloaded(&article) && state.catalogue.card(&article).is_some() {
        state.wanted = Some(article);
        return;
    }
    let Some(found) = state.store.article(&article) else {
        return say(state, Notice::failed(format!("There is no article “{article}” in this project.")));
    };
    state.status = format!("opened {}", found.label()).into();
    let visited = Rc::make_mut(&mut state.visited);
    visited.retain(|other| *other != article);
    visited.push(article.clone());
    state.wanted = None;
    leave_article(state);
    state.article = Some(article);
    state.page = crate::session::Page::drawn(state);
}

/// Lets go of everything that is in hand in the open article.
pub(super) fn leave_article(state: &mut State) {
    state.article = None;
    state.focus = None;
    state.filling = None;
    state.seeking = None;
    state.cursor = None;
    state.selection = None;
}

pub(super) fn step_article(state: &mut State, by: isize) {
    let ids = state.listed();
    // Where one is on its way, a further step goes on from it.
    let from = state.wanted.as_ref().or(state.article.as_ref());
    let at = match from.and_then(|article| ids.iter().position(|other| other == article)) {
        Some(at) => at.checked_add_signed(by),
        // From one that is not listed, every step leads into the list.
        None => Some(0),
    };
    if let Some(article) = at.and_then(|at| ids.get(at)).cloned() {
        open_article(state, article);
    }
}

/// The first article that is assigned and not done, unless one of those assigned is open.
pub(super) fn take_up_assigned(state: &mut State) {
    if state.article.as_ref().is_some_and(|open| state.assigned.contains(open)) {
        return;
    }
    let is_done =
        |article: &ArticleId| state.catalogue.card(article).is_some_and(|card| card.work_of(&state.annotator).status == Status::Done);
    let next = state.assigned.iter().find(|article| !is_done(article)).or(state.assigned.first()).cloned();
    if let Some(next) = next {
        open_article(state, next);
    }
}

pub(super) fn select(state: &mut State, stretch: Option<Stretch>) {
    let Some(article) = state.open_article().cloned() else { return };
    let Some(stretch) = stretch else {
        state.selection = None;
        return;
    };
    if state.selection.is_some_and(|selection| selection.stretch() == stretch) {
        return;
    }
    state.selection = Selection::over(&article, &state.page, stretch, state.exact);
    if let Some(selection) = state.selection {
        state.cursor = cursor::cursor_at(&article, &state.page, selection.stretch().start());
    }
}

/// Selects words anywhere, exactly these.
pub(super) fn go_to(state: &mut State, id: ArticleId, words: Stretch) {
    open_article(state, id.clone());
    let Some(article) = state.open_article().filter(|article| article.id == id && words.end() <= article.text.len()).cloned() else {
        return;
    };
    state.filling = None;
    state.selection = Selection::over(&article, &state.page, words, true);
    state.cursor = cursor::cursor_at(&article, &state.page, words.start());
    state.scroll += 1;
}

pub(super) fn put_cursor(state: &mut State, offset: Offset) {
    if let Some(article) = state.open_article().cloned() {
        state.cursor = cursor::cursor_at(&article, &state.page, offset);
        state.selection = None;
    }
}

pub(super) fn escape(state: &mut State) {
    if state.dialog.is_some() {
        super::dialogs::close(state);
    } else if state.seeking.is_some() {
        state.seeking = None;
        state.status = "".into();
    } else if state.filling.is_some() {
        state.filling = None;
        state.status = "".into();
    } else if state.selection.is_some() {
        state.selection = None;
    } else {
        state.focus = None;
        state.hover = None;
    }
}

pub(super) fn focus(state: &mut State, focus: Option<AnnotationId>) {
    if state.focus != focus {
        state.filling = None;
    }
    state.focus = focus;
    state.scroll += 1;
}

/// The same for the word in hand; where nothing lies over it, the focus stays.
pub(super) fn focus_here(state: &mut State) {
    let Some(hand) = state.in_hand() else { return };
    let before = state.focus.clone();
    focus_at(state, hand.start());
    if state.focus.is_none() {
        state.focus = before;
        say(state, Notice::done("no annotation under the cursor"));
    }
}

/// The annotations over `offset` from the inside out; each further call takes the next.
pub(super) fn focus_at(state: &mut State, offset: Offset) {
    let over = state.page.annotations_near(offset).filter_map(|annotation| {
        annotation.span().filter(|span| span.contains(offset)).map(|span| (span.hull().len(), annotation.id.clone()))
    });
    let mut over: Vec<(u32, AnnotationId)> = over.collect();
    over.put_in_order();
    let at = over.iter().position(|(_, id)| state.focus.as_ref() == Some(id));
    let next = match at {
        Some(at) => over.get((at + 1) % over.len()),
        None => over.first(),
    };
    let next = next.map(|(_, id)| id.clone());
    if let (Some(filling), Some(id)) = (&state.filling, &next)
        && filling.candidates.iter().any(|candidate| candidate.filler == Filler::Annotation(id.clone()))
    {
        // While a role asks, the click that fills it is handled as a choice: see `Action::Fill`.
        return;
    }
    if state.focus != next {
        state.filling = None;
    }
    state.focus = next;
}

pub(super) fn focus_next(state: &mut State) {
    step_focus(state, Ordering::is_gt, |ordered, focus, cursor| {
        let from = match focus {
            Some(focus) => ordered.rank(|other| other.order(focus)) + 1,
            None => begins_before(ordered, cursor),
        };
        Box::new(ordered.iter_from(from).chain(ordered))
    });
}

pub(super) fn focus_previous(state: &mut State) {
    step_focus(state, Ordering::is_lt, |ordered, focus, cursor| {
        let to = match focus {
            Some(focus) => ordered.rank(|other| other.order(focus)),
            None => begins_before(ordered, cursor),
        };
        Box::new(ordered.iter_before(to).chain(ordered.iter().rev()))
    });
}

/// Focuses the first annotation that can be seen on a way from the focus, or from where the cursor stands.
fn step_focus(
    state: &mut State,
    wraps: fn(Ordering) -> bool,
    way: impl for<'a> Fn(&'a Sorted<Rc<Annotation>>, Option<&Rc<Annotation>>, Offset) -> Box<dyn Iterator<Item = &'a Rc<Annotation>> + 'a>,
) {
    let Some(article) = state.article.clone() else { return };
    let focus = state.focused();
    let cursor = state.cursor.map_or(Offset::default(), |cursor| cursor.start());
    // Two layers may use one id; what stands for it has been seen already.
    let differs = |annotation: &Rc<Annotation>| focus.is_none_or(|focus| focus.id != annotation.id);
    let next = way(state.store.annotations(&article), focus, cursor).find(|next| state.is_shown(next) && differs(next));
    match next.or(focus).cloned() {
        Some(next) => {
            let before = state.focused().cloned();
            land(state, &next);
            if before.is_some_and(|before| wraps(before.order(&next))) {
                say(state, Notice::done("all around, and on from there"));
            }
        }
        None => say(state, Notice::done("no annotations in this article yet")),
    }
}

/// Focuses `annotation` and brings the cursor along.
pub(super) fn land(state: &mut State, annotation: &Annotation) {
    focus(state, Some(annotation.id.clone()));
    if let (Some(article), Some(span)) = (state.open_article().cloned(), annotation.span()) {
        state.cursor = cursor::cursor_at(&article, &state.page, span.start());
        state.selection = None;
    }
}

/// The next of one's own annotations that lacks something; its first empty role asks.
pub(super) fn next_unfinished(state: &mut State) {
    let Some(article) = state.article.clone() else { return };
    let focus = state.focus.as_ref().and_then(|focus| state.store.annotation(&article, &state.annotator, focus));
    let outline = state.catalogue.outline(&article);
    let next = outline.and_then(|outline| {
        let unfinished = outline.unfinished(&state.annotator);
        let from = focus.map_or(0, |focus| unfinished.rank(|of| of.annotation.order(focus).then(Ordering::Less)));
        unfinished.iter_from(from).chain(unfinished).next()
    });
    match next.map(|of| of.annotation.clone()) {
        Some(next) => complete(state, &next),
        None => say(state, Notice::done("nothing is unfinished here")),
    }
}

/// The same for one that was chosen.
pub(super) fn take_up(state: &mut State, id: AnnotationId) {
    if let Some(annotation) = state.annotation(&id).cloned() {
        complete(state, &annotation);
    }
}

fn complete(state: &mut State, annotation: &Rc<Annotation>) {
    let scheme = state.store.scheme().clone();
    land(state, annotation);
    if let Some(role) = filling::next_role(state, annotation, None)
        .filter(|role| scheme.type_of(&annotation.type_id).and_then(|of| of.role(role)).is_some_and(|role| role.min > 0))
    {
        ask_role(state, &annotation.id, role);
    } else if state.catalogue.outline(&annotation.article).is_some_and(|outline| outline.gaps(annotation).contains(&Gap::Entity)) {
        super::dialogs::open(state, Dialog::Who(annotation.id.clone()));
    }
}

pub(super) fn ask_role(state: &mut State, annotation: &AnnotationId, role: RoleId) {
    let Some(annotation) = state.annotation(annotation).cloned() else { return };
    if !state.is_own(&annotation) {
        return super::refuse(state, crate::edit::Refusal::NotYours);
    }
    if state.focus.as_ref() != Some(&annotation.id) {
        state.focus = Some(annotation.id.clone());
    }
    let filling = filling::ask(state, &annotation, role.clone());
    if let Some(Dialog::Palette) = state.dialog {
        state.dialog = None;
    }
    let name = state
        .store
        .scheme()
        .type_of(&annotation.type_id)
        .and_then(|of| of.role(&role))
        .map_or_else(String::new, |role| role.name.to_lowercase());
    state.status = format!("{name}? {} to choose from", filling.candidates.len()).into();
    state.filling = Some(Rc::new(filling));
}
