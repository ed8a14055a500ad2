//! One version of an annotation as an array of numbers; strings by their number in a [`Table`].
//!
//! `[id, version, created, modified − created, type, anchor, attributes, roles, entity, note, origin]`, milliseconds. A
//! tombstone ends after the times; empty parts at the end are left out. The parts:
//! version `[replica, number, …]`; anchor `[start, end, …]` in code points, or of an orphan
//! `[[start, end, text, …], prefix, suffix]`; attributes `[name, text or [number], …]`; roles `[[role, filler, …], …]`
//! with −1 − number for an entity; entity and note a string or 0 for none (from 1); origin `[kind, format, rule, confidence]`.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use serde_json::Value;

use super::StoredError;
use super::instant::{from_millis, to_millis};
use super::strings::{Strings, Table};
use crate::format::native::words::{origin_kind, parse_origin_kind};
use crate::model::*;
use crate::order::Gather;
use crate::text::{Stretch, Text};

pub fn malformed(why: &str) -> StoredError {
    StoredError::Malformed(why.to_owned())
}

/// Writes a row, as JSON, behind `out`. By hand: a layer has thousands, and all that they hold is numbers.
pub fn write_row<'a>(out: &mut String, id: &'a AnnotationId, versioned: &'a Versioned, table: &mut Table<'a>) {
    let created = to_millis(&versioned.created);
    // Strings get their numbers in the order in which they always have: replicas first.
    let version: Vec<(usize, u64)> =
        versioned.version.entries().iter().map(|(replica, count)| (table.number(replica.as_str()), *count)).collect();
    out.push('[');
    number(out, table.number(id.as_str()));
    array(out, |out| {
        for (replica, count) in version {
            number(out, replica);
            number(out, count);
        }
    });
    number(out, created);
    number(out, to_millis(&versioned.modified) - created);
    if let Some(annotation) = versioned.content.as_ref().and_then(Content::as_annotation) {
        number(out, table.number(annotation.type_id.as_str()));
        write_annotation(out, annotation, table);
    }
    out.push(']');
}

/// What comes behind the type, but for empty parts at the end.
fn write_annotation<'a>(out: &mut String, annotation: &'a Annotation, table: &mut Table<'a>) {
    let mut end = out.len();
    let mut keep = |out: &String, something: bool| {
        if something {
            end = out.len();
        }
    };
    write_anchor(out, &annotation.anchor, table);
    keep(out, true);
    array(out, |out| {
        for (id, value) in &annotation.attributes {
            match value {
                AttributeValue::Text(text) => {
                    let text = table.number(text);
                    number(out, table.number(id.as_str()));
                    number(out, text);
                }
                AttributeValue::Number(value) => {
                    number(out, table.number(id.as_str()));
                    array(out, |out| number(out, value));
                }
            }
        }
    });
    keep(out, !annotation.attributes.is_empty());
    array(out, |out| {
        for (role, fillers) in &annotation.roles {
            array(out, |out| {
                number(out, table.number(role.as_str()));
                for filler in fillers {
                    match filler {
                        Filler::Annotation(id) => number(out, table.number(id.as_str())),
                        Filler::Entity(id) => number(out, -1 - table.number(id.as_str()) as i64),
                    }
                }
            });
        }
    });
    keep(out, !annotation.roles.is_empty());
    optional(out, table, annotation.entity.as_ref().map(EntityId::as_str));
    keep(out, annotation.entity.is_some());
    optional(out, table, Some(&*annotation.note).filter(|note| !note.is_empty()));
    keep(out, !annotation.note.is_empty());
    let origin = &annotation.origin;
    if *origin != Origin::manual() {
        array(out, |out| {
            // Format and rule before the kind.
            let (format, rule) =
                (origin.format.as_deref().map(|format| table.number(format)), origin.rule.as_deref().map(|rule| table.number(rule)));
            optional(out, table, Some(origin_kind(origin.kind)));
            for part in [format, rule] {
                number(out, part.map_or(0, |string| string + 1));
            }
            match origin.confidence {
                Some(confidence) => number(out, confidence),
                None => number(out, "null"),
            }
        });
        keep(out, true);
    }
    out.truncate(end);
}

