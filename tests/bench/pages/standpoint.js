// How the page itself is worked: by its keys.
{
  const article = () => document.querySelector("article[data-article]");
  const frameOf = () => document.querySelector("[data-frame]");
  const press = (key, more) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  let block, middle, had, seen;
  // What the segment at the chosen words carries.
  const here = () => {
    const segments = [...block.querySelectorAll("[data-start]")];
    return segments.findLast((segment) => Number(segment.dataset.start) <= middle)?.dataset.annotations ?? "";
  };
  const choose = async (n) => {
    press("Escape");
    press("Escape");
    const range = await bench.select(article(), subject.free[n]);
    // A selection that no pointer made is heard a moment later.
    while (!document.querySelector("[data-toolbar=tag]:not(.idle)")) await bench.frame();
    // Their middle: a selection snaps, and leaves a lonely quotation mark out.
    middle = (subject.free[n][0] + subject.free[n][1]) >> 1;
    block = range.startContainer.parentElement.parentElement;
    had = here();
  };
  const settle = async () => { await bench.settled(); await bench.idle(); };
  const key = (pressed, shown, prepare) => ({ before: async (n) => { await prepare?.(n); await settle(); return { keys: [pressed] }; }, shown });
  globalThis.subject = {
    free: [],
    steps: {
      add: key("s", () => here() !== had && !!frameOf(), choose),
      edge: key("]", () => frameOf().querySelector("blockquote").textContent !== seen, () => { seen = frameOf().querySelector("blockquote").textContent; }),
      delete: key("Delete", () => here() === had),
      undo: key("Ctrl+z", () => here() !== had),
      attribute: key("1", () => !!frameOf()?.querySelector("[data-option][aria-pressed=true]"), async (n) => {
        await choose(n);
        press("t");
        await bench.frame();
        press("Escape");
      }),
      role: key("Enter", () => !!frameOf()?.querySelector("[data-role=speaker] .chip-group"), async (n) => {
        await choose(n);
        press("c");
        while (!document.querySelector("[data-role=speaker] [data-candidate]")) await bench.frame();
      }),
      focus: key("j", () => frameOf() && frameOf().dataset.frame !== seen, () => { seen = frameOf()?.dataset.frame; }),
      cursor: key("ArrowRight", () => cursor() !== seen, async (n) => {
        await choose(n);
        press("ArrowRight");
        await bench.frame();
        seen = cursor();
      }),
    },
  };
  const cursor = () => [...CSS.highlights.values()].flatMap((highlight) => [...highlight]).map((range) => `${range.startContainer.data} ${range.startOffset}`).join();
}
