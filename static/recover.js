// The recovery page: shows what Standpoint has stored in this browser and hands it out as one file.

import { backup, newFinding, readDatabase, readLocal } from "./recover-stored.js";

/** How long the database may keep silent before the page goes on without it, in milliseconds. */
const PATIENCE = 5_000;
/** So many projects are shown. */
const MOST = 100;

const $ = (id) => document.getElementById(id);

/** An element; text among its children only ever becomes a text node. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/** Text that may be anything: cut short, and what has no shape of its own or turns the line around spelled out. */
function shown(text, most = 160) {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return cut.replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const number = (value) => value.toLocaleString("en");
const counted = (value, one) => `${number(value)} ${one}${value === 1 ? "" : "s"}`;

const time = (millis) => new Date(millis).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });

function size(bytes) {
  const [unit, name] = bytes < 1e3 ? [1, "bytes"] : bytes < 1e6 ? [1e3, "kB"] : [1e6, "MB"];
  return `${(bytes / unit).toLocaleString("en", { maximumFractionDigits: unit === 1e6 ? 1 : 0 })} ${name}`;
}

/** The browser by its name, which is not the first that it goes by: most claim to be another, too. */
function browserName() {
  const names = { Edg: "Edge", OPR: "Opera", FxiOS: "Firefox", Firefox: "Firefox", CriOS: "Chrome", Chrome: "Chrome", Version: "Safari" };
  const [system] = /Windows|Android|iPhone|iPad|Mac OS X|CrOS|Linux/.exec(navigator.userAgent) ?? [];
  for (const [token, name] of Object.entries(names)) {
    const [, version] = new RegExp(`${token}/(\\d+)`).exec(navigator.userAgent) ?? [];
    if (version) return `${name} ${version}${system ? ` on ${system.replace("Mac OS X", "macOS")}` : ""}`;
  }
  return "this browser";
}

/** Hands the rows of `groups` to the browser as a file. */
function save(found, groups, name) {
  const date = [found.made.getFullYear(), found.made.getMonth() + 1, found.made.getDate()];
  const link = make("a", {
    href: URL.createObjectURL(backup(found, groups)),
    download: `standpoint-recovery-${name}${date.map((part) => String(part).padStart(2, "0")).join("-")}.json`,
  });
  link.click();
  // By then the browser has begun to save it.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  $("status").textContent = `${link.download} was handed to the browser, which saves it among its downloads.`;
}

/** A list of keys behind a summary; `rows` counts those that are not shown, too. */
function keyList(summary, { rows, keys }) {
  const items = keys.map(({ key, why }) => make("li", {}, make("bdi", {}, shown(key)), ...(why ? [" ", make("span", {}, why)] : [])));
  if (rows > keys.length) items.push(make("li", {}, `and ${number(rows - keys.length)} more, in the file`));
  return make("details", {}, make("summary", {}, summary), make("ul", {}, ...items));
}

/** A project as a body of the table: a row of facts and, where there is damage, one that lists it. */
function projectRows(found, project) {
  const things = [...project.things].filter(([, { live }]) => live).map(([name]) => name);
  const annotations = things.filter((name) => name.startsWith("a/")).length;
  const articles = things.filter((name) => name.startsWith("r/article/")).length;
  const places = { both: "both stores", database: "database only", local: "local storage only" };
  const verdicts = ["sound", "newer", "damaged", "aside"].filter((verdict) => project[verdict]).map((verdict) =>
    make("span", { class: verdict }, `${number(project[verdict])} ${verdict === "aside" ? "put aside" : verdict}`));
  const cell = (label, ...content) => make("td", { "data-label": label }, ...content);
  const title = shown(project.title.trim() || project.id, 120);
  const button = make("button", { type: "button", "data-command": "save-project", "aria-label": `Download ${title}` }, "Download");
  button.addEventListener("click", () => save(found, [project], `${project.id}-`));
  const facts = make("tr", {},
    make("th", { scope: "row" }, make("bdi", {}, title), ...(title === project.id ? [] : [make("small", {}, project.id)])),
    cell("Articles", number(articles)),
    cell("Annotations", number(annotations)),
    cell("Kept in", places[project.stores.size > 1 ? "both" : [...project.stores][0]]),
    cell("Size", size(project.bytes)),
    cell("Newest change", project.newest ? time(project.newest) : "unknown"),
    cell("Rows", ...verdicts),
    cell("", button));
  const body = make("tbody", { "data-project": project.id }, facts);
  if (project.damaged) {
    const list = keyList(`Damaged: ${counted(project.damaged, "row")}`, { rows: project.damaged, keys: project.problems });
    body.append(make("tr", { class: "problems" }, make("td", { colspan: "8" }, list)));
  }
  return body;
}

