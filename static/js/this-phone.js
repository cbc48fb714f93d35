// Keeps all pages of this language on the phone, and deletes what it keeps: sw.js does the work.
const part = document.querySelector("#this-phone");
const [keepAll, forget] = part.querySelectorAll("button");
const status = part.querySelector("[role=status]");
const language = document.documentElement.lang;
const PATIENCE = 70_000; // milliseconds: somewhat longer than a page may take
let turn = 0; // how often something was pressed: only the last goes on

const inDigits = (number) =>
  language === "bn" ? String(number).replace(/\d/g, (digit) => "০১২৩৪৫৬৭৮৯"[digit]) : number;

const say = (name, numbers = {}) => {
  const words = part.querySelector(`[data-say=${name}]`).cloneNode(true);
  for (const key of Object.keys(numbers)) {
    for (const place of words.querySelectorAll(`[data-${key}]`)) place.textContent = inDigits(numbers[key]);
  }
  status.textContent = words.textContent.trim();
};

const sayHowMuch = (name, { pages, bytes }) =>
  say(name, { pages, kilobytes: Math.ceil(bytes / 1000) });

const ask = async (what) => {
  const { active } = await navigator.serviceWorker.ready;
  const answer = await new Promise((done, fail) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    setTimeout(fail, PATIENCE);
    active.postMessage(what, [port2]);
  });
  if (answer.failed) throw Error();
  return answer;
};

// The pages that every page leads to, and those of the treatments; a worker keeps their tools with them.
const addresses = async () => {
  const answer = await fetch(`/${language}/treatments/`);
  if (!answer.ok) throw Error();
  const list = new DOMParser().parseFromString(await answer.text(), "text/html");
  const links = [...list.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  return [...new Set(links)].filter((path) => /^\/\w+\/([\w-]+\/)*$/.test(path) && path.startsWith(`/${language}/`));
};

keepAll.addEventListener("click", async () => {
  const mine = ++turn;
  let done = 0;
  let all = 0;
  let kept;
  try {
    say("asking");
    const paths = await addresses();
    all = paths.length;
    for (const path of paths) {
      if (mine !== turn) return;
      say("keeping", { done, all });
      kept = await ask({ keep: path });
      done += 1;
    }
    if (mine === turn) sayHowMuch("kept", kept);
  } catch {
    if (mine === turn) say("unfinished", { done, all });
  }
});

forget.addEventListener("click", async () => {
  const mine = ++turn;
  try {
    const gone = await ask({ forget: true });
    document.querySelector("footer .keeps").classList.remove("kept");
    if (mine === turn) sayHowMuch("deleted", gone);
  } catch {
    if (mine === turn) say("undeleted");
  }
});

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.ready.then(() => { part.hidden = false; });
}
