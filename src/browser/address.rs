use gloo::net::http::Request;
use web_sys::{RequestCredentials, RequestRedirect, Url, UrlSearchParams};

use crate::model::ArticleId;

/// A project named in the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectLink {
    pub url: String,
    /// The origin to ask the person about; `None` on the page's own.
    pub foreign_origin: Option<String>,
}

fn parameter(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name).filter(|value| !value.is_empty())
}

/// What `?project=` asks for; an error says why it can't be followed.
pub fn project_link() -> Option<Result<ProjectLink, String>> {
    let given = parameter("project")?;
    Some(resolve(&given).ok_or_else(|| format!("“{given}” in the address is not a web address of a project file (http or https).")))
}

fn resolve(given: &str) -> Option<ProjectLink> {
    let location = web_sys::window()?.location();
    let url = Url::new_with_base(given, &location.href().ok()?).ok()?;
    if !matches!(url.protocol().as_str(), "http:" | "https:") {
        return None;
    }
    let foreign_origin = (url.origin() != location.origin().ok()?).then(|| url.origin());
    Some(ProjectLink { url: url.href(), foreign_origin })
}

pub fn article_wanted() -> Option<ArticleId> {
    ArticleId::new(&parameter("article")?)
}

/// What `?annotator=` says: an id or a name.
pub fn annotator_wanted() -> Option<String> {
    parameter("annotator").map(|name| name.trim().chars().take(64).collect()).filter(|name: &String| !name.is_empty())
}

/// Puts the open article into the address, so that a reload and a copied link lead back to it.
pub fn show_article(article: &ArticleId) {
    let replace = || -> Option<()> {
        let window = web_sys::window()?;
        let url = Url::new(&window.location().href().ok()?).ok()?;
        let parameters = url.search_params();
        if parameters.get("article").as_deref() == Some(article.as_str()) {
            return None;
        }
        parameters.set("article", article.as_str());
        let history = js_sys::Reflect::get(&window, &"history".into()).ok()?;
        let replace: js_sys::Function = js_sys::Reflect::get(&history, &"replaceState".into()).ok()?.into();
        replace.call3(&history, &wasm_bindgen::JsValue::NULL, &"".into(), &url.href().into()).ok()?;
        Some(())
    };
    replace();
}

/// The text behind `url`; at most `most_bytes` bytes. The error is a sentence.
pub async fn fetch_text(url: &str, most_bytes: usize) -> Result<String, String> {
    let foreign = resolve(url).is_none_or(|link| link.foreign_origin.is_some());
    let credentials = if foreign { RequestCredentials::Omit } else { RequestCredentials::SameOrigin };
    let request = Request::get(url).credentials(credentials).redirect(RequestRedirect::Error);
    let response = request.send().await.map_err(|error| format!("{url} can’t be loaded ({error})."))?;
    if !response.ok() {
        return Err(format!("{url} can’t be loaded: the server answered {}.", response.status()));
    }
    let declared = response.headers().get("content-length").and_then(|length| length.parse::<usize>().ok());
    let too_large = || format!("{url} is larger than {} MB.", most_bytes >> 20);
    if declared.is_some_and(|length| length > most_bytes) {
        return Err(too_large());
    }
    let bytes = response.binary().await.map_err(|error| format!("{url} broke off ({error})."))?;
    if bytes.len() > most_bytes {
        return Err(too_large());
    }
    String::from_utf8(bytes).map_err(|_| format!("{url} is not UTF-8 text."))
}
