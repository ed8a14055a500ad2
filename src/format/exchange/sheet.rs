//! What writers see of an article: its annotations that were picked, each with its type, and its roles by number.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::loss::{Loss, Losses};
use super::out::Out;
use super::people::{Names, names};
use crate::edit::AnnotationStore;
use crate::model::*;
use crate::text::Stretch;

/// What goes into an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pick {
    /// `None` is all.
    pub articles: Option<BTreeSet<ArticleId>>,
    pub annotators: Option<BTreeSet<AnnotatorId>>,
    pub types: Option<BTreeSet<TypeId>>,
    pub origins: Option<BTreeSet<OriginKind>>,
    /// Only work on articles with this status of its annotator's.
    pub statuses: Option<BTreeSet<Status>>,
    pub names: Names,
}

/// The project as writers see it.
pub struct Sheets<'a> {
    store: &'a AnnotationStore,
    pick: &'a Pick,
    names: BTreeMap<AnnotatorId, Rc<str>>,
}

/// An article with the annotations that were picked and have a place.
pub struct Sheet<'a> {
    pub article: &'a Rc<Article>,
    /// In reading order.
    pub marks: Vec<Mark<'a>>,
    /// What no format can hold: orphans, what the scheme has not, fillers that are not there or not picked.
    pub losses: Losses,
}

pub struct Mark<'a> {
    pub annotation: &'a Rc<Annotation>,
    /// The annotation's id; where two annotators' are the same, with a number.
    pub id: Rc<str>,
    /// What files call the annotator.
    pub annotator: Rc<str>,
    pub span: &'a Span,
    pub of: &'a AnnotationType,
    /// In the scheme's order; a choice is its option's id, a number is written out.
    pub attributes: Vec<(&'a Attribute, Rc<str>)>,
    /// Whom it stands for, merged entities followed.
    pub entity: Option<Rc<Entity>>,
    /// In the scheme's order of roles, each filler in the order in which it was filled.
    pub roles: Vec<(&'a Role, Target)>,
}

/// What fills a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The number of a mark of the same sheet.
    Mark(usize),
    Entity(Rc<Entity>),
}

/// A fragment of a mark, for formats whose spans have no gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The number of the mark.
    pub mark: usize,
    pub stretch: Stretch,
    /// The mark's id; of later fragments with their number.
    pub id: Rc<str>,
    /// Whether it is the mark's first.
    pub is_first: bool,
}

impl<'a> Sheets<'a> {
    pub fn new(store: &'a AnnotationStore, pick: &'a Pick) -> Self {
        let articles = store.articles().filter(|article| is_in(&pick.articles, &article.id));
        let picked = articles.flat_map(|article| store.annotations(&article.id).iter());
        let picked = picked.filter(|annotation| pick.has(store, annotation)).map(|annotation| annotation.annotator.clone());
        let names = names(store, &picked.collect(), pick.names);
        Self { store, pick, names }
    }

