//! Entities as the values of string features.

use std::rc::Rc;

use crate::format::exchange::ForeignEntity;
use crate::model::{Entity, is_wikidata_id};

/// How Wikidata itself names an item.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// The item in Wikidata as its address, or else the entity's id.
pub fn identifier(of: &Entity) -> String {
    of.wikidata.as_ref().map_or_else(|| of.id.to_string(), |item| format!("{WIKIDATA}{item}"))
}

/// Whom an identifier means; without a name it goes by the last part of its address.
pub fn entity(identifier: &str, name: Option<&str>) -> ForeignEntity {
    let last = identifier.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or(identifier);
    let is_address = identifier.contains("://");
    let wikidata = Some(last).filter(|last| is_address && identifier.contains("wikidata.org/") && is_wikidata_id(last));
    ForeignEntity { name: name.unwrap_or(last).into(), wikidata: wikidata.map(Into::into), id: (!is_address).then(|| identifier.into()) }
}

/// `holder: Douglas Adams <http://www.wikidata.org/entity/Q42>`; `None` where a name would break the line.
pub fn filler(role: &str, of: &Entity) -> Option<String> {
    (!of.name.contains(['\n', '\r'])).then(|| format!("{role}: {} <{}>", of.name, identifier(of)))
}

/// What lines of [`filler`] say; `None` where one of them is not of that form.
pub fn fillers(lines: &str) -> Option<Vec<(Rc<str>, ForeignEntity)>> {
    let filler = |line: &str| {
        let (role, rest) = line.split_once(": ")?;
        let (name, identifier) = rest.strip_suffix('>')?.rsplit_once(" <")?;
        Some((role.into(), entity(identifier, Some(name))))
    };
    lines.split('\n').map(filler).collect()
}
