// What Standpoint has stored in this browser: read, checked, counted, and put into one backup file. It only reads, and
// uses nothing of the app, so that it works when the app does not. FORMAT.md says what is stored; nothing of it is trusted.

const DATABASE = "standpoint";
/** The greatest version of the stored form that can be checked here. */
const VERSION = 1;
/** So much of the database is read at once, in characters, and so much goes into one piece of a file. */
const BATCH = 4_000_000, PIECE = 1_000_000;
/** So many keys of a kind are kept to be shown. */
const MOST = 100;
/** Stands for a value that the browser has but can't give. */
const UNREADABLE = Symbol("unreadable");

// -- What a row is

const ID = "[A-Za-z0-9._-]{1,64}";
const RECORD = `r/(?:project|scheme|(?:annotator|entity|article)/${ID}|(?:assignment|progress)/${ID}/${ID})`;
const KINDS = [
  ["record", `standpoint/1/(${ID})/(a(?:/${ID}){2,3}|${RECORD})$`],
  ["aside", `standpoint/quarantine/(?:standpoint/(?:1|restore)/(${ID})/)?`],
  ["restore", `standpoint/restore/(${ID})/`],
  ["setting", `standpoint/(?:order/)?${ID}$`],
  ["unknown", ""],
].map(([kind, pattern]) => [kind, new RegExp(`^${pattern}`)]);

/** The kind of row that a key names, its project's id if it has one, and for a record its place in the project. */
function parse(key) {
  for (const [kind, pattern] of KINDS) {
    const match = pattern.exec(key);
    if (match) return { kind, project: match[1], place: match[2] };
  }
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = (byte >>> 1) ^ (byte & 1 ? 0xedb88320 : 0);
  return byte;
});

/** The CRC-32 of `text` from `start` as 8 hex digits; "" where it is not ASCII, as every sealed text is. */
function crc32(text, start) {
  let crc = ~0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127) return "";
    crc = CRC[(crc ^ unit) & 255] ^ (crc >>> 8);
  }
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

/** Opens `<version> <CRC-32> <JSON>`: the `content`, or `newer`, or `why` it is damaged. */
function open(value) {
  const [head, version, checksum] = /^([1-9]\d{0,9}) (?:([0-9a-f]{8}) )?/.exec(value) ?? [];
  if (!head) return { why: "has no version" };
  if (Number(version) > VERSION) return { newer: true };
  if (!checksum) return { why: "has no checksum" };
  if (crc32(value, head.length) !== checksum) return { why: "its checksum does not fit" };
  try {
    return { content: JSON.parse(value.slice(head.length)) };
  } catch {
    return { why: "is no JSON" };
  }
}

/** Notes what a record says of its project; returns why it can't be one, or "". */
function learn(project, place, content) {
  const note = (name, time, live) => {
    const modified = Math.abs(time) <= 8.64e15 ? time : 0;
    project.newest = Math.max(project.newest, modified);
    const known = project.things.get(name);
    if (!known || modified > known.modified || (modified === known.modified && live)) project.things.set(name, { modified, live });
    return modified;
  };
  try {
    if (place.startsWith("a/")) {
      const [article, annotator, strings, rows] = content;
      const layer = `a/${article}/${annotator}`;
      if (place !== layer && !place.startsWith(`${layer}/`)) return "belongs to another key";
      // A row without a type is what is left of a deleted annotation.
      for (const row of rows) note(`${layer}/${strings[row[0]]}`, Number(row[2]) + Number(row[3]), row.length > 4);
    } else {
      if (!content.length) return "has another shape";
      for (const { record, deleted } of content) {
        const modified = note(place, Date.parse((record ?? deleted).modified), Boolean(record));
        if (place === "r/project" && record && modified >= project.titled) {
          [project.title, project.titled] = [String(record.title ?? ""), modified];
        }
      }
    }
    return "";
  } catch {
    return "has another shape";
  }
}

/** The JSON of a value that JSON can hold without loss, else undefined. */
function json(value) {
  const seen = new Set();
  const fits = (part) => {
    if (part === null || typeof part === "boolean" || typeof part === "string") return true;
    if (typeof part === "number") return Number.isFinite(part);
    // Shared parts would multiply, and those that hold themselves have no end.
    if (typeof part !== "object" || seen.has(part)) return false;
    seen.add(part);
    return (Array.isArray(part) || Object.getPrototypeOf(part) === Object.prototype) && Object.values(part).every(fits);
  };
  return fits(value) ? JSON.stringify(value) : undefined;
}

// -- What was found

/** Rows that go into a file together, as the pieces of that file. */
const newGroup = () => ({ rows: 0, bytes: 0, stores: new Set(), lines: [], waiting: 0, pieces: [] });

const newProject = (id) => ({
  ...newGroup(), id, title: "", titled: -Infinity, newest: 0, things: new Map(),
  sound: 0, newer: 0, damaged: 0, aside: 0, problems: [],
});

/** Rows that are counted, and the keys of the first. */
const newTally = () => ({ rows: 0, bytes: 0, keys: [] });

/** What is known so far; `database` is "reading", "read", "absent" or "failed". */
export const newFinding = () => ({
  local: new Map(), localDenied: "", localBytes: 0,
  database: "reading", databaseWhy: "", databaseRows: 0, databaseBytes: 0,
  projects: new Map(), rest: newGroup(), lost: newTally(), made: new Date(),
  tallies: { aside: newTally(), restore: newTally(), setting: newTally(), unknown: newTally() },
});

