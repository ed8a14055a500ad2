//! Files as other tools write them, and as they should not: what is read, and what is said of the rest.

#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use standpoint::format::exchange::{Brought, Frame, Mapping, Source, bring};
use standpoint::format::formats::Format;
use standpoint::model::*;

/// Reads files into a project of their own.
fn read(format: Format, files: &[(&str, &str)]) -> Brought {
    read_for(format, files, None)
}

fn read_for(format: Format, files: &[(&str, &str)], scheme: Option<&Scheme>) -> Brought {
    let files: Vec<Source> = files.iter().map(|(name, text)| Source::whole(name, *text)).collect();
    let foreign = format.read(&files);
    let mapping = Mapping::proposed(&foreign.all_labels(), scheme);
    let frame = Frame::new(ProjectId::new("p").expect("an id"), AnnotatorId::new("me").expect("an id"), format.name());
    bring(foreign, &mapping, &frame)
}

/// Each annotation in a line: type, words, attributes, roles with the words that fill them, entity, annotator, note.
fn told(brought: &Brought) -> Vec<String> {
    let store = &brought.store;
    let mut told = Vec::new();
    for article in store.articles() {
        let words = |annotation: &Annotation| match &annotation.anchor {
            Anchor::Placed(span) => span.quote(&article.text),
            Anchor::Orphan(orphan) => format!("lost {:?}", orphan.fragments.iter().map(|one| &*one.text).collect::<Vec<_>>()),
        };
        for annotation in store.annotations(&article.id).iter() {
            let mut line = format!("{} “{}”", annotation.type_id, words(annotation));
            for (name, value) in &annotation.attributes {
                match value {
                    AttributeValue::Text(text) => line.push_str(&format!(" {name}={text}")),
                    AttributeValue::Number(number) => line.push_str(&format!(" {name}={number}")),
                }
            }
            for (role, fillers) in &annotation.roles {
                for filler in fillers {
                    let filler = match filler {
                        Filler::Annotation(id) => {
                            let other = store.annotation(&article.id, &annotation.annotator, id).expect("a filler");
                            format!("“{}”", words(other))
                        }
                        Filler::Entity(id) => format!("entity {}", store.entity(id).expect("an entity").name),
                    };
                    line.push_str(&format!(" {role}→{filler}"));
                }
            }
            if let Some(entity) = &annotation.entity {
                let entity = store.entity(entity).expect("an entity");
                line.push_str(&format!(
                    " ={}{}",
                    entity.name,
                    entity.wikidata.as_ref().map(|item| format!(" ({item})")).unwrap_or_default()
                ));
            }
            if annotation.annotator.as_str() != "me" {
                line.push_str(&format!(" by {}", annotation.annotator));
            }
            if !annotation.note.is_empty() {
                line.push_str(&format!(" #{}", annotation.note));
            }
            told.push(line);
        }
    }
    told
}

fn troubles(brought: &Brought) -> Vec<String> {
    brought.troubles.iter().map(ToString::to_string).collect()
}

const TEXT: &str = "The minister said: “We will win” 🎉. Opponents called the plan reckless.";

#[test]
fn brat_as_its_users_write_it() {
    let ann = "T1\tSpeaker 0 12\tThe minister\nT2\tClaim 20 22;28 31\tWe win\nT3\tSpeaker 36 45\tOpponents\nT4\tStance 46 70\tcalled the plan reckless\n\
               E1\tClaim:T2 Speaker:T1\nE2\tStance:T4 Holder:T3 Target:E1\nR1\tSupports Arg1:E1 Arg2:T4\t\nA1\tPolarity E2 against\nM1\tSure T1\n\
               #1\tAnnotatorNotes E2\ttarget is the claim, not the plan\nN1\tReference T3 Wikidata:Q42\tDouglas Adams\n*\tEquiv T1 T3\n";
    let brought = read(Format::Brat, &[("a.txt", TEXT), ("a.ann", ann)]);
    assert_eq!(
        told(&brought),
        [
            "speaker “The minister” sure=yes =Douglas Adams (Q42)",
            "claim “We … win” speaker→“The minister” supports→“called the plan reckless”",
            "speaker “Opponents” =Douglas Adams (Q42)",
            "stance “called the plan reckless” polarity=against holder→“Opponents” target→“We … win” #target is the claim, not the plan",
        ]
    );
    assert_eq!(troubles(&brought), [""; 0]);
}

