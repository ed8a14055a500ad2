//! What files call the annotators.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::foreign::ForeignText;
use super::loss::Loss;
use super::out::{Out, file_name};
use super::sheet::{Sheet, Sheets};
use crate::edit::AnnotationStore;
use crate::model::AnnotatorId;

/// Whether files name the annotators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    #[default]
    Shown,
    /// `annotator-1`, `annotator-2` … stand in their places.
    Redacted,
}

/// The names of those whose work is picked, in the order of their ids; an annotator without a name, or with another's, goes by the id.
pub(super) fn names(store: &AnnotationStore, of: &BTreeSet<AnnotatorId>, shown: Names) -> BTreeMap<AnnotatorId, Rc<str>> {
    let said = |id: &AnnotatorId| store.annotator(id).map(|annotator| annotator.name.trim().to_owned()).unwrap_or_default();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for id in of {
        *count.entry(said(id)).or_default() += 1;
    }
    let name = |(n, id): (usize, &AnnotatorId)| -> Rc<str> {
        let name = said(id);
        match shown {
            Names::Redacted => format!("annotator-{}", n + 1).into(),
            Names::Shown if name.is_empty() || count[&name] > 1 || name.contains(char::is_control) => id.as_str().into(),
            Names::Shown => name.into(),
        }
    };
    of.iter().enumerate().map(|one| (one.1.clone(), name(one))).collect()
}

/// One annotator’s work, for formats that have one layer of annotation a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// `None` where one did all.
    annotator: Option<Rc<str>>,
    /// With `/` at its end; empty where one did all.
    pub folder: String,
}

impl Layer {
    /// `None` is everybody.
    pub fn annotator(&self) -> Option<&Rc<str>> {
        self.annotator.as_ref()
    }

    /// The numbers of the layer's marks; counts those whose annotator's name the folder does not tell.
    pub fn marks(&self, sheet: &Sheet<'_>, out: &mut Out) -> Vec<usize> {
        let is_mine = |n: &usize| self.annotator.as_ref().is_none_or(|annotator| sheet.marks[*n].annotator == *annotator);
        let marks: Vec<usize> = (0..sheet.marks.len()).filter(is_mine).collect();
        if self.annotator.is_none() || self.annotator.as_deref() != self.folder.strip_suffix('/') {
            out.lose_many(Loss::Annotator, marks.len());
        }
        marks
    }
}

/// One for each annotator, in a folder of the name; a single one without a folder where there is one annotator, or none.
pub fn layers(sheets: &Sheets<'_>) -> Vec<Layer> {
    let names: Vec<&Rc<str>> = sheets.annotators().collect();
    if names.len() < 2 {
        return vec![Layer { annotator: None, folder: String::new() }];
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let layer = |name: &Rc<str>| {
        let first = file_name(name);
        let mut numbered = (2_u64..).map(|n| format!("{first}-{n}"));
        // File systems take upper and lower case for the same.
        let is_free = |name: &String| !taken.contains(&name.to_lowercase());
        let folder = if is_free(&first) { first } else { numbered.find(is_free).unwrap_or_default() };
        taken.insert(folder.to_lowercase());
        Layer { annotator: Some(name.clone()), folder: format!("{folder}/") }
    };
    names.into_iter().map(layer).collect()
}

/// Says whose the spans are, as [`layers`] were written: where there are several folders that hold the same texts, each is called
/// after an annotator. Other folders say nothing of who did the work.
pub fn whose_folders(texts: &mut [ForeignText]) {
    let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for text in texts.iter() {
        folders.entry(text.spot.file.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default().insert(&text.text);
    }
    let mut sets = folders.values();
    let are_alike = sets.next().is_some_and(|first| sets.all(|other| other == first));
    if folders.len() < 2 || folders.contains_key("") || !are_alike {
        return;
    }
    for text in texts {
        let folder = text.spot.file.rsplit('/').nth(1).map(Rc::<str>::from);
        for span in &mut text.spans {
            span.annotator.clone_from(&folder);
        }
    }
}
