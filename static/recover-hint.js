// When the app does not start, or stops, says where what is stored can be saved. The app announces that it has started by
// `data-revision`; until then any error counts, and later only one of the compiled program, which does not survive it.
"use strict";
(() => {
  const root = document.documentElement;
  let hint = null;
  const started = () => "revision" in root.dataset;
  const show = (what) => {
    if (hint?.isConnected || !document.body) return;
    hint = document.createElement("div");
    hint.className = "notices";
    hint.setAttribute("role", "alert");
    const [notice, words, link] = ["div", "p", "a"].map((name) => document.createElement(name));
    notice.className = "notice failed";
    [link.href, link.className, link.textContent] = ["recover.html", "link", "the recovery page"];
    words.append(`${what} Reload it. If that does not help, `, link, " saves what is stored on this device.");
    notice.append(words);
    hint.append(notice);
    document.body.append(hint);
  };
  const fail = (error) => {
    if (!started()) show("This page could not start.");
    else if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) show("This page has stopped.");
  };
  addEventListener("error", (event) => fail(event.error), true);
  addEventListener("unhandledrejection", (event) => fail(event.reason));
  const timer = setTimeout(() => started() || show("This page takes long to start."), 10_000);
  new MutationObserver((_, observer) => {
    if (!started()) return;
    observer.disconnect();
    clearTimeout(timer);
    hint?.remove();
  }).observe(root, { attributes: true, attributeFilter: ["data-revision"] });
})();