/** Counts a row, checks it and adds it to its file. The same row of the second store is only noted as kept there too. */
function take(found, store, key, value) {
  const count = (tally, bytes, why) => {
    tally.rows++;
    tally.bytes += bytes;
    if (tally.keys.length < MOST) tally.keys.push({ key: name ?? "a key that is not text", why });
  };
  let name, text, line;
  try {
    [name, text] = [key, value].map((part) => (typeof part === "string" ? part : json(part)));
    if (name !== undefined && text !== undefined) line = JSON.stringify([name, text]);
  } catch {
    // Too large for a text, or nested too deep.
  }
  if (line === undefined) return count(found.lost, 0, value === UNREADABLE ? "the browser can’t read it" : "is not text");

  const { kind, project: id, place } = parse(name);
  if (id && !found.projects.has(id)) found.projects.set(id, newProject(id));
  const project = found.projects.get(id), group = project ?? found.rest;
  group.stores.add(store);
  if (store === "database" && found.local.get(name) === text) return;
  const bytes = name.length + text.length;
  group.rows++;
  group.bytes += bytes;
  group.waiting += line.length;
  group.lines.push(line);
  if (group.waiting > PIECE) pack(group);

  if (kind !== "record") count(found.tallies[kind], bytes, "");
  if (kind === "aside" && project) project.aside++;
  if (kind !== "record" && kind !== "restore") return;
  const { content, newer, why } = typeof value === "string" ? open(value) : { why: "is not text" };
  const problem = why ?? (newer || kind === "restore" ? "" : learn(project, place, content));
  project[problem ? "damaged" : newer ? "newer" : "sound"]++;
  if (problem && project.problems.length < MOST) project.problems.push({ key: name, why: problem });
}

/** Makes a piece of the waiting lines; the browser may keep it on disk. */
function pack(group) {
  if (group.lines.length) group.pieces.push(new Blob([group.lines.join(",\n")]));
  group.lines = [];
  group.waiting = 0;
}

/** The backup file of some groups, put together without ever being one text. */
export function backup(found, groups) {
  groups.forEach(pack);
  const rows = groups.flatMap((group) => group.pieces).flatMap((piece, index) => (index ? [",\n", piece] : [piece]));
  const head = `{"format":"standpoint-backup","version":1,"made":"${found.made.toISOString()}","rows":[\n`;
  return new Blob([head, ...rows, "\n]}\n"], { type: "application/json" });
}

// -- Reading

/** Takes in what local storage has under the app's names. */
export function readLocal(found) {
  try {
    for (const key of Object.keys(localStorage).sort()) {
      // Another tab may have taken it away by now.
      const value = key.startsWith("standpoint/") ? localStorage.getItem(key) : null;
      if (value !== null) found.local.set(key, value);
    }
  } catch (error) {
    found.localDenied = error.message;
  }
  for (const [key, value] of found.local) {
    found.localBytes += key.length + value.length;
    take(found, "local", key, value);
  }
}

/** What a request gives. A request that fails must not take its transaction with it. */
const answer = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = (event) => {
    event.preventDefault();
    reject(request.error);
  };
});

/** The database in whatever version it has; null where there is none, and then none is made. */
async function connect() {
  const names = await indexedDB.databases?.().catch(() => undefined);
  if (names && !names.some(({ name }) => name === DATABASE)) return null;
  const request = indexedDB.open(DATABASE);
  let absent = false;
  request.onupgradeneeded = () => {
    absent = true;
    request.transaction.abort();
  };
  return answer(request).catch((error) => (absent ? null : Promise.reject(error)));
}

/** Calls `each` with the key and the value of every row, a batch at a time; a batch that fails is read row by row. */
async function readStore(database, name, each) {
  const store = () => database.transaction(name).objectStore(name);
  for (let range = null, size = 32; ; ) {
    const from = store();
    const [keys, values] = await Promise.all([answer(from.getAllKeys(range, size)), answer(from.getAll(range, size)).catch(() => null)]);
    let length = 1;
    for (const [index, key] of keys.entries()) {
      const value = values ? values[index] : await answer(store().get(key)).catch(() => UNREADABLE);
      length += typeof value === "string" ? value.length : 1_000;
      each(key, value);
    }
    if (keys.length < size) return;
    range = IDBKeyRange.lowerBound(keys.at(-1), true);
    size = Math.ceil(Math.min(1_000, size * 4, (size * BATCH) / length));
  }
}

/** Takes in all of the database; calls `progress` after every row. */
export async function readDatabase(found, progress) {
  let database = null;
  try {
    database = await connect();
    // An app that wants to change the database must not wait for this page.
    if (database) database.onversionchange = () => database.close();
    for (const name of database?.objectStoreNames ?? []) {
      await readStore(database, name, (key, value) => {
        found.databaseRows++;
        found.databaseBytes += typeof value === "string" ? value.length : 0;
        take(found, "database", key, value);
        progress();
      });
    }
    found.database = database ? "read" : "absent";
  } catch (error) {
    found.database = "failed";
    found.databaseWhy = error.message || error.name;
  }
  database?.close();
}

