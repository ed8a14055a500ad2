//! Relation layers: an annotation that leads from one span to another.

use std::rc::Rc;

use super::cas::Feature;
use super::layers::short_name;
use super::read::{Reader, What};
use crate::format::exchange::{End, ForeignLink};

const GOVERNOR: &str = "Governor";
const DEPENDENT: &str = "Dependent";
/// Features that say what relation it is, the surest first.
pub const LABELS: [&str; 5] = ["label", "value", "DependencyType", "relationType", "role"];

impl Reader<'_> {
    /// A link from the governor, where INCEpTION's arcs begin, to the dependent. It is called what its one feature says, or else as its
    /// type is.
    pub fn relation(&mut self, n: usize, text: usize) {
        let name = short_name(&self.all[n].of).to_owned();
        let end = |end: &str| self.all[n].reference(end).and_then(|id| self.at.get(&id)).map(|at| &self.what[*at]);
        let (from, to) = match (end(GOVERNOR), end(DEPENDENT)) {
            (Some(What::Span(a, from)), Some(What::Span(b, to))) if *a == text && *b == text => (from.clone(), to.clone()),
            _ => return self.say(n, format!("“{name}” is a relation of what are no spans")),
        };
        let chosen = self.label(n);
        let label = chosen.as_ref().map_or_else(|| Rc::from(name.as_str()), |(_, label)| label.clone());
        let chosen = chosen.map(|(chosen, _)| chosen);
        let is_more = |(feature, value): &&(Box<str>, Feature)| {
            !matches!(&**feature, "begin" | "end" | "sofa" | GOVERNOR | DEPENDENT)
                && *value != Feature::Nothing
                && chosen.as_deref() != Some(&**feature)
        };
        let more: Vec<String> = self.all[n].features.iter().filter(is_more).map(|(feature, _)| feature.to_string()).collect();
        for feature in more {
            self.say(n, format!("“{feature}” of the relation “{name}” has no place here"));
        }
        let spot = self.spot(n);
        self.texts[text].links.push(ForeignLink { spot, label, from, to: End::Span(to) });
    }

    /// The feature that names the relation, and what it says.
    fn label(&self, n: usize) -> Option<(Box<str>, Rc<str>)> {
        let of = &self.all[n];
        let known = LABELS.iter().find_map(|name| Some(((*name).into(), of.text(name)?.clone())));
        let mut texts = of.features.iter().filter_map(|(name, value)| match value {
            Feature::Text(text) if !text.is_empty() => Some((name.clone(), text.clone())),
            _ => None,
        });
        known.or_else(|| texts.next().filter(|_| texts.next().is_none()))
    }
}
