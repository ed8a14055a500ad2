use std::collections::BTreeMap;
use std::rc::Rc;

use super::ArticleId;
use crate::text::{Change, Text, Zone};

/// One frozen text with its metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub id: ArticleId,
    /// The headline; empty where the text has none.
    pub title: Rc<str>,
    pub text: Text,
    /// SHA-256 of the text in UTF-8, as 64 hex digits.
    pub sha256: Rc<str>,
    /// BCP 47 tag, or empty when unknown.
    pub language: Rc<str>,
    pub direction: Direction,
    pub metadata: Metadata,
    /// What was changed when the raw file was decoded.
    pub normalization: Vec<Change>,
    /// Sorted and disjoint; what no zone covers is body.
    pub zones: Vec<Zone>,
}

impl Article {
    /// What a list shows: the headline, or the first words up to about 80 code points.
    pub fn label(&self) -> String {
        if !self.title.trim().is_empty() {
            return self.title.trim().to_owned();
        }
        // A dateline says where, not what: the words after it name the article better.
        let skip = self.zones.first().filter(|zone| zone.stretch.start().get() == 0).map_or(0, |zone| zone.stretch.end().get());
        match shortened(&self.text.as_str().chars().skip(skip as usize).take(400).collect::<String>()) {
            empty if empty.is_empty() => shortened(&self.text.as_str().chars().take(400).collect::<String>()),
            label => label,
        }
    }
}

/// The first words, up to about 80 code points.
fn shortened(text: &str) -> String {
    let mut label = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + 1;
        if length > 80 && !label.is_empty() {
            label.push('…');
            return label;
        }
        if !label.is_empty() {
            label.push(' ');
        }
        label.extend(word.chars().take(80));
    }
    label
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Auto,
    LeftToRight,
    RightToLeft,
}

/// What is known of an article besides its text. Unknown is `None`, never a guess.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub publisher: Option<Rc<str>>,
    pub author: Option<Rc<str>>,
    pub url: Option<Rc<str>>,
    /// A date or a local time, as the source gives it.
    pub published: Option<Rc<str>>,
    pub license: Option<Rc<str>>,
    /// The sentence that the licence asks to show.
    pub credit: Option<Rc<str>>,
    /// What a foreign file said and the fields above have no place for.
    pub extra: BTreeMap<Rc<str>, Rc<str>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Stretch, ZoneKind};

    #[test]
    fn an_article_is_listed_by_its_headline_or_its_first_words_behind_the_dateline() {
        let article = |text: &str, dateline: u32| Article {
            id: ArticleId::new("a").expect("an id"),
            title: " ".into(),
            text: text.into(),
            sha256: "".into(),
            language: "".into(),
            direction: Direction::Auto,
            metadata: Metadata::default(),
            normalization: Vec::new(),
            zones: Stretch::of(0, dateline).map(|stretch| Zone { kind: ZoneKind::Dateline, stretch }).into_iter().collect(),
        };
        assert_eq!(article("TEHRAN- He\nsaid so.", 7).label(), "He said so.");
        assert_eq!(article("TEHRAN-", 7).label(), "TEHRAN-", "a list shows something, whatever the zones");
        assert_eq!(article(&"word ".repeat(40), 0).label(), format!("{}…", ["word"; 16].join(" ")));
        assert_eq!(Article { title: "Headline ".into(), ..article("He said so.", 0) }.label(), "Headline");
    }
}
