// What every page of our own in the admin has.

// What only somebody else may change stays as it is; it says why beside it.
document.addEventListener("click", (event) => {
  if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
});

// A page that was refused begins at what it says, or at the first field to put right. (The browser
// does not, where the address still names a part of the page before.)
addEventListener("load", () => {
  const wrong = document.querySelector(".wrong-field :is(textarea, input:not([type=hidden]), select)");
  const note = document.querySelector(".errornote");
  const said = document.querySelector("[autofocus]") ?? wrong ?? note;
  if (said === note && note) note.tabIndex = -1;
  said?.focus();
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
  if (bar) asToolbar(bar, label);
  half.querySelector(".ProseMirror").setAttribute("aria-label", label);
};

document.addEventListener("prose-editor:ready", (event) => {
  const half = event.detail.textarea.closest(".prose-half, .field-of");
  if (half) setTimeout(finish, 0, half); // its buttons come a moment later
});

// In a list, Tab would make a list within the list. It leads on, as everywhere else.
addEventListener("keydown", (event) => event.key === "Tab" && event.target.matches?.(".ProseMirror") && event.stopImmediatePropagation(), true);
