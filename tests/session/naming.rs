//! Who the mentions are.

use standpoint::edit::{Command, Portrait};
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

fn entity(id: &str) -> EntityId {
    EntityId::new(id).expect("an id")
}

/// The names that are offered for the focused mention, with why.
fn offered(desk: &Desk) -> Vec<(String, Why)> {
    who(&desk.state, &desk.focused()).choices.iter().map(|choice| (choice.id.to_string(), choice.why)).collect()
}

fn tie(desk: &mut Desk, to: &str) {
    let annotation = desk.focused().id.clone();
    desk.act(Action::Run(Command::TieEntity { annotation, entity: Some(entity(to)) }));
}

fn tied(desk: &Desk) -> Vec<String> {
    desk.own().iter().map(|annotation| annotation.entity.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)).collect()
}

#[test]
fn whose_name_fits_comes_first_and_a_pronoun_fits_nobody() {
    let mut desk = Desk::open("seed-a");
    desk.tag("President Ebrahim Raisi", "speaker");
    assert_eq!(offered(&desk)[0], ("raisi".to_owned(), Why::Named("Ebrahim Raisi".chars().count())));
    tie(&mut desk, "raisi");
    desk.act(Action::Escape);
    desk.tag("Ali Akbar Ahmadian", "speaker");
    assert_eq!(offered(&desk)[0].0, "ahmadian", "the whole name goes before the alias");
    tie(&mut desk, "ahmadian");
    desk.act(Action::Escape);
    desk.tag("He", "speaker");
    let offers = offered(&desk);
    assert_eq!(offers[0], ("ahmadian".to_owned(), Why::MentionedBefore), "{offers:?}");
    assert!(offers.iter().all(|(_, why)| !matches!(why, Why::Named(_) | Why::PartOfName(_))), "{offers:?}");
}

#[test]
fn names_fit_at_word_boundaries_and_the_longest_goes_first() {
    let mut desk = Desk::open("seed-b");
    desk.tag("the Iranian president", "speaker");
    let annotation = desk.focused().id.clone();
    desk.act(Action::Run(Command::NewEntity { annotation: annotation.clone(), name: "Iran".into(), kind: EntityKind::Place }));
    assert!(offered(&desk).iter().all(|(_, why)| !matches!(why, Why::Named(_))), "Iran is not in Iranian: {:?}", offered(&desk));
    desk.act(Action::Escape);
    desk.tag("Ziad al-Nakhala", "speaker");
    let portrait = |name: &str, aliases: &[&str]| Portrait {
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        ..Portrait::default()
    };
    desk.act(Action::Run(Command::Describe { entity: entity("nakhala"), portrait: portrait("N.", &["Nakhala"]) }));
    assert!(offered(&desk).iter().all(|(id, why)| id != "nakhala" || !matches!(why, Why::Named(_))), "{:?}", offered(&desk));
    desk.act(Action::Run(Command::Describe {
        entity: entity("nakhala"),
        portrait: portrait("N.", &["Nakhala", "al-Nakhala", "al-Nakhala", " "]),
    }));
    assert_eq!(offered(&desk)[0], ("nakhala".to_owned(), Why::Named("al-Nakhala".len())));
    let nakhala = desk.state.store.entity(&entity("nakhala")).expect("the entity").clone();
    assert_eq!(nakhala.aliases.len(), 2, "a name once: {:?}", nakhala.aliases);
}

