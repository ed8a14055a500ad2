//! JSON as foreign files have it: what does not fit is named and left out, and the rest is read.
//!
//! Values are read one by one where they stand, never as a tree of the whole: a list of a million empty objects takes no more
//! memory than its text.

use std::marker::PhantomData;
use std::rc::Rc;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::foreign::{Foreign, Source};
use super::trouble::{Done, Spot};

/// A value of the expected shape, or any other.
#[derive(Clone, Debug)]
pub enum Maybe<T> {
    Is(T),
    Not,
}

impl<T> Maybe<T> {
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Not => None,
        }
    }

    pub fn get(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Not => None,
        }
    }
}

impl<T: Default> Default for Maybe<T> {
    fn default() -> Self {
        Self::Is(T::default())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        Ok(serde_json::from_str(raw.get()).map_or(Self::Not, Self::Is))
    }
}

/// A list whose items may each be of another shape than is expected; `null` and what is no list are empty. It is kept as its text, and
/// read item by item.
#[derive(Clone, Debug)]
pub struct Array<T> {
    text: Box<str>,
    of: PhantomData<T>,
}

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self { text: "".into(), of: PhantomData }
    }
}

impl<'de, T> Deserialize<'de> for Array<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        Ok(Self { text: if text.starts_with('[') { text.into() } else { "".into() }, of: PhantomData })
    }
}

/// What a value is, or why it is not what was expected.
pub type Known<T> = Result<T, Rc<str>>;

impl<T: DeserializeOwned> Array<T> {
    /// The items with their places, for [`Foreign::known`]: each should be `what`.
    pub fn items<'a>(&'a self, spot: &'a Spot, what: &'a str) -> impl Iterator<Item = (Spot, Known<T>)> + 'a {
        elements(&self.text).enumerate().map(move |(n, item)| (spot.item(n), known(item, what)))
    }

    /// All items at once; those that are not `what` are reported.
    pub fn read(self, spot: &Spot, what: &str, foreign: &mut Foreign) -> Vec<(Spot, T)> {
        self.items(spot, what).filter_map(|(spot, item)| foreign.known(&spot, item).map(|item| (spot, item))).collect()
    }
}

impl<T> Array<T> {
    pub fn is_empty(&self) -> bool {
        elements(&self.text).next().is_none()
    }
}

impl Foreign {
    /// The value, or else nothing, reported.
    pub fn known<T>(&mut self, spot: &Spot, value: Known<T>) -> Option<T> {
        match value {
            Ok(value) => Some(value),
            Err(why) => {
                self.trouble(spot.clone(), why, Done::Skipped);
                None
            }
        }
    }
}

/// The values of a file with one a line, or of one that is a single value or a list of them, for [`Foreign::known`].
pub fn lines<'a, T: Deserialize<'a> + 'a>(source: &'a Source, what: &'a str) -> Box<dyn Iterator<Item = (Spot, Known<T>)> + 'a> {
    let text = source.text.trim_start_matches('\u{feff}');
    let mut numbered = (source.first_line.max(1)..)
        .zip(source.text.split('\n'))
        .map(|(number, line)| (number, line.trim_start_matches('\u{feff}').trim()))
        .filter(|(_, line)| !line.is_empty())
        .peekable();
    if source.first_line <= 1 {
        if text.trim_ascii_start().starts_with('[') {
            let spot = source.spot();
            let items = elements(text.trim_ascii_start()).enumerate();
            return Box::new(items.map(move |(n, item)| (spot.item(n), known(item, what))));
        }
        // One value on several lines is no file of lines.
        let goes_on = |line: &str| serde_json::from_str::<IgnoredAny>(line).is_err_and(|problem| problem.is_eof());
        if numbered.peek().is_some_and(|(_, line)| goes_on(line)) {
            let value = serde_json::from_str(text);
            let spot = match &value {
                Ok(_) => source.spot(),
                Err(problem) => Spot::line(&source.name, problem.line()),
            };
            return Box::new(std::iter::once((spot, value.map_err(|problem| told(&problem)))));
        }
    }
    Box::new(
        numbered.map(|(number, line)| (Spot::line(&source.name, number), serde_json::from_str(line).map_err(|problem| told(&problem)))),
    )
}

fn known<'a, T: Deserialize<'a>>(item: &'a str, what: &str) -> Known<T> {
    serde_json::from_str(item).map_err(|problem| match problem.is_data() {
        true => format!("this is not {what}").into(),
        false => told(&problem),
    })
}

/// What serde says, without the line, which the spot has.
fn told(problem: &serde_json::Error) -> Rc<str> {
    let said = problem.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    format!("{what} (column {})", problem.column()).into()
}

/// The texts between the commas of a list. Where the list is broken one of them is no JSON: nothing of it is passed over.
fn elements(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list.strip_prefix('[');
    let mut is_first = true;
    std::iter::from_fn(move || {
        let text = rest?;
        let end = element_end(text);
        let (element, behind) = (text[..end].trim(), &text[end..]);
        rest = behind.strip_prefix(',');
        let is_last = rest.is_none();
        if is_last {
            // What follows the list, or stands for its end, does not belong there; neither does an end that is missing.
            let after = behind.strip_prefix(']').map(str::trim);
            if after == Some("") {
                return Some(element).filter(|element| !is_first || !element.is_empty());
            }
            return Some(text.trim());
        }
        is_first = false;
        Some(element)
    })
}

/// Where an element ends, in bytes: at the comma or bracket behind it, or with the text.
fn element_end(text: &str) -> usize {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => depth += 1,
            b',' | b']' | b'}' if depth == 0 => return at,
            b']' | b'}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_item_by_item_and_what_is_broken_in_it_is_told() {
        let all = |list: &'static str| elements(list).collect::<Vec<_>>();
        assert_eq!(all(r#"[ {"a": [1, "],"]} , 2,"x\",y" ]"#), [r#"{"a": [1, "],"]}"#, "2", r#""x\",y""#]);
        assert_eq!(all("[]"), Vec::<&str>::new());
        assert_eq!(all(" "), Vec::<&str>::new());
        assert_eq!(all("[1,]"), ["1", ""]);
        // Cut off, closed by another bracket, or not alone in its file.
        assert_eq!(all(r#"[1,{"a":2"#), ["1", r#"{"a":2"#]);
        assert_eq!(all("[1,"), ["1", ""]);
        assert_eq!(all("["), [""]);
        assert_eq!(all("[1}"), ["1}"]);
        assert_eq!(all("[1] 2"), ["1] 2"]);
    }

    #[test]
    fn what_was_read_before_a_file_breaks_off_is_kept() {
        let source = Source::whole("a.json", "[{\"id\": 1},\n0,\n{\"id\": ");
        #[derive(Debug, Deserialize)]
        struct Item {
            id: u8,
        }
        let mut foreign = Foreign::default();
        let read: Vec<u8> =
            lines::<Item>(&source, "an item").filter_map(|(spot, item)| foreign.known(&spot, item)).map(|item| item.id).collect();
        let told: Vec<String> = foreign.problems.iter().map(ToString::to_string).collect();
        assert_eq!(read, [1]);
        assert_eq!(told, ["a.json, [1]: this is not an item; left out", "a.json, [2]: EOF while parsing a value (column 6); left out"]);
    }
}
