// The phone's own list of ways to share where it has one; else the link to the page is copied; and
// where neither is allowed, as within other apps, its address stands there to be copied by hand.
const share = document.querySelector("[data-share]");
const { title, label, copied, copy } = share.dataset;
const link = share.lastElementChild;
const url = document.querySelector("link[rel=canonical]").href;
const say = (words) => {
  document.querySelector(".after [role=status]").textContent = words;
};

const field = document.createElement("input");
field.readOnly = true;
field.value = url;
field.setAttribute("aria-label", copy);
field.style.cssText = "width: 100%; padding: 0.5rem; font: inherit";

if (navigator.share) link.textContent = label;
link.addEventListener("click", async (event) => {
  event.preventDefault();
  try {
    if (navigator.share) return await navigator.share({ title, url });
  } catch (error) {
    if (error.name === "AbortError") return; // closed again
  }
  try {
    await navigator.clipboard.writeText(url);
    say(copied);
  } catch {
    share.append(field);
    field.focus();
    field.select();
    say(copy);
  }
});
