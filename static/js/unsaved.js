// Asks before a page is left on which something was typed that is not saved.
{
  const form = document.querySelector("form[data-unsaved]");
  const said = () => new URLSearchParams(new FormData(form)).toString();
  const before = form.dataset.unsaved || said();
  let sent = false;

  form.addEventListener("submit", () => (sent = true));
  addEventListener("pageshow", () => (sent = false)); // back again
  addEventListener("beforeunload", (event) => {
    if (!sent && said() !== before) event.preventDefault();
  });
}
