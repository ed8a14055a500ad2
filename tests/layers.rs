//! The shape of the house: `order → text → model → edit → analysis → format → session → browser → ui → main`; `bin` is the command line.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

const LAYERS: [&str; 11] = ["order", "text", "model", "edit", "analysis", "format", "session", "browser", "ui", "main", "bin"];
const WEB: [&str; 4] = ["web_sys", "js_sys", "gloo", "wasm_bindgen"];
/// Ways to turn a string into markup, also by their names in JavaScript.
const MARKUP: [&str; 7] =
    ["inner_html", "set_inner_html", "set_outer_html", "from_html_unchecked", "insert_adjacent_html", "innerHTML", "insertAdjacentHTML"];
const CLOCKS_AND_DICE: [&str; 4] = ["SystemTime", "Instant", "getrandom", "thread_rng"];
const MAX_LINES: usize = 400;

#[test]
fn every_file_keeps_to_its_layer() {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    walk(&root, &mut |file| {
        let path = file.strip_prefix(&root).expect("a file below src").to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(file).expect("a source file is UTF-8");
        found.extend(violations(&path, &source));
    });
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let mut paths: Vec<_> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path);
        }
    }
}

/// What `source`, at `path` below `src`, names and may not, a line each.
fn violations(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let module = path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    let (kept, bare) = (code(source, Strings::Kept), code(source, Strings::Blank));
    let own = LAYERS.iter().position(|layer| *layer == module);
    if source.lines().count() > MAX_LINES {
        found.push(format!("{path}: longer than {MAX_LINES} lines"));
    }
    let mut forbid = |words: &[&str], source: &str, why: &str| {
        for (number, line) in source.lines().enumerate() {
            for word in words.iter().filter(|word| names(line, word)) {
                found.push(format!("{path}:{}: {word} ({why})", number + 1));
            }
        }
    };
    forbid(&MARKUP, &kept, "text is only ever a text node");
    if module != "browser" {
        forbid(&WEB, &bare, "only browser names it");
    }
    if module != "ui" && module != "main" {
        forbid(&["yew"], &bare, "only ui names it");
    }
    if ["order", "text", "model", "edit"].contains(&module) {
        forbid(&["Serialize", "Deserialize"], &bare, "only format knows what is written to disk");
    }
    if own.is_some_and(|own| own <= 6) {
        forbid(&CLOCKS_AND_DICE, &bare, "ids and times arrive as arguments");
    }
    let yew_lines = bare.lines().filter(|line| names(line, "yew")).count();
    if module == "main" && yew_lines > 1 {
        found.push(format!("{path}: one line starts the renderer, {yew_lines} name yew"));
    }
    let Some(own) = own else {
        if module != "lib" {
            found.push(format!("{path}: in no layer"));
        }
        return found;
    };
    for (line, named) in modules_named(path, &bare) {
        if LAYERS.iter().position(|layer| *layer == named).is_some_and(|layer| layer > own) {
            found.push(format!("{path}:{line}: {module} names {named}, which stands to its right"));
        }
    }
    found
}

/// Whether `line` has `word` as an identifier of its own, or as a part between underscores: `gloo` is in `gloo_timers`.
fn names(line: &str, word: &str) -> bool {
    line.contains(word)
        && line
            .split(|character: char| !character.is_alphanumeric() && character != '_')
            .any(|found| found == word || found.starts_with(&format!("{word}_")) || found.ends_with(&format!("_{word}")))
}

/// The crate's modules that the file names, with the lines: `crate::x`, `crate::{x, y::z}`, `standpoint::x`, and
/// `super::x` where it climbs to the root.
fn modules_named(path: &str, source: &str) -> Vec<(usize, String)> {
    let depth = path.trim_end_matches(".rs").split('/').count();
    let climb = "super::".repeat(depth);
    let mut found = Vec::new();
    for root in ["crate::", "standpoint::", &climb] {
        for (at, _) in source.match_indices(root) {
            if source[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
                continue;
            }
            let line = source[..at].lines().count().max(1);
            let rest = source[at + root.len()..].trim_start();
            let heads = match rest.strip_prefix('{') {
                Some(group) => heads(group),
                None => vec![head(rest)],
            };
            found.extend(heads.into_iter().map(|head| (line, head)));
        }
    }
    found
}

/// The first name of each path in a `use` group, given what follows its bracket.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (1, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && character == ',' {
            found.push(head(group[start..at].trim_start()));
            start = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn head(path: &str) -> String {
    path.trim_start_matches("r#").chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Strings {
    Kept,
    Blank,
}

/// `source` without its comments, line for line.
fn code(source: &str, strings: Strings) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let word_before = code.ends_with(|before: char| before.is_alphanumeric() || before == '_');
        let (length, kept) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), false)
        } else if rest.starts_with("/*") {
            (block_comment(rest), false)
        } else if let Some(length) = string(rest, word_before) {
            (length, strings == Strings::Kept)
        } else {
            (first.len_utf8(), true)
        };
        let (piece, after) = rest.split_at(length);
        if kept {
            code.push_str(piece);
        } else {
            code.push(' ');
            code.extend(piece.matches('\n'));
        }
        rest = after;
    }
    code
}

