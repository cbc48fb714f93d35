// Keeps what is typed into a text on this device until it is saved or thrown away: after a closed
// tab or a login that ran out it is offered back. Without a store the page works as before.
{
  const PREFIX = "iontoinfo:text:";
  const OLDEST = 30 * 24 * 60 * 60 * 1000;
  const box = document.getElementById("kept");
  const mine = `${PREFIX}${box.dataset.user}:`;
  const editors = new WeakMap();
  const broughtBack = new WeakMap(); // what a text says whose editor is still to come
  const waiting = new Map(); // forms with something typed that is not kept yet

  // A store may be full, forbidden or absent: then nothing is kept, and all else works.
  const attempt = (use) => {
    try {
      return use();
    } catch {
      return undefined;
    }
  };
  const drop = (key) => attempt(() => localStorage.removeItem(key));
  const stored = (key) => {
    const draft = attempt(() => JSON.parse(localStorage.getItem(key)));
    return draft?.at && draft.fields ? draft : null;
  };
  const keyOf = (form) => mine + form.getAttribute("action");

  document.addEventListener("prose-editor:ready", ({ detail: { textarea, editor } }) => {
    editors.set(textarea, editor);
    if (broughtBack.has(textarea)) editor.commands.setContent(broughtBack.get(textarea));
  });

  // --- Keeping ----------------------------------------------------------------------------------

  const fields = (form) => [...form.elements].filter((one) => one.name && one.matches("textarea, select, input:not([type=hidden], [type=file])"));
  const isTicked = (field) => ["checkbox", "radio"].includes(field.type);
  const nameOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => (isTicked(field) ? field.checked : field.value);
  const original = (field) => {
    if (isTicked(field)) return field.defaultChecked;
    return field.options ? [...field.options].find((one) => one.defaultSelected)?.value ?? field.options[0]?.value : field.defaultValue;
  };
  const labelOf = (form) => form.closest(".text")?.ariaLabel ?? form.closest(".group").querySelector("h2").textContent.trim();

  const keep = (form) => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    if (!form.isConnected) return;
    const before = stored(keyOf(form))?.fields ?? {}; // a form that was refused comes back as it was sent
    const typed = fields(form).filter((field) => valueOf(field) !== original(field) || nameOf(field) in before);
    if (!typed.length) return;
    const said = Object.fromEntries(typed.map((field) => [nameOf(field), valueOf(field)]));
    const draft = { at: Date.now(), opened: form.elements.opened.value, label: labelOf(form), fields: said };
    attempt(() => localStorage.setItem(keyOf(form), JSON.stringify(draft)));
  };
  const later = (event) => {
    const form = event.target.closest?.(".sheet form.open");
    if (form && !waiting.has(form)) waiting.set(form, setTimeout(keep, 300, form));
  };
  addEventListener("input", later);
  addEventListener("change", later);
  addEventListener("pagehide", () => waiting.forEach((_timer, form) => keep(form)));

  addEventListener("thrown-away", (event) => drop(keyOf(event.target)));
  addEventListener("htmx:beforeSwap", ({ detail: { xhr, requestConfig } }) => {
    const isSaved = xhr.status === 200 && !xhr.responseURL.includes("/login/");
    if (isSaved && requestConfig.verb === "post" && requestConfig.elt.matches("form.open")) drop(keyOf(requestConfig.elt));
  });

  // --- Bringing back ----------------------------------------------------------------------------

  const put = (field, value) => {
    if (isTicked(field)) field.checked = value;
    else field.value = value;
    if (editors.has(field)) editors.get(field).commands.setContent(value);
    else broughtBack.set(field, value);
    field.closest(".field-of").classList.add("brought-back");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // Into the form as it is opened, from the version that it was typed into.
  addEventListener("htmx:afterSettle", ({ target, detail }) => {
    const form = detail.requestConfig?.verb === "get" && target.querySelector?.("form.open");
    const draft = form && stored(keyOf(form));
    if (!draft) return;
    form.dispatchEvent(new CustomEvent("bringing-back", { detail: draft.fields, bubbles: true }));
    for (const field of fields(form)) if (nameOf(field) in draft.fields) put(field, draft.fields[nameOf(field)]);
    form.elements.opened.value = draft.opened;
    form.prepend(document.getElementById("kept-back").content.cloneNode(true));
    box.querySelector(`[data-key="${CSS.escape(keyOf(form))}"]`)?.remove();
  });

  const plain = (value) => {
    if (typeof value !== "string") return value ? "✓" : "–";
    return new DOMParser().parseFromString(value.replace(/<\/(p|li)>|<br>/g, "\n"), "text/html").body.textContent.trim();
  };
  const locale = document.documentElement.lang === "bn" ? "bn-BD" : "en-GB";
  const offer = (key, draft) => {
    const part = document.getElementById("kept-one").content.cloneNode(true);
    const one = part.querySelector("[data-key]");
    const opener = [...document.querySelectorAll(".sheet a")].find((link) => mine + link.getAttribute("href") === key);
    one.dataset.key = key;
    one.querySelector(".when").textContent = new Date(draft.at).toLocaleString(locale, { dateStyle: "long", timeStyle: "short" });
    one.querySelector(".name").textContent = draft.label ?? "";
    one.querySelector(".back").hidden = !opener;
    one.querySelector(".back").addEventListener("click", () => opener.click());
    one.querySelector(".gone").hidden = Boolean(opener);
    if (!opener) one.querySelector(".words").textContent = Object.values(draft.fields).map(plain).join("\n");
    one.querySelector(".away").addEventListener("click", () => {
      drop(key);
      one.remove();
    });
    box.append(part);
  };

  const texts = mine + location.pathname.replace(/change\/$/, "texts/");
  for (const key of attempt(() => Object.keys(localStorage)) ?? []) {
    if (!key.startsWith(PREFIX)) continue;
    const draft = stored(key);
    if (!draft || Date.now() - draft.at > OLDEST) drop(key);
    else if (key.startsWith(texts)) offer(key, draft);
  }
}
