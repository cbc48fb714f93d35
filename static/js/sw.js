// Keeps the pages that were read, so that they open again without a network.
// Written above this by the server: WORDS, by language; TRACKING, the parameters that change no page;
// and VERSION, a digest of all this.
//
// The phone may have no room, forbid storage or take it away at any moment. So the network answers
// without it, reading what is kept never fails, and writing goes on beside the answer.
const STORE = "pages";
const MOST = 300_000; // bytes that may be kept without asking
const PATIENCE = 5_000; // milliseconds, after which a kept page is better than none
const GIVEN_UP = 60_000; // after which nothing more is expected of a line
const DAY = 86_400_000;
const FRESH = { cache: "no-cache" }; // the browser's own store may be some seconds behind
const LANGUAGES = Object.keys(WORDS);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
  renew().catch(() => {}); // not waited for: pages are answered only after what is
});
// A page has loaded: there is a line. One that was there before this worker asks to be kept too.
self.addEventListener("message", (event) => {
  const url = new URL(event.data, location.origin);
  if (isPage(url)) beside(event, fetch(url, FRESH).then((answer) => note(url.pathname, answer)));
  beside(event, renew());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && (isPage(url) || (url.pathname === "/" && isPlain(url)))) {
    event.respondWith(open(event, url.pathname));
  } else if (isScript(url)) {
    event.respondWith(script(request, url.pathname));
  }
});

const isOurs = (url) => url.origin === location.origin;
const isPlain = (url) => [...url.searchParams.keys()].every((name) => TRACKING.test(name));
const isPage = (url) =>
  isOurs(url) && isPlain(url)
  && LANGUAGES.includes(url.pathname.split("/")[1]) && !/\/(?:helpful|leaflet)\//.test(url.pathname);
const isScript = (url) => isOurs(url) && /^\/static\/js\/[^/]+\.js$/.test(url.pathname);

// Work that no answer waits for: where it fails, something is not kept.
const beside = (event, work) => event.waitUntil(work.catch(() => {}));

async function open(event, path) {
  const online = fetch(event.request, FRESH);
  beside(event, online.then((answer) => note(path, answer.clone())));
  return (await either(online, () => saved(path))) ?? nothing();
}

const script = async (request, path) =>
  (await either(fetch(request), () => read(path))) ?? Response.error();

// The network's answer; where there is none, none in time, or the server fails, what is kept.
async function either(online, kept) {
  const answer = online.catch(() => undefined);
  const first = await Promise.race([answer, late(PATIENCE)]);
  if (first && first.status < 500) return first;
  return (await kept()) ?? first ?? answer;
}

const late = (time) => new Promise((done) => setTimeout(done, time));

// The newest answer replaces the kept one; a page that is gone takes its copy with it, and so does
// one with another address by now: it is kept under that.
async function note(path, answer, used = Date.now()) {
  const url = new URL(answer.url || path, location.origin);
  if (mayBeKept(answer) && isPage(url)) await keepPage(url.pathname, answer, used);
  if (isGone(answer)) await (await caches.open(STORE)).delete(path);
}

let renewal; // the one under way, whichever page asks

function renew() {
  renewal = renewal ?? renewAll().finally(() => { renewal = undefined; });
  return renewal;
}

// Asks again, one after another, for pages kept by another worker or more than half a day ago.
// A line that breaks ends it, until the next page is read.
async function renewAll() {
  for (const entry of (await entries()).filter(isOld)) {
    const line = new AbortController();
    const done = await Promise.race([renewPage(entry, line.signal), late(GIVEN_UP)]);
    if (!done) return line.abort();
  }
}

const isOld = ({ headers, saved, script }) =>
  !script && (headers.get("x-worker") !== VERSION || Math.abs(Date.now() - saved) > DAY / 2);

// An unchanged page costs some 700 bytes, also where the browser's own store has dropped it (its
// scripts then cost once 1.7 KB each). So a phone that saves data (Save-Data) is no exception: these
// are words about danger.
async function renewPage({ path, headers, used }, signal) {
  const tag = headers.get("etag");
  const unless = tag ? { headers: { "if-none-match": tag } } : FRESH;
  let answer = await fetch(path, { ...unless, signal });
  if (answer.status === 304) answer = (await read(path)) ?? (await fetch(path, FRESH));
  await note(path, answer, used).catch(() => {}); // no room; but the next may be gone
  return true;
}

const said = (answer, name) => (answer.headers.get(name) ?? "").toLowerCase();
const isForOneReader = (answer) => /no-store|private/.test(said(answer, "cache-control"));
const isGone = (answer) =>
  [404, 410].includes(answer.status) || answer.redirected || answer.type === "opaqueredirect"
  || (answer.status === 200 && isForOneReader(answer));
// Plainly public pages only. A line that breaks can leave an answer without its headers.
const mayBeKept = (answer) =>
  answer.status === 200 && !isForOneReader(answer)
  && said(answer, "content-type").startsWith("text/html")
  && /\bpublic\b/.test(said(answer, "cache-control")) && !said(answer, "vary").includes("cookie");

