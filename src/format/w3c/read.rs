//! From annotations to what they say.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::body::{Said, many, text, words};
use super::{LINKS, URN};
use crate::format::exchange::{Done, End, Foreign, ForeignLink, ForeignSpan, ForeignText, Piece, Source, Spot, Unit, lines};
use crate::format::links::{WEB, is_address};

/// Reads `.jsonld` and `.json` files, each with the `.txt` file of its name: pages, collections with their first page, lists, or an
/// annotation alone. The first tag is the label and further ones are flags; an annotation without tags is called by its motivation.
///
/// Annotations that link others may have the filler as body and the owner as target, with a tag of their own or with one that another
/// annotation puts on them; or both as targets, the owner first.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    let texts: BTreeMap<&str, &Source> = files.iter().filter(|file| file.extension() == "txt").map(|file| (file.stem(), file)).collect();
    let mut read: BTreeMap<&str, Vec<Item>> = texts.keys().map(|stem| (*stem, Vec::new())).collect();
    for file in files.iter().filter(|file| ["jsonld", "json"].contains(&file.extension().as_str())) {
        let stem = file.stem();
        let of = [stem, stem.strip_suffix(LINKS).unwrap_or(stem)].into_iter().find(|stem| texts.contains_key(stem));
        let Some(annotations) = of.and_then(|stem| read.get_mut(stem)) else {
            foreign.trouble(file.spot(), format!("there is no {stem}.txt beside it"), Done::Skipped);
            continue;
        };
        for (spot, value) in lines::<Value>(file, "an annotation") {
            let Some(value) = foreign.known(&spot, value) else { continue };
            unpack(spot, value, annotations, &mut foreign);
        }
    }
    for (stem, annotations) in read {
        let Some(file) = texts.get(stem) else { continue };
        let spot = annotations.first().map_or_else(|| file.spot(), |(spot, _)| Spot { file: spot.file.clone(), ..Spot::default() });
        let text =
            ForeignText { spot, id: file.base().into(), text: file.text.as_str().into(), unit: Unit::CodePoints, ..ForeignText::default() };
        let text = Reader { text, ..Reader::default() }.read(annotations, &mut foreign);
        foreign.texts.push(text);
    }
    foreign
}

/// An annotation and where it stands in its file.
type Item = (Spot, Map<String, Value>);

/// The annotations in a page, a collection, a list, or the one itself.
fn unpack(spot: Spot, value: Value, annotations: &mut Vec<Item>, foreign: &mut Foreign) {
    match value {
        Value::Array(items) => {
            for (n, item) in items.into_iter().enumerate() {
                unpack(spot.item(n), item, annotations, foreign);
            }
        }
        Value::Object(mut object) => {
            let mut is_annotation = true;
            for name in ["items", "@graph", "first", "next"] {
                match object.remove(name) {
                    None => continue,
                    Some(Value::String(page)) => {
                        foreign.trouble(spot.field(name), format!("what is at {page} is not read"), Done::Skipped);
                    }
                    Some(inner) => unpack(spot.field(name), inner, annotations, foreign),
                }
                is_annotation = false;
            }
            if is_annotation {
                annotations.push((spot, object));
            }
        }
        _ => foreign.trouble(spot, "this is not an annotation", Done::Skipped),
    }
}

#[derive(Default)]
struct Reader {
    text: ForeignText,
    /// The annotations without a place, by their ids.
    bare: Vec<(Spot, Rc<str>, Map<String, Value>)>,
    /// Bytes in which words without a place were looked for.
    searched: u64,
}

impl Reader {
    fn read(mut self, annotations: Vec<Item>, foreign: &mut Foreign) -> ForeignText {
        for (n, (spot, annotation)) in annotations.into_iter().enumerate() {
            let id: Rc<str> = text(&annotation, &["id", "@id"]).map_or_else(|| format!("#{}", n + 1).into(), Into::into);
            let has_place = |target: &Value| target.get("selector").is_some();
            match many(annotation.get("target")).iter().any(has_place) {
                true => self.span(spot, id, &annotation, foreign),
                false => self.bare.push((spot, id, annotation)),
            }
        }
        self.links(foreign);
        self.text
    }

    fn span(&mut self, spot: Spot, id: Rc<str>, annotation: &Map<String, Value>, foreign: &mut Foreign) {
        let mut pieces = Vec::new();
        let targets = many(annotation.get("target"));
        for (n, target) in targets.iter().enumerate() {
            let spot = if targets.len() == 1 { spot.field("target") } else { spot.field("target").item(n) };
            match self.piece(target) {
                Some(piece) => pieces.push(piece),
                None => foreign.trouble(spot, "it has neither a position nor a quotation in the text", Done::Skipped),
            }
            let source = target.get("source").and_then(Value::as_str).filter(|source| is_address(source, &WEB));
            let url = &mut self.text.metadata.url;
            *url = url.take().or_else(|| source.map(Into::into));
        }
        if pieces.is_empty() {
            return;
        }
        let said = Said::of(annotation);
        let mut tags = said.tags.into_iter();
        let motivation = || words(annotation.get("motivation")).first().map_or_else(|| "annotation".into(), |word| Rc::from(*word));
        let label = tags.next().unwrap_or_else(motivation);
        let flags = tags.map(|tag| (tag, Rc::default()));
        let mut entities = said.entities.into_iter();
        let entity = entities.next();
        for entity in entities {
            foreign.trouble(spot.clone(), format!("it stands for somebody else too: {}", entity.name), Done::Skipped);
        }
        if said.empty > 0 {
            foreign.trouble(spot.clone(), format!("{} bodies without a text or an address", said.empty), Done::Skipped);
        }
        let notes: Vec<Rc<str>> = said.notes.into_iter().chain(said.others).collect();
        self.text.spans.push(ForeignSpan {
            label,
            pieces,
            attributes: said.classes.into_iter().chain(flags).collect(),
            note: notes.join("\n").into(),
            entity,
            annotator: many(annotation.get("creator")).first().and_then(name),
            spot,
            id,
        });
    }

