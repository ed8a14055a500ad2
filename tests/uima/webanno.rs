use expect_test::expect;
use standpoint::format::exchange::Unit;
use standpoint::format::formats::Format;

use super::worked::{TEXT, brought, links, read, spans, worked, written};

fn told(file: &str) -> (Vec<String>, Vec<String>) {
    let (text, problems) = read(Format::WebAnno, "a.tsv", file);
    ([spans(&text), links(&text)].concat(), problems)
}

#[test]
fn the_worked_sentence_a_row_a_token() {
    let tsv = written(&worked(), Format::WebAnno, ".tsv");
    // Without the columns of notes, entities and annotators.
    let short: Vec<String> = tsv.lines().map(|line| line.replace("\t_", "").replace("\\tis it?", "").replace("*[", "[")).collect();
    expect![[r##"
        #FORMAT=WebAnno TSV 3.3
        #T_SP=webanno.custom.Claim|quotation|note|entity|identifier|entityRoles|annotator|ROLE_webanno.custom.Claim:roles_webanno.custom.ClaimRolesLink|uima.tcas.Annotation
        #T_SP=webanno.custom.Speaker|form|note|entity|identifier|entityRoles|annotator|ROLE_webanno.custom.Speaker:roles_webanno.custom.SpeakerRolesLink|uima.tcas.Annotation
        #T_SP=webanno.custom.Stance|polarity|intensity|note|entity|identifier|entityRoles|annotator|ROLE_webanno.custom.Stance:roles_webanno.custom.StanceRolesLink|uima.tcas.Annotation


        #Text=The minister said: “We will win” 🎉. 
    "##]]
    .assert_eq(&(short[..7].join("\n") + "\n"));
    expect![[r#"
        2-1	37-46	Opponents	[4]	[4]	[4]	[4]	[4]	ana[4]	*	
        2-2	47-53	called	against[5]	[5]	[5]	[5]	[5]	[5]	ana[5]	holder;target[5]	2-1[4];1-6[2]	"#]]
    .assert_eq(
        &short
            .iter()
            .filter(|line| line.starts_with("2-1") || line.starts_with("2-2"))
            .cloned()
            .collect::<Vec<_>>()
            .join("\n")
            .replace("[4][4]", "[4]"),
    );
    let (text, problems) = read(Format::WebAnno, "a.tsv", &tsv);
    assert_eq!((&*text.text, problems), (TEXT, Vec::new()));
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
    let speaker = text.spans.iter().find(|span| span.entity.is_some()).expect("a speaker");
    assert_eq!((&*speaker.note, speaker.annotator.as_deref()), ("who\tis it?", Some("ana")));
}

/// Slots with and without numbers, and what is stacked.
const SLOTS: &str = "#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Frame|FE|ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameRolesLink|webanno.custom.Lu
#T_SP=webanno.custom.Lu|luvalue


#Text=Ann sold the clock to Jo.
1-1\t0-3\tAnn\t_\t_\t_\tann\t
1-2\t4-8\tsold\tcommerce\tseller;*;buyer\t1-1;1-3[4];1-6\tx|y\\|\\_[7]\t
1-3\t9-12\tthe\t_\t_\t_\tclock[4]\t
1-4\t13-18\tclock\t_\t_\t_\tclock[4]\t
1-5\t19-21\tto\t_\t_\t_\t_\t
1-6\t22-24\tJo\t_\t_\t_\t_\t
1-6.1\t22-23\tJ\t_\t_\t_\t*\t
1-7\t24-25\t.\t_\t_\t_\t_\t
";

#[test]
fn slots_stacks_and_parts_of_tokens() {
    let (told, problems) = told(SLOTS);
    expect![[r#"
        Lu Ann luvalue=ann
        Frame sold FE=commerce
        Lu sold luvalue=x
        Lu sold luvalue=y|_
        Lu the clock luvalue=clock
        Lu J
        Frame sold FE=commerce -seller-> Lu Ann luvalue=ann
        Frame sold FE=commerce -Roles-> Lu the clock luvalue=clock"#]]
    .assert_eq(&told.join("\n"));
    assert_eq!(problems, ["a.tsv, line 8: “buyer” leads to 1-6, which is not there; left out"]);
    brought(Format::WebAnno.read(&[standpoint::format::exchange::Source::whole("a.tsv", SLOTS.replace(";buyer", "").replace(";1-6", ""))]));
}

#[test]
fn chains_and_relations_are_links() {
    let (told, problems) = told(
        "#FORMAT=WebAnno TSV 3.2
#T_SP=a.Pos|PosValue
#T_CH=a.CoreferenceLink|referenceType|referenceRelation
#T_RL=a.Dependency|DependencyType|flavor|BT_a.Pos


#Text=He shot himself\\tagain
1-1\t0-2\tHe\tPRP\tpr[1]\tcoref->1-1\tsubj\tbasic\t1-2
1-2\t3-7\tshot\tVB[1]|X[2]\t_\t_\t*\t*\t1-3[0_2]
1-3\t8-15\thimself\tPRP\tpr[1]\t*->1-2\t_\t_\t_
1-4\t16-21\tagain\t_\t*[1]\t*->1-3\t_\t_\t_
",
    );
    expect![[r#"
        Pos He PosValue=PRP
        CoreferenceLink He referenceType=pr
        Pos shot PosValue=VB
        Pos shot PosValue=X
        Pos himself PosValue=PRP
        CoreferenceLink himself referenceType=pr
        CoreferenceLink again
        CoreferenceLink He referenceType=pr -coref-> CoreferenceLink himself referenceType=pr
        CoreferenceLink himself referenceType=pr -next-> CoreferenceLink again
        Pos shot PosValue=VB -subj-> Pos He PosValue=PRP
        Pos himself PosValue=PRP -Dependency-> Pos shot PosValue=X"#]]
    .assert_eq(&told.join("\n"));
    assert_eq!(problems, ["a.tsv, line 8: “flavor” of the relation “Dependency” has no place here; left out"]);
}

#[test]
fn the_text_between_sentences_is_made_up_as_inception_does() {
    let (text, problems) = read(
        Format::WebAnno,
        "annotation/d/ben.tsv",
        "#FORMAT=WebAnno TSV 3.3\r\n#T_SP=a.X|\r\n\r\n\r\n#Sentence.id=s\r\n#Text=One\r\n#Text=\r\n#Text=more.\r\n1-1\t2-5\tOne\t_\r\n1-2\t7-12\tmore.\t*\r\n\r\n#Text=🙂 two\r\n2-1\t15-17\t🙂\t*\r\n\r\n#Text=x\r\n3-1\t21-22\tx\t_\r\n",
    );
    assert_eq!(&*text.text, "  One\n\nmore.\n  🙂 twox");
    assert_eq!((spans(&text), problems), (vec!["X more.".to_owned(), "X 🙂".to_owned()], Vec::new()));
    assert_eq!(text.spans[0].annotator.as_deref(), Some("ben"));
}

#[test]
fn offsets_that_count_code_points_are_found_out() {
    let (text, problems) = read(
        Format::WebAnno,
        "a.tsv",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.X|v\n\n\n#Text=🙂 one two\n1-1\t0-1\t🙂\t_\n1-2\t2-5\tone\tx\n1-3\t6-9\ttwo\ty\n\n#Text=three\n2-1\t10-15\tthree\tz\n",
    );
    assert_eq!((text.unit, &*text.text, problems.len()), (Unit::CodePoints, "🙂 one two\nthree", 0));
}

#[test]
fn words_that_stand_elsewhere_are_given() {
    let (text, problems) = read(
        Format::WebAnno,
        "a.tsv",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.X|v\n\n\n#Text=one two three\n1-1\t0-3\tone\t_\n1-2\t5-8\ttwo\tx[1]\n1-3\t9-14\tthree\tx[1]\n",
    );
    assert_eq!((text.spans[0].pieces[0].quote.as_deref(), problems.len()), (Some("two three"), 0));
}

#[test]
fn what_is_wrong_is_said_and_the_rest_is_read() {
    let (told, problems) = told(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.X|v|w\n#T_XX=b\n\n\n1-1\t0-1\ta\tx\n#Text=ab cd\n1-1\t0-2\tab\tx\n1-2\t3-99999999999999999999\tcd\tx\ty\nrubbish\n1-2\t3-5\tcd\tp\t_\n",
    );
    assert_eq!(told, ["X ab v=x", "X cd v=p"]);
    expect![[r#"
        a.tsv, line 3: this is no kind of layer; left out
        a.tsv, line 6: a row before the first “#Text=”; left out
        a.tsv, line 8: 2 columns should follow the token, there are 1; kept
        a.tsv, line 9: this is no row such as “1-2<tab>4-8<tab>Haag”; left out
        a.tsv, line 10: this is no row such as “1-2<tab>4-8<tab>Haag”; left out"#]]
    .assert_eq(&problems.join("\n"));
    for file in ["", "#FORMAT=WebAnno TSV 2.0\n", "1-1\tx", "#FORMAT=WebAnno TSV 3.99999999999999"] {
        assert_eq!(read(Format::WebAnno, "a.tsv", file).1.len(), 1, "{file}");
    }
}

#[test]
fn huge_gaps_do_not_make_huge_texts() {
    let rows: String =
        (0..1000).map(|n| format!("\n#Text=a\n{n}-1\t{}-{}\ta\t*\n", n * 4_000_000_000_u64, n * 4_000_000_000_u64 + 1)).collect();
    let (text, problems) = read(Format::WebAnno, "a.tsv", &format!("#FORMAT=WebAnno TSV 3.3\n#T_SP=a.X|\n\n{rows}"));
    assert!(text.text.len() < 100_000, "{}", text.text.len());
    assert_eq!((text.spans.len(), problems.is_empty()), (1000, false));
}
