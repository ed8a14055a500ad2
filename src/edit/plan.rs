use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{AnnotationStore, Cause, Command, Context, Edit, Refusal, Scope, Transaction};
use super::{plan_assigning, plan_entities, plan_frames, plan_roles, plan_schemes};
use crate::model::*;
use crate::text::{Stretch, Text};

/// What `command` would do, as a transaction that `apply` takes; or why it can't be done.
///
/// A dry run: changes nothing, and the same arguments give the same answer. Never makes a dangling role: what it deletes
/// it also takes out of the roles that name it. Deleting, setting a status and choosing a name speak for every version of
/// a record in conflict; all else changes the version shown.
pub fn plan(store: &AnnotationStore, context: &Context, command: &Command) -> Result<Transaction, Refusal> {
    let desk = Desk { store, context };
    match command {
        Command::Tag { type_id, span, fills } => desk.tag(type_id, span, fills.as_ref()),
        Command::SetAttribute { annotation, attribute, value } => desk.set_attribute(annotation, attribute, value.as_ref()),
        Command::FillRole { annotation, role, filler } => {
            let annotation = desk.own(annotation)?;
            desk.changed("fill a role", &annotation, plan_roles::filled(&desk, &annotation, role, filler)?)
        }
        Command::EmptyRole { annotation, role, filler } => {
            let annotation = desk.own(annotation)?;
            desk.changed("empty a role", &annotation, annotation.without_filler(role, filler))
        }
        Command::TieEntity { annotation, entity } => plan_entities::tied(&desk, annotation, entity.as_ref()),
        Command::NewEntity { annotation, name, kind } => plan_entities::made(&desk, annotation, name, *kind),
        Command::Describe { entity, portrait } => plan_entities::described(&desk, entity, portrait),
        Command::MergeEntities { from, into } => plan_entities::merged(&desk, from, into),
        Command::PartEntities { entity } => plan_entities::parted(&desk, entity),
        Command::SplitEntity { entity, name, mentions } => plan_entities::split(&desk, entity, name, mentions),
        Command::SetNote { annotation, note } => {
            let annotation = desk.own(annotation)?;
            desk.changed("write a note", &annotation, Annotation { note: note.as_str().into(), ..(*annotation).clone() })
        }
        Command::SetSpan { annotation, span } => desk.set_span("move an edge", annotation, span.clone()),
        Command::AddStretch { annotation, stretch } => {
            let span = desk.own(annotation)?.span().map_or_else(|| Span::single(*stretch), |span| span.with(*stretch));
            desk.set_span("add a fragment", annotation, span)
        }
        Command::CutStretch { annotation, stretch } => {
            let cut = desk.own(annotation)?.span().and_then(|span| tidied(span.without(*stretch)?, *stretch, &desk.article().ok()?.text));
            desk.set_span("take off a fragment", annotation, cut.ok_or(Refusal::NothingLeft)?)
        }
        Command::ChangeType { annotation, type_id } => {
            let annotation = desk.own(annotation)?;
            let edits = plan_roles::retyped(&desk, &annotation, type_id)?;
            desk.transaction(&format!("change to {}", desk.type_name(type_id)), edits)
        }
        Command::TagAlike { frame, places, origin } => plan_frames::tagged(&desk, frame, places, *origin),
        Command::GiveFrame { annotation, frame } => plan_frames::given(&desk, annotation, frame),
        Command::Delete { annotation } => {
            let annotation = desk.own(annotation)?;
            desk.transaction(&format!("delete {}", desk.type_name(&annotation.type_id)), plan_roles::deleted(&desk, &annotation))
        }
        Command::CopyToMine { annotation, from } => plan_roles::copied(&desk, annotation, from),
        Command::RemoveLayer { annotator } => desk.remove_layer(annotator),
        Command::SetStatus { status } => desk.set_status(*status),
        Command::AddArticles { articles } => desk.add_articles(articles),
        Command::RemoveArticle { article } => desk.remove_article(article),
        Command::RenameAnnotator { name } => desk.rename_annotator(name),
        Command::Assign { shares, others } => plan_assigning::assigned(&desk, shares, *others),
        Command::RenameProject { title } => desk.rename_project(title),
        Command::SetGuidelines { guidelines } => {
            let guidelines = guidelines.as_str().into();
            desk.header_changed("write the guidelines", ProjectHeader { guidelines, ..(**desk.store.header()).clone() })
        }
        Command::SetScheme { scheme, fates } => plan_schemes::set(&desk, scheme, fates),
        Command::Resolve { annotation, keep } => desk.resolve(annotation, *keep),
    }
}

