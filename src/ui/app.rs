use std::rc::Rc;

use yew::prelude::*;

use super::articles::{Articles, Side};
use super::backups;
use super::bar::Bar;
use super::carrying::Carrying;
use super::desk::{Desk, Hands, Shelf, Shelved};
use super::dialogs::{Dialogs, Keeping};
use super::foot::Foot;
use super::frame::Frame;
use super::importing;
use super::lists::SideLists;
use super::notices::Notices;
use super::overlay::Now;
use super::shared::use_shared_links;
use super::shelving;
use super::tagger::Tagger;
use super::text::TextPane;
use super::texts;
use crate::browser::{self, Chosen};
use crate::model::{ProjectId, Status};
use crate::session::*;

mod effects;
mod pointing;
use effects::{
    Drawn, use_focus_return, use_frame_in_sight, use_keyboard, use_lists_that_open, use_offline, use_opening, use_paper, use_saving,
    use_start, use_view,
};
use pointing::{use_hold, use_pointer_selection};

const SEARCH_FIELD: &str = ".left input[type=search]";

/// The left column, which is a drawer on narrow screens.
#[derive(Clone, Copy, Default, PartialEq)]
struct Column {
    open: bool,
    /// How often its search field was asked for.
    searches: u32,
}

enum ColumnAction {
    Toggle,
    Close,
    Search,
}

impl Reducible for Column {
    type Action = ColumnAction;

    fn reduce(self: Rc<Self>, action: ColumnAction) -> Rc<Self> {
        Rc::new(match action {
            ColumnAction::Toggle => Self { open: !self.open, ..*self },
            ColumnAction::Close => Self { open: false, ..*self },
            ColumnAction::Search => Self { open: true, searches: self.searches + 1 },
        })
    }
}