fn write_anchor<'a>(out: &mut String, anchor: &'a Anchor, table: &mut Table<'a>) {
    array(out, |out| match anchor {
        Anchor::Placed(span) => {
            for fragment in span.fragments() {
                number(out, fragment.start().get());
                number(out, fragment.end().get());
            }
        }
        Anchor::Orphan(orphan) => {
            array(out, |out| {
                for lost in &orphan.fragments {
                    number(out, lost.start);
                    number(out, lost.end);
                    number(out, table.number(&lost.text));
                }
            });
            number(out, table.number(&orphan.prefix));
            number(out, table.number(&orphan.suffix));
        }
    });
}

/// A string's number, counted from 1, or 0.
fn optional<'a>(out: &mut String, table: &mut Table<'a>, string: Option<&'a str>) {
    number(out, string.map_or(0, |string| table.number(string) + 1));
}

fn number(out: &mut String, number: impl Display) {
    separate(out);
    write!(out, "{number}").expect("invariant: a string takes whatever is written");
}

fn array(out: &mut String, write: impl FnOnce(&mut String)) {
    separate(out);
    out.push('[');
    write(out);
    out.push(']');
}

fn separate(out: &mut String) {
    if !out.ends_with('[') {
        out.push(',');
    }
}

/// The layer that rows belong to.
pub struct Layer<'a> {
    pub article: &'a ArticleId,
    pub annotator: &'a AnnotatorId,
    /// Where known, spans that don't fit it become orphans.
    pub text: Option<&'a Text>,
}

pub fn from_row(row: &Value, strings: &Strings, layer: &Layer<'_>) -> Result<(AnnotationId, Versioned), StoredError> {
    let row = elements(row)?;
    let at = |index: usize| row.get(index).ok_or_else(|| malformed("a row is too short"));
    let id = strings.id(AnnotationId::new, at(0)?)?;
    let created = integer(at(2)?)?;
    let modified = created.checked_add(integer(at(3)?)?);
    let instant = |millis: Option<i64>| millis.and_then(from_millis).ok_or_else(|| malformed("a time is out of range"));
    let content = match row.get(4) {
        Some(type_id) => Some(annotation(&id, strings.id(TypeId::new, type_id)?, row, strings, layer)?.into()),
        None => None,
    };
    let versioned =
        Versioned { content, created: instant(Some(created))?, modified: instant(modified)?, version: version(at(1)?, strings)? };
    Ok((id, versioned))
}

fn annotation(id: &AnnotationId, type_id: TypeId, row: &[Value], strings: &Strings, layer: &Layer<'_>) -> Result<Annotation, StoredError> {
    if row.len() > 11 {
        return Err(malformed("a row is too long"));
    }
    let (nothing, none) = (Value::Array(Vec::new()), Value::from(0));
    let optional = |index: usize| match row.get(index).unwrap_or(&none).as_u64() {
        Some(0) => Ok(None),
        Some(number) => strings.get(&(number - 1).into()).map(Some),
        None => Err(malformed("a string has no number")),
    };
    let entity = match optional(8)? {
        Some(entity) => Some(EntityId::new(entity).ok_or_else(|| malformed("an entity's id is outside the grammar of ids"))?),
        None => None,
    };
    Ok(Annotation {
        id: id.clone(),
        article: layer.article.clone(),
        annotator: layer.annotator.clone(),
        type_id,
        anchor: read_anchor(row.get(5).unwrap_or(&nothing), strings, layer.text)?,
        attributes: attributes(elements(row.get(6).unwrap_or(&nothing))?, strings)?,
        roles: roles(elements(row.get(7).unwrap_or(&nothing))?, strings)?,
        entity,
        note: optional(9)?.cloned().unwrap_or_else(|| "".into()),
        origin: origin(elements(row.get(10).unwrap_or(&nothing))?, strings)?,
    })
}

fn version(entries: &Value, strings: &Strings) -> Result<Version, StoredError> {
    let entries: Result<Vec<(Replica, u64)>, StoredError> = pairs(elements(entries)?)?
        .map(|(replica, number)| {
            Ok((strings.id(Replica::new, replica)?, number.as_u64().ok_or_else(|| malformed("a version is not a number"))?))
        })
        .collect();
    Version::new(entries?).ok_or_else(|| malformed("a version is empty or names a replica twice"))
}

