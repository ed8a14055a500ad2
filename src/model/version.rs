//! Version vectors: who changed a record how often, and so which of two versions knows the other.

use std::fmt;
use std::rc::Rc;

use super::Timestamp;
use crate::order::InOrder;

/// The page load that changed a record: six hex digits of the device and twelve that are drawn at each load and never stored;
/// or `i-<hash>` for content that came without a version. Pages of before drew fifteen digits and named no device.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Replica(Rc<str>);

/// Hex digits of a device in a replica: two people of a team have the same in one of 16 million cases.
pub const DEVICE_DIGITS: usize = 6;
/// Hex digits of a page load in a replica.
pub const LOAD_DIGITS: usize = 12;

impl Replica {
    /// `None` outside the grammar of ids.
    pub fn new(text: &str) -> Option<Self> {
        super::is_id(text).then(|| Self(text.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The device that the page load was on, where the name says so.
    pub fn device(&self) -> Option<&str> {
        let load = self.0.split('.').next()?;
        let says = load.len() == DEVICE_DIGITS + LOAD_DIGITS && load.bytes().all(|digit| digit.is_ascii_hexdigit());
        says.then(|| &load[..DEVICE_DIGITS])
    }

    /// Another name for the same page load, for changes that must not pass for knowing its `number`th; `None` where it
    /// would be too long for an id.
    pub fn branch(&self, number: u64) -> Option<Self> {
        Self::new(&format!("{}.{number}", self.0))
    }
}

impl fmt::Display for Replica {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A version vector: for each replica that changed the record, the number of its last change.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(Vec<(Replica, u64)>);

/// How two versions relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionOrder {
    Equal,
    /// The other one knows this one.
    Older,
    /// This one knows the other one.
    Newer,
    Concurrent,
}

impl Version {
    /// Readers take no greater number, so that what is counted on from it can still be written exactly as a JSON number.
    pub const MAX_READ: u64 = 1 << 52;

    /// `None` when empty, when a number is zero or beyond 2⁵³ − 1, or a replica comes twice.
    pub fn new(entries: impl IntoIterator<Item = (Replica, u64)>) -> Option<Self> {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.put_in_order();
        let sound = !entries.is_empty()
            && entries.iter().all(|entry| (1..1 << 53).contains(&entry.1))
            && entries.windows(2).all(|pair| pair[0].0 != pair[1].0);
        sound.then_some(Self(entries))
    }

    pub fn entries(&self) -> &[(Replica, u64)] {
        &self.0
    }

    pub fn of(&self, replica: &Replica) -> u64 {
        self.0.binary_search_by(|entry| entry.0.cmp(replica)).map_or(0, |at| self.0[at].1)
    }

    /// Whether the same changes by pages are in both; what was made of the content of a file that gave no version is not looked at.
    pub fn has_same_pages_as(&self, other: &Self) -> bool {
        let pages = |of: &Self| of.0.iter().filter(|(replica, _)| !replica.as_str().starts_with("i-")).cloned().collect::<Vec<_>>();
        pages(self) == pages(other)
    }

    /// The greatest number in the vector; 0 for the empty one.
    pub fn greatest(&self) -> u64 {
        self.0.iter().map(|entry| entry.1).max().unwrap_or(0)
    }

    /// The least version that knows both.
    pub fn join(&self, other: &Self) -> Self {
        let mut entries = self.0.clone();
        for (replica, number) in &other.0 {
            match entries.binary_search_by(|entry| entry.0.cmp(replica)) {
                Ok(at) => entries[at].1 = entries[at].1.max(*number),
                Err(at) => entries.insert(at, (replica.clone(), *number)),
            }
        }
        Self(entries)
    }

    /// This version and one more change by `replica`, its `number`th.
    pub fn advanced(&self, replica: &Replica, number: u64) -> Self {
        self.join(&Self(vec![(replica.clone(), number.max(self.of(replica) + 1))]))
    }

    pub fn compare(&self, other: &Self) -> VersionOrder {
        let knows = |a: &Self, b: &Self| b.0.iter().all(|(replica, number)| a.of(replica) >= *number);
        match (knows(self, other), knows(other, self)) {
            (true, true) => VersionOrder::Equal,
            (true, false) => VersionOrder::Newer,
            (false, true) => VersionOrder::Older,
            (false, false) => VersionOrder::Concurrent,
        }
    }
}

/// Who changes records now, and when: what `apply` writes onto every record it changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub replica: Replica,
    /// Greater than every number seen so far.
    pub number: u64,
    pub now: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(entries: &[(&str, u64)]) -> Version {
        Version::new(entries.iter().map(|(replica, number)| (Replica::new(replica).expect("an id"), *number))).expect("a version")
    }

    #[test]
    fn one_version_knows_the_other_or_they_are_concurrent() {
        let (a, ab, b) = (version(&[("a", 1)]), version(&[("a", 1), ("b", 2)]), version(&[("b", 2)]));
        assert_eq!(a.compare(&ab), VersionOrder::Older);
        assert_eq!(ab.compare(&b), VersionOrder::Newer);
        assert_eq!(a.compare(&b), VersionOrder::Concurrent);
        assert_eq!(a.join(&b), ab);
        assert_eq!(a.join(&b).compare(&ab), VersionOrder::Equal);
    }

    #[test]
    fn a_change_is_newer_than_what_it_changed() {
        let replica = Replica::new("a").expect("an id");
        let first = version(&[("a", 7)]);
        assert_eq!(first.advanced(&replica, 3).compare(&first), VersionOrder::Newer);
        assert_eq!(first.advanced(&replica, 9).of(&replica), 9);
    }

    #[test]
    fn a_branch_of_a_replica_knows_nothing_of_its_later_changes() {
        let replica = Replica::new("a").expect("an id");
        let branch = replica.branch(3).expect("an id");
        assert_eq!(version(&[("b", 1)]).advanced(&branch, 9).compare(&version(&[("a", 3)])), VersionOrder::Concurrent);
        assert_eq!(Replica::new(&"a".repeat(63)).and_then(|long| long.branch(3)), None);
    }
}
