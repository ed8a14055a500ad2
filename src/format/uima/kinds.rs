//! What a type is, by what it descends from.

use std::collections::HashMap;

/// What the structures of a type are to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Annotation,
    /// What is said of the text as a whole.
    Document,
    /// Tokens, sentences, and what the tools keep for themselves.
    Layout,
    Other,
    /// Nothing says what it descends from.
    Unknown,
}

const SEGMENTATION: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.";
const METADATA: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.";
const INCEPTION: &str = "de.tudarmstadt.ukp.clarin.webanno.api.type.";
/// Longer lines of descent are circles.
const GENERATIONS: usize = 100;

/// The kinds of types that were asked for.
pub(super) struct Kinds {
    parents: HashMap<Box<str>, Box<str>>,
    known: HashMap<Box<str>, Kind>,
}

impl Kinds {
    pub fn new(parents: HashMap<Box<str>, Box<str>>) -> Self {
        Self { parents, known: HashMap::new() }
    }

    pub fn of(&mut self, name: &str) -> Kind {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        let mut ancestor = Some(name);
        let mut kind = Kind::Unknown;
        for _ in 0..GENERATIONS {
            let Some(name) = ancestor else { break };
            if let Some(found) = own(name) {
                kind = found;
                break;
            }
            ancestor = self.parents.get(name).map(|parent| &**parent);
        }
        self.known.insert(name.into(), kind);
        kind
    }
}

/// What a name says by itself.
fn own(name: &str) -> Option<Kind> {
    match name {
        "uima.tcas.Annotation" => Some(Kind::Annotation),
        "uima.tcas.DocumentAnnotation" | super::write::DOCUMENT => Some(Kind::Document),
        _ if name.ends_with("[]") || name.starts_with("uima.") => Some(Kind::Other),
        _ if [SEGMENTATION, METADATA, INCEPTION].iter().any(|prefix| name.starts_with(prefix)) => Some(Kind::Layout),
        _ => None,
    }
}