/// The whole page.
#[component]
pub fn App() -> Html {
    let desk = use_reducer(Desk::empty);
    let drawn = use_state(|| Drawn::Nothing);
    let ready = *drawn == Drawn::All;
    let filter = use_state(String::new);
    let pages = use_state(MorePages::default);
    let column = use_reducer(Column::default);
    let state = desk.state.clone();
    let latest = desk.latest.clone();

    let shelf = {
        let dispatcher = desk.dispatcher();
        use_memo((), |()| Shelf::new(latest.clone(), dispatcher))
    };
    let act = shelf.act.clone();
    let perform = {
        let (shelf, column) = (shelf.clone(), column.dispatcher());
        use_callback((), move |intent: Intent, ()| {
            let state = shelf.latest.get();
            if let (Intent::TakeBack, Some(point)) = (&intent, state.last_merge.clone()) {
                let shelf = shelf.clone();
                browser::spawn_local(async move { backups::forget(&point, &shelf).await });
            }
            match intent.action(&state) {
                Some(action) => shelf.act.emit(action),
                None => browser_part(&intent, &shelf, &column),
            }
        })
    };
    let hands = use_memo((), |()| Hands { act: act.clone(), perform: perform.clone() });

    use_start(shelf.clone(), drawn.clone());
    use_shared_links(shelf.clone(), ready);
    use_saving(&state, ready);
    use_offline(act.clone(), ready);
    use_opening(ready);
    use_view(&state, ready, shelf.storage.clone());
    use_keyboard(latest.clone(), perform.clone());
    use_pointer_selection(act.clone());
    use_hold(act.clone());
    use_focus_return();
    use_frame_in_sight(&state);
    use_lists_that_open();
    use_paper(latest.clone());
    // After the render that closes the palette, which keeps the focus as long as it is open, and opens the drawer.
    use_effect_with(column.searches, |searches| {
        if *searches > 0 {
            browser::focus(SEARCH_FIELD);
        }
    });

    let on_files = {
        let shelf = shelf.clone();
        use_callback((), move |files: Vec<Chosen>, ()| browser::spawn_local(importing::import(files, (*shelf).clone())))
    };
    let on_text = {
        let shelf = shelf.clone();
        use_callback((), move |text: String, ()| browser::spawn_local(importing::import_text(text, (*shelf).clone())))
    };
    effects::use_drop_and_paste(on_files.clone(), on_text);
    let on_filter = {
        let (filter, pages) = (filter.clone(), pages.clone());
        use_callback((), move |text: String, ()| {
            filter.set(text);
            pages.set(MorePages::default());
        })
    };
    let on_more = {
        let pages = pages.clone();
        use_callback(*pages.clone(), move |side: Side, now| {
            pages.set(side.further(*now));
        })
    };
    let frame = frame_view(&state).map(Rc::new);
    let changed = frame.as_ref().and_then(|frame| frame.modified.clone());
    // Browsers take longer to write a time than the page takes to render.
    let modified =
        use_memo(changed, |changed| changed.as_ref().map_or_else(String::new, |time| format!("Changed {}", browser::local_time(time))));
    let on_leave = {
        let column = column.dispatcher();
        use_callback((), move |(), ()| column.dispatch(ColumnAction::Close))
    };
    let on_project = {
        let shelf = shelf.clone();
        use_callback((), move |id: ProjectId, ()| {
            shelf.act.emit(Action::Dialog(None));
            browser::spawn_local(importing::open_stored(id, (*shelf).clone()));
        })
    };
    let on_review = {
        let shelf = shelf.clone();
        use_callback((), move |review: Rc<Review>, ()| {
            shelf.act.emit(Action::Dialog(None));
            browser::spawn_local(importing::take_in(review, (*shelf).clone()));
        })
    };
    let on_foreign = {
        let shelf = shelf.clone();
        use_callback((), move |url: Rc<str>, ()| {
            shelf.act.emit(Action::Dialog(None));
            browser::spawn_local(importing::import_link(url, (*shelf).clone()));
        })
    };

    if *drawn == Drawn::Nothing {
        return html! {
            <div class="opening late">
                <p>{ "Reading what is stored on this device. Should the browser’s database not answer, the page goes on without it in a few seconds." }</p>
            </div>
        };
    }
    let view = |intent: Intent| intent_view(&state, intent);
    let scheme = state.store.scheme();
    let types: Vec<_> = scheme.types.iter().map(|of| (view(Intent::Tag(of.id.clone())), of.color)).collect();
    let list = article_list(&state, &filter, *pages);
    let name = state.store.annotator(&state.annotator).map_or_else(String::new, |annotator| annotator.name.to_string());
    let is_done = state.article.as_ref().is_some_and(|article| state.store.status(article, &state.annotator) == Status::Done);
    let toggle_done = view(if is_done { Intent::Reopen } else { Intent::MarkDone });
    let (open_title, open_articles) = (state.store.header().title.to_string(), state.catalogue.listed().len());
    let keeping =
        Keeping { revision: state.revision, saved: state.saved_revision, unexported: state.unexported, remind_after: state.remind_after };
    let guidelines = AttrValue::from(state.store.header().guidelines.clone());
    let listed = match state.dialog {
        Some(Dialog::Keys) => bindable(scheme),
        Some(Dialog::Palette) => {
            let others = layer_items(&state).into_iter().filter(|layer| !layer.own).map(|layer| layer.annotator);
            let layers = others.flat_map(|annotator| [Intent::ToggleLayer(annotator.clone()), Intent::RemoveLayer(annotator)]);
            intents(scheme).into_iter().chain(layers).collect()
        }
        _ => Vec::new(),
    };
    let key = |intent: Intent| view(intent).key.map(|key| AttrValue::from(key.to_string()));
    html! {
        <ContextProvider<Shelved> context={Shelved(shelf.clone())}>
        <ContextProvider<Hands> context={(*hands).clone()}>
            <div class={classes!("desk", state.focus.is_some().then_some("has-focus"))}>
                <a class="skip" href="#text">{ "To the text" }</a>
                <Bar project={state.store.header().title.to_string()} save={state.save.clone()} reads_only={state.editing == Editing::InAnotherTab} articles={view(Intent::ToggleArticles)} undo={view(Intent::Undo)} redo={view(Intent::Redo)}
                    search={view(Intent::Find)} palette={view(Intent::Palette)} theme={view(Intent::ToggleTheme)} focus_mode={view(Intent::FocusMode)} keys={view(Intent::Keys)} projects={view(Intent::Projects)} share={view(Intent::Share)} export={view(Intent::ExportProject)} export_as={view(Intent::ExportAs)} />
                if *drawn >= Drawn::Articles {
                    <Articles {list} total={state.listed().len()} done={state.done()} assigned={effects::assigned(&state)} assign={effects::may_assign(&state).then(|| view(Intent::Assign))} layers={layer_items(&state)} entities={state.lists.entities()} untied={state.lists.untied()} untied_key={key(Intent::NextUntied)} filter={(*filter).clone()} {on_filter} {on_more}
                        on_files={on_files.clone()} import={view(Intent::Import)} add_text={view(Intent::AddText)} annotator={view(Intent::Annotator)} open={column.open} on_leave={on_leave.clone()} />
                }
                if column.open { <div class="veil" onclick={on_leave.reform(|_: MouseEvent| ())}></div> }
                if *drawn == Drawn::All {
                    <TextPane page={state.page.clone()} byline={effects::byline(&state)} filling={state.filling.clone()} near={effects::near(&state)} overlay={overlay(&state)} now={Now(latest.clone())} awaited={awaited(&state)} drawn={state.revision} />
                    <Tagger selection={state.selection.map(Selection::stretch)} {types} add={view(Intent::AddSelection)} cut={view(Intent::CutSelection)} drawn={state.scroll + state.revision} />
                }
                if *drawn >= Drawn::Frames {
                    <aside class="right" aria-label="Frames">
                        <Frame {frame} guidelines={guidelines.clone()} filling={state.filling.clone()} modified={(*modified).clone()} previous={view(Intent::PreviousAnnotation)} next={view(Intent::NextAnnotation)} delete={view(Intent::Delete)} />
                        <SideLists key={state.article.as_ref().map(ToString::to_string).unwrap_or_default()} lists={state.lists.clone()} focus={state.focus.clone()} done={is_done} />
                        <section class="status-section">
                            <super::desk::IntentButton view={toggle_done} class="wide-button" />
                            <super::desk::IntentButton view={view(Intent::HandIn)} class="wide-button" name="Hand in your work">{ "Hand in your work" }</super::desk::IntentButton>
                        </section>
                    </aside>
                    <Foot types={scheme.types.iter().map(|of| (AttrValue::from(of.name.to_string()), key(Intent::Tag(of.id.clone())))).collect::<Vec<_>>()} asking={effects::asking(&state)} choosing={effects::choosing(&state)} seeking={state.seeking.clone()} next={key(Intent::NextUnfinished)} keys={key(Intent::Keys)}
                        status={state.status.to_string()} place={effects::place(&state)} exact={state.exact} />
                }
                if *drawn == Drawn::All {
                    <Carrying />
                    <Notices notices={state.notices.clone()} />
                    <Dialogs dialog={state.dialog.clone()} intents={listed.into_iter().map(view).collect::<Vec<_>>()} keys={state.keys.clone()}
                        guidelines={guidelines} {name} open_project={state.store.header().id.clone()} {open_title} {open_articles} {keeping} {on_project} {on_review} {on_foreign} />
                }
            </div>
        </ContextProvider<Hands>>
        </ContextProvider<Shelved>>
    }
}

