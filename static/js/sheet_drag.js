// A text is taken by its grip, with a mouse or a thumb, and put down at another place of its list. The
// keyboard has "Move up" and "Move down".
{
  const EDGE = 90; // where the page begins to go along, in pixels from what is seen of it
  const SPEED = 1500; // how far it goes in a second, at the very edge
  const LONGEST = 100; // milliseconds of a frame that count: nothing leaps away while a phone is busy
  let held = null; // { grip, text, all, pointer, y, place, at, rest }

  const unmark = () => held.all.forEach((one) => one.classList.remove("drop-above", "drop-below"));
  // What is seen begins below the bar, where that stays in view.
  const seen = () => [Math.max(0, document.querySelector(".bar-top").getBoundingClientRect().bottom), innerHeight];

  // Before which text of the list it would stand, null being its end: where the nearest line is that
  // can be seen. Undefined where it stands already, or where no line is in view.
  const placeAt = (y) => {
    const [top, bottom] = seen();
    const lines = held.all.map((one) => [one, one.getBoundingClientRect().top]);
    lines.push([null, held.all.at(-1).getBoundingClientRect().bottom]);
    const inView = lines.filter(([, line]) => line - 4 >= top && line + 4 <= bottom);
    if (!inView.length) return undefined; // nothing goes where nobody sees it
    const nearest = inView.reduce((one, other) => (Math.abs(other[1] - y) < Math.abs(one[1] - y) ? other : one));
    const follower = held.all[held.all.indexOf(held.text) + 1] ?? null;
    return [held.text, follower].includes(nearest[0]) ? undefined : nearest[0];
  };
  const show = () => {
    unmark();
    held.place = placeAt(held.y);
    if (held.place) held.place.classList.add("drop-above");
    else if (held.place === null) held.all.at(-1).classList.add("drop-below");
  };
  const goAlong = (now) => {
    if (!held) return;
    const [top, bottom] = seen();
    const near = Math.max(0, held.y - bottom + EDGE) - Math.max(0, top + EDGE - held.y);
    held.rest += (SPEED * Math.min(1, Math.max(-1, near / EDGE)) * Math.min(now - held.at, LONGEST)) / 1000;
    held.at = now;
    const step = Math.trunc(held.rest);
    held.rest -= step;
    if (step) {
      scrollBy(0, step);
      show(); // at once: the event comes only with the next frame, and a slow phone shows this one for long
    }
    requestAnimationFrame(goAlong);
  };
  const letGo = () => {
    unmark();
    held.text.classList.remove("held");
    held = null;
  };

  addEventListener("pointerdown", (event) => {
    const grip = event.button === 0 && event.target.closest?.(".grip");
    if (!grip || held) return;
    const text = grip.closest(".text");
    const list = text.parentElement;
    if (list.querySelector(".htmx-request")) return; // its answer brings the list anew
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    text.classList.add("held");
    const all = [...list.querySelectorAll(":scope > .text:has(.grip)")];
    held = { grip, text, all, pointer: event.pointerId, y: event.clientY, place: undefined, at: 0, rest: 0 };
  });
  addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.pointer) return;
    held.y = event.clientY;
    show();
    if (held.at) return;
    held.at = event.timeStamp; // from its first move on: to press alone moves nothing
    requestAnimationFrame(goAlong);
  });
  addEventListener("scroll", () => held && show());
  addEventListener("pointerup", (event) => {
    if (event.pointerId !== held?.pointer) return;
    const { grip, place } = held;
    letGo();
    if (place === undefined) return;
    const before = place?.querySelector(".grip").dataset.item ?? "";
    grip.setAttribute("hx-vals", JSON.stringify({ before }));
    htmx.trigger(grip, "dropped");
  });
  addEventListener("pointercancel", (event) => event.pointerId === held?.pointer && letGo());
  // Before what else Escape closes: this script stands before sheet.js.
  addEventListener("keydown", (event) => {
    if (!held || event.key !== "Escape") return;
    event.stopImmediatePropagation();
    letGo();
  }, true);
}
