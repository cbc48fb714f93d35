// What is pasted keeps its meaning, in any field of any form: raised and lowered numbers, cells of
// a table, lists (Word's paragraphs that look like one too), what was struck out, and bold only
// where it was bold. The server does the same with what reaches it (language/rich_text.py).

const RAISED = { from: "0123456789০১২৩৪৫৬৭৮৯+-−–=()ni", to: "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ" };
const LOWERED = { from: "0123456789০১২৩৪৫৬৭৮৯+-−–=()", to: "₀₁₂₃₄₅₆₇₈₉₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎" };
const NUMBER = /^[\d০-৯+\-−–=()n,. ]*[\d০-৯n][\d০-৯+\-−–=()n,. ]*$/;
const shifted = (text, { from, to }) =>
  NUMBER.test(text) ? [...text].map((sign) => [...to][[...from].indexOf(sign)] ?? sign).join("") : text;

const STRUCK = "~~";
const BLOCK = /^(p|div|section|article|blockquote|pre|h[1-6]|dt|dd|table|tr|ul|ol|li|figure|figcaption)$/;
const BULLET = /^\s*(?:[·•▪◦‣●○■□➢o§Ø](?=[ \n]*[\u00a0\t])|[\uf0b7\uf0a7\uf0d8\uf0fc])\s*/;
const NUMBERED = /^\s*([0-9০-৯]{1,3})[.)।](?=[ \n]*[\u00a0\t])\s*/;
const latin = (digits) => Number(digits.replace(/[০-৯]/g, (digit) => "০১২৩৪৫৬৭৮৯".indexOf(digit)));

// What a piece of HTML says, line by line: [{ list: "" | "ul" | "ol", number, runs: [{ text, strong, href }] }].
// Its styles are read under another name: the policy forbids them even in a document nobody sees.
const read = (html) => {
  const lines = [];
  let line = null;
  const end = () => (line = null);
  const add = (text, said) => {
    if (!line && !text.trim()) return;
    if (!line) lines.push((line = { list: "", number: 0, runs: [], ...said.item }));
    line.runs.push({ text, strong: said.strong, href: said.href });
  };
  const inline = (tag, style, said) => {
    const bold = /font-weight\s*:\s*(bold|bolder|[6-9]00)\b/i.test(style);
    const light = /font-weight\s*:\s*(normal|lighter|[1-5]00)\b/i.test(style);
    const align = style.match(/vertical-align\s*:\s*(super|sub)\b/i)?.[1].toLowerCase();
    return {
      ...said,
      strong: bold || (/^(b|strong)$/.test(tag) && !light) || (said.strong && !light),
      script: tag === "sup" || align === "super" ? RAISED : tag === "sub" || align === "sub" ? LOWERED : said.script,
    };
  };
  const walk = (node, said) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = said.pre ? node.data : node.data.replace(/[ \t\r\n]+/g, (gap) => (gap.includes("\t") ? "\t" : " "));
      return add(said.script ? shifted(text, said.script) : text, said);
    }
    if (node.nodeType !== Node.ELEMENT_NODE || /^(style|script|head|template)$/.test(node.localName)) return;
    const tag = node.localName;
    const style = node.getAttribute("data-pasted") ?? "";
    if (tag === "br") return said.cell ? add(" ", said) : end();
    let inner = inline(tag, style, said);
    if (tag === "a" && /^(https|mailto|tel):/.test(node.getAttribute("href") ?? "")) inner.href = node.getAttribute("href");
    if (tag === "pre") inner.pre = true;
    if (/^t[dh]$/.test(tag)) {
      if (node.previousElementSibling) add(" | ", said);
      inner.cell = true;
    }
    const isBlock = BLOCK.test(tag) && !said.cell;
    if (isBlock) end();
    else if (BLOCK.test(tag) && line) add(" ", said);
    if (tag === "li") {
      const list = node.parentElement?.localName === "ol" ? "ol" : "ul";
      const before = [...(node.parentElement?.children ?? [])].filter((each) => each.localName === "li").indexOf(node);
      inner.item = { list, number: Number(node.parentElement?.getAttribute("start") ?? 1) + before };
    }
    const struck = (/^(s|strike|del)$/.test(tag) || /text-decoration[\w-]*\s*:[^;]*line-through/i.test(style)) && node.textContent.trim();
    if (struck) add(STRUCK, inner);
    node.childNodes.forEach((child) => walk(child, inner));
    if (struck) add(STRUCK, inner);
    if (isBlock) end();
  };
  const unstyled = html.replace(/(<[^>]*?\s)style(?=\s*=)/gi, "$1data-pasted");
  walk(new DOMParser().parseFromString(unstyled, "text/html").body, { strong: false, href: "", script: null, item: {} });
  return lines.map(asEntry).filter((each) => each.runs.some((run) => run.text.trim()));
};

