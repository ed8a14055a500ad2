//! Which schemes there are to choose from, and what each choice would do.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Handing, SchemeChoice, all_joined};
use crate::edit::{AnnotationStore, Differing, check, harmless, joined_schemes, knows};
use crate::model::*;

/// A scheme that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeOption {
    pub choice: SchemeChoice,
    pub scheme: Rc<Scheme>,
    /// Whose it is; `None` where it is all of them.
    pub whose: Option<Rc<str>>,
    /// What the project would have that it does not have now: names, from the type inwards.
    pub gets: Vec<Rc<str>>,
    /// What it would not have any more.
    pub loses: Vec<Rc<str>>,
    /// What would be described differently.
    pub changes: Vec<Differing>,
    /// Of what the schemes describe differently, what is kept as the first one has it.
    pub kept: Vec<Differing>,
    /// Annotations in memory with something that it lacks: the project's, and those that come.
    pub unknown: (usize, usize),
    /// Why nobody could work with it.
    pub fault: Option<Rc<str>>,
}

/// The schemes to choose from, and what each does to the project; `own` are the texts that come in as articles of their own.
pub fn scheme_options(here: &AnnotationStore, handing: &Handing, own: &BTreeSet<ArticleId>) -> Vec<SchemeOption> {
    let schemes = &handing.clashes.schemes;
    let Some(joined) = all_joined(schemes).filter(|_| schemes.len() > 1) else { return Vec::new() };
    let mut all: Vec<(SchemeChoice, Rc<Scheme>)> =
        schemes.iter().enumerate().map(|(n, stated)| (SchemeChoice::This(n), stated.content.clone())).collect();
    all.push((SchemeChoice::Joined, Rc::new(joined)));
    let incoming = harmless(here, &handing.copies, &handing.clashes.texts, own);
    let candidates: Vec<Rc<Scheme>> = all.iter().map(|(_, scheme)| scheme.clone()).collect();
    let ours = unknown_to(&candidates, here, here.article_ids(), |_| true);
    let is_new = |annotation: &Annotation| here.live(&annotation.key()).is_none();
    let theirs = unknown_to(&candidates, &incoming, incoming.article_ids(), is_new);
    let now = here.scheme();
    let option = |((choice, scheme), unknown): ((SchemeChoice, Rc<Scheme>), (usize, usize))| {
        let (whose, kept) = match choice {
            SchemeChoice::This(n) => (schemes.get(n).map(|stated| handing.stated_by(stated)), Vec::new()),
            SchemeChoice::Joined => {
                let (first, rest) = (&schemes[0].content, &schemes[1..]);
                (None, rest.iter().flat_map(|next| joined_schemes(first, &next.content).differing).collect())
            }
        };
        SchemeOption {
            gets: more(now, &scheme),
            loses: more(&scheme, now),
            changes: joined_schemes(now, &scheme).differing,
            kept,
            unknown,
            fault: check(&scheme).err().map(|why| why.to_string().into()),
            choice,
            scheme,
            whose,
        }
    };
    all.into_iter().zip(ours.into_iter().zip(theirs)).map(option).collect()
}

/// How many live annotations of these articles each scheme does not know in full.
pub fn unknown_to<'a>(
    schemes: &[Rc<Scheme>],
    store: &AnnotationStore,
    articles: impl IntoIterator<Item = &'a ArticleId>,
    counts: impl Fn(&Annotation) -> bool,
) -> Vec<usize> {
    let mut unknown = vec![0; schemes.len()];
    for annotation in articles.into_iter().flat_map(|article| store.annotations(article)).filter(|annotation| counts(annotation)) {
        for (scheme, count) in schemes.iter().zip(&mut unknown) {
            *count += usize::from(!knows(scheme, annotation));
        }
    }
    unknown
}

/// What `after` has and `before` lacks; of what is new as a whole, the parts are not named.
fn more(before: &Scheme, after: &Scheme) -> Vec<Rc<str>> {
    let mut more: Vec<Rc<str>> = Vec::new();
    for of in &after.types {
        let Some(old) = before.type_of(&of.id) else {
            more.push(format!("the type “{}”", of.name).into());
            continue;
        };
        for attribute in &of.attributes {
            let Some(known) = old.attribute(&attribute.id) else {
                more.push(format!("the attribute “{}” of “{}”", attribute.name, of.name).into());
                continue;
            };
            let is_new = |option: &&AttributeOption| known.options().iter().all(|known| known.id != option.id);
            let options = attribute.options().iter().filter(is_new);
            more.extend(options.map(|option| Rc::from(format!("“{}” for “{}” of “{}”", option.name, attribute.name, of.name))));
        }
        for role in &of.roles {
            match old.role(&role.id) {
                None => more.push(format!("the role “{}” of “{}”", role.name, of.name).into()),
                Some(known) if role.accepts.iter().any(|accepted| !known.accepts.contains(accepted)) => {
                    more.push(format!("more that may fill “{}” of “{}”", role.name, of.name).into());
                }
                Some(_) => {}
            }
        }
    }
    more
}
