// Passkeys, and what one does with recovery codes. Without scripts, a code of an app gets in as well.
{
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withBytes = (one) => ({ ...one, id: bytes(one.id) });

  // From JSON to what a browser is asked, and back: older browsers have no words of their own for it.
  const asked = (json) => {
    const said = JSON.parse(json);
    return {
      ...said,
      challenge: bytes(said.challenge),
      ...(said.user && { user: withBytes(said.user) }),
      ...(said.excludeCredentials && { excludeCredentials: said.excludeCredentials.map(withBytes) }),
      ...(said.allowCredentials && { allowCredentials: said.allowCredentials.map(withBytes) }),
    };
  };
  const answered = ({ id, type, rawId, response }) => {
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const sent = parts.filter((name) => response[name]).map((name) => [name, text(response[name])]);
    return JSON.stringify({ id, type, rawId: text(rawId), clientExtensionResults: {}, response: Object.fromEntries(sent) });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const show = (selector) => (form.querySelector(selector).hidden = false);
    if (!globalThis.PublicKeyCredential) {
      show(".unable");
      form.querySelector("button").disabled = true;
      continue;
    }
    form.addEventListener("submit", async (event) => {
      if (form.elements.passkey.value) return;
      event.preventDefault();
      form.querySelector(".failed").hidden = true;
      try {
        const made = await navigator.credentials[form.dataset.passkey]({ publicKey: asked(form.dataset.asked) });
        form.elements.passkey.value = answered(made);
      } catch {
        show(".failed");
        return;
      }
      form.requestSubmit();
    });
  }

  for (const row of document.querySelectorAll(".with-scripts")) row.hidden = false;
  document.querySelector("[data-print]")?.addEventListener("click", () => print());
  const copy = document.querySelector("[data-copy]");
  copy?.addEventListener("click", async () => {
    const codes = [...document.querySelectorAll(`#${copy.dataset.copy} code`)].map((code) => code.textContent);
    await navigator.clipboard.writeText(codes.join("\n"));
    document.querySelector(".copied").hidden = false;
  });
  if (!navigator.clipboard) copy?.remove();
}