#[test]
fn merging_parting_and_splitting_lose_no_mention() {
    let mut desk = Desk::open("seed-a");
    for (words, who) in [("Ali Akbar Ahmadian", "ahmadian"), ("Ismail Haniyeh", "haniyeh"), ("President Ebrahim Raisi", "raisi")] {
        desk.tag(words, "speaker");
        tie(&mut desk, who);
        desk.act(Action::Escape);
    }
    let before = tied(&desk);
    desk.act(Action::Run(Command::MergeEntities { from: entity("haniyeh"), into: entity("ahmadian") }));
    assert_eq!(tied(&desk), before, "no annotation changed");
    assert_eq!(desk.state.entity_name(&entity("haniyeh")), "Ali Akbar Ahmadian");
    let listing = register(&desk.state).into_iter().find(|listing| listing.entity.id == entity("ahmadian")).expect("a listing");
    assert_eq!(listing.merged.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>(), ["haniyeh"]);
    assert!(listing.entity.aliases.iter().any(|name| &**name == "Ismail Haniyeh"), "{:?}", listing.entity.aliases);
    let of_both = mentions(&desk.state, &entity("ahmadian")).into_iter().filter(|mention| mention.own).count();
    assert_eq!(of_both, 2);
    // Into itself, by whatever name, or the other way round: nothing to do.
    let revision = desk.state.revision;
    desk.act(Action::Run(Command::MergeEntities { from: entity("ahmadian"), into: entity("haniyeh") }));
    assert_eq!(desk.state.revision, revision);
    desk.act(Action::Run(Command::PartEntities { entity: entity("haniyeh") }));
    assert_eq!(desk.state.entity_name(&entity("haniyeh")), "Ismail Haniyeh");
    assert_eq!(tied(&desk), before);

    let raisi = desk.own().iter().find(|annotation| annotation.entity == Some(entity("raisi"))).expect("tied").id.clone();
    let article = desk.state.article.clone().expect("an article");
    desk.act(Action::Run(Command::SplitEntity {
        entity: entity("raisi"),
        name: "Another Raisi".into(),
        mentions: vec![(article, raisi.clone())],
    }));
    let new = desk.state.annotation(&raisi).and_then(|annotation| annotation.entity.clone()).expect("tied");
    assert_eq!(desk.state.entity_name(&new), "Another Raisi");
    desk.press("Ctrl+z");
    assert_eq!(tied(&desk), before, "one step");
}

#[test]
fn mentions_are_stepped_through_round_and_round_across_articles() {
    let mut desk = Desk::open("seed-a");
    for words in ["Ali Akbar Ahmadian", "He"] {
        desk.tag(words, "speaker");
        tie(&mut desk, "ahmadian");
        desk.act(Action::Escape);
    }
    let all = mentions(&desk.state, &entity("ahmadian"));
    assert!(all.len() > 4 && all.iter().any(|mention| mention.article.as_str() == "seed-b"), "{all:?}");
    desk.act(Action::Focus(Some(all[0].id.clone())));
    let mut seen = vec![all[0].id.clone()];
    for _ in 1..all.len() {
        desk.press("m");
        seen.push(desk.focused().id.clone());
    }
    assert_eq!(seen, all.iter().map(|mention| mention.id.clone()).collect::<Vec<_>>());
    desk.press("m");
    assert_eq!((desk.focused().id.clone(), desk.state.article.clone()), (all[0].id.clone(), Some(all[0].article.clone())));
    desk.press("Shift+M");
    assert_eq!(Some(&desk.focused().id), all.last().map(|mention| &mention.id));
}

#[test]
fn what_is_no_description_or_no_merge_is_refused() {
    let mut desk = Desk::open("seed-a");
    let revision = desk.state.revision;
    let refused = |desk: &mut Desk, command: Command, why: &str| {
        desk.act(Action::Run(command));
        assert_eq!(desk.state.revision, revision);
        let said = desk.state.notices.last().map(|notice| notice.text.to_string()).unwrap_or_default();
        assert!(said.contains(why), "{said}");
    };
    let describe = |portrait: Portrait| Command::Describe { entity: entity("raisi"), portrait };
    refused(&mut desk, describe(Portrait { name: " ".into(), ..Portrait::default() }), "name");
    refused(&mut desk, describe(Portrait { name: "R".into(), wikidata: "42".into(), ..Portrait::default() }), "Wikidata");
    refused(&mut desk, Command::MergeEntities { from: entity("raisi"), into: entity("nobody") }, "entity");
    desk.press("e");
    assert_eq!(desk.state.dialog, None, "nothing is chosen");
}
