//! The header: which layers there are, and what each column holds.

use super::escape::Version;
use crate::format::exchange::{Done, Foreign, Source, Spot};
use crate::format::uima::layers::short_name;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Span,
    Chain,
    Relation,
}

/// A layer, and where among the columns behind the token its own begin.
#[derive(Debug)]
pub struct Layer<'a> {
    /// With its namespace.
    pub name: &'a str,
    pub kind: Kind,
    pub first: usize,
    pub columns: Vec<Column<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Column<'a> {
    /// Of a layer without features.
    Nothing,
    Feature(&'a str),
    /// The roles of a slot feature; the targets are in the column behind.
    Roles(&'a str),
    /// With the layer that they are of.
    Targets(&'a str),
    /// Where a relation comes from, and the layer of its ends.
    From(&'a str),
}

impl Layer<'_> {
    pub fn label(&self) -> &str {
        short_name(self.name)
    }
}

/// The version and the layers; `None` where it is no file of this format, which is said.
pub fn read<'a>(file: &'a Source, foreign: &mut Foreign) -> Option<(Version, Vec<Layer<'a>>)> {
    let mut lines = (1..).zip(file.text.trim_start_matches('\u{feff}').lines());
    let format = lines.next().and_then(|(_, line)| line.strip_prefix("#FORMAT=WebAnno TSV 3."));
    let Some(minor) = format.and_then(|minor| minor.trim_end().parse::<u32>().ok()) else {
        foreign.trouble(Spot::line(&file.name, 1), "it does not begin with “#FORMAT=WebAnno TSV 3.…”", Done::Skipped);
        return None;
    };
    let version = if minor <= 1 { Version::Java } else { Version::Later };
    let (mut layers, mut first) = (Vec::new(), 0);
    for (number, line) in lines {
        let kinds = [("#T_SP=", Kind::Span), ("#T_CH=", Kind::Chain), ("#T_RL=", Kind::Relation)];
        let Some((rest, kind)) = kinds.into_iter().find_map(|(prefix, kind)| Some((line.strip_prefix(prefix)?, kind))) else {
            if line.trim().is_empty() {
                break;
            }
            if !line.starts_with("#T_") {
                break;
            }
            foreign.trouble(Spot::line(&file.name, number), "this is no kind of layer", Done::Skipped);
            continue;
        };
        let mut fields = rest.trim_end().split('|');
        let name = fields.next().unwrap_or_default();
        let mut columns: Vec<Column<'_>> = Vec::new();
        for field in fields.filter(|field| !field.is_empty()) {
            columns.push(column(field, kind, columns.last()));
        }
        if columns.is_empty() {
            columns.push(Column::Nothing);
        }
        let count = columns.len();
        layers.push(Layer { name, kind, first, columns });
        first += count;
    }
    Some((version, layers))
}

/// `ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameRolesLink` is the feature `Roles`; what stands behind it is a layer.
fn column<'a>(field: &'a str, kind: Kind, before: Option<&Column<'_>>) -> Column<'a> {
    match kind {
        Kind::Span if field.starts_with("ROLE_") => {
            let feature = field.split_once(':').map_or(field, |(_, rest)| rest);
            Column::Roles(feature.split('_').next().unwrap_or(feature))
        }
        Kind::Span if matches!(before, Some(Column::Roles(_))) => Column::Targets(field),
        Kind::Relation => field.strip_prefix("BT_").map_or(Column::Feature(field), Column::From),
        Kind::Span | Kind::Chain => Column::Feature(field),
    }
}
