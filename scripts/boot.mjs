// Moves Trunk's loader out of the release page into a file of its own, so that no inline script is left, and says of each script,
// the module that it imports and the wasm what it has to be: a file that a host changed is refused by the browser.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const integrity = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;

if (process.env.TRUNK_PROFILE === "release") {
  const folder = process.env.TRUNK_STAGING_DIR;
  const path = join(folder, "index.html");
  let page = readFileSync(path, "utf8");
  const of = (name) => integrity(readFileSync(join(folder, name)));

  const loader = page.match(/\n?<script type="module">[\s\S]*?<\/script>/);
  const module = loader?.[0].match(/from '\.\/([^']+)'/)?.[1];
  const wasm = loader?.[0].match(/module_or_path: '\.\/([^']+)'/)?.[1];
  if (!module || !wasm) throw new Error("Trunk's loader looks otherwise than scripts/boot.mjs expects");
  // A first visit has something to read before the program takes the net and the device; from the second on it is kept here, and
  // comes at once. The wasm travels while the module is compiled.
  const boot = `const painted = new Promise((resolve) => {
  setTimeout(resolve, document.hidden ? 0 : 500);
  new PerformanceObserver((paints) => paints.getEntriesByName("first-contentful-paint")[0] && resolve()).observe({ type: "paint", buffered: true });
});
const isKept = Boolean(navigator.serviceWorker?.controller);
if (!isKept) await painted;
const wasm = fetch(new URL("./${wasm}", import.meta.url), { integrity: "${of(wasm)}", credentials: "same-origin" });
// Whoever waits for it hears of a failure below.
wasm.catch(() => {});
const { default: init } = await import("./${module}");
// What is kept may come with what the browser compiled before, if it is a stream. What is new comes as a whole, since its hash is looked
// at first; read as a stream it would be compiled in this thread, and a slow phone would not answer for a third of a second.
const program = isKept ? wasm : await WebAssembly.compile(await (await wasm).arrayBuffer());
await new Promise((resolve) => setTimeout(resolve));
await init({ module_or_path: program });
dispatchEvent(new Event("TrunkApplicationStarted"));
`;
  const name = `boot-${createHash("sha256").update(boot).digest("hex").slice(0, 16)}.js`;
  writeFileSync(join(folder, name), boot);
  page = page.replace(loader[0], `<script type="module" src="./${name}" crossorigin="anonymous" integrity="${integrity(boot)}"></script>`);

  // The program would take the net before the first paint does.
  page = page.replace(/<link rel="preload"[^>]*as="fetch"[^>]*>/, "");
  page = page.replace(/<link rel="modulepreload" href="\.\/([^"]+)"/g, (link, file) => `${link} integrity="${of(file)}"`);
  page = page.replace(/<script src="([^"]+)"/g, (script, file) => `${script} integrity="${of(file)}"`);
  // Trunk leaves a line for each file that it copied.
  writeFileSync(path, page.replace(/\n[ \t]*(?=\n)/g, ""));
}
