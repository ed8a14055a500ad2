//! A lead assigns articles, hosts the project, and each annotator finds what is theirs.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Host, Upload, assert_sound, seen, until};

use crate::steps::{by_palette, pictures, tag};

/// Articles of six lengths, each with words of its own.
fn texts() -> Vec<Upload> {
    let text = |n: usize| format!("Speaker {n} said so.\n\n{}\n", vec![format!("word{n}"); 40 * n].join(" "));
    (1..=6).map(|n| Upload::new(&format!("news-{n}.txt"), text(n))).collect()
}

#[track_caller]
fn listed(desk: &Desk) -> Vec<String> {
    let script = "return [...document.querySelectorAll('[data-open-article]')].map((button) => button.dataset.openArticle)";
    standpoint_e2e::strings(&desk.script(script))
}

#[track_caller]
fn until_listed(desk: &Desk, articles: &[String]) {
    until("the list of articles", || seen(listed(desk) == articles, listed(desk)));
}

/// What a file says that somebody is to read, in order.
fn assigned(project: &Value, name: &str) -> Vec<String> {
    let annotators = project["annotators"].as_array().expect("a list");
    let id = annotators.iter().find(|annotator| annotator["name"] == name).expect("an annotator")["id"].clone();
    let all = project["assignments"].as_array().expect("a list").iter().filter(|of| of["annotator"] == id);
    let mut own: Vec<(u64, String)> =
        all.map(|of| (of["place"].as_u64().expect("a place"), of["article"].as_str().expect("an id").to_owned())).collect();
    own.sort();
    own.into_iter().map(|(_, article)| article).collect()
}