/// The length of the block comment that `source` begins with; comments nest.
fn block_comment(source: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < source.len() {
        let rest = &source[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    source.len()
}

/// The length of the string or character literal that `source` begins with; a lifetime is none.
fn string(source: &str, word_before: bool) -> Option<usize> {
    if !word_before && source.starts_with(['r', 'b', 'c']) {
        let prefix = source.len() - source.trim_start_matches(['r', 'b', 'c']).len();
        let rest = &source[prefix..];
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let raw = source[..prefix].contains('r') && rest[hashes..].starts_with('"');
        if raw {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = prefix + hashes + 1;
            return Some(source[body..].find(&end).map_or(source.len(), |at| body + at + end.len()));
        }
    }
    let quote = source.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    if quote == '\'' && !source[1..].starts_with('\\') && source[1..].chars().nth(1) != Some('\'') {
        return None;
    }
    let mut escaped = false;
    for (at, character) in source.char_indices().skip(1) {
        if !escaped && character == quote {
            return Some(at + 1);
        }
        escaped = !escaped && character == '\\';
    }
    Some(source.len())
}

/// The checker, over sources made up to break a rule or to look as if.
mod checker {
    use super::*;

    #[track_caller]
    fn caught(path: &str, source: &str) {
        assert!(!violations(path, source).is_empty(), "{path}: {source}");
    }

    #[track_caller]
    fn fine(path: &str, source: &str) {
        assert_eq!(violations(path, source), Vec::<String>::new(), "{source}");
    }

    #[test]
    fn a_module_names_only_what_stands_to_its_left() {
        caught("text/words.rs", "use crate::model::Span;");
        caught("model/span.rs", "fn f() { crate::session::update() }");
        caught("edit.rs", "use crate::{model::Span, ui};");
        caught("edit/plan.rs", "use crate::{\n    model::{Article, Span},\n    format,\n};");
        caught("model.rs", "use super::edit::plan;");
        caught("model/span.rs", "use super::super::edit::plan;");
        caught("browser/store.rs", "pub use standpoint::ui::App;");
        fine("edit/plan.rs", "use crate::{model::{Article, Span}, text};\nuse super::store;\nuse crate::edit::merge;");
        fine("ui/app.rs", "use crate::browser::files;");
        fine("format/text.rs", "use super::session_of;");
        fine("main.rs", "fn main() { standpoint::ui::start(); }");
        fine("lib.rs", "pub mod ui;\npub use crate::ui::App;");
    }

    #[test]
    fn the_core_names_no_browser_and_no_renderer() {
        caught("session/state.rs", "use yew::prelude::*;");
        caught("format/csv.rs", "use wasm_bindgen::JsCast as _;");
        caught("text.rs", "let now = js_sys::Date::now();");
        caught("ui/app.rs", "use web_sys::Element;");
        caught("ui/app.rs", "gloo_timers::callback::Timeout::new(1, f);");
        caught("browser/files.rs", "use yew::Callback;");
        caught("main.rs", "use yew::Renderer;\nfn main() { yew::start(); }");
        fine("main.rs", "fn main() { yew::Renderer::<standpoint::ui::App>::new().render(); }");
        fine("browser/files.rs", "use {gloo::file, wasm_bindgen::JsCast, web_sys::File};");
        fine("text.rs", "let eyewash = gloomy;");
        caught("edit/fresh.rs", "let now = std::time::Instant::now();");
        caught("model/entity.rs", "#[derive(Serialize)]\nstruct Entity;");
    }

    #[test]
    fn comments_and_strings_name_nothing() {
        fine("text.rs", "// use yew\n/// web_sys /* \n/* yew /* gloo */ crate::ui */ let a = 1;");
        fine("text.rs", "let a = \"yew // \\\" yew\"; let b = r#\"yew \" gloo\"#; let c = ['\"', '\\'', 'y'];");
        caught("text.rs", "let a = \"// no comment\"; use yew;");
        caught("text.rs", "let quote = '\"'; use yew; let other = '\"';");
        caught("text.rs", "fn f<'a>(a: &'a str) { yew(a) } // '");
        caught("text.rs", "/* over /* nested */ */ use yew;");
        assert_eq!(violations("text.rs", "/* a\nb */\n\nuse yew;").len(), 1);
        assert!(violations("text.rs", "/* a\nb */\n\nuse yew;")[0].starts_with("text.rs:4:"));
    }

    #[test]
    fn no_string_becomes_markup() {
        for source in ["element.set_inner_html(text);", "Html::from_html_unchecked(text)", "Reflect::set(&element, \"innerHTML\", &text)"] {
            for path in ["ui/app.rs", "browser/dom.rs", "main.rs", "format/csv.rs"] {
                caught(path, source);
            }
        }
        fine("ui/app.rs", "// never set_inner_html\nhtml! { <p>{ text }</p> }");
    }

    #[test]
    fn long_files_and_files_in_no_layer() {
        caught("edit/plan.rs", &"\n".repeat(MAX_LINES + 1));
        fine("edit/plan.rs", &"\n".repeat(MAX_LINES));
        caught("utils.rs", "fn f() {}");
        caught("helpers/a.rs", "fn f() {}");
    }
}
