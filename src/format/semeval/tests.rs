use super::read;
use crate::format::exchange::worked::{TEXT, out, told};
use crate::format::exchange::{Loss, Source};
use crate::format::formats::Format;

fn read_one(text: &str) -> (Vec<String>, Vec<String>) {
    told(read(&[Source::whole("x.json", text)]))
}

#[test]
fn the_worked_sentence_is_a_record_with_its_numbers() {
    let mut out = out(Format::SemEval);
    let losses = out.losses.clone();
    let files = out.take();
    let file = &files["semeval.json"];
    assert!(file.contains(
        r#""opinions":[{"Source":[["Opponents"],["36:45"]],"Target":[["We will win"],["20:31"]],"Polar_expression":[["called the plan reckless"],["46:70"]],"Polarity":"Negative","Intensity":"Standard"}]"#
    ), "{file}");
    // The claim is a target now; its speaker and cue, and their links, have no place.
    let lost = |loss| losses.count(loss);
    assert_eq!((lost(Loss::Annotation), lost(Loss::Type), lost(Loss::Role), lost(Loss::Entity), lost(Loss::Note)), (2, 1, 2, 1, 1));
    let (lines, troubles) = read_one(file);
    assert_eq!(
        lines,
        [
            "target 20–31 We will win",
            "speaker 36–45 Opponents",
            "stance 46–70 called the plan reckless, polarity against, intensity average, holder: Opponents, target: We will win",
        ]
    );
    assert_eq!(troubles, Vec::<String>::new());
}

#[test]
fn files_of_the_task_are_read_with_all_their_habits() {
    let opinion = |source: &str, target: &str, expression: &str, rest: &str| {
        format!(r#"{{"Source":{source},"Target":{target},"Polar_expression":{expression},{rest}}}"#)
    };
    let none = "[[],[]]";
    let opinions = [
        opinion(
            r#"[["Opponents"],["36:45"]]"#,
            none,
            r#"[["called","reckless"],["46:52","62:70"]]"#,
            r#""Polarity":"Negative","Intensity":"Strong""#,
        ),
        // The place is wrong, the words are right.
        opinion(none, r#"[["the plan"],["52:60"]]"#, r#"[["win"],["28:31"]]"#, r#""Polarity":"Positive","Intensity":"None""#),
        opinion(r#"[["Opponents"],["36:45"]]"#, none, none, r#""Polarity":"Neutral","Intensity":null"#),
        opinion("null", r#"[["x"],["nowhere"]]"#, r#"[["said","more"],["13:17"]]"#, r#""Polarity":null,"Intensity":"average""#),
        "7".into(),
        r#"{"Source":3,"Polar_expression":[["The"],["0:3"]],"Polarity":4,"Intensity":"Slight"}"#.into(),
    ];
    let record = |id: &str, opinions: &str| format!(r#"{{"sent_id":{id},"text":"{TEXT}","opinions":{opinions}}}"#);
    let file = format!("[{},\n{{\"sent_id\":\"b\"}},3]", record("\"a\"", &format!("[{}]", opinions.join(","))));
    let (lines, troubles) = read_one(&file);
    assert_eq!(
        lines,
        [
            "stance 0–3 The, intensity weak",
            "stance 13–17 said, intensity average",
            "stance 28–31 win, polarity favor, target: the plan",
            "speaker 36–45 Opponents",
            "stance 46–52 62–70 called … reckless, polarity against, intensity strong, holder: Opponents",
            "target 53–61 the plan",
        ]
    );
    assert_eq!(
        troubles,
        [
            "x.json, [0].opinions[2]: an opinion without the words that express it; its holder and target are kept; left out",
            "x.json, [0].opinions[3].Target: “nowhere” is no place such as “36:45”; left out",
            "x.json, [0].opinions[3].Polar_expression: 2 stretches of words and 1 places: the words are passed over; kept",
            "x.json, [0].opinions[4]: this is not an opinion; left out",
            "x.json, [0].opinions[5].Source: this is no list of words and one of places; left out",
            "x.json, [0].opinions[5]: the polarity is no text; left out",
            "x.json, [1]: there is no text; left out",
            "x.json, [2]: this is not a text with opinions; left out",
            "x.json, [0].opinions[1]: “the plan” is said to stand where “ the pla” stands; found at 53–61; placed anew",
        ]
    );
}

#[test]
fn a_record_a_line_and_broken_ones_are_read_too() {
    let line =
        r#"{"sent_id":"a","text":"Good.","opinions":[{"Polar_expression":[["Good"],["0:4"]],"Polarity":"Positive","Intensity":"Weak"}]}"#;
    let (lines, troubles) = read_one(&format!("{line}\n{{\"text\":\n\n{line}\n"));
    assert_eq!(lines, ["stance 0–4 Good, polarity favor, intensity weak"]);
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    for text in ["", "[", "{", "[]", "null", "[null]", r#"{"text":null}"#, r#"{"text":"","opinions":[{}]}"#, "[[[[[["] {
        read_one(text);
    }
    let far =
        r#"[{"text":"ab","opinions":[{"Polar_expression":[["ab"],["18446744073709551615:0"]]},{"Polar_expression":[[""],["1:1"]]}]}]"#;
    let (lines, troubles) = read_one(far);
    assert_eq!(lines, ["stance 0–2 ab"]);
    assert_eq!(troubles.len(), 2, "{troubles:?}");
}