#[test]
fn a_quotation_that_goes_on_in_the_next_line_of_a_brat_file_is_no_record() {
    let text = "He said\nThe plan\nT2\tfails.";
    let ann = "T1\tClaim 8 25\tThe plan\nT2\tfails\nT2\tSpeaker 0 2\tHe\n";
    let brought = read(Format::Brat, &[("a.txt", text), ("a.ann", ann)]);
    // `T2<tab>fails` looks like a record and is none: it says so, and the real one is kept.
    assert_eq!(told(&brought), ["speaker “He”", "claim “The plan”"]);
    assert_eq!(
        troubles(&brought),
        [
            "a.ann, line 2: “fails” is no label with stretches such as “Claim 20 31”; left out",
            "a.ann, line 1: “The plan” is said to stand where “The plan\nT2\tfails” stands; found at 8–16; placed anew",
        ]
    );
}

#[test]
fn lines_of_windows_and_their_offsets() {
    // The text file has CRLF: brat counts both characters; we keep one.
    let brought = read(
        Format::Brat,
        &[("a.txt", "Hé said\r\nno.\r\nShe agreed."), ("a.ann", "T1\tClaim 3 11\tsaid no\r\nT2\tSpeaker 14 17\tShe\r\n")],
    );
    assert_eq!(told(&brought), ["claim “said\nno”", "speaker “She”"]);
}

#[test]
fn what_offsets_count_is_found_out_and_said() {
    let ann = |numbers: &str| format!("T1\tSpeaker 0 12\tThe minister\nT2\tSpeaker {numbers}\tOpponents\n");
    for (numbers, said) in [("36 45", None), ("37 46", Some("UTF-16 code units")), ("43 52", Some("bytes of UTF-8"))] {
        let brought = read(Format::Brat, &[("a.txt", TEXT), ("a.ann", &ann(numbers))]);
        assert_eq!(told(&brought), ["speaker “The minister”", "speaker “Opponents”"], "{numbers}");
        let expected: Vec<String> =
            said.map(|unit| format!("a.ann: its offsets count {unit}, not code points: so they fit the words; kept")).into_iter().collect();
        assert_eq!(troubles(&brought), expected);
    }
}

#[test]
fn words_that_moved_are_placed_anew_and_words_that_are_gone_are_kept_without_a_place() {
    let ann =
        "T1\tSpeaker 2 14\tThe minister\nT2\tClaim 20 31\twe shall lose it all\nT3\tSpeaker 4000 4009\tOpponents\nT4\tSpeaker 9 3\tx\n";
    let brought = read(Format::Brat, &[("a.txt", TEXT), ("a.ann", ann)]);
    let told = told(&brought);
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told.contains(&"speaker “The minister”".to_owned()) && told.contains(&"speaker “Opponents”".to_owned()));
    assert!(told.contains(&"claim “lost [\"we shall lose it all\"]”".to_owned()), "{told:?}");
    let troubles = troubles(&brought);
    assert_eq!(troubles.len(), 4, "{troubles:?}");
    assert!(troubles[0].starts_with("a.ann, line 1: “The minister” is said to stand where “e minister s” stands; found at 0–12"));
    assert!(troubles[3].ends_with("kept without a place in the text"));
}

#[test]
fn a_broken_brat_file_loses_only_what_is_broken() {
    let ann = "T1\tSpeaker 0 x\tThe\nT2 Speaker 0 3 The\nE1\tClaim:T9\nA1\tPolarity T7 against\nR1\tSays Arg1:T5\nT5\tSpeaker 0 3\tThe\nT5\tSpeaker 4 12\tminister\n?\tx\n";
    let brought = read(Format::Brat, &[("a.txt", TEXT), ("a.ann", ann), ("b.ann", "T1\tX 0 1\tx\n")]);
    assert_eq!(told(&brought), ["speaker “The”"]);
    let troubles = troubles(&brought);
    assert_eq!(troubles.len(), 6, "{troubles:#?}");
    assert!(troubles.contains(&"b.ann: there is no b.txt beside it; left out".to_owned()), "{troubles:#?}");
}

