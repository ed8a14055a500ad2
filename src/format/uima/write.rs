//! From a project to CAS JSON: an article a file.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::entities;
use super::layers::{ANNOTATOR, ENTITY, ENTITY_ROLES, IDENTIFIER, Layer, Layers, NOTE, ROLE, ROLES, TARGET};
use super::typesystem::typesystem_xml;
use crate::format::exchange::{self, CONTINUES, Loss, Losses, Mark, Out, Part, Sheet, Sheets, Target, Tokens, Unit, Writer};
use crate::model::Metadata;
use crate::text::{Stretch, Text};

pub(super) const DOCUMENT: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const ANNOTATION: &str = "uima.tcas.Annotation";
const STRING: &str = "uima.cas.String";
const TOP: &str = "uima.cas.TOP";
/// What UIMA says of a text whose language is not known.
pub(super) const NO_LANGUAGE: &str = "x-unspecified";

/// Writes an article a file, each annotator's in a folder where there are several, and the type system once.
pub struct CasJson {
    layers: Layers,
    types: String,
    folders: Vec<exchange::Layer>,
}

impl CasJson {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        let layers = Layers::of(sheets.scheme());
        let types = types(&layers).to_string();
        Self { layers, types, folders: exchange::layers(sheets) }
    }
}

impl Writer for CasJson {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        for own in &self.folders {
            let cas = cas(sheet, own.annotator(), self, &mut out.losses);
            out.add(&format!("{}{}.json", own.folder, sheet.article.id), &cas);
        }
        sheet.lose(&[Loss::Zone, Loss::Origin, Loss::EntityDetails], out);
        // The address is the document's.
        let rest = Metadata { url: None, ..sheet.article.metadata.clone() };
        out.lose_many(Loss::Metadata, usize::from(rest != Metadata::default()));
    }

    fn finish(&mut self, out: &mut Out) {
        out.add("TypeSystem.xml", &typesystem_xml(&self.layers));
    }
}

fn types(layers: &Layers) -> Value {
    let mut types = Map::new();
    let mut add = |name: &str, parent: &str, title: &str, features: Vec<(&str, String)>| {
        let mut of = Map::new();
        of.insert("%NAME".into(), name.into());
        of.insert("%SUPER_TYPE".into(), parent.into());
        if !title.is_empty() {
            of.insert("%DESCRIPTION".into(), title.into());
        }
        let features = features.into_iter().map(|(name, range)| (name.to_owned(), json!({"%NAME": name, "%RANGE": range})));
        of.extend(features);
        types.insert(name.into(), of.into());
    };
    let string = |name| (name, STRING.to_owned());
    add(DOCUMENT, "uima.tcas.DocumentAnnotation", "", ["documentTitle", "documentId", "documentUri"].map(string).into());
    add(SENTENCE, ANNOTATION, "", Vec::new());
    add(TOKEN, ANNOTATION, "", Vec::new());
    for (_, layer) in layers.iter() {
        let mut features: Vec<_> = layer.strings().map(string).collect();
        features.push((ROLES, format!("{}[]", layer.link_name())));
        add(&layer.name, ANNOTATION, &layer.title, features);
        add(&layer.link_name(), TOP, "", vec![(ROLE, STRING.to_owned()), (TARGET, ANNOTATION.to_owned())]);
    }
    types.into()
}

/// Feature structures, a line each, numbered as they come.
struct Structures<'a> {
    text: &'a Text,
    lines: String,
    last: usize,
    /// Those that UIMA's indexes have.
    members: Vec<usize>,
}

impl Structures<'_> {
    fn add(&mut self, of: &str, features: Vec<(&str, Value)>) -> usize {
        self.last += 1;
        let mut structure = Map::from_iter([("%ID".to_owned(), self.last.into()), ("%TYPE".to_owned(), of.into())]);
        structure.extend(features.into_iter().map(|(name, value)| (name.to_owned(), value)));
        self.lines.push_str(if self.last == 1 { "\n" } else { ",\n" });
        self.lines.push_str(&Value::from(structure).to_string());
        self.last
    }

    /// Of a stretch of the text, in UTF-16 code units.
    fn annotate(&mut self, of: &str, stretch: Stretch, features: Vec<(&str, Value)>) {
        let at = |offset| Value::from(Unit::Utf16.write(self.text, offset));
        self.annotate_at(of, at(stretch.start()), at(stretch.end()), features);
    }

    fn annotate_at(&mut self, of: &str, begin: Value, end: Value, features: Vec<(&str, Value)>) {
        let mut all = vec![("@sofa", json!(1)), ("begin", begin), ("end", end)];
        all.extend(features);
        let id = self.add(of, all);
        self.members.push(id);
    }
}

