//! What formats are called, what they are for and what they hold, a line each.

/// A format in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    pub title: &'static str,
    pub purpose: &'static str,
    pub holds: &'static str,
    pub offsets: Offsets,
}

/// Whether what offsets count is left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offsets {
    Fixed,
    /// Programs of this format differ: the person chooses.
    Open,
}

/// By the name on the command line; one that is not known here goes by it.
pub fn about(name: &str) -> About {
    let (title, purpose, holds) = match name {
        "training" => (
            "Training data (JSON lines)",
            "models; loads in datasets and pandas",
            "spans with gaps, tokens, attributes, roles, entities, notes",
        ),
        "brat" => ("brat", "the brat editor and what reads its standoff files", "spans with gaps, roles, attributes, notes, entities’ ids"),
        "labelstudio" => ("Label Studio", "labelling on in Label Studio", "spans, attributes, roles as relations"),
        "prodigy" => ("Prodigy / spaCy", "Prodigy, and training spaCy", "spans on whole tokens, roles as relations"),
        "doccano" => ("doccano", "labelling on in doccano", "spans, roles as relations; one attribute in the label"),
        "w3c" => ("W3C Web Annotation", "annotation servers and linked data", "spans with gaps, attributes, roles, notes, entities"),
        "cas" => ("UIMA CAS (JSON)", "INCEpTION, dkpro-cassis and UIMA", "spans, attributes, roles"),
        "webanno" => ("WebAnno TSV", "WebAnno and INCEpTION", "spans, attributes, roles"),
        "conll" => ("CoNLL / IOB2", "sequence taggers", "one layer of tokens a file; no overlaps, gaps or roles"),
        "citron" => ("Citron", "quote attribution with Citron", "quotations with cue, sources and contents"),
        "semeval" => ("SemEval-2022 task 10", "structured sentiment", "opinions with holder, target, expression and polarity"),
        "csv" => ("CSV tables", "spreadsheets and statistics", "a row a span, and a row a frame"),
        _ => (unknown(name), "other programs", "what its writer says"),
    };
    About { title, purpose, holds, offsets: if matches!(name, "doccano" | "w3c") { Offsets::Open } else { Offsets::Fixed } }
}

fn unknown(name: &str) -> &'static str {
    super::formats::Format::of_name(name).map_or("Another format", super::formats::Format::name)
}
