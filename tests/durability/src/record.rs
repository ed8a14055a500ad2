use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// One version of one record, as the page's export has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Kind and ids of the record: `annotation seed-a ana 0199…`.
    pub key: String,
    /// How often each page load changed it: FORMAT.md, “Ids, times, versions”.
    pub vector: BTreeMap<String, u64>,
    /// What it says, without versions and times; nothing where it says that the record was deleted.
    pub content: Option<Value>,
}

impl Version {
    /// Reads what `watch.js` makes of an export.
    pub fn read(found: &Value) -> Option<Self> {
        let key = found["key"].as_str()?.to_owned();
        let vector = found["version"].as_object()?.iter().map(|(load, number)| Some((load.clone(), number.as_u64()?)));
        let content = Some(&found["content"]).filter(|content| !content.is_null()).cloned();
        Some(Self { key, vector: vector.collect::<Option<_>>()?, content })
    }

    /// All of a list; panics where one can't be read, since what is skipped could not be missed.
    #[track_caller]
    pub fn read_all(found: &Value) -> Vec<Self> {
        let all = found.as_array().into_iter().flatten();
        all.map(|found| Self::read(found).unwrap_or_else(|| panic!("no version of a record: {found}"))).collect()
    }

    /// Whether it is the other version or was made from it.
    pub fn has(&self, other: &Self) -> bool {
        let behind = |(load, number): (&String, &u64)| self.vector.get(load).is_none_or(|own| own < number);
        self.key == other.key && !other.vector.iter().any(behind)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let vector: Vec<String> = self.vector.iter().map(|(load, number)| format!("{load}:{number}")).collect();
        write!(formatter, "{} [{}] ", self.key, vector.join(" "))?;
        match &self.content {
            None => formatter.write_str("deleted"),
            Some(content) if content["fragments"].is_array() => {
                let fragments = content["fragments"].as_array().into_iter().flatten();
                let words: Vec<&str> = fragments.filter_map(|fragment| fragment["text"].as_str()).collect();
                write!(formatter, "{} {:?}", content["type"].as_str().unwrap_or_default(), words.join(" … "))?;
                let rest = ["attributes", "roles", "note", "entity"].map(|name| content[name].to_string());
                write!(formatter, " {}", rest.join(" "))
            }
            Some(content) => write!(formatter, "{content}"),
        }
    }
}
