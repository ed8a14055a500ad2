//! annotation.conf: which labels, roles and attributes a collection may have, be they used or not.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::format::exchange::Labels;

/// More than anybody chooses from: a file that says that everything may have everything is not written out.
const MOST: usize = 5_000;

/// What the file declares, each thing zero times. What it makes nothing of is passed over: the configuration is no annotation.
pub fn declared(conf: &str) -> Labels {
    let lines = lines(conf);
    let mut kinds = Kinds::default();
    for (section, line) in &lines {
        match (section.as_str(), line.name) {
            ("entities", name) => drop(kinds.entities.insert(name)),
            ("events", name) => drop(kinds.events.insert(name)),
            (_, name) if line.is_macro() => drop(kinds.macros.insert(name, line.rest)),
            _ => {}
        }
    }
    let mut labels = Labels::default();
    for name in kinds.entities.union(&kinds.events) {
        labels.spans.insert((*name).into(), 0);
    }
    let mut room = MOST;
    for (section, line) in lines.iter().filter(|(_, line)| !line.name.starts_with('<')) {
        match section.as_str() {
            "events" => {
                for (role, of) in line.arguments() {
                    let fillers = labels.links.entry((line.name.into(), role.trim_end_matches(is_count).into())).or_default();
                    fillers.extend(kinds.expanded(of, &mut room).into_iter().map(|filler| (Some(filler.into()), 0)));
                }
            }
            "relations" => {
                let mut ends = line.arguments().into_iter().map(|(_, of)| kinds.expanded(of, &mut room));
                let (from, to) = (ends.next().unwrap_or_default(), ends.next().unwrap_or_default());
                for from in from {
                    room = room.saturating_sub(to.len());
                    if room == 0 {
                        break;
                    }
                    let fillers = labels.links.entry((from.into(), line.name.into())).or_default();
                    fillers.extend(to.iter().map(|filler| (Some((*filler).into()), 0)));
                }
            }
            "attributes" => {
                let arguments = line.arguments();
                let said = |name: &str| arguments.iter().find(|(argument, _)| *argument == name).map(|(_, of)| *of);
                let values: Vec<&str> = said("Value").into_iter().flat_map(|values| values.split('|')).map(str::trim).collect();
                for of in kinds.expanded(said("Arg").unwrap_or_default(), &mut room) {
                    room = room.saturating_sub(values.len());
                    if room == 0 {
                        break;
                    }
                    let tally = labels.attributes.entry((of.into(), line.name.into())).or_default();
                    // A flag has no value: it is there.
                    let flag = values.is_empty().then_some("");
                    tally.extend(values.iter().copied().chain(flag).map(|value| (Rc::from(value), 0)));
                }
            }
            _ => {}
        }
    }
    labels
}

/// `?`, `*`, `+` or `{2-3}` behind a role's name.
fn is_count(letter: char) -> bool {
    matches!(letter, '?' | '*' | '+' | '{' | '}' | '-') || letter.is_ascii_digit()
}

#[derive(Default)]
struct Kinds<'a> {
    entities: BTreeSet<&'a str>,
    events: BTreeSet<&'a str>,
    /// `<POG>=Protein|Gene`
    macros: BTreeMap<&'a str, &'a str>,
}

impl<'a> Kinds<'a> {
    /// The labels that `Speaker|<EVENT>` stands for; as many as there is room for.
    fn expanded(&self, of: &'a str, room: &mut usize) -> Vec<&'a str> {
        let mut labels = BTreeSet::new();
        for word in of.split('|').map(str::trim) {
            match word {
                "<ANY>" => labels.extend(self.entities.union(&self.events).take(*room)),
                "<ENTITY>" => labels.extend(self.entities.iter().take(*room)),
                "<EVENT>" => labels.extend(self.events.iter().take(*room)),
                _ => match self.macros.get(word) {
                    Some(words) => labels.extend(words.split('|').map(str::trim)),
                    None if word.is_empty() || word.starts_with('<') => {}
                    None => drop(labels.insert(word)),
                },
            }
        }
        let known: Vec<&str> = labels.into_iter().filter(|label| self.entities.contains(label) || self.events.contains(label)).collect();
        *room = room.saturating_sub(known.len());
        known
    }
}

struct Line<'a> {
    name: &'a str,
    rest: &'a str,
}

