use super::read;
use crate::format::exchange::worked::{TEXT, foreign, out, store, told};
use crate::format::exchange::{ForeignEntity, Loss, Pick, Sheets, Source};
use crate::format::formats::{Format, Settings};

fn read_one(text: &str) -> (Vec<String>, Vec<String>) {
    told(read(&[Source::whole("x.json", text)]))
}

#[test]
fn the_worked_sentence_is_a_quote_with_its_numbers() {
    let mut out = out(Format::Citron);
    let losses = out.losses.clone();
    let files = out.take();
    let (name, file) = files.first_key_value().expect("a file");
    assert!(name.starts_with("a-") && name.ends_with(".json"));
    let quotes = r#""quotes":[{"cue":{"start":13,"end":17,"text":"said"},"sources":[{"start":0,"end":12,"text":"The minister"}],"contents":[{"start":20,"end":31,"text":"We will win"}],"coreferences":[]}]"#;
    assert_eq!(*file, format!("{{\"text\":\"{TEXT}\",{quotes}}}\n"));
    // The stance, its holder, and all that is said of them.
    let lost = |loss| losses.count(loss);
    assert_eq!((lost(Loss::Annotation), lost(Loss::Role), lost(Loss::Attribute), lost(Loss::Entity), lost(Loss::Note)), (2, 2, 2, 1, 1));
    let (lines, troubles) = read_one(file);
    assert_eq!(lines, ["speaker 0–12 The minister", "cue 13–17 said", "claim 20–31 We will win, speaker: The minister, cue: said"]);
    assert_eq!(troubles, Vec::<String>::new());
}

#[test]
fn a_source_that_does_not_name_its_speaker_has_a_coreference() {
    let mut foreign = foreign();
    let somebody = ForeignEntity { name: "Opponents".into(), ..ForeignEntity::default() };
    for (n, form) in [(0, "description"), (3, "name")] {
        foreign.texts[0].spans[n].entity = Some(somebody.clone());
        foreign.texts[0].spans[n].attributes = vec![("form".into(), form.into())];
    }
    let (store, _) = store(foreign);
    let mut out = Format::Citron.write(&Sheets::new(&store, &Pick::default()), Settings::default());
    assert_eq!((out.losses.count(Loss::EntityName), out.losses.count(Loss::Entity), out.losses.count(Loss::Annotation)), (2, 0, 1));
    let files = out.take();
    let (_, file) = files.first_key_value().expect("a file");
    assert!(file.contains(r#""coreferences":[{"start":36,"end":45,"text":"Opponents"}]"#), "{file}");
    let (lines, _) = read_one(file);
    assert_eq!(lines[0], "speaker 0–12 The minister, is Opponents -");
    assert_eq!(lines[3], "speaker 36–45 Opponents, is Opponents -");
}

#[test]
fn files_of_others_are_read_with_all_that_is_wrong_in_them() {
    let place = |start: u64, end: u64, text: &str| format!(r#"{{"start":{start},"end":{end},"text":"{text}"}}"#);
    let quotes = [
        // Two quotes of one source and cue, the second in parts; a shared span is one.
        format!(
            r#"{{"cue":{0},"sources":[{1}],"contents":[{2}],"confidence":"0.9"}}"#,
            place(13, 17, "said"),
            place(0, 12, "The minister"),
            place(20, 31, "We will win")
        ),
        format!(
            r#"{{"cue":{0},"sources":[{1}],"contents":[{2},{3}]}}"#,
            place(13, 17, "said"),
            place(0, 12, "The minister"),
            place(53, 61, "the plan"),
            place(20, 22, "We")
        ),
        // UTF-16 and wrong.
        format!(
            r#"{{"cue":null,"sources":[{0},7],"contents":[{1}],"coreferences":null}}"#,
            place(37, 46, "Opponents"),
            place(90, 99, "reckless")
        ),
        format!(r#"{{"cue":"said","sources":[],"contents":[],"coreferences":[{0}]}}"#, place(0, 3, "The")),
        "7".into(),
    ];
    let file = format!("{{\n\"text\": \"{TEXT}\",\n\"quotes\": [{}], \"coreference_groups\":[[]]}}", quotes.join(","));
    let (lines, troubles) = read_one(&file);
    assert_eq!(
        lines,
        [
            "speaker 0–3 The",
            "speaker 0–12 The minister",
            "cue 13–17 said",
            "claim 20–31 We will win, speaker: The minister, cue: said",
            "claim 20–22 53–61 We … the plan, speaker: The minister, cue: said",
            "speaker 36–45 Opponents",
            "claim 62–70 reckless, speaker: Opponents",
        ]
    );
    assert_eq!(
        troubles,
        [
            "x.json, quotes[2].sources[1]: this is not a stretch with its start and end; left out",
            "x.json, quotes[3].cue: this is no stretch with its start and end; left out",
            "x.json, quotes[3]: a quote without contents; its sources and cue are kept; left out",
            "x.json, quotes[4]: this is not a quote; left out",
            "x.json, coreference_groups: groups of coreferences are not read, those of quotes are; left out",
            "x.json, quotes[2].sources[0]: “Opponents” is said to stand where “pponents ” stands; found at 36–45; placed anew",
            "x.json, quotes[2]: 90–99 is no stretch of the text; found at 62–70; placed anew",
        ]
    );
    for text in
        ["", "[", "{}", "[{}]", "null", r#"{"text":7}"#, r#"{"text":"a","quotes":{}}"#, r#"{"text":"a","quotes":[{"contents":[{}]}]}"#]
    {
        read_one(text);
    }
}

#[test]
fn folders_with_the_same_texts_are_annotators_and_others_are_not() {
    let quote = r#"{"text":"Yes.","quotes":[{"cue":null,"sources":[],"contents":[{"start":0,"end":3}]}]}"#;
    let annotators = |files: &[(&str, &str)]| -> Vec<String> {
        let files: Vec<Source> = files.iter().map(|(name, text)| Source::whole(name, *text)).collect();
        let texts = read(&files).texts;
        let spans = texts.iter().flat_map(|text| &text.spans);
        spans.map(|span| span.annotator.as_deref().unwrap_or("-").to_owned()).collect()
    };
    let other = quote.replace("Yes", "No!");
    assert_eq!(annotators(&[("x/ana/1.json", quote), ("x/ben/1.json", quote)]), ["ana", "ben"]);
    assert_eq!(annotators(&[("train/1.json", quote), ("test/2.json", &other)]), ["-", "-"]);
    assert_eq!(annotators(&[("train/1.json", quote), ("train/2.json", &other), ("test/1.json", quote)]), ["-", "-", "-"]);
    assert_eq!(annotators(&[("1.json", quote), ("a/1.json", quote)]), ["-", "-"]);
}
