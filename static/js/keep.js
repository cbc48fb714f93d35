// Keeps what is typed on this device until it is saved, offers it back after a closed tab or an
// expired login, and says who else has the page open. Without it the page works as before.
(() => {
  const PREFIX = "iontoinfo:text:";
  const OLDEST = 30 * 24 * 60 * 60 * 1000;
  const editors = new WeakMap();
  let box, form, hidden, mark, self, waiting, refused, windowMark;

  // A store may be full, forbidden or absent: then nothing is kept, and all else works.
  const attempt = (use) => {
    try {
      return use();
    } catch {
      return undefined;
    }
  };
  const drop = (key) => attempt(() => localStorage.removeItem(key));

  document.addEventListener("prose-editor:ready", (event) => {
    editors.set(event.detail.textarea, event.detail.editor);
  });

  // --- The fields, by names that hold when items come, go and move ------------------------------

  const NEW = "new:";
  const NEVER = new Set(["csrfmiddlewaretoken", "opened", "typed_from", "mark"]);
  const STRUCTURE = /-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|id|treatment|master)$/;

  const itemOf = (field) => {
    const item = field.closest(".inline-related");
    if (!item || item.classList.contains("empty-form")) return null;
    const group = item.closest(".inline-group").id.replace(/-group$/, "");
    const heading = item.querySelector("h3[id]");
    if (heading) return { group, key: heading.id };
    const added = [...item.parentElement.querySelectorAll(".inline-related:not(.has_original):not(.empty-form)")];
    return { group, key: NEW + added.indexOf(item) };
  };

  // For an item's field: group, item, field; for any other its id, which says prefix and name.
  const nameOf = (field) => {
    const item = itemOf(field);
    const column = field.name.replace(/^.*-\d+-/, "");
    if (item) return [item.group, item.key, column].join("|");
    const half = field.closest(".prose-half");
    return half ? half.id : field.type === "checkbox" ? `${field.name}=${field.value}` : field.name;
  };

  const fields = () =>
    [...form.elements].filter(
      (field) =>
        field.name &&
        !NEVER.has(field.name) &&
        !STRUCTURE.test(field.name) &&
        !field.name.includes("__prefix__") &&
        !["submit", "button", "file", "fieldset"].includes(field.type) &&
        !field.closest(".empty-form, #keep, dialog")
    );

  const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);

  // What the field said when the page came; one of a form that was just added, what it says empty.
  const original = (field) => {
    if (field.type === "checkbox") return field.defaultChecked;
    if (field.type === "hidden" && hidden.has(field)) return hidden.get(field);
    if (field.type === "hidden") return form.elements[field.name.replace(/-\d+-/, "-__prefix__-")]?.value ?? "";
    if (field.tagName === "SELECT") return [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value ?? "";
    return field.defaultValue;
  };

  const labelOf = (field) => {
    const item = field.closest(".inline-related");
    const group = field.closest(".inline-group, fieldset");
    const words = [
      item && group.querySelector("h2")?.firstChild,
      item && item.querySelector(".inline_label"),
      field.id && form.querySelector(`label[for="${CSS.escape(field.id)}"]`),
    ];
    return words
      .map((node) => (node?.closest?.("h2") || node)?.textContent?.trim().replace(/\s+/g, " ").replace(/:$/, ""))
      .filter(Boolean)
      .join(" · ");
  };

  // --- Keeping ----------------------------------------------------------------------------------

  const keyOf = (which) => `${PREFIX}${box.dataset.user}:${box.dataset.treatment}:${which}`;

  const stored = () => {
    const keys = attempt(() => Object.keys(localStorage)) ?? [];
    return keys.filter((key) => key.startsWith(PREFIX)).map((key) => {
      const draft = attempt(() => JSON.parse(localStorage.getItem(key)));
      return draft?.at && draft.fields ? { ...draft, key } : { key, at: 0, fields: {} };
    });
  };

  const changed = () => {
    const found = {};
    for (const field of fields()) {
      const value = valueOf(field);
      if (value !== original(field)) found[nameOf(field)] = { value, label: labelOf(field) };
    }
    return found;
  };

  const keep = () => {
    clearTimeout(waiting);
    waiting = null;
    const found = { ...refused, ...changed() };
    const key = keyOf(mark);
    if (!Object.keys(found).length) {
      drop(key);
      note("");
      return;
    }
    const from = form.elements.typed_from.value || form.elements.opened.value;
    const text = JSON.stringify({ at: Date.now(), from, fields: found });
    const kept = attempt(() => (localStorage.setItem(key, text), true));
    note(kept ? `${box.dataset.kept} ${clock(new Date())}` : "");
  };

  const note = (words) => {
    const row = form.querySelector(".staff-actions");
    let line = row?.querySelector(".kept-note");
    if (row && !line) {
      line = document.createElement("span");
      line.className = "kept-note";
      row.append(line);
    }
    if (line) line.textContent = words;
  };

  const locale = document.documentElement.lang === "bn" ? "bn-BD" : "en-GB";
  const clock = (when) => when.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });

  const later = () => {
    waiting ??= setTimeout(keep, 1000);
  };

  // --- Bringing back ----------------------------------------------------------------------------

  const plain = (value) => {
    if (typeof value !== "string") return value ? "✓" : "–";
    if (!/^<(p|ul|ol)>/.test(value)) return value;
    const page = new DOMParser().parseFromString(value.replace(/<\/(p|li)>/g, "\n"), "text/html");
    return page.body.textContent.trim();
  };

  const put = (field, value) => {
    for (let node = field; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    const editor = editors.get(field);
    if (editor) editor.commands.setContent(value);
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    (field.closest(".prose-editor") || field).classList.add("brought-back");
  };

  const added = (group) =>
    document.getElementById(`${group}-group`)?.querySelectorAll(".inline-related:not(.has_original):not(.empty-form)").length ?? 0;

  // Forms for the items that were new then, behind those that are new now. Gives the fields' names.
  const withForms = (entries) => {
    const there = {};
    const renamed = [];
    for (const [name, entry] of Object.entries(entries)) {
      const [group, key, column] = name.split("|");
      if (!key?.startsWith(NEW)) {
        renamed.push([name, entry]);
        continue;
      }
      there[group] ??= added(group);
      const number = there[group] + Number(key.slice(NEW.length));
      const add = document.querySelector(`#${group}-group .add-row a`);
      for (let tries = added(group); add && tries <= number; tries += 1) add.click();
      renamed.push([[group, NEW + number, column].join("|"), entry]);
    }
    return renamed;
  };

  const reorder = () => {
    for (const group of form.querySelectorAll(".inline-group")) {
      const items = [...group.querySelectorAll(".has_original")];
      const place = (item) => Number(item.querySelector("input._reorder_")?.value || 0);
      const sorted = [...items].sort((one, other) => place(one) - place(other));
      if (items.every((item, n) => item === sorted[n])) continue;
      const last = document.createComment("");
      items[0].before(last);
      for (const item of sorted) last.before(item);
      last.remove();
    }
  };

  const bringBack = (draft) => {
    const left = [];
    for (const [name, { value, label }] of withForms(draft.fields)) {
      const field = fields().find((each) => nameOf(each) === name);
      if (field) put(field, value);
      else if (!name.endsWith("|position")) left.push({ label, value });
    }
    reorder();
    if (draft.from !== form.elements.opened.value) form.elements.typed_from.value = draft.from;
    drop(draft.key);
    keep();
    return left;
  };

  const look = (list, entries) => {
    for (const { label, value } of entries) {
      const name = document.createElement("dt");
      const words = document.createElement("dd");
      name.textContent = label;
      words.textContent = plain(value);
      list.append(name, words);
    }
  };

  // What the page does not say already.
  const missing = (entries) => {
    const now = new Map(fields().map((field) => [nameOf(field), valueOf(field)]));
    return Object.entries(entries).filter(([name, { value }]) => now.get(name) !== value);
  };

  const shown = (entries) => {
    const places = entries.filter(([name]) => !name.endsWith("|position")).map(([, entry]) => entry);
    return places.length < entries.length ? [...places, { label: box.dataset.order, value: true }] : places;
  };

  const offer = (draft) => {
    const part = box.querySelector(".kept-template").content.cloneNode(true);
    const section = part.querySelector(".kept");
    const when = new Date(draft.at);
    const today = when.toDateString() === new Date().toDateString();
    part.querySelector(".kept-when").textContent = today
      ? clock(when)
      : `${when.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" })}, ${clock(when)}`;
    const places = shown(missing(draft.fields));
    part.querySelector(".kept-number").textContent = places.length;
    look(part.querySelector(".kept-look"), places);
    part.querySelector(".kept-back").addEventListener("click", () => {
      const left = bringBack(draft);
      const done = box.querySelector(".kept-done").content.cloneNode(true);
      if (left.length) {
        done.querySelector(".kept-left").hidden = false;
        const list = document.createElement("dl");
        list.className = "kept-look";
        look(list, left);
        done.querySelector(".kept").append(list);
      }
      section.replaceWith(done);
      (form.querySelector(".brought-back") || form).scrollIntoView({ block: "center" });
    });
    part.querySelector(".kept-away").addEventListener("click", () => {
      drop(draft.key);
      section.remove();
    });
    box.append(part);
  };

  // A window that is still open holds a lock by its mark: its text is not lost.
  const heldElsewhere = async () => {
    try {
      const { held } = await navigator.locks.query();
      return new Set(held.map((lock) => lock.name));
    } catch {
      return new Set();
    }
  };

  const forgetSaved = (place) => {
    const saved = new Set(place.dataset.saved.split(" "));
    for (const draft of stored()) {
      const [user, , which] = draft.key.slice(PREFIX.length).split(":");
      const isSaved = user === place.dataset.user && saved.has(which);
      if (isSaved || Date.now() - draft.at > OLDEST) drop(draft.key);
    }
  };

  const offered = new Set();
  const offerAll = async () => {
    const open = await heldElsewhere();
    for (const draft of stored().sort((one, other) => other.at - one.at)) {
      if (!draft.key.startsWith(keyOf("")) || draft.key === keyOf(mark) || draft.key === keyOf(self)) continue;
      if (open.has(draft.key) || offered.has(draft.key)) continue;
      offered.add(draft.key);
      if (missing(draft.fields).length) offer(draft);
      else drop(draft.key);
    }
  };

  // --- Who else is here -------------------------------------------------------------------------

  const say = (sentences) => {
    const others = box.querySelector(".others");
    const said = [...others.children].map((element) => element.textContent);
    if (said.join("\n") === sentences.join("\n")) return;
    others.replaceChildren(
      ...sentences.map((sentence) => {
        const line = document.createElement("p");
        line.textContent = sentence;
        return line;
      })
    );
  };

  const tab = () => {
    windowMark ??= attempt(() => sessionStorage.getItem(PREFIX)) || newMark();
    attempt(() => sessionStorage.setItem(PREFIX, windowMark));
    return windowMark;
  };

  const message = () => {
    const data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("window", tab());
    data.set("opened", form.elements.opened.value);
    return data;
  };

  // After a login in another window this page's token is old: take the new one.
  const renewToken = async () => {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (answer.status !== 200) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("#treatment_form [name=csrfmiddlewaretoken]");
    if (token) form.elements.csrfmiddlewaretoken.value = token.value;
    return Boolean(token);
  };

  const beat = async (again = true) => {
    if (document.hidden || !box.dataset.openedUrl) return;
    try {
      const answer = await fetch(box.dataset.openedUrl, { method: "POST", body: message(), redirect: "manual" });
      if (answer.status === 403 && again && (await renewToken())) return beat(false);
      box.querySelector(".logged-out").hidden = answer.ok;
      if (!answer.ok) return;
      const { others, saved } = await answer.json();
      say([saved, ...others].filter(Boolean));
    } catch {
      // no network for the moment: what is typed is kept all the same
    }
  };

  // --- Begin ------------------------------------------------------------------------------------

  const newMark = () =>
    crypto.randomUUID?.() || [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-");

  const hold = () => navigator.locks?.request(keyOf(mark), () => new Promise(() => {})).catch(() => {});

  const begin = () => {
    const saved = document.querySelector("#keep, #kept-saved");
    if (!saved) return;
    forgetSaved(saved);
    if (saved.id !== "keep") return;
    box = saved;
    form = box.closest("form");
    mark = self = form.elements.mark.value || newMark();
    form.elements.mark.value = mark;
    hold();
    // A form that was refused comes back as it was sent: all of it is unsaved still.
    refused = "refused" in box.dataset ? stored().find((draft) => draft.key === keyOf(mark))?.fields : {};
    hidden = new Map(fields().filter((field) => field.type === "hidden").map((field) => [field, field.value]));
    form.addEventListener("input", later);
    form.addEventListener("change", later);
    form.addEventListener("click", later); // moving, adding and taking away items
    form.addEventListener("submit", (event) => {
      keep();
      if (event.submitter?.formTarget === "_blank") return;
      mark = newMark(); // what is typed while the answer is on its way is another text
      refused = {};
      hold();
    });
    addEventListener("pagehide", () => {
      if (waiting) keep();
    });
    document.addEventListener("visibilitychange", () => {
      if (waiting) keep();
      if (!document.hidden) beat();
    });
    offerAll();
    setTimeout(offerAll, 2000); // a page that was loaded again may hold its lock a moment longer
    beat();
    setInterval(beat, 60000);
  };

  document.addEventListener("DOMContentLoaded", begin);
})();
