// In every measured page before anything else: how long it is from an input event to the frame after the one that shows
// what it caused.
{
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const idle = () => new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
  const bench = (globalThis.bench = { frame, idle, last: 0, memory: () => 0 });
  for (const type of ["keydown", "pointerup"]) {
    addEventListener(type, (event) => { if (event.isTrusted) bench.last = event.timeStamp; }, true);
  }

  // The wasm memory of the page, if it has one.
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      const { memory } = (made.instance ?? made).exports;
      if (memory) bench.memory = () => memory.buffer.byteLength;
      return made;
    };
  }

  // The frame behind the one that shows it: what is found when a frame begins is what that frame draws.
  bench.painted = async (shown) => {
    do await frame(); while (!shown());
    await frame();
    return performance.now();
  };

  // Prepares `work` of `subject` for the n-th time; what is to be pressed or dragged, or nothing where a call is to be made.
  bench.before = async (work, n) => {
    const step = subject.steps[work];
    const input = (await step.before(n)) ?? null;
    await idle();
    await frame();
    bench.last = 0;
    bench.pending = (async () => {
      const began = performance.now();
      while (!bench.last || !step.shown()) {
        await frame();
        if (performance.now() - began > 100_000) throw new Error(`${work}, number ${n}: never seen; ${bench.last ? "the input came" : "no input came"}`);
      }
      // Where a tool tells only behind a frame that it has drawn, this one is already the next.
      if (!subject.tellsLate) await frame();
      return performance.now() - bench.last;
    })();
    bench.act = () => { bench.last = performance.now(); step.act(); };
    return input;
  };

  bench.settled = async () => {
    const state = () => document.querySelector("[data-save-state]")?.dataset.saveState;
    while (state() === "busy") await new Promise((done) => setTimeout(done, 5));
    return performance.now() - bench.last;
  };

  // From top to bottom in 180 frames: how long each took, in milliseconds, with the time of its end.
  bench.scroll = async (selector) => {
    const pane = document.querySelector(selector) ?? document.scrollingElement;
    pane.scrollTop = 0;
    await idle();
    await frame();
    const frames = [], began = performance.now(), most = pane.scrollHeight - pane.clientHeight;
    let last = await frame();
    for (let at = 1; at <= 180; at++) {
      pane.scrollTop = (most * at) / 180;
      const now = await frame();
      frames.push([now - began, now - last]);
      last = now;
    }
    pane.scrollTop = 0;
    return frames;
  };

  // Reads what a page measures without the tool's own format: paragraphs and spans.
  bench.plain = async () => {
    const address = new URLSearchParams(location.search).get("document");
    const plain = await (await fetch(address)).json();
    bench.source = address;
    const root = document.getElementById("content");
    for (const paragraph of plain.text.split("\n\n")) {
      const element = document.createElement("p");
      element.textContent = paragraph;
      root.append(element, "\n\n");
    }
    root.normalize();
    return plain;
  };

  // When the data that the page shows had arrived.
  bench.arrived = () => performance.getEntriesByType("resource").find((entry) => entry.name.endsWith(bench.source)).responseEnd;

  // The range of characters of a text, by a list of its text nodes.
  bench.ranges = (root) => {
    const nodes = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let length = 0;
    while (walker.nextNode()) {
      nodes.push([length, walker.currentNode]);
      length += walker.currentNode.length;
    }
    const point = (offset, isEnd) => {
      let low = 0, high = nodes.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (isEnd ? nodes[middle][0] < offset : nodes[middle][0] <= offset) low = middle; else high = middle;
      }
      return [nodes[low][1], offset - nodes[low][0]];
    };
    return (start, end) => {
      const range = document.createRange();
      range.setStart(...point(start, false));
      range.setEnd(...point(end, true));
      return range;
    };
  };

  // Puts words into the middle of the window and selects them; their range.
  bench.select = async (root, [start, end]) => {
    bench.ranges(root)(start, end).startContainer.parentElement.scrollIntoView({ block: "center" });
    await frame();
    await frame();
    // What was drawn meanwhile may have other nodes.
    const range = bench.ranges(root)(start, end);
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    await frame();
    await frame();
    return range;
  };
}
