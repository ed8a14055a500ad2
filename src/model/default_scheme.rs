use super::*;

/// Speakers, cues, claims, stances and targets: what a project starts with when its file brings no scheme.
pub fn default_scheme() -> Scheme {
    let speaker = AnnotationType {
        entity: Tie::May,
        attributes: vec![choice("form", "Form", false, &[("name", "Name"), ("description", "Description"), ("pronoun", "Pronoun")])],
        description: "Words that name who speaks: a name, a description, a pronoun.".into(),
        ..plain("speaker", "Speaker", Meaning::Speaker, Color::Blue, Line::Solid, 's')
    };
    let cue = AnnotationType {
        description: "Words that mark the attribution: said, according to, a headline’s colon.".into(),
        ..plain("cue", "Cue", Meaning::Cue, Color::Gray, Line::Dotted, 'q')
    };
    let claim = AnnotationType {
        fill: true,
        description:
            "What is attributed, with an introducing “that”, without the closing full stop; quotation marks belong to a direct claim."
                .into(),
        attributes: vec![choice(
            "quotation",
            "Quotation",
            false,
            &[("direct", "Direct"), ("indirect", "Indirect"), ("mixed", "Mixed"), ("none", "None")],
        )],
        roles: vec![
            Role { means: Some(Meaning::Speaker), entities: true, min: 1, ..role("speaker", "Speaker", &["speaker"]) },
            Role { means: Some(Meaning::Cue), ..role("cue", "Cue", &["cue"]) },
            role("supports", "Supports", &["claim"]),
            role("disputes", "Disputes", &["claim"]),
            role("repeats", "Repeats", &["claim"]),
        ],
        ..plain("claim", "Claim", Meaning::Claim, Color::Amber, Line::Solid, 'c')
    };
    let mut polarity =
        choice("polarity", "Polarity", true, &[("favor", "Favor"), ("against", "Against"), ("neutral", "Neutral"), ("mixed", "Mixed")]);
    if let AttributeKind::Choice(options) = &mut polarity.kind {
        let looks = [(Color::Green, '▲'), (Color::Orange, '▼'), (Color::Gray, '◆'), (Color::Purple, '◈')];
        for (option, (color, mark)) in options.iter_mut().zip(looks) {
            option.color = Some(color);
            option.mark = Some(mark);
        }
    }
    let one = |role: Role| Role { entities: true, min: 1, max: Some(1), ..role };
    let stance = AnnotationType {
        description: "The words that express an evaluation: hailed, apartheid.".into(),
        attributes: vec![
            polarity,
            choice("intensity", "Intensity", false, &[("weak", "Weak"), ("average", "Average"), ("strong", "Strong")]),
        ],
        roles: vec![
            one(Role { means: Some(Meaning::Holder), ..role("holder", "Holder", &["speaker"]) }),
            one(Role { means: Some(Meaning::Target), ..role("target", "Target", &["claim", "speaker", "target"]) }),
        ],
        ..plain("stance", "Stance", Meaning::Stance, Color::Red, Line::Double, 't')
    };
    let target = AnnotationType {
        entity: Tie::May,
        description: "Words that name what a stance is about, where that is neither a claim nor a speaker.".into(),
        ..plain("target", "Target", Meaning::Target, Color::Pink, Line::Dashed, 'g')
    };
    Scheme {
        id: known(SchemeId::new("speakers-claims-stance")),
        name: "Speakers, claims and stance".into(),
        types: vec![speaker, cue, claim, stance, target],
    }
}

pub(super) fn known<T>(id: Option<T>) -> T {
    id.expect("invariant: the default scheme's ids are ids")
}

pub(super) fn plain(id: &str, name: &str, means: Meaning, color: Color, line: Line, key: char) -> AnnotationType {
    AnnotationType {
        id: known(TypeId::new(id)),
        name: name.into(),
        means: Some(means),
        color,
        line,
        fill: false,
        key: Some(key),
        description: "".into(),
        entity: Tie::Never,
        attributes: Vec::new(),
        roles: Vec::new(),
    }
}

pub(super) fn choice(id: &str, name: &str, required: bool, options: &[(&str, &str)]) -> Attribute {
    let options = options.iter().zip('1'..='9').map(|(&(id, name), key)| AttributeOption {
        id: known(OptionId::new(id)),
        name: name.into(),
        key: Some(key),
        color: None,
        mark: None,
        description: "".into(),
    });
    Attribute {
        id: known(AttributeId::new(id)),
        name: name.into(),
        kind: AttributeKind::Choice(options.collect()),
        required,
        description: "".into(),
    }
}

pub(super) fn role(id: &str, name: &str, accepts: &[&str]) -> Role {
    let accepts = accepts.iter().map(|accepted| known(TypeId::new(accepted))).collect();
    Role { id: known(RoleId::new(id)), name: name.into(), means: None, accepts, entities: false, min: 0, max: None, description: "".into() }
}
