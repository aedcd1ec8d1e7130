// Keeps the pages of one call-over on the device, within its own addresses, until the session ends.
const ENDS = "/ends";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith("callover-")) await caches.delete(name);
}

async function over(cache) {
  const held = await cache.match(ENDS);
  return !held || Number(await held.text()) < Date.now();
}

// A page that leads to signing in tells that the session has ended.
function signedOut(answer) {
  return answer.status === 401 || answer.status === 403 || (answer.redirected && new URL(answer.url).pathname.startsWith("/account/"));
}

async function keep({ keep: name, urls, fixed, ends }) {
  for (const other of await caches.keys()) if (other.startsWith("callover-") && other !== name) await caches.delete(other);
  const cache = await caches.open(name);
  await cache.put(ENDS, new Response(String(ends)));
  for (const url of [...fixed, ...urls]) {
    if (await cache.match(url)) continue;
    const answer = await fetch(url, { credentials: "same-origin" });
    if (signedOut(answer)) return forget();
    if (answer.ok) await cache.put(url, answer);
  }
  for (const client of await self.clients.matchAll()) client.postMessage({ kept: name });
}

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data).catch(() => undefined));
});

async function kept(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith("callover-")) continue;
    const cache = await caches.open(name);
    if (await over(cache)) await forget();
    else {
      const held = await cache.match(request, { ignoreVary: true });
      if (held) return held;
    }
  }
  return undefined;
}

async function answer(request) {
  if (request.mode !== "navigate") return (await kept(request)) || fetch(request);
  try {
    const fresh = await fetch(request);
    if (signedOut(fresh) || fresh.type === "opaqueredirect") await forget();
    return fresh;
  } catch (error) {
    const held = await kept(request);
    if (held) return held;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === location.origin) event.respondWith(answer(event.request));
});