fn cas(sheet: &Sheet<'_>, annotator: Option<&Rc<str>>, writer: &CasJson, losses: &mut Losses) -> String {
    let article = sheet.article;
    let mut out = Structures { text: &article.text, lines: String::new(), last: 0, members: Vec::new() };
    let sofa = [("sofaNum", json!(1)), ("sofaID", json!("_InitialView")), ("mimeType", json!("text"))];
    out.add("uima.cas.Sofa", sofa.into_iter().chain([("sofaString", article.text.as_str().into())]).collect());
    let language = if article.language.is_empty() { NO_LANGUAGE } else { &article.language };
    let mut document = vec![("language", Value::from(language)), ("documentId", article.id.as_str().into())];
    document.extend((!article.title.is_empty()).then(|| ("documentTitle", Value::from(&*article.title))));
    document.extend(article.metadata.url.as_ref().map(|url| ("documentUri", Value::from(&**url))));
    out.annotate_at(DOCUMENT, json!(0), article.text.utf16_len().get().into(), document);
    let tokens = Tokens::of(article);
    for n in 0..tokens.sentences.len() {
        let range = tokens.sentence(n);
        out.annotate(SENTENCE, tokens.tokens[range.start].cover(tokens.tokens[range.end - 1]), Vec::new());
    }
    for token in &tokens.tokens {
        out.annotate(TOKEN, *token, Vec::new());
    }
    spans(sheet, annotator, &writer.layers, &mut out, losses);
    format!(
        "{{\"%TYPES\":{},\n\"%FEATURE_STRUCTURES\":[{}\n],\n\"%VIEWS\":{}}}\n",
        writer.types,
        out.lines,
        json!({"_InitialView": {"%SOFA": 1, "%MEMBERS": out.members}})
    )
}

/// The annotations, and behind them the links that their roles are made of.
fn spans(sheet: &Sheet<'_>, annotator: Option<&Rc<str>>, layers: &Layers, out: &mut Structures<'_>, losses: &mut Losses) {
    let is_mine = |part: &Part| annotator.is_none_or(|annotator| sheet.marks[part.mark].annotator == *annotator);
    let parts: Vec<Part> = sheet.parts().into_iter().filter(is_mine).collect();
    let (mut first, mut later) = (BTreeMap::new(), BTreeMap::<usize, Vec<usize>>::new());
    for (id, part) in (out.last + 1..).zip(&parts) {
        match part.is_first {
            true => drop(first.insert(part.mark, id)),
            false => later.entry(part.mark).or_default().push(id),
        }
    }
    // Their ids come before those of the links, which are written behind them.
    let mut next = out.last + parts.len() + 1;
    let mut links: Vec<(String, Vec<(Value, usize)>)> = Vec::new();
    for part in &parts {
        let mark = &sheet.marks[part.mark];
        let Some(layer) = layers.get(&mark.of.id) else { continue };
        // What is said of the whole is said of its first part.
        let mut features = if part.is_first { strings(mark, layer, losses) } else { Vec::new() };
        let mut slots: Vec<(Value, usize)> = Vec::new();
        if part.is_first {
            let parts = later.get(&part.mark).into_iter().flatten();
            slots.extend(parts.map(|id| (CONTINUES.into(), *id)));
            for (role, target) in &mark.roles {
                let Target::Mark(other) = target else { continue };
                match first.get(other) {
                    Some(id) if role.id.as_str() != CONTINUES => slots.push((role.id.as_str().into(), *id)),
                    _ => losses.add(Loss::Role),
                }
            }
        }
        if !slots.is_empty() {
            next += slots.len() + 1;
            features.push(("@roles", (next - 1).into()));
            links.push((layer.link_name(), slots));
        }
        out.annotate(&layer.name, part.stretch, features);
    }
    for (name, slots) in links {
        let ids: Vec<usize> =
            slots.into_iter().map(|(role, target)| out.add(&name, vec![(ROLE, role), ("@target", target.into())])).collect();
        out.add(&format!("{name}[]"), vec![("%ELEMENTS", ids.into())]);
    }
}

/// The features whose values are strings.
fn strings<'a>(mark: &Mark<'_>, layer: &'a Layer, losses: &mut Losses) -> Vec<(&'a str, Value)> {
    string_features(mark, layer, losses).into_iter().map(|(name, value)| (name, value.into())).collect()
}

/// The same as text, for formats that know nothing else.
pub fn string_features<'a>(mark: &Mark<'_>, layer: &'a Layer, losses: &mut Losses) -> Vec<(&'a str, String)> {
    let mut features: Vec<(&str, String)> = Vec::new();
    for (attribute, value) in &mark.attributes {
        features.extend(layer.attribute(&attribute.id).map(|name| (name, value.to_string())));
    }
    if !mark.annotation.note.is_empty() {
        features.push((NOTE, mark.annotation.note.to_string()));
    }
    if let Some(entity) = &mark.entity {
        features.extend([(ENTITY, entity.name.to_string()), (IDENTIFIER, entities::identifier(entity))]);
    }
    let mut fillers: Vec<String> = Vec::new();
    for (role, target) in &mark.roles {
        let Target::Entity(entity) = target else { continue };
        match entities::filler(role.id.as_str(), entity) {
            Some(filler) => fillers.push(filler),
            None => losses.add(Loss::EntityFiller),
        }
    }
    if !fillers.is_empty() {
        features.push((ENTITY_ROLES, fillers.join("\n")));
    }
    if !mark.annotator.is_empty() {
        features.push((ANNOTATOR, mark.annotator.to_string()));
    }
    features
}
