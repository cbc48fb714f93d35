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

// A link to an item opens the section that it stands in.
const show = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let node = target; node; node = node.parentElement) {
    if (node.tagName === "DETAILS") node.open = true;
  }
  target.scrollIntoView();
};
addEventListener("hashchange", show);
addEventListener("load", show);
