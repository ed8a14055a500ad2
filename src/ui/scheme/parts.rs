//! The forms of a type's attributes and roles.

use yew::prelude::*;

use super::editor::{Adding, Editor, character};
use super::type_form::{meaning_of, meanings};
use crate::model::{Attribute, AttributeKind, AttributeOption, COLORS, Color, Scheme};
use crate::session::add_option;

fn attribute(scheme: &mut Scheme, at: usize, n: usize) -> &mut Attribute {
    &mut scheme.types[at].attributes[n]
}

fn options(scheme: &mut Scheme, at: usize, n: usize) -> Option<&mut Vec<AttributeOption>> {
    match &mut attribute(scheme, at, n).kind {
        AttributeKind::Choice(options) => Some(options),
        AttributeKind::Text | AttributeKind::Number => None,
    }
}

/// The `n`th attribute of a type.
pub fn attribute_form(editor: &Editor, at: usize, n: usize) -> Html {
    let Some(of) = editor.scheme.types.get(at).and_then(|of| of.attributes.get(n)) else { return html! {} };
    let kind = match of.kind {
        AttributeKind::Choice(_) => "choice",
        AttributeKind::Text => "text",
        AttributeKind::Number => "number",
    };
    let set_kind = editor.chosen(move |scheme, name| {
        attribute(scheme, at, n).kind = match name.as_str() {
            "text" => AttributeKind::Text,
            "number" => AttributeKind::Number,
            _ => AttributeKind::Choice(Vec::new()),
        }
    });
    html! {
        <fieldset class="part" key={of.id.to_string()} data-attribute-form={of.id.to_string()}>
            <legend><bdi>{ &*of.name }</bdi></legend>
            <div class="fields">
                <label class="wide">{ "Name" }<input type="text" dir="auto" value={of.name.to_string()} oninput={editor.typed(move |scheme, name| attribute(scheme, at, n).name = name.into())} /></label>
                <label>{ "Kind" }<select onchange={set_kind}>
                    { for [("choice", "a choice"), ("text", "text"), ("number", "a number")].iter().map(|(word, label)| html! { <option key={*word} value={*word} selected={*word == kind}>{ *label }</option> }) }
                </select></label>
                <label class="all">{ "What it says" }<input type="text" dir="auto" value={of.description.to_string()} oninput={editor.typed(move |scheme, text| attribute(scheme, at, n).description = text.into())} /></label>
                <label class="tick wide"><input type="checkbox" checked={of.required} onchange={editor.ticked(move |scheme, on| attribute(scheme, at, n).required = on)} />{ "Needed: without it an annotation is unfinished" }</label>
                { part_buttons(editor, n, "attribute", &of.name, move |scheme, turn| turn.apply(&mut scheme.types[at].attributes, n)) }
            </div>
            if let AttributeKind::Choice(all) = &of.kind {
                <ul class="option-forms">
                    { for all.iter().enumerate().map(|(k, option)| option_form(editor, at, n, k, option)) }
                </ul>
                <Adding what="option" command="add-option" on_add={editor.added(move |scheme, name| if let Some(options) = options(scheme, at, n) { add_option(options, name) })} />
            }
        </fieldset>
    }
}

fn option_form(editor: &Editor, at: usize, n: usize, k: usize, of: &AttributeOption) -> Html {
    fn set<V: 'static>(at: usize, n: usize, k: usize, put: impl Fn(&mut AttributeOption, V) + 'static) -> impl Fn(&mut Scheme, V) {
        move |scheme, value| {
            if let Some(option) = options(scheme, at, n).and_then(|options| options.get_mut(k)) {
                put(option, value);
            }
        }
    }
    let label = |what: &str| format!("{what} of {}", of.name);
    let set_key = editor.chosen(set(at, n, k, |option, key: String| option.key = character(&key)));
    let set_color = editor.chosen(set(at, n, k, |option, name: String| option.color = Color::parse(&name)));
    html! {
        <li key={of.id.to_string()} data-option-form={of.id.to_string()}>
            <input type="text" dir="auto" class="name" aria-label="Name of the option" value={of.name.to_string()} oninput={editor.typed(set(at, n, k, |option, name: String| option.name = name.into()))} />
            <select aria-label={label("Key")} title="Key" onchange={set_key}>
                <option value="" selected={of.key.is_none()}>{ "–" }</option>
                { for ('1'..='9').map(|key| html! { <option key={key.to_string()} value={key.to_string()} selected={of.key == Some(key)}>{ key }</option> }) }
            </select>
            <input type="text" class="key" aria-label={label("Mark in the text")} title="Mark in the text" placeholder="–" value={of.mark.map(String::from).unwrap_or_default()} oninput={editor.typed(set(at, n, k, |option, mark: String| option.mark = character(&mark)))} />
            <select aria-label={label("Colour")} title="Colour" onchange={set_color}>
                <option value="" selected={of.color.is_none()}>{ "the type’s" }</option>
                { for COLORS.iter().map(|color| html! { <option key={color.as_str()} value={color.as_str()} selected={of.color == Some(*color)}>{ color.as_str() }</option> }) }
            </select>
            { part_buttons(editor, k, "option", &of.name, move |scheme, turn| if let Some(options) = options(scheme, at, n) { turn.apply(options, k) }) }
            <input type="text" dir="auto" class="description" aria-label={label("When to choose it")} placeholder="When to choose it" value={of.description.to_string()} oninput={editor.typed(set(at, n, k, |option, text: String| option.description = text.into()))} />
        </li>
    }
}