/** What each store gave, in words. */
function drawStores(found) {
  const local = found.local.size ? `${counted(found.local.size, "row")}, ${size(found.localBytes)}` : "nothing";
  const read = `${counted(found.databaseRows, "row")}, ${size(found.databaseBytes)}`;
  $("local").textContent = found.localDenied ? "can’t be read" : local;
  const failed = found.databaseRows ? `${read}, then an error` : "can’t be read";
  $("database").textContent = { reading: `${read} so far`, read, absent: "nothing", failed }[found.database];
}

/** What could not be read or can't be handed out, and what to do about it. */
function drawNotices(found) {
  const notices = [];
  const denied = (what, why) =>
    `The browser does not let this page read ${what}. ` +
    `If site data (cookies) are off for this address, allow them and reload. (${why})`;
  if (found.localDenied) notices.push(denied("local storage", shown(found.localDenied)));
  if (found.database === "failed") {
    const why = shown(found.databaseWhy);
    notices.push(found.databaseRows ? `Not all of the database could be read: ${why}` : denied("the database", why));
  }
  if (found.database === "reading") {
    notices.push(
      `The database has not answered for ${PATIENCE / 1000} seconds. Another tab may hold it: close all other tabs of Standpoint. ` +
        "What was read so far can be downloaded; the rest is added here when it answers.",
    );
  }
  const words = notices.map((notice) => make("p", {}, notice));
  if (found.lost.rows) words.push(keyList(`${counted(found.lost.rows, "value")} could not be taken into the file`, found.lost));
  $("notices").replaceChildren(...words);
}

/** Everything that was found; returns how much that is, in words. */
function drawFound(found) {
  const projects = [...found.projects.values()].sort((a, b) => (a.title || a.id).localeCompare(b.title || b.id));
  const groups = [...projects, found.rest];
  const [rows, bytes] = ["rows", "bytes"].map((what) => groups.reduce((sum, group) => sum + group[what], 0));
  const nothing = !rows && !found.lost.rows, unread = found.localDenied || ["failed", "reading"].includes(found.database);
  // What can't be read may be there all the same.
  $("nothing").hidden = !nothing || Boolean(unread);
  $("something").hidden = $("everything").hidden = !rows;
  $("damage").hidden = !projects.some((project) => project.damaged);
  $("everything").onclick = () => save(found, groups, "");

  $("projects").hidden = !projects.length;
  document.querySelectorAll("#projects tbody").forEach((body) => body.remove());
  $("projects").querySelector("table").append(...projects.slice(0, MOST).map((project) => projectRows(found, project)));
  $("more").hidden = projects.length <= MOST;
  $("more").textContent = `And ${number(projects.length - MOST)} more projects, which “Download everything” takes along.`;

  const kinds = [
    ["aside", "row", "put aside, because the app could not read them"],
    ["restore", "restore point", "to go back to"],
    ["setting", "setting", "of this device (theme, order of articles, what was open last)"],
    ["unknown", "row", "of a shape that this page does not know"],
  ];
  const items = kinds.filter(([kind]) => found.tallies[kind].rows).map(([kind, one, words]) => {
    const tally = found.tallies[kind];
    return make("li", { "data-kind": kind }, keyList(`${counted(tally.rows, one)} ${words}, ${size(tally.bytes)}`, tally));
  });
  $("others").hidden = !items.length;
  $("others").querySelector("ul").replaceChildren(...items);
  return nothing ? "Nothing was found" : `${counted(projects.length, "project")}, ${counted(rows, "row")}, ${size(bytes)}`;
}

async function start() {
  const found = newFinding();
  $("origin").textContent = location.origin;
  $("browser").textContent = browserName();
  document.querySelectorAll(".origin").forEach((element) => element.append(location.origin));
  readLocal(found);
  drawStores(found);
  let heard = Date.now(), said = heard;
  const watch = setInterval(() => {
    if (Date.now() - heard < PATIENCE || !$("notices").hidden) return;
    $("notices").hidden = false;
    drawNotices(found);
    $("status").textContent = `${drawFound(found)} so far. The database does not answer.`;
  }, 500);
  await readDatabase(found, () => {
    heard = Date.now();
    if (heard - said < 1_000) return;
    said = heard;
    drawStores(found);
    $("status").textContent = `Reading: ${number(found.databaseRows)} rows of the database, ${size(found.databaseBytes)}…`;
  });
  clearInterval(watch);
  found.made = new Date();
  drawStores(found);
  drawNotices(found);
  $("notices").hidden = !$("notices").childElementCount;
  $("status").textContent = `${drawFound(found)}, read at ${found.made.toLocaleTimeString("en", { timeStyle: "short" })}`;
}

start().catch((error) => {
  $("status").textContent = `This page failed: ${shown(String(error))}. Nothing was changed; reload it to try again.`;
});
