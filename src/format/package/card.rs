//! What describes an export: a `README.md` in the shape of a dataset card of the Hugging Face Hub.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;

use super::{Holds, Package, Packing, Part};
use crate::edit::AnnotationStore;
use crate::format::describe::about;
use crate::format::exchange::Sheets;
use crate::model::*;

pub(super) fn card(
    store: &AnnotationStore,
    sheets: &Sheets<'_>,
    packing: &Packing,
    package: &Package,
    parts: Option<&BTreeMap<ArticleId, Part>>,
) -> String {
    let articles: Vec<Rc<Article>> = sheets.iter().map(|sheet| sheet.article.clone()).collect();
    let annotators = sheets.annotators().count();
    let header = store.header();
    let title = if header.title.trim().is_empty() { header.id.as_str() } else { header.title.trim() };
    let mut card = front_matter(title, &articles, package, parts.is_some());
    let _ = writeln!(card, "\n# {}\n", inline(title));
    if !header.description.trim().is_empty() {
        let _ = writeln!(card, "{}\n", header.description.trim());
    }
    let about = about(packing.format.name());
    let _ = writeln!(
        card,
        "Annotated news text: {} articles, {} annotations, {} filled roles, by {annotators} annotator{}. Format: {} ({}).\n",
        package.picked.articles,
        package.annotations(),
        package.roles(),
        if annotators == 1 { "" } else { "s" },
        about.title,
        about.holds
    );
    labels(&mut card, store.scheme(), package);
    if !package.parts.is_empty() {
        splits(&mut card, packing, package);
    }
    if !package.losses.is_empty() {
        let _ = writeln!(card, "## What the files do not hold\n");
        for (loss, count) in package.losses.iter() {
            let _ = writeln!(card, "- {count} {loss}");
        }
        card.push('\n');
    }
    sources(&mut card, &articles, parts);
    card
}

fn front_matter(title: &str, articles: &[Rc<Article>], package: &Package, is_split: bool) -> String {
    let mut yaml = String::from("---\n");
    let _ = writeln!(yaml, "pretty_name: {}", quoted(title));
    let licenses: BTreeSet<Option<&str>> = articles.iter().map(|article| article.metadata.license.as_deref()).collect();
    let known: BTreeSet<Option<&str>> = licenses.iter().map(|license| license.and_then(license_id)).collect();
    match (known.len(), known.first().copied().flatten()) {
        (1, Some(id)) => yaml.push_str(&format!("license: {id}\n")),
        _ if licenses.iter().all(Option::is_none) => yaml.push_str("license: unknown\n"),
        _ => yaml.push_str("license: other\nlicense_name: several\nlicense_link: README.md\n"),
    }
    let languages: BTreeSet<&str> =
        articles.iter().filter_map(|article| article.language.split('-').next()).filter(|language| !language.is_empty()).collect();
    if !languages.is_empty() {
        yaml.push_str("language:\n");
        for language in languages {
            let _ = writeln!(yaml, "- {}", quoted(&language.to_lowercase()));
        }
    }
    yaml.push_str("task_categories:\n- token-classification\n");
    if package.roles() > 0 {
        yaml.push_str("- text-classification\n");
    }
    let size = match articles.len() {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        _ => "100K<n<1M",
    };
    let _ = writeln!(yaml, "size_categories:\n- {size}\ntags:\n- news\n- quotation-attribution\n- stance");
    data_files(&mut yaml, package, is_split);
    yaml.push_str("---\n");
    yaml
}

/// Where each split lies, if it is one table that loads by itself.
fn data_files(yaml: &mut String, package: &Package, is_split: bool) {
    let is_table = |path: &&String| path.ends_with(".jsonl") || path.ends_with(".csv");
    let of = |folder: &str| -> Vec<&String> { package.files.keys().filter(|path| path.starts_with(folder)).collect() };
    let one = |folder: &str| of(folder).into_iter().next().filter(|_| of(folder).len() == 1).filter(is_table).cloned();
    let paths: Option<Vec<(&str, String)>> = if is_split {
        let parts = package.parts.iter().map(|(part, _)| {
            let split = if *part == Part::Dev { "validation" } else { part.name() };
            Some((split, one(&format!("{}/", part.name()))?))
        });
        parts.collect()
    } else {
        one("").map(|path| vec![("train", path)])
    };
    let Some(paths) = paths.filter(|paths| !paths.is_empty()) else { return };
    yaml.push_str("configs:\n- config_name: default\n  data_files:\n");
    for (split, path) in paths {
        let _ = writeln!(yaml, "  - split: {split}\n    path: {}", quoted(&path));
    }
}

