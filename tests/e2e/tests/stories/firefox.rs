//! Firefox: a desk there hears what it has to hear before it is left, or to be left in peace would mean nothing.

use standpoint_e2e::{Desk, seen, until};

#[test]
fn errors_breaches_of_the_policy_and_strayed_requests_are_heard() {
    let mut desk = Desk::in_firefox();
    desk.go("");
    assert_eq!(desk.complaints(), Vec::<String>::new());
    desk.script(
        "setTimeout(() => { throw new Error('a slip'); });
         Promise.reject(new Error('a broken promise'));
         fetch('https://127.0.0.1:49151/elsewhere').catch(() => {});
         new Image().src = 'https://127.0.0.1:49151/forbidden.png';",
    );
    let expected = ["a slip", "a broken promise", "request to https://127.0.0.1:49151/elsewhere", "forbidden.png"];
    let mut heard = Vec::new();
    until("a complaint of each kind", || {
        heard.extend(desk.complaints());
        seen(expected.iter().all(|part| heard.iter().any(|line| line.contains(part))), &heard)
    });
    // Firefox may say of the request, too, that it was refused.
    heard.retain(|line| !expected.iter().chain(["49151/elsewhere"].iter()).any(|part| line.contains(part)));
    assert_eq!(heard, Vec::<String>::new());

    desk.forgive("a slip");
    desk.script("setTimeout(() => { throw new Error('a slip'); }); setTimeout(() => { throw new Error('a fall'); });");
    let line = until("what is not forgiven", || desk.complaints().pop().ok_or_else(|| "silence".to_owned()));
    assert!(line.contains("a fall"), "{line}");
    desk.leave();
}
