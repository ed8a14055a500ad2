use std::cell::Cell;

use gloo::net::http::{Request, RequestBuilder};
use web_sys::{RequestCache, RequestCredentials, RequestRedirect, Url, UrlSearchParams};

use crate::format::share;
use crate::model::ArticleId;

/// A project that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectLink {
    /// On the page's own origin.
    Own(String),
    /// Elsewhere: the person is asked first.
    Foreign(ForeignLink),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignLink {
    pub url: String,
    pub origin: String,
}

fn parameter(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(name).filter(|value| !value.is_empty())
}

/// What `?project=` asks for; an error says why it can't be followed.
pub fn project_link() -> Option<Result<ProjectLink, String>> {
    let given = parameter("project")?;
    Some(resolve(&given))
}

fn resolve(given: &str) -> Result<ProjectLink, String> {
    let no_address = || format!("“{given}” in the address is not a web address of a project file (http or https).");
    let location = web_sys::window().ok_or_else(no_address)?.location();
    let (here, origin) = (location.href().map_err(|_| no_address())?, location.origin().map_err(|_| no_address())?);
    let url = Url::new_with_base(given, &here).map_err(|_| no_address())?;
    match url.protocol().as_str() {
        "http:" | "https:" if url.origin() == origin => Ok(ProjectLink::Own(url.href())),
        "https:" => Ok(ProjectLink::Foreign(ForeignLink { url: url.href(), origin: url.origin() })),
        // The page's policy allows no other: what comes over http could have been changed on the way.
        "http:" => Err(format!("“{given}” in the address is on another server, from which projects are loaded over https only.")),
        _ => Err(no_address()),
    }
}

/// The address of a file beside the page.
pub(super) fn resolved(name: &str) -> String {
    let here = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    Url::new_with_base(name, &here).map_or_else(|_| name.to_owned(), |url| url.href())
}

/// The address of a file that a file at `base` names; `None` where that is not on the same server, or no web address at all.
pub fn beside(base: &str, href: &str) -> Option<String> {
    const LONGEST: usize = 2_000;
    if href.len() > LONGEST || href.chars().any(char::is_control) {
        return None;
    }
    let base = Url::new(base).ok()?;
    let url = Url::new_with_base(href, &base.href()).ok()?;
    let is_web = matches!(url.protocol().as_str(), "http:" | "https:");
    // What has no path of its own is the project file itself.
    let is_there =
        url.origin() == base.origin() && url.username().is_empty() && url.password().is_empty() && url.pathname() != base.pathname();
    url.set_hash("");
    (is_web && is_there).then(|| url.href())
}

/// Takes the project out of the address, unless `opened` is the address of the one that it names.
pub fn leave_project_link(opened: &str) {
    let named = match project_link() {
        Some(Ok(ProjectLink::Own(url) | ProjectLink::Foreign(ForeignLink { url, .. }))) => url,
        _ => String::new(),
    };
    if named != opened {
        change_parameters(|parameters| parameters.delete("project"));
    }
}

pub fn article_wanted() -> Option<ArticleId> {
    ArticleId::new(&parameter("article")?)
}

thread_local! {
    /// The article that the address wanted of a project which is not open yet; the address itself soon names another.
    static WANTED_LATER: Cell<Option<ArticleId>> = const { Cell::new(None) };
}

pub(super) fn want_later(article: Option<ArticleId>) {
    WANTED_LATER.set(article);
}

/// What [`article_wanted`] was before the person had decided on the linked project, once.
pub fn take_article_wanted() -> Option<ArticleId> {
    WANTED_LATER.take()
}

/// What `?annotator=` says: an id or a name.
pub fn annotator_wanted() -> Option<String> {
    parameter("annotator").map(|name| name.trim().chars().take(64).collect()).filter(|name: &String| !name.is_empty())
}

/// Takes the annotator out of the address, so that a reload does not go back to whom it named.
pub fn leave_annotator_link() {
    change_parameters(|parameters| parameters.delete("annotator"));
}

/// Puts the open article into the address, so that a reload and a copied link lead back to it; without one, another
/// project's leaves it, unless the address names the project as well.
pub fn show_article(article: Option<&ArticleId>) {
    change_parameters(|parameters| match article {
        Some(article) => parameters.set("article", article.as_str()),
        None if parameters.has("project") => {}
        None => parameters.delete("article"),
    });
}

fn change_parameters(change: impl FnOnce(&UrlSearchParams)) {
    let changed = || -> Option<Url> {
        let before = web_sys::window()?.location().href().ok()?;
        let url = Url::new(&before).ok()?;
        change(&url.search_params());
        (url.href() != before).then_some(url)
    };
    if let Some(url) = changed() {
        replace_address(&url.href());
    }
}

