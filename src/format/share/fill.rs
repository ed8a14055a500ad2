//! What a link leaves out, put back.

use crate::format::native::file::{File, Scheme, Str};
use crate::format::native::stamp::Stamps;
use crate::format::native::to_file;
use crate::format::stored::from_millis;
use crate::model::{Timestamp, default_scheme};

/// Fills in a stated project: times, and the content of a scheme that has no id.
pub fn fill(stated: &mut File) {
    macro_rules! fill_times {
        ($records:expr, $record:ident => $id:expr) => {
            for $record in $records {
                let id: Option<Str> = $id;
                fill_times(id.as_deref(), &mut $record.created, &mut $record.modified);
            }
        };
    }
    fill_times!(stated.project.iter_mut(), record => record.id.clone());
    fill_times!(stated.scheme.iter_mut(), record => None);
    fill_times!(&mut stated.annotators, record => Some(record.id.clone()));
    fill_times!(&mut stated.assignments, record => None);
    fill_times!(&mut stated.entities, record => Some(record.id.clone()));
    fill_times!(&mut stated.articles, record => Some(record.id.clone()));
    fill_times!(&mut stated.annotations, record => record.id.clone());
    fill_times!(&mut stated.progress, record => None);
    if let Some(scheme) = stated.scheme.as_mut().filter(|scheme| scheme.id.is_none()) {
        let (created, modified) = (scheme.created.take(), scheme.modified.take());
        let version = std::mem::take(&mut scheme.version);
        *scheme = Scheme { created, modified, version, ..to_file::scheme(&default_scheme(), Stamps::default()) };
    }
}

fn fill_times(id: Option<&str>, created: &mut Option<Str>, modified: &mut Option<Str>) {
    if created.is_none() {
        *created = id.and_then(born).map(|time| time.as_str().into());
    }
    if modified.is_none() {
        modified.clone_from(created);
    }
}

/// When a record of this id was made, where the id says it: a UUID of version 7 (RFC 9562, section 5.7), as all ids of this page are.
pub fn born(id: &str) -> Option<Timestamp> {
    let is_hyphen = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, byte): (usize, u8)| if is_hyphen(at) { byte == b'-' } else { matches!(byte, b'0'..=b'9' | b'a'..=b'f') };
    if id.len() != 36 || id.as_bytes()[14] != b'7' || !id.bytes().enumerate().all(fits) {
        return None;
    }
    let millis = i64::from_str_radix(&format!("{}{}", &id[..8], &id[9..13]), 16).ok()?;
    from_millis(millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Fresh;

    #[test]
    fn an_id_of_this_page_says_when_it_was_made() {
        let id = Fresh { millis: 1_687_466_040_007, entropy: 3 }.uuid(0);
        assert_eq!(born(&id).map(|time| time.to_string()).as_deref(), Some("2023-06-22T20:34:00.007Z"));
        for other in ["", "seed-a", &"7".repeat(36), &id.to_uppercase(), &id.replacen('7', "4", 9), &format!("{}é", &id[..34])] {
            assert_eq!(born(other), None, "{other}");
        }
    }
}
