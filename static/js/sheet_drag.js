// A text is taken by its grip, with a mouse or a thumb, and put down at another place of its list. The
// keyboard has "Move up" and "Move down".
{
  const EDGE = 70; // where the page begins to go along, in pixels from the window's edge
  const STEP = 14; // how far it goes, a frame
  let held = null; // { grip, text, others, pointer, y, place }

  const unmark = () => held.others.forEach((one) => one.classList.remove("drop-above", "drop-below"));

  // Before which of the others it would stand; null at the end.
  const placeAt = (y) => {
    const after = held.others.find((one) => {
      const { top, height } = one.getBoundingClientRect();
      return y < top + height / 2;
    });
    return after ?? null;
  };
  const show = () => {
    unmark();
    held.place = placeAt(held.y);
    if (held.place) held.place.classList.add("drop-above");
    else held.others.at(-1).classList.add("drop-below");
  };
  const goAlong = () => {
    if (!held) return;
    const step = held.y < EDGE ? -STEP : held.y > innerHeight - EDGE ? STEP : 0;
    if (step) {
      scrollBy(0, step);
      show();
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
    const others = [...text.parentElement.querySelectorAll(":scope > .text:has(.grip)")].filter((one) => one !== text);
    if (!others.length) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    text.classList.add("held");
    held = { grip, text, others, pointer: event.pointerId, y: event.clientY, place: undefined };
    requestAnimationFrame(goAlong);
  });
  addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.pointer) return;
    held.y = event.clientY;
    show();
  });
  addEventListener("pointerup", (event) => {
    if (event.pointerId !== held?.pointer) return;
    const { grip, text, place } = held;
    letGo();
    const follower = text.parentElement.querySelector(`#${CSS.escape(text.id)} ~ .text:has(.grip)`);
    if (place === undefined || place === follower) return; // it stays where it was
    const before = place?.querySelector(".grip").dataset.item ?? "";
    grip.setAttribute("hx-vals", JSON.stringify({ before }));
    htmx.trigger(grip, "dropped");
  });
  addEventListener("pointercancel", (event) => event.pointerId === held?.pointer && letGo());
  addEventListener("keydown", (event) => held && event.key === "Escape" && letGo());
}
