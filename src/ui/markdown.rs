use yew::prelude::*;

use crate::format::markdown::{Kind, Markdown};

/// Draws Markdown as elements; text stays text.
///
/// A page and its dialogs have headings of the first and the second level, so these begin with the third.
pub fn drawn(parts: &[Markdown]) -> Html {
    parts.iter().map(part).collect()
}

fn part(of: &Markdown) -> Html {
    let (kind, parts) = match of {
        Markdown::Text(text) => return html! { { &**text } },
        Markdown::Part(kind, parts) => (kind, parts),
    };
    let inside = drawn(parts);
    match kind {
        Kind::Heading(1) => html! { <h3 dir="auto" class="h1">{ inside }</h3> },
        Kind::Heading(2) => html! { <h4 dir="auto">{ inside }</h4> },
        Kind::Heading(3) => html! { <h5 dir="auto">{ inside }</h5> },
        Kind::Heading(_) => html! { <h6 dir="auto">{ inside }</h6> },
        Kind::Paragraph => html! { <p dir="auto">{ inside }</p> },
        Kind::Quote => html! { <blockquote>{ inside }</blockquote> },
        Kind::Bullets => html! { <ul>{ inside }</ul> },
        Kind::Numbers(first) => html! { <ol start={first.to_string()}>{ inside }</ol> },
        Kind::Item => html! { <li dir="auto">{ inside }</li> },
        // Scrolled by keyboard, too.
        Kind::CodeBlock => html! { <pre tabindex="0"><code>{ inside }</code></pre> },
        Kind::Table => html! { <div class="table" tabindex="0"><table>{ inside }</table></div> },
        Kind::Head => html! { <tr class="head">{ for parts.iter().map(|cell| html! { <th dir="auto">{ within(cell) }</th> }) }</tr> },
        Kind::Row => html! { <tr>{ inside }</tr> },
        Kind::Cell => html! { <td dir="auto">{ inside }</td> },
        Kind::Rule => html! { <hr /> },
        Kind::Code => html! { <code dir="auto">{ inside }</code> },
        Kind::Emphasis => html! { <em>{ inside }</em> },
        Kind::Strong => html! { <strong>{ inside }</strong> },
        Kind::Struck => html! { <s>{ inside }</s> },
        Kind::Link(address) => html! { <a href={address.to_string()} target="_blank" rel="noopener noreferrer">{ inside }</a> },
        Kind::Break => html! { <br /> },
    }
}

fn within(of: &Markdown) -> Html {
    match of {
        Markdown::Text(_) => part(of),
        Markdown::Part(_, inside) => drawn(inside),
    }
}
