//! What a device remembers beside the projects: plain words in local storage, and in the database, which has them still
//! when local storage was cleared or a crash took what was written last. Without them a person would be a new annotator.

use std::cell::OnceCell;

use wasm_bindgen_futures::spawn_local;

use super::{Local, Storage};
use crate::browser::clock;
use crate::browser::document::Theme;
use crate::model::*;
use crate::session::{KeyMap, Reading};

const LAST: &str = "standpoint/last";
const ANNOTATOR: &str = "standpoint/annotator";
const THEME: &str = "standpoint/theme";
const TOURED: &str = "standpoint/toured";
const REMIND: &str = "standpoint/remind";
const ARCHIVED: &str = "standpoint/archived";
const KEYS: &str = "standpoint/keys";
const READING: &str = "standpoint/reading";
const DEVICE: &str = "standpoint/device";
const HOSTED: &str = "standpoint/hosted/";
const LEADS: &str = "standpoint/leads/";
const ANNOTATOR_OF: &str = "standpoint/annotator-of/";
const UNEXPORTED: &str = "standpoint/unexported/";

const KEPT_TWICE: [&str; 9] = [LAST, ANNOTATOR, DEVICE, THEME, TOURED, REMIND, ARCHIVED, KEYS, READING];

thread_local! {
    static HERE: OnceCell<String> = const { OnceCell::new() };
}

/// Hex digits that stand for this device in the versions of what is changed on it; drawn at the first visit. Where nothing can be
/// stored, each page load is a device of its own.
pub fn device() -> String {
    let known =
        |local: &Local| local.get(DEVICE).filter(|id| id.len() == DEVICE_DIGITS && id.bytes().all(|digit| digit.is_ascii_hexdigit()));
    let draw = || {
        let local = Local::open();
        local.as_ref().and_then(known).unwrap_or_else(|| {
            let drawn = clock::random_digits(DEVICE_DIGITS);
            local.map(|local| local.set(DEVICE, &drawn));
            drawn
        })
    };
    HERE.with(|here| here.get_or_init(draw).clone())
}

impl Storage {
    fn setting(&self, key: &str) -> Option<String> {
        self.local_setting(key).or_else(|| self.settings.borrow().get(key).cloned())
    }

    fn local_setting(&self, key: &str) -> Option<String> {
        self.local.as_ref()?.get(key)
    }

    fn set_setting(&self, key: &str, value: &str) {
        let here = self.local.as_ref().is_some_and(|local| local.set(key, value));
        let before = self.settings.borrow_mut().insert(key.to_owned(), value.to_owned());
        // A counter changes with every step, and is not worth a second copy.
        let once = here && !KEPT_TWICE.contains(&key);
        if once || before.as_deref() == Some(value) {
            return;
        }
        if let Some(database) = self.database() {
            let row = (key.to_owned(), Some(value.to_owned()));
            // A setting that can't be kept is no loss worth a word.
            spawn_local(async move { drop(database.update(&[], |_| (vec![row], ())).await) });
        }
    }

    /// Gives each store the settings that the other has and it lacks; where they differ, local storage is right, which other
    /// tabs and older versions of the page write, too.
    pub(super) async fn recall_settings(&self) {
        let Some(database) = self.database() else { return };
        let names = KEPT_TWICE.map(str::to_owned);
        let Ok(there) = database.get_each(&names).await else { return };
        let mut lacking = Vec::new();
        for (key, there) in names.into_iter().zip(there) {
            let value = match (self.local_setting(&key), there) {
                (Some(here), there) => {
                    if there.as_ref() != Some(&here) {
                        lacking.push((key.clone(), Some(here.clone())));
                    }
                    here
                }
                (None, Some(there)) => {
                    let _ = self.local.as_ref().map(|local| local.set(&key, &there));
                    there
                }
                (None, None) => continue,
            };
            self.settings.borrow_mut().insert(key, value);
        }
        if !lacking.is_empty() {
            // A setting that can't be kept is no loss worth a word.
            let database = database.clone();
            spawn_local(async move { drop(database.update(&[], |_| (lacking, ())).await) });
        }
        if self.local.is_none() {
            for prefix in [UNEXPORTED, ANNOTATOR_OF] {
                for (key, value) in database.rows(prefix).await.unwrap_or_default() {
                    self.settings.borrow_mut().insert(key, value);
                }
            }
        }
    }

    pub fn last(&self) -> Option<(ProjectId, Option<ArticleId>)> {
        let value = self.setting(LAST)?;
        let (project, article) = value.split_once('/').unwrap_or((&value, ""));
        Some((ProjectId::new(project)?, ArticleId::new(article)))
    }

    pub fn set_last(&self, project: &ProjectId, article: Option<&ArticleId>) {
        self.set_setting(LAST, &format!("{project}/{}", article.map_or("", ArticleId::as_str)));
    }

    /// Whose desk this is; minted at the first visit.
    pub fn annotator(&self, mint: impl FnOnce() -> AnnotatorId) -> AnnotatorId {
        self.setting(ANNOTATOR).and_then(|id| AnnotatorId::new(&id)).unwrap_or_else(|| {
            let id = mint();
            self.set_setting(ANNOTATOR, id.as_str());
            id
        })
    }

