// The phone's own list of ways to share where it has one; else the link is copied.
const share = document.querySelector("[data-share]");
const { title, label, copy, copied } = share.dataset;
const url = document.querySelector("link[rel=canonical]").href;
const sheet = Boolean(navigator.share);

if (sheet || navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  button.textContent = sheet ? label : copy;
  button.addEventListener("click", async () => {
    try {
      if (sheet) return await navigator.share({ title, url });
      await navigator.clipboard.writeText(url);
      document.querySelector(".after [role=status]").textContent = copied;
    } catch {
      // Closed again, or forbidden: the link beside it still works.
    }
  });
  share.append(button);
}
