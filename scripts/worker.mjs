// Tells the service worker which files the release page is made of and what each has to be. Comes after all that changes a file.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { integrity } from "./boot.mjs";

// Whoever hosts the page replaces it; the page keeps what it read of it in its own stores.
const REPLACED = "project.json";
// Read by editors and validators, not by the page.
const UNUSED = /^schema\//;
const WORKER = "worker.js";

if (process.env.TRUNK_PROFILE === "release") {
  const folder = process.env.TRUNK_STAGING_DIR;
  const names = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll("\\", "/")).sort();
  const kept = names.filter((name) => name !== REPLACED && name !== WORKER && !UNUSED.test(name) && statSync(join(folder, name)).isFile());
  const files = kept.map((name) => [name, integrity(readFileSync(join(folder, name)))]);
  const path = join(folder, WORKER);
  const worker = readFileSync(path, "utf8");
  const build = createHash("sha256").update(JSON.stringify(files)).update(worker).digest("hex").slice(0, 16);
  const filled = worker.replace('const BUILD = "";', `const BUILD = "${build}";`).replace("const FILES = [];", `const FILES = ${JSON.stringify(files, null, 2)};`);
  if (!filled.includes(build) || !filled.includes("sha384-")) throw new Error("worker.js has no place for what it keeps");
  writeFileSync(path, filled);
}
