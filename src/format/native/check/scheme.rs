use std::collections::BTreeSet;
use std::rc::Rc;

use super::Stage;
use crate::format::native::file::{self, Str};
use crate::format::native::issue::{Outcome, Problem};
use crate::format::native::{Place, words};
use crate::model::*;
use crate::order::Gather;

/// Always a scheme: parts that can't be kept are left out, unknown looks become plain ones.
pub fn scheme(stated: file::Scheme, place: Place<'_>, stage: &mut Stage) -> Scheme {
    let fallback = || SchemeId::new("scheme").expect("invariant: a word is an id");
    let id = match &stated.id {
        Some(named) => SchemeId::new(named).unwrap_or_else(|| {
            stage.report.add(place.field("id"), Problem::BadId(named.to_string()), Outcome::Filled { with: "scheme".to_owned() });
            fallback()
        }),
        None => fallback(),
    };
    let listed: BTreeSet<Str> = stated.types.iter().map(|of| of.id.clone()).gather();
    let types =
        each(stated.types, place.field("types"), stage, |of, place, stage| annotation_type(of, &listed, place, stage), |of| of.id.as_str());
    Scheme { id, name: stated.name, types }
}

/// Every part that can be kept; the second of two with one id can't.
fn each<F, M>(
    stated: Vec<F>,
    place: Place<'_>,
    stage: &mut Stage,
    mut convert: impl FnMut(F, Place<'_>, &mut Stage) -> Option<M>,
    id: impl Fn(&M) -> &str,
) -> Vec<M> {
    let mut kept: Vec<M> = Vec::with_capacity(stated.len());
    let mut seen = BTreeSet::new();
    for (index, part) in stated.into_iter().enumerate() {
        let place = place.item(index);
        let Some(part) = convert(part, place, stage) else { continue };
        if seen.insert(id(&part).to_owned()) {
            kept.push(part);
        } else {
            stage.report.add(place.field("id"), Problem::Duplicate(id(&part).to_owned()), Outcome::Skipped);
        }
    }
    kept
}

fn annotation_type(stated: file::Type, listed: &BTreeSet<Str>, place: Place<'_>, stage: &mut Stage) -> Option<AnnotationType> {
    let id = stage.id(TypeId::new, &stated.id, place.field("id"))?;
    Some(AnnotationType {
        name: stated.name.unwrap_or_else(|| id.as_str().into()),
        means: meaning(&stated.means, place, stage),
        color: stage.word("colour", Color::parse, &stated.color, (Color::Gray, "gray"), place.field("color")),
        line: stage.word("line", words::parse_line, &stated.line, (Line::Solid, "solid"), place.field("line")),
        fill: stated.fill,
        key: character(stated.key, place.field("key"), stage),
        description: stated.description,
        entity: match (stated.entity, stated.entity_required) {
            (_, true) => Tie::Must,
            (true, false) => Tie::May,
            (false, false) => Tie::Never,
        },
        attributes: each(stated.attributes, place.field("attributes"), stage, attribute, |attribute| attribute.id.as_str()),
        roles: each(stated.roles, place.field("roles"), stage, |of, place, stage| role(of, listed, place, stage), |role| role.id.as_str()),
        id,
    })
}

fn attribute(stated: file::Attribute, place: Place<'_>, stage: &mut Stage) -> Option<Attribute> {
    let id = stage.id(AttributeId::new, &stated.id, place.field("id"))?;
    let implied = if stated.options.is_some() { "choice" } else { "text" };
    let parse: fn(&str) -> Option<&'static str> = |word| ["choice", "text", "number"].into_iter().find(|kind| *kind == word);
    let kind = match stage.word("kind of attribute", parse, &stated.kind, (implied, implied), place.field("kind")) {
        "choice" => AttributeKind::Choice(each(stated.options.unwrap_or_default(), place.field("options"), stage, option, |option| {
            option.id.as_str()
        })),
        other => {
            if stated.options.is_some_and(|options| !options.is_empty()) {
                stage.report.add(place.field("options"), Problem::OptionsOfNoChoice, Outcome::Skipped);
            }
            if other == "number" { AttributeKind::Number } else { AttributeKind::Text }
        }
    };
    Some(Attribute {
        name: stated.name.unwrap_or_else(|| id.as_str().into()),
        id,
        kind,
        required: stated.required,
        description: stated.description,
    })
}

fn option(stated: file::AttributeOption, place: Place<'_>, stage: &mut Stage) -> Option<AttributeOption> {
    let id = stage.id(OptionId::new, &stated.id, place.field("id"))?;
    let parse: fn(&str) -> Option<Option<Color>> = |word| Color::parse(word).map(Some);
    Some(AttributeOption {
        name: stated.name.unwrap_or_else(|| id.as_str().into()),
        key: character(stated.key, place.field("key"), stage),
        color: stage.word("colour", parse, &stated.color, (None, "none"), place.field("color")),
        mark: character(stated.mark, place.field("mark"), stage),
        description: stated.description,
        id,
    })
}

fn role(stated: file::Role, listed: &BTreeSet<Str>, place: Place<'_>, stage: &mut Stage) -> Option<Role> {
    let id = stage.id(RoleId::new, &stated.id, place.field("id"))?;
    let mut accepts = Vec::with_capacity(stated.accepts.len());
    for (index, accepted) in stated.accepts.iter().enumerate() {
        let list = place.field("accepts");
        let place = list.item(index);
        let Some(of) = stage.id(TypeId::new, accepted, place) else { continue };
        if !listed.contains(accepted) {
            stage.report.add(place, Problem::UnknownType(of.to_string()), Outcome::Kept);
        }
        accepts.push(of);
    }
    if let Some(max) = stated.max.filter(|max| *max < stated.min) {
        stage.report.add(place.field("min"), Problem::MinAboveMax { min: stated.min, max }, Outcome::Kept);
    }
    Some(Role {
        name: stated.name.unwrap_or_else(|| id.as_str().into()),
        means: meaning(&stated.means, place, stage),
        accepts,
        entities: stated.entities,
        min: stated.min,
        max: stated.max,
        description: stated.description,
        id,
    })
}

fn meaning(stated: &Option<Str>, place: Place<'_>, stage: &mut Stage) -> Option<Meaning> {
    let parse: fn(&str) -> Option<Option<Meaning>> = |word| words::parse_meaning(word).map(Some);
    stage.word("meaning", parse, stated, (None, "none"), place.field("means"))
}

fn character(stated: Option<Rc<str>>, place: Place<'_>, stage: &mut Stage) -> Option<char> {
    let stated = stated?;
    let mut characters = stated.chars();
    match (characters.next(), characters.next()) {
        (Some(only), None) => Some(only),
        _ => {
            stage.report.add(place, Problem::NotACharacter(stated.to_string()), Outcome::Skipped);
            None
        }
    }
}
