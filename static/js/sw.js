// Keeps the pages that were read, so that they open again without a network.
// Written above this by the server: WORDS, by language; TRACKING, the parameters that change no page;
// and VERSION, a digest of all this.
//
// The phone may have no room, forbid storage or take it away at any moment. So the network answers
// without it, reading what is kept never fails, and writing goes on beside the answer.
// Phones of 2019 read this too: no ?. and no ??.
const STORE = "pages";
const MOST = 300_000; // bytes that may be kept without being asked to
const PATIENCE = 5_000; // milliseconds, after which a kept page is better than none
const GLANCE = 1_000; // in which the phone says whether it keeps a page
const GIVEN_UP = 60_000; // after which nothing more is expected of a line
const DAY = 86_400_000;
const FRESH = { cache: "no-cache" }; // the browser's own store may be some seconds behind
const LANGUAGES = Object.keys(WORDS);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
  renew().catch(() => {}); // not waited for: pages are answered only after what is
});
// A page has loaded, or asks for more; what comes of it goes back through the port it sent along.
self.addEventListener("message", (event) => {
  const { data, ports } = event;
  const asked = typeof data === "string" ? { loaded: data } : data;
  const [name] = Object.keys(asked);
  const work = DEEDS[name](asked[name]);
  const reply = (answer) => ports[0] && ports[0].postMessage(answer);
  beside(event, work.then(reply, () => reply({ failed: true })));
  if (name === "loaded") beside(event, renew()); // there is a line
});

const DEEDS = { loaded, keep, forget };

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && (isForReaders(url) || (url.pathname === "/" && isPlain(url)))) {
    event.respondWith(open(event, url));
  } else if (isScript(url)) {
    event.respondWith(script(request, url.pathname));
  }
});

const isOurs = (url) => url.origin === location.origin;
const isPlain = (url) => [...url.searchParams.keys()].every((name) => TRACKING.test(name));
const languageOf = (path) => path.split("/")[1];
const isForReaders = (url) => isOurs(url) && LANGUAGES.includes(languageOf(url.pathname));
// Not what is for one moment: an answer that was sent, whether a leaflet is still current.
const isPage = (url) =>
  isForReaders(url) && isPlain(url) && !/\/(?:helpful|leaflet)\//.test(url.pathname);
const isScript = (url) => isOurs(url) && /^\/static\/js\/[^/]+\.js$/.test(url.pathname);
const isTool = (path) => /\/treatments\/[^/]+\/(check|plan|sources)\/$/.test(path);
const pageOf = (tool) => tool.replace(/[^/]+\/$/, "");

// Work that no answer waits for: where it fails, something is not kept.
const beside = (event, work) => event.waitUntil(work.catch(() => {}));

let era = 0; // how often everything was deleted: what was begun before writes nothing afterwards
const begin = (more) => ({ era, used: Date.now(), ...more });
const notes = new Map(); // by path: what is being kept of a page that has been asked for

async function open(event, url) {
  const path = url.pathname;
  const online = fetch(event.request, FRESH);
  if (isPlain(url)) {
    const reading = begin();
    notes.set(path, online.then((answer) => note(path, answer.clone(), reading)));
    beside(event, notes.get(path));
  }
  return (await either(online, path, () => saved(url))) || nothing();
}

const script = async (request, path) =>
  (await either(fetch(request), path, () => read(path))) || Response.error();

// The network's answer; where there is none, none in time, or the server fails, what is kept.
async function either(online, path, kept) {
  const answer = whole(online, path).catch(() => {});
  const first = await within(PATIENCE, answer);
  if (first && first.status < 500) return first;
  return (await within(PATIENCE, kept())) || first || online.catch(() => {});
}

// Half a page may end before its words of danger: where the phone keeps the page, it waits for all of it.
// A line that breaks can also leave an answer that ends in its headers.
async function whole(online, path) {
  const kept = within(GLANCE, find(path).catch(() => {}));
  const answer = await online;
  if (answer.ok && !answer.headers.has("content-type")) throw Error();
  if (answer.ok && (await kept) && !(await answer.clone().blob()).size) throw Error();
  return answer;
}

const late = (time) => new Promise((done) => setTimeout(done, time));
const within = (time, work) => Promise.race([work, late(time)]);

// Whether the phone keeps a page that has loaded; the first that a phone reads came without this worker.
async function loaded(address) {
  const url = new URL(address, location.origin);
  const path = url.pathname;
  if (!isPage(url)) return false;
  const reading = begin();
  const noted = notes.get(path) || fetch(url, FRESH).then((answer) => note(path, answer, reading));
  notes.delete(path);
  await noted;
  return Boolean(await find(path));
}

