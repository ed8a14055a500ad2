//! How stored values are named: `standpoint/1/<project>/a/<article>/<annotator>` for a layer of annotations, the same with
//! `/<annotation>` for one of them, `standpoint/1/<project>/r/<kind>/<ids>` for any other record. Ids have no `/`.

use crate::model::*;

/// What every key of ours begins with.
pub const PREFIX: &str = "standpoint/";
/// What the key of every record begins with, in whichever project.
pub const RECORDS: &str = "standpoint/1/";
/// Where values go that can't be read.
pub const QUARANTINE: &str = "standpoint/quarantine/";
const RESTORE: &str = "standpoint/restore/";
/// What the key of every article begins with whose text is not on this device.
pub const REMOTES: &str = "standpoint/elsewhere/";
const CARD: &str = "standpoint/card/";

/// What a key names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// All annotations of one annotator on one article: what local storage holds.
    Layer(ArticleId, AnnotatorId),
    /// One record: what IndexedDB holds, and local storage of all but annotations.
    Record(RecordKey),
}

impl Place {
    /// Where local storage holds a record.
    pub fn of(key: &RecordKey) -> Self {
        match key {
            RecordKey::Annotation(article, annotator, _) => Self::Layer(article.clone(), annotator.clone()),
            _ => Self::Record(key.clone()),
        }
    }

    /// The key's text.
    pub fn key(&self, project: &ProjectId) -> String {
        let rest = match self {
            Self::Layer(article, annotator) => format!("a/{article}/{annotator}"),
            Self::Record(RecordKey::Project) => "r/project".to_owned(),
            Self::Record(RecordKey::Scheme) => "r/scheme".to_owned(),
            Self::Record(RecordKey::Annotator(annotator)) => format!("r/annotator/{annotator}"),
            Self::Record(RecordKey::Assignment(article, annotator)) => format!("r/assignment/{article}/{annotator}"),
            Self::Record(RecordKey::Entity(entity)) => format!("r/entity/{entity}"),
            Self::Record(RecordKey::Article(article)) => format!("r/article/{article}"),
            Self::Record(RecordKey::Progress(article, annotator)) => format!("r/progress/{article}/{annotator}"),
            Self::Record(RecordKey::Annotation(article, annotator, annotation)) => format!("a/{article}/{annotator}/{annotation}"),
        };
        format!("{}{rest}", project_prefix(project))
    }

    /// The project and the place that a key names; `None` for keys of another kind, version or page.
    pub fn parse(key: &str) -> Option<(ProjectId, Self)> {
        let mut parts = key.strip_prefix(PREFIX)?.split('/');
        if parts.next()? != "1" {
            return None;
        }
        let project = ProjectId::new(parts.next()?)?;
        let rest: Vec<&str> = parts.collect();
        let article = |text| ArticleId::new(text);
        let annotator = |text| AnnotatorId::new(text);
        let place = match rest.as_slice() {
            ["a", a, b] => Self::Layer(article(a)?, annotator(b)?),
            ["a", a, b, c] => Self::Record(RecordKey::Annotation(article(a)?, annotator(b)?, AnnotationId::new(c)?)),
            ["r", "project"] => Self::Record(RecordKey::Project),
            ["r", "scheme"] => Self::Record(RecordKey::Scheme),
            ["r", "annotator", a] => Self::Record(RecordKey::Annotator(annotator(a)?)),
            ["r", "assignment", a, b] => Self::Record(RecordKey::Assignment(article(a)?, annotator(b)?)),
            ["r", "entity", a] => Self::Record(RecordKey::Entity(EntityId::new(a)?)),
            ["r", "article", a] => Self::Record(RecordKey::Article(article(a)?)),
            ["r", "progress", a, b] => Self::Record(RecordKey::Progress(article(a)?, annotator(b)?)),
            _ => return None,
        };
        Some((project, place))
    }
}

/// What the keys of a project's records begin with.
pub fn project_prefix(project: &ProjectId) -> String {
    format!("{RECORDS}{project}/")
}

/// What the keys of a project's cards begin with; the article follows.
pub fn card_prefix(project: &ProjectId) -> String {
    format!("{CARD}{project}/")
}

/// What the keys of a project's articles begin with whose texts are not on this device; the article follows.
pub fn remote_prefix(project: &ProjectId) -> String {
    format!("{REMOTES}{project}/")
}

/// What the keys of a project's restore points begin with; the instant follows.
pub fn restore_prefix(project: &ProjectId) -> String {
    format!("{RESTORE}{project}/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_again_by_its_key() {
        let project = ProjectId::new("p").expect("an id");
        let (article, annotator) = (ArticleId::new("a").expect("an id"), AnnotatorId::new("me").expect("an id"));
        let places = [
            Place::Layer(article.clone(), annotator.clone()),
            Place::Record(RecordKey::Project),
            Place::Record(RecordKey::Scheme),
            Place::Record(RecordKey::Annotator(annotator.clone())),
            Place::Record(RecordKey::Assignment(article.clone(), annotator.clone())),
            Place::Record(RecordKey::Entity(EntityId::author())),
            Place::Record(RecordKey::Article(article.clone())),
            Place::Record(RecordKey::Progress(article.clone(), annotator.clone())),
            Place::Record(RecordKey::Annotation(article, annotator, AnnotationId::new("x").expect("an id"))),
        ];
        for place in places {
            assert_eq!(Place::parse(&place.key(&project)), Some((project.clone(), place)));
        }
        for foreign in [
            "standpoint/2/p/r/project",
            "other/1/p/r/project",
            "standpoint/1/p/r",
            "standpoint/1//r/project",
            "standpoint/1/p/a/x/y/z/0",
            "standpoint/quarantine/standpoint/1/p/r/project",
        ] {
            assert_eq!(Place::parse(foreign), None, "{foreign}");
        }
    }
}
