use yew::prelude::*;

use crate::browser::{Backing, Held, LOCAL_UNITS, LocalUse, Room};
use crate::ui::words::{counted, size};

/// What the two stores hold, and how much room there is.
#[derive(Clone, PartialEq)]
pub struct StoreFacts {
    pub backing: Backing,
    /// Of the open project.
    pub held: Held,
    /// Why there is no database.
    pub no_database: Option<AttrValue>,
    /// Why local storage lacks something.
    pub not_mirrored: Option<AttrValue>,
    pub local: Option<LocalUse>,
    pub room: Option<Room>,
}

/// Where the open project is, in plain words, and what room is left.
pub fn stores(facts: &StoreFacts) -> Html {
    let (database_fine, database) = in_database(facts);
    let (local_fine, local) = in_local(facts);
    let tone = |fine: bool| if fine { "ok" } else { "warn" };
    html! {
        <section class="stores" aria-label="Where this project is">
            <h3>{ "Where this project is" }</h3>
            <dl>
                <dt class={tone(database_fine)}><span>{ "Database of this browser" }</span></dt><dd data-store="database">{ database }</dd>
                <dt class={tone(local_fine)}><span>{ "Second copy, in local storage" }</span></dt><dd data-store="local">{ local }</dd>
            </dl>
            <h3>{ "Room, all projects together" }</h3>
            if let Some(LocalUse { ours, others }) = facts.local {
                <p class="room">
                    <meter min="0" max={LOCAL_UNITS.to_string()} high={(LOCAL_UNITS / 5 * 4).to_string()} value={(ours + others).to_string()} aria-label="Local storage in use"></meter>
                    { format!("Local storage: {} of {}", size((ours + others) as u64), size(LOCAL_UNITS as u64)) }
                    if others > 0 { { format!(", of which {} are of other pages at this address", size(others as u64)) } }
                </p>
            }
            if let Some(Room { used, limit }) = facts.room {
                <p class="room">
                    <meter min="0" max={limit.to_string()} high={(limit / 5 * 4).to_string()} value={used.to_string()} aria-label="Browser’s share for this address in use"></meter>
                    { format!("Database and all else: {} of the {} that the browser lends this address", size(used), size(limit)) }
                </p>
            } else {
                <p class="hint-text">{ "How much room the database has, this browser does not say here; most tell only pages that came over https." }</p>
            }
        </section>
    }
}

/// Whether all is well with the database, and a sentence.
fn in_database(facts: &StoreFacts) -> (bool, String) {
    let Held { records, in_database, .. } = facts.held;
    match in_database {
        None => {
            let why = facts.no_database.as_deref().unwrap_or("it does not answer");
            (false, format!("Nothing: {why}."))
        }
        Some(there) if there >= records => {
            (true, format!("All of it, {}. This is on the disk and outlives a crash.", counted(records, "record")))
        }
        Some(there) => (false, format!("{there} of {}. The others are on their way.", counted(records, "record"))),
    }
}

/// The same for local storage.
fn in_local(facts: &StoreFacts) -> (bool, String) {
    let Held { layers, in_local, .. } = facts.held;
    let alone = facts.backing == Backing::LocalAlone;
    let Some(there) = in_local else { return (false, "Nothing: the browser denies the page its local storage.".to_owned()) };
    let missing = layers.saturating_sub(there);
    let why = facts.not_mirrored.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
    if missing > 0 || !why.is_empty() {
        let held = match missing {
            0 => format!("All {}, but not the latest changes{why}.", counted(layers, "layer")),
            _ => format!("{there} of {} of annotations{why}.", counted(layers, "layer")),
        };
        if alone {
            return (false, format!("{held} The rest is not stored, since this is the only copy."));
        }
        // Of a large project a part is what this copy is meant to hold.
        return (why.is_empty(), format!("{held} The rest is in the database: this copy holds what was worked on last."));
    }
    let all = match layers {
        0 => "No annotations to copy yet.".to_owned(),
        _ => format!("All annotations, {}: one for each annotator of each article.", counted(layers, "layer")),
    };
    if alone { (false, format!("{all} This is the only copy, and a crash may lose its last minute.")) } else { (true, all) }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn facts(held: Held, not_mirrored: Option<&'static str>) -> StoreFacts {
        let not_mirrored = not_mirrored.map(Into::into);
        StoreFacts { backing: Backing::Both, held, no_database: None, not_mirrored, local: None, room: None }
    }

    const ALL: Held = Held { records: 9, in_database: Some(9), layers: 2, in_local: Some(2) };

    #[test]
    fn a_store_that_has_all_is_fine_and_any_other_is_not() {
        assert!(in_database(&facts(ALL, None)).0 && in_local(&facts(ALL, None)).0);
        assert_eq!(
            in_database(&facts(Held { in_database: Some(7), ..ALL }, None)),
            (false, "7 of 9 records. The others are on their way.".to_owned())
        );
        assert_eq!(in_database(&facts(Held { in_database: None, ..ALL }, None)).1, "Nothing: it does not answer.");
        assert!(in_local(&facts(Held { layers: 0, in_local: Some(0), ..ALL }, None)).0);
    }

    #[test]
    fn what_the_second_copy_lacks_is_said_with_the_reason() {
        let full = Some("local storage is full");
        assert!(in_local(&facts(Held { in_local: Some(1), ..ALL }, None)).0, "a large project’s is as it should be");
        let some = in_local(&facts(Held { in_local: Some(1), ..ALL }, full));
        assert_eq!(
            some,
            (
                false,
                "1 of 2 layers of annotations (local storage is full). The rest is in the database: this copy holds what was worked on last."
                    .to_owned()
            )
        );
        let alone = StoreFacts { backing: Backing::LocalAlone, ..facts(ALL, full) };
        let said = "All 2 layers, but not the latest changes (local storage is full). The rest is not stored, since this is the only copy.";
        assert_eq!(in_local(&alone), (false, said.to_owned()));
    }
}
