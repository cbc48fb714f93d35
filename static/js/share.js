// The phone's own list of ways to share where it has one; else the link to the page is copied.
const share = document.querySelector("[data-share]");
const { title, label, copied } = share.dataset;
const link = share.lastElementChild;
const url = document.querySelector("link[rel=canonical]").href;
const sheet = Boolean(navigator.share);

if (sheet) link.textContent = label;
if (sheet || navigator.clipboard) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      if (sheet) return await navigator.share({ title, url });
      await navigator.clipboard.writeText(url);
      document.querySelector(".after [role=status]").textContent = copied;
    } catch {
      // Closed again, or forbidden: the link beside it still works.
    }
  });
}
