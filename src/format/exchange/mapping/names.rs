//! The names and ids of the types, attributes, roles or options of a scheme.

use std::collections::{HashMap, HashSet};

use crate::model::Meaning;

/// Finds by a file's word what is called so, and makes ids that nothing has yet; in a time that does not grow with how many there are.
#[derive(Debug, Default)]
pub struct Names {
    /// The number of the first that is called so.
    alike: HashMap<String, usize>,
    ids: HashSet<String>,
    /// By what an id is made of, the number that was tried last.
    numbers: HashMap<String, usize>,
    count: usize,
}

impl Names {
    /// Of ids and names, in order.
    pub fn of<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut names = Self::default();
        all.for_each(|(id, name)| names.add(id, name));
        names
    }

    /// One that follows all others.
    pub fn add(&mut self, id: &str, name: &str) {
        for word in [id, name] {
            self.alike.entry(key(word)).or_insert(self.count);
        }
        self.ids.insert(id.to_owned());
        self.count += 1;
    }

    /// The number of the first that is called alike.
    pub fn find(&self, word: &str) -> Option<usize> {
        self.alike.get(&key(word)).copied()
    }

    /// An id made of a word, which nothing has yet.
    pub fn free_id(&mut self, word: &str) -> String {
        let id = id_of(word);
        if !self.ids.contains(&id) {
            return id;
        }
        let number = self.numbers.entry(id.clone()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if !self.ids.contains(&numbered) {
                return numbered;
            }
        }
    }
}

/// Whether a file's word is one of ours: case, spaces, hyphens and underscores aside.
pub fn is_alike(word: &str, id: &str, name: &str) -> bool {
    let key_of_word = key(word);
    key_of_word == key(id) || key_of_word == key(name)
}

/// What a word of the field means where a scheme calls it otherwise, the likeliest first.
pub fn meanings(word: &str) -> &'static [Meaning] {
    match key(word).as_str() {
        "speaker" | "source" => &[Meaning::Speaker, Meaning::Holder],
        "holder" => &[Meaning::Holder, Meaning::Speaker],
        "cue" => &[Meaning::Cue],
        "claim" | "content" => &[Meaning::Claim],
        "stance" | "expression" => &[Meaning::Stance],
        "target" => &[Meaning::Target],
        _ => &[],
    }
}

/// The other words for a value.
pub fn synonyms(value: &str) -> impl Iterator<Item = &'static str> {
    const ALIKE: [&[&str]; 4] = [&["favor", "favour", "positive"], &["against", "negative"], &["weak", "slight"], &["average", "standard"]];
    let value = key(value);
    ALIKE.into_iter().filter(move |words| words.contains(&value.as_str())).flatten().copied()
}

/// What words that are alike share; a word without letters and digits is alike to itself alone.
fn key(word: &str) -> String {
    let plain: String = word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if plain.is_empty() { format!(" {word}") } else { plain }
}

fn id_of(word: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let mut id: String = word.chars().map(letter).take(48).collect();
    while id.contains("--") {
        id = id.replace("--", "-");
    }
    match id.trim_matches('-') {
        "" => "label".to_owned(),
        id => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_is_called_alike_is_found_and_ids_are_new() {
        let mut names = Names::of([("speaker", "Who speaks"), ("who-speaks", "?"), ("label", "!")].into_iter());
        let found = ["Who_Speaks", "SPEAKER", "?", "!", "??", ""].map(|word| names.find(word));
        assert_eq!(found, [Some(0), Some(0), Some(1), Some(2), None, None]);
        assert_eq!(["Speaker", "話", "a--b"].map(|word| names.free_id(word)), ["speaker-2", "label-2", "a-b"]);
        names.add("label-2", "話");
        names.add("label-3", "x");
        assert_eq!(["者", "-"].map(|word| names.free_id(word)), ["label-4", "label-5"]);
        assert_eq!(names.find("話"), Some(3));
    }
}
