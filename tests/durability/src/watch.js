// Looks at the page from inside: what it says of itself, every version of every record that it would export, and what each
// edit wrote of them, read in the same task as the edit, so that nothing can come between.
if (!window.watch) {
  // An export is caught on its way to the disk.
  let exported = null;
  window.Blob = class extends Blob {
    constructor(parts = [], options = {}) {
      super(parts, options);
      if (options.type === "application/json") exported = parts.join("");
    }
  };
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) HTMLElement.prototype.click.call(this);
  };

  const KINDS = {
    annotators: "annotator", assignments: "assignment", entities: "entity", articles: "article", annotations: "annotation",
    progress: "progress",
  };

  const versioned = (kind, record, deleted) => {
    const { version, created, modified, text, ...content } = record;
    const key = [kind, content.article, content.annotator, content.id].filter(Boolean).join(" ");
    return version && { key, version, content: deleted ? null : content };
  };

  const of = (project) => {
    const lists = Object.entries(KINDS).flatMap(([list, kind]) => project[list].map((record) => versioned(kind, record, false)));
    const rivals = project.conflicts.map(({ kind, record, deleted }) => versioned(kind, record ?? deleted, !record));
    const deleted = project.deleted.map(({ kind, ...record }) => versioned(kind, record, true));
    return [...lists, ...rivals, ...deleted].filter(Boolean);
  };

  // The page makes the file within the task in which it is asked to, unless it has to read for it.
  const versions = async () => {
    exported = null;
    document.querySelector("button[data-command=export-project]").click();
    for (let turn = 0; exported === null; turn++) {
      await (turn < 1000 ? null : new Promise((done) => setTimeout(done, 1)));
    }
    return of(JSON.parse(exported));
  };

  // Every version that was seen, and the revision that stood on the page then; what is new after an edit is what it wrote.
  let seen = new Set();
  let shown = null;
  const made = [];
  const news = async () => {
    const all = (await versions()).map((version) => [JSON.stringify(version), version]);
    const fresh = all.filter(([text]) => !seen.has(text)).map(([, version]) => version);
    seen = new Set(all.map(([text]) => text));
    shown = document.documentElement.dataset.revision;
    return fresh;
  };
  const note = async (name) => {
    const before = shown;
    const fresh = await news();
    if (fresh.length) made.push({ name, versions: fresh, shown: before });
  };

  // Keys that can change a record; the arrows and j and k can't. The page listens on the window too, since before.
  const MOVES = /^(Arrow|Shift$|Control$|[jk]$)/;
  let noting = Promise.resolve();
  addEventListener("keydown", ({ key, ctrlKey }) => {
    if (!MOVES.test(key)) noting = note(ctrlKey ? `Ctrl ${key}` : key);
  });

  const words = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent.trim());
  const look = () => ({
    ...document.documentElement.dataset,
    saving: document.querySelector("[data-save-state]")?.dataset.saveState ?? null,
    says: words("[data-save-state]").join(" "),
    alerts: words("[role=alert] .notice p"),
  });

  window.watch = {
    // Every version of every record of the project that is hosted beside the page.
    sample: async () => of(await (await fetch("project.json")).json()),
    // What came from elsewhere until now is not made by the keys that follow.
    ready: async () => void (await news()),
    // What was made since the last call, and what the page says.
    take: async () => {
      await noting;
      return { ...look(), made: made.splice(0) };
    },
    // That, and every version of every record.
    all: async () => ({ versions: await versions(), ...(await watch.take()) }),
    keys: async (events) => {
      await news();
      for (const event of events) {
        (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", event));
        await noting;
      }
    },
    click: async (command) => {
      await news();
      document.querySelector(`button[data-command="${command}"]:not(:disabled)`)?.click();
      await note(command);
      // Done asks while something is unfinished.
      document.querySelector("button[data-command=done-anyway]")?.click();
      await note(command);
    },
    note: async (letters) => {
      await news();
      const field = document.querySelector("[data-frame] textarea:not(:disabled)");
      for (const letter of field ? letters : "") {
        field.value += letter;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        await note(`note ${letter}`);
      }
    },
  };
}