fn read_anchor(anchor: &Value, strings: &Strings, text: Option<&Text>) -> Result<Anchor, StoredError> {
    let anchor = elements(anchor)?.as_slice();
    if let [Value::Array(fragments), prefix, suffix] = anchor {
        let lost: Result<Vec<LostFragment>, StoredError> = fragments
            .chunks(3)
            .map(|lost| match lost {
                [start, end, text] => Ok(LostFragment { start: offset(start)?, end: offset(end)?, text: strings.get(text)?.clone() }),
                _ => Err(malformed("an orphan is incomplete")),
            })
            .collect();
        return Ok(Anchor::Orphan(Orphan { fragments: lost?, prefix: strings.get(prefix)?.clone(), suffix: strings.get(suffix)?.clone() }));
    }
    let places: Result<Vec<(u32, u32)>, StoredError> = pairs(anchor)?.map(|(start, end)| Ok((offset(start)?, offset(end)?))).collect();
    let places = places?;
    let stretches: Option<Vec<Stretch>> = places.iter().map(|&(start, end)| Stretch::of(start, end)).collect();
    let span =
        stretches.and_then(Span::covering).filter(|span| span.fragments().len() == places.len() && text.is_none_or(|text| span.fits(text)));
    Ok(span.map_or_else(
        || {
            let lost = places.iter().map(|&(start, end)| LostFragment { start, end, text: "".into() });
            Anchor::Orphan(Orphan { fragments: lost.collect(), prefix: "".into(), suffix: "".into() })
        },
        Anchor::Placed,
    ))
}

fn attributes(row: &[Value], strings: &Strings) -> Result<BTreeMap<AttributeId, AttributeValue>, StoredError> {
    pairs(row)?
        .map(|(name, value)| {
            let value = match value {
                Value::Array(number) => match number.as_slice() {
                    [Value::Number(number)] => AttributeValue::Number(number.clone()),
                    _ => return Err(malformed("an attribute is not a number")),
                },
                text => AttributeValue::Text(strings.get(text)?.clone()),
            };
            Ok((strings.id(AttributeId::new, name)?, value))
        })
        .try_gather()
}

fn roles(row: &[Value], strings: &Strings) -> Result<BTreeMap<RoleId, Vec<Filler>>, StoredError> {
    let filler = |filler: &Value| match integer(filler)? {
        entity if entity < 0 => strings.id(EntityId::new, &(-1 - entity).into()).map(Filler::Entity),
        _ => strings.id(AnnotationId::new, filler).map(Filler::Annotation),
    };
    row.iter()
        .map(|role| match elements(role)?.as_slice() {
            [name, fillers @ ..] if !fillers.is_empty() => {
                Ok((strings.id(RoleId::new, name)?, fillers.iter().map(filler).collect::<Result<_, _>>()?))
            }
            _ => Err(malformed("a role is empty")),
        })
        .try_gather()
}

fn origin(row: &[Value], strings: &Strings) -> Result<Origin, StoredError> {
    let [kind, format, rule, confidence] = row else {
        return if row.is_empty() { Ok(Origin::manual()) } else { Err(malformed("an origin is incomplete")) };
    };
    let optional = |number: &Value| match number.as_u64() {
        Some(0) => Ok(None),
        Some(number) => strings.get(&(number - 1).into()).map(|string| Some(string.clone())),
        None => Err(malformed("a string has no number")),
    };
    let confidence = match confidence {
        Value::Null => None,
        stated => Some(
            stated
                .as_u64()
                .and_then(|per_cent| u8::try_from(per_cent).ok())
                .filter(|per_cent| *per_cent <= 100)
                .ok_or_else(|| malformed("a confidence is no percentage"))?,
        ),
    };
    let kind = optional(kind)?.and_then(|kind| parse_origin_kind(&kind)).ok_or_else(|| malformed("an origin has an unknown kind"))?;
    Ok(Origin { kind, format: optional(format)?, rule: optional(rule)?, confidence })
}

fn elements(value: &Value) -> Result<&Vec<Value>, StoredError> {
    value.as_array().ok_or_else(|| malformed("a part is not an array"))
}

fn integer(value: &Value) -> Result<i64, StoredError> {
    value.as_i64().ok_or_else(|| malformed("a part is not an integer"))
}

fn offset(value: &Value) -> Result<u32, StoredError> {
    value.as_u64().and_then(|offset| u32::try_from(offset).ok()).ok_or_else(|| malformed("an offset is out of range"))
}

fn pairs(row: &[Value]) -> Result<impl Iterator<Item = (&Value, &Value)>, StoredError> {
    if !row.len().is_multiple_of(2) {
        return Err(malformed("a pair is incomplete"));
    }
    Ok(row.chunks(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?))))
}
