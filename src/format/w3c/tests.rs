use super::{W3c, read};
use crate::format::exchange::worked::{TEXT, foreign, out, store, told};
use crate::format::exchange::{Pick, Sheets, Source, Unit, Writer};
use crate::format::formats::Format;

fn read_one(text: &str, page: &str) -> (Vec<String>, Vec<String>) {
    told(read(&[Source::whole("x.jsonld", page), Source::whole("x.txt", text)]))
}

fn sources(files: std::collections::BTreeMap<String, String>) -> Vec<Source> {
    files.into_iter().map(|(name, text)| Source::whole(&name, text)).collect()
}

const WORKED: [&str; 5] = [
    "speaker 0–12 The minister",
    "cue 13–17 said",
    "claim 20–31 We will win, speaker: The minister, cue: said",
    "speaker 36–45 Opponents, is The opposition Q192852",
    "stance 46–70 called the plan reckless, polarity against, intensity average, holder: Opponents, target: We will win, \
     note \"target is the claim, not the plan\"",
];

#[test]
fn the_worked_sentence_is_a_page_with_its_numbers() {
    let mut out = out(Format::W3c);
    let files = sources(out.take());
    let names: Vec<&str> = files.iter().map(|file| file.name.rsplit_once("a-").map_or("", |(_, name)| &name[16..])).collect();
    assert_eq!(names, [".jsonld", ".links.jsonld", ".txt"]);
    let page: serde_json::Value = serde_json::from_str(&files[0].text).expect("JSON");
    let stance = page["items"].as_array().and_then(|items| items.last()).expect("an item");
    let selector = serde_json::json!([
        {"type": "TextPositionSelector", "start": 46, "end": 70},
        {"type": "TextQuoteSelector", "exact": "called the plan reckless", "prefix": ": “We will win” 🎉. Opponents ", "suffix": "."},
    ]);
    assert_eq!(stance["target"]["selector"][0], selector[0]);
    assert_eq!(stance["target"]["selector"][1]["exact"], selector[1]["exact"]);
    assert!(TEXT.contains(stance["target"]["selector"][1]["prefix"].as_str().expect("a prefix")));
    assert_eq!(stance["target"]["selector"][1]["suffix"], ".");
    assert_eq!(stance["body"][1], serde_json::json!({"type": "TextualBody", "purpose": "classifying", "value": "polarity:against"}));
    assert_eq!(page["items"][3]["body"][1]["source"], "http://www.wikidata.org/entity/Q192852");
    let (lines, troubles) = told(read(&files));
    assert_eq!(lines, WORKED);
    assert_eq!(troubles, Vec::<String>::new());
}

#[test]
fn positions_in_utf16_are_written_where_asked_for_and_told_when_read() {
    let (store, _) = store(foreign());
    let pick = Pick::default();
    let mut out = crate::format::exchange::Out::default();
    for sheet in Sheets::new(&store, &pick).iter() {
        W3c::new(Unit::Utf16).article(&sheet, &mut out);
    }
    let files = sources(out.take());
    assert!(files[0].text.contains("\"start\": 47"), "{}", files[0].text);
    let (lines, troubles) = told(read(&files));
    assert_eq!(lines, WORKED);
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    assert!(troubles[0].ends_with("its offsets count UTF-16 code units, not code points: so they fit the words; kept"));
}