    /// As whom one chose to work in a project, where that is not whoever this device belongs to.
    pub fn annotator_of(&self, project: &ProjectId) -> Option<AnnotatorId> {
        AnnotatorId::new(&self.setting(&annotator_key(project))?)
    }

    pub fn set_annotator_of(&self, project: &ProjectId, annotator: &AnnotatorId) {
        self.set_setting(&annotator_key(project), annotator.as_str());
    }

    pub fn theme(&self) -> Option<Theme> {
        Theme::parse(&self.setting(THEME)?)
    }

    pub fn set_theme(&self, theme: Theme) {
        self.set_setting(THEME, theme.as_str());
    }

    /// How the person likes to read.
    pub fn reading(&self) -> Reading {
        Reading::parse(&self.setting(READING).unwrap_or_default())
    }

    pub fn set_reading(&self, reading: &Reading) {
        self.set_setting(READING, &reading.to_string());
    }

    pub fn has_toured(&self) -> bool {
        self.setting(TOURED).is_some()
    }

    pub fn set_toured(&self) {
        self.set_setting(TOURED, "1");
    }

    /// After how many steps to remind of exporting, where the person chose; 0 for never.
    pub fn remind_after(&self) -> Option<u64> {
        self.setting(REMIND)?.parse().ok()
    }

    pub fn set_remind_after(&self, steps: u64) {
        self.set_setting(REMIND, &steps.to_string());
    }

    /// What the person changed of the keys.
    pub fn keys(&self) -> KeyMap {
        KeyMap::parse(&self.setting(KEYS).unwrap_or_default())
    }

    pub fn set_keys(&self, keys: &KeyMap) {
        self.set_setting(KEYS, &keys.to_string());
    }

    /// Steps of work on a project since it was last handed out as a file.
    pub fn unexported(&self, project: &ProjectId) -> u64 {
        self.setting(&unexported_key(project)).and_then(|steps| steps.parse().ok()).unwrap_or(0)
    }

    pub fn set_unexported(&self, project: &ProjectId, steps: u64) {
        self.set_setting(&unexported_key(project), &steps.to_string());
    }

    /// The project that came from this address last, and the hash of the file that it was then.
    pub fn hosted_at(&self, url: &str) -> Option<(ProjectId, String)> {
        let mut keys: Vec<String> = self.local.as_ref().map(|local| local.keys(HOSTED)).unwrap_or_default();
        keys.extend(self.settings.borrow().keys().filter(|key| key.starts_with(HOSTED)).cloned());
        keys.into_iter().find_map(|key| {
            let value = self.setting(&key)?;
            let (hash, from) = value.split_once(' ')?;
            (from == url).then(|| Some((ProjectId::new(key.strip_prefix(HOSTED)?)?, hash.to_owned())))?
        })
    }

    /// Remembers where a project came from. An address has one project.
    pub fn set_hosted(&self, project: &ProjectId, url: &str, hash: &str) {
        if let Some((before, _)) = self.hosted_at(url).filter(|(before, _)| before != project) {
            self.forget_setting(&hosted_key(&before));
        }
        self.set_setting(&hosted_key(project), &format!("{hash} {url}"));
    }

    /// Whether articles of a project were assigned on this device: it is its lead's.
    pub fn leads(&self, project: &ProjectId) -> bool {
        self.setting(&leads_key(project)).is_some()
    }

    pub fn set_leads(&self, project: &ProjectId) {
        self.set_setting(&leads_key(project), "yes");
    }

    fn forget_setting(&self, key: &str) {
        self.settings.borrow_mut().remove(key);
        if let Some(local) = &self.local {
            local.remove(key);
        }
    }

    pub fn is_archived(&self, project: &ProjectId) -> bool {
        self.archived().contains(project)
    }

    /// Puts a project away from the list, or back into it.
    pub fn archive(&self, project: &ProjectId, archived: bool) {
        let mut list = self.archived();
        list.retain(|other| other != project);
        if archived {
            list.push(project.clone());
        }
        let ids: Vec<&str> = list.iter().map(ProjectId::as_str).collect();
        self.set_setting(ARCHIVED, &ids.join(" "));
    }

    fn archived(&self) -> Vec<ProjectId> {
        self.setting(ARCHIVED).unwrap_or_default().split(' ').filter_map(ProjectId::new).collect()
    }
}

fn unexported_key(project: &ProjectId) -> String {
    format!("{UNEXPORTED}{project}")
}

fn annotator_key(project: &ProjectId) -> String {
    format!("{ANNOTATOR_OF}{project}")
}

fn hosted_key(project: &ProjectId) -> String {
    format!("{HOSTED}{project}")
}

fn leads_key(project: &ProjectId) -> String {
    format!("{LEADS}{project}")
}

/// What a device remembers of one project beside its rows.
pub(super) fn remembered_keys(project: &ProjectId) -> [String; 4] {
    [unexported_key(project), hosted_key(project), leads_key(project), annotator_key(project)]
}