/// The `n`th role of a type.
pub fn role_form(editor: &Editor, at: usize, n: usize) -> Html {
    let Some(of) = editor.scheme.types.get(at).and_then(|of| of.roles.get(n)) else { return html! {} };
    let limits = [("0-", "any number"), ("1-", "at least one"), ("0-1", "at most one"), ("1-1", "exactly one")];
    let written = format!("{}-{}", of.min, of.max.map(|max| max.to_string()).unwrap_or_default());
    let known = limits.iter().any(|(limit, _)| *limit == written);
    let set_limits = editor.chosen(move |scheme, limits| {
        let role = &mut scheme.types[at].roles[n];
        if let Some((min, max)) = limits.split_once('-') {
            (role.min, role.max) = (min.parse().unwrap_or_default(), max.parse().ok());
        }
    });
    html! {
        <fieldset class="part" key={of.id.to_string()} data-role-form={of.id.to_string()}>
            <legend><bdi>{ &*of.name }</bdi></legend>
            <div class="fields">
                <label class="wide">{ "Name" }<input type="text" dir="auto" value={of.name.to_string()} oninput={editor.typed(move |scheme, name| scheme.types[at].roles[n].name = name.into())} /></label>
                <label>{ "Holds" }<select data-field="role-limits" onchange={set_limits}>
                    { for limits.iter().map(|(limit, label)| html! { <option key={*limit} value={*limit} selected={*limit == written}>{ *label }</option> }) }
                    if !known { <option value={written.clone()} selected=true>{ format!("from {} to {}", of.min, of.max.map_or("any".to_owned(), |max| max.to_string())) }</option> }
                </select></label>
                <label class="all">{ "What it says" }<input type="text" dir="auto" value={of.description.to_string()} oninput={editor.typed(move |scheme, text| scheme.types[at].roles[n].description = text.into())} /></label>
                <div class="all accepts" role="group" aria-label="Who fills it">
                    <span>{ "Filled by" }</span>
                    { for editor.scheme.types.iter().map(|other| {
                        let id = other.id.clone();
                        let set = editor.ticked(move |scheme, on| {
                            let accepts = &mut scheme.types[at].roles[n].accepts;
                            accepts.retain(|accepted| *accepted != id);
                            if on {
                                accepts.push(id.clone());
                            }
                        });
                        html! { <label class="tick" key={other.id.to_string()}><input type="checkbox" data-accepts={other.id.to_string()} checked={of.accepts.contains(&other.id)} onchange={set} /><bdi>{ &*other.name }</bdi></label> }
                    }) }
                    <label class="tick"><input type="checkbox" data-accepts="" checked={of.entities} onchange={editor.ticked(move |scheme, on| scheme.types[at].roles[n].entities = on)} />{ "entities" }</label>
                </div>
                <label>{ "Stands for" }<select onchange={editor.chosen(move |scheme, name| scheme.types[at].roles[n].means = meaning_of(&name))}>{ meanings(of.means) }</select></label>
                { part_buttons(editor, n, "role", &of.name, move |scheme, turn| turn.apply(&mut scheme.types[at].roles, n)) }
            </div>
        </fieldset>
    }
}

/// What the two buttons of a part do to its list.
#[derive(Clone, Copy)]
enum Turn {
    Up,
    Out,
}

impl Turn {
    fn apply<T>(self, parts: &mut Vec<T>, n: usize) {
        match self {
            Self::Up if n > 0 && n < parts.len() => parts.swap(n - 1, n),
            Self::Out if n < parts.len() => drop(parts.remove(n)),
            Self::Up | Self::Out => {}
        }
    }
}

fn part_buttons(editor: &Editor, n: usize, what: &str, name: &str, turn: impl Fn(&mut Scheme, Turn) + Clone + 'static) -> Html {
    let up = turn.clone();
    html! {
        <span class="part-buttons">
            <button type="button" class="icon" data-command={format!("{what}-up")} disabled={n == 0} aria-label={format!("Move {name} up")} title="Move up" onclick={editor.clicked(move |scheme| up(scheme, Turn::Up))}><span aria-hidden="true">{ "↑" }</span></button>
            <button type="button" class="icon" data-command={format!("remove-{what}")} aria-label={format!("Remove {name}")} title="Remove: what was said with it stays in the file" onclick={editor.clicked(move |scheme| turn(scheme, Turn::Out))}><span aria-hidden="true">{ "×" }</span></button>
        </span>
    }
}
