//! The frame of what is focused, ready to draw.

use std::rc::Rc;

use super::{ListName, State, who};
use crate::analysis::{Gap, is_filled};
use crate::edit::{Command, plan};
use crate::model::*;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameView {
    pub id: AnnotationId,
    pub type_id: TypeId,
    pub type_name: Rc<str>,
    /// What the scheme says of the type and its parts: a part's name, where it is one, and its description.
    pub rules: Vec<(Option<Rc<str>>, Rc<str>)>,
    pub color: Color,
    pub quote: Rc<str>,
    pub fragments: usize,
    pub orphan: bool,
    /// Its place among all of the article, counted from 1.
    pub position: (usize, usize),
    /// Whose work it is, where it is not one's own.
    pub of: Option<(AnnotatorId, Rc<str>)>,
    /// That annotator's mark in the text.
    pub mark: Option<Rc<str>>,
    pub attributes: Vec<AttributeView>,
    pub roles: Vec<RoleView>,
    /// Roles elsewhere that name it: the role's name and the other annotation.
    pub fills: Vec<(Rc<str>, Chip)>,
    /// `None` where its type is not tied to entities.
    pub entity: Option<EntityView>,
    pub note: Rc<str>,
    /// Other types it could change to.
    pub types: Vec<(TypeId, Rc<str>)>,
    /// More than one where copies disagree; the first is shown.
    pub versions: Vec<VersionView>,
    /// `None` where a file did not say.
    pub modified: Option<Rc<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeView {
    pub id: AttributeId,
    pub name: Rc<str>,
    pub kind: AttributeKindView,
    pub missing: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKindView {
    Choice(Vec<OptionView>),
    Text(Rc<str>),
    Number(Rc<str>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionView {
    pub id: OptionId,
    pub name: Rc<str>,
    pub mark: Option<char>,
    pub color: Option<Color>,
    pub description: Rc<str>,
    pub on: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleView {
    pub id: RoleId,
    pub name: Rc<str>,
    pub chips: Vec<Chip>,
    pub missing: bool,
    /// Whether it can take one more.
    pub open: bool,
    pub asking: bool,
    /// Whether it would take what a pointer carries.
    pub fitting: bool,
    /// Whether it can be left out without being missed: such a role is shown small while it is empty.
    pub optional: bool,
}

/// A filler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub filler: Filler,
    pub label: Rc<str>,
    /// The entity behind a mention.
    pub entity: Option<Rc<str>>,
    pub color: Option<Color>,
    pub missing: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityView {
    pub tied: Option<(EntityId, Rc<str>)>,
    pub missing: bool,
    /// What somebody new would be.
    pub kind: EntityKind,
    /// All that it could be tied to, the likeliest first.
    pub choices: Vec<(EntityId, Rc<str>)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionView {
    pub label: Rc<str>,
    pub modified: Option<Rc<str>>,
}

/// The frame of the focused annotation; `None` where nothing is focused.
pub fn frame_view(state: &State) -> Option<FrameView> {
    let annotation = state.focused()?;
    let article = state.open_article()?;
    let layers = state.store.layers(&article.id)?;
    let scheme = state.store.scheme();
    let of = scheme.type_of(&annotation.type_id);
    let gaps = state.catalogue.outline(&article.id)?.gaps(annotation);
    let place = state.lists.place(ListName::All, &annotation.id).map_or(0, |at| at + 1);
    let record = layers.record(&annotation.id, &annotation.annotator)?;
    let attributes = of.map_or(&[][..], |of| &of.attributes).iter().map(|attribute| attribute_view(annotation, attribute, &gaps)).collect();
    let roles = of.map_or(&[][..], |of| &of.roles).iter().map(|role| {
        let fillers = annotation.fillers(&role.id);
        RoleView {
            id: role.id.clone(),
            name: role.name.clone(),
            chips: fillers.iter().map(|filler| chip(state, article, annotation, filler)).collect(),
            missing: gaps.contains(&Gap::Role(role.id.clone())),
            open: role.max.is_none_or(|max| (fillers.len() as u32) < max),
            fitting: state.carried.as_ref().is_some_and(|filler| fits(state, annotation, &role.id, filler)),
            optional: role.min == 0 && role.means.is_none(),
            asking: state.filling.as_ref().is_some_and(|filling| filling.annotation == annotation.id && filling.role == role.id),
        }
    });
    let fills = layers.referrers(&annotation.id, &annotation.annotator).filter_map(|referrer| {
        let holder = layers.annotation(&referrer.annotation, &annotation.annotator)?;
        let role = scheme.type_of(&holder.type_id)?.role(&referrer.role)?;
        Some((role.name.clone(), chip(state, article, annotation, &Filler::Annotation(holder.id.clone()))))
    });
    Some(FrameView {
        id: annotation.id.clone(),
        type_id: annotation.type_id.clone(),
        type_name: of.map_or_else(|| annotation.type_id.as_str().into(), |of| of.name.clone()),
        rules: of.map_or_else(Vec::new, rules),
        color: of.map_or(Color::Gray, |of| of.color),
        quote: quote(article, annotation).into(),
        fragments: annotation.span().map_or(0, |span| span.fragments().len()),
        orphan: annotation.span().is_none(),
        position: (place, state.lists.len(ListName::All)),
        of: (!state.is_own(annotation)).then(|| (annotation.annotator.clone(), state.annotator_name(&annotation.annotator).into())),
        mark: state.mark_of(&annotation.annotator).cloned(),
        attributes,
        roles: roles.collect(),
        fills: fills.collect(),
        entity: of.filter(|of| of.entity.is_possible()).map(|_| entity_view(state, annotation, &gaps)),
        note: annotation.note.clone(),
        types: scheme
            .types
            .iter()
            .filter(|other| other.id != annotation.type_id)
            .map(|other| (other.id.clone(), other.name.clone()))
            .collect(),
        versions: if record.conflicts.is_empty() {
            Vec::new()
        } else {
            record.versions().map(|versioned| version_view(state, article, versioned)).collect()
        },
        modified: known(&record.current.modified),
    })
}

/// Whether `filler` can be given to a role.
fn fits(state: &State, annotation: &Annotation, role: &RoleId, filler: &Filler) -> bool {
    let command = Command::FillRole { annotation: annotation.id.clone(), role: role.clone(), filler: filler.clone() };
    plan(&state.store, &state.dry_context(), &command).is_ok()
}

/// What the scheme says of a type, its attributes with their options, and its roles.
fn rules(of: &AnnotationType) -> Vec<(Option<Rc<str>>, Rc<str>)> {
    let attributes = of.attributes.iter().flat_map(|attribute| {
        let options = attribute.options().iter().map(|option| (&option.name, &option.description));
        std::iter::once((&attribute.name, &attribute.description)).chain(options)
    });
    let roles = of.roles.iter().map(|role| (&role.name, &role.description));
    let parts = attributes.chain(roles).map(|(name, description)| (Some(name.clone()), description.clone()));
    let all = std::iter::once((None, of.description.clone())).chain(parts);
    all.filter(|(_, description)| !description.trim().is_empty()).collect()
}

/// The words of an annotation, or of what was lost.
pub(super) fn quote(article: &Article, annotation: &Annotation) -> String {
    match &annotation.anchor {
        Anchor::Placed(span) => span.quote(&article.text),
        Anchor::Orphan(orphan) => orphan.fragments.iter().map(|fragment| &*fragment.text).collect::<Vec<_>>().join(" … "),
    }
}

fn attribute_view(annotation: &Annotation, attribute: &Attribute, gaps: &[Gap]) -> AttributeView {
    let value = annotation.attributes.get(&attribute.id);
    let text: Rc<str> = match value {
        Some(AttributeValue::Text(text)) => text.clone(),
        Some(AttributeValue::Number(number)) => number.to_string().into(),
        None => "".into(),
    };
    let kind = match &attribute.kind {
        AttributeKind::Choice(options) => AttributeKindView::Choice(
            options
                .iter()
                .map(|option| OptionView {
                    id: option.id.clone(),
                    name: option.name.clone(),
                    mark: option.mark,
                    color: option.color,
                    description: option.description.clone(),
                    on: option.id.as_str() == &*text,
                })
                .collect(),
        ),
        AttributeKind::Text => AttributeKindView::Text(text),
        AttributeKind::Number => AttributeKindView::Number(text),
    };
    AttributeView {
        id: attribute.id.clone(),
        name: attribute.name.clone(),
        kind,
        missing: gaps.contains(&Gap::Attribute(attribute.id.clone())),
    }
}

pub(super) fn chip(state: &State, article: &Article, of: &Annotation, filler: &Filler) -> Chip {
    let layers = state.store.layers(&article.id);
    match filler {
        Filler::Entity(id) => {
            Chip { filler: filler.clone(), label: state.entity_name(id).into(), entity: None, color: None, missing: false }
        }
        Filler::Annotation(id) => match layers.and_then(|layers| layers.annotation(id, &of.annotator)) {
            Some(found) => Chip {
                filler: filler.clone(),
                label: quote(article, found).into(),
                entity: found.entity.as_ref().map(|entity| state.entity_name(entity).into()),
                color: state.store.scheme().type_of(&found.type_id).map(|of| of.color),
                missing: layers.is_some_and(|layers| !is_filled(layers, of, filler)),
            },
            None => Chip { filler: filler.clone(), label: "filler missing".into(), entity: None, color: None, missing: true },
        },
    }
}

fn entity_view(state: &State, annotation: &Annotation, gaps: &[Gap]) -> EntityView {
    let who = who(state, annotation);
    let tied = who.tied.map(|id| {
        let name = state.entity_name(&id).into();
        (id, name)
    });
    EntityView {
        tied,
        missing: gaps.contains(&Gap::Entity),
        kind: who.kind,
        choices: who.choices.into_iter().map(|choice| (choice.id, choice.name)).collect(),
    }
}

fn version_view(state: &State, article: &Article, versioned: &Versioned) -> VersionView {
    let label = match versioned.content.as_ref().and_then(Content::as_annotation) {
        Some(annotation) => {
            let type_name =
                state.store.scheme().type_of(&annotation.type_id).map_or_else(|| annotation.type_id.to_string(), |of| of.name.to_string());
            let values = annotation.attributes.values().map(|value| match value {
                AttributeValue::Text(text) => text.to_string(),
                AttributeValue::Number(number) => number.to_string(),
            });
            let parts: Vec<String> =
                std::iter::once(type_name).chain(values).chain([format!("“{}”", quote(article, annotation))]).collect();
            parts.join(" · ")
        }
        None => "deleted".to_owned(),
    };
    VersionView { label: label.into(), modified: known(&versioned.modified) }
}

fn known(time: &Timestamp) -> Option<Rc<str>> {
    (*time != Timestamp::unknown()).then(|| time.as_str().into())
}
