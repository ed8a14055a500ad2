//! How a person likes to read: kept on the device, beside the theme.

use std::fmt;

/// A property of the text as it is read: its name in CSS and in storage, what people call it, and its steps in the same way.
pub struct Trait {
    pub name: &'static str,
    pub label: &'static str,
    pub steps: &'static [(&'static str, &'static str)],
    /// The step of those who chose none.
    usual: usize,
}

pub const TRAITS: [Trait; 5] = [
    Trait {
        name: "size",
        label: "Size",
        steps: &[("small", "Small"), ("usual", "Usual"), ("large", "Large"), ("larger", "Larger"), ("largest", "Largest")],
        usual: 1,
    },
    Trait { name: "measure", label: "Width", steps: &[("narrow", "Narrow"), ("usual", "Usual"), ("wide", "Wide")], usual: 1 },
    Trait { name: "leading", label: "Lines", steps: &[("tight", "Tight"), ("usual", "Usual"), ("loose", "Loose")], usual: 1 },
    Trait { name: "face", label: "Face", steps: &[("usual", "Serif"), ("sans", "Sans"), ("mono", "Mono")], usual: 0 },
    Trait { name: "sentences", label: "Sentences", steps: &[("usual", "Running on"), ("lines", "One a line")], usual: 0 },
];

/// The place of the trait that the text is cut for.
const SENTENCES: usize = 4;

/// The step of each trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading([usize; TRAITS.len()]);

impl Default for Reading {
    fn default() -> Self {
        Self(TRAITS.each_ref().map(|of| of.usual))
    }
}

impl Reading {
    /// Reads what it is written as; what means nothing is passed over, since it may be a newer page's.
    pub fn parse(text: &str) -> Self {
        let mut reading = Self::default();
        for (name, step) in text.split(' ').filter_map(|word| word.split_once('=')) {
            for (which, of) in TRAITS.iter().enumerate().filter(|(_, of)| of.name == name) {
                reading.0[which] = of.steps.iter().position(|(word, _)| *word == step).unwrap_or(of.usual);
            }
        }
        reading
    }

    /// With another step of one trait.
    pub fn with(mut self, which: usize, step: usize) -> Self {
        self.0[which] = step.min(TRAITS[which].steps.len() - 1);
        self
    }

    pub fn step(&self, which: usize) -> usize {
        self.0[which]
    }

    /// Whether each sentence begins a line.
    pub fn breaks_sentences(&self) -> bool {
        self.0[SENTENCES] > 0
    }

    /// The names of the traits and of their steps.
    pub fn words(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        TRAITS.iter().zip(self.0).map(|(of, step)| (of.name, of.steps[step].0))
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.words().map(|(name, step)| format!("{name}={step}")).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_means_nothing_is_passed_over() {
        let reading = Reading::default().with(0, 3).with(3, 1);
        assert_eq!(reading.to_string(), "size=larger measure=usual leading=usual face=sans sentences=usual");
        assert_eq!(Reading::parse(&reading.to_string()), reading);
        assert_eq!(Reading::parse("face=cursive size=larger shade=3 x"), Reading::default().with(0, 3));
        assert_eq!(Reading::default().with(1, 99).step(1), 2);
        assert_eq!(TRAITS[SENTENCES].name, "sentences");
        assert!(Reading::parse("sentences=lines").breaks_sentences() && !reading.breaks_sentences());
    }
}
