// Confirming a text needs no new page: it is sent by itself, and the next text is there at once.
// Without this script every button loads the page again at the next text.
{
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const shown = (number) => number.toLocaleString(document.documentElement.lang);

  // --- Sending, one after the other ---------------------------------------------------------------

  let line = Promise.resolve();
  let waiting = 0;

  const wait = (more) => {
    waiting += more;
    document.getElementById("bar").setAttribute("aria-busy", String(waiting > 0));
  };

  const send = (address, data) => {
    wait(1);
    const options = { method: "POST", body: data, headers: { Accept: "text/plain" }, redirect: "manual" };
    const sent = line.then(async () => {
      const answer = await fetch(address, options).catch(() => ({}));
      wait(-1);
      return answer.status === 204 ? null : { why: answer.status === 409 ? await answer.text() : "" };
    });
    line = sent;
    return sent;
  };

  const fields = (form, keys) => {
    const data = new URLSearchParams(new FormData(form));
    data.delete("key");
    for (const key of keys) data.append("key", key);
    return data;
  };

  addEventListener("beforeunload", (event) => {
    if (!waiting) return;
    event.preventDefault();
    event.returnValue = "";
  });

  // --- What is done, and what is next -------------------------------------------------------------

  const isRest = (step) => step.classList.contains("rest");
  const openInRest = (rest) => all("input[name=key]:not([disabled])", rest);
  const isDone = (step) => (isRest(step) ? !openInRest(step).length : step.classList.contains("done"));
  const buttonOf = (step) => step.querySelector(isRest(step) ? "[data-confirm-all]" : "[data-confirm], [data-ahead]");
  // Texts that are confirmed together are read from their beginning; the button is at their end.
  const startOf = (step) => (isRest(step) ? step.querySelector("header") : buttonOf(step));
  const publish = () => document.querySelector("[data-publish]");

  // What is to be confirmed comes first: what stops publishing leads away from this page.
  const following = (after) => {
    const open = all(".step").filter((step) => !isDone(step) && buttonOf(step));
    const here = open.filter((step) => !step.closest(".stops"));
    const later = after && here.find((step) => after.compareDocumentPosition(step) & Node.DOCUMENT_POSITION_FOLLOWING);
    return later || here[0] || open[0];
  };

  const count = () => {
    const texts = all(".step").flatMap((step) => (isRest(step) ? all("input[name=key]", step) : [step]));
    const done = texts.filter((one) => one.disabled || one.classList.contains("done")).length;
    const told = document.querySelector("#bar [role=status]");
    if (!told) return;
    const words = told.dataset.words;
    told.firstElementChild.textContent = filled(words, { done: shown(done), all: shown(texts.length) });
    document.querySelector("#bar progress").value = done;
    for (const number of all("[data-number]")) {
      const entries = all(".entry", number.closest("section"));
      const some = entries.filter((entry) => entry.classList.contains("done"));
      number.textContent = filled(words, { done: shown(some.length), all: shown(entries.length) });
    }
    for (const rest of all(".rest.step")) {
      const open = openInRest(rest).length;
      const button = buttonOf(rest);
      rest.querySelector("form").hidden = !open;
      const read = rest.querySelector("[data-read]");
      if (read) read.parentElement.hidden = !open;
      button.querySelector("span").textContent = filled(button.dataset.words, { number: shown(open) });
    }
  };

  const name = (step) => {
    const line = document.querySelector("#bar .next-name");
    if (line) line.textContent = step ? filled(line.dataset.words, { name: step.dataset.name }) : "";
    const lead = document.querySelector("[data-next]");
    if (lead) lead.hidden = !step;
    if (publish()) publish().classList.toggle("main", !step);
  };

  // Where what is next begins has the address #next, as the server gives it.
  const point = (step) => {
    const old = document.getElementById("next");
    if (old) old.removeAttribute("id");
    const place = step ? startOf(step) : publish();
    if (place) place.id = "next";
    name(step);
    return place;
  };

  const goTo = (step) => {
    const place = point(step);
    if (!place) return;
    const seen = step && !isRest(step) ? step : place;
    const fits = !(step && isRest(step)) && seen.getBoundingClientRect().height < innerHeight - 220;
    if (!place.closest("#bar")) seen.scrollIntoView({ block: fits ? "center" : "start" });
    place.focus({ preventScroll: true });
  };

  // --- Confirming, and taking that back -----------------------------------------------------------

  const mark = (entry, done) => {
    entry.classList.toggle("done", done);
    for (const ask of all(".ask", entry)) ask.hidden = done;
    for (const key of all("input[name=key]", entry)) key.disabled = done;
    for (const told of all(".agreed, .wrong", entry)) told.remove();
    if (!done) return;
    const agreed = document.getElementById("just-agreed").content.cloneNode(true);
    agreed.querySelector("button").value = entry.id.replace("text-", "");
    agreed.querySelector(".visually-hidden").textContent = `: ${entry.dataset.name}`;
    entry.querySelector(".answer").append(agreed);
  };

  const say = (entry, why) => {
    const told = document.getElementById("not-agreed").content.cloneNode(true);
    if (why) told.querySelector("b").textContent = why;
    entry.querySelector(".answer").append(told);
  };

  const keyOf = (entry) => entry.id.replace("text-", "");

  const settle = async (entries, done, address, form) => {
    for (const entry of entries) mark(entry, done);
    count();
    const refused = await send(address, fields(form, entries.map(keyOf)));
    if (!refused) return;
    for (const entry of entries) mark(entry, !done);
    say(entries[0], refused.why);
    count();
    point(following());
  };

  const confirm = (button) => {
    const entry = button.closest(".entry");
    settle([entry], true, button.form.action, button.form);
    goTo(following(entry));
  };

  const confirmAll = (button) => {
    const rest = button.closest(".rest");
    const entries = openInRest(rest).map((key) => key.closest(".entry"));
    settle(entries, true, button.form.action, button.form);
    goTo(following(rest));
  };

  const undo = (button) => {
    const entry = button.closest(".entry");
    const step = entry.closest(".rest") || entry;
    if (!entry.querySelector(".ask, input[name=key]")) return false; // from another day: the page is loaded again
    settle([entry], false, button.formAction, button.form);
    goTo(step);
    return true;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm], [data-confirm-all], [data-undo]");
    if (button) {
      if (event.detail > 1) return event.preventDefault(); // the second half of a double press
      if (button.matches("[data-undo]")) {
        if (undo(button)) event.preventDefault();
        return;
      }
      event.preventDefault();
      if (button.matches("[data-confirm]")) confirm(button);
      else confirmAll(button);
    }
    if (event.target.closest("[data-next]")) {
      event.preventDefault();
      goTo(following());
    }
  });

  // A key that is held down reads nothing.
  document.addEventListener("keydown", (event) => {
    if (event.repeat && event.target.closest && event.target.closest(".press")) event.preventDefault();
  });

  // Whatever leads to another page waits for what is on its way.
  document.addEventListener("submit", (event) => {
    if (!waiting) return;
    event.preventDefault();
    line.then(() => event.target.requestSubmit(event.submitter));
  });

  // --- Another choice of languages or time --------------------------------------------------------

  const REGIONS = ["wrong", "differences", "confirm-choice", "publish-choice", "bar"];
  const form = document.getElementById("publish");
  let asked;

  const showChoice = async () => {
    const data = new FormData(form);
    const later = data.get("when") === "later";
    if (!data.has("languages") || (later && !(data.get("date") && data.get("time")))) return;
    const chosen = new URLSearchParams();
    for (const [field, value] of data) {
      const wanted = ["languages", "withdraw"].includes(field) || (later && ["when", "date", "time"].includes(field));
      if (wanted) chosen.append(field, value);
    }
    const differences = document.getElementById("differences");
    differences.setAttribute("aria-busy", "true");
    asked = chosen;
    await line;
    const answer = await fetch(`${form.action}?${chosen}`, { redirect: "manual" }).catch(() => ({}));
    const words = answer.ok ? await answer.text() : "";
    if (asked !== chosen) return;
    differences.removeAttribute("aria-busy");
    if (!words) return; // publishing says what is different then
    const page = new DOMParser().parseFromString(words, "text/html");
    for (const id of REGIONS) document.getElementById(id).replaceWith(page.getElementById(id));
    name(following());
  };

  form.addEventListener("change", showChoice);
  form.querySelector(".show-again").hidden = true;
  name(following());
}
