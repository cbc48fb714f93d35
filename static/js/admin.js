// Moves list items by keyboard or click; dragging does the same by mouse.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const item = button.closest(".inline-related");
  const up = button.dataset.move === "up";
  let other = up ? item.previousElementSibling : item.nextElementSibling;
  while (other && !other.matches(".has_original")) {
    other = up ? other.previousElementSibling : other.nextElementSibling;
  }
  if (!other) return;
  other.insertAdjacentElement(up ? "beforebegin" : "afterend", item);
  item.parentElement.querySelectorAll(".has_original input._reorder_").forEach((input, index) => {
    input.value = index + 1;
  });
  button.focus();
});

// What only somebody else may change stays as it is; it says why beside it.
document.addEventListener("click", (event) => {
  if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
});

// Whoever adds an item writes into it next.
document.addEventListener("formset:added", (event) => {
  if (document.activeElement.closest(".add-row")) fieldsIn(event.target)[0]?.focus();
});

// A link to a place opens the list that it stands in and puts the cursor into the very field:
// #item-LIST-ITEM/FIELD, where an id leads without this only to something near it.
const isField = (element) => element.matches("input, select, textarea");
const fieldsIn = (element) =>
  [...element.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((field) => !field.closest("h3"));

const fieldAt = (target, column) => {
  const item = target.closest("h3") && target.closest(".inline-related");
  if (item) {
    const fields = fieldsIn(item);
    return fields.find((field) => field.name.endsWith(`-${column}`)) ?? fields.find((field) => field.lang === column) ?? fields[0];
  }
  if (isField(target)) return target;
  return target.closest("summary") ?? target.querySelector(".ProseMirror") ?? fieldsIn(target)[0] ?? target;
};

const goTo = (target, column = "") => {
  for (let node = target; node; node = node.parentElement) {
    if (node.tagName === "DETAILS") node.open = true;
  }
  const field = fieldAt(target, column);
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
};

const show = () => {
  const [id, column] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (!id) return;
  const list = id.match(/^item-([a-z_]+)-/)?.[1]; // the item itself may be gone
  const target = document.getElementById(id) ?? document.getElementById(`section-${list}`);
  if (target?.matches('input, select, textarea, .prose-half, h3[id^="item-"], [id^="section-"]')) goTo(target, column);
};
addEventListener("hashchange", show);
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) show(); // a second time: the address does not change
});

// A page that was refused begins at what it says, or at the first field to put right. (The browser
// does not, where the address still names a part of the page before.)
addEventListener("load", () => {
  const said = document.querySelector("[autofocus]");
  if (said) return said.focus();
  const wrong = document.querySelector(".errorlist:not(.nonfield)")?.closest(".fieldBox, .form-row, .prose-half");
  const note = document.querySelector(".errornote");
  if (wrong) goTo(wrong);
  else if (note) {
    note.tabIndex = -1;
    note.focus();
  } else show();
});

// Whoever types a moment means it.
document.addEventListener("input", (event) => {
  const later = event.target.closest(".moment") && event.target.form.querySelector('[name="when"][value="later"]');
  if (later && event.target.value) later.checked = true;
});

// --- The editors of the longer texts --------------------------------------------------------------

const ARROWS = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

// One stop for Tab, not six; the arrow keys go from button to button.
const asToolbar = (bar, label) => {
  const buttons = () => [...bar.querySelectorAll("button:not(.hidden)")];
  const only = (chosen) => buttons().forEach((button) => (button.tabIndex = button === chosen ? 0 : -1));
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label);
  only(buttons()[0]);
  for (const button of bar.querySelectorAll("button[title]")) button.title = button.ariaLabel = gettext(button.title);
  bar.addEventListener("focusin", (event) => only(event.target));
  bar.addEventListener("keydown", (event) => {
    if (!(event.key in ARROWS)) return;
    const all = buttons();
    const place = all.indexOf(document.activeElement) + ARROWS[event.key];
    all[Math.min(Math.max(place, 0), all.length - 1)].focus();
    event.preventDefault();
  });
};

const finish = (half) => {
  const label = half.querySelector("label").textContent.trim();
  const bar = half.querySelector(".prose-menubar");
  if (bar) asToolbar(bar, `${document.getElementById("keep")?.dataset.tools ?? ""} ${label}`.trim());
  half.querySelector(".ProseMirror").setAttribute("aria-label", label);
  if (document.activeElement === document.body && location.hash === `#${half.id}`) show();
};

document.addEventListener("prose-editor:ready", (event) => {
  const half = event.detail.textarea.closest(".prose-half, .fieldBox, .field-of");
  if (half) setTimeout(finish, 0, half); // its buttons come a moment later
});

// In a list, Tab would make a list within the list. It leads on, as everywhere else.
addEventListener("keydown", (event) => event.key === "Tab" && event.target.matches?.(".ProseMirror") && event.stopImmediatePropagation(), true);