    /// A target's position, by numbers or else by its words and those around them.
    fn piece(&mut self, target: &Value) -> Option<Piece> {
        let (mut place, mut quote) = (None, None);
        for selector in many(target.get("selector")) {
            let field = |name: &str| selector.get(name).and_then(Value::as_str).unwrap_or_default();
            match field("type") {
                "TextPositionSelector" => {
                    let number = |name: &str| selector.get(name).and_then(Value::as_u64);
                    place = place.or(number("start").zip(number("end")));
                }
                "TextQuoteSelector" if !field("exact").is_empty() => quote = Some((field("prefix"), field("exact"), field("suffix"))),
                // RFC 5147, section 3.
                "FragmentSelector" => {
                    let numbers = field("value").strip_prefix("char=").and_then(|numbers| numbers.split_once(','));
                    place = place.or(numbers.and_then(|(start, end)| start.parse().ok().zip(end.parse().ok())));
                }
                _ => {}
            }
        }
        let (start, end) = place.or_else(|| self.find(quote?))?;
        Some(Piece { start, end, quote: quote.map(|(_, exact, _)| exact.into()) })
    }

    /// Where the words stand in the text, in code points: at best between those around them. 0–0 where they do not.
    fn find(&mut self, (prefix, exact, suffix): (&str, &str, &str)) -> Option<(u64, u64)> {
        /// Bytes that may be searched in a text.
        const MOST: u64 = 1_000_000_000;
        let text = &self.text.text;
        self.searched += 2 * text.len() as u64;
        if self.searched > MOST {
            return Some((0, 0));
        }
        let around = text.find(&format!("{prefix}{exact}{suffix}")).map(|at| at + prefix.len());
        let Some(at) = around.or_else(|| text.find(exact)) else { return Some((0, 0)) };
        let start = text.get(..at)?.chars().count() as u64;
        Some((start, start + exact.chars().count() as u64))
    }

    fn links(&mut self, foreign: &mut Foreign) {
        let is_link = |annotation: &Map<String, Value>| words(annotation.get("motivation")).contains(&"linking");
        let bare = std::mem::take(&mut self.bare);
        let ids: BTreeSet<&str> = bare.iter().filter(|(_, _, annotation)| is_link(annotation)).map(|(_, id, _)| &**id).collect();
        // What is said of links: their roles.
        let mut roles: HashMap<&str, Rc<str>> = HashMap::new();
        for (spot, _, annotation) in bare.iter().filter(|(_, _, annotation)| !is_link(annotation)) {
            let of = many(annotation.get("target")).first().and_then(reference).filter(|of| ids.contains(of));
            match of.zip(Said::of(annotation).tags.into_iter().next()) {
                Some((of, role)) => drop(roles.insert(of, role)),
                None => foreign.trouble(spot.clone(), "it has no place in the text, and is no role of a link", Done::Skipped),
            }
        }
        for (spot, id, annotation) in bare.iter().filter(|(_, _, annotation)| is_link(annotation)) {
            let said = Said::of(annotation);
            let label = said.tags.into_iter().next().or_else(|| roles.get(&**id).cloned()).unwrap_or_else(|| "linking".into());
            let targets: Vec<&str> = many(annotation.get("target")).iter().filter_map(reference).collect();
            let mut fillers: Vec<End> = said.others.into_iter().map(End::Span).chain(said.entities.into_iter().map(End::Entity)).collect();
            let owners = match (&targets[..], fillers.is_empty()) {
                ([owner, filler], true) => {
                    fillers.push(End::Span((*filler).into()));
                    vec![*owner]
                }
                _ => targets,
            };
            if owners.is_empty() || fillers.is_empty() {
                foreign.trouble(spot.clone(), "a link without its two ends", Done::Skipped);
            }
            // Each with each would be more than the file holds.
            if owners.len() > 1 && fillers.len() > 1 {
                let what = format!("it links {} to {}: who fills whose role can’t be told", fillers.len(), owners.len());
                foreign.trouble(spot.clone(), what, Done::Skipped);
                continue;
            }
            for from in owners {
                let link = |to: &End| ForeignLink { spot: spot.clone(), label: label.clone(), from: from.into(), to: to.clone() };
                self.text.links.extend(fillers.iter().map(link));
            }
        }
    }
}

/// The id of what a target without a place is.
fn reference(target: &Value) -> Option<&str> {
    match target {
        Value::String(id) => Some(id),
        Value::Object(target) => text(target, &["id", "@id", "source"]),
        _ => None,
    }
}

/// What a creator is called.
fn name(creator: &Value) -> Option<Rc<str>> {
    let name = match creator {
        Value::String(id) => Some(id.as_str()),
        Value::Object(creator) => text(creator, &["name", "nickname", "nick", "id", "@id"]),
        _ => None,
    };
    name.map(|name| name.strip_prefix(URN).and_then(|rest| rest.strip_prefix("annotator:")).unwrap_or(name).into())
}
