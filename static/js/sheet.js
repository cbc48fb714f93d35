// The change page: a text opens, saves and closes in its place (htmx); here is what that does not do.
const formOf = (element) => element.closest("form.open");

// The lists of the page stand open where there is a place beside it; above it they would keep its texts away.
if (matchMedia("(min-width: 1101px)").matches) document.querySelectorAll(".rail details").forEach((list) => (list.open = true));

// Whoever comes from a finding wants to write there, in the field or the language that it is about.
let wanted = new URLSearchParams(location.search).get("open")?.replace(/\W/g, "") ?? null;
addEventListener("load", () => {
  if (wanted === null) return;
  const text = location.hash && document.querySelector(`.text${location.hash}`);
  text?.querySelector(".edit")?.click();
});

// A text that opens is ready to be written in, as high as what it says.
const fit = (area) => {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 4}px`;
};
const typed = new WeakSet(); // forms with words in them that are not saved
addEventListener("input", (event) => {
  if (event.target.matches("form.open textarea")) fit(event.target);
  if (formOf(event.target)) typed.add(formOf(event.target));
});
addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(".sheet form.open")].some((form) => typed.has(form))) event.preventDefault();
});
const begin = (form) => {
  form.querySelectorAll("textarea").forEach(fit);
  const said = form.querySelector("[autofocus]") ?? (wanted ? form.querySelector(`[name="${wanted}"], [lang="${wanted}"]`) : null);
  wanted = "";
  const wrong = form.querySelector(".wrong-field :is(textarea, input, select)");
  (said ?? wrong ?? form.querySelector("textarea, input:not([type=hidden]), select"))?.focus();
};
addEventListener("htmx:afterSettle", (event) => {
  const form = event.target.matches?.("form.open") ? event.target : event.target.querySelector?.("form.open");
  if (!form) return;
  if (event.detail.xhr?.status >= 400) typed.add(form); // it came back with what was typed
  begin(form);
});
addEventListener("load", () => {
  const form = document.querySelector(".sheet form.open"); // of a page that came whole
  if (form && document.activeElement === document.body) begin(form);
});

const close = (form, asks) => {
  if (asks && typed.has(form) && !confirm(form.closest(".sheet").dataset.ask)) return;
  const text = form.closest(".text, .group");
  const opener = [...text.querySelectorAll("a")].find((link) => link.getAttribute("href") === form.getAttribute("action"));
  form.dispatchEvent(new Event("thrown-away", { bubbles: true }));
  form.remove();
  opener?.focus();
};
addEventListener("click", (event) => {
  const cancel = event.target.closest?.("form.open [data-close]");
  if (!cancel || !cancel.closest(".sheet")) return;
  event.preventDefault();
  close(formOf(cancel), cancel.dataset.close === "ask");
});
// Between a field and the editor that takes its place, nothing has the focus.
const onlyForm = (target) => {
  const open = target === document.body ? document.querySelectorAll(".sheet form.open") : [];
  return open.length === 1 ? open[0] : null;
};
addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".sheet form.open") ?? onlyForm(event.target);
  if (!form) return;
  if (event.key === "Escape") close(form, true);
  if (event.key !== "Enter" || !event.ctrlKey) return;
  event.stopPropagation(); // the editor would break the line
  form.requestSubmit(form.querySelector(".save button"));
}, true);

// What is open stays: to press its button once more leads to it.
addEventListener("htmx:beforeRequest", (event) => {
  const open = event.detail.elt.matches("a") && event.detail.target.querySelector("form.open");
  if (!open) return;
  event.preventDefault();
  open.querySelector("textarea, input:not([type=hidden]), select").focus();
});

// Sources that are new can be chosen in what is open already; whoever went to add one comes back to the field.
let asker = null;
addEventListener("htmx:beforeRequest", ({ detail: { elt, target } }) => {
  if (target.id === "slot-sources-new") asker = formOf(elt) && elt.closest(".row").querySelector("select");
});
const chooseAnew = async (select) => {
  const form = await (await fetch(formOf(select).getAttribute("action"), { headers: { "HX-Request": "true" } })).text();
  const now = new DOMParser().parseFromString(form, "text/html").getElementById(select.id);
  if (!now) return;
  const chosen = select.value;
  select.replaceChildren(...now.options);
  select.value = chosen;
  if (!select.value) select.selectedIndex = 0;
  const row = select.closest(".row");
  row.querySelector(".help")?.replaceWith(now.closest(".row").querySelector(".help") ?? "");
  htmx.process(row);
};
addEventListener("htmx:afterSettle", async ({ target }) => {
  if (target.id !== "group-sources") return;
  await Promise.all([...document.querySelectorAll(".sheet form.open select[data-sources]")].map(chooseAnew));
  if (asker?.isConnected && !target.querySelector("form.open")) asker.focus();
  asker = null;
});

// Enter, Enter, Enter: what is confirmed leads to the next; what is saved keeps its place.
let next = null;
let moved = ""; // where a text is moved to, it can be moved on
addEventListener("htmx:beforeRequest", (event) => {
  const pressed = event.detail.elt;
  next = null;
  moved = pressed.name === "to" ? pressed.value : "";
  if (pressed.matches(".same")) {
    const all = [...document.querySelectorAll(".same")];
    next = all[all.indexOf(pressed) + 1]?.closest(".text").id ?? null;
  } else if (pressed.closest(".text")) next = pressed.closest(".text").id;
});
addEventListener("htmx:afterSettle", () => {
  const added = document.querySelector(".text[data-added]");
  if (added) {
    delete added.dataset.added;
    next = added.id;
  }
  if (!next || document.querySelector(".slot form.open")) return;
  const text = document.getElementById(next);
  const onwards = moved ? text?.querySelector(`[name=to][value=${moved}]`) : null;
  if (onwards) onwards.closest("details").open = true;
  (onwards ?? text?.querySelector(".same") ?? text?.querySelector(".edit") ?? text)?.focus();
  next = null;
});

addEventListener("click", (event) => {
  if (event.target.closest?.("#told .away")) document.getElementById("told").replaceChildren();
});

// No connection, or a login that has run out: what was typed stays where it is, and it is said; of what
// is no form, in the place that is always in view.
const notKept = (event) => {
  const sender = event.detail.requestConfig?.elt ?? event.detail.elt;
  const form = formOf(sender);
  const words = (id) => document.getElementById(id).content.cloneNode(true);
  if (!form) return document.getElementById("told").replaceChildren(words("not-done"));
  form.querySelectorAll(".wrong").forEach((said) => said.remove());
  form.append(words("not-kept"));
};
addEventListener("htmx:sendError", notKept);
addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.includes("/login/")) return;
  event.detail.shouldSwap = false;
  notKept(event);
});

// A login in another window has changed the token that the form was opened with: once more with the new one.
const newToken = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  return page.querySelector("#do [name=csrfmiddlewaretoken]")?.value;
};
addEventListener("htmx:responseError", async (event) => {
  const sender = event.detail.requestConfig.elt;
  const token = event.detail.xhr.status === 403 && !sender.dataset.again && (await newToken());
  if (!token) return notKept(event);
  document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token));
  sender.dataset.again = "once";
  if (sender.matches("form")) sender.requestSubmit(event.detail.requestConfig.submitter);
  else if (sender.matches(".grip")) htmx.trigger(sender, "dropped");
  else sender.click();
});
