// Sends an answer without leaving the page; what is shown then comes from the page that answers.
const aside = document.querySelector(".after");
const status = aside.querySelector("[role=status]");
let sending = false;

// The click and not the form's sending says on every phone which answer was tapped.
aside.addEventListener("click", async (event) => {
  const { form, name, value } = event.target.closest("button") || {};
  if (!form) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    body.set(name, value);
    const response = await fetch(form.action, { method: "POST", body });
    const answered = new DOMParser().parseFromString(await response.text(), "text/html");
    const thanks = answered.querySelector(".thanks");
    if (thanks) {
      aside.querySelector("form, .thanks").replaceWith(thanks);
      thanks.focus();
    }
    const refusal = answered.querySelector(".lead");
    status.textContent = thanks ? "" : refusal ? refusal.textContent : aside.dataset.failed;
  } catch {
    status.textContent = aside.dataset.failed;
  }
  sending = false;
});
