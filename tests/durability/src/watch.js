// Looks at the page from inside: what it says of itself, every version of every record that it would export, and what each
// edit changed of them, read in the same task as the edit, so that nothing can come between.
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

  const versions = () => {
    exported = null;
    document.querySelector("button[data-command=export-project]").click();
    return of(JSON.parse(exported));
  };

  const made = [];
  const watched = (name, act) => {
    const before = new Set(versions().map((version) => JSON.stringify(version)));
    act();
    const changed = versions().filter((version) => !before.has(JSON.stringify(version)));
    if (changed.length) made.push({ name, versions: changed });
  };

  // Keys that can change a record; the arrows and j and k can't. The page listens on the window too, since before.
  const MOVES = /^(Arrow|Shift$|Control$|[jk]$)/;
  let ahead = null;
  addEventListener("keydown", ({ key }) => {
    if (!MOVES.test(key)) ahead = new Set(versions().map((version) => JSON.stringify(version)));
  }, true);
  addEventListener("keydown", ({ key, ctrlKey }) => {
    if (!ahead) return;
    const changed = versions().filter((version) => !ahead.has(JSON.stringify(version)));
    if (changed.length) made.push({ name: ctrlKey ? `Ctrl ${key}` : key, versions: changed });
    ahead = null;
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
    // What was made since the last call, and what the page says.
    take: () => ({ ...look(), made: made.splice(0) }),
    // That, and every version of every record.
    all: () => ({ ...look(), made: made.splice(0), versions: versions() }),
    keys: (events) => events.forEach((event) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", event))),
    click: (command) => {
      const button = document.querySelector(`button[data-command="${command}"]:not(:disabled)`);
      if (button) watched(command, () => button.click());
    },
    note: (letters) => {
      const field = document.querySelector("[data-frame] textarea:not(:disabled)");
      for (const letter of field ? letters : "") {
        watched(`note ${letter}`, () => {
          field.value += letter;
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        });
      }
    },
  };
}