fn labels(card: &mut String, scheme: &Scheme, package: &Package) {
    let names: Vec<&str> = package.parts.iter().map(|(part, _)| part.name()).collect();
    let _ = writeln!(card, "## Labels\n");
    let rule = "---:|".repeat(names.len());
    let columns: String = names.iter().map(|name| format!(" {name} |")).collect();
    let _ = writeln!(card, "| label | annotations |{columns} meaning |\n|---|---:|{rule}---|");
    let count = |holds: &Holds, name: &str| holds.types.iter().find(|(of, _)| **of == *name).map_or(0, |(_, count)| *count);
    for (name, all) in &package.picked.types {
        let meaning = scheme.types.iter().find(|of| of.name == *name).map(|of| cell(&of.description)).unwrap_or_default();
        let of_parts: String = package.parts.iter().map(|(_, holds)| format!(" {} |", count(holds, name))).collect();
        let _ = writeln!(card, "| {} | {all} |{of_parts} {meaning} |", cell(name));
    }
    card.push('\n');
}

fn splits(card: &mut String, packing: &Packing, package: &Package) {
    let _ = writeln!(card, "## Splits\n\n| split | articles | annotations |\n|---|---:|---:|");
    for (part, holds) in &package.parts {
        let _ = writeln!(card, "| {} | {} | {} |", part.name(), holds.articles, holds.annotations);
    }
    if let Some(split) = packing.split {
        let _ = writeln!(
            card,
            "\nParted by article, {} : {} : {}, seed {}; versions of one story (the same address, or nearly the same text) are kept together.\n",
            split.train, split.dev, split.test, split.seed
        );
    }
}

fn sources(card: &mut String, articles: &[Rc<Article>], parts: Option<&BTreeMap<ArticleId, Part>>) {
    let _ = writeln!(card, "## Sources\n\nEach article keeps its own licence; the annotations have none of their own here.\n");
    let (head, rule) = if parts.is_some() { (" split |", "---|") } else { ("", "") };
    let _ = writeln!(card, "| article | title | publisher | licence | credit | address |{head}\n|---|---|---|---|---|---|{rule}");
    for article in articles {
        let of = &article.metadata;
        let said = |text: &Option<Rc<str>>| text.as_deref().map(cell).unwrap_or_default();
        let part = parts.and_then(|parts| parts.get(&article.id)).map(|part| format!(" {} |", part.name())).unwrap_or_default();
        let license = of.license.as_deref().map_or_else(|| "not stated".to_owned(), cell);
        let _ = writeln!(
            card,
            "| {} | {} | {} | {license} | {} | {} |{part}",
            cell(article.id.as_str()),
            cell(&article.label()),
            said(&of.publisher),
            said(&of.credit),
            said(&of.url)
        );
    }
}

/// The Hub's name of a licence that is written in one of the usual ways.
pub fn license_id(license: &str) -> Option<&'static str> {
    const KNOWN: [(&str, &str); 12] = [
        ("ccby40", "cc-by-4.0"),
        ("ccby30", "cc-by-3.0"),
        ("ccby25", "cc-by-2.5"),
        ("ccby20", "cc-by-2.0"),
        ("ccbysa40", "cc-by-sa-4.0"),
        ("ccbysa30", "cc-by-sa-3.0"),
        ("ccbync40", "cc-by-nc-4.0"),
        ("ccbynd40", "cc-by-nd-4.0"),
        ("ccbyncsa40", "cc-by-nc-sa-4.0"),
        ("ccbyncnd40", "cc-by-nc-nd-4.0"),
        ("cc0", "cc0-1.0"),
        ("cc010", "cc0-1.0"),
    ];
    let plain: String = license.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect();
    let plain = plain.replace("creativecommonsattribution", "ccby").replace("international", "");
    KNOWN.into_iter().find(|(known, _)| *known == plain).map(|(_, id)| id)
}

/// A text as YAML has it between quotation marks: as JSON does.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("invariant: a text can't fail")
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    inline(text).replace('|', "\\|")
}

/// A text on one line, which Markdown takes for text.
fn inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !safe.is_empty() {
            safe.push(' ');
        }
        for letter in word.chars() {
            if matches!(letter, '\\' | '`' | '*' | '<' | '[' | ']' | '#') {
                safe.push('\\');
            }
            safe.push(letter);
        }
    }
    safe
}