#[test]
fn articles_are_assigned_hosted_and_found_by_each_annotator() {
    let mut host = Host::start();
    let lead = Desk::bare().before_host(&host);
    lead.go("?annotator=Lena");
    lead.end_tour();
    lead.import(&texts());
    until("the articles", || seen(listed(&lead).len() == 8, listed(&lead)));
    lead.saved();
    let before = lead.export();

    // Wishes that can't be met are told while one types; what they would come to is seen before it is so.
    by_palette(&lead, "assign", "Assign articles");
    lead.wait_for_keyboard("[data-assign=names]");
    lead.script("document.querySelector('[data-assign=names]').select()");
    lead.type_text("Ana\nBo\nCem");
    lead.tab_to("[data-assign=each-by]");
    lead.script("document.querySelector('[data-assign=each-by]').select()");
    lead.type_text("4");
    lead.wait_for_text("dialog .warning", &["Each article by 4 takes as many annotators; there are 3."]);
    assert_eq!(lead.is_enabled("assign-now"), Some(false));
    lead.press("Backspace");
    lead.type_text("2");
    lead.tab_to("[data-assign=others]");
    lead.press("Space");
    until("a row each", || {
        let rows = lead.visible_texts("[data-list=shares] tbody tr");
        seen(rows.len() == 3 && ["Ana", "Bo", "Cem"].iter().zip(&rows).all(|(name, row)| row.starts_with(name)), rows)
    });
    pictures(&lead, "assign");
    assert_eq!(lead.barriers(), Vec::<String>::new());
    lead.tab_to("[data-command=assign-now]");
    lead.press("Enter");
    lead.wait_for_text("dialog [role=status]", &["Assigned."]);
    let links = lead.value("[data-assign=links]").expect("links");
    let expected: Vec<String> = ["Ana", "Bo", "Cem"].iter().map(|name| format!("{name}: {}?annotator={name}", host.address())).collect();
    assert_eq!(links.lines().collect::<Vec<_>>(), expected);
    lead.press("Escape");
    lead.wait_gone("dialog");
    lead.saved();
    let handed_out = lead.export();
    let shares: Vec<Vec<String>> = ["Ana", "Bo", "Cem"].iter().map(|name| assigned(&handed_out.project, name)).collect();
    let all = before.articles().iter().map(|article| article["id"].as_str().expect("an id"));
    for article in all {
        assert_eq!(shares.iter().filter(|share| share.iter().any(|id| id == article)).count(), 2, "{article} by two");
    }
    assert_eq!(handed_out.project["project"]["others"], "hidden");
    assert_sound(&[&handed_out]);
    // One step, which is taken back and done again; all of it is there after a reload, and whoever leads sees all.
    lead.press("Ctrl+z");
    until("nothing assigned", || seen(lead.export().list("assignments").is_empty(), ()));
    lead.press("Ctrl+Shift+z");
    lead.saved();
    lead.reload();
    let again = lead.export();
    assert_eq!(again.list("assignments").len(), 16);
    assert_eq!(["Ana", "Bo", "Cem"].map(|name| assigned(&again.project, name)), shares[..], "done again");
    let handed_out = again;
    assert_eq!(listed(&lead).len(), 8);
    host.put("project.json", handed_out.text());

    let mut files = Vec::new();
    for (name, own) in ["Ana", "Bo"].iter().zip(&shares) {
        let desk = Desk::bare().before_host(&host);
        desk.go(&format!("?annotator={name}"));
        desk.end_tour();
        until_listed(&desk, own);
        desk.wait_for_article(&own[0]);
        desk.wait_for_text(".left h2", &[&format!("Articles · 0 of {} done", own.len())]);
        assert!(!desk.sees("[data-command=list-all]"), "others’ articles are not offered where others’ work is hidden");
        assert_eq!(desk.visible_texts(".layers li").len(), 1, "the sample’s own layer is another’s");
        let speaker = |id: &String| handed_out.article(id)["text"].as_str().and_then(|text| text.strip_prefix("Speaker ")?.get(..1));
        let (picked, n) = own.iter().find_map(|id| Some((id, speaker(id)?))).expect("one of the six");
        desk.click(&format!("[data-open-article={picked}]"));
        desk.wait_for_article(picked);
        tag(&desk, &format!("[Speaker {n}] said so"), "speaker");
        desk.press("D");
        desk.wait_for_text(".left h2", &[&format!("Articles · 1 of {} done", own.len())]);
        pictures(&desk, &format!("assigned-{name}"));
        desk.saved();
        desk.reload();
        until_listed(&desk, own);
        desk.press("H");
        desk.wait_for_text("dialog [data-list=hand-in]", &[&format!("1 annotation in 1 of {} articles", own.len())]);
        let file = desk.export_by(|desk| desk.click_command("download-hand-in"));
        files.push(Upload::new(file.name(), file.text()));
        desk.leave();
    }

    // The lead has both layers, and sees in the dialog how far each is.
    lead.import(&files);
    until("both layers", || {
        let layers = lead.visible_texts(".layers li");
        seen(["Ana", "Bo"].iter().all(|name| layers.iter().any(|layer| layer.contains(name))), layers)
    });
    by_palette(&lead, "assign", "Assign articles");
    lead.wait_for_text("dialog .warning", &["Every article is assigned to somebody already."]);
    lead.click("[data-assign=all]");
    lead.wait_for_text("[data-list=shares]", &["Has now", "1 done"]);
    pictures(&lead, "assign-again");
    lead.press("Escape");
    lead.wait_gone("dialog");
    let merged = lead.export();
    assert_eq!(merged.list("assignments"), handed_out.list("assignments"), "what is handed in says nothing of who gets what");
    assert_sound(&[&merged]);

    // Once the lead shows others' work, the next visit shows it, and all articles can be listed; where texts lie in files of their own,
    // only those come that are read.
    let mut shown = merged.project.clone();
    shown["project"]["others"] = json!("shown");
    for article in shown["articles"].as_array_mut().expect("a list") {
        let name = format!("articles/{}.txt", article["id"].as_str().expect("an id"));
        host.put(&name, article["text"].as_str().expect("a text"));
        article["text"] = json!({ "href": name });
    }
    host.put("project.json", shown.to_string());
    let desk = Desk::bare().before_host(&host);
    desk.go("?annotator=Cem");
    desk.end_tour();
    until_listed(&desk, &shares[2]);
    desk.wait_for_article(&shares[2][0]);
    let texts = host.asked().iter().filter(|path| path.ends_with(".txt")).count();
    assert!((1..=2).contains(&texts), "{texts} of eight: the first of the list, and the first of the project at most");
    desk.click_command("list-all");
    until("all of them", || seen(listed(&desk).len() == 8, listed(&desk)));
    assert!(desk.visible_texts(".layers li").len() >= 3, "{:?}", desk.visible_texts(".layers li"));
    pictures(&desk, "assigned-all");
    desk.leave();
    lead.leave();
    host.cut();
}