// A paragraph that begins with Word's sign or number and a gap is an entry of a list.
const asEntry = (line) => {
  const text = line.runs.map((run) => run.text).join("");
  const bullet = !line.list && text.match(BULLET);
  const numbered = !line.list && text.match(NUMBERED);
  if (!bullet && !numbered) return line;
  let left = (bullet || numbered)[0].length;
  const runs = line.runs.map((run) => {
    const cut = Math.min(left, run.text.length);
    left -= cut;
    return { ...run, text: run.text.slice(cut) };
  });
  return { ...line, runs, list: bullet ? "ul" : "ol", number: numbered ? latin(numbered[1]) : 0 };
};

const tidy = (text) => text.replace(/[\s\u00a0]+/g, " ");

const mark = ({ list, number }) => (list === "ul" ? "• " : list === "ol" ? `${number}. ` : "");

const asText = (lines) =>
  lines
    .map((line) => mark(line) + tidy(line.runs.map((run) => run.text).join("")).trim())
    .join("\n");

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

// A list that does not begin at 1, as the rest of one does, is written with its numbers; and so is
// any list where the editor is one of a paragraph.
const asHtml = (lines, hasLists) => {
  let html = "";
  let open = "";
  let next = 0;
  for (const { list, number, runs } of lines) {
    const goesOn = list && list === open && (list === "ul" || number === next);
    const kind = hasLists && (goesOn || list === "ul" || (list === "ol" && number === 1)) ? list : "";
    if (open && !goesOn) html += `</${open}>`;
    if (kind && !goesOn) html += `<${kind}>`;
    open = kind;
    next = number + 1;
    const words = runs
      .map(({ text, strong, href }) => {
        const inner = strong ? `<strong>${escaped(tidy(text))}</strong>` : escaped(tidy(text));
        return href ? `<a href="${escaped(href)}">${inner}</a>` : inner;
      })
      .join("");
    html += kind ? `<li><p>${words}</p></li>` : `<p>${mark({ list, number })}${words}</p>`;
  }
  return html + (open ? `</${open}>` : "");
};

const SAYS_MORE = /<(sup|sub|s|strike|del|t[dhr]|li|b|strong)\b|line-through|vertical-align|font-weight|Mso/i;

document.addEventListener(
  "paste",
  (event) => {
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (event.iontoinfo || !SAYS_MORE.test(html)) return;
    const lines = read(html);
    const field = event.target.closest?.("textarea, input");
    const editor = event.target.closest?.(".ProseMirror");
    if (!lines.length || !(field || editor)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const text = asText(lines);
    if (field) {
      const taken = new CustomEvent("pasting", { detail: text, bubbles: true, cancelable: true });
      if (!field.dispatchEvent(taken)) return;
      // One line has no lines: what parted two words goes on doing so.
      document.execCommand("insertText", false, field.localName === "input" ? text.replace(/\n/g, " ") : text);
      return;
    }
    const data = new DataTransfer();
    const offers = editor.closest(".prose-editor").querySelector("textarea").dataset.djangoProseEditorConfigurable;
    data.setData("text/html", asHtml(lines, "BulletList" in JSON.parse(offers).extensions));
    data.setData("text/plain", text);
    const again = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    again.iontoinfo = true;
    event.target.dispatchEvent(again);
  },
  true,
);
