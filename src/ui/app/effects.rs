//! What hangs off the state: storage, selection, cursor, listeners; and the small facts that the app shows.

use std::rc::Rc;

use yew::prelude::*;

use super::importing;
use crate::browser::{self, Chosen, JsCast, Loaded, Storage, Wait};
use crate::session::*;
use crate::text::Stretch;
use crate::ui::desk::{Latest, Shelf};
use crate::ui::foot::Asking;
use crate::ui::overlay::snapping;

/// Finds what to open, once.
#[hook]
pub fn use_start(shelf: Rc<Shelf>, ready: UseStateHandle<bool>) {
    use_effect_with((), move |()| {
        let storage = shelf.storage.clone();
        if let Some(theme) = storage.theme() {
            theme.show();
        }
        let reading = storage.reading();
        browser::show_reading(&reading);
        browser::spawn_local(async move {
            let act = shelf.act.clone();
            let start = browser::start(&storage).await;
            act.emit(Action::SetKeys(Rc::new(storage.keys())));
            act.emit(Action::SetReading(reading));
            shelf.saver.begin();
            let Loaded { store, rest, debts, .. } = start.loaded;
            let unexported = storage.unexported(&store.header().id);
            if let Some(steps) = storage.remind_after() {
                act.emit(Action::RemindAfter(steps));
            }
            act.emit(Action::Open { store, article: start.article, saved: start.saved, unexported, rest });
            shelf.saver.turn_to(debts);
            act.emit(Action::SetAnnotator { annotator: start.annotator, name: start.new_name });
            if let Some((incoming, notice)) = start.incoming {
                shelf.saver.need(incoming.known_articles().cloned().collect::<Vec<_>>()).await;
                act.emit(Action::Merge { incoming, notice: Some(notice) });
                if let Some(article) = crate::browser::article_wanted() {
                    act.emit(Action::OpenArticle(article));
                }
            }
            if let Some(review) = start.review {
                act.emit(Action::Review(Rc::new(review)));
            }
            for notice in start.notices {
                act.emit(Action::Say(notice));
            }
            if start.first_visit && !storage.has_toured() {
                act.emit(Action::Dialog(Some(Dialog::Tour(0))));
                storage.set_toured();
            }
            if let Some(link) = start.foreign {
                act.emit(Action::Dialog(Some(Dialog::Foreign { url: link.url.into(), origin: link.origin.into() })));
            }
            ready.set(true);
        });
    });
}

/// Says on the page what is stored, and holds it while work would be lost.
#[hook]
pub fn use_saving(state: &Rc<State>, ready: bool) {
    {
        // Only while work would be lost: a page that listens is slower to come back to.
        let at_risk = state.is_at_risk();
        use_effect_with(at_risk, |at_risk| {
            let held = at_risk.then(browser::hold_page);
            move || drop(held)
        });
    }
    {
        let (revision, saved) = (state.revision, state.saved_revision);
        use_effect_with((revision, saved, ready), move |(revision, saved, ready)| {
            if *ready {
                browser::announce_revision(*revision, *saved);
            }
        });
    }
}

/// Makes the browser show what the state says: selection, cursor, scroll, title, address.
#[hook]
pub fn use_view(state: &Rc<State>, ready: bool, storage: Rc<Storage>) {
    {
        let selection = state.selection.map(Selection::stretch);
        use_effect_with((selection, ready), move |(selection, _)| browser::select_in_article(*selection));
    }
    {
        let (cursor, selecting, page) = (state.cursor, state.selection.is_some(), state.page.clone());
        use_effect_with((cursor, selecting, page, ready), move |(cursor, selecting, _, _)| match cursor {
            Some(cursor) if !selecting => browser::draw_cursor(*cursor),
            _ => browser::clear_cursor(),
        });
    }
    {
        let state = state.clone();
        use_effect_with(state.scroll, move |_| {
            let focused = state.focused().filter(|annotation| !covers(annotation, state.cursor));
            let beginning = focused.and_then(|annotation| annotation.span()).and_then(|span| Stretch::new(span.start(), span.start() + 1));
            let target = state.selection.map(|selection| selection.head).or(beginning).or(state.cursor);
            if let Some(target) = target {
                browser::scroll_to(target);
            }
        });
    }
    let state = state.clone();
    use_effect_with((state.article.clone(), state.store.header().clone(), ready), move |(article, header, ready)| {
        if !*ready {
            return;
        }
        storage.set_last(&header.id, article.as_ref());
        browser::show_article(article.as_ref());
        let label = state.open_article().map(|article| format!("{} · ", article.label())).unwrap_or_default();
        browser::set_title(&format!("{label}{} · Standpoint", header.title));
    });
}

