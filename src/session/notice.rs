use std::rc::Rc;

/// A message to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub id: u64,
    pub tone: Tone,
    pub text: Rc<str>,
    /// What can be done about it from here.
    pub offer: Option<Offer>,
}

/// What a message lets the person do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Take the last merge back.
    TakeBack,
    Export,
    /// Export without what is not on this device.
    ExportRest,
    /// Edit here instead of in the other tab.
    TakeOver,
    /// Store the project again, which was deleted in another tab.
    Keep,
    /// See what copies say different things of.
    Conflict,
    /// Bring back the project that was deleted last.
    Undelete,
    /// Let the newer version of the page take over.
    Renew,
    /// See how the work is kept, and what else can be done.
    Storage,
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
        Self { id: 0, tone: Tone::Done, text: text.into(), offer: None }
    }

    pub fn offering(self, offer: Offer) -> Self {
        Self { offer: Some(offer), ..self }
    }

    pub fn refused(text: impl Into<Rc<str>>) -> Self {
        Self { tone: Tone::Refused, ..Self::done(text) }
    }

    pub fn failed(text: impl Into<Rc<str>>) -> Self {
        Self { tone: Tone::Failed, ..Self::done(text) }
    }
}