// A page's scripts are kept before it and are never older than it: no page is kept without them.
async function keepPage(path, answer, used) {
  const html = await answer.text();
  const now = Date.now();
  for (const [, script] of html.matchAll(/<script[^>]* src="(\/static\/[^"]+)"/g)) {
    const found = await fetch(script);
    if (found.ok) await put(script, await pack(await found.text(), found.headers, now));
  }
  const page = await pack(html, answer.headers, used);
  try {
    await put(path, page);
  } catch (error) {
    // Where not even its scripts had room, dropping other pages would not have made any.
    if (error.name !== "QuotaExceededError") throw error;
    await tidy(page.body.size);
    await put(path, page);
  }
  await tidy();
}

async function pack(text, headers, used) {
  const packed = "CompressionStream" in self;
  const plain = new Blob([text]);
  const stream = packed ? plain.stream().pipeThrough(new CompressionStream("gzip")) : plain.stream();
  const body = await new Response(stream).blob();
  const kept = new Headers(headers);
  for (const name of ["content-encoding", "content-length", "vary", "x-packed"]) kept.delete(name);
  kept.set("x-worker", VERSION);
  kept.set("x-saved", Date.now());
  kept.set("x-used", used); // when it was read, which renewing is not
  kept.set("x-bytes", body.size);
  if (packed) kept.set("x-packed", "gzip");
  return { body, headers: kept };
}

async function put(path, { body, headers }) {
  await (await caches.open(STORE)).put(path, new Response(body, { headers }));
}

// All that is kept; earlier workers wrote no x-worker, and some no x-used.
async function entries() {
  const store = await caches.open(STORE);
  return Promise.all((await store.keys()).map(async (key) => {
    const { headers } = await store.match(key);
    const number = (name) => Number(headers.get(name));
    const url = new URL(key.url);
    const saved = number("x-saved");
    const used = number("x-used") || saved;
    return { path: url.pathname, headers, saved, used, bytes: number("x-bytes"), script: isScript(url) };
  }));
}

// Drops the oldest, so many bytes at least; of what was kept at once, the page before its scripts.
async function tidy(bytes = 0) {
  const store = await caches.open(STORE);
  const all = await entries();
  let left = Math.max(bytes, all.reduce((sum, entry) => sum + entry.bytes, -MOST));
  for (const entry of all.sort((one, other) => one.used - other.used || one.script - other.script)) {
    if (left <= 0) return;
    await store.delete(entry.path);
    left -= entry.bytes;
  }
}

// What is kept under a path, unpacked; undefined where there is nothing or it cannot be read.
async function read(path) {
  try {
    const { body, headers } = await (await caches.open(STORE)).match(path);
    const stream = headers.has("x-packed") ? body.pipeThrough(new DecompressionStream("gzip")) : body;
    return new Response(await new Response(stream).blob(), { headers });
  } catch {
    return undefined;
  }
}

// A kept page says when it was kept. Where that lies in the future, nobody knows how old it is.
async function saved(path) {
  const kept = await read(path);
  if (!kept) return undefined;
  const language = path.split("/")[1];
  const locale = language === "bn" ? "bn-BD-u-nu-beng" : "en-GB";
  const when = new Date(Number(kept.headers.get("x-saved")));
  const days = (Date.now() - when) / DAY;
  const words = WORDS[language][days > DAYS || days < -1 ? "old" : "saved"];
  const say = (how) => when.toLocaleString(locale, { timeZone: "Asia/Dhaka", ...how });
  const moment = `${say({ dateStyle: "long" })}, ${say({ timeStyle: "short", hourCycle: "h23" })}`;
  const line = `<p class="preview" role="status">${words.replace("{when}", moment)}</p>\n`;
  const html = (await kept.text()).replace(/(?=<main\b)/, line);
  return new Response(html, { headers: kept.headers });
}

// No network, and never read: what is kept here can be opened instead.
async function nothing() {
  const pages = (await entries().catch(() => [])).filter(({ script }) => !script);
  const links = await Promise.all(pages.map(async ({ path }) => {
    const title = (await (await read(path))?.text())?.match(/<title>([^<]*)/)?.[1];
    return title && `<li lang="${path.split("/")[1]}"><a href="${path}">${title}</a></li>`;
  }));
  const kept = links.filter(Boolean);
  const part = (language) => {
    const { title, text, kept: offer } = WORDS[language];
    return `<div lang="${language}"><h2>${title}</h2><p>${text}</p>${kept.length ? `<p>${offer}</p>` : ""}</div>`;
  };
  const both = LANGUAGES.map((language) => WORDS[language].title).join(" · ");
  const html = `<!doctype html><html lang="bn"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${both}</title>
<style>:root{color-scheme:light dark}body{max-width:36rem;margin:2rem auto;padding:0 1rem;font:1.125rem/1.7 system-ui,sans-serif}a{display:inline-block;min-height:2.75rem}</style>
<main><h1>${both}</h1>${LANGUAGES.map(part).join("")}<ul>${kept.join("")}</ul></main>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  };
  return new Response(html, { status: 503, headers });
}
