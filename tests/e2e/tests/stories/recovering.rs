//! The recovery page: without the app it shows what is stored and hands it out as one file, and changes nothing.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Screen};

use crate::steps::tag;

/// A desk whose browser has these rows in its local storage and in its database, and has not opened the app.
#[track_caller]
fn with_rows(local: &Value, database: &Value) -> Desk {
    const PUT: &str = "
        const [local, rows] = arguments;
        for (const [key, value] of local) localStorage.setItem(key, value);
        return rows.length && new Promise((done, failed) => {
          const request = indexedDB.open('standpoint', 3);
          request.onupgradeneeded = () => request.result.createObjectStore('rows');
          request.onsuccess = () => {
            const change = request.result.transaction('rows', 'readwrite');
            for (const [key, value] of rows) change.objectStore('rows').put(value, key);
            change.oncomplete = () => { request.result.close(); done(rows.length); };
            change.onerror = () => failed(change.error);
          };
        })";
    let desk = Desk::bare();
    desk.visit(Desk::BLANK);
    desk.script_with(PUT, json!([local, database]));
    desk
}

/// Opens the page and waits until it has read everything; what it says of how much there is.
#[track_caller]
fn open_recovery(desk: &Desk) -> String {
    desk.visit("/recover.html");
    desk.wait_for_text("#status", &["read at"])
}

/// The databases with their versions, the rows of ours, and all of local storage.
#[track_caller]
fn stored(desk: &Desk) -> Value {
    desk.script(
        "const done = (request) => new Promise((done, failed) => {
           request.onsuccess = () => done(request.result);
           request.onerror = () => failed(request.error);
         });
         return (async () => {
           const databases = await indexedDB.databases(), rows = [];
           if (databases.some(({ name }) => name === 'standpoint')) {
             const database = await done(indexedDB.open('standpoint'));
             for (const name of database.objectStoreNames) {
               const store = database.transaction(name).objectStore(name);
               const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
               keys.forEach((key, index) => rows.push([key, values[index]]));
             }
             database.close();
           }
           return { databases, rows, local: Object.entries(localStorage).sort() };
         })()",
    )
}

/// The rows of the file that a button of the page hands out, sorted.
#[track_caller]
fn rows_of(desk: &Desk, button: &str) -> Vec<Value> {
    let file = desk.export_by(|desk| desk.click(button));
    let name = file.name();
    assert!(name.starts_with("standpoint-recovery-") && name.ends_with(".json"), "{name}");
    assert_eq!(file.project["format"], "standpoint-backup");
    assert_eq!(file.project["version"], 1);
    assert!(file.project["made"].as_str().is_some_and(|made| made.ends_with('Z')), "{}", file.project["made"]);
    sorted(file.list("rows").to_vec())
}

fn sorted(mut rows: Vec<Value>) -> Vec<Value> {
    rows.sort_by_key(Value::to_string);
    rows
}

/// Every row of both stores that is the app's; the same row of both stores once.
fn expected(stored: &Value) -> Vec<Value> {
    let own = |row: &&Value| row[0].as_str().is_some_and(|key| key.starts_with("standpoint/"));
    let lists = ["local", "rows"].iter().filter_map(|list| stored[list].as_array());
    let mut rows = sorted(lists.flatten().filter(own).cloned().collect());
    rows.dedup();
    rows
}

/// A value as the app stores it.
fn sealed(content: &Value) -> String {
    let json = content.to_string();
    assert!(json.is_ascii(), "{json} would need escapes");
    let crc = json.bytes().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    format!("1 {:08x} {json}", !crc)
}

fn project(id: &str, title: &str) -> [String; 2] {
    let record = json!({ "id": id, "title": title, "modified": "2026-11-20T10:00:00.000Z" });
    [format!("standpoint/1/{id}/r/project"), sealed(&json!([{ "kind": "project", "record": record }]))]
}

/// The annotations of `ana` on the article `x`, by their ids; those in brackets are deleted ones.
fn layer(project: &str, below: &str, ids: &[&str]) -> [String; 2] {
    let strings: Vec<&str> = ids.iter().map(|id| id.trim_matches(['[', ']'])).collect();
    let row = |(number, id): (usize, &&str)| match id.starts_with('[') {
        true => json!([number, [0, 1], 1_767_225_600_000_u64, 0]),
        false => json!([number, [0, 1], 1_767_225_600_000_u64, 0, 0, [0, 2]]),
    };
    let rows: Vec<Value> = ids.iter().enumerate().map(row).collect();
    [format!("standpoint/1/{project}/a/x/ana{below}"), sealed(&json!(["x", "ana", strings, rows]))]
}

