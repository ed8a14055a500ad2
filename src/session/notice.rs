use std::rc::Rc;

/// A message to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: u64,
    pub tone: Tone,
    pub text: Rc<str>,
    /// Whether a merge can be taken back from here.
    pub takes_back: bool,
}

/// How urgent a message is: `Done` goes to `role=status`, the others to `role=alert`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Done,
    Refused,
    Failed,
}

impl Notice {
    pub fn done(text: impl Into<Rc<str>>) -> Self {
        Self { id: 0, tone: Tone::Done, text: text.into(), takes_back: false }
    }

    pub fn refused(text: impl Into<Rc<str>>) -> Self {
        Self { tone: Tone::Refused, ..Self::done(text) }
    }

    pub fn failed(text: impl Into<Rc<str>>) -> Self {
        Self { tone: Tone::Failed, ..Self::done(text) }
    }
}
