//! Changing a scheme part by part: new parts with ids that tell what they are, and how much each type is used.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Chord, Intent, KeyMap};
use crate::edit::AnnotationStore;
use crate::model::*;

/// Ids are at most this long.
const LONGEST: usize = 64;

/// An id that says what `name` says, in small ASCII letters, digits and hyphens, and that is not taken.
fn id_of(name: &str, fallback: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut id = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    id.truncate(LONGEST - 4);
    let id = id.trim_end_matches('-');
    let id = if id.is_empty() { fallback } else { id };
    let numbered = (2_u32..).map(|n| format!("{id}-{n}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !taken(id)).expect("invariant: numbers do not end")
}

/// Adds a type; returns its place.
pub fn add_type(scheme: &mut Scheme, name: &str) -> usize {
    let id = id_of(name, "type", |id| scheme.types.iter().any(|of| of.id.as_str() == id));
    let is_free = |color: &Color| scheme.types.iter().all(|of| of.color != *color);
    // A key of its letters that nothing else has, if there is one.
    let keys = name.chars().flat_map(char::to_lowercase).filter(|key| key.is_alphabetic());
    let desk = |key: char| desk_intent(key).is_none();
    let free: Vec<char> = keys.filter(|key| scheme.types.iter().all(|of| of.key != Some(*key))).collect();
    let of = AnnotationType {
        id: TypeId::new(&id).expect("invariant: it is made of letters that ids may have"),
        name: name.trim().into(),
        means: None,
        color: COLORS.into_iter().find(is_free).unwrap_or(Color::Gray),
        line: Line::Solid,
        fill: false,
        key: free.iter().copied().find(|key| desk(*key)),
        description: "".into(),
        entity: Tie::Never,
        attributes: Vec::new(),
        roles: Vec::new(),
    };
    scheme.types.push(of);
    scheme.types.len() - 1
}

pub fn add_attribute(of: &mut AnnotationType, name: &str) {
    let id = id_of(name, "attribute", |id| of.attributes.iter().any(|attribute| attribute.id.as_str() == id));
    of.attributes.push(Attribute {
        id: AttributeId::new(&id).expect("invariant: it is made of letters that ids may have"),
        name: name.trim().into(),
        kind: AttributeKind::Choice(Vec::new()),
        required: false,
        description: "".into(),
    });
}

/// Adds an option; the digit that sets it is its place.
pub fn add_option(options: &mut Vec<AttributeOption>, name: &str) {
    let id = id_of(name, "option", |id| options.iter().any(|option| option.id.as_str() == id));
    let key = ('1'..='9').find(|key| options.iter().all(|option| option.key != Some(*key)));
    options.push(AttributeOption {
        id: OptionId::new(&id).expect("invariant: it is made of letters that ids may have"),
        name: name.trim().into(),
        key,
        color: None,
        mark: None,
        description: "".into(),
    });
}

pub fn add_role(of: &mut AnnotationType, name: &str) {
    let id = id_of(name, "role", |id| of.roles.iter().any(|role| role.id.as_str() == id));
    of.roles.push(Role {
        id: RoleId::new(&id).expect("invariant: it is made of letters that ids may have"),
        name: name.trim().into(),
        means: None,
        accepts: Vec::new(),
        entities: false,
        min: 0,
        max: None,
        description: "".into(),
    });
}

/// Takes a type out, and out of the roles that accept it.
pub fn remove_type(scheme: &mut Scheme, id: &TypeId) {
    scheme.types.retain(|of| of.id != *id);
    for role in scheme.types.iter_mut().flat_map(|of| &mut of.roles) {
        role.accepts.retain(|accepted| accepted != id);
    }
}

/// What the desk itself does with a key that a type may take from it.
pub fn desk_intent(key: char) -> Option<Rc<str>> {
    let bare = Scheme { types: Vec::new(), ..default_scheme() };
    let intent: Intent = KeyMap::default().intent(&bare, &Chord::parse(&key.to_string())?)?;
    Some(intent.plain_label(&bare).into())
}

/// How much a type is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// In the person's own work.
    pub own: usize,
    pub others: usize,
    pub articles: BTreeSet<ArticleId>,
}

impl Uses {
    pub fn all(&self) -> usize {
        self.own + self.others
    }

    /// Counts what these articles have, as far as `store` holds them.
    pub fn count<'a>(
        &mut self,
        store: &AnnotationStore,
        articles: impl IntoIterator<Item = &'a ArticleId>,
        type_id: &TypeId,
        own: &AnnotatorId,
    ) {
        for article in articles {
            for annotation in store.annotations(article).iter().filter(|annotation| annotation.type_id == *type_id) {
                match annotation.annotator == *own {
                    true => self.own += 1,
                    false => self.others += 1,
                }
                self.articles.insert(article.clone());
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn ids_tell_what_the_name_says_and_are_not_taken_twice() {
        let id = |name: &str| id_of(name, "type", |id| ["claim", "claim-2", "type"].contains(&id));
        assert_eq!(id("Reported speech!"), "reported-speech");
        assert_eq!(id(" Claim "), "claim-3");
        assert_eq!(id("قول 👩‍👩‍👧"), "type-2");
        assert_eq!(id("Über-Ich"), "ber-ich");
        assert!(is_id(&id(&"long ".repeat(100))));
    }

    #[test]
    fn a_new_type_takes_a_colour_and_a_key_that_are_free() {
        let mut scheme = default_scheme();
        let at = add_type(&mut scheme, "Cue of doubt");
        // c is the claim's; u is nobody's.
        assert_eq!((scheme.types[at].key, scheme.types[at].id.as_str()), (Some('u'), "cue-of-doubt"));
        assert!(scheme.types[..at].iter().all(|of| of.color != scheme.types[at].color));
        let at = add_type(&mut scheme, "說");
        assert_eq!(scheme.types[at].id.as_str(), "type");
        assert_eq!(crate::edit::check(&scheme), Ok(()));
    }

    #[test]
    fn a_removed_type_is_accepted_nowhere() {
        let mut scheme = default_scheme();
        let claim = scheme.types[2].id.clone();
        remove_type(&mut scheme, &claim);
        assert!(scheme.types.iter().flat_map(|of| &of.roles).all(|role| !role.accepts.contains(&claim)));
    }
}