#[test]
fn label_studio_in_full_with_utf16_offsets_and_in_short() {
    let full = r#"[{"id": 7, "data": {"text": "The minister said: “We will win” 🎉. Opponents called the plan reckless.", "url": "x"},
        "annotations": [{"completed_by": {"email": "ana@example.org", "id": 3}, "result": [
            {"id": "s2", "from_name": "l", "to_name": "t", "type": "labels", "value": {"start": 37, "end": 46, "text": "Opponents", "labels": ["Speaker"]}},
            {"id": "t1", "from_name": "l", "to_name": "t", "type": "labels", "value": {"start": 47, "end": 71, "text": "called the plan reckless", "labels": ["Stance", "Loud"]}, "meta": {"text": ["why"]}},
            {"id": "t1", "from_name": "polarity", "to_name": "t", "type": "choices", "value": {"start": 47, "end": 71, "choices": ["against"]}},
            {"id": "x", "from_name": "topic", "to_name": "t", "type": "choices", "value": {"choices": ["war", "peace"]}},
            {"id": "b", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["Car"]}},
            {"type": "relation", "from_id": "s2", "to_id": "t1", "direction": "left", "labels": ["holder"]},
            {"type": "relation", "from_id": "s2", "to_id": "nowhere", "direction": "right"}
        ]}, {"was_cancelled": true, "result": []}], "predictions": [{"result": []}]}]"#;
    let brought = read(Format::LabelStudio, &[("export.json", full)]);
    assert_eq!(
        told(&brought),
        [
            "speaker “Opponents” by w-e24cc08ac1bd",
            "stance “called the plan reckless” polarity=against holder→“Opponents” by w-e24cc08ac1bd",
            "loud “called the plan reckless” by w-e24cc08ac1bd #why",
        ]
        .map(|line| line.replace("w-e24cc08ac1bd", brought.store.annotators().next().expect("one").id.as_str()))
    );
    assert_eq!(brought.store.articles().next().expect("one").metadata.extra.get("topic").map(|topic| &**topic), Some("war, peace"));
    let troubles = troubles(&brought);
    assert_eq!(troubles.len(), 5, "{troubles:#?}");
    assert!(
        troubles.iter().any(|said| said.contains("[0].annotations[0].result[6]") && said.contains("no region nowhere")),
        "{troubles:#?}"
    );
    let short =
        r#"[{"id": 1, "text": "He left.", "annotator": 3, "label": [{"start": 0, "end": 2, "text": "He", "labels": ["speaker"]}]}]"#;
    assert_eq!(told(&read(Format::LabelStudio, &[("min.json", short)])), ["speaker “He” by user-3"]);
}

#[test]
fn prodigy_with_relations_and_spacys_own_lines() {
    let line = r#"{"text": "Ana said no.", "tokens": [{"text":"Ana","start":0,"end":3,"id":0,"ws":true},{"text":"said","start":4,"end":8,"id":1,"ws":true},{"text":"no","start":9,"end":11,"id":2,"ws":false}], "spans": [{"start":0,"end":3,"token_start":0,"token_end":0,"label":"PER"},{"start":9,"end":11,"label":"CLAIM"}], "relations": [{"head":2,"child":0,"head_span":{"start":9,"end":11,"label":"CLAIM"},"child_span":{"start":0,"end":3,"label":"PER"},"label":"by"}], "answer": "accept", "_session_id": "set-ben"}
{"text": "No.", "spans": [{"start":0,"end":2,"label":"CLAIM"}], "answer": "reject"}
not json
{"text": "Who is Shaka Khan?", "entities": [[7, 17, "PERSON"], [1]]}"#;
    let brought = read(Format::Prodigy, &[("p.jsonl", line)]);
    assert_eq!(told(&brought), ["per “Ana” by set-ben", "claim “no” by→“Ana” by set-ben", "person “Shaka Khan”"]);
    assert_eq!(
        troubles(&brought),
        [
            "p.jsonl, line 2: its spans: the answer was “reject”; left out",
            "p.jsonl, line 3: expected ident (column 2); left out",
            "p.jsonl, line 4, entities[1]: this is not a start, an end and a label; left out",
        ]
    );
}