    pub fn scheme(&self) -> &'a Scheme {
        self.store.scheme()
    }

    /// What files call those whose work is picked.
    pub fn annotators(&self) -> impl Iterator<Item = &Rc<str>> {
        self.names.values()
    }

    /// Of all articles that are picked, in the project's order.
    pub fn iter(&self) -> impl Iterator<Item = Sheet<'a>> {
        let articles = self.store.articles().filter(|article| is_in(&self.pick.articles, &article.id));
        articles.map(|article| self.sheet(article))
    }

    fn sheet(&self, article: &'a Rc<Article>) -> Sheet<'a> {
        let store = self.store;
        let mut losses = Losses::default();
        let mut numbers: HashMap<(&AnnotatorId, &AnnotationId), usize> = HashMap::new();
        let mut marks: Vec<Mark<'a>> = Vec::new();
        let mut taken: BTreeSet<Rc<str>> = BTreeSet::new();
        for annotation in store.annotations(&article.id).iter().filter(|annotation| self.pick.has(store, annotation)) {
            let Some(span) = annotation.span().filter(|span| span.fits(&article.text)) else {
                losses.add(Loss::Orphan);
                continue;
            };
            let Some(of) = store.scheme().types.iter().find(|of| of.id == annotation.type_id) else {
                losses.add(Loss::UnknownType);
                continue;
            };
            numbers.insert((&annotation.annotator, &annotation.id), marks.len());
            let entity = annotation.entity.as_ref().and_then(|entity| entity_of(store, entity));
            losses.add_many(Loss::Entity, usize::from(annotation.entity.is_some() && entity.is_none()));
            let id = free(annotation.id.as_str(), &taken);
            taken.insert(id.clone());
            let annotator = self.names.get(&annotation.annotator).cloned().unwrap_or_else(|| "".into());
            let attributes: Vec<_> =
                of.attributes.iter().filter_map(|of| Some((of, written(of, annotation.attributes.get(&of.id)?)?))).collect();
            losses.add_many(Loss::Attribute, annotation.attributes.len() - attributes.len());
            marks.push(Mark { annotation, id, annotator, span, of, attributes, entity, roles: Vec::new() });
        }
        for mark in &mut marks {
            let fillers: usize = mark.annotation.roles.values().map(Vec::len).sum();
            for role in &mark.of.roles {
                for filler in mark.annotation.fillers(&role.id) {
                    let target = match filler {
                        Filler::Entity(entity) => entity_of(store, entity).map(Target::Entity),
                        Filler::Annotation(id) => numbers.get(&(&mark.annotation.annotator, id)).copied().map(Target::Mark),
                    };
                    mark.roles.extend(target.map(|target| (role, target)));
                }
            }
            losses.add_many(Loss::FillerElsewhere, fillers - mark.roles.len());
        }
        Sheet { article, marks, losses }
    }
}

impl Sheet<'_> {
    /// The fragments of all marks, for formats whose spans have no gaps.
    pub fn parts(&self) -> Vec<Part> {
        let mut taken: BTreeSet<Rc<str>> = self.marks.iter().map(|mark| mark.id.clone()).collect();
        let mut parts = Vec::new();
        for (n, mark) in self.marks.iter().enumerate() {
            for (k, fragment) in mark.span.fragments().iter().enumerate() {
                let id = if k == 0 { mark.id.clone() } else { free(&format!("{}.{}", mark.id, k + 1), &taken) };
                taken.insert(id.clone());
                parts.push(Part { mark: n, stretch: *fragment, id, is_first: k == 0 });
            }
        }
        parts
    }

    /// Counts what a format has no place for at all.
    pub fn lose(&self, kinds: &[Loss], out: &mut Out) {
        for kind in kinds {
            out.lose_many(*kind, self.count(*kind));
        }
    }

    /// How much of a kind there is to lose.
    fn count(&self, kind: Loss) -> usize {
        match kind {
            Loss::EntityDetails => {
                let detailed = |entity: &&Rc<Entity>| {
                    entity.kind != EntityKind::Person || !entity.aliases.is_empty() || !entity.description.is_empty()
                };
                let entities = self.marks.iter().filter_map(|mark| mark.entity.as_ref()).filter(detailed);
                entities.map(|entity| &entity.id).collect::<BTreeSet<_>>().len()
            }
            Loss::Metadata => usize::from(self.article.metadata != Metadata::default()),
            Loss::Zone => self.article.zones.len(),
            _ => self.marks.iter().map(|mark| mark.count(kind)).sum(),
        }
    }

    /// The words of a stretch that lies in the text.
    pub fn words(&self, stretch: Stretch) -> &str {
        self.article.text.slice(stretch).unwrap_or_default()
    }
}

