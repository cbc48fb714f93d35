// Keeps the pages that were read, so that they open again without a network.
// WORDS, by language, is written above this by the server.
const STORE = "pages";
const MOST = 300_000; // bytes that may be kept without asking
const FRESH = { cache: "no-cache" }; // the browser's own store may be some seconds behind
const LANGUAGES = Object.keys(WORDS);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
// A page that was there before this worker asks to be kept too.
self.addEventListener("message", (event) => {
  const url = new URL(event.data, location.origin);
  if (isPage(url)) event.waitUntil(fetch(url, FRESH).then((answer) => note(url.pathname, answer)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.search) return;
  if (request.mode === "navigate" && (isPage(url) || url.pathname === "/")) {
    event.respondWith(open(event, url.pathname));
  } else if (isScript(url)) {
    event.respondWith(read(url.pathname).then((kept) => kept ?? fetch(request)));
  }
});

const isOurs = (url) => url.origin === location.origin;
const isPage = (url) =>
  isOurs(url) && LANGUAGES.includes(url.pathname.split("/")[1]) && !url.pathname.includes("/helpful/");
const isScript = (url) => isOurs(url) && /^\/static\/js\/[^/]+\.js$/.test(url.pathname);

async function open(event, path) {
  let answer;
  try {
    answer = await fetch(event.request, FRESH);
  } catch {
    return (await saved(path)) ?? nothing();
  }
  event.waitUntil(note(path, answer.clone()));
  return answer;
}

// The newest answer replaces the kept one; a page that is gone takes its copy with it.
async function note(path, answer) {
  if (mayBeKept(answer)) await keepPage(path, answer);
  else if (isGone(answer)) await (await caches.open(STORE)).delete(path);
}

const said = (answer, name) => (answer.headers.get(name) ?? "").toLowerCase();
const isForOneReader = (answer) => /no-store|private/.test(said(answer, "cache-control"));
const isGone = (answer) =>
  [404, 410].includes(answer.status) || (answer.status === 200 && isForOneReader(answer));
// Plainly public pages only. A line that breaks can leave an answer without its headers.
const mayBeKept = (answer) =>
  answer.status === 200 && !answer.redirected && !isForOneReader(answer)
  && said(answer, "content-type").startsWith("text/html")
  && /\bpublic\b/.test(said(answer, "cache-control")) && !said(answer, "vary").includes("cookie");

async function keepPage(path, answer) {
  const html = await answer.text();
  await write(path, html, answer.headers);
  for (const [, script] of html.matchAll(/<script[^>]* src="(\/static\/[^"]+)"/g)) {
    if (await read(script)) continue;
    const found = await fetch(script);
    if (found.ok) await write(script, await found.text(), found.headers);
  }
  await tidy();
}

async function write(path, text, headers) {
  const packed = "CompressionStream" in self;
  const plain = new Blob([text]);
  const stream = packed ? plain.stream().pipeThrough(new CompressionStream("gzip")) : plain.stream();
  const body = await new Response(stream).blob();
  const kept = new Headers(headers);
  for (const name of ["content-encoding", "content-length", "vary"]) kept.delete(name);
  kept.set("x-saved", Date.now());
  kept.set("x-bytes", body.size);
  if (packed) kept.set("x-packed", "gzip");
  await put(path, body, kept);
}

async function put(path, body, headers) {
  headers.set("x-used", Date.now());
  await (await caches.open(STORE)).put(path, new Response(body, { headers }));
}

// What is kept under a path, unpacked, or undefined. Reading it counts as using it.
async function read(path) {
  const kept = await (await caches.open(STORE)).match(path);
  if (!kept) return undefined;
  const body = await kept.blob();
  await put(path, body, new Headers(kept.headers));
  const packed = kept.headers.has("x-packed");
  const stream = packed ? body.stream().pipeThrough(new DecompressionStream("gzip")) : body.stream();
  return new Response(stream, { headers: kept.headers });
}

async function tidy() {
  const store = await caches.open(STORE);
  const entries = await Promise.all((await store.keys()).map(async (key) => {
    const { headers } = await store.match(key);
    return { key, used: Number(headers.get("x-used")), bytes: Number(headers.get("x-bytes")) };
  }));
  let sum = entries.reduce((bytes, entry) => bytes + entry.bytes, 0);
  for (const entry of entries.sort((one, other) => one.used - other.used)) {
    if (sum <= MOST) return;
    await store.delete(entry.key);
    sum -= entry.bytes;
  }
}

// A kept page says when it was kept.
async function saved(path) {
  const kept = await read(path);
  if (!kept) return undefined;
  const language = path.split("/")[1];
  const locale = language === "bn" ? "bn-BD-u-nu-beng" : "en-GB";
  const when = new Date(Number(kept.headers.get("x-saved")));
  const say = (how) => when.toLocaleString(locale, { timeZone: "Asia/Dhaka", ...how });
  const moment = `${say({ dateStyle: "long" })}, ${say({ timeStyle: "short", hourCycle: "h23" })}`;
  const line = `<p class="preview" role="status">${WORDS[language].saved.replace("{when}", moment)}</p>\n`;
  const html = (await kept.text()).replace(/(?=<main\b)/, line);
  return new Response(html, { headers: kept.headers });
}

// No network, and never read: what is kept here can be opened instead.
async function nothing() {
  const store = await caches.open(STORE);
  const paths = (await store.keys()).map((key) => new URL(key.url)).filter(isPage);
  const links = await Promise.all(paths.map(async ({ pathname }) => {
    const title = (await (await read(pathname)).text()).match(/<title>([^<]*)/)?.[1] ?? pathname;
    return `<li lang="${pathname.split("/")[1]}"><a href="${pathname}">${title}</a></li>`;
  }));
  const part = (language) => {
    const { title, text, kept } = WORDS[language];
    return `<div lang="${language}"><h2>${title}</h2><p>${text}</p>${links.length ? `<p>${kept}</p>` : ""}</div>`;
  };
  const both = LANGUAGES.map((language) => WORDS[language].title).join(" · ");
  const html = `<!doctype html><html lang="bn"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${both}</title>
<style>:root{color-scheme:light dark}body{max-width:36rem;margin:2rem auto;padding:0 1rem;font:1.125rem/1.7 system-ui,sans-serif}a{display:inline-block;min-height:2.75rem}</style>
<main><h1>${both}</h1>${LANGUAGES.map(part).join("")}<ul>${links.join("")}</ul></main>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  };
  return new Response(html, { status: 503, headers });
}