impl<'a> Line<'a> {
    fn is_macro(&self) -> bool {
        self.name.starts_with('<') && self.name.ends_with('>')
    }

    /// `Speaker?:Speaker|Person, Cue*:Cue`
    fn arguments(&self) -> Vec<(&'a str, &'a str)> {
        self.rest.split(',').filter_map(|argument| argument.split_once(':')).map(|(name, of)| (name.trim(), of.trim())).collect()
    }
}

/// The lines that say something, each with its section in small letters. A name without a section belongs to none.
fn lines(conf: &str) -> Vec<(String, Line<'_>)> {
    let mut section = String::new();
    let mut lines = Vec::new();
    for line in conf.lines() {
        // Indentation says what is a kind of what, `!` that something is there for that alone.
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim().to_lowercase();
        } else if let Some((name, rest)) = line.split_once('=').filter(|(name, _)| name.starts_with('<')) {
            lines.push((section.clone(), Line { name: name.trim(), rest }));
        } else if !line.is_empty() && !line.starts_with(['-', '!', '<']) {
            let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            lines.push((section.clone(), Line { name, rest }));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONF: &str = "<SAID>=Claim|Stance\n[entities]\n# who\n!Anybody\n\tSpeaker\n\tOrganization\n-----\nCue\n[relations]\n\
        Member\tArg1:Speaker, Arg2:Organization\n<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n[events]\n\
        Claim\tSpeaker?:Speaker|Organization, Cue*:Cue, Nobody:Ghost\nStance\tTarget{1-2}:<SAID>\n[attributes]\n\
        Negated\tArg:<EVENT>\nQuotation\tArg:Claim, Value:direct|indirect\n";

    #[test]
    fn what_may_be_annotated_is_known_before_anything_is() {
        let labels = declared(CONF);
        assert_eq!(labels.spans.keys().map(|label| &**label).collect::<Vec<_>>(), ["Claim", "Cue", "Organization", "Speaker", "Stance"]);
        let links = labels.links.iter().map(|((of, role), fillers)| {
            let fillers: Vec<&str> = fillers.keys().flatten().map(|filler| &**filler).collect();
            format!("{of}.{role}: {}", fillers.join("|"))
        });
        let expected = [
            "Claim.Cue: Cue",
            "Claim.Nobody: ",
            "Claim.Speaker: Organization|Speaker",
            "Speaker.Member: Organization",
            "Stance.Target: Claim|Stance",
        ];
        assert_eq!(links.collect::<Vec<_>>(), expected);
        let attributes = labels.attributes.iter().map(|((of, name), values)| {
            let values: Vec<&str> = values.keys().map(|value| &**value).collect();
            format!("{of}.{name}: {}", values.join("|"))
        });
        assert_eq!(attributes.collect::<Vec<_>>(), ["Claim.Negated: ", "Claim.Quotation: direct|indirect", "Stance.Negated: "]);
        assert!(labels.spans.values().all(|count| *count == 0));
    }

    #[test]
    fn what_says_that_everything_may_have_everything_is_not_written_out() {
        let names = |from: usize| (from..from + 2_000).map(|n| format!("L{n}\n")).collect::<String>();
        let attributes: String = (0..2_000).map(|n| format!("A{n}\tArg:<ANY>, Value:a|b\n")).collect();
        let labels = declared(&format!("[entities]\n{}[events]\n{}[attributes]\n{attributes}", names(0), names(2_000)));
        assert_eq!(labels.spans.len(), 4_000);
        assert!(labels.attributes.len() <= MOST, "{}", labels.attributes.len());
    }
}
