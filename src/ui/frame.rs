use std::rc::Rc;

use yew::prelude::*;

use super::carrying::filler_mark;
use super::desk::{IntentButton, dot, use_hands};
use super::guidelines::TypeRules;
use crate::browser::{HtmlInputElement, HtmlTextAreaElement, local_time};
use crate::edit::Command;
use crate::model::{AnnotationId, AttributeId, AttributeValue, EntityId, Filler, RoleId, TypeId};
use crate::session::{
    Action, AttributeKindView, AttributeView, Chip, EntityView, Filling, FrameView, Intent, IntentView, OptionView, RoleView,
};

#[derive(Properties, PartialEq)]
pub struct FrameProps {
    pub frame: Option<Rc<FrameView>>,
    pub filling: Option<Rc<Filling>>,
    /// When the focused annotation was changed last, in the person's own time.
    pub modified: AttrValue,
    pub previous: IntentView,
    pub next: IntentView,
    pub delete: IntentView,
    /// Of the project, in Markdown.
    pub guidelines: AttrValue,
}

/// The frame of the focused annotation: what it is, who fills its roles, and everything that can be said of it.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let hands = use_hands();
    // Whoever wants the rules beside each annotation opens them once.
    let ruled = use_state(|| false);
    let Some(frame) = &props.frame else {
        return html! {
            <section class="frame none" aria-label="Annotation">
                <h2>{ "Nothing chosen" }</h2>
                <p class="hint-text">{ "Select words in the text and press a type’s key, or click a tagged span to see its frame: who says it, who holds it, towards what." }</p>
            </section>
        };
    };
    let go = |action: Action| hands.act.reform(move |_: MouseEvent| action.clone());
    let own = frame.of.is_none();
    let retype = {
        let (act, id) = (hands.act.clone(), frame.id.clone());
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(type_id) = TypeId::new(&select.value()) {
                act.emit(Action::Run(Command::ChangeType { annotation: id.clone(), type_id }));
            }
        })
    };
    html! {
        <section class="frame" aria-label="Annotation" data-frame={frame.id.to_string()} key={frame.id.to_string()}>
            <div class="kind">
                { dot(Some(frame.color)) }
                if own {
                    <select class="type" aria-label="Type" title="Change the type" onchange={retype}>
                        <option value={frame.type_id.to_string()} selected=true>{ &*frame.type_name }</option>
                        { for frame.types.iter().map(|(id, name)| html! { <option key={id.to_string()} value={id.to_string()} selected=false>{ &**name }</option> }) }
                    </select>
                } else {
                    <span>{ &*frame.type_name }</span>
                }
                <button type="button" class="icon" data-command="rules" aria-label="What counts as this" title="What counts as this" aria-expanded={ruled.to_string()} aria-controls={ruled.then_some("rules")}
                    onclick={let ruled = ruled.clone(); move |_: MouseEvent| ruled.set(!*ruled)}><span aria-hidden="true">{ "?" }</span></button>
                <span class="steps">
                    <IntentButton view={props.previous.clone()} class="icon">{ "‹" }</IntentButton>
                    <span class="position">{ format!("{} of {}", frame.position.0, frame.position.1) }</span>
                    <IntentButton view={props.next.clone()} class="icon">{ "›" }</IntentButton>
                </span>
            </div>
            if *ruled {
                <TypeRules type_name={AttrValue::from(frame.type_name.clone())} rules={frame.rules.clone()} guidelines={props.guidelines.clone()} />
            }
            if let Some((_, name)) = &frame.of {
                <p class="read-only">{ "Work of " }<bdi>{ &**name }</bdi>if let Some(mark) = &frame.mark { { " " }<span class="who-mark">{ &**mark }</span> }{ ": to change it, " }
                    <button type="button" class="link" data-command="copy-to-mine" onclick={hands.perform.reform(|_: MouseEvent| Intent::CopyToMine)}>{ "copy it to yours" }</button>
                </p>
            }
            if frame.orphan {
                <p class="warning">{ "These words are not in the text any more. Select where they belong and press +." }</p>
            }
            <blockquote dir="auto" class={format!("c-{}", frame.color.as_str())}>{ &*frame.quote }</blockquote>
            if frame.fragments > 1 {
                <p class="hint-text">{ format!("{} fragments", frame.fragments) }</p>
            }
            if frame.versions.len() > 1 {
                <div class="versions">
                    <p class="warning">{ "Changed in two places at once. Nothing is lost; choose which one stays." }</p>
                    { for frame.versions.iter().enumerate().map(|(keep, version)| html! {
                        <button type="button" key={keep} data-command="resolve" disabled={!own}
                            onclick={go(Action::Run(Command::Resolve { annotation: frame.id.clone(), keep }))}>
                            <span dir="auto">{ &*version.label }</span>
                            <small>{ version.modified.as_ref().map(|time| format!(" · {}", local_time(time))) }{ if keep == 0 { " · shown" } else { "" } }</small>
                        </button>
                    }) }
                </div>
            }
            { for frame.roles.iter().filter(|role| !is_small(role, own)).map(|role| html! { <Role key={role.id.to_string()} annotation={frame.id.clone()} role={role.clone()} own={own} filling={props.filling.clone().filter(|_| role.asking)} /> }) }
            if own && frame.roles.iter().any(|role| is_small(role, own)) {
                <div class="row">
                    <span>{ "Links" }</span>
                    <span class="chips">
                        { for frame.roles.iter().filter(|role| is_small(role, own)).map(|role| html! {
                            <button type="button" class={classes!("chip", "empty", role.fitting.then_some("fitting"))} key={role.id.to_string()} data-role={role.id.to_string()} data-command={format!("fill-{}", role.id)}
                                onclick={go(Action::AskRole(frame.id.clone(), role.id.clone()))}>{ format!("+ {}", role.name.to_lowercase()) }</button>
                        }) }
                    </span>
                </div>
            }
            { for frame.attributes.iter().map(|attribute| html! { <Attribute key={attribute.id.to_string()} annotation={frame.id.clone()} attribute={attribute.clone()} own={own} /> }) }
            if let Some(entity) = &frame.entity {
                <Entity annotation={frame.id.clone()} entity={entity.clone()} own={own} quote={frame.quote.to_string()} />
            }
            { for frame.fills.iter().map(|(role, chip)| html! {
                <div class="row" key={format!("{role}{:?}", chip.filler)}>
                    <span>{ format!("{role} of") }</span>
                    <span>{ chip_button(chip, hands.act.reform({ let filler = chip.filler.clone(); move |_: MouseEvent| jump(&filler) })) }</span>
                </div>
            }) }
            <Note annotation={frame.id.clone()} note={AttrValue::from(frame.note.clone())} own={own} />
            <div class="end">
                <small>{ &props.modified }</small>
                if own {
                    <IntentButton view={props.delete.clone()} class="danger" name="Delete">{ "Delete" }</IntentButton>
                }
            </div>
        </section>
    }
}

