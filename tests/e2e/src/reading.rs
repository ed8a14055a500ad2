//! What a person sees on the page, as text.

use serde_json::{Value, json};

use crate::pointer::{PLACES, Picture};
use crate::{Desk, Seen, until};

impl Desk {
    /// Whether something that matches `selector` can be seen.
    #[track_caller]
    pub fn sees(&self, selector: &str) -> bool {
        !self.visible_texts(selector).is_empty()
    }

    /// The text of everything that matches `selector` and can be seen.
    #[track_caller]
    pub fn visible_texts(&self, selector: &str) -> Vec<String> {
        const SCRIPT: &str = "return [...document.querySelectorAll(arguments[0])]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0)
            .map((element) => element.innerText.trim())";
        strings(&self.script_with(SCRIPT, json!([selector])))
    }

    /// Waits until `selector` can be seen; returns its text.
    #[track_caller]
    pub fn wait_for(&self, selector: &str) -> String {
        until(selector, || self.visible_texts(selector).into_iter().next().ok_or_else(|| "nothing like it".to_owned()))
    }

    /// Waits until nothing of `selector` can be seen.
    #[track_caller]
    pub fn wait_gone(&self, selector: &str) {
        until(&format!("{selector} to go"), || match self.visible_texts(selector).first() {
            Some(text) => Err(format!("still “{text}”")),
            None => Ok(()),
        });
    }

    /// Waits until a text of `selector` that can be seen contains all `parts`; returns it.
    #[track_caller]
    pub fn wait_for_text(&self, selector: &str, parts: &[&str]) -> String {
        until(&format!("{selector} with {parts:?}"), || {
            let texts = self.visible_texts(selector);
            match texts.iter().find(|text| parts.iter().all(|part| text.contains(part))) {
                Some(text) => Ok(text.clone()),
                None => Err(format!("{texts:?}")),
            }
        })
    }

    /// The id of the open article.
    #[track_caller]
    pub fn open_article(&self) -> Option<String> {
        self.script("return document.querySelector('article[data-article]')?.dataset.article ?? null").as_str().map(str::to_owned)
    }

    #[track_caller]
    pub fn wait_for_article(&self, id: &str) {
        until(&format!("the article {id}"), || match self.open_article() {
            Some(open) if open == id => Ok(()),
            other => Err(format!("{other:?}")),
        });
    }

    /// The text view's whole text.
    #[track_caller]
    pub fn article_text(&self) -> String {
        let text = self.script("return document.querySelector('article[data-article]').textContent");
        text.as_str().unwrap_or_default().to_owned()
    }

    /// What is selected in the browser.
    #[track_caller]
    pub fn selected_text(&self) -> String {
        self.script("return getSelection().toString()").as_str().unwrap_or_default().to_owned()
    }

    /// Id and words of the annotation whose frame is shown.
    #[track_caller]
    pub fn focused(&self) -> Option<(String, String)> {
        let found = self.script(
            "const frame = document.querySelector('[data-frame]');
             return frame && [frame.dataset.frame, frame.querySelector('blockquote').textContent]",
        );
        Some((found[0].as_str()?.to_owned(), found[1].as_str()?.to_owned()))
    }

    /// Waits until the frame shows an annotation with these words; returns its id.
    #[track_caller]
    pub fn wait_for_focus(&self, words: &str) -> String {
        until(&format!("the frame of “{words}”"), || match self.focused() {
            Some((id, quote)) if quote == words => Ok(id),
            other => Err(format!("{other:?}")),
        })
    }

    /// Hint and words of each candidate for the role that asks.
    #[track_caller]
    pub fn candidates(&self) -> Vec<(String, String)> {
        let found = self.script(
            "return [...document.querySelectorAll('[data-candidate]')]
                .map((button) => [button.dataset.candidate, button.querySelector('bdi').textContent])",
        );
        pairs(&found)
    }

    /// The name of the role that asks, as its button shows it.
    #[track_caller]
    pub fn asking(&self) -> Option<String> {
        let found =
            self.script("return document.querySelector('[data-candidate], .candidates')?.closest('[data-role]')?.dataset.role ?? null");
        found.as_str().map(str::to_owned)
    }

    #[track_caller]
    pub fn wait_for_role(&self, role: &str) {
        until(&format!("the role {role} to ask"), || match self.asking() {
            Some(asks) if asks == role => Ok(()),
            other => Err(format!("{other:?} asking")),
        });
    }

    /// The ids of the annotations on the segment where the words begin, innermost first.
    #[track_caller]
    pub fn annotations_at(&self, picture: &str) -> Vec<String> {
        let found = self.at(
            picture,
            "return (range(found.start, found.end).startContainer.parentElement.dataset.annotations ?? '').split(' ').filter(Boolean)",
        );
        strings(&found)
    }

    /// The hint that the text shows where the words begin.
    #[track_caller]
    pub fn hint_at(&self, picture: &str) -> Option<String> {
        let found = self.at(picture, "return range(found.start, found.end).startContainer.parentElement.dataset.hint ?? null");
        found.as_str().map(str::to_owned)
    }

    /// The words of all segments that carry the annotation; each must take up room on the screen.
    #[track_caller]
    pub fn drawn_words(&self, id: &str) -> Vec<String> {
        let found = self.script_with(
            "return [...document.querySelectorAll(`article [data-annotations~=\"${arguments[0]}\"]`)].map((segment) => {
               const rect = segment.getBoundingClientRect();
               return rect.width > 0 && rect.height > 0 ? segment.textContent : `(unseen) ${segment.textContent}`;
             })",
            json!([id]),
        );
        strings(&found)
    }

    #[track_caller]
    pub(crate) fn at(&self, picture: &str, script: &str) -> Value {
        let script = format!("{PLACES} const found = place(...arguments); if (found.problem) return found; {script}");
        let found = self.script_with(&script, Picture::parse(picture).arguments());
        if let Some(problem) = found["problem"].as_str() {
            panic!("{problem}");
        }
        found
    }

    /// What stands in the field that matches `selector`; `None` where there is none.
    #[track_caller]
    pub fn value(&self, selector: &str) -> Option<String> {
        self.script_with("return document.querySelector(arguments[0])?.value ?? null", json!([selector])).as_str().map(str::to_owned)
    }

    /// Whether a command's button can be pressed; `None` where there is none.
    #[track_caller]
    pub fn is_enabled(&self, command: &str) -> Option<bool> {
        let script = "const button = document.querySelector(`button[data-command=\"${arguments[0]}\"]`); return button && !button.disabled";
        self.script_with(script, json!([command])).as_bool()
    }

    /// The words of the message or the review that must name what is wrong.
    #[track_caller]
    pub fn alerts(&self) -> Vec<String> {
        self.visible_texts("[role=alert] .notice p")
    }

    /// What local storage holds, by key.
    #[track_caller]
    pub fn storage(&self) -> Vec<(String, String)> {
        let found = self.script("return Object.entries(localStorage)");
        pairs(&found)
    }
}

pub(crate) fn pairs(found: &Value) -> Vec<(String, String)> {
    let all = found.as_array().into_iter().flatten().map(strings);
    all.filter_map(|pair| <[String; 2]>::try_from(pair).ok()).map(|[first, second]| (first, second)).collect()
}

/// The texts of a list that a script returned.
pub fn strings(found: &Value) -> Vec<String> {
    found.as_array().map(|all| all.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()).unwrap_or_default()
}

/// `Ok` where it holds, and else what was seen.
pub fn seen(holds: bool, what: impl std::fmt::Debug) -> Seen<()> {
    if holds { Ok(()) } else { Err(format!("{what:?}")) }
}
