use std::fmt;

/// A place in a file, as a path: `annotations[12].fragments[0].end`. Becomes text only when an issue needs it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    within: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

impl<'a> Place<'a> {
    pub fn root(field: &'a str) -> Self {
        Self { within: None, step: Step::Field(field) }
    }

    pub fn field(&'a self, field: &'a str) -> Place<'a> {
        Place { within: Some(self), step: Step::Field(field) }
    }

    /// Counted from 0.
    pub fn item(&'a self, index: usize) -> Place<'a> {
        Place { within: Some(self), step: Step::Item(index) }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(within) = self.within {
            within.fmt(formatter)?;
        }
        match self.step {
            Step::Field(field) if self.within.is_some() => write!(formatter, ".{field}"),
            Step::Field(field) => formatter.write_str(field),
            Step::Item(index) => write!(formatter, "[{index}]"),
        }
    }
}
