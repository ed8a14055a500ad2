//! How records are named in local storage: `standpoint/1/<project>/a/<article>/<annotator>` for a layer of annotations,
//! `standpoint/1/<project>/r/<kind>/<ids>` for any other record. Ids have no `/`.

use crate::model::*;

pub(super) const PREFIX: &str = "standpoint/";
pub(super) const QUARANTINE: &str = "standpoint/quarantine/";
pub(super) const LAST: &str = "standpoint/last";
pub(super) const ANNOTATOR: &str = "standpoint/annotator";
pub(super) const THEME: &str = "standpoint/theme";
pub(super) const TOURED: &str = "standpoint/toured";

/// What a key of the store holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Layer(ArticleId, AnnotatorId),
    Record(RecordKey),
}

impl Place {
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
            Self::Record(RecordKey::Annotation(article, annotator, _)) => format!("a/{article}/{annotator}"),
        };
        format!("{PREFIX}1/{project}/{rest}")
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
            Place::Record(RecordKey::Progress(article, annotator)),
        ];
        for place in places {
            assert_eq!(Place::parse(&place.key(&project)), Some((project.clone(), place)));
        }
        for foreign in
            ["standpoint/2/p/r/project", "other/1/p/r/project", "standpoint/1/p/r", "standpoint/1//r/project", "standpoint/1/p/a/x/y/z"]
        {
            assert_eq!(Place::parse(foreign), None, "{foreign}");
        }
    }
}