// A page that the reader wants to keep until it is deleted.
async function keep(path) {
  const entry = (await entries()).find((one) => one.path === path);
  const reading = begin({ asked: true });
  const kept = entry && !isOld(entry) && (await read(path));
  await note(path, kept || (await ask(path, entry, reading)), reading);
  if (reading.era !== era || !(await find(path))) throw Error();
  return tally();
}

async function forget() {
  era += 1;
  const gone = await tally().catch(() => ({ pages: 0, bytes: 0 }));
  await caches.delete(STORE);
  return gone;
}

async function tally() {
  const all = await entries();
  return {
    pages: all.filter((entry) => !entry.script).length,
    bytes: all.reduce((sum, entry) => sum + entry.bytes, 0),
  };
}

// The newest answer replaces the kept one; a page that is gone takes its copy and its tools with it,
// and so does one with another address by now: it is kept under that.
async function note(path, answer, reading) {
  const url = new URL(answer.url || path, location.origin);
  if (mayBeKept(answer) && isPage(url)) await keepPage(url.pathname, answer, reading);
  if (!isGone(answer)) return;
  const store = await caches.open(STORE);
  for (const end of ["", "check/", "plan/", "sources/", "wrong/"]) await store.delete(path + end);
}

let renewal; // the one under way, whichever page asks

function renew() {
  renewal = renewal || renewAll().finally(() => { renewal = undefined; });
  return renewal;
}

// Asks again, one after another, for pages kept by another worker or more than half a day ago.
// A line that breaks ends it, until the next page is read.
async function renewAll() {
  const begun = era;
  for (const entry of (await entries()).filter(isOld)) {
    const line = new AbortController();
    const { used, asked } = entry;
    const reading = { era: begun, used, asked, signal: line.signal };
    const done = await within(GIVEN_UP, renewPage(entry, reading));
    if (!done || begun !== era) return line.abort();
  }
}

const isOld = ({ headers, saved, script }) =>
  !script && (headers.get("x-worker") !== VERSION || Math.abs(Date.now() - saved) > DAY / 2);

async function renewPage(entry, reading) {
  const answer = await ask(entry.path, entry, reading);
  await note(entry.path, answer, reading).catch(() => {}); // no room; but the next may be gone
  return true;
}

// An unchanged page costs some 700 bytes, also where the browser's own store has dropped it (its
// scripts then cost once 1.7 KB each). So a phone that saves data (Save-Data) is no exception: these
// are words about danger.
async function ask(path, kept, { signal }) {
  const tag = kept && kept.headers.get("etag");
  const unless = tag ? { headers: { "if-none-match": tag } } : FRESH;
  const answer = await fetch(path, { ...unless, signal });
  if (answer.status !== 304) return answer;
  return (await read(path)) || fetch(path, FRESH);
}

const said = (answer, name) => (answer.headers.get(name) || "").toLowerCase();
const isForOneReader = (answer) => /no-store|private/.test(said(answer, "cache-control"));
const isGone = (answer) =>
  [404, 410].includes(answer.status) || answer.redirected || answer.type === "opaqueredirect"
  || (answer.status === 200 && isForOneReader(answer));
// Plainly public pages only.
const mayBeKept = (answer) =>
  answer.status === 200 && !isForOneReader(answer)
  && said(answer, "content-type").startsWith("text/html")
  && /\bpublic\b/.test(said(answer, "cache-control")) && !said(answer, "vary").includes("cookie");

// A page's scripts are kept before it and are never older than it: no page is kept without them.
async function keepPage(path, answer, reading) {
  const html = await answer.text();
  if (!html.includes("</html>")) return;
  const now = Date.now();
  for (const [, script] of html.matchAll(/<script[^>]* src="(\/static\/[^"]+)"/g)) {
    const found = await fetch(script);
    if (found.ok) await put(script, await pack(await found.text(), found.headers, now), reading);
  }
  const page = await pack(html, answer.headers, reading.used);
  const before = await read(path);
  const changed = !before || (await before.text()) !== html;
  try {
    await put(path, page, reading);
  } catch (error) {
    // Where not even its scripts had room, dropping other pages would not have made any.
    if (error.name !== "QuotaExceededError") throw error;
    await tidy(page.body.size);
    await put(path, page, reading);
  }
  await tidy();
  await keepTools(path, html, changed, reading);
}

// With a treatment's page its check and its planner are kept, and where all is asked for its sources;
// where its words change, theirs may.
async function keepTools(path, html, changed, reading) {
  const links = [...html.matchAll(/ href="([^"]+)"/g)].map(([, link]) => link);
  const tools = new Set(links.filter((link) => isTool(link) && pageOf(link) === path));
  for (const tool of tools) {
    try {
      if (reading.era !== era) return;
      const kept = await find(tool);
      const missing = reading.asked
        ? !(kept && kept.headers.has("x-asked"))
        : !kept && !tool.endsWith("/sources/");
      if (!missing && !(kept && changed)) continue;
      await note(tool, await ask(tool, kept, reading), reading);
    } catch (error) {
      if (reading.asked) throw error;
    }
  }
}

