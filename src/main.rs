fn main() {
    use standpoint::{browser, ui};
    // Not in the task in which the program itself is begun, which is long enough.
    browser::spawn_local(async {
        browser::turn().await;
        ui::start(browser::place());
    });
}
