//! Annotated texts as one line: `[The minister|speaker#s] said [we win|claim#c speaker:s quotation=direct]`.
//!
//! Brackets nest; a label is a type, `#` and an id, roles (`speaker:s`, `speaker:@author` for an entity) and attributes
//! (`quotation=direct`). The same id twice is one annotation with two fragments. Without an id, the type is the id.

use std::collections::BTreeMap;

use standpoint::edit::{AnnotationStore, Cause, Edit, Transaction};
use standpoint::model::*;
use standpoint::text::{Stretch, Text};

use super::*;

/// A text and its annotations, in article `a` by annotator `ana`.
pub struct Picture {
    pub text: Text,
    pub annotations: Vec<Annotation>,
}

pub fn picture(drawing: &str) -> Picture {
    let mut text = String::new();
    let mut length = 0;
    let mut open: Vec<u32> = Vec::new();
    let mut found: Vec<(String, Vec<Stretch>, String)> = Vec::new();
    let mut characters = drawing.chars();
    while let Some(character) = characters.next() {
        match character {
            '[' => open.push(length),
            '|' => {
                let label: String = characters.by_ref().take_while(|&character| character != ']').collect();
                let start = open.pop().expect("a bracket opens before a label");
                let stretch = Stretch::of(start, length).expect("words before a label");
                let name = label.split(' ').next().unwrap_or_default();
                let id = name.split_once('#').map_or(name, |(_, id)| id).to_owned();
                match found.iter_mut().find(|other| other.0 == id) {
                    Some((_, stretches, _)) => stretches.push(stretch),
                    None => found.push((id, vec![stretch], label)),
                }
            }
            other => {
                text.push(other);
                length += 1;
            }
        }
    }
    assert!(open.is_empty(), "a bracket without a label in {drawing}");
    let annotations = found.into_iter().map(|(id, stretches, label)| annotation(&id, stretches, &label)).collect();
    Picture { text: text.into(), annotations }
}

fn annotation(id: &str, stretches: Vec<Stretch>, label: &str) -> Annotation {
    let mut words = label.split(' ');
    let name = words.next().unwrap_or_default();
    let mut annotation = Annotation {
        id: annotation_id(id),
        article: article_id("a"),
        annotator: annotator_id("ana"),
        type_id: type_id(name.split('#').next().unwrap_or_default()),
        anchor: Anchor::Placed(Span::covering(stretches).expect("a fragment")),
        attributes: BTreeMap::new(),
        roles: BTreeMap::new(),
        entity: None,
        note: "".into(),
        origin: Origin::manual(),
    };
    for word in words {
        if let Some((role, filler)) = word.split_once(':') {
            let filler = filler.strip_prefix('@').map_or_else(|| named(filler), |id| Filler::Entity(entity_id(id)));
            annotation.roles.entry(role_id(role)).or_default().push(filler);
        } else if let Some((attribute, value)) = word.split_once('=') {
            annotation.attributes.insert(attribute_id(attribute), AttributeValue::Text(value.into()));
        }
    }
    annotation
}

impl Picture {
    /// The same annotations as `annotator`'s.
    pub fn by(mut self, annotator: &str) -> Self {
        for annotation in &mut self.annotations {
            annotation.annotator = annotator_id(annotator);
        }
        self
    }

    /// A project with this one article.
    pub fn store(&self) -> AnnotationStore {
        self.onto(&empty_store())
    }

    /// `store` with this article, unless it has it, and these annotations.
    pub fn onto(&self, store: &AnnotationStore) -> AnnotationStore {
        let article = Article { text: self.text.clone(), ..article("a", self.text.as_str()) };
        let new = (store.article(&article.id).is_none()).then(|| Edit::add(Content::Article(article.into())));
        let edits = new.into_iter().chain(self.annotations.iter().cloned().map(Edit::add)).collect();
        let transaction = Transaction { cause: Cause::Import, label: "draw".into(), article: None, edits };
        store.apply(&transaction, &stamp("picture", store.greatest_number() + 1)).expect("a picture applies").0
    }
}

/// Article `a` as `annotator` has tagged it, in the notation of [`picture`]; ids that a command made are all `new`.
///
/// Spans must nest.
pub fn draw(store: &AnnotationStore, annotator: &str) -> String {
    let article = store.article(&article_id("a")).expect("article a");
    let own: Vec<_> = store.annotations(&article.id).iter().filter(|annotation| annotation.annotator == annotator_id(annotator)).collect();
    let mut marks: Vec<(Stretch, usize, String)> = Vec::new();
    for (index, annotation) in own.iter().enumerate() {
        for (place, fragment) in annotation.span().into_iter().flat_map(Span::fragments).enumerate() {
            let name = format!("{}#{}", annotation.type_id, short(&annotation.id));
            marks.push((*fragment, index, if place == 0 { name + &parts(annotation) } else { name }));
        }
    }
    let mut drawing = String::new();
    let letters: Vec<char> = article.text.as_str().chars().collect();
    for at in 0..=letters.len() as u32 {
        let mut closing: Vec<_> = marks.iter().filter(|(stretch, ..)| stretch.end().get() == at).collect();
        closing.sort_by_key(|(stretch, index, _)| std::cmp::Reverse((stretch.start(), *index)));
        for (_, _, label) in closing {
            drawing.push_str(&format!("|{label}]"));
        }
        drawing.extend(marks.iter().filter(|(stretch, ..)| stretch.start().get() == at).map(|_| '['));
        drawing.extend(letters.get(at as usize));
    }
    drawing
}

fn short(id: &AnnotationId) -> &str {
    if id.as_str().len() == 36 { "new" } else { id.as_str() }
}

fn parts(annotation: &Annotation) -> String {
    let mut parts = String::new();
    for (role, fillers) in &annotation.roles {
        for filler in fillers {
            match filler {
                Filler::Annotation(id) => parts.push_str(&format!(" {role}:{}", short(id))),
                Filler::Entity(id) => parts.push_str(&format!(" {role}:@{id}")),
            }
        }
    }
    for (attribute, value) in &annotation.attributes {
        match value {
            AttributeValue::Text(text) => parts.push_str(&format!(" {attribute}={text}")),
            AttributeValue::Number(number) => parts.push_str(&format!(" {attribute}={number}")),
        }
    }
    parts
}
