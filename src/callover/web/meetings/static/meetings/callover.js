// The call-over by keyboard, and without a connection. Without this every link and form works.
const told = JSON.parse(document.querySelector("meta[name=callover]").content);
const state = document.getElementById("offline-state");
const WAITING = "callover-asked";
const KEYS_OFF = "callover-keys-off";

function say(words) {
  if (state) state.textContent = words;
}

// --- keys
function typing(target) {
  return target.closest("input, textarea, select, [contenteditable], [tabindex='0'], dialog");
}

function follow(selector) {
  const link = document.querySelector(selector);
  if (link) location.assign(link.href);
}

const dialog = document.getElementById("keys");
const off = document.getElementById("keys-off");
if (off) {
  off.checked = localStorage.getItem(KEYS_OFF) === "yes";
  off.addEventListener("change", () => localStorage.setItem(KEYS_OFF, off.checked ? "yes" : "no"));
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const letters = !(off && off.checked);
  if (event.key === "ArrowRight" || (letters && event.key === "j")) follow("a[rel=next]");
  else if (event.key === "ArrowLeft" || (letters && event.key === "k")) follow("a[rel=prev]");
  else if (event.key === "Home" && dialog) follow(".steps a[href='../']");
  else if (letters && event.key === "?" && dialog) dialog.showModal();
  else return;
  event.preventDefault();
});

// --- pages kept for when the connection drops
async function keep() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(told.worker);
  const ready = await navigator.serviceWorker.ready;
  const files = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
  const fixed = [...files.map((each) => each.href || each.src), ...performance.getEntriesByType("resource").map((each) => each.name)];
  const own = fixed.filter((each) => new URL(each).origin === location.origin && new URL(each).pathname.startsWith("/static/"));
  ready.active.postMessage({ keep: told.name, urls: told.urls, fixed: [...new Set(own)], ends: told.ends });
}

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data.kept) document.body.dataset.kept = event.data.kept;
  });
}

async function forget() {
  localStorage.removeItem(WAITING);
  for (const name of await caches.keys()) if (name.startsWith("callover-")) await caches.delete(name);
}

document.querySelector("form[action$='/logout/']")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  await forget();
  form.submit();
});

// --- questions asked without a connection
function waiting() {
  return JSON.parse(localStorage.getItem(WAITING) || "[]");
}

async function send(each) {
  const answer = await fetch(each.url, { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" }, body: each.body, credentials: "same-origin", redirect: "error" });
  return answer.ok || answer.status === 400;
}

async function sendAll() {
  const left = [];
  let sent = 0;
  for (const each of waiting()) {
    try {
      if (await send(each)) sent += 1;
      else left.push(each);
    } catch {
      left.push(each);
    }
  }
  if (sent || left.length) {
    localStorage.setItem(WAITING, JSON.stringify(left));
    if (sent) say(`${sent} question${sent === 1 ? "" : "s"} asked without a connection ${sent === 1 ? "is" : "are"} on record now.`);
    else say(`${left.length} question${left.length === 1 ? "" : "s"} will be sent when the connection is back.`);
  }
}

document.querySelector("form[data-ask]")?.addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  const form = event.target;
  if (!form.elements.text.value.trim()) return;
  localStorage.setItem(WAITING, JSON.stringify([...waiting(), { url: form.action, body: new URLSearchParams(new FormData(form)).toString() }]));
  form.elements.text.value = "";
  form.elements.key.value = crypto.randomUUID();
  say("There is no connection. Your question is kept on this device and sent when it is back.");
});

addEventListener("online", sendAll);
addEventListener("offline", () => say("There is no connection. Pages of this call-over go on working."));
if (navigator.onLine) sendAll();
else say("There is no connection. This page is the one kept on this device.");
keep();