#[test]
fn doccano_in_both_shapes_and_both_units() {
    let labels = r#"{"id": 1, "text": "The minister said: “We will win” 🎉. Opponents called the plan reckless.", "label": [[0, 12, "speaker"], [37, 46, "speaker"], [47, 71, "stance:against"]]}"#;
    for (name, said) in [("all.jsonl", 1), ("doccano-utf-16.jsonl", 0)] {
        let brought = read_for(Format::Doccano, &[(name, labels)], Some(&default_scheme()));
        assert_eq!(told(&brought), ["speaker “The minister”", "speaker “Opponents”", "stance “called the plan reckless” polarity=against"]);
        assert_eq!(troubles(&brought).len(), said, "{name}");
    }
    let relations = r#"{"text":"Ana said no.","entities":[{"id":3,"start_offset":0,"end_offset":3,"label":"speaker"},{"id":4,"start_offset":9,"end_offset":11,"label":"claim"},{"id":5,"label":"x"}],"relations":[{"id":2,"from_id":4,"to_id":3,"type":"speaker"},{"from_id":4,"to_id":99,"type":"speaker"}]}"#;
    let brought = read(Format::Doccano, &[("all.jsonl", relations)]);
    assert_eq!(told(&brought), ["speaker “Ana”", "claim “no” speaker→“Ana”"]);
    assert_eq!(troubles(&brought).len(), 2, "{:?}", troubles(&brought));
}

#[test]
fn columns_with_other_schemes_of_tags_and_without_a_text_beside_them() {
    let columns = "-DOCSTART- -X- O O\n\nEU NNP B-NP S-ORG\nrejects VBZ B-VP O\nGerman JJ B-NP B-MISC\ncall NN I-NP E-MISC\n. . O O\n\nPeter NNP B-NP I-PER\nBlackburn NNP I-NP I-PER\n";
    let brought = read(Format::Conll, &[("eng.train", columns)]);
    assert_eq!(told(&brought), ["org “EU”", "misc “German call”", "per “Peter Blackburn”"]);
    assert_eq!(brought.store.articles().next().expect("one").text.as_str(), "EU rejects German call .\nPeter Blackburn");
    let brought = read(
        Format::Conll,
        &[("a.txt", "We  will\u{a0}win."), ("claim.conll", "We\tB-claim\nwill\tI-claim\nwin\tI-claim\n.\tO\nnonsense\n")],
    );
    assert_eq!(told(&brought), ["claim “We  will\u{a0}win”"]);
    assert_eq!(troubles(&brought), ["claim.conll, line 5: this is no token with a tag such as B-claim; left out"]);
}

#[test]
fn training_data_whose_offsets_were_shifted_is_put_right_by_its_words() {
    let line = r#"{"format":"standpoint-training","version":1,"text":"🎉 Ana said no.","spans":[{"id":"a","label":"speaker","start":3,"end":6,"text":"Ana"},{"id":"b","label":"claim","start":12,"end":14,"text":"no"}],"frames":[{"span":"b","label":"claim","roles":[{"role":"speaker","span":"a","entity":""},{"role":"speaker","span":"","entity":""}]}]}
{"format":"other"}
{"format":"standpoint-training","version":2,"text":"x"}"#;
    let brought = read(Format::Training, &[("t.jsonl", line)]);
    assert_eq!(told(&brought), ["speaker “Ana”", "claim “no” speaker→“Ana”"]);
    let troubles = troubles(&brought);
    assert_eq!(troubles.len(), 4, "{troubles:#?}");
    assert!(
        troubles.contains(&"t.jsonl, line 1: its offsets count UTF-16 code units, not code points: so they fit the words; kept".to_owned())
    );
}

