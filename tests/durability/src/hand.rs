//! What a person might do, drawn at random.

use std::fmt;

use crate::chord::Chord;
use crate::random::Random;

/// Something a person does: none, one or several edits.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Keys on the keyboard.
    Press(Vec<Chord>),
    /// Keys so fast that the page can't save between them: all in one task.
    Burst(Vec<Chord>),
    /// A button, by its command.
    Click(&'static str),
    /// Letters into the note of what is in hand.
    Note(&'static str),
}

impl Deed {
    pub fn draw(random: &mut Random) -> Self {
        match random.below(100) {
            0..5 => Self::Click(random.pick(&["mark-done", "reopen"])),
            5..10 => Self::Click("copy-to-mine"),
            10..16 => Self::Note(random.pick(&["x", "so it is", "who says this?"])),
            _ if random.chance(35) => Self::Burst((0..=random.below(3)).flat_map(|_| keys(random)).collect()),
            _ => Self::Press(keys(random)),
        }
    }

    /// A deed that makes one annotation more, wherever the cursor stands.
    pub fn tag(random: &mut Random) -> Self {
        let mut chords = vec![Chord("Escape"), Chord("Escape")];
        chords.extend(walk(random));
        chords.push(Chord(random.pick(&["s", "q", "g"])));
        Self::Burst(chords)
    }
}

/// Keys that do one thing.
fn keys(random: &mut Random) -> Vec<Chord> {
    let mut chords = match random.below(100) {
        0..45 => walk(random),
        45..90 => (0..=random.below(5)).map(|_| Chord(random.pick(&["j", "j", "k"]))).collect(),
        _ => Vec::new(),
    };
    let last: &[&str] = match random.below(100) {
        0..45 => &["s", "q", "c", "t", "g"],
        45..55 => &["Delete"],
        55..65 => &["1", "2", "3"],
        65..75 => &["]", "}", "[", "{"],
        75..79 => &["+"],
        79..92 => &["Ctrl+z"],
        _ => &["Ctrl+Shift+z"],
    };
    chords.push(Chord(random.pick(last)));
    // The role that asks after a tag.
    chords.extend(match random.below(4) {
        0 => &[Chord("Enter")][..],
        1 => &[Chord("Enter"), Chord("Enter")],
        2 => &[Chord("Escape")],
        _ => &[],
    });
    chords
}

/// To some word, and over a few more.
fn walk(random: &mut Random) -> Vec<Chord> {
    let steps = (0..=random.below(6)).map(|_| random.pick(&["ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"]));
    let mut chords: Vec<Chord> = steps.map(Chord).collect();
    chords.extend((0..random.below(3)).map(|_| Chord("Shift+ArrowRight")));
    chords
}

impl fmt::Display for Deed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = |chords: &[Chord]| chords.iter().map(Chord::to_string).collect::<Vec<_>>().join(" ");
        match self {
            Self::Press(chords) => write!(formatter, "keys {}", named(chords)),
            Self::Burst(chords) => write!(formatter, "keys at once {}", named(chords)),
            Self::Click(command) => write!(formatter, "button {command}"),
            Self::Note(letters) => write!(formatter, "note “{letters}”"),
        }
    }
}
