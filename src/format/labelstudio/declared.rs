//! A labelling configuration on its way in: which labels there are, and what may be said of each.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::config::TEXT;
use crate::format::exchange::Labels;

/// More than anybody chooses from.
const MOST: usize = 5_000;

/// What the configuration declares, each thing zero times: its labels, and the choices that belong to one of them. Relations belong to
/// no label there, so that nothing can be said of them.
pub fn declared(xml: &str) -> Labels {
    let mut labels = Labels::default();
    // The controls that are open: those within them are theirs.
    let mut choices: Option<(Rc<str>, Vec<Rc<str>>)> = None;
    let mut values = 0;
    for tag in tags(xml) {
        let said = |name: &str| tag.attributes.get(name).cloned().unwrap_or_default();
        match tag.name {
            "Label" => labels.spans.extend(Some(said("value")).filter(|label| !label.is_empty()).map(|label| (label, 0))),
            "Choices" | "TextArea" | "Number" => {
                let of: Vec<Rc<str>> = said("whenLabelValue").split(',').map(str::trim).filter(|of| !of.is_empty()).map(Rc::from).collect();
                let name = said("name");
                for of in of.iter().filter(|_| &*name != TEXT) {
                    labels.attributes.entry((of.clone(), name.clone())).or_default();
                }
                choices = (tag.name == "Choices").then_some((name, of));
            }
            "/Choices" => choices = None,
            "Choice" => {
                if let Some((name, of)) = &choices {
                    values += of.len();
                    for of in of.iter().filter(|_| values <= MOST) {
                        labels.attributes.entry((of.clone(), name.clone())).or_default().insert(said("value"), 0);
                    }
                }
            }
            _ => {}
        }
        if labels.spans.len() + labels.attributes.len() > MOST {
            break;
        }
    }
    labels.attributes.retain(|(of, _), _| labels.spans.contains_key(of));
    labels
}

struct Tag<'a> {
    name: &'a str,
    attributes: BTreeMap<&'a str, Rc<str>>,
}

/// The tags in order, closing ones with their stroke. This is no reader of XML at large: it knows tags, quoted attributes and comments.
fn tags(xml: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = &comment[comment.find("-->")?..];
                continue;
            }
            let end = rest.find(|letter: char| letter.is_whitespace() || letter == '>').unwrap_or(rest.len());
            let (name, mut behind) = rest.split_at(end);
            let mut attributes = BTreeMap::new();
            // A bracket may stand in a value.
            loop {
                behind = behind.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
                let Some((key, value)) = behind.split_once('=').filter(|(key, _)| !key.contains(['<', '>'])) else { break };
                let value = value.trim_start();
                let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { break };
                let Some((value, after)) = value[1..].split_once(quote) else { break };
                attributes.insert(key.trim(), unescaped(value));
                behind = after;
            }
            rest = behind;
            return Some(Tag { name: name.trim_end_matches('/'), attributes });
        }
    })
}

fn unescaped(value: &str) -> Rc<str> {
    const NAMED: [(&str, &str); 5] = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    if !value.contains('&') {
        return value.into();
    }
    NAMED.iter().fold(value.to_owned(), |value, (name, letter)| value.replace(name, letter)).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::labelstudio::config::config;
    use crate::model::default_scheme;

    fn told(labels: &Labels) -> Vec<String> {
        let attributes = labels.attributes.iter().map(|((of, name), values)| {
            let values: Vec<&str> = values.keys().map(|value| &**value).collect();
            format!("{of}.{name}: {}", values.join("|"))
        });
        labels.spans.keys().map(ToString::to_string).chain(attributes).collect()
    }

    #[test]
    fn labels_and_their_choices_are_read() {
        let xml = "<View>\n<!-- <Label value=\"no\"/> --><Labels name='l' toName=\"text\"><Label value=\"A &amp; B > C\" background=\"red\"/>\n\
            <Label value='Claim'></Label></Labels><Text name=\"text\" value=\"$text\"/>\
            <Choices name=\"sure\" whenLabelValue=\"Claim, Other\"><Choice value=\"yes\"/><Choice value=\"no\"/></Choices><Choice value=\"x\"/>";
        assert_eq!(told(&declared(xml)), ["A & B > C", "Claim", "Claim.sure: no|yes"]);
        for broken in ["<", "<Label value=", "<Label value='", "<!--", "<Label value=\"a\" =", "<Label <Label value=\"a\"/>"] {
            assert!(told(&declared(broken)).len() <= 1, "{broken}");
        }
    }

    #[test]
    fn what_we_write_is_read_back() {
        let scheme = default_scheme();
        let labels = declared(&config(&scheme));
        let mut ids: Vec<&str> = scheme.types.iter().map(|of| of.id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(labels.spans.keys().map(|label| &**label).collect::<Vec<_>>(), ids);
        let attributes: usize = scheme.types.iter().map(|of| of.attributes.len()).sum();
        assert_eq!(labels.attributes.len(), attributes, "{:?}", told(&labels));
    }
}
