//! What hangs off the state: storage, selection, cursor, listeners; and the small facts that the app shows.

use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{self, Chosen, JsCast, Loaded, Storage};
use crate::session::*;
use crate::text::Stretch;
use crate::ui::articles::AssignedView;
use crate::ui::desk::{Latest, Shelf};
use crate::ui::foot::Asking;
use crate::ui::hosting;
use crate::ui::importing;
use crate::ui::shared;

/// How much of the desk is drawn. Its parts come one after the other, each in a task of its own: drawn in one, they would hold a
/// slow phone for a third of a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drawn {
    Nothing,
    Bar,
    Articles,
    /// With the foot: each of them takes room from the text, which is placed once.
    Frames,
    All,
}

/// Finds what to open, once.
#[hook]
pub fn use_start(shelf: Rc<Shelf>, drawn: UseStateHandle<Drawn>) {
    use_effect_with((), move |()| {
        // Before anything else, so that whatever fails, a reload does not fail at it again.
        let share = browser::take_share();
        let storage = shelf.storage.clone();
        if let Some(theme) = storage.theme() {
            theme.show();
        }
        browser::show_reading(&storage.reading());
        browser::spawn_local(async move {
            let act = shelf.act.clone();
            browser::turn().await;
            let start = browser::start(&storage, share).await;
            browser::turn().await;
            act.emit(Action::SetKeys(Rc::new(storage.keys())));
            // The database may know what local storage lost.
            browser::show_reading(&storage.reading());
            act.emit(Action::SetReading(storage.reading()));
            shelf.saver.begin();
            let Loaded { store, rest, debts, remotes, .. } = start.loaded;
            let project = store.header().id.clone();
            let unexported = storage.unexported(&store.header().id);
            if let Some(steps) = storage.remind_after() {
                act.emit(Action::RemindAfter(steps));
            }
            shelf.saver.expect(remotes);
            act.emit(Action::Open { store, article: start.article, saved: start.saved, unexported, rest });
            shelf.saver.turn_to(debts);
            browser::turn().await;
            importing::sit_down(&project, (start.annotator, start.new_name), browser::article_wanted().as_ref(), &shelf);
            if let Some(coming) = start.incoming {
                hosting::merge(coming, browser::article_wanted(), &shelf).await;
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
            if let Some(review) = start.shared {
                shared::ask(review, start.stopgap.map_or(Arrival::AtStart, Arrival::OnSample), &shelf).await;
            }
            for part in [Drawn::Bar, Drawn::Articles, Drawn::Frames, Drawn::All] {
                browser::turn().await;
                drawn.set(part);
            }
            if let Some(edition) = start.edition {
                hosting::remember_when_stored(edition, &shelf).await;
            } else if !start.linked {
                hosting::look_for_news(&shelf).await;
            }
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

/// Has the page kept for days without a network, once it has nothing else to load, and tells of a newer one.
#[hook]
pub fn use_offline(act: Callback<Action>, ready: bool) {
    use_effect_with(ready, move |ready| {
        if *ready {
            browser::when_idle(|| {
                browser::keep_for_offline(move || {
                    let text = "A newer version of this page is ready. Your work stays as it is; only the steps to undo begin anew.";
                    act.emit(Action::Say(Notice::done(text).offering(Offer::Renew)));
                });
            });
        }
    });
}

/// Clears away what index.html says until the desk is drawn.
#[hook]
pub fn use_opening(ready: bool) {
    use_effect_with(ready, |ready| {
        if *ready {
            browser::end_opening();
        }
    });
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
    // What moved last is what is looked at: with an annotation in hand the cursor goes on.
    let taken_up = use_mut_ref(|| 0);
    {
        let (taken_up, scroll) = (taken_up.clone(), state.scroll);
        use_effect_with(state.focus.clone(), move |_| *taken_up.borrow_mut() = scroll);
    }
    {
        let state = state.clone();
        use_effect_with(state.scroll, move |scroll| {
            let is_new = *taken_up.borrow() == *scroll || state.cursor.is_none();
            let focused = state.focused().filter(|annotation| is_new && !covers(annotation, state.cursor));
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
pub fn use_drop_and_paste(on_files: Callback<Vec<Chosen>>, on_text: Callback<String>) {
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
                (_, Some(text)) => on_text.emit(text),
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
    let nearest = nearest.map(|candidate| (candidate.hint.to_string().into(), shortened(&candidate.label, 40).to_string().into()));
    Some(Asking { role: role.name.to_string().into(), nearest, is_filled: !annotation.fillers(&filling.role).is_empty() })
}

/// The first attribute of the annotation in hand, where it has to be chosen and is not: its name, and its options with their keys.
pub fn choosing(state: &State) -> Option<(AttrValue, Vec<(char, AttrValue)>)> {
    let annotation = state.focused().filter(|annotation| state.is_own(annotation) && state.filling.is_none())?;
    let of = state.store.scheme().type_of(&annotation.type_id)?;
    let attribute = of.attributes.iter().find(|attribute| !attribute.options().is_empty())?;
    if !attribute.required || annotation.attributes.contains_key(&attribute.id) {
        return None;
    }
    let key = |(at, option): (usize, &crate::model::AttributeOption)| {
        let key = option.key.or_else(|| char::from_digit(at as u32 + 1, 10))?;
        Some((key, option.name.to_lowercase().into()))
    };
    Some((attribute.name.to_string().into(), attribute.options().iter().enumerate().filter_map(key).collect()))
}

/// The frame in hand is seen again when another one is taken in hand, or a role of it asks; who is at work further down in the
/// column stays there.
#[hook]
pub fn use_frame_in_sight(state: &Rc<State>) {
    let asking = state.filling.as_ref().map(|filling| filling.role.clone());
    use_effect_with((state.focus.clone(), asking), |(focus, _)| {
        if focus.is_some() {
            browser::scroll_to_top_unless_used(".right");
        }
    });
}

/// Lists open before a key chooses from them: what a closed one shows would change with each arrow, and that at once.
#[hook]
pub fn use_lists_that_open() {
    use_effect_with((), |()| {
        let listener = browser::listen_document("keydown", |event| {
            if browser::opens_list(event) {
                event.prevent_default();
            }
        });
        move || drop(listener)
    });
}

/// Whose desk, where in the text.
pub fn place(state: &State) -> String {
    format!("annotator {}", state.annotator_name(&state.annotator))
}

/// What the list of articles says where some are assigned to the person at the desk.
pub fn assigned(state: &State) -> Option<AssignedView> {
    let own = Some(state.assigned.len()).filter(|own| *own > 0)?;
    let listing = if state.lists_assigned() { Listing::Assigned } else { Listing::All };
    Some(AssignedView { own, all: (!state.is_kept_apart()).then(|| state.catalogue.listed().len()), listing })
}

/// Whether the list of articles offers to assign them: not to those who have their own to read, and not where there are none to part.
pub fn may_assign(state: &State) -> bool {
    let is_annotator = !state.assigned.is_empty() && state.seat == Seat::Annotator;
    !is_annotator && state.catalogue.listed().len() > 1
}