#[test]
fn a_file_that_is_read_twice_is_read_once() {
    let ann = "T1\tSpeaker 0 12\tThe minister\n";
    let once = read(Format::Brat, &[("a.txt", TEXT), ("a.ann", ann)]);
    let (twice, changed) = once.store.merge_copy(&read(Format::Brat, &[("a.txt", TEXT), ("a.ann", ann)]).store);
    assert!(changed.is_empty() && twice.has_same_records_as(&once.store), "{changed:?}");
}

/// Each would take hours if anything were done for each pair of them.
#[test]
fn many_of_the_same_or_of_different_labels_are_read_in_no_time() {
    const MANY: usize = 20_000;
    let equal = read(Format::Conll, &[("a.conll", &"a B-a\n".repeat(MANY))]);
    assert_eq!(equal.store.annotations(&equal.articles[0]).iter().count(), MANY);
    let same = format!(r#"{{"text":"a","label":[{}[0,1,"a"]]}}"#, r#"[0,1,"a"],"#.repeat(MANY - 1));
    let same = read(Format::Doccano, &[("a.jsonl", &same)]);
    assert_eq!(same.store.annotations(&same.articles[0]).iter().count(), MANY);
    let letters = ('\u{4e00}'..).take(MANY / 4).enumerate();
    let lines: String = letters.map(|(n, letter)| format!("T{n}\t{letter} 0 1\ta\n")).collect();
    let labels = read(Format::Brat, &[("a.txt", "a"), ("a.ann", &lines)]);
    assert_eq!(labels.store.scheme().types.len(), MANY / 4);
    assert_eq!(labels.store.scheme().types[MANY / 4 - 1].id.as_str(), format!("label-{}", MANY / 4));
}

#[test]
fn annotations_of_one_task_share_its_text() {
    let task = format!(
        r#"[{{"data":{{"text":"{}"}},"meta":{{"author":"B"}},"annotations":[{}{{}}]}}]"#,
        "word ".repeat(20_000),
        "{},".repeat(20_000)
    );
    let foreign = Format::LabelStudio.read(&[Source::whole("a.json", task.as_str())]);
    assert!(foreign.texts.iter().all(|text| Rc::ptr_eq(&text.text, &foreign.texts[0].text)), "a copy for each is gigabytes");
    let brought = read(Format::LabelStudio, &[("a.json", &task)]);
    assert_eq!((brought.articles.len(), brought.troubles.len()), (1, 0));
    let article = brought.store.article(&brought.articles[0]).expect("an article");
    assert_eq!(article.metadata.author.as_deref(), Some("B"));
}

#[test]
fn what_a_scheme_calls_otherwise_is_found_by_its_meaning() {
    let semeval = r#"[{"sent_id":"s1","text":"Ben likes the plan.","opinions":[{"Source":[["Ben"],["0:3"]],"Target":[["the plan"],["10:18"]],
        "Polar_expression":[["likes"],["4:9"]],"Polarity":"Positive","Intensity":"Standard"}]}]"#;
    let citron = r#"{"text":"“No”, said Ben.","quotes":[{"cue":{"start":6,"end":10,"text":"said"},"sources":[{"start":11,"end":14,"text":"Ben"}],
        "contents":[{"start":0,"end":4,"text":"“No”"}],"coreferences":[]}]}"#;
    let of = |id: &str| ready_schemes().into_iter().find(|scheme| scheme.id.as_str() == id).expect("a scheme");
    let [sentiment, parc] = [of("structured-sentiment"), of("parc")];
    let brought = read_for(Format::SemEval, &[("a.json", semeval)], Some(&sentiment));
    assert_eq!(
        told(&brought),
        ["holder “Ben”", "expression “likes” intensity=standard polarity=positive holder→“Ben” target→“the plan”", "target “the plan”"]
    );
    assert_eq!(**brought.store.scheme(), sentiment, "nothing new is needed");
    let brought = read_for(Format::Citron, &[("a.json", citron)], Some(&parc));
    assert_eq!(told(&brought), ["content ““No”” cue→“said” source→“Ben”", "cue “said”", "source “Ben”"]);
    assert_eq!(**brought.store.scheme(), parc);
}
