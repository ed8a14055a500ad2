//! The strings of a layer, each written once and named by its number.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::StoredError;
use super::row::malformed;

/// Gives each string its number.
#[derive(Default)]
pub struct Table<'a> {
    numbers: HashMap<&'a str, usize>,
    strings: Vec<&'a str>,
}

impl<'a> Table<'a> {
    pub fn number(&mut self, string: &'a str) -> usize {
        let next = self.strings.len();
        let number = *self.numbers.entry(string).or_insert(next);
        if number == next {
            self.strings.push(string);
        }
        number
    }

    pub fn into_strings(self) -> Vec<&'a str> {
        self.strings
    }
}

/// The strings by number.
pub struct Strings(pub Vec<Rc<str>>);

impl Strings {
    pub fn get(&self, number: &Value) -> Result<&Rc<str>, StoredError> {
        let index = number.as_u64().and_then(|number| usize::try_from(number).ok());
        index.and_then(|index| self.0.get(index)).ok_or_else(|| malformed("a string has no number"))
    }

    pub fn id<T>(&self, parse: fn(&str) -> Option<T>, number: &Value) -> Result<T, StoredError> {
        parse(self.get(number)?).ok_or_else(|| malformed("an id is outside the grammar of ids"))
    }
}
