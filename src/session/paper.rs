//! What paper has beside the text.

use std::rc::Rc;

use super::{FrameRow, State, frame_rows};
use crate::model::Color;

/// The types with their colours and letters, the frames, and whose work it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub legend: Vec<(Color, Option<char>, Rc<str>)>,
    pub rows: Vec<FrameRow>,
    pub foot: String,
}

/// The sheet for the open article; `None` where none is open.
pub fn sheet(state: &State) -> Option<Sheet> {
    state.open_article()?;
    let types = &state.store.scheme().types;
    Some(Sheet {
        legend: types.iter().map(|of| (of.color, of.key, of.name.clone())).collect(),
        rows: frame_rows(state),
        foot: format!("{} · annotated by {}", state.store.header().title, state.annotator_name(&state.annotator)),
    })
}
