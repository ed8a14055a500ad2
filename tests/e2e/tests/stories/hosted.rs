//! A project that a lead hosts, behind nginx as the guide for hosts sets it up: handed out, worked on with the network cut, handed in, merged.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, Host, Screen, Upload, seen, until};

use crate::steps::tag;

/// Waits until the page is kept on the device.
#[track_caller]
fn kept(desk: &Desk) {
    desk.wait_for("html[data-offline=ready]");
}

/// Somebody who opens the host's page for the first time.
#[track_caller]
fn opened(host: &Host) -> Desk {
    let desk = Desk::bare().before_host(host);
    desk.go("?annotator=Ana");
    desk.end_tour();
    desk
}

/// What a lead puts beside the page: the sample under another title.
fn hand_out(host: &Host) -> Value {
    let mut project: Value = serde_json::from_str(&host.read("project.json")).expect("the sample");
    project["project"]["title"] = json!("Iran talks");
    project
}

/// What is on one's own desk, as a file to be handed in.
#[track_caller]
fn hand_in(desk: &Desk, name: &str) -> Export {
    desk.press("H");
    desk.wait_for("#hand-in-name");
    assert_eq!(desk.value("#hand-in-name").as_deref(), Some(name));
    let export = desk.export_by(|desk| desk.click_command("download-hand-in"));
    desk.wait_for_text("dialog [role=status]", &["Saved as", export.name()]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    export
}

/// Two people, each with a profile and a browser of their own, and a lead with a third: each of the two opens the link, loses the network,
/// reloads, annotates and hands in; the lead drops both files on the page.
fn a_team_at_work(desk: fn() -> Desk) {
    let mut host = Host::start();
    let handed_out = hand_out(&host);
    host.put("project.json", handed_out.to_string());
    let (mut files, mut uploads) = (Vec::new(), Vec::new());
    for (name, words) in [("Ana", "[Haniyeh], for his part, recognized"), ("Bo", "[Ahmadian] said")] {
        let mut desk = desk().before_host(&host);
        // Asked for in vain, once the network is gone.
        desk.forgive("project.json");
        desk.go(&format!("?annotator={name}"));
        desk.end_tour();
        desk.wait_for_text(".bar .project", &["Iran talks"]);
        kept(&desk);
        desk.saved();
        host.cut();
        desk.reload();
        desk.wait_for_article("seed-a");
        desk.wait_for_text(".bar .project", &["Iran talks"]);
        tag(&desk, words, "speaker");
        tag(&desk, "[Nakhala]", "speaker");
        desk.saved();
        let file = hand_in(&desk, name);
        assert!(file.name().starts_with(&format!("iran-talks.{}.20", name.to_lowercase())), "{}", file.name());
        assert!(file.annotations().iter().all(|record| record["annotator"] == name), "nothing of others is handed in");
        assert_eq!(file.annotations().len(), 2);
        // Its folder goes with the browser.
        uploads.push(Upload::new(file.name(), file.text()));
        files.push(file);
        desk.leave();
        host.connect();
    }

    let lead = desk().before_host(&host);
    lead.go("?annotator=Lena");
    lead.end_tour();
    lead.import(&uploads);
    until("both layers", || {
        let layers = lead.visible_texts(".layers li");
        seen(["Ana", "Bo"].iter().all(|name| layers.iter().any(|layer| layer.contains(name))), layers)
    });
    lead.saved();
    let merged = lead.export();
    let mut expected: Vec<Value> =
        handed_out["annotations"].as_array().expect("a list").iter().map(|record| record["id"].clone()).collect();
    for file in &files {
        for record in file.annotations() {
            expected.push(record["id"].clone());
            let found = merged.annotations().iter().find(|other| other["id"] == record["id"]);
            assert_eq!(found, Some(record), "as it was handed in");
        }
    }
    let mut found: Vec<Value> = merged.annotations().iter().map(|record| record["id"].clone()).collect();
    let by_id = |id: &Value| id.to_string();
    expected.sort_by_key(by_id);
    found.sort_by_key(by_id);
    assert_eq!(found, expected, "exactly the union");
    assert_eq!(merged.list("conflicts"), [] as [Value; 0]);
    lead.leave();
}

#[test]
fn a_team_works_without_a_network_and_its_work_is_merged() {
    a_team_at_work(Desk::bare);
}

#[test]
fn a_team_works_so_in_firefox_too() {
    a_team_at_work(Desk::in_firefox);
}

#[test]
fn the_host_sends_what_the_guide_says_and_the_page_can_be_installed() {
    let host = Host::start();
    let desk = opened(&host);
    kept(&desk);
    let names = host.names();
    let hashed =
        |ending: &str| names.iter().find(|name| name.starts_with("page-") && name.ends_with(ending)).expect("a hashed file").clone();
    let (never, year) = ("no-cache", "public, max-age=31536000, immutable");
    for (name, caching, of_type) in [
        (hashed(".wasm"), year, "application/wasm"),
        (hashed(".js"), year, "application/javascript; charset=utf-8"),
        ("index.html".to_owned(), never, "text/html; charset=utf-8"),
        ("project.json".to_owned(), never, "application/json; charset=utf-8"),
    ] {
        let told = host.headers(&name);
        let says = |header: &str| told.iter().find(|(name, _)| name == header).map(|(_, value)| value.as_str());
        assert_eq!(says("cache-control"), Some(caching), "{name}");
        assert_eq!(says("content-type"), Some(of_type), "{name}");
        assert_eq!(says("content-encoding"), (name != "project.json").then_some("br"), "{name}");
        assert_eq!(says("referrer-policy"), Some("no-referrer"), "{name}");
        assert_eq!(says("x-content-type-options"), Some("nosniff"), "{name}");
        assert_eq!(says("content-security-policy"), Some("frame-ancestors 'self'"), "{name}");
    }
    assert_eq!(desk.devtools("Page.getInstallabilityErrors")["installabilityErrors"], json!([]));
    desk.leave();
}

/// Another build, which differs from this one by its name alone.
fn rebuild(host: &Host) {
    let worker = host.read("worker.js");
    let (before, rest) = worker.split_once("const BUILD = \"").expect("a build has a name");
    let (_, after) = rest.split_once('"').expect("a name has an end");
    host.put("worker.js", format!("{before}const BUILD = \"next\"{after}"));
    for variant in ["worker.js.br", "worker.js.gz"] {
        host.remove(variant);
    }
}

#[test]
fn a_newer_version_is_announced_and_waits_for_the_person() {
    let host = Host::start();
    let desk = opened(&host);
    kept(&desk);
    rebuild(&host);
    desk.reload();
    const NEWER: &str = ".notice [data-command=renew]";
    desk.wait_for(NEWER);
    desk.script("self.stays = true");
    tag(&desk, "[Nakhala]", "speaker");
    let caches = "return caches.keys()";
    assert_eq!(desk.script(caches).as_array().map(Vec::len), Some(2), "both are kept until one is left");
    assert_eq!(desk.script("return self.stays"), json!(true), "nobody was pushed");
    desk.saved();
    desk.click(NEWER);
    until("the newer one", || seen(desk.script("return self.stays ?? null").is_null(), "the older one"));
    desk.wait_until_open();
    until("older files to go", || {
        let names = desk.script(caches);
        seen(names.as_array().is_some_and(|names| names.len() == 1 && names[0].as_str().is_some_and(|name| name.ends_with("next"))), names)
    });
    assert_eq!(desk.export().work_of("Ana").len(), 1);
    desk.leave();
}

#[test]
fn a_host_that_changes_files_or_speaks_plain_http_leaves_a_page_that_works() {
    let host = Host::start();
    let index = host.read("index.html");
    host.put("index.html", index.replace("</body>", "<!-- counted -->\n</body>"));
    for variant in ["index.html.br", "index.html.gz"] {
        host.remove(variant);
    }
    let mut desk = Desk::bare().before_host(&host);
    desk.forgive("integrity");
    desk.go("?annotator=Ana");
    desk.end_tour();
    desk.wait_for("html[data-offline=failed]");
    tag(&desk, "[Nakhala]", "speaker");
    desk.saved();
    desk.click_command("storage");
    desk.wait_for_text("[data-without-network=failed]", &["the host changes its files"]);
    desk.leave();

    let host = Host::start();
    let desk = Desk::bare().before_host(&host);
    desk.before_each_page("Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })");
    desk.go("?annotator=Ana");
    desk.end_tour();
    desk.wait_for("html[data-offline=not-here]");
    tag(&desk, "[Nakhala]", "speaker");
    desk.saved();
    assert_eq!(hand_in(&desk, "Ana").annotations().len(), 1);
    desk.leave();
}

#[test]
fn what_is_new_at_the_host_is_merged_and_own_work_stays() {
    let mut host = Host::start();
    let mut project = hand_out(&host);
    host.put("project.json", project.to_string());
    let desk = opened(&host);
    tag(&desk, "[Nakhala]", "speaker");
    desk.saved();
    let before = desk.export().work_of("Ana");
    assert_eq!(before.len(), 1);

    // By hand, without versions: what the host says now counts, since nobody has changed it here.
    project["project"]["guidelines"] = json!("# Speakers\n\nOnly who is quoted.");
    project["articles"].as_array_mut().expect("a list").push(json!({ "id": "third", "title": "A third", "text": "Raisi said no." }));
    host.put("project.json", project.to_string());
    desk.go("?annotator=Ana");
    desk.wait_for_text("[role=status] .notice p", &["hosted project", "merged"]);
    desk.wait_for("[data-open-article=third]");
    let export = desk.export();
    assert_eq!(export.work_of("Ana"), before);
    assert_eq!(export.project["project"]["guidelines"], project["project"]["guidelines"]);
    assert_eq!(export.list("conflicts"), [] as [Value; 0]);
    desk.saved();
    // Said once: no news is not told.
    until("the edition to be remembered", || {
        let marks = desk.storage().into_iter().filter(|(key, _)| key.starts_with("standpoint/hosted/")).collect::<Vec<_>>();
        desk.go("?annotator=Ana");
        seen(!desk.sees(".notice"), marks)
    });

    // With no network the copy opens, by the link, too.
    host.put("team.json", project.to_string());
    desk.go("?project=team.json&annotator=Ana");
    kept(&desk);
    desk.saved();
    until("the address to be remembered", || {
        let marks =
            desk.storage().into_iter().filter(|(key, value)| key.starts_with("standpoint/hosted/") && value.contains("team.json")).count();
        seen(marks == 1, marks)
    });
    host.cut();
    let mut desk = desk;
    desk.forgive("team.json");
    desk.go("?project=team.json&annotator=Ana");
    desk.wait_for_text("[role=alert] .notice p", &["as it is on this device"]);
    assert_eq!(desk.export().work_of("Ana"), before);

    // The same id without one article in common is another project.
    host.connect();
    project["articles"] = json!([{ "id": "elsewhere", "title": "Elsewhere", "text": "She agreed." }]);
    project["annotations"] = json!([]);
    project["progress"] = json!([]);
    project["project"]["title"] = json!("Another team");
    host.put("team.json", project.to_string());
    desk.go("?project=team.json&annotator=Ana");
    desk.wait_for_text(".bar .project", &["Another team"]);
    assert_eq!(desk.export().articles().len(), 1);
    desk.saved();
    desk.go("");
    desk.click(".bar .project");
    until("both projects in the list", || {
        let rows = desk.visible_texts("[data-project] .project-card");
        seen(rows.len() == 2, rows)
    });

    // Taken off the device, nothing of it is left: pages of the same origin could read it.
    let of_it = |desk: &Desk| {
        let rows = desk.storage().into_iter().chain(desk.database());
        rows.filter(|(key, _)| key.split('/').any(|part| part == "seed-articles")).map(|(key, _)| key).collect::<Vec<_>>()
    };
    assert!(!of_it(&desk).is_empty());
    desk.click("[data-project=seed-articles] [data-command=delete-project]");
    desk.wait_for("dialog form.confirming input:focus");
    desk.type_text("Iran talks");
    desk.click_command("confirm-delete");
    until("all of it to be gone", || seen(of_it(&desk).is_empty(), of_it(&desk)));
    desk.leave();
}

#[test]
fn two_people_under_one_name_are_told_apart_when_they_hand_in() {
    let host = Host::start();
    let desk = opened(&host);
    tag(&desk, "[Nakhala]", "speaker");
    desk.saved();
    let first = hand_in(&desk, "Ana");
    let first = Upload::new(first.name(), first.text());
    desk.leave();

    let other = Desk::bare().before_host(&host);
    other.go("?annotator=Ana");
    other.end_tour();
    other.press("H");
    other.wait_for_text("dialog", &["nothing to hand in"]);
    other.press("Escape");
    tag(&other, "[Haniyeh], for his part, recognized", "speaker");
    other.import(&[first]);
    other.wait_for_text("[role=status] .notice p", &["merged"]);
    other.press("H");
    other.wait_for_text("dialog [data-elsewhere]", &["1 of your annotations was", "another device"]);
    other.leave();
}

#[test]
fn lighthouse_gives_full_marks() {
    let desk = Desk::open("?annotator=ana");
    assert_eq!(desk.lacks_full_marks(&["accessibility", "best-practices", "seo"]), Vec::<String>::new());
    desk.leave();
}

/// The largest text of a first visit is the one that is there before the program is: nobody waits for it.
#[test]
fn what_a_first_visit_reads_first_is_the_largest() {
    const LARGEST: &str = "const seen = new PerformanceObserver(() => {}); \
        seen.observe({ type: 'largest-contentful-paint', buffered: true }); \
        return seen.takeRecords().map(({ element, size }) => [element?.textContent.slice(0, 60) ?? 'gone', size])";
    for screen in [Screen::Desk, Screen::Phone] {
        let desk = Desk::bare();
        desk.on(screen);
        desk.go("?annotator=ana");
        let painted = desk.script(LARGEST);
        let last = painted.as_array().and_then(|paints| paints.last()).unwrap_or_else(|| panic!("nothing painted on {screen:?}"));
        // The app has taken it away.
        assert_eq!(last[0], "gone", "{screen:?}: {painted}");
        desk.leave();
    }
}
