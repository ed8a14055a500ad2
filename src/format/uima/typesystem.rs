//! The type system as an XML descriptor: what INCEpTION imports as layers, and `cassis.load_typesystem` reads.

use std::fmt::Write as _;

use super::layers::{Layers, ROLE, ROLES, TARGET};

/// The layers of a scheme. DKPro's own types are not among them: who needs them has them.
///
/// The form is that of UIMA's type system descriptors (UIMA References, “Type System Descriptors”).
pub fn typesystem_xml(layers: &Layers) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    );
    for (_, layer) in layers.iter() {
        begin(&mut xml, &layer.name, &layer.title, "uima.tcas.Annotation");
        for name in layer.strings() {
            feature(&mut xml, name, "uima.cas.String", None);
        }
        feature(&mut xml, ROLES, "uima.cas.FSArray", Some(&layer.link_name()));
        end(&mut xml);
        begin(&mut xml, &layer.link_name(), "", "uima.cas.TOP");
        feature(&mut xml, ROLE, "uima.cas.String", None);
        feature(&mut xml, TARGET, "uima.tcas.Annotation", None);
        end(&mut xml);
    }
    xml.push_str("</types>\n</typeSystemDescription>\n");
    xml
}

fn begin(xml: &mut String, name: &str, description: &str, parent: &str) {
    let description = escaped(description);
    let _ = writeln!(
        xml,
        "<typeDescription><name>{name}</name><description>{description}</description><supertypeName>{parent}</supertypeName><features>"
    );
}

fn end(xml: &mut String) {
    xml.push_str("</features></typeDescription>\n");
}

fn feature(xml: &mut String, name: &str, range: &str, element: Option<&str>) {
    let element = element.map(|element| format!("<elementType>{element}</elementType>")).unwrap_or_default();
    let _ = writeln!(
        xml,
        "<featureDescription><name>{name}</name><description/><rangeTypeName>{range}</rangeTypeName>{element}</featureDescription>"
    );
}

/// Text between tags; what XML has no place for at all is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() && !matches!(letter, '\n' | '\t') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
