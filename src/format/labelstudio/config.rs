//! The labelling configuration: which tags there are, and what controls are called.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::rc::Rc;

use crate::format::exchange::CONTINUES;
use crate::model::*;

/// What spans' labels, the text and entities are called.
pub const LABEL: &str = "label";
pub const TEXT: &str = "text";
pub const ENTITY: &str = "entity";

/// The name of each attribute's control: its id, or with its type's before it where several types have one of that id.
pub fn controls(scheme: &Scheme) -> BTreeMap<(TypeId, AttributeId), Rc<str>> {
    let all = || scheme.types.iter().flat_map(|of| of.attributes.iter().map(move |attribute| (of, attribute)));
    let mut controls = BTreeMap::new();
    for (of, attribute) in all() {
        let count = all().filter(|(_, other)| other.id == attribute.id).count();
        let is_taken = count > 1 || [LABEL, TEXT, ENTITY].contains(&attribute.id.as_str());
        let name = if is_taken { format!("{}-{}", of.id, attribute.id) } else { attribute.id.to_string() };
        controls.insert((of.id.clone(), attribute.id.clone()), name.into());
    }
    controls
}

/// Ids need no escaping in XML: they are letters, digits, dots, underscores and hyphens.
pub fn config(scheme: &Scheme) -> String {
    let mut xml = String::from("<View>\n  <Relations>\n");
    let mut roles: Vec<&str> = scheme.types.iter().flat_map(|of| of.roles.iter().map(|role| role.id.as_str())).collect();
    roles.push(CONTINUES);
    roles.sort_unstable();
    roles.dedup();
    for role in roles {
        let _ = writeln!(xml, "    <Relation value=\"{role}\"/>");
    }
    let _ = writeln!(xml, "  </Relations>\n  <Labels name=\"{LABEL}\" toName=\"{TEXT}\">");
    for of in &scheme.types {
        let _ = writeln!(xml, "    <Label value=\"{}\" background=\"{}\"/>", of.id, color(of.color));
    }
    let _ = writeln!(xml, "  </Labels>\n  <Text name=\"{TEXT}\" value=\"$text\"/>");
    let controls = controls(scheme);
    for of in &scheme.types {
        let when = format!("toName=\"{TEXT}\" perRegion=\"true\" whenTagName=\"{LABEL}\" whenLabelValue=\"{}\"", of.id);
        for attribute in &of.attributes {
            let name = &controls[&(of.id.clone(), attribute.id.clone())];
            let _ = match &attribute.kind {
                AttributeKind::Choice(options) => {
                    let _ = writeln!(xml, "  <Choices name=\"{name}\" choice=\"single\" {when}>");
                    for option in options {
                        let _ = writeln!(xml, "    <Choice value=\"{}\"/>", option.id);
                    }
                    writeln!(xml, "  </Choices>")
                }
                AttributeKind::Text => writeln!(xml, "  <TextArea name=\"{name}\" {when}/>"),
                AttributeKind::Number => writeln!(xml, "  <Number name=\"{name}\" {when}/>"),
            };
        }
    }
    let _ = writeln!(xml, "  <TextArea name=\"{ENTITY}\" toName=\"{TEXT}\" perRegion=\"true\"/>");
    xml.push_str("</View>\n");
    xml
}

fn color(color: Color) -> &'static str {
    match color {
        Color::Blue => "#2563eb",
        Color::Sky => "#0284c7",
        Color::Teal => "#0f766e",
        Color::Green => "#15803d",
        Color::Olive => "#4d7c0f",
        Color::Amber => "#b45309",
        Color::Orange => "#c2410c",
        Color::Red => "#b91c1c",
        Color::Pink => "#be185d",
        Color::Purple => "#7e22ce",
        Color::Brown => "#78350f",
        Color::Gray => "#4b5563",
    }
}
