// What “+” adds beside a group of boxes becomes a box there, ticked. Django does it for lists only.
addEventListener("load", () => {
  const dismiss = window.dismissAddRelatedObjectPopup;
  if (!dismiss) return;
  window.dismissAddRelatedObjectPopup = (popup, key, name) => {
    const group = document.getElementById(popup.name.replace(/__\d+$/, ""));
    const last = group?.querySelector(":scope > div:last-of-type");
    const box = last?.querySelector("input[type=checkbox]");
    if (!box) return dismiss(popup, key, name);
    const row = last.cloneNode(true);
    const added = row.querySelector("input");
    const label = row.querySelector("label");
    added.id = `${group.id}_added_${key}`;
    added.value = key;
    added.checked = true;
    label.htmlFor = added.id;
    label.replaceChildren(added, ` ${name}`);
    last.after(row);
    popup.close();
    added.dispatchEvent(new Event("change", { bubbles: true }));
    added.focus();
  };
});
