use super::read;
use crate::format::exchange::Source;
use crate::format::exchange::worked::{out, told};
use crate::format::formats::Format;

const ARTICLES: &str = "id,title,text\r\na1,,\"He said:\r\n\"\"no\"\" 🎉, ok\"\r\n";

fn source(name: &str, text: &str) -> Source {
    Source::whole(name, text)
}

#[test]
fn the_worked_sentence_is_rows_with_its_numbers() {
    let mut out = out(Format::Csv);
    assert!(out.losses.is_empty(), "{:?}", out.losses);
    let files = out.take();
    let spans: Vec<&str> = files["spans.csv"].split("\r\n").collect();
    assert_eq!(
        spans[0],
        "article,annotation,annotator,type,fragment,start,end,text,attribute:form,attribute:quotation,attribute:polarity,\
         attribute:intensity,entity,entity_name,wikidata,note,origin"
    );
    let row = |of: &str| spans.iter().find(|row| row.contains(of)).copied().unwrap_or_default();
    assert!(
        row(",stance,")
            .ends_with(",stance,1,46,70,called the plan reckless,,,against,average,,,,\"target is the claim, not the plan\",imported")
    );
    assert!(row("Opponents").ends_with(",speaker,1,36,45,Opponents,,,,,Q192852,The opposition,Q192852,,imported"));
    assert!(files["frames.csv"].starts_with(
        "article,annotation,annotator,type,role:speaker,role:cue,role:supports,role:disputes,role:repeats,role:holder,role:target\r\n"
    ));
    assert_eq!(files["entities.csv"], "id,name,wikidata\r\nQ192852,The opposition,Q192852\r\n");
    let sources: Vec<Source> = files.iter().map(|(name, text)| source(name, text)).collect();
    let (lines, troubles) = told(read(&sources));
    assert_eq!(troubles, Vec::<String>::new());
    assert_eq!(
        lines,
        [
            "speaker 0–12 The minister",
            "cue 13–17 said",
            "claim 20–31 We will win, speaker: The minister, cue: said",
            "speaker 36–45 Opponents, is The opposition Q192852",
            "stance 46–70 called the plan reckless, polarity against, intensity average, holder: Opponents, target: We will win, \
             note \"target is the claim, not the plan\"",
        ]
    );
}

#[test]
fn tables_made_by_hand_are_told_by_their_headings() {
    let spans = "type;start;end;article;annotation;text;surprise\nspeaker;0;2;a1;s;He;1\nclaim;11;13;a1;c;no;\nclaim;15;16;a1;c;🎉;\n";
    let frames = "\u{feff}annotation\tarticle\trole:speaker\nc\ta1\ts|entity:Q42\n";
    let (lines, troubles) = told(read(&[source("x/one.csv", ARTICLES), source("x/two.csv", spans), source("x/three.csv", frames)]));
    // The line end of the article is one character here and two in the file.
    assert_eq!(lines, ["speaker 0–2 He", "claim 10–12 14–15 no … 🎉, speaker: He, speaker: Q42 Q42"]);
    assert_eq!(troubles, Vec::<String>::new());
}

#[test]
fn rows_that_say_nothing_sound_are_named_by_their_lines() {
    let spans = "article,annotation,type,start,end,text\n\
                 a2,s,speaker,0,2,He\n\
                 a1,s,speaker,-1,2,He\n\
                 a1,s,speaker,0,2,He,and,more\n\
                 a1,s,speaker,3,7,said\n\
                 a1,s,claim,0,2,He\n\
                 a1,e,speaker,99999999999999999999,2,He\n\
                 a1,f,speaker,0,4294967295,nowhere\n\
                 ,,,,,\n\
                 a1,g,speaker,3\n";
    let frames = "article,annotation,role:speaker\na2,s,x\na1,nobody,s\na1,s,s\n";
    let again = format!("{ARTICLES}a1,,again\r\n");
    let files =
        [source("articles.csv", &again), source("spans.csv", spans), source("frames.csv", frames), source("other.csv", "a,b\n1,2\n")];
    let (lines, troubles) = told(read(&files));
    assert_eq!(lines, ["speaker 3–7 said"]);
    let starts = [
        "other.csv: its headings are those of no table",
        "articles.csv, line 4: the article “a1” comes a second time; left out",
        "spans.csv, line 2: there is no article “a2”; left out",
        "spans.csv, line 3: “-1” to “2” is no stretch; left out",
        "spans.csv, line 4: the row has 8 cells instead of 6; left out",
        "spans.csv, line 6: s is of the type speaker in another row; left out",
        "spans.csv, line 7: “99999999999999999999” to “2” is no stretch; left out",
        "spans.csv, line 10: “3” to “” is no stretch; left out",
        "frames.csv, line 2: there is no article “a2”; left out",
        "spans.csv, line 8: 0–4294967295 is no stretch of the text; the words are nowhere in the text; kept without a place in the text",
        "frames.csv, line 3: “speaker” belongs to what is not there; left out",
        "frames.csv, line 4:",
    ];
    assert_eq!(troubles.len(), starts.len(), "{troubles:#?}");
    for (trouble, start) in troubles.iter().zip(starts) {
        assert!(trouble.starts_with(start), "{trouble} is not {start}");
    }
}

#[test]
fn hostile_tables_do_no_harm() {
    let open = "article,annotation,type,start,end\na1,\"s,speaker,0,2\na1,t,speaker,0,2\n";
    let (_, troubles) = told(read(&[source("articles.csv", ARTICLES), source("spans.csv", open)]));
    assert!(troubles[0].starts_with("spans.csv: its quotation marks do not come in pairs"), "{troubles:?}");
    for text in ["", "\n", "\"", "\u{feff}", "id,text", "id,text\n\"", "article,annotation\n\0,\0\n", ",,,\n,,,", "id,name\n'=1,=1"] {
        told(read(&[source("a.csv", text), source("a.csv", text)]));
    }
    let formula = "id,title,text\na1,'=cmd,\"'-1\n\"\n";
    let foreign = read(&[source("a.csv", formula)]);
    assert_eq!((&*foreign.texts[0].title, &*foreign.texts[0].text), ("=cmd", "-1\n"));
}
