//! The sample project is sound, canonical, and holds the two seeds untouched.

#![cfg(not(target_arch = "wasm32"))]

use standpoint::format::native;
use standpoint::text::propose_zones;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/static/project.json");

#[test]
fn the_sample_is_what_the_writer_writes() {
    let json = std::fs::read_to_string(PATH).expect("static/project.json");
    let reading = native::read("project.json", &json).expect("a project");
    assert_eq!(reading.issues.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let written = native::write(&reading.store);
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        std::fs::write(PATH, &written).expect("writing static/project.json");
        return;
    }
    assert!(written == json, "static/project.json is not canonical: run the tests once with UPDATE_SAMPLE=1");
}

#[test]
fn the_sample_holds_the_seeds_and_the_zones_that_are_proposed() {
    let json = std::fs::read_to_string(PATH).expect("static/project.json");
    let store = native::read("project.json", &json).expect("a project").store;
    let seeds = [include_str!("seeds/000_52a99f930c138b10.txt"), include_str!("seeds/001_f575fd86f2f680c2.txt")];
    assert_eq!(store.articles().map(|article| article.text.as_str()).collect::<Vec<_>>(), seeds);
    for article in store.articles() {
        assert_eq!(article.zones, propose_zones(&article.text), "{}", article.id);
    }
}
