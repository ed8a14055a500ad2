// Keeps the files of the page on this device, so that it opens with the network cut. The release build fills in which they are
// (scripts/worker.mjs). Projects are not its business: the page keeps them in its own stores.
"use strict";

const BUILD = "";
// Names beside this file, each with what its content has to be.
const FILES = [];

const HERE = new URL("./", self.location.href).href;
const INDEX = "index.html";
// Other pages of this origin, other copies of this one among them, have caches of their own.
const OURS = `standpoint ${HERE} `;
const CACHE = OURS + BUILD;
const NAMES = new Set(FILES.map(([name]) => name));

// The file as it was built, whatever a host made of it on the way; a page of several builds would not start.
async function built(url, integrity) {
  // A name with a hash in it never means another content, so that what the browser has of it will do.
  const cache = /-[0-9a-f]{12,16}(_bg)?\.\w+$/.test(url) ? "default" : "no-cache";
  const answer = await fetch(url, { integrity, cache, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  // A copy, since browsers open no page from an answer that was redirected.
  return new Response(await answer.blob(), { headers: { "content-type": answer.headers.get("content-type") ?? "" } });
}

async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    FILES.map(async ([name, integrity]) => {
      const url = HERE + name;
      // Some hosts know the first page by the folder alone, others by its name alone.
      const answer = await built(url, integrity).catch((why) => (name === INDEX ? built(HERE, integrity) : Promise.reject(why)));
      await cache.put(url, answer);
    }),
  );
}

async function forgetOlder() {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder().then(() => self.clients.claim())));
// The page says when: never under work that is not saved.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !url.startsWith(HERE)) return;
  const name = url.slice(HERE.length) || INDEX;
  if (!NAMES.has(name)) return;
  const kept = async () => (await caches.open(CACHE)).match(HERE + name);
  event.respondWith(kept().then((answer) => answer ?? fetch(request)));
});
