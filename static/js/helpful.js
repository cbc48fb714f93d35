// Sends an answer without leaving the page; what is shown then comes from the page that answers.
const aside = document.querySelector(".after");
const status = aside.querySelector("[role=status]");
let sending = false;

aside.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (sending) return;
  sending = true;
  try {
    const { action } = event.target;
    const body = new URLSearchParams(new FormData(event.target, event.submitter));
    const response = await fetch(action, { method: "POST", body });
    if (!response.ok) throw response.status;
    const answered = new DOMParser().parseFromString(await response.text(), "text/html");
    const thanks = answered.querySelector(".thanks");
    aside.querySelector("form, .thanks").replaceWith(thanks);
    status.textContent = "";
    thanks.focus();
  } catch {
    status.textContent = aside.dataset.failed;
  }
  sending = false;
});