impl Mark<'_> {
    /// Counts all that it says besides its place: it is not written.
    pub fn lose_all(&self, losses: &mut Losses) {
        self.lose(&[Loss::Note, Loss::Attribute, Loss::Entity, Loss::Role, Loss::EntityFiller], losses);
    }

    /// Counts what it says of these kinds.
    pub fn lose(&self, kinds: &[Loss], losses: &mut Losses) {
        for kind in kinds {
            losses.add_many(*kind, self.count(*kind));
        }
    }

    /// Whether its type means this, or is called so where the scheme does not say what it means.
    pub fn is(&self, meaning: Meaning) -> bool {
        means(self.of.means, self.of.id.as_str(), meaning)
    }

    fn count(&self, kind: Loss) -> usize {
        let is_entity = |target: &Target| matches!(target, Target::Entity(_));
        match kind {
            Loss::Role => self.roles.iter().filter(|(_, target)| !is_entity(target)).count(),
            Loss::EntityFiller => self.roles.iter().filter(|(_, target)| is_entity(target)).count(),
            Loss::Attribute => self.attributes.len(),
            Loss::Entity => usize::from(self.entity.is_some()),
            Loss::Note => usize::from(!self.annotation.note.is_empty()),
            Loss::Annotator => 1,
            Loss::Origin => usize::from(self.annotation.origin != Origin::manual()),
            Loss::Gap => usize::from(self.span.is_discontinuous()),
            _ => 0,
        }
    }
}

/// Whether a role means this, or is called so where the scheme does not say what it means.
pub fn role_is(role: &Role, meaning: Meaning) -> bool {
    means(role.means, role.id.as_str(), meaning)
}

fn means(stated: Option<Meaning>, id: &str, meaning: Meaning) -> bool {
    let word = match meaning {
        Meaning::Speaker => "speaker",
        Meaning::Cue => "cue",
        Meaning::Claim => "claim",
        Meaning::Stance => "stance",
        Meaning::Target => "target",
        Meaning::Holder => "holder",
    };
    stated.map_or(id == word, |stated| stated == meaning)
}

/// The entity, those that it was merged into followed. The article's own voice is one that no project has a record of.
fn entity_of(store: &AnnotationStore, id: &EntityId) -> Option<Rc<Entity>> {
    let id = store.standing(id);
    let author = || id.is_author().then(|| Rc::new(Entity::named(id.clone(), id.as_str())));
    store.entity(&id).cloned().or_else(author)
}

impl Pick {
    fn has(&self, store: &AnnotationStore, annotation: &Annotation) -> bool {
        is_in(&self.annotators, &annotation.annotator)
            && is_in(&self.types, &annotation.type_id)
            && is_in(&self.origins, &annotation.origin.kind)
            && self.statuses.as_ref().is_none_or(|statuses| statuses.contains(&store.status(&annotation.article, &annotation.annotator)))
    }
}

fn is_in<T: Ord>(set: &Option<BTreeSet<T>>, one: &T) -> bool {
    set.as_ref().is_none_or(|set| set.contains(one))
}

/// `id`, or where it is taken the first with a number that is not.
fn free(id: &str, taken: &BTreeSet<Rc<str>>) -> Rc<str> {
    if !taken.contains(id) {
        return id.into();
    }
    let mut numbered = (2_u64..).map(|n| format!("{id}-{n}"));
    numbered.find(|id| !taken.contains(id.as_str())).unwrap_or_default().into()
}

/// A value as files have it; `None` where the attribute can't have it.
fn written(of: &Attribute, value: &AttributeValue) -> Option<Rc<str>> {
    match (&of.kind, value) {
        (AttributeKind::Choice(options), AttributeValue::Text(text)) => {
            options.iter().any(|option| option.id.as_str() == &**text).then(|| text.clone())
        }
        (AttributeKind::Text, AttributeValue::Text(text)) => Some(text.clone()),
        (AttributeKind::Number, AttributeValue::Number(number)) => Some(number.to_string().into()),
        _ => None,
    }
}