/// What the table says of a project, cell by cell.
#[track_caller]
fn facts(desk: &Desk, project: &str) -> Vec<String> {
    desk.visible_texts(&format!("[data-project=\"{project}\"] tr:first-child > :is(th, td)"))
}

#[test]
fn what_the_app_stored_comes_out_whole() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    open_recovery(&desk);
    let before = stored(&desk);
    let facts = facts(&desk, "seed-articles");
    assert!(facts[0].starts_with("Sample: two articles"), "{facts:?}");
    assert_eq!((facts[1].as_str(), facts[2].as_str()), ("2", "19"), "{facts:?}");
    assert!(facts[6].ends_with(" sound") && !facts[6].contains("damaged"), "{facts:?}");
    assert_eq!(rows_of(&desk, "#everything"), expected(&before));
    desk.wait_for_text("#status", &["standpoint-recovery-", "downloads"]);
    assert_eq!(stored(&desk), before, "it only reads");
    desk.click("header a");
    desk.wait_for_article("seed-a");
    desk.leave();
}

#[test]
fn both_stores_are_read_and_what_is_damaged_is_shown() {
    let (twin, markup) = (project("p", "Two stores"), project("q", "<b>bold</b><script>window.hacked = 1</script>"));
    let (mirror, one, gone) = (layer("p", "", &["i1", "i2", "[i4]"]), layer("p", "/i1", &["i1"]), layer("p", "/i3", &["i3"]));
    let [key, value] = project("p", "Changed since");
    let damaged = [key.replace("project", "scheme"), value.replace("Changed", "Chanqed")];
    let newer = ["standpoint/1/p/r/entity/e".to_owned(), value.replacen('1', "2", 1)];
    let aside = ["standpoint/quarantine/standpoint/1/p/a/x/ben", "junk"];
    let restore = ["standpoint/restore/p/2026-11-20T10:00:00.000Z".to_owned(), sealed(&json!([]))];
    let local = json!([twin, mirror, markup, aside, ["standpoint/theme", "dark"], ["standpoint/order/p", "x"], ["foreign", "left alone"]]);
    let database = json!([twin, one, gone, damaged, newer, restore, [format!("{key}7"), "of no known shape"], [7, { "no": ["text"] }]]);
    let desk = with_rows(&local, &database);
    let before = stored(&desk);
    let amount = open_recovery(&desk);
    assert!(amount.starts_with("2 projects, 13 rows, "), "{amount}");

    assert_eq!(facts(&desk, "p")[..4], ["Two stores\np", "0", "3", "both stores"]);
    assert_eq!(facts(&desk, "p")[6], "5 sound\n1 newer\n1 damaged\n1 put aside");
    assert_eq!(facts(&desk, "q")[..4], ["<b>bold</b><script>window.hacked = 1</script>\nq", "0", "0", "local storage only"]);
    assert_eq!(desk.script("return [document.querySelectorAll('main b, main script').length, window.hacked ?? null]"), json!([0, null]));
    desk.click("[data-project=p] summary");
    desk.wait_for_text("[data-project=p] li", &[&damaged[0], "checksum"]);
    assert_eq!(desk.visible_texts("[data-project=p] li").len(), 1);
    for (kind, words) in [("aside", "1 row put aside"), ("restore", "1 restore point"), ("setting", "2 settings"), ("unknown", "2 rows")] {
        desk.wait_for_text(&format!("[data-kind={kind}] summary"), &[words]);
    }

    let mut everything = expected(&before);
    everything.push(json!(["7", "{\"no\":[\"text\"]}"]));
    assert_eq!(rows_of(&desk, "#everything"), sorted(everything.clone()));
    let of_project = |row: &Value| {
        let key = row[0].as_str().unwrap_or_default().trim_start_matches("standpoint/quarantine/");
        ["standpoint/1/p/", "standpoint/restore/p/"].iter().any(|start| key.starts_with(start)) && !key.ends_with('7')
    };
    assert_eq!(rows_of(&desk, "[data-project=p] button"), sorted(everything.into_iter().filter(of_project).collect()));
    assert_eq!(stored(&desk), before, "it only reads");
    desk.leave();
}

#[test]
fn nothing_stored_is_said_and_nothing_is_made() {
    let desk = with_rows(&json!([]), &json!([]));
    // A browser that does not list its databases has to be asked for it.
    for lists in [true, false] {
        if !lists {
            desk.before_each_page("self.lists = IDBFactory.prototype.databases; delete IDBFactory.prototype.databases;");
        }
        let said = open_recovery(&desk);
        assert!(said.starts_with("Nothing was found"), "{said}");
        desk.wait_for_text("h2", &["Nothing of Standpoint’s is stored here for", desk.site().origin()]);
        assert!(!desk.sees("#everything") && !desk.sees("table"));
        desk.script("if (self.lists) IDBFactory.prototype.databases = lists");
        assert_eq!(stored(&desk), json!({ "databases": [], "rows": [], "local": [] }));
    }
    desk.leave();
}

