//! Line endings.

use super::{Change, ChangeKind, OffsetMap};

/// Makes CRLF and lone CR into LF; the changes, and where each offset went.
pub fn normalize_line_endings(text: String) -> (String, Vec<Change>, OffsetMap) {
    if !text.contains('\r') {
        return (text, Vec::new(), OffsetMap::default());
    }
    let mut out = String::with_capacity(text.len());
    let mut removed = Vec::new();
    let mut lone = 0;
    let mut characters = text.chars().peekable();
    let mut place = 0_u32;
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => removed.push(place),
            '\r' => {
                lone += 1;
                out.push('\n');
            }
            other => out.push(other),
        }
        place += 1;
    }
    let changes = [(ChangeKind::Crlf, removed.len() as u32), (ChangeKind::Cr, lone)];
    let changes = changes.into_iter().filter(|(_, count)| *count > 0).map(|(kind, count)| Change { kind, count }).collect();
    (out, changes, OffsetMap { removed })
}
