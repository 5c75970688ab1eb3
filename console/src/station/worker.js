// The service worker: keeps this build's own files, so that the console opens without a network. It
// answers nothing but those files and the page itself; what the server says is never kept here.
// The build puts the two values in (dev/worker.ts).
const build = "BUILD";
const files = ["FILES"];

const prefix = "holdfast-console-";
const cacheName = prefix + build;
const page = "/index.html";
const patienceMs = 4_000;
const servers = /^\/(api|hooks|t|s|healthz|readyz|metrics)(\/|$)/;

async function fill() {
  const cache = await caches.open(cacheName);
  await cache.addAll(
    files.map((file) =>
      // Only hashed names may come from the browser's cache.
      file.startsWith("/assets/") ? file : new Request(file, { cache: "reload" }),
    ),
  );
}

/** Pages of the build before this one may still be open: its files stay for one round more. */
async function tidy() {
  const mine = (await caches.keys()).filter((name) => name.startsWith(prefix));
  const before = mine.filter((name) => name !== cacheName).slice(0, -1);
  await Promise.all(before.map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

/** The newest page while the server answers, else the one that was kept. */
async function givePage(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMs) });
    if (answer.status < 500) return answer;
  } catch {
    // Nobody answers.
  }
  const cache = await caches.open(cacheName);
  return (await cache.match(page)) ?? Response.error();
}

async function giveFile(request, path) {
  return (await caches.match(path)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!servers.test(url.pathname)) event.respondWith(givePage(request));
  } else if (url.pathname !== page && files.includes(url.pathname)) {
    event.respondWith(giveFile(request, url.pathname));
  } else if (url.pathname.startsWith("/assets/")) {
    event.respondWith(giveFile(request, url.pathname));
  }
});