#[test]
fn a_store_that_is_denied_or_silent_does_not_keep_the_other_back() {
    let (local, database) = (project("l", "In local storage"), project("d", "In the database"));
    let desk = with_rows(&json!([local]), &json!([database]));
    // What is run before each page stays, so the address says what it is to do.
    desk.before_each_page(
        "const refuse = () => { throw new DOMException('denied', 'SecurityError'); };
         if (location.hash.includes('local')) Object.defineProperty(window, 'localStorage', { get: refuse });
         if (location.hash.includes('database')) Object.defineProperty(window, 'indexedDB', { get: refuse });
         if (location.hash.includes('silent')) IDBFactory.prototype.open = () => ({});",
    );
    let visit = |hash: &str| {
        desk.visit(Desk::BLANK);
        desk.visit(&format!("/recover.html#{hash}"));
    };
    visit("local");
    desk.wait_for_text("[role=alert]", &["local storage", "denied", "reload"]);
    assert_eq!(rows_of(&desk, "#everything"), [json!(database)]);
    visit("database");
    desk.wait_for_text("[role=alert]", &["database", "denied", "reload"]);
    assert_eq!(rows_of(&desk, "#everything"), [json!(local)]);
    visit("local,database");
    desk.wait_for_text("[role=alert]", &["local storage", "database"]);
    assert!(!desk.sees("#everything") && !desk.sees("#nothing"), "what can’t be read may be there all the same");
    visit("silent");
    desk.wait_for_text("[role=alert]", &["database has not answered", "other tabs"]);
    assert_eq!(rows_of(&desk, "#everything"), [json!(local)]);
    desk.leave();
}

#[test]
fn the_recovery_page_fits_and_can_be_read() {
    let long = "Bundesverfassungsgerichtspraesidentschaftskandidatinnenvorstellungsgespraech".repeat(3);
    let [key, value] = project("long", &long);
    let bad: Vec<[String; 2]> =
        (0..3).map(|n| [key.replace("project", &format!("entity/{}{n}", "e".repeat(60))), value.replace('1', "x")]).collect();
    let other = [format!("standpoint/quarantine/{long}"), value.clone()];
    let desk = with_rows(&json!([[key, value], other, bad[0], bad[1]]), &json!([bad[2], project("p", "P"), layer("p", "/i", &["i"])]));
    let mut findings = Vec::new();
    for screen in [Screen::Desk, Screen::Phone] {
        for shade in ["light", "dark"] {
            desk.on(screen);
            desk.shade(shade);
            open_recovery(&desk);
            let name = format!("recovery-{screen:?}-{shade}").to_lowercase();
            desk.shot(&name);
            desk.script("for (const list of document.querySelectorAll('details')) list.open = true");
            // The page scrolls as a whole, so that a control may be further down.
            let misfits = desk.misfits().into_iter().filter(|line| !line.contains(" down to "));
            findings.extend(misfits.chain(desk.faint_texts()).map(|line| format!("{name}: {line}")));
        }
    }
    assert_eq!(findings, Vec::<String>::new());
    desk.leave();
}

#[test]
fn an_app_that_does_not_start_or_stops_names_the_recovery_page() {
    let mut desk = with_rows(&json!([project("p", "Still here")]), &json!([]));
    desk.forgive("WebAssembly");
    desk.before_each_page("if (!location.hash) delete self.WebAssembly");
    desk.visit("/");
    desk.wait_for_text("[role=alert] .notice", &["could not start", "recovery page"]);
    for shade in ["light", "dark"] {
        desk.shade(shade);
        assert_eq!(desk.faint_texts(), Vec::<String>::new());
    }
    desk.click("[role=alert] a");
    desk.wait_for_text("[data-project=p]", &["Still here"]);

    // One that started says nothing, until the compiled program fails: any other error may be a stranger's.
    desk.go("?annotator=ana#starts");
    let fail = |error: &str| desk.script(&format!("dispatchEvent(new ErrorEvent('error', {{ error: new {error}('unreachable') }}))"));
    fail("TypeError");
    assert!(!desk.sees("[role=alert] .notice"));
    fail("WebAssembly.RuntimeError");
    desk.wait_for_text("[role=alert] .notice", &["has stopped", "recovery page"]);
    desk.leave();
}
