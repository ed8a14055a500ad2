//! What other tabs say, and what is said to them.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::Saver;
use crate::analysis::Card;
use crate::browser::StorageEvent;
use crate::browser::storage::{Backing, Cards, Extent};
use crate::browser::tabs::Message;
use crate::format::stored::{Place, read_card, read_place, write_card};
use crate::model::*;
use crate::session::{Action, Editing, Notice, Offer, State, Storing, Unsaved};

type CardsTold = Vec<(ArticleId, Option<Rc<Card>>)>;
type Rows = Vec<(String, Option<String>)>;

/// Rows that are told to the other tabs; of more they are told to look for themselves.
const MOST_TOLD: usize = 2_000;

impl Saver {
    /// What other tabs wrote while this one slept.
    pub(super) fn catch_up(self: &Rc<Self>) {
        let saver = self.clone();
        spawn_local(async move {
            let state = (saver.state)();
            let project = state.store.header().id.clone();
            // Of a large project what is on the desk, and the cards of all else.
            let Some(loaded) = saver.storage.load(&project, Extent::Desk(state.article.as_ref())).await else { return };
            let mut records: Vec<(RecordKey, Rc<Record>)> = Vec::new();
            records.extend(loaded.store.shared_records());
            let others = state.store.known_articles().filter(|article| loaded.rest.cards.contains_key(*article)).cloned().collect();
            if let Some(others) = saver.storage.load(&project, Extent::Articles(&others)).await {
                records.extend(others.store.shared_records());
            }
            if (saver.state)().store.header().id == project {
                (saver.act)(Action::Arrived { records, cards: loaded.rest.cards.into_iter().collect() });
            }
        });
    }

    /// Tells the other tabs what was stored.
    pub(super) fn tell(&self, state: &State, rows: Rows, unsaved: &BTreeMap<RecordKey, Unsaved>, cards: &Cards) {
        let project = &state.store.header().id;
        if rows.len() > MOST_TOLD {
            return self.say(&Message::MuchChanged { project: project.to_string() });
        }
        let replaced = unsaved.iter().filter(|(_, unsaved)| unsaved.how == Storing::Replace);
        let replaced: Vec<String> = replaced.map(|(key, _)| Place::Record(key.clone()).key(project)).collect();
        let cards: Vec<_> = cards.iter().map(|(article, card)| (article.to_string(), write_card(article, card.as_deref()))).collect();
        let (back, forth): (Rows, Rows) = rows.into_iter().partition(|(key, _)| replaced.contains(key));
        for (rows, replace) in [(back, true), (forth, false)] {
            if !rows.is_empty() {
                self.say(&Message::Changed { project: project.to_string(), rows, cards: cards.clone(), replace });
            }
        }
    }

    /// Tells the other tabs.
    pub fn say(&self, message: &Message) {
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.say(message);
        }
    }

    pub(super) fn hear(self: &Rc<Self>, message: Message) {
        let state = (self.state)();
        let open = state.store.header().id.as_str();
        match message {
            Message::Changed { project, rows, cards, replace } if project == open => self.hear_changes(&state, &rows, &cards, replace),
            Message::MuchChanged { project } if project == open => self.catch_up(),
            Message::Deleted { project } if project == open => {
                let text = "This project was deleted in another tab. It is still here: keep it, or open another.";
                (self.act)(Action::Say(Notice::failed(text).offering(Offer::Keep)));
            }
            Message::WhoEdits { project } if project == open && state.editing == Editing::Here => self.say(&Message::IEdit { project }),
            Message::IEdit { project } if project == open && self.storage.backing() == Backing::LocalAlone => {
                (self.act)(Action::Edit(Editing::InAnotherTab));
            }
            Message::ITakeOver { project } if project == open => (self.act)(Action::Edit(Editing::InAnotherTab)),
            _ => {}
        }
    }

    fn hear_changes(self: &Rc<Self>, state: &State, rows: &Rows, cards: &[(String, String)], replace: bool) {
        let mut records = Vec::new();
        let mut gone = Vec::new();
        for (key, value) in rows {
            match value {
                Some(value) => records.extend(read(state, key, value).unwrap_or_default()),
                None => gone.extend(record_at(state, key)),
            }
        }
        let cards: CardsTold = cards.iter().filter_map(|(article, card)| read_told(article, card)).collect();
        (self.act)(if replace {
            let back = records.into_iter().map(|(key, record)| (key, Some(record)));
            Action::Replaced { records: back.chain(gone.into_iter().map(|key| (key, None))).collect(), cards: cards.clone() }
        } else {
            Action::Arrived { records, cards: cards.clone() }
        });
        // Where two tabs changed an article at once, the card stored last may count the work of one; this tab knows both.
        let now = (self.state)();
        let known = cards.into_iter().filter(|(article, _)| !now.catalogue.is_unloaded(article));
        let differ = known.filter(|(article, card)| now.catalogue.card(article) != card.as_ref());
        self.debts.borrow_mut().cardless.extend(differ.map(|(article, _)| article));
        self.look();
    }

    /// What an older version of the page, or a tab without the channel, wrote into local storage.
    pub(super) fn hear_local(self: &Rc<Self>, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<StorageEvent>() else { return };
        if event.key().is_none() {
            // Another page cleared local storage: the second copy is made again.
            self.waiting.borrow_mut().extend((self.state)().store.all_records().map(|(key, _)| Place::of(&key)));
            return self.mirror_when_idle();
        }
        if let (Some(key), Some(value)) = (event.key(), event.new_value())
            && let Some(records) = read(&(self.state)(), &key, &value)
            && !records.is_empty()
        {
            // A page that knows the database has put it there itself; an older one has not.
            let keys: Vec<RecordKey> = records.iter().map(|(key, _)| key.clone()).collect();
            let before = (self.state)().revision;
            (self.act)(Action::Arrived { records, cards: Vec::new() });
            if (self.state)().revision != before {
                self.debts.borrow_mut().owed.extend(keys);
                self.look();
            }
        }
    }

    /// Edits here from now on, and reads what the other tab wrote last.
    pub fn take_over(self: &Rc<Self>) {
        let project = (self.state)().store.header().id.to_string();
        self.say(&Message::ITakeOver { project });
        (self.act)(Action::Edit(Editing::Here));
        self.catch_up();
    }
}

/// The records of a row of the project on the desk; nothing where it can't be read.
fn read(state: &State, key: &str, value: &str) -> Option<Vec<(RecordKey, Rc<Record>)>> {
    let (project, place) = Place::parse(key)?;
    if project != state.store.header().id {
        return None;
    }
    read_place(&place, value, &state.store).ok()
}

fn record_at(state: &State, key: &str) -> Option<RecordKey> {
    match Place::parse(key)? {
        (project, Place::Record(record)) if project == state.store.header().id => Some(record),
        _ => None,
    }
}

fn read_told(article: &str, card: &str) -> Option<(ArticleId, Option<Rc<Card>>)> {
    let article = ArticleId::new(article)?;
    let card = read_card(&article, card).ok()?;
    Some((article, card.map(Rc::new)))
}
