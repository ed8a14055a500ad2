use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{self, Deleted, Saver, Storage};
use crate::model::{AnnotatorId, ArticleId, Color, Replica};
use crate::session::{Action, Intent, IntentView, Moment, State, update};

/// The state as it is now, for listeners that outlive a render: two keys may come between two renders.
///
/// It is never lent, only handed out, since whoever holds it may act, which replaces it.
#[derive(Clone)]
pub struct Latest(Rc<RefCell<Rc<State>>>);

impl Latest {
    pub fn new(state: Rc<State>) -> Self {
        Self(Rc::new(RefCell::new(state)))
    }

    pub fn get(&self) -> Rc<State> {
        self.0.borrow().clone()
    }
}

/// The reducer's state: a thin coat over the session's.
pub struct Desk {
    pub state: Rc<State>,
    pub latest: Latest,
}

impl Desk {
    /// An empty desk, until the page has found what to open.
    pub fn empty() -> Self {
        use crate::edit::AnnotationStore;
        use crate::model::{ProjectHeader, ProjectId, default_scheme};
        let id = ProjectId::new("opening").expect("invariant: letters are an id");
        let header = ProjectHeader { title: "".into(), ..ProjectHeader::untitled(id) };
        let store = AnnotationStore::empty(header, default_scheme());
        let annotator = AnnotatorId::new("opening").expect("invariant: letters are an id");
        let replica: Replica = browser::new_replica();
        let state = Rc::new(State::new(store, replica, annotator));
        Self { latest: Latest::new(state.clone()), state }
    }
}

impl Reducible for Desk {
    type Action = (Action, Moment);

    fn reduce(self: Rc<Self>, (action, moment): Self::Action) -> Rc<Self> {
        let next = update(&self.state, action, &moment);
        if Rc::ptr_eq(&next, &self.state) {
            return self;
        }
        *self.latest.0.borrow_mut() = next.clone();
        Rc::new(Self { state: next, latest: self.latest.clone() })
    }
}

/// What it takes to open a project and to keep it.
#[derive(Clone)]
pub struct Shelf {
    pub storage: Rc<Storage>,
    pub saver: Rc<Saver>,
    pub latest: Latest,
    pub act: Callback<Action>,
    /// What was deleted last, until the page closes.
    pub deleted: Rc<RefCell<Vec<Deleted>>>,
    /// How often the person has decided on what copies contradict.
    pub decisions: Rc<Cell<u32>>,
}

impl Shelf {
    /// Every action goes through the state and at once, in the same task, to the stores.
    pub fn new(latest: Latest, dispatcher: UseReducerDispatcher<Desk>) -> Self {
        let storage = Storage::open();
        let dispatch = move |action: Action| dispatcher.dispatch((action, browser::moment()));
        let saver = {
            let (latest, dispatch) = (latest.clone(), dispatch.clone());
            Saver::new(storage.clone(), move || latest.get(), dispatch)
        };
        let act = {
            let saver = saver.clone();
            Callback::from(move |action: Action| {
                dispatch(action);
                saver.look();
            })
        };
        Self { storage, saver, latest, act, deleted: Rc::default(), decisions: Rc::default() }
    }
}

/// What every component may do; never changes, so no component renders again for it.
#[derive(Clone, PartialEq)]
pub struct Hands {
    pub act: Callback<Action>,
    pub perform: Callback<Intent>,
}

/// The shelf as components find it.
#[derive(Clone)]
pub struct Shelved(pub Rc<Shelf>);

impl PartialEq for Shelved {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[hook]
pub fn use_shelf() -> Rc<Shelf> {
    use_context::<Shelved>().expect("invariant: only the app opens dialogs").0
}

#[hook]
pub fn use_hands() -> Hands {
    use_context::<Hands>().expect("invariant: every component lies inside the app's context")
}

/// The dot that shows a type's colour.
pub fn dot(color: Option<Color>) -> Html {
    let color = color.unwrap_or(Color::Gray);
    html! { <i class={classes!("dot", format!("c-{}", color.as_str()))} aria-hidden="true"></i> }
}

#[derive(Properties, PartialEq)]
pub struct IntentButtonProps {
    pub view: IntentView,
    #[prop_or_default]
    pub class: Classes,
    /// What it is called where it shows other words than the label.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    /// Instead of the label, which then is the tooltip.
    #[prop_or_default]
    pub children: Children,
}

/// A button that performs an intent; disabled with the reason as its tooltip where it can't be done.
#[component]
pub fn IntentButton(props: &IntentButtonProps) -> Html {
    let hands = use_hands();
    let view = &props.view;
    let onclick = {
        let intent = view.intent.clone();
        hands.perform.reform(move |_: MouseEvent| intent.clone())
    };
    let mut title = view.label.to_string();
    if let Some(key) = &view.key {
        title.push_str(&format!(" ({key})"));
    }
    if let Some(refusal) = &view.refusal {
        title.push_str(&format!(": {refusal}"));
    }
    html! {
        <button type="button" class={props.class.clone()} data-command={view.name.to_string()} {title}
            aria-label={props.name.clone().unwrap_or_else(|| view.label.to_string().into())} disabled={view.refusal.is_some()} {onclick}>
            if props.children.is_empty() { {&*view.label} } else { {props.children.clone()} }
        </button>
    }
}

/// Does these things one after another, once the articles are in memory.
pub fn with_articles(shelf: &Rc<Shelf>, articles: Vec<ArticleId>, actions: Vec<Action>) {
    let shelf = shelf.clone();
    let unloaded = shelf.latest.get().catalogue.clone();
    if !articles.iter().any(|article| unloaded.is_unloaded(article)) {
        return actions.into_iter().for_each(|action| shelf.act.emit(action));
    }
    browser::spawn_local(async move {
        shelf.saver.need(articles).await;
        for action in actions {
            shelf.act.emit(action);
        }
    });
}
