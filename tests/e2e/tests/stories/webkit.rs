//! WebKitGTK: what there counts a letter beyond Latin-1 double has room for the work because none is stored.

use standpoint_e2e::{Desk, seen, until};

use crate::steps::{ANA, until_save_state};

/// How many units local storage took in this browser when it was filled with `letter` to the last one.
fn capacity(desk: &Desk, letter: &str) -> u64 {
    let filled = desk.script_with(
        "const [letter] = arguments;
         localStorage.clear();
         let size = 0;
         for (let step = 1 << 23; step > 0; step >>= 1) {
           try { localStorage.setItem('x', letter.repeat(size + step)); size += step; } catch {}
         }
         localStorage.clear();
         return size;",
        serde_json::json!([letter]),
    );
    filled.as_u64().expect("a number")
}

#[test]
fn what_is_stored_is_ascii_because_all_else_costs_double() {
    let desk = Desk::in_webkit();
    desk.visit(Desk::BLANK);
    let (plain, curly) = (capacity(&desk, "a"), capacity(&desk, "’"));
    assert!(plain >= 5_000_000, "as much as the page counts on: {plain}");
    assert_eq!(plain / 2, curly, "a letter beyond Latin-1 costs double, or the page could do without its escapes");

    // A first visit stores texts full of such letters, and a note of them is stored, too.
    desk.go(ANA);
    desk.end_tour();
    assert!(desk.article_text().contains('’'));
    desk.select("Ali Akbar Ahmadian");
    desk.press("s");
    desk.wait_for(".frame textarea");
    desk.click(".frame textarea");
    desk.type_text("«who» ’tis שלום");
    desk.saved();
    let rows: Vec<(String, String)> = desk.storage().into_iter().filter(|(key, _)| key.starts_with("standpoint/")).collect();
    assert!(rows.iter().any(|(key, value)| key.ends_with("/a/seed-a/ana") && value.contains("\\u05e9")), "the note is there");
    let beyond: Vec<&(String, String)> = rows.iter().filter(|(key, value)| !key.is_ascii() || !value.is_ascii()).collect();
    assert!(beyond.is_empty(), "{beyond:?}");

    // Some of this family take storage away after a week, and the page says so where it matters.
    desk.click_command("storage");
    desk.wait_for_text("dialog .warning", &["seven days", "Home Screen"]);
    desk.shot("webkit-seven-days");
}

#[test]
fn the_work_outlives_a_full_local_storage_and_a_reload() {
    let desk = Desk::in_webkit();
    desk.go(ANA);
    desk.end_tour();
    desk.select("Ali Akbar Ahmadian");
    desk.press("s");
    desk.saved();
    desk.script("for (let size = 1 << 23; size > 0; size >>= 1) try { localStorage.setItem('x', (localStorage.getItem('x') ?? '') + 'x'.repeat(size)) } catch {}");
    desk.select("[Haniyeh], for his part");
    desk.press("s");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    desk.reload();
    let mine = "return [...document.querySelectorAll('[data-annotations]')].map((segment) => segment.textContent)";
    until("both speakers", || {
        let found = desk.script(mine);
        let words: Vec<&str> = found.as_array().into_iter().flatten().filter_map(|text| text.as_str()).collect();
        seen(words.contains(&"Ali Akbar Ahmadian") && words.contains(&"Haniyeh"), words)
    });
    assert_eq!(desk.alerts(), Vec::<String>::new());
    let kept = desk.database().into_iter().filter(|(key, _)| key.contains("/a/seed-a/ana/")).count();
    assert_eq!(kept, 2, "the database has both");
}
