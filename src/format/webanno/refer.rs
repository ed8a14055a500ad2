//! What a row names by its number, and which annotation that is.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::escape::{plain_value, suffix};
use super::header::Layer;
use super::read::Found;
use crate::format::exchange::{Done, Foreign, ForeignLink, Spot};
use crate::format::uima::relations::LABELS;
use crate::format::uima::strings::link;
use crate::order::InOrder;

/// Any layer will do.
const ANY: &str = "uima.tcas.Annotation";

/// `2-1[4]`, of a layer.
#[derive(Debug)]
pub(super) struct Wanted<'a> {
    pub unit: &'a str,
    /// The number in brackets; 0 where it needs none.
    pub id: u64,
    /// The layer's name.
    pub of: &'a str,
}

impl<'a> Wanted<'a> {
    pub fn of(target: &'a str, of: &'a str) -> Self {
        match suffix(target) {
            Some((unit, id)) => Self { unit, id: id.parse().unwrap_or_default(), of },
            None => Self { unit: target, id: 0, of },
        }
    }
}

/// A span, and where that is said which it says.
pub(super) struct Place {
    /// Its number.
    pub at: usize,
    pub spot: Spot,
}

/// A link whose ends are still to be found.
enum Pending<'a> {
    Slot { from: Place, label: Rc<str>, to: Wanted<'a> },
    Relation { spot: Spot, label: Rc<str>, from: Wanted<'a>, to: Wanted<'a> },
}

/// The annotations by layer and number, and by row.
#[derive(Default)]
pub(super) struct Places<'a> {
    by_id: HashMap<(usize, u64), usize>,
    by_id_alone: HashMap<u64, usize>,
    by_unit: HashMap<(&'a str, usize), usize>,
    by_unit_alone: HashMap<&'a str, usize>,
    pending: Vec<Pending<'a>>,
    /// How often each, and where first.
    problems: BTreeMap<String, (usize, Spot)>,
}

impl<'a> Places<'a> {
    pub fn of_id(&self, layer: usize, id: u64) -> Option<usize> {
        self.by_id.get(&(layer, id)).copied()
    }

    /// Of several on a row of one layer, the first is found by it.
    pub fn add(&mut self, unit: &'a str, layer: usize, id: Option<u64>, at: usize) {
        if let Some(id) = id {
            self.by_id.entry((layer, id)).or_insert(at);
            self.by_id_alone.entry(id).or_insert(at);
        }
        self.by_unit.entry((unit, layer)).or_insert(at);
        self.by_unit_alone.entry(unit).or_insert(at);
    }

    pub fn slots(&mut self, from: Place, roles: Vec<Rc<str>>, targets: Vec<Wanted<'a>>) {
        if roles.len() != targets.len() {
            let what = format!("{} roles have {} targets", roles.len(), targets.len());
            self.say(&from.spot, what);
        }
        for (label, to) in roles.into_iter().zip(targets) {
            let from = Place { at: from.at, spot: from.spot.clone() };
            self.pending.push(Pending::Slot { from, label, to });
        }
    }

    /// It is called what one of its features says, or else as its layer is.
    pub fn relation(&mut self, spot: Spot, layer: &str, features: &[(&str, &str)], from: Wanted<'a>, to: Wanted<'a>) {
        let known = LABELS.iter().find_map(|label| features.iter().position(|(name, _)| name == label));
        let chosen = known.or((features.len() == 1).then_some(0));
        let label = chosen.and_then(|n| features.get(n)).map_or_else(|| layer.to_owned(), |(_, value)| plain_value(value));
        for (n, (name, _)) in features.iter().enumerate() {
            if Some(n) != chosen {
                self.say(&spot, format!("“{name}” of the relation “{layer}” has no place here"));
            }
        }
        self.pending.push(Pending::Relation { spot, label: label.into(), from, to });
    }

    /// The links; those with an end that is not there are reported.
    pub fn links(mut self, layers: &[Layer<'_>], found: &[Found], foreign: &mut Foreign) -> Vec<ForeignLink> {
        let mut links = Vec::new();
        for pending in std::mem::take(&mut self.pending) {
            let (spot, label, from, to) = match &pending {
                Pending::Slot { from, label, to } => (&from.spot, label, Some(from.at), to),
                Pending::Relation { spot, label, from, to } => (spot, label, self.find(from, layers), to),
            };
            match (from, self.find(to, layers)) {
                (Some(from), Some(to)) => links.push(link(spot, label.clone(), &found[from].span.id, &found[to].span.id)),
                (Some(_), None) => self.say(spot, format!("“{label}” leads to {}, which is not there", to.unit)),
                (None, _) => self.say(spot, format!("“{label}” comes from what is not there")),
            }
        }
        let mut problems: Vec<_> = self.problems.into_iter().collect();
        problems.put_in_order_by(|(_, (_, a)), (_, (_, b))| a.cmp(b));
        for (what, (count, spot)) in problems {
            let times = if count > 1 { format!(" ({count} times)") } else { String::new() };
            foreign.trouble(spot, format!("{what}{times}"), Done::Skipped);
        }
        links
    }

    fn say(&mut self, spot: &Spot, what: String) {
        self.problems.entry(what).or_insert_with(|| (0, spot.clone())).0 += 1;
    }

    fn find(&self, wanted: &Wanted<'_>, layers: &[Layer<'_>]) -> Option<usize> {
        let layer = layers.iter().position(|layer| layer.name == wanted.of);
        if wanted.id > 0 {
            let known = layer.and_then(|layer| self.by_id.get(&(layer, wanted.id)));
            return known.or_else(|| self.by_id_alone.get(&wanted.id)).copied();
        }
        let known = layer.and_then(|layer| self.by_unit.get(&(wanted.unit, layer)));
        known.or_else(|| self.by_unit_alone.get(wanted.unit).filter(|_| layer.is_none() || wanted.of == ANY)).copied()
    }
}