/// `span` without the white space and the commas that a cut at `cut` left at its edges.
fn tidied(span: Span, cut: Stretch, text: &Text) -> Option<Span> {
    let is_loose = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | ':');
    let tidy = |fragment: &Stretch| {
        let words = text.slice(*fragment)?;
        let (mut start, mut end) = (fragment.start(), fragment.end());
        if start == cut.end() {
            start = start + words.chars().take_while(|letter| is_loose(*letter)).count() as u32;
        }
        if end == cut.start() {
            end = end.saturating_sub(words.chars().rev().take_while(|letter| is_loose(*letter)).count() as u32);
        }
        Stretch::new(start, end)
    };
    Span::covering(span.fragments().iter().filter_map(tidy))
}

/// The store as one annotator at one article sees it.
pub(super) struct Desk<'a> {
    pub store: &'a AnnotationStore,
    pub context: &'a Context,
}

impl Desk<'_> {
    pub fn article(&self) -> Result<&Rc<Article>, Refusal> {
        let id = self.context.article.as_ref().ok_or(Refusal::NoArticle)?;
        self.store.article(id).ok_or(Refusal::NoArticle)
    }

    /// An annotation of the open article in the annotator's own layer.
    pub fn own(&self, id: &AnnotationId) -> Result<Rc<Annotation>, Refusal> {
        let article = self.article()?;
        if let Some(annotation) = self.store.annotation(&article.id, &self.context.annotator, id) {
            return Ok(annotation.clone());
        }
        let elsewhere = self.store.layers(&article.id).is_some_and(|layers| layers.find(id, &self.context.annotator).is_some());
        Err(if elsewhere { Refusal::NotYours } else { Refusal::UnknownAnnotation })
    }

    pub fn type_of(&self, id: &TypeId) -> Result<&AnnotationType, Refusal> {
        self.store.scheme().type_of(id).ok_or_else(|| Refusal::UnknownType(id.clone()))
    }

    pub fn type_name(&self, id: &TypeId) -> String {
        self.type_of(id).map_or_else(|_| id.to_string(), |found| found.name.to_lowercase())
    }

    pub fn transaction(&self, label: &str, edits: Vec<Edit>) -> Result<Transaction, Refusal> {
        if edits.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        for edit in &edits {
            self.check(edit)?;
        }
        Ok(Transaction { cause: Cause::User, label: label.into(), article: self.context.article.clone(), edits })
    }

    /// What `apply` would not take, because a merge brought it.
    fn check(&self, edit: &Edit) -> Result<(), Refusal> {
        if edit.scope() == Scope::Shown && self.is_tied(&edit.key()) {
            return Err(Refusal::Unresolved);
        }
        let span = edit.after().and_then(Content::as_annotation).and_then(|annotation| Some((annotation.span()?, &annotation.article)));
        match span {
            Some((span, article)) if !self.store.article(article).is_some_and(|article| span.fits(&article.text)) => {
                Err(Refusal::SpanOutOfText)
            }
            _ => Ok(()),
        }
    }

    /// Whether a rival of the version shown has the same number, so that neither can give way to a change of the other.
    fn is_tied(&self, key: &RecordKey) -> bool {
        let tied = |record: &Rc<Record>| record.conflicts.iter().any(|rival| rival.version == record.current.version);
        self.store.record(key).is_some_and(tied)
    }

    pub fn changed(&self, label: &str, before: &Rc<Annotation>, after: Annotation) -> Result<Transaction, Refusal> {
        self.transaction(label, change(before, after).into_iter().collect())
    }

    fn tag(&self, type_id: &TypeId, span: &Span, fills: Option<&(AnnotationId, RoleId)>) -> Result<Transaction, Refusal> {
        let article = self.article()?;
        let of = self.type_of(type_id)?;
        if !span.fits(&article.text) {
            return Err(Refusal::SpanOutOfText);
        }
        if let Some(twin) = self.twin(&article.id, type_id, span) {
            return Err(Refusal::AlreadyTagged(twin.id.clone()));
        }
        let annotation = self.bare(0, &article.id, type_id, span);
        let mut edits = vec![Edit::add(annotation.clone())];
        if let Some((id, role)) = fills {
            let filled = self.own(id)?;
            edits.extend(change(&filled, plan_roles::filled_by(self, &filled, role, &annotation)?));
        }
        edits.extend(self.begun(&article.id));
        self.transaction(&format!("tag {}", of.name.to_lowercase()), edits)
    }

    /// The `n`th new annotation of this command, which says nothing yet.
    pub fn bare(&self, n: u32, article: &ArticleId, type_id: &TypeId, span: &Span) -> Annotation {
        Annotation {
            id: self.fresh_id(n),
            article: article.clone(),
            annotator: self.context.annotator.clone(),
            type_id: type_id.clone(),
            anchor: Anchor::Placed(span.clone()),
            attributes: BTreeMap::new(),
            roles: BTreeMap::new(),
            entity: None,
            note: "".into(),
            origin: Origin::manual(),
        }
    }

    /// What the annotator has tagged so already.
    pub fn twin(&self, article: &ArticleId, type_id: &TypeId, span: &Span) -> Option<&Rc<Annotation>> {
        self.store.layers(article)?.twin(&self.context.annotator, type_id, &Anchor::Placed(span.clone()))
    }

    /// Whether there is such an entity; the article's author always is.
    pub fn knows(&self, entity: &EntityId) -> bool {
        entity.is_author() || self.store.entity(entity).is_some()
    }

    /// The first annotation of an article puts it in progress.
    pub fn begun(&self, article: &ArticleId) -> Option<Edit> {
        let annotator = self.context.annotator.clone();
        if self.store.status(article, &annotator) != Status::New {
            return None;
        }
        let after = Content::Progress(Rc::new(Progress { article: article.clone(), annotator, status: Status::InProgress }));
        match self.store.live(&after.key()) {
            Some(before) => Edit::change(before.clone(), after),
            None => Some(Edit::add(after)),
        }
    }

    /// The person's word on a record that has no layers: settles its conflict, if there is one.
    fn said(&self, after: Content) -> Option<Edit> {
        let record = self.store.record(&after.key());
        let contested = record.is_some_and(|record| !record.conflicts.is_empty());
        match record.and_then(|record| record.current.content.clone()) {
            Some(before) if before == after && !contested => None,
            Some(before) => Edit::change(before, after).map(Edit::settling),
            None => Some(Edit::add(after)),
        }
    }

    pub fn fresh_id(&self, n: u32) -> AnnotationId {
        AnnotationId::new(&self.context.fresh.uuid(n)).expect("invariant: a UUID is an id")
    }

    fn set_attribute(&self, id: &AnnotationId, attribute: &AttributeId, value: Option<&AttributeValue>) -> Result<Transaction, Refusal> {
        let annotation = self.own(id)?;
        let of = self.type_of(&annotation.type_id)?;
        let attribute =
            of.attribute(attribute).ok_or_else(|| Refusal::UnknownPart { of: of.name.to_lowercase(), name: attribute.to_string() })?;
        let mut after = (*annotation).clone();
        match value {
            Some(value) => {
                if !plan_roles::takes(attribute, value) {
                    let name = match value {
                        AttributeValue::Text(text) => text.to_string(),
                        AttributeValue::Number(number) => number.to_string(),
                    };
                    return Err(Refusal::UnknownPart { of: attribute.name.to_lowercase(), name });
                }
                after.attributes.insert(attribute.id.clone(), value.clone());
            }
            None => {
                after.attributes.remove(&attribute.id);
            }
        }
        self.changed(&format!("set {}", attribute.name.to_lowercase()), &annotation, after)
    }

    fn set_span(&self, label: &str, id: &AnnotationId, span: Span) -> Result<Transaction, Refusal> {
        let annotation = self.own(id)?;
        if !span.fits(&self.article()?.text) {
            return Err(Refusal::SpanOutOfText);
        }
        self.changed(label, &annotation, Annotation { anchor: Anchor::Placed(span), ..(*annotation).clone() })
    }

    fn remove_layer(&self, annotator: &AnnotatorId) -> Result<Transaction, Refusal> {
        let annotations = self.store.article_ids().iter().flat_map(|article| self.store.annotations(article));
        let mut edits: Vec<Edit> = annotations.filter(|annotation| annotation.annotator == *annotator).map(removed).collect();
        let records = self.store.records.values().filter_map(|record| record.current.content.as_ref());
        edits.extend(
            records
                .filter(|content| matches!(content, Content::Progress(progress) if progress.annotator == *annotator))
                .map(|content| Edit::remove(content.clone()).settling()),
        );
        self.transaction("remove a layer", edits)
    }

    fn set_status(&self, status: Status) -> Result<Transaction, Refusal> {
        let article = self.article()?.id.clone();
        let label = match status {
            Status::Done => "mark as done",
            Status::New | Status::InProgress => "reopen",
        };
        let progress = Progress { article, annotator: self.context.annotator.clone(), status };
        self.transaction(label, self.said(Content::Progress(Rc::new(progress))).into_iter().collect())
    }

    fn add_articles(&self, articles: &[Rc<Article>]) -> Result<Transaction, Refusal> {
        let mut added = BTreeSet::new();
        let new = articles.iter().filter(|article| self.store.article(&article.id).is_none() && added.insert(&article.id));
        let edits: Vec<Edit> = new.map(|article| Edit::add(Content::Article(article.clone()))).collect();
        if edits.is_empty() {
            return Err(Refusal::ArticlesHere);
        }
        let label = if edits.len() == 1 { "add an article".to_owned() } else { format!("add {} articles", edits.len()) };
        let first = edits[0].key().article().cloned();
        Ok(Transaction { cause: Cause::Import, label: label.as_str().into(), article: first, edits })
    }

    fn remove_article(&self, article: &ArticleId) -> Result<Transaction, Refusal> {
        // Annotations first, so that taking it back brings the article before what lies on it.
        let mut edits: Vec<Edit> = self.store.annotations(article).iter().map(removed).collect();
        let belongings = self.store.records.iter().filter(|(key, _)| key.article() == Some(article) && key.kind() != RecordKind::Article);
        edits.extend(belongings.filter_map(|(_, record)| record.current.content.clone()).map(|content| Edit::remove(content).settling()));
        let article = self.store.article(article).ok_or(Refusal::NoArticle)?;
        edits.push(Edit::remove(Content::Article(article.clone())).settling());
        self.transaction("remove an article", edits)
    }

    fn rename_annotator(&self, name: &str) -> Result<Transaction, Refusal> {
        let annotator = Annotator { id: self.context.annotator.clone(), name: name.trim().into() };
        self.transaction("change your name", self.said(Content::Annotator(Rc::new(annotator))).into_iter().collect())
    }

    fn rename_project(&self, title: &str) -> Result<Transaction, Refusal> {
        let title = title.trim();
        if title.is_empty() {
            return Err(Refusal::NoName);
        }
        self.header_changed("rename the project", ProjectHeader { title: title.into(), ..(**self.store.header()).clone() })
    }

    /// Another copy's guidelines are no matter of the title, so a conflict stays one, unless nothing could be changed then.
    fn header_changed(&self, label: &str, after: ProjectHeader) -> Result<Transaction, Refusal> {
        self.transaction(label, self.written(Content::Project(Rc::new(after))).into_iter().collect())
    }

    /// The edit that gives a record this content; none where it has it.
    pub fn written(&self, after: Content) -> Option<Edit> {
        let key = after.key();
        let edit = match self.store.live(&key) {
            None => Edit::add(after),
            Some(before) if *before == after => return None,
            Some(before) => Edit::change(before.clone(), after)?,
        };
        Some(if self.is_tied(&key) { edit.settling() } else { edit })
    }

    fn resolve(&self, id: &AnnotationId, keep: usize) -> Result<Transaction, Refusal> {
        let annotation = self.own(id)?;
        let record = self.store.record(&annotation.key()).ok_or(Refusal::UnknownAnnotation)?;
        if record.conflicts.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let before = Content::Annotation(annotation.clone());
        let kept = record.versions().nth(keep).ok_or(Refusal::UnknownAnnotation)?;
        let edits = match kept.content.as_ref().and_then(Content::as_annotation) {
            Some(kept) => {
                let after = plan_roles::reconnected(self, kept, &annotation);
                Edit::change(before, after).map(Edit::settling).into_iter().collect()
            }
            None => plan_roles::deleted(self, &annotation),
        };
        Ok(self.transaction("settle a conflict", edits)?.caused_by(Cause::Resolve))
    }
}

/// Removes every version of an annotation.
pub(super) fn removed(annotation: &Rc<Annotation>) -> Edit {
    Edit::remove(Content::Annotation(annotation.clone())).settling()
}

/// The edit from `before` to `after`; none where they are equal.
pub(super) fn change(before: &Rc<Annotation>, after: Annotation) -> Option<Edit> {
    if **before == after {
        return None;
    }
    Edit::change(Content::Annotation(before.clone()), Content::Annotation(Rc::new(after)))
}