async function pack(text, headers, used) {
  const packed = "CompressionStream" in self;
  const plain = new Blob([text]);
  const body = packed
    ? await new Response(plain.stream().pipeThrough(new CompressionStream("gzip"))).blob()
    : plain;
  const kept = new Headers(headers);
  for (const name of ["content-encoding", "content-length", "vary", "x-packed"]) kept.delete(name);
  kept.set("x-worker", VERSION);
  kept.set("x-saved", Date.now());
  kept.set("x-used", used); // when it was read, which renewing is not
  kept.set("x-bytes", body.size);
  if (packed) kept.set("x-packed", "gzip");
  return { body, headers: kept };
}

const find = async (path) => (await caches.open(STORE)).match(path);

async function put(path, { body, headers }, { asked, era: begun }) {
  const store = await caches.open(STORE);
  const before = await store.match(path);
  if (asked || (before && before.headers.has("x-asked"))) headers.set("x-asked", "1");
  if (begun === era) await store.put(path, new Response(body, { headers }));
}

// All that is kept; earlier workers wrote no x-worker, and some no x-used.
async function entries() {
  const store = await caches.open(STORE);
  const all = await Promise.all((await store.keys()).map(async (key) => {
    const found = await store.match(key);
    if (!found) return undefined; // gone meanwhile
    const { headers } = found;
    const number = (name) => Number(headers.get(name));
    const url = new URL(key.url);
    const saved = number("x-saved");
    return {
      path: url.pathname,
      headers,
      saved,
      used: number("x-used") || saved,
      bytes: number("x-bytes"),
      asked: headers.has("x-asked"),
      script: isScript(url),
    };
  }));
  return all.filter(Boolean);
}

// Drops the oldest that nobody asked to keep, so many bytes at least; of what was kept at once, the
// page before its scripts.
async function tidy(bytes = 0) {
  const store = await caches.open(STORE);
  const all = (await entries()).filter((entry) => !entry.asked);
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
    const { body, headers } = await find(path);
    const stream = headers.has("x-packed") ? body.pipeThrough(new DecompressionStream("gzip")) : body;
    return new Response(await new Response(stream).blob(), { headers });
  } catch {
    return undefined;
  }
}

// A kept page says when it was kept. Where that lies in the future, nobody knows how old it is.
async function saved(url) {
  const path = url.pathname;
  const kept = await read(path);
  if (!kept) return undefined;
  const language = languageOf(path);
  const when = new Date(Number(kept.headers.get("x-saved")));
  const days = (Date.now() - when) / DAY;
  const words = WORDS[language];
  const told = words[days > DAYS || days < -1 ? "old" : "saved"].replace("{when}", say(when, language));
  const line = (text) => `<p class="preview" role="status">${text}</p>\n`;
  let html = await kept.text();
  let lines = line(told);
  if (path.endsWith("/plan/") && !isPlain(url)) {
    lines += line(`${words.plan} <a href="">${words.again}</a>`);
    html = chosen(html, url.searchParams);
  }
  return new Response(html.replace(/(?=<main\b)/, lines), { headers: kept.headers });
}

function say(when, language) {
  const locale = language === "bn" ? "bn-BD-u-nu-beng" : "en-GB";
  const part = (how) => when.toLocaleString(locale, { timeZone: "Asia/Dhaka", ...how });
  const day = part({ day: "numeric", month: "long", year: "numeric" });
  return `${day}, ${part({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
}

// The planner's form as it was sent: only what can stand in it, so nothing of an address is markup.
function chosen(html, query) {
  const start = query.get("start") || "";
  if (/^[\d/.-]+$/.test(start)) html = html.replace(/name="start"[^>]*\svalue="/, `$&${start}`);
  for (const day of query.getAll("day").filter((name) => /^[a-z]{3}$/.test(name))) {
    html = html.replace(`name="day" value="${day}"`, "$& checked");
  }
  return html;
}

// No network, and never read: what is kept here can be opened instead.
async function nothing() {
  const all = (await within(PATIENCE, entries().catch(() => {}))) || [];
  const paths = all.filter((entry) => !entry.script).map(({ path }) => path);
  const shown = paths.filter((path) => !isTool(path) || !paths.includes(pageOf(path)));
  const links = await Promise.all(shown.map(async (path) => {
    const page = await read(path);
    const title = page && (await page.text()).match(/<title>([^<]*)/);
    return title && `<li lang="${languageOf(path)}"><a href="${path}">${title[1]}</a></li>`;
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