fn covers(annotation: &crate::model::Annotation, cursor: Option<crate::text::Stretch>) -> bool {
    matches!((annotation.span(), cursor), (Some(span), Some(cursor)) if span.hull().overlaps(cursor))
}

/// The part of the text where the person is, for what is drawn first.
pub fn near(state: &State) -> Option<usize> {
    let focus = || state.focused().and_then(|annotation| Some(annotation.span()?.start()));
    let offset = state.selection.map(|selection| selection.head.start()).or(state.cursor.map(Stretch::start)).or_else(focus)?;
    crate::ui::text::group_of(&state.page, offset)
}

/// Keys of the whole page, but for those that belong to a field.
#[hook]
pub fn use_keyboard(latest: Latest, perform: Callback<Intent>) {
    use_effect_with((), move |()| {
        let listener = browser::listen("keydown", move |event| {
            let Some(event) = event.dyn_ref::<browser::KeyboardEvent>() else { return };
            let press = browser::key_press(event);
            if event.default_prevented() || event.is_composing() {
                return;
            }
            let state = latest.get();
            let intent = intent_of(&state, &press);
            // What is typed belongs to a field; the list of commands is there everywhere, if its key types nothing.
            let everywhere = press.key == "Escape" || (intent == Some(Intent::Palette) && (press.control || press.meta || press.alt));
            if browser::is_typing(event, &press.key) && !everywhere {
                return;
            }
            if let Some(intent) = intent {
                event.prevent_default();
                // Escape leaves a field; a dialog it closes, field or not.
                if press.key == "Escape" && state.dialog.is_none() && browser::is_typing(event, "") {
                    browser::focus_article();
                    return;
                }
                perform.emit(intent);
            }
        });
        move || drop(listener)
    });
}

/// Gives the keyboard back to the text after a click on a button or a choice from a list: what was chosen by mouse must not
/// take the next key. Those who got there by keys stay there.
#[hook]
pub fn use_focus_return() {
    use_effect_with((), |()| {
        let give_back = |event: &browser::Event| {
            if browser::was_reached_by_pointer(event) {
                browser::focus_article();
            }
        };
        let (click, change) = (browser::listen_document("click", give_back), browser::listen_document("change", give_back));
        move || drop((click, change))
    });
}

/// Selections made with mouse, touch or the browser's own keys.
///
/// A drag is read when the button is let go, with Alt as it is; a touch selection, which has no such end, when it has rested.
#[hook]
pub fn use_pointer_selection(act: Callback<Action>) {
    use_effect_with((), move |()| {
        let pressed = Rc::new(std::cell::Cell::new(false));
        let waiting: Rc<std::cell::RefCell<Option<Wait>>> = Rc::default();
        let read = {
            let act = act.clone();
            move |snapping: Snapping| match (browser::article_selection(), snapping) {
                (Some(stretch), Snapping::Usual) => act.emit(Action::Select(Some(stretch))),
                (Some(stretch), Snapping::Off) => act.emit(Action::SelectExactly(stretch)),
                (None, _) => {}
            }
        };
        let down = {
            let (pressed, act) = (pressed.clone(), act.clone());
            browser::listen_document("pointerdown", move |event| {
                pressed.set(true);
                // With Shift the browser extends what is selected.
                let extends = event.dyn_ref::<browser::MouseEvent>().is_some_and(|event| event.shift_key());
                if is_in_text(event) && !extends {
                    browser::mark_held(false);
                    act.emit(Action::Select(None));
                }
            })
        };
        let up = {
            let (pressed, read) = (pressed.clone(), read.clone());
            browser::listen_document("pointerup", move |event| {
                pressed.set(false);
                read(event.dyn_ref::<browser::MouseEvent>().map_or(Snapping::Usual, snapping));
            })
        };
        let cancel = {
            let pressed = pressed.clone();
            browser::listen_document("pointercancel", move |_| pressed.set(false))
        };
        let change = browser::listen_document("selectionchange", move |_| {
            let (pressed, read) = (pressed.clone(), read.clone());
            *waiting.borrow_mut() = Some(browser::after(250, move || {
                if !pressed.get() {
                    read(Snapping::Usual)
                }
            }));
        });
        move || drop((down, up, cancel, change))
    });
}

