//! Maps that refuse a key given twice, where serde's own would keep the last one in silence.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

/// Reads the rest of a map; an error for a key that comes twice.
pub fn entries<'de, A: MapAccess<'de>, K: Deserialize<'de> + Ord + AsRef<str>, V: Deserialize<'de>>(
    mut map: A,
) -> Result<BTreeMap<K, V>, A::Error> {
    let mut entries = BTreeMap::new();
    while let Some(key) = map.next_key::<K>()? {
        let value = map.next_value()?;
        match entries.entry(key) {
            Entry::Vacant(vacant) => vacant.insert(value),
            Entry::Occupied(occupied) => return Err(A::Error::custom(format_args!("duplicate key `{}`", occupied.key().as_ref()))),
        };
    }
    Ok(entries)
}

/// For `#[serde(deserialize_with)]`.
pub fn map<'de, D, K, V>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: Deserialize<'de> + Ord + AsRef<str>,
    V: Deserialize<'de>,
{
    struct Entries<K, V>(PhantomData<(K, V)>);
    impl<'de, K: Deserialize<'de> + Ord + AsRef<str>, V: Deserialize<'de>> Visitor<'de> for Entries<K, V> {
        type Value = BTreeMap<K, V>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            entries(map)
        }
    }
    deserializer.deserialize_map(Entries(PhantomData))
}
