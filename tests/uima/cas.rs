use expect_test::expect;
use standpoint::format::exchange::{Done, Unit};
use standpoint::format::formats::Format;

use super::worked::{TEXT, brought, links, read, spans, worked, written};

/// A file of a few structures behind a text of ten letters, two of them 🙂.
fn small(structures: &str) -> String {
    let sofa = r#"{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"ab🙂cd🙂ef"}"#;
    format!(
        r#"{{"%TYPES":{{"a.B":{{"%SUPER_TYPE":"uima.tcas.Annotation"}},"a.C":{{"%SUPER_TYPE":"a.B"}},"x.Y":{{"%SUPER_TYPE":"x.Z"}},
        "x.Z":{{"%SUPER_TYPE":"x.Y"}},"odd":7}},"%FEATURE_STRUCTURES":[{sofa},{structures}]}}"#
    )
}

fn small_read(structures: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (text, problems) = read(Format::CasJson, "a.json", &small(structures));
    (spans(&text), links(&text), problems)
}

#[test]
fn the_worked_sentence_in_utf16() {
    let json = written(&worked(), Format::CasJson, ".json");
    let layers: Vec<&str> = json.lines().filter(|line| line.contains("webanno.custom.") && line.contains("%ID")).collect();
    expect![[r#"
        {"%ID":22,"%TYPE":"webanno.custom.Speaker","@sofa":1,"begin":0,"end":12,"note":"who\tis it?","entity":"Douglas Adams","identifier":"http://www.wikidata.org/entity/Q42","annotator":"ana"},
        {"%ID":23,"%TYPE":"webanno.custom.Claim","@sofa":1,"begin":20,"end":22,"entityRoles":"speaker: Douglas Adams <http://www.wikidata.org/entity/Q42>","annotator":"ana","@roles":29},
        {"%ID":24,"%TYPE":"webanno.custom.Claim","@sofa":1,"begin":28,"end":31},
        {"%ID":25,"%TYPE":"webanno.custom.Speaker","@sofa":1,"begin":37,"end":46,"annotator":"ana"},
        {"%ID":26,"%TYPE":"webanno.custom.Stance","@sofa":1,"begin":47,"end":71,"polarity":"against","annotator":"ana","@roles":32},
        {"%ID":27,"%TYPE":"webanno.custom.ClaimRolesLink","role":"continues","@target":24},
        {"%ID":28,"%TYPE":"webanno.custom.ClaimRolesLink","role":"speaker","@target":22},
        {"%ID":29,"%TYPE":"webanno.custom.ClaimRolesLink[]","%ELEMENTS":[27,28]},
        {"%ID":30,"%TYPE":"webanno.custom.StanceRolesLink","role":"holder","@target":25},
        {"%ID":31,"%TYPE":"webanno.custom.StanceRolesLink","role":"target","@target":23},
        {"%ID":32,"%TYPE":"webanno.custom.StanceRolesLink[]","%ELEMENTS":[30,31]}"#]]
    .assert_eq(&layers.join("\n"));
    let (text, problems) = read(Format::CasJson, "a.json", &json);
    assert_eq!(problems, [""; 0]);
    assert_eq!((&*text.text, &*text.title, &*text.language), (TEXT, "Worked", "en"));
    expect![[r#"
        Speaker The minister
        Claim We … win
        Speaker Opponents
        Stance called the plan reckless polarity=against
        Claim We … win -speaker-> (Douglas Adams, Some("Q42"))
        Claim We … win -speaker-> Speaker The minister
        Stance called the plan reckless polarity=against -holder-> Speaker Opponents
        Stance called the plan reckless polarity=against -target-> Claim We … win"#]]
    .assert_eq(&[spans(&text), links(&text)].concat().join("\n"));
}

#[test]
fn a_file_that_cassis_wrote_with_a_type_system_of_its_own() {
    let (text, problems) = read(Format::CasJson, "a.json", include_str!("cassis.json"));
    assert_eq!(problems, [""; 0]);
    expect![[r#"
        Who Ana confidence=0.5 kind=person sure=true tags=x, y
        Who Ben confidence=NaN
        Say said
        Say 𝒜𝒷 no
        Say said -who-> Who Ana confidence=0.5 kind=person sure=true tags=x, y
        Say said -others-> Who Ana confidence=0.5 kind=person sure=true tags=x, y
        Say said -others-> Who Ben confidence=NaN
        Say said -listed-> Who Ana confidence=0.5 kind=person sure=true tags=x, y
        Say said -listed-> Who Ben confidence=NaN
        Say said -what-> Who Ben confidence=NaN
        Say said -slots-> Who Ana confidence=0.5 kind=person sure=true tags=x, y
        Say said -object-> Say 𝒜𝒷 no"#]]
    .assert_eq(&[spans(&text), links(&text)].concat().join("\n"));
    brought(Format::CasJson.read(&[standpoint::format::exchange::Source::whole("a.json", include_str!("cassis.json"))]));
}

#[test]
fn half_a_character_is_no_place() {
    let foreign = Format::CasJson
        .read(&[standpoint::format::exchange::Source::whole("a.json", small(r#"{"%ID":2,"%TYPE":"a.C","begin":3,"end":5}"#))]);
    assert_eq!(foreign.texts[0].unit, Unit::Utf16);
    let text = standpoint::text::Text::new(&*foreign.texts[0].text);
    let anchored = standpoint::format::exchange::anchor(&foreign.texts[0], &text);
    assert_eq!((anchored.places.as_slice(), anchored.troubles[0].done), ([None].as_slice(), Done::Orphaned));
}

#[test]
fn structures_by_id_and_types_without_a_system() {
    let json = r#"{"%FEATURE_STRUCTURES":{"7":{"%TYPE":"uima.cas.Sofa","sofaString":"abc"},"8":{"%TYPE":"some.Thing","@sofa":7,"^begin":0,"^end":1},
        "9":{"%TYPE":"some.Span","@sofa":7,"begin":1,"end":3,"value":"claim","@sofa2":0,"note":null}}}"#;
    let (text, problems) = read(Format::CasJson, "a.json", json);
    assert_eq!((spans(&text), problems), (vec!["Thing a".to_owned(), "claim bc".to_owned()], Vec::new()));
}

#[test]
fn what_is_wrong_is_said_and_the_rest_is_read() {
    let (spans, links, problems) = small_read(
        r#"{"%ID":2,"%TYPE":"a.C","begin":0,"end":2,"@to":99,"deep":{"a":[1]},"@self":2,"@none":null},
        {"%ID":3,"%TYPE":"a.B","begin":-1,"end":2},{"%ID":4,"%TYPE":"a.B","begin":18446744073709551616,"end":1e9},
        {"%ID":5,"%TYPE":"a.B","@sofa":77,"begin":0,"end":1},{"%TYPE":"a.B"},7,[],{"%ID":2,"%TYPE":"a.B","begin":0,"end":1},
        {"%ID":6,"%TYPE":"x.Y","begin":0,"end":1},{"%ID":8,"%TYPE":"z.Unplaced","label":"nobody names it"}"#,
    );
    assert_eq!(spans, ["C ab", "B a", "Y a"]);
    assert_eq!(links, ["B a -self-> B a"]);
    expect![[r#"
        a.json, %FEATURE_STRUCTURES[1]: “deep” is nothing that a feature can be; left out
        a.json, %FEATURE_STRUCTURES[1]: “to” leads to what is not there; left out
        a.json, %FEATURE_STRUCTURES[2]: an annotation that does not begin and end in the text (2 times); left out
        a.json, %FEATURE_STRUCTURES[4]: an annotation of a text that is not there; left out
        a.json, %FEATURE_STRUCTURES[5]: this is no feature structure with an id and a type (3 times); left out
        a.json, %FEATURE_STRUCTURES[8]: its id is another’s, too; this one has it; left out
        a.json, %FEATURE_STRUCTURES[10]: “Unplaced” is nothing in the text, and no span leads to it; left out"#]]
    .assert_eq(&problems.join("\n"));
}

#[test]
fn circles_and_shared_arrays_end() {
    let list = r#"{"%ID":2,"%TYPE":"a.B","begin":0,"end":1,"@l":3,"@a":4},{"%ID":3,"%TYPE":"uima.cas.NonEmptyFSList","@head":2,"@tail":3},
        {"%ID":4,"%TYPE":"uima.cas.FSArray","%ELEMENTS":[4,4,2,null,"x",{"y":1}]}"#;
    let (_, links, problems) = small_read(list);
    assert_eq!((links.len(), problems.as_slice()), (2, [].as_slice()));
    let elements = vec!["3"; 20_000].join(",");
    let many: Vec<String> = (3..3000).map(|id| format!(r#"{{"%ID":{id},"%TYPE":"a.B","begin":0,"end":1,"@a":2}}"#)).collect();
    let (text, problems) = read(
        Format::CasJson,
        "a.json",
        &small(&format!(r#"{{"%ID":2,"%TYPE":"uima.cas.FSArray","%ELEMENTS":[{elements}]}},{}"#, many.join(","))),
    );
    assert!(text.links.len() < 100_000, "{}", text.links.len());
    assert!(problems.concat().contains("too much to follow"), "{problems:?}");
}

#[test]
fn broken_files_are_reported() {
    for (file, what) in [
        ("", "EOF"),
        ("{", "EOF"),
        ("[1,2]", "no text"),
        ("{}", "no CAS"),
        (r#"{"%FEATURE_STRUCTURES":null}"#, "no CAS"),
        (r#"{"%FEATURE_STRUCTURES":"x","%TYPES":[]}"#, "no text"),
        (r#"{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","@sofaArray":2}]}"#, "no text"),
        (&"{\"%FEATURE_STRUCTURES\":".repeat(10_000), "EOF"),
    ] {
        let (text, problems) = read(Format::CasJson, "a.json", file);
        assert!(text.spans.is_empty() && problems.concat().contains(what), "{what}: {problems:?}");
    }
}

#[test]
fn what_inception_adds() {
    let (text, problems) = read(
        Format::CasJson,
        "annotation/doc.txt/ben.json",
        &small(
            r#"{"%ID":2,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData","@sofa":1,"begin":0,"end":10,
            "language":"x-unspecified","documentTitle":"doc.txt","documentUri":"file:/doc.txt"},
            {"%ID":3,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token","@sofa":1,"begin":0,"end":2},
            {"%ID":4,"%TYPE":"de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity","@sofa":1,"begin":0,"end":2,"value":"PER",
            "identifier":"http://www.wikidata.org/entity/Q42"},
            {"%ID":5,"%TYPE":"a.Dep","@sofa":1,"begin":0,"end":2,"@Governor":3,"@Dependent":3,"DependencyType":"nsubj"}"#,
        ),
    );
    assert_eq!(spans(&text), ["NamedEntity ab value=PER"]);
    assert_eq!((&*text.language, &*text.title), ("", "doc.txt"));
    let span = &text.spans[0];
    assert_eq!(span.annotator.as_deref(), Some("ben"));
    assert_eq!(span.entity.as_ref().and_then(|entity| entity.wikidata.as_deref()), Some("Q42"));
    assert_eq!(problems, ["annotation/doc.txt/ben.json, %FEATURE_STRUCTURES[4]: “Dep” is a relation of what are no spans; left out"]);
}