/// What the article is called whose text is on its way.
fn awaited(state: &State) -> Option<AttrValue> {
    let card = state.catalogue.card(state.wanted.as_ref()?)?;
    Some(card.label.to_string().into())
}

/// What an intent does that the desk itself can't: files, focus, theme, drawers.
fn browser_part(intent: &Intent, shelf: &Shelf, column: &UseReducerDispatcher<Column>) {
    match intent {
        Intent::ExportProject => {
            let shelf = shelf.clone();
            browser::spawn_local(async move { texts::export(&shelf).await });
        }
        Intent::ExportRest => {
            let shelf = shelf.clone();
            browser::spawn_local(async move { texts::export_rest(&shelf).await });
        }
        Intent::FetchTexts => {
            let shelf = shelf.clone();
            browser::spawn_local(async move { texts::get_all(&shelf).await });
        }
        Intent::RemoveLayer(annotator) => {
            let (shelf, annotator) = (shelf.clone(), annotator.clone());
            browser::spawn_local(async move { importing::remove_layer(&shelf, annotator).await });
        }
        Intent::Import => browser::click("input[data-command=import]"),
        Intent::Filter => {
            // At once where it can be seen; what keeps it from that will be gone with the next render.
            browser::focus(SEARCH_FIELD);
            column.dispatch(ColumnAction::Search);
        }
        Intent::BackUp => {
            let shelf = shelf.clone();
            browser::spawn_local(async move { backups::say(&shelf, backups::back_up(&shelf).await) });
        }
        Intent::Undelete => {
            let shelf = shelf.clone();
            browser::spawn_local(async move {
                let last = shelf.deleted.borrow().len().saturating_sub(1);
                backups::say(&shelf, shelving::undelete(last, &shelf).await.map(|done| done.said));
            });
        }
        Intent::TakeOver => shelf.saver.take_over(),
        Intent::Keep => shelf.saver.keep(),
        Intent::Renew => {
            let state = shelf.latest.get();
            match state.is_at_risk() || state.saved_revision != Some(state.revision) {
                true => shelf.act.emit(Action::Say(Notice::refused("Not yet: some of your work is not saved.").offering(Offer::Renew))),
                false => browser::renew(),
            }
        }
        Intent::ToggleArticles => column.dispatch(ColumnAction::Toggle),
        Intent::Print => browser::print(),
        Intent::FocusMode => browser::switch_focus_mode(),
        Intent::ToggleTheme => shelf.storage.set_theme(browser::switch_theme()),
        _ => {}
    }
}