#[test]
fn pages_of_others_are_read_in_all_their_shapes() {
    let target = |start: u32, end: u32| {
        format!(r#"{{"source":"https://news.example/a","selector":{{"type":"TextPositionSelector","start":{start},"end":{end}}}}}"#)
    };
    let quote =
        |prefix: &str, exact: &str| format!(r#"{{"selector":{{"type":"TextQuoteSelector","exact":"{exact}","prefix":"{prefix}"}}}}"#);
    let items = [
        // As Recogito writes tags and comments, with two targets.
        format!(r##"{{"id":"#1","type":"Annotation","body":[{{"type":"TextualBody","value":"Claim","purpose":"tagging"}},{{"type":"TextualBody","value":"loud","purpose":"tagging"}},{{"type":"TextualBody","value":"so","purpose":"commenting"}}],"target":[{},{}],"creator":"Ben"}}"##, target(20, 22), target(28, 31)),
        // A quotation alone, found between the words around it.
        format!(r##"{{"id":"#2","motivation":"oa:tagging","body":{{"value":"speaker"}},"target":{},"creator":{{"id":"x","name":"Ben"}}}}"##, quote("said: “", "We")),
        r##"{"id":"#3","motivation":"highlighting","bodyValue":"hm","target":{"selector":{"type":"FragmentSelector","value":"char=0,3"}}}"##
            .into(),
        format!(r##"{{"id":"#4","motivation":"identifying","body":"https://www.wikidata.org/wiki/Q42","target":{}}}"##, target(0, 12)),
        format!(r##"{{"id":"#5","target":{}}}"##, quote("", "nowhere at all")),
        r##"{"id":"#6","target":{"selector":{"type":"XPathSelector"}}}"##.into(),
        r##"{"id":"#7","target":"https://news.example/a","body":{"value":"a good page"}}"##.into(),
        r##"{"id":"#8","motivation":"linking","target":[{"id":"#1"},{"id":"#2"}],"body":[{"type":"TextualBody","purpose":"tagging","value":"speaker"}]}"##.into(),
        r##"{"id":"#9","motivation":"linking","target":"#1","body":"http://www.wikidata.org/entity/Q1"}"##.into(),
        r##"{"motivation":"tagging","target":"#9","body":[{"purpose":"tagging","value":"speaker"}]}"##.into(),
        r##"{"motivation":"linking","target":"#1"}"##.into(),
        "7".into(),
    ];
    let page =
        format!(r#"{{"type":"AnnotationCollection","first":{{"type":"AnnotationPage","next":"page2","items":[{}]}}}}"#, items.join(","));
    let (lines, troubles) = read_one(TEXT, &page);
    assert_eq!(
        lines,
        [
            "highlighting 0–3 The, note \"hm\"",
            "identifying 0–12 The minister, is Q42 Q42",
            "speaker 20–22 We",
            "claim 20–22 28–31 We … win, loud yes, speaker: We, speaker: Q1 Q1, note \"so\"",
        ]
    );
    assert_eq!(
        troubles,
        [
            "x.jsonld, line 1, first.items[11]: this is not an annotation; left out",
            "x.jsonld, line 1, first.next: what is at page2 is not read; left out",
            "x.jsonld, line 1, first.items[5].target: it has neither a position nor a quotation in the text; left out",
            "x.jsonld, line 1, first.items[6]: it has no place in the text, and is no role of a link; left out",
            "x.jsonld, line 1, first.items[10]: a link without its two ends; left out",
            "x.jsonld, line 1, first.items[4]: 0–0 is no stretch of the text; the words are nowhere in the text; kept without a place in the text",
        ]
    );
    // A list, and one alone on several lines.
    let one = &items[0];
    assert_eq!(read_one(TEXT, &format!("[{one}]")).0.len(), 1);
    assert_eq!(read_one(TEXT, &format!("{{\n{}", &one[1..])).0.len(), 1);
}

#[test]
fn hostile_pages_do_no_harm() {
    let deep = format!("{}1{}", "{\"items\":[".repeat(60), "]}".repeat(60));
    let pages = [
        "",
        "[",
        "{}",
        "null",
        "[[[]]]",
        "{\"items\":{}}",
        "{\"items\":7}",
        "{\"target\":[]}",
        "{\"target\":{\"selector\":[[]]}}",
        "{\"body\":[[]],\"target\":{\"selector\":{\"type\":\"TextPositionSelector\",\"start\":18446744073709551615,\"end\":-1}}}",
        "{\"motivation\":\"linking\",\"id\":\"a\",\"body\":\"a\",\"target\":\"a\"}",
        &deep,
    ];
    for page in pages {
        read_one("He said.", page);
    }
    let many = r#"{"motivation":"linking","target":["a","b","c"],"body":["d","e"]}"#;
    assert_eq!(read_one("a", many).1, ["x.jsonld, line 1: it links 2 to 3: who fills whose role can’t be told; left out"]);
    let (lines, troubles) = told(read(&[Source::whole("y.jsonld", "[]")]));
    assert_eq!((lines.len(), &*troubles[0]), (0, "y.jsonld: there is no y.txt beside it; left out"));
}
