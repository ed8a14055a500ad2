//! A short mark for each annotator, so that several layers in one text are told apart without colour.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::State;
use crate::model::*;
use crate::order::{Gather, InOrder};

/// The mark of each annotator that the project knows or that has done something in it, but the one at the desk; the same on
/// every device.
///
/// Who was named in the project first has the bare initials, so that a mark stays when somebody joins.
pub(super) fn initials(state: &State) -> BTreeMap<AnnotatorId, Rc<str>> {
    let mut all: BTreeSet<&AnnotatorId> = state.store.annotators().map(|annotator| &annotator.id).gather();
    all.extend(state.catalogue.at_work());
    let since = |id: &AnnotatorId| state.store.record(&RecordKey::Annotator(id.clone())).map(|record| record.current.created.clone());
    let mut all: Vec<(Option<Timestamp>, &AnnotatorId)> = all.into_iter().map(|id| (since(id), id)).collect();
    all.put_in_order_by(|(a, _), (b, _)| a.is_none().cmp(&b.is_none()).then_with(|| a.cmp(b)));
    let name = |id: &AnnotatorId| state.store.annotator(id).map(|annotator| annotator.name.clone()).filter(|name| !name.is_empty());
    let mut marks = marks(all.into_iter().map(|(_, id)| (id.clone(), name(id).unwrap_or_else(|| id.as_str().into()))));
    marks.remove(&state.annotator);
    marks
}

/// Marks of annotators in this order: the initials of the name, at most two, with a number from 2 on where they are taken.
fn marks(names: impl IntoIterator<Item = (AnnotatorId, Rc<str>)>) -> BTreeMap<AnnotatorId, Rc<str>> {
    let mut taken: BTreeSet<Rc<str>> = BTreeSet::new();
    let mut marks = BTreeMap::new();
    // How often each has been met, so that ten thousand of one name take no longer than others.
    let mut met: BTreeMap<Rc<str>, usize> = BTreeMap::new();
    for (annotator, name) in names {
        let letters: Rc<str> = initials_of(&name).into();
        let times = met.entry(letters.clone()).or_default();
        let mark = loop {
            *times += 1;
            let mark: Rc<str> = if *times == 1 { letters.clone() } else { format!("{letters}{times}").into() };
            if !taken.contains(&mark) {
                break mark;
            }
        };
        taken.insert(mark.clone());
        marks.insert(annotator, mark);
    }
    marks
}

/// The first letters of the first and the last word in capitals; `?` where there is no letter and no digit.
fn initials_of(name: &str) -> String {
    let first = |word: &str| word.chars().find(|letter| letter.is_alphanumeric()).and_then(|letter| letter.to_uppercase().next());
    let mut letters = name.split(|letter: char| letter.is_whitespace() || letter == '-' || letter == '_').filter_map(first);
    let one = letters.next().unwrap_or('?');
    let other = letters.next_back().map(String::from).unwrap_or_default();
    format!("{one}{other}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Vec<String> {
        let id = |at: usize| AnnotatorId::new(&format!("u-{at}")).expect("an id");
        let marks = marks(names.iter().enumerate().map(|(at, name)| (id(at), Rc::from(*name))));
        (0..names.len()).map(|at| marks[&id(at)].to_string()).collect()
    }

    #[test]
    fn a_mark_is_the_initials_of_a_name() {
        let names = ["Ana Novak", "ben", "Cleo van der Berg", "علي رضا", "émile", "ß", "42", "🙂", "Anna-Lena"];
        assert_eq!(of(&names), ["AN", "B", "CB", "عر", "É", "S", "4", "?", "AL"]);
    }

    #[test]
    fn marks_are_told_apart_by_a_number_and_stay_when_somebody_joins() {
        let names = ["Ana", "Ann", "A2", "Ben", "ana", "🙂", "—", "A"];
        let all = of(&names);
        assert_eq!(all, ["A", "A2", "A3", "B", "A4", "?", "?2", "A5"]);
        for end in 0..names.len() {
            assert_eq!(of(&names[..end]), all[..end]);
        }
    }
}
