//! Small files, and pictures of what was read from them.
#![allow(dead_code, reason = "each test file uses some of it")]

use serde_json::{Value, json};
use standpoint::format::native::{Reading, read};
use standpoint::model::*;

/// A file with these lists and nothing else.
pub fn project(mut lists: Value) -> Value {
    lists["format"] = "standpoint".into();
    lists["version"] = 1.into();
    lists
}

pub fn article(id: &str, text: &str) -> Value {
    json!({ "id": id, "text": text })
}

pub fn reading(project: Value) -> Reading {
    read("seeds.json", &project.to_string()).expect("a file of the right shape")
}

/// The reading of one article `a` with these annotations.
pub fn annotated(text: &str, annotations: Value) -> Reading {
    reading(project(json!({ "articles": [article("a", text)], "annotations": annotations })))
}

/// `place: outcome` for each issue.
pub fn found(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(|issue| format!("{}: {}", issue.place, issue.outcome)).collect()
}

/// The first article with its spans in brackets, and its orphans behind it.
pub fn picture(reading: &Reading) -> String {
    let Some(article) = reading.store.articles().next() else { return String::new() };
    let mut marks: Vec<String> = vec![String::new(); article.text.len().get() as usize + 1];
    let mut orphans = String::new();
    for annotation in reading.store.annotations(&article.id).iter().rev() {
        match &annotation.anchor {
            Anchor::Placed(span) => {
                for fragment in span.fragments() {
                    marks[fragment.start().get() as usize].push('[');
                    let close = &mut marks[fragment.end().get() as usize];
                    *close = format!("{close}|{}]", label(annotation));
                }
            }
            Anchor::Orphan(orphan) => {
                let lost: Vec<String> =
                    orphan.fragments.iter().map(|lost| format!("{}–{} “{}”", lost.start, lost.end, lost.text)).collect();
                orphans.push_str(&format!(" ({}|{})", lost.join(" "), label(annotation)));
            }
        }
    }
    let mut characters = article.text.as_str().chars();
    let text: String = marks.iter().flat_map(|mark| mark.chars().chain(characters.next()).collect::<Vec<_>>()).collect();
    text + &orphans
}

fn label(annotation: &Annotation) -> String {
    let roles = annotation.roles.iter().map(|(role, fillers)| {
        let fillers: Vec<String> = fillers
            .iter()
            .map(|filler| match filler {
                Filler::Annotation(id) => id.to_string(),
                Filler::Entity(id) => format!("@{id}"),
            })
            .collect();
        format!(" {role}={}", fillers.join(","))
    });
    format!("{}{}", annotation.type_id, roles.collect::<String>())
}
