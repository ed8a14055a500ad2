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
    /// A button, by its command, after keys that lead to it.
    Click(Vec<Chord>, &'static str),
    /// Letters into the note of what is in hand.
    Note(&'static str),
}

impl Deed {
    pub fn draw(random: &mut Random) -> Self {
        match random.below(100) {
            0..5 => Self::Click(Vec::new(), random.pick(&["mark-done", "reopen"])),
            5..15 => Self::Click(some_annotation(random), "copy-to-mine"),
            15..20 => Self::Note(random.pick(&["x", "so it is", "who says this?"])),
            _ if random.chance(35) => Self::Burst((0..=random.below(3)).flat_map(|_| keys(random)).collect()),
            _ => Self::Press(keys(random)),
        }
    }

    /// A deed that makes one annotation more, unless the words are tagged so already.
    pub fn tag(random: &mut Random) -> Self {
        let mut chords = vec![Chord("Escape"), Chord("Escape")];
        chords.extend(walk(random));
        chords.push(Chord(random.pick(&["s", "q", "g"])));
        Self::Burst(chords)
    }
}

/// Keys that do one thing.
fn keys(random: &mut Random) -> Vec<Chord> {
    match random.below(100) {
        0..25 => tagged(random, &["s", "q", "g"]),
        // What a role asks for after a tag: the nearest, something new, or nothing.
        25..55 => {
            let mut chords = tagged(random, &["c", "t"]);
            match random.below(4) {
                0 => chords.extend([Chord("Enter"), Chord("Enter")]),
                1 => chords.extend(tagged(random, &["s"])),
                2 => chords.extend([Chord("Enter"), Chord("Escape")]),
                _ => chords.push(Chord("Escape")),
            }
            chords
        }
        55..80 => {
            let mut chords = some_annotation(random);
            chords.push(Chord(random.pick(&["Delete", "Delete", "1", "2", "3", "]", "}", "[", "{", "+"])));
            chords
        }
        80..92 => vec![Chord("Ctrl+z")],
        _ => vec![Chord("Ctrl+Shift+z")],
    }
}

fn some_annotation(random: &mut Random) -> Vec<Chord> {
    (0..=random.below(8)).map(|_| Chord(random.pick(&["j", "j", "k"]))).collect()
}

fn tagged(random: &mut Random, types: &[&'static str]) -> Vec<Chord> {
    let mut chords = walk(random);
    chords.push(Chord(random.pick(types)));
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
            Self::Click(chords, command) => write!(formatter, "keys at once {}, button {command}", named(chords)),
            Self::Note(letters) => write!(formatter, "note “{letters}”"),
        }
    }
}
