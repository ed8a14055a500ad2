use super::default_scheme::{choice, known, plain, role};
use super::*;

/// Schemes to begin with; the first is the one that a project has by itself.
pub fn ready_schemes() -> Vec<Scheme> {
    vec![default_scheme(), attribution(), sentiment(), entities()]
}

/// Attribution as in PARC (Pareti 2016): a source, a cue and what is attributed, each of any length and in pieces. The attributes of a
/// content are those of the Penn Discourse Treebank's attributions (Prasad and others 2008), which PARC began with.
fn attribution() -> Scheme {
    let source = AnnotationType {
        entity: Tie::May,
        description: "The words that name whom the content is attributed to, with what belongs to the name.".into(),
        ..plain("source", "Source", Meaning::Speaker, Color::Blue, Line::Solid, 's')
    };
    let cue = AnnotationType {
        description: "The words that link source and content: a verb of saying or thinking, according to, a colon.".into(),
        ..plain("cue", "Cue", Meaning::Cue, Color::Gray, Line::Dotted, 'q')
    };
    let content = AnnotationType {
        fill: true,
        description: "What is attributed: a clause, a part of one, or several sentences.".into(),
        attributes: vec![
            choice(
                "type",
                "Type",
                false,
                &[("assertion", "Assertion"), ("belief", "Belief"), ("fact", "Fact"), ("eventuality", "Eventuality")],
            ),
            choice("source-type", "Source type", false, &[("writer", "Writer"), ("other", "Other"), ("arbitrary", "Arbitrary")]),
        ],
        roles: vec![
            Role { means: Some(Meaning::Speaker), entities: true, min: 1, ..role("source", "Source", &["source"]) },
            Role { means: Some(Meaning::Cue), min: 1, ..role("cue", "Cue", &["cue"]) },
        ],
        ..plain("content", "Content", Meaning::Claim, Color::Amber, Line::Solid, 'c')
    };
    scheme("parc", "Attribution (PARC)", vec![source, cue, content])
}

/// Structured sentiment as in SemEval-2022 task 10 (Barnes and others): opinions of a polar expression, with a holder and a target, which
/// the text may leave out.
fn sentiment() -> Scheme {
    let holder = AnnotationType {
        entity: Tie::May,
        description: "The words that name who holds the opinion.".into(),
        ..plain("holder", "Holder", Meaning::Holder, Color::Blue, Line::Solid, 'h')
    };
    let target = AnnotationType {
        entity: Tie::May,
        description: "The words that name what the opinion is about.".into(),
        ..plain("target", "Target", Meaning::Target, Color::Pink, Line::Dashed, 't')
    };
    let expression = AnnotationType {
        fill: true,
        description: "The words that express the opinion.".into(),
        attributes: vec![
            choice("polarity", "Polarity", true, &[("positive", "Positive"), ("negative", "Negative"), ("neutral", "Neutral")]),
            choice("intensity", "Intensity", false, &[("slight", "Slight"), ("standard", "Standard"), ("strong", "Strong")]),
        ],
        roles: vec![
            Role { means: Some(Meaning::Holder), ..role("holder", "Holder", &["holder"]) },
            Role { means: Some(Meaning::Target), ..role("target", "Target", &["target"]) },
        ],
        ..plain("expression", "Expression", Meaning::Stance, Color::Red, Line::Double, 'x')
    };
    scheme("structured-sentiment", "Structured sentiment", vec![expression, holder, target])
}

/// Named entities with the four types of CoNLL-2003 (Tjong Kim Sang and De Meulder).
fn entities() -> Scheme {
    let of = |id, name, color, line, key, description: &str| AnnotationType {
        means: None,
        entity: Tie::May,
        description: description.into(),
        ..plain(id, name, Meaning::Speaker, color, line, key)
    };
    let types = vec![
        of("PER", "Person", Color::Blue, Line::Solid, 'p', "Names of people, families and fictional characters."),
        of("ORG", "Organisation", Color::Amber, Line::Double, 'o', "Names of companies, institutions, parties, teams."),
        of("LOC", "Place", Color::Green, Line::Dashed, 'l', "Names of countries, cities, regions, rivers, buildings."),
        of("MISC", "Other name", Color::Pink, Line::Dotted, 'i', "Names of events, works, nationalities, religions and other things."),
    ];
    scheme("named-entities", "Named entities", types)
}

fn scheme(id: &str, name: &str, types: Vec<AnnotationType>) -> Scheme {
    Scheme { id: known(SchemeId::new(id)), name: name.into(), types }
}
