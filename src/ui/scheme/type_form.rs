use yew::prelude::*;

use super::editor::{Adding, Editor, character};
use super::parts::{attribute_form, role_form};
use crate::model::{AnnotationType, COLORS, Line, Meaning, Tie};
use crate::session::{add_attribute, add_role, desk_intent};

pub const MEANINGS: [(Meaning, &str, &str); 6] = [
    (Meaning::Speaker, "speaker", "a speaker"),
    (Meaning::Cue, "cue", "a cue"),
    (Meaning::Claim, "claim", "a claim"),
    (Meaning::Stance, "stance", "a stance"),
    (Meaning::Target, "target", "a target"),
    (Meaning::Holder, "holder", "a holder"),
];
const TIES: [(Tie, &str, &str); 3] =
    [(Tie::Never, "never", "not tied"), (Tie::May, "may", "may be tied"), (Tie::Must, "must", "must be tied")];
const LINES: [Line; 4] = [Line::Solid, Line::Dotted, Line::Dashed, Line::Double];

#[derive(Properties, PartialEq)]
pub struct TypeFormProps {
    pub editor: Editor,
    /// Which type of the scheme.
    pub at: usize,
    pub on_remove: Callback<()>,
}

/// Everything that a scheme says of a type.
#[component]
pub fn TypeForm(props: &TypeFormProps) -> Html {
    let (editor, at) = (&props.editor, props.at);
    let Some(of) = editor.scheme.types.get(at) else { return html! {} };
    let last = editor.scheme.types.len() - 1;
    let taken = of.key.and_then(desk_intent);
    html! {
        <div class="type-form">
            { preview(of) }
            <div class="fields">
                <label class="wide">{ "Name" }<input type="text" dir="auto" data-field="type-name" value={of.name.to_string()} oninput={editor.typed(move |scheme, name| scheme.types[at].name = name.into())} /></label>
                <label>{ "Key" }<input type="text" class="key" data-field="type-key" autocomplete="off" value={of.key.map(String::from).unwrap_or_default()} oninput={editor.typed(move |scheme, key| scheme.types[at].key = character(&key))} /></label>
                if let Some(taken) = taken {
                    <p class="hint-text all">{ format!("This key does “{taken}” elsewhere; in this project it tags. Keys can be changed in the list of keys.") }</p>
                }
                <label class="all">{ "What counts as one" }<textarea rows="2" dir="auto" data-field="type-description" value={of.description.to_string()} oninput={editor.typed(move |scheme, text| scheme.types[at].description = text.into())} /></label>
                <div class="all swatches" role="group" aria-label="Colour"><span class="label">{ "Colour" }</span>
                    { for COLORS.iter().map(|color| {
                        let color = *color;
                        html! {
                            <button type="button" key={color.as_str()} class={format!("swatch ink-{}", color.as_str())} data-color={color.as_str()} title={color.as_str()} aria-label={color.as_str()} aria-pressed={(of.color == color).to_string()}
                                onclick={editor.clicked(move |scheme| scheme.types[at].color = color)}></button>
                        }
                    }) }
                </div>
                <label>{ "Line" }<select data-field="type-line" onchange={editor.chosen(move |scheme, name| scheme.types[at].line = LINES.into_iter().find(|line| line.as_str() == name).unwrap_or(Line::Solid))}>
                    { for LINES.iter().map(|line| html! { <option key={line.as_str()} value={line.as_str()} selected={of.line == *line}>{ line.as_str() }</option> }) }
                </select></label>
                <label class="tick"><input type="checkbox" data-field="type-fill" checked={of.fill} onchange={editor.ticked(move |scheme, on| scheme.types[at].fill = on)} />{ "Coloured background" }</label>
                <label>{ "Entities" }<select data-field="type-entity" onchange={editor.chosen(move |scheme, name| scheme.types[at].entity = TIES.into_iter().find(|(_, word, _)| *word == name).map_or(Tie::Never, |(tie, ..)| tie))}>
                    { for TIES.iter().map(|(tie, word, label)| html! { <option key={*word} value={*word} selected={of.entity == *tie}>{ *label }</option> }) }
                </select></label>
                <label>{ "Stands for" }<select data-field="type-means" onchange={editor.chosen(move |scheme, name| scheme.types[at].means = meaning_of(&name))}>{ meanings(of.means) }</select></label>
            </div>
            <h3>{ "Attributes" }</h3>
            { for (0..of.attributes.len()).map(|n| attribute_form(editor, at, n)) }
            <Adding what="attribute" command="add-attribute" on_add={editor.added(move |scheme, name| add_attribute(&mut scheme.types[at], name))} />
            <h3>{ "Roles" }</h3>
            { for (0..of.roles.len()).map(|n| role_form(editor, at, n)) }
            <Adding what="role" command="add-role" on_add={editor.added(move |scheme, name| add_role(&mut scheme.types[at], name))} />
            <div class="buttons type-end">
                <button type="button" data-command="type-up" disabled={at == 0} onclick={editor.clicked(move |scheme| scheme.types.swap(at - 1, at))}>{ "Move up" }</button>
                <button type="button" data-command="type-down" disabled={at == last} onclick={editor.clicked(move |scheme| scheme.types.swap(at, at + 1))}>{ "Move down" }</button>
                <span class="gap"></span>
                <button type="button" class="danger" data-command="remove-type" onclick={props.on_remove.reform(|_: MouseEvent| ())}>{ "Remove this type…" }</button>
            </div>
            <p class="hint-text">{ format!("In exports it is “{}”, whatever its name. Each change is saved and seen in the text at once; undo takes it back.", of.id) }</p>
        </div>
    }
}

/// A few words as the text shows them, with each mark that an option may bring.
fn preview(of: &AnnotationType) -> Html {
    let tagged = |tag: Option<char>, color: &str, words: &str| {
        let fill = of.fill.then(|| format!("fill-{color}"));
        let tag = tag.map(|tag| tag.to_uppercase().to_string());
        html! { <span class={classes!("seg", fill, format!("u0-{color}"), format!("u0-{}", of.line.as_str()), format!("ink-{color}"))} data-tag={tag}>{ words.to_owned() }</span> }
    };
    let marked =
        of.attributes.iter().flat_map(|attribute| attribute.options()).filter(|option| option.mark.is_some() || option.color.is_some());
    html! {
        <p class="preview" aria-label="How it looks">
            { "Words before, " }{ tagged(of.key, of.color.as_str(), &of.name) }
            { for marked.map(|option| html! { <>{ ", " }{ tagged(option.mark.or(of.key), option.color.unwrap_or(of.color).as_str(), &option.name) }</> }) }
            { ", and words after." }
        </p>
    }
}

pub fn meanings(means: Option<Meaning>) -> Html {
    html! {
        <>
            <option value="" selected={means.is_none()}>{ "nothing special" }</option>
            { for MEANINGS.iter().map(|(meaning, word, label)| html! { <option key={*word} value={*word} selected={means == Some(*meaning)}>{ *label }</option> }) }
        </>
    }
}

pub fn meaning_of(word: &str) -> Option<Meaning> {
    MEANINGS.into_iter().find(|(_, name, _)| *name == word).map(|(meaning, ..)| meaning)
}