/// Shows another address without loading it, and without a step back to the one before.
fn replace_address(url: &str) -> Option<()> {
    let window = web_sys::window()?;
    let history = js_sys::Reflect::get(&window, &"history".into()).ok()?;
    let replace: js_sys::Function = js_sys::Reflect::get(&history, &"replaceState".into()).ok()?.into();
    replace.call3(&history, &wasm_bindgen::JsValue::NULL, &"".into(), &url.into()).ok()?;
    Some(())
}

/// The share link that stands in the address, taken out of it: it is not there on a reload, nor in the list of what was visited.
pub fn take_share() -> Option<String> {
    let location = web_sys::window()?.location();
    let hash = location.hash().ok()?;
    let fragment = hash.strip_prefix('#').filter(|fragment| fragment.starts_with(share::START))?;
    let href = location.href().ok()?;
    let bare = href.split_once('#').map_or(href.as_str(), |(bare, _)| bare);
    if replace_address(bare).is_none() {
        // A browser that forbids the one lets the other through.
        let _ = location.set_hash("");
    }
    Some(fragment.to_owned())
}

/// The address of the page alone, without `?` and `#`.
pub fn page_address() -> String {
    let location = web_sys::window().map(|window| window.location());
    let of = |location: &web_sys::Location| Some(format!("{}{}", location.origin().ok()?, location.pathname().ok()?));
    location.as_ref().and_then(of).unwrap_or_default()
}

/// The link that opens this page, and the project that its address names, for an annotator who is called so.
pub fn link_for(annotator: &str) -> String {
    let wanted = parameter("project").map(|project| format!("project={}&", encoded(&project))).unwrap_or_default();
    format!("{}?{wanted}annotator={}", page_address(), encoded(annotator))
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Why a file could not be fetched.
pub(super) enum NotFetched {
    /// Nobody answered: there may be no network.
    NoAnswer(String),
    /// The answer is not what was asked for, which a sentence says.
    Refused(String),
}

impl NotFetched {
    fn said(self) -> String {
        match self {
            Self::NoAnswer(why) | Self::Refused(why) => why,
        }
    }
}

/// The text behind `url`; at most `most_bytes` bytes. The error is a sentence.
pub async fn fetch_text(url: &str, most_bytes: usize) -> Result<String, String> {
    let bytes = fetch_file(url, most_bytes).await.map_err(NotFetched::said)?;
    String::from_utf8(bytes).map_err(|_| format!("{url} is not UTF-8 text."))
}

/// The file behind `url`; at most `most_bytes` bytes.
pub(super) async fn fetch_file(url: &str, most_bytes: usize) -> Result<Vec<u8>, NotFetched> {
    let foreign = !matches!(resolve(url), Ok(ProjectLink::Own(_)));
    let credentials = if foreign { RequestCredentials::Omit } else { RequestCredentials::SameOrigin };
    // Servers that say nothing of it would have browsers guess how long a file stays the same.
    let request = Request::get(url).cache(RequestCache::NoCache).credentials(credentials).redirect(RequestRedirect::Error);
    fetched(url, request, most_bytes).await.map(|(bytes, _)| bytes)
}

/// What an address gives to any page that asks, and of what type the server says it is; at most `most_bytes` bytes. The error is a sentence.
pub async fn fetch_page(url: &str, most_bytes: usize) -> Result<(Vec<u8>, String), String> {
    fetched(url, Request::get(url).credentials(RequestCredentials::Omit), most_bytes).await.map_err(NotFetched::said)
}

async fn fetched(url: &str, request: RequestBuilder, most_bytes: usize) -> Result<(Vec<u8>, String), NotFetched> {
    let response = request.send().await.map_err(|error| NotFetched::NoAnswer(format!("{url} can’t be loaded ({error}).")))?;
    if !response.ok() {
        return Err(NotFetched::Refused(format!("{url} can’t be loaded: the server answered {}.", response.status())));
    }
    let declared = response.headers().get("content-length").and_then(|length| length.parse::<usize>().ok());
    let too_large = || NotFetched::Refused(format!("{url} is larger than {} MB.", most_bytes >> 20));
    if declared.is_some_and(|length| length > most_bytes) {
        return Err(too_large());
    }
    let of_type = response.headers().get("content-type").unwrap_or_default().to_ascii_lowercase();
    let bytes = response.binary().await.map_err(|error| NotFetched::NoAnswer(format!("{url} broke off ({error}).")))?;
    if bytes.len() > most_bytes {
        return Err(too_large());
    }
    Ok((bytes, of_type))
}
