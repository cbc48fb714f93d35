// Several new texts of a list, each a row: Enter leads to the next row, and a list that is pasted into
// a cell fills the cells below it. The server does the same with what reaches it (staff/text_rows.py).
{
  const ENTRY = /^\s*(?:[·•∙●○◦‣▪■□▫◆◇❖➢➤►▶✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076]|[*–—-](?=\s)|[o§Ø](?=[ \u00a0]*\t|\u00a0{2})|\(?[0-9০-৯]{1,3}[.)।](?![0-9০-৯]))\s*(?=\S)/;
  const entries = (text) => text.split(/\r\n|\r|\n/).map((line) => line.replace(ENTRY, "").trim()).filter(Boolean);
  const numerals = new Intl.NumberFormat(document.documentElement.lang === "bn" ? "bn-BD" : "en-GB");

  const formOf = (cell) => cell.closest?.("form.rows");
  const isCell = (element) => Boolean(element.matches?.("form.rows fieldset textarea"));
  const rowsOf = (form) => [...form.querySelectorAll("fieldset")].map((row) => [...row.querySelectorAll("textarea")]);
  const placeOf = (cell) => {
    const rows = rowsOf(formOf(cell));
    const row = rows.findIndex((cells) => cells.includes(cell));
    return { row, column: rows[row].indexOf(cell) };
  };
  const addRow = (form) => {
    const template = form.querySelector("template");
    const number = rowsOf(form).length;
    const row = template.innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", numerals.format(number + 1));
    template.insertAdjacentHTML("beforebegin", row);
  };
  const atLeast = (form, number) => {
    while (rowsOf(form).length < number) addRow(form);
  };

  // No filled cell is overwritten: it stands below what had no place.
  const spread = (said, column) => {
    const result = [];
    let left = [];
    const putLeft = () => {
      for (const line of left) result.push([0, 1].map((each) => (each === column ? line : "")));
      left = [];
    };
    for (const row of said) {
      if (row[column].trim()) {
        putLeft();
        left = /\n/.test(row[column].trim()) ? entries(row[column]) : [row[column]];
      }
      const words = left.shift() ?? "";
      result.push(row.map((each, index) => (index === column ? words : each)));
    }
    putLeft();
    return result;
  };
  const write = (form, said) => {
    atLeast(form, said.length);
    rowsOf(form).forEach((cells, row) =>
      cells.forEach((cell, column) => {
        const words = said[row]?.[column] ?? "";
        if (cell.value === words) return;
        cell.value = words;
        cell.closest(".field-of").classList.remove("wrong-field");
        cell.closest(".field-of").querySelector(".errorlist")?.remove();
        cell.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    );
  };
  const goTo = (form, row, column) => {
    atLeast(form, row + 1);
    rowsOf(form)[row][column].focus();
  };
  // A cell that says several lines: what it says first stays, the rest goes below.
  const take = (cell, text) => {
    const form = formOf(cell);
    const { row, column } = placeOf(cell);
    const said = rowsOf(form).map((cells) => cells.map((each) => each.value));
    said[row][column] = text;
    write(form, spread(said, column));
    goTo(form, row + entries(text).length - 1, column);
    form.querySelector("[role=status]").textContent = form.dataset.spread;
  };

  let begun = 0; // the column that Enter leads back to
  let isByTab = false;
  addEventListener("keydown", (event) => {
    isByTab = event.key === "Tab";
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || !isCell(event.target)) return;
    event.preventDefault();
    goTo(formOf(event.target), placeOf(event.target).row + 1, begun);
  });
  addEventListener("focusin", (event) => {
    if (isCell(event.target) && !isByTab) begun = placeOf(event.target).column;
    isByTab = false;
  });

  // From paste.js what says more than its words; everything else as it is.
  const paste = (event, text) => {
    const cell = event.target;
    if (!isCell(cell) || entries(text).length < 2) return;
    event.preventDefault();
    const around = [cell.value.slice(0, cell.selectionStart), text, cell.value.slice(cell.selectionEnd)];
    take(cell, around.filter((part) => part.trim()).join("\n"));
  };
  addEventListener("pasting", (event) => paste(event, event.detail));
  addEventListener("paste", (event) => paste(event, event.clipboardData?.getData("text/plain") ?? ""));
  // A phone's Enter may be no key, but a line that is broken.
  addEventListener("input", ({ target }) => {
    if (!isCell(target) || !target.value.includes("\n")) return;
    if (entries(target.value).length > 1) return take(target, target.value);
    target.value = target.value.trim();
    goTo(formOf(target), placeOf(target).row + 1, begun);
  });

  // What was kept on the device may be of more rows than a new form has.
  addEventListener("bringing-back", ({ target, detail }) => {
    if (target.matches("form.rows")) atLeast(target, 1 + Math.max(...Object.keys(detail).map((name) => parseInt(name, 10) || 0)));
  });
}
