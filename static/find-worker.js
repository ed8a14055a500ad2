// Regular expressions are tried here, beside the page: one that would never end is ended with this worker.
addEventListener("message", ({ data: { source, flags, text, most } }) => {
  try {
    const pattern = new RegExp(source, flags);
    const hits = [];
    for (let found; hits.length < 2 * most && (found = pattern.exec(text)); ) {
      if (found[0] === "") pattern.lastIndex += 1;
      else hits.push(found.index, pattern.lastIndex);
    }
    postMessage({ hits: Uint32Array.from(hits) });
  } catch (error) {
    postMessage({ error: error.message });
  }
});
