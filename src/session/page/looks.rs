//! How annotations look in the text: their classes and their letters.

use super::Dress;
use crate::edit::Lane;
use crate::model::*;
use crate::session::State;
use crate::text::ZoneKind;

/// How one annotation is drawn.
pub(super) struct Look<'a> {
    pub annotation: &'a Annotation,
    color: Color,
    line: Line,
    fill: bool,
    mark: char,
    lane: Lane,
    whose: Whose<'a>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose<'a> {
    Own,
    /// With the annotator's mark.
    Others(&'a str),
}

impl<'a> Look<'a> {
    pub fn of(state: &'a State, annotation: &'a Annotation, lane: Lane) -> Self {
        let whose = match state.is_own(annotation) {
            true => Whose::Own,
            false => Whose::Others(state.mark_of(&annotation.annotator).map_or("?", |mark| mark)),
        };
        let Some(of) = state.store.scheme().type_of(&annotation.type_id) else {
            return Self { annotation, color: Color::Gray, line: Line::Dotted, fill: false, mark: '?', lane, whose };
        };
        let chosen = of.attributes.iter().find_map(|attribute| {
            let AttributeValue::Text(value) = annotation.attributes.get(&attribute.id)? else { return None };
            attribute.options().iter().find(|option| option.id.as_str() == &**value && (option.color.is_some() || option.mark.is_some()))
        });
        // The key, since it is the scheme's to keep apart, and reading it teaches it.
        let letter = of.key.or_else(|| of.name.chars().next()).and_then(|letter| letter.to_uppercase().next()).unwrap_or('?');
        Self {
            annotation,
            color: chosen.and_then(|option| option.color).unwrap_or(of.color),
            line: of.line,
            fill: of.fill,
            mark: chosen.and_then(|option| option.mark).unwrap_or(letter),
            lane,
            whose,
        }
    }
}

/// Classes: zone, fill of the innermost filled type, of one's own before others', colour and line of each lane, light, focus; `covering` is innermost first.
pub(super) fn class_of(covering: &[&Look<'_>], zone: Option<ZoneKind>, dress: &Dress) -> String {
    let mut classes: Vec<String> = Vec::new();
    if let Some(zone) = zone {
        classes.push(format!("zone {}", zone.as_str()));
    }
    if covering.is_empty() {
        return classes.join(" ");
    }
    classes.push("seg".to_owned());
    // One's own fill is not paled by another's in it.
    let filled = || covering.iter().filter(|look| look.fill);
    if let Some(look) = filled().find(|look| look.whose == Whose::Own).or_else(|| filled().next()) {
        classes.push(format!("fill-{}", look.color.as_str()));
        if look.whose != Whose::Own {
            classes.push("fill-others".to_owned());
        }
    }
    for look in covering {
        classes.push(format!("u{0}-{1} u{0}-{2}", look.lane, look.color.as_str(), look.line.as_str()));
        if look.whose != Whose::Own {
            classes.push(format!("u{}-others", look.lane));
        }
    }
    if let Some(first) = covering.first() {
        classes.push(format!("ink-{}", first.color.as_str()));
    }
    // The innermost lit one gives the light: what is in hand must not hide in a larger frame's colour.
    if let Some(look) = covering.iter().find(|look| dress.lights.lit.contains(&look.annotation.id)) {
        classes.push(format!("lit-{}", look.color.as_str()));
    }
    if covering.iter().any(|look| dress.lights.focus.as_ref() == Some(&look.annotation.id)) {
        classes.push("focused".to_owned());
    }
    classes.join(" ")
}

/// The letters of what begins here, those of others with the mark of whose they are: `CS` is one's own, `C·AN` another's, and `S·AN·B` of
/// two others.
pub(super) fn tag_of(begins: &[&Look<'_>]) -> String {
    let mut tag = String::new();
    // The letters that the last mark stands behind.
    let mut marked: Option<String> = None;
    for group in begins.chunk_by(|one, next| one.whose == next.whose) {
        let Some(Look { whose, .. }) = group.first() else { continue };
        let letters: String = group.iter().map(|look| look.mark).collect();
        if marked.as_ref() != Some(&letters) || *whose == Whose::Own {
            if !tag.is_empty() {
                tag.push(' ');
            }
            tag.push_str(&letters);
        }
        marked = match whose {
            Whose::Own => None,
            Whose::Others(mark) => {
                tag.push('·');
                tag.push_str(mark);
                Some(letters)
            }
        };
    }
    tag
}
