// A login in another tab makes this page's token an old one, and after a logout a save leads to the
// login page: what was typed would be lost. So the form asks the server first.
{
  let sending = false;

  const freshToken = async () => {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    const page = answer.ok ? await answer.text() : "";
    return page.match(/name="csrfmiddlewaretoken" value="(\w+)"/)?.[1];
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const note = form.querySelector(".logged-out");
    if (!note || sending) return;
    event.preventDefault();
    const token = await freshToken().catch(() => form.elements.csrfmiddlewaretoken.value);
    note.hidden = Boolean(token);
    if (!token) return note.scrollIntoView({ block: "center" });
    form.elements.csrfmiddlewaretoken.value = token;
    sending = true;
    form.requestSubmit(event.submitter); // says "submit" once more, and at once
    sending = false;
  });
}
