use std::rc::Rc;

use standpoint::edit::{AnnotationStore, Fresh, HandIn};
use standpoint::format::native;
use standpoint::model::*;
use standpoint::session::*;
use standpoint::text::Stretch;

/// A desk, and the clock and randomness that a browser would give it.
pub struct Desk {
    pub state: Rc<State>,
    moments: u64,
}

impl Desk {
    pub fn open(article: &str) -> Self {
        let json = include_str!("../../static/project.json");
        let store = native::read("project.json", json).expect("the sample").store;
        let state = State::new(store.clone(), Replica::new("r1").expect("an id"), AnnotatorId::new("ana").expect("an id"));
        let mut desk = Self { state: Rc::new(state), moments: 0 };
        desk.act(Action::Open { store, article: ArticleId::new(article), saved: true, unexported: 0, rest: Unloaded::default() });
        desk
    }

    /// Opens another project, and its first article.
    pub fn read(&mut self, json: &str) {
        let store = native::read("project.json", json).expect("a project").store;
        self.act(Action::Open { store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
    }

    pub fn act(&mut self, action: Action) {
        self.moments += 1;
        let now = Timestamp::parse(&format!("2026-11-22T12:{:02}:{:02}.000Z", self.moments / 60 % 60, self.moments % 60)).expect("a time");
        let moment = Moment { now, fresh: Fresh { millis: 1_790_000_000_000 + self.moments, entropy: self.moments } };
        self.state = update(&self.state, action, &moment);
    }

    /// Presses keys as the page would: `Shift+ArrowRight`, `s`, `Ctrl+z`.
    pub fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let mut parts: Vec<&str> = key.split('+').collect();
            let mut press =
                KeyPress { key: if key == "+" { "+".to_owned() } else { parts.pop().expect("a key").to_owned() }, ..KeyPress::default() };
            press.shift = parts.contains(&"Shift");
            press.control = parts.contains(&"Ctrl");
            press.alt = parts.contains(&"Alt");
            let intent = intent_of(&self.state, &press).unwrap_or_else(|| panic!("{key} means nothing"));
            let action = intent.action(&self.state).unwrap_or_else(|| panic!("{key} does nothing at the desk"));
            self.act(action);
        }
    }

    /// Takes a copy in that contradicts nothing.
    pub fn merge(&mut self, project: &AnnotationStore) {
        let copy = HandIn { file: "copy.json".into(), project: project.clone() };
        self.act(Action::HandIn { handing: Rc::new(Handing::new(vec![copy], "merged")), decided: None });
        assert_eq!(self.state.dialog, None);
    }

    /// Merges what another tab has stored.
    pub fn hear(&mut self, project: &AnnotationStore) {
        self.act(Action::Arrived { records: project.shared_records().collect(), cards: Vec::new() });
    }

    pub fn words(&self, from: &str) -> Stretch {
        let text = &self.state.open_article().expect("an article").text;
        let byte = text.as_str().find(from).unwrap_or_else(|| panic!("no {from:?}"));
        let start = u32::try_from(text.as_str()[..byte].chars().count()).expect("small");
        Stretch::of(start, start + u32::try_from(from.chars().count()).expect("small")).expect("words")
    }

    pub fn put_cursor(&mut self, word: &str) {
        let at = self.words(word).start();
        self.act(Action::PutCursor(at));
    }

    pub fn tag(&mut self, words: &str, type_id: &str) -> AnnotationId {
        let stretch = self.words(words);
        self.act(Action::Select(Some(stretch)));
        self.act(Action::Tag(TypeId::new(type_id).expect("an id")));
        let text = &self.state.open_article().expect("an article").text;
        let found = self
            .own()
            .into_iter()
            .find(|annotation| annotation.type_id.as_str() == type_id && annotation.span().is_some_and(|span| span.quote(text) == words));
        found.unwrap_or_else(|| panic!("{words} is not tagged")).id.clone()
    }

    /// What the text view is drawn from, joined.
    pub fn shown(&self) -> String {
        self.state.page.blocks.iter().flat_map(|block| &block.segments).map(|segment| &*segment.text).collect()
    }

    pub fn own(&self) -> Vec<Rc<Annotation>> {
        let article = self.state.article.clone().expect("an article");
        self.state.store.annotations(&article).iter().filter(|annotation| self.state.is_own(annotation)).cloned().collect()
    }

    pub fn quotes(&self) -> Vec<String> {
        let text = &self.state.open_article().expect("an article").text;
        self.own()
            .iter()
            .map(|annotation| format!("{}: {}", annotation.type_id, annotation.span().map_or_else(String::new, |span| span.quote(text))))
            .collect()
    }

    /// The words that are selected, or else that of the cursor.
    pub fn in_hand(&self) -> String {
        let text = &self.state.open_article().expect("an article").text;
        text.slice(self.state.in_hand().expect("something in hand")).expect("inside").to_owned()
    }

    pub fn focused(&self) -> Rc<Annotation> {
        self.state.focused().expect("a focus").clone()
    }
}

pub fn role(annotation: &Annotation, id: &str) -> Vec<Filler> {
    annotation.fillers(&RoleId::new(id).expect("an id")).to_vec()
}