/// An empty role that nobody misses takes no line of its own; in another's work it is not shown at all.
fn is_small(role: &RoleView, own: bool) -> bool {
    role.chips.is_empty() && !role.asking && (role.optional || !own)
}

fn jump(filler: &Filler) -> Action {
    match filler {
        Filler::Annotation(id) => Action::Focus(Some(id.clone())),
        Filler::Entity(_) => Action::Hover(None),
    }
}

fn chip_button(chip: &Chip, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class={classes!("chip", chip.missing.then_some("missing"))} data-filler={filler_mark(&chip.filler)} {onclick}>
            if chip.color.is_some() { { dot(chip.color) } }
            <bdi class="chip-label">{ &*chip.label }</bdi>
            if let Some(entity) = &chip.entity { <small dir="auto">{ &**entity }</small> }
        </button>
    }
}

#[derive(Properties, PartialEq)]
struct RoleProps {
    annotation: AnnotationId,
    role: RoleView,
    own: bool,
    filling: Option<Rc<Filling>>,
}

#[component]
fn Role(props: &RoleProps) -> Html {
    let hands = use_hands();
    let role = &props.role;
    let ask = {
        let (annotation, role): (AnnotationId, RoleId) = (props.annotation.clone(), role.id.clone());
        let asking = props.role.asking;
        hands.act.reform(move |_: MouseEvent| if asking { Action::EndFilling } else { Action::AskRole(annotation.clone(), role.clone()) })
    };
    html! {
        <div class={classes!("row", role.fitting.then_some("fitting"))} data-role={role.id.to_string()}>
            <span>{ &*role.name }</span>
            <span class="chips">
                { for role.chips.iter().map(|chip| {
                    let remove = Command::EmptyRole { annotation: props.annotation.clone(), role: role.id.clone(), filler: chip.filler.clone() };
                    html! {
                        <span class="chip-group" key={format!("{:?}", chip.filler)}>
                            { chip_button(chip, hands.act.reform({ let filler = chip.filler.clone(); move |_: MouseEvent| jump(&filler) })) }
                            if props.own {
                                <button type="button" class="unfill" data-command="empty-role" aria-label={format!("Take {} out", chip.label)} title="Take out"
                                    onclick={hands.act.reform(move |_: MouseEvent| Action::Run(remove.clone()))}><span aria-hidden="true">{ "×" }</span></button>
                            }
                        </span>
                    }
                }) }
                if props.own && (role.open || role.chips.is_empty()) {
                    <button type="button" class={classes!("chip", "empty", role.missing.then_some("wanted"), role.asking.then_some("asking"))}
                        data-command={format!("fill-{}", role.id)} aria-expanded={role.asking.to_string()} onclick={ask}>
                        { if role.missing { format!("{}?", role.name.to_lowercase()) } else { "+".to_owned() } }
                    </button>
                }
            </span>
            if let Some(filling) = &props.filling {
                <div class="candidates" role="listbox" aria-label={format!("Candidates for {}", role.name)}>
                    if filling.candidates.is_empty() {
                        <p class="hint-text">{ "Nothing here can fill it yet: select the words and tag them." }</p>
                    }
                    { for filling.candidates.iter().map(|candidate| {
                        let filler = candidate.filler.clone();
                        html! {
                            <button type="button" role="option" aria-selected="false" class="candidate" key={candidate.hint.to_string()} data-candidate={candidate.hint.to_string()} data-filler={filler_mark(&candidate.filler)}
                                onclick={hands.act.reform(move |_: MouseEvent| Action::Fill(filler.clone()))}>
                                <kbd class="hint">{ &*candidate.hint }</kbd><bdi>{ &*candidate.label }</bdi>
                                if matches!(candidate.filler, Filler::Entity(_)) { <small>{ "entity" }</small> }
                                if let Some(entity) = &candidate.entity { <small dir="auto">{ &**entity }</small> }
                            </button>
                        }
                    }) }
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct AttributeProps {
    annotation: AnnotationId,
    attribute: AttributeView,
    own: bool,
}

#[component]
fn Attribute(props: &AttributeProps) -> Html {
    let hands = use_hands();
    let set = {
        let (act, annotation, attribute): (_, AnnotationId, AttributeId) =
            (hands.act.clone(), props.annotation.clone(), props.attribute.id.clone());
        move |value: Option<AttributeValue>| {
            act.emit(Action::Run(Command::SetAttribute { annotation: annotation.clone(), attribute: attribute.clone(), value }))
        }
    };
    let label = &props.attribute.name;
    let field = match &props.attribute.kind {
        AttributeKindView::Choice(options) => {
            let button = |option: &OptionView| {
                let (set, value, on) = (set.clone(), option.id.as_str().to_owned(), option.on);
                let onclick = Callback::from(move |_: MouseEvent| set((!on).then(|| AttributeValue::Text(value.as_str().into()))));
                html! {
                    <button type="button" key={option.id.to_string()} class={classes!(option.on.then_some("on"))} aria-pressed={option.on.to_string()} disabled={!props.own}
                        title={(!option.description.is_empty()).then(|| option.description.to_string())} data-option={option.id.to_string()} {onclick}>
                        if let Some(mark) = option.mark { <span class={option.color.map(|color| format!("ink-{}", color.as_str()))} aria-hidden="true">{ mark }{ " " }</span> }
                        { &*option.name }
                    </button>
                }
            };
            html! { <span class="segmented" role="group" aria-label={label.to_string()}>{ for options.iter().map(button) }</span> }
        }
        AttributeKindView::Text(text) => {
            let (act, annotation, attribute) = (hands.act.clone(), props.annotation.clone(), props.attribute.id.clone());
            let oninput = Callback::from(move |event: InputEvent| {
                let text = event.target_unchecked_into::<HtmlInputElement>().value();
                let value = (!text.is_empty()).then(|| AttributeValue::Text(text.into()));
                act.emit(Action::Type(Command::SetAttribute { annotation: annotation.clone(), attribute: attribute.clone(), value }));
            });
            html! { <input type="text" dir="auto" aria-label={label.to_string()} value={text.to_string()} disabled={!props.own} {oninput} /> }
        }
        AttributeKindView::Number(text) => {
            let onchange = Callback::from(move |event: Event| {
                let value = event.target_unchecked_into::<HtmlInputElement>().value();
                set(value.parse().ok().map(AttributeValue::Number));
            });
            html! { <input type="number" step="any" aria-label={label.to_string()} value={text.to_string()} disabled={!props.own} {onchange} /> }
        }
    };
    html! {
        <div class={classes!("row", props.attribute.missing.then_some("wanted"))} data-attribute={props.attribute.id.to_string()}>
            <span>{ &**label }</span>
            { field }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct EntityProps {
    annotation: AnnotationId,
    entity: EntityView,
    own: bool,
    quote: AttrValue,
}

/// The value of the list's last entry, which makes a new entity; no id has a space.
const NEW: &str = "new entity";

#[component]
fn Entity(props: &EntityProps) -> Html {
    let hands = use_hands();
    let naming = use_state(|| false);
    let onchange = {
        let (act, annotation, naming) = (hands.act.clone(), props.annotation.clone(), naming.clone());
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            naming.set(value == NEW);
            if value != NEW {
                act.emit(Action::Run(Command::TieEntity { annotation: annotation.clone(), entity: EntityId::new(&value) }));
            }
        })
    };
    let create = {
        let (act, annotation, naming, kind) = (hands.act.clone(), props.annotation.clone(), naming.clone(), props.entity.kind);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_unchecked_into::<crate::browser::Element>();
            let Some(field) = form.query_selector("input").ok().flatten() else { return };
            let name = crate::browser::JsCast::unchecked_into::<HtmlInputElement>(field).value();
            act.emit(Action::Run(Command::NewEntity { annotation: annotation.clone(), name, kind }));
            naming.set(false);
        })
    };
    let tied = props.entity.tied.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default();
    let known = props.entity.choices.iter().any(|(id, _)| id.as_str() == tied);
    html! {
        <div class={classes!("row", props.entity.missing.then_some("wanted"))}>
            <span>{ "Entity" }</span>
            if *naming {
                <form class="naming" onsubmit={create}>
                    <input type="text" dir="auto" aria-label="Name of the new entity" value={props.quote.clone()} />
                    <button type="submit" data-command="create-entity">{ "Add" }</button>
                    <button type="button" class="quiet" onclick={let naming = naming.clone(); move |_: MouseEvent| naming.set(false)}>{ "Cancel" }</button>
                </form>
            } else {
                <select aria-label="Entity" data-field="entity" disabled={!props.own} {onchange}>
                    <option value="" selected={tied.is_empty()}>{ "Who is this?" }</option>
                    if let Some((id, name)) = props.entity.tied.as_ref().filter(|_| !known) {
                        <option value={id.to_string()} selected=true>{ &**name }</option>
                    }
                    { for props.entity.choices.iter().map(|(id, name)| html! { <option key={id.to_string()} value={id.to_string()} selected={id.as_str() == tied}>{ &**name }</option> }) }
                    <option value={NEW} selected=false>{ "A new entity…" }</option>
                </select>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NoteProps {
    annotation: AnnotationId,
    note: AttrValue,
    own: bool,
}

#[component]
fn Note(props: &NoteProps) -> Html {
    let hands = use_hands();
    let oninput = {
        let (act, annotation) = (hands.act.clone(), props.annotation.clone());
        Callback::from(move |event: InputEvent| {
            let note = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            act.emit(Action::Type(Command::SetNote { annotation: annotation.clone(), note }));
        })
    };
    html! {
        <div class="row">
            <span>{ "Note" }</span>
            <textarea rows="1" dir="auto" aria-label="Note" placeholder={if props.own { "A remark for others" } else { "" }} value={props.note.clone()} disabled={!props.own} {oninput} />
        </div>
    }
}