fn is_in_text(event: &browser::Event) -> bool {
    browser::target_of(event).is_some_and(|element| element.closest("article[data-article]").ok().flatten().is_some())
}

/// A finger that rests on a word selects it, in milliseconds: later than where the browser does that by itself.
const HOLD: u32 = 650;
/// A finger that goes farther, in CSS pixels, wants to scroll.
const STEADY: f64 = 10.0;

/// A word that a finger is held on is selected where the browser has not done so, and gets handles of the page's own.
#[hook]
pub fn use_hold(act: Callback<Action>) {
    use_effect_with((), move |()| {
        let holding: Rc<std::cell::RefCell<Option<((f64, f64), Wait)>>> = Rc::default();
        let down = {
            let holding = holding.clone();
            browser::listen_document("pointerdown", move |event| {
                let finger =
                    event.dyn_ref::<browser::PointerEvent>().filter(|pointer| pointer.pointer_type() == "touch" && pointer.is_primary());
                let Some(pointer) = finger.filter(|_| is_in_text(event)).cloned() else { return };
                let at = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
                let act = act.clone();
                let wait = browser::after(HOLD, move || {
                    let word = browser::offset_clicked(&pointer).and_then(|offset| Stretch::new(offset, offset + 1));
                    if browser::article_selection().is_none() && word.is_some() {
                        browser::mark_held(true);
                        act.emit(Action::Select(word));
                    }
                });
                *holding.borrow_mut() = Some((at, wait));
            })
        };
        let moved = {
            let holding = holding.clone();
            browser::listen_document("pointermove", move |event| {
                let Some(pointer) = event.dyn_ref::<browser::PointerEvent>() else { return };
                let (x, y) = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
                let went = holding.borrow().as_ref().is_some_and(|(from, _)| (from.0 - x).hypot(from.1 - y) > STEADY);
                if went {
                    holding.take();
                }
            })
        };
        let over = |event: &'static str| {
            let holding = holding.clone();
            browser::listen_document(event, move |_| drop(holding.take()))
        };
        let (up, cancel) = (over("pointerup"), over("pointercancel"));
        move || drop((down, moved, up, cancel))
    });
}

/// What paper has beside the text, whoever asks for it.
#[hook]
pub fn use_paper(latest: Latest) {
    use_effect_with((), move |()| {
        let listeners = browser::when_printing(move || sheet(&latest.get()));
        move || drop(listeners)
    });
}

/// Files dropped on the page or pasted into it, and pasted text.
#[hook]
pub fn use_drop_and_paste(on_files: Callback<Vec<Chosen>>, act: Callback<Action>) {
    use_effect_with((), move |()| {
        let over = browser::listen_document("dragover", |event| event.prevent_default());
        let drop_on = {
            let on_files = on_files.clone();
            browser::listen_document("drop", move |event| {
                event.prevent_default();
                let files = browser::dropped_files(event);
                if !files.is_empty() {
                    on_files.emit(files);
                }
            })
        };
        let paste = browser::listen_document("paste", move |event| {
            if browser::is_typing(event, "") {
                return;
            }
            match browser::pasted_files(event) {
                (files, _) if !files.is_empty() => on_files.emit(files),
                (_, Some(text)) => importing::import_text(&text, &act),
                _ => {}
            }
        });
        move || drop((over, drop_on, paste))
    });
}

/// Publisher, date, licence, number of words.
pub fn byline(state: &State) -> String {
    let Some(article) = state.open_article() else { return String::new() };
    let metadata = &article.metadata;
    let mut facts: Vec<String> = [&metadata.publisher, &metadata.author, &metadata.published, &metadata.license]
        .into_iter()
        .flatten()
        .map(|fact| fact.replace('T', " "))
        .collect();
    facts.push(format!("{} words", state.page.words));
    if let Some(credit) = &metadata.credit {
        facts.push(credit.to_string());
    }
    facts.join(" · ")
}

/// The role that asks, and the nearest candidate.
pub fn asking(state: &State) -> Option<Asking> {
    let filling = state.filling.as_ref()?;
    let annotation = state.annotation(&filling.annotation)?;
    let role = state.store.scheme().type_of(&annotation.type_id)?.role(&filling.role)?;
    let nearest = filling.candidates.first();
    let nearest = nearest.map(|candidate| (candidate.hint.to_string().into(), candidate.label.to_string().into()));
    Some(Asking { role: role.name.to_string().into(), nearest })
}

/// Whose desk, where in the text.
pub fn place(state: &State) -> String {
    format!("annotator {}", state.annotator_name(&state.annotator))
}
