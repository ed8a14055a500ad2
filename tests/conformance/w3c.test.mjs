// W3C Web Annotations, read by recogito's text annotator: its adapter, and its ranges in a page.
//
// STANDPOINT names the program, STANDPOINT_NODE_MODULES the folder of the readers.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "..", "..");
const program = process.env.STANDPOINT ?? join(root, "target/debug/standpoint");
const out = join(process.env.STANDPOINT_CONFORMANCE ?? join(root, "target/conformance"), "w3c-js");
const modules = process.env.STANDPOINT_NODE_MODULES ?? join(here, "node_modules");

const { JSDOM } = createRequire(join(modules, "x.cjs"))("jsdom");
const page = new JSDOM("<!doctype html><div id=text></div>");
for (const name of ["window", "document", "Range", "NodeFilter", "Node", "HTMLElement", "Element"]) {
  globalThis[name] = name === "window" ? page.window : page.window[name];
}
globalThis.crypto ??= webcrypto;
const recogito = await import(pathToFileURL(join(modules, "@recogito/text-annotator/dist/text-annotator.es.js")));

function convert(name, to, inputs, more = []) {
  const folder = join(out, `${name}-${to}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync(program, ["convert", ...inputs, "--to", to, "--out", folder, ...more], { stdio: "pipe" });
  return folder;
}

/** The annotations of a file, whichever way they are put together. */
function annotationsOf(json) {
  if (Array.isArray(json)) return json;
  return json["@graph"] ?? json.items ?? json.first?.items ?? [json];
}

const isLink = annotation => [annotation.motivation].flat().includes("linking");
const codePoints = (text, start, end) => Array.from(text).slice(start, end).join("");
const utf16 = (text, offset) => codePoints(text, 0, offset).length;
const inOrder = list => list.map(item => JSON.stringify(item)).sort();

function read(name, more = []) {
  const path = join(here, "projects", `${name}.json`);
  const project = JSON.parse(readFileSync(path, "utf8"));
  const folder = convert(name, "w3c", [path], more);
  return project.articles.map(article => {
    const spans = project.annotations.filter(one => one.article === article.id);
    const annotations = annotationsOf(JSON.parse(readFileSync(join(folder, `${article.id}.jsonld`), "utf8")));
    assert.ok(!annotations.some(isLink));
    const text = readFileSync(join(folder, `${article.id}.txt`), "utf8");
    // recogito's adapter throws at a link, and nothing of its file is read: they have a file of their own.
    const linked = join(folder, `${article.id}.links.jsonld`);
    const said = existsSync(linked) ? annotationsOf(JSON.parse(readFileSync(linked, "utf8"))) : [];
    return { article, spans, text, annotations, links: said.filter(isLink), roles: said.filter(one => !isLink(one)) };
  });
}

const places = spans => inOrder(spans.map(span => span.fragments.map(({ start, end, text }) => [start, end, text])));

for (const name of ["worked", "seeds", "nasty", "tabs", "several"]) {
  test(`${name}: the adapter finds every span with its words`, () => {
    for (const { article, spans, text, annotations } of read(name)) {
      assert.equal(text, article.text);
      const adapter = recogito.W3CTextFormat("https://example.org/article");
      const parsed = annotations.map(annotation => {
        const { parsed, error } = adapter.parse(annotation);
        assert.equal(error, undefined, `${error}: ${JSON.stringify(annotation)}`);
        return parsed;
      });
      const found = parsed.map(one => one.target.selector.map(({ start, end, quote }) => [start, end, quote]));
      assert.deepEqual(inOrder(found), places(spans));
      for (const [start, end, quote] of found.flat()) assert.equal(codePoints(text, start, end), quote);
      for (const one of parsed) assert.ok(one.bodies.length > 0);
    }
  });

  test(`${name}: what stands around the words is right`, () => {
    for (const { text, annotations } of read(name)) {
      for (const target of annotations.flatMap(annotation => annotation.target)) {
        const position = target.selector.find(one => one.type === "TextPositionSelector");
        const quote = target.selector.find(one => one.type === "TextQuoteSelector");
        assert.ok(codePoints(text, 0, position.start).endsWith(quote.prefix ?? ""));
        assert.ok(codePoints(text, position.end).startsWith(quote.suffix ?? ""));
      }
    }
  });

  test(`${name}: ranges in a page hold the words`, () => {
    for (const { text, annotations } of read(name)) {
      const container = document.getElementById("text");
      container.textContent = text;
      for (const annotation of annotations) {
        const { parsed } = recogito.parseW3CTextAnnotation(annotation);
        // It takes positions for UTF-16, the Recommendation has code points: they part behind the first emoji.
        for (const selector of parsed.target.selector) {
          const asIs = recogito.reviveSelector(selector, container).range?.toString();
          const isPlain = utf16(text, selector.end) === selector.end;
          assert.equal(asIs === selector.quote, isPlain || asIs === selector.quote);
          const turned = { ...selector, start: utf16(text, selector.start), end: utf16(text, selector.end) };
          assert.equal(recogito.reviveSelector(turned, container).range.toString(), selector.quote);
        }
      }
    }
  });

  test(`${name}: ranges in a page hold the words where positions are written for it`, () => {
    for (const { text, annotations } of read(name, ["--unit", "utf-16"])) {
      const container = document.getElementById("text");
      container.textContent = text;
      for (const { target } of annotations.map(annotation => recogito.parseW3CTextAnnotation(annotation).parsed)) {
        for (const selector of target.selector) assert.equal(recogito.reviveSelector(selector, container).range.toString(), selector.quote);
      }
    }
  });

  test(`${name}: links are of annotations in the file`, () => {
    const count = { links: 0, roles: 0 };
    for (const { spans, annotations, links, roles } of read(name)) {
      const ids = new Set(annotations.map(one => one.id));
      assert.equal(ids.size, annotations.length, "ids are unique");
      // An entity that no words stand for is no annotation.
      count.roles += spans.flatMap(span => Object.values(span.roles).flat()).filter(filler => filler.annotation).length;
      count.links += links.filter(link => ids.has(link.body)).length;
      const named = new Map(roles.map(role => [role.target, role.body[0].value]));
      for (const link of links) {
        assert.ok(ids.has(link.target), `${link.target} is in the file`);
        // The role of an entity that no words stand for is said with it.
        assert.ok(named.get(link.id) ?? link.body?.some?.(body => body.purpose === "tagging"), `the role of ${link.id} is said`);
      }
      const found = links.filter(link => ids.has(link.body)).map(link => [link.target, named.get(link.id), link.body].map(id => id.split(":").at(-1)));
      if (name === "several") continue; // Ids there are two annotators', and get numbers.
      const expected = spans.flatMap(span => Object.entries(span.roles).flatMap(([role, fillers]) => fillers.map(filler => [span.id, role, filler.annotation])));
      assert.deepEqual(inOrder(found), inOrder(expected.filter(([, , filler]) => filler)));
    }
    assert.equal(count.links, count.roles);
  });

  test(`${name}: what it writes comes back`, () => {
    const files = [];
    const folder = join(out, `${name}-again`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const all = read(name);
    for (const { article, text, annotations } of all) {
      const adapter = recogito.W3CTextFormat(`${article.id}.txt`);
      const again = annotations.map(annotation => adapter.serialize(adapter.parse(annotation).parsed));
      files.push(join(folder, `${article.id}.jsonld`), join(folder, `${article.id}.txt`));
      writeFileSync(files.at(-2), JSON.stringify(again));
      writeFileSync(files.at(-1), text);
    }
    const back = JSON.parse(readFileSync(join(convert(`${name}-back`, "project", files, ["--from", "w3c"]), "project.json"), "utf8"));
    assert.deepEqual(places(back.annotations), places(all.flatMap(one => one.spans)));
  });
}
