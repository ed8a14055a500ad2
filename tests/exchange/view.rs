//! What a project says, as multisets that a format may be held to: what it did not report as lost has to come back.

use std::collections::BTreeMap;

use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Loss, Losses, Mark, Pick, Sheet, Sheets, Target};

type Bag = BTreeMap<Vec<String>, usize>;

/// By dimension.
#[derive(Debug, Default)]
pub struct View {
    pub spans: Bag,
    /// Each counted by its fragments.
    fragments: usize,
    notes: Bag,
    attributes: Bag,
    entities: Bag,
    roles: Bag,
    entity_roles: Bag,
}

/// How closely annotations are told apart.
#[derive(Clone, Copy)]
struct Look {
    with_types: bool,
    with_entity_names: bool,
    with_annotator: bool,
    with_places: bool,
}

impl View {
    fn of(store: &AnnotationStore, look: Look) -> Self {
        let mut view = Self::default();
        let pick = Pick::default();
        for sheet in Sheets::new(store, &pick).iter() {
            for mark in &sheet.marks {
                view.add(mark, &sheet, look);
            }
        }
        view
    }

    fn add(&mut self, mark: &Mark<'_>, sheet: &Sheet<'_>, look: Look) {
        let key = |mark: &Mark<'_>, look: Look| {
            let mut key = vec![sheet.article.text.as_str().to_owned()];
            key.extend(look.with_types.then(|| mark.of.id.to_string()));
            key.extend(look.with_annotator.then(|| mark.annotator.to_string()));
            key.extend(look.with_places.then(|| format!("{:?}", mark.span)));
            key
        };
        let put = |bag: &mut Bag, more: Vec<String>| *bag.entry(key(mark, look).into_iter().chain(more).collect()).or_default() += 1;
        *self.spans.entry(key(mark, Look { with_places: true, ..look })).or_default() += 1;
        self.fragments += mark.span.fragments().len();
        if !mark.annotation.note.is_empty() {
            put(&mut self.notes, vec![mark.annotation.note.to_string()]);
        }
        for (attribute, value) in &mark.attributes {
            put(&mut self.attributes, vec![attribute.id.to_string(), value.to_string()]);
        }
        let told = |entity: &standpoint::model::Entity| match look.with_entity_names {
            true => vec![entity.name.to_string(), format!("{:?}", entity.wikidata)],
            false => Vec::new(),
        };
        if let Some(entity) = &mark.entity {
            put(&mut self.entities, told(entity));
        }
        for (role, target) in &mark.roles {
            match target {
                Target::Mark(n) => put(&mut self.roles, [vec![role.id.to_string()], key(&sheet.marks[*n], look)].concat()),
                Target::Entity(entity) => put(&mut self.entity_roles, [vec![role.id.to_string()], told(entity)].concat()),
            }
        }
    }
}

fn size(bag: &Bag) -> usize {
    bag.values().sum()
}

/// What is in `a` and not in `b`.
fn less(a: &Bag, b: &Bag) -> Bag {
    let rest = a.iter().map(|(key, count)| (key.clone(), count.saturating_sub(b.get(key).copied().unwrap_or_default())));
    rest.filter(|(_, count)| *count > 0).collect()
}

/// Checks that `back` is `store` but for what was reported as lost, and that no more was reported than is missing.
pub fn compare(store: &AnnotationStore, back: &AnnotationStore, losses: &Losses) -> Result<(), String> {
    let moving = [Loss::Gap, Loss::LineEnds, Loss::Space, Loss::InsideToken, Loss::Sentence, Loss::Overlap];
    let moved: usize = moving.map(|loss| losses.count(loss)).iter().sum();
    let gone = losses.count(Loss::Annotation);
    let look = Look {
        with_types: losses.count(Loss::Type) == 0,
        with_entity_names: losses.count(Loss::EntityName) == 0,
        with_annotator: losses.count(Loss::Annotator) == 0,
        with_places: moved == 0,
    };
    let (was, is) = (View::of(store, look), View::of(back, look));
    let missing = size(&less(&was.spans, &is.spans));
    // Where gaps are lost, fragments come back as annotations; so do the parts of those that are cut at the ends of sentences.
    let most = if losses.count(Loss::Gap) > 0 { was.fragments } else { size(&was.spans) } + losses.count(Loss::Sentence);
    if missing > moved + gone || (moved == 0 && missing != gone) || size(&is.spans) > most {
        return Err(format!(
            "{moved} were said to move or go, and {gone} to go, but not these\n{:#?}\ninstead of\n{:#?}",
            less(&is.spans, &was.spans),
            less(&was.spans, &is.spans)
        ));
    }
    let dimensions = [
        ("notes", &was.notes, &is.notes, losses.count(Loss::Note)),
        ("attributes", &was.attributes, &is.attributes, losses.count(Loss::Attribute)),
        ("entities", &was.entities, &is.entities, losses.count(Loss::Entity)),
        ("roles", &was.roles, &is.roles, losses.count(Loss::Role) + losses.count(Loss::FillerElsewhere)),
        ("roles of entities", &was.entity_roles, &is.entity_roles, losses.count(Loss::EntityFiller)),
    ];
    for (name, was, is, lost) in dimensions {
        let (new, gone) = (less(is, was), less(was, is));
        if !new.is_empty() || size(&gone) != lost {
            return Err(format!("{name}: {lost} were said to be lost, but these are\n{gone:#?}\nand these are new\n{new:#?}"));
        }
    }
    Ok(())
}
