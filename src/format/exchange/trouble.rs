//! What is wrong with a foreign file, where, and what was done about it.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// A place in a file: its name, and a line or a path within.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub file: Rc<str>,
    pub place: Place,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    #[default]
    Whole,
    /// Counted from 1.
    Line(usize),
    Path(Path),
    /// A path within the JSON of one line.
    LinePath(usize, Path),
}

/// The way to a value in JSON, such as `[3].entities[0]`; items count from 0. It is written out only where somebody reads it: each span
/// has one, and next to none of them is in trouble.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path(Rc<(Option<Path>, Step)>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Field(Rc<str>),
    Item(usize),
}

impl Spot {
    pub fn line(file: &Rc<str>, number: usize) -> Self {
        Self { file: file.clone(), place: Place::Line(number) }
    }

    /// A field of the value that stands there.
    pub fn field(&self, name: &str) -> Self {
        self.step(Step::Field(name.into()))
    }

    /// An item of the list that stands there, counted from 0.
    pub fn item(&self, index: usize) -> Self {
        self.step(Step::Item(index))
    }

    fn step(&self, step: Step) -> Self {
        let place = match &self.place {
            Place::Whole => Place::Path(Path(Rc::new((None, step)))),
            Place::Line(number) => Place::LinePath(*number, Path(Rc::new((None, step)))),
            Place::Path(path) => Place::Path(Path(Rc::new((Some(path.clone()), step)))),
            Place::LinePath(number, path) => Place::LinePath(*number, Path(Rc::new((Some(path.clone()), step)))),
        };
        Self { file: self.file.clone(), place }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, step) = &*self.0;
        if let Some(before) = before {
            write!(formatter, "{before}")?;
        }
        match step {
            Step::Item(index) => write!(formatter, "[{index}]"),
            Step::Field(name) => write!(formatter, "{}{name}", if before.is_some() { "." } else { "" }),
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Whole => formatter.write_str(&self.file),
            Place::Line(number) => write!(formatter, "{}, line {number}", self.file),
            Place::Path(path) => write!(formatter, "{}, {path}", self.file),
            Place::LinePath(number, path) => write!(formatter, "{}, line {number}, {path}", self.file),
        }
    }
}

/// What is wrong at one place, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub spot: Spot,
    pub what: Rc<str>,
    pub done: Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// Of a page, what is no part of the article.
    Cut,
    /// What stands there was taken over, with nothing lost.
    Kept,
    /// The words were found elsewhere.
    Reanchored,
    /// The words were not found: the annotation is kept without a place.
    Orphaned,
    Skipped,
}

impl Done {
    pub const ALL: [Self; 5] = [Self::Cut, Self::Kept, Self::Reanchored, Self::Orphaned, Self::Skipped];
}

impl fmt::Display for Done {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Cut => "the rest is the article",
            Self::Kept => "kept",
            Self::Reanchored => "placed anew",
            Self::Orphaned => "kept without a place in the text",
            Self::Skipped => "left out",
        })
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}; {}", self.spot, self.what, self.done)
    }
}

/// What was found wrong: the first [`Troubles::MOST`] in full, the others counted. A file of nothing else says no more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Troubles {
    said: Vec<Trouble>,
    /// By what was done, as in [`Done::ALL`].
    unsaid: [usize; Done::ALL.len()],
}

impl Troubles {
    /// More than anybody reads.
    pub const MOST: usize = 1000;

    pub fn add(&mut self, trouble: Trouble) {
        match self.said.len() < Self::MOST {
            true => self.said.push(trouble),
            false => self.unsaid[trouble.done as usize] += 1,
        }
    }

    pub fn append(&mut self, other: Self) {
        other.said.into_iter().for_each(|trouble| self.add(trouble));
        self.unsaid.iter_mut().zip(other.unsaid).for_each(|(all, more)| *all += more);
    }

    /// All that are said, and then how many more there are.
    pub fn into_vec(self) -> Vec<Trouble> {
        let Self { mut said, unsaid } = self;
        let file = said.last().map(|last| last.spot.file.clone()).unwrap_or_default();
        for (done, count) in Done::ALL.into_iter().zip(unsaid).filter(|(_, count)| *count > 0) {
            let what = if count == 1 { "1 more problem".to_owned() } else { format!("{count} more problems") };
            said.push(Trouble { spot: Spot { file: file.clone(), ..Spot::default() }, what: what.into(), done });
        }
        said
    }
}

impl Deref for Troubles {
    type Target = [Trouble];

    fn deref(&self) -> &[Trouble] {
        &self.said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_would_read_is_counted() {
        let mut troubles = Troubles::default();
        let trouble = |done| Trouble { spot: Spot::line(&"a.ann".into(), 7), what: "no line of brat".into(), done };
        (0..Troubles::MOST + 2).for_each(|_| troubles.add(trouble(Done::Skipped)));
        troubles.add(trouble(Done::Kept));
        let all = troubles.into_vec();
        let last: Vec<String> = all[Troubles::MOST - 1..].iter().map(ToString::to_string).collect();
        assert_eq!(last, ["a.ann, line 7: no line of brat; left out", "a.ann: 1 more problem; kept", "a.ann: 2 more problems; left out"]);
    }
}
