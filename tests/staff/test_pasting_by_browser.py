"""Pasting as a browser does it: from Word, Google Docs, Excel, into the editor and into any field."""

import pytest

PASTE = """([selector, html]) => {
  const field = document.querySelector(selector);
  field.focus();
  if (field.select) field.select();
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", html.replace(/<[^>]*>/g, ""));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
SUMMARY, TITLE = "#text-prose-summary", "#text-prose-title"
PARAGRAPH = "#text-how_it_works-paragraph-1"


def edit(page, text):
    page.locator(text).get_by_role("link", name="Edit").click()


DOCS = (
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:400">Use '
    '</span><span style="font-weight:700">10</span><span style="font-size:0.6em;vertical-align:super">'
    "2</span><span> drops</span></p></b>"
)
WORD = (
    "<p class=MsoListParagraph><span>·<span>&nbsp;&nbsp;&nbsp; </span></span>Wash</p>"
    "<p class=MsoListParagraph><span>·<span>&nbsp;&nbsp; </span></span>Do <s>not</s> dry</p>"
)
EXCEL = "<table><tr><td>20</td><td>30 minutes</td></tr><tr><td>m<sup>2</sup></td><td>b</td></tr></table>"


@pytest.mark.parametrize(
    ("text", "html", "pasted"),
    [
        (SUMMARY, DOCS, "Use 10² drops"),
        (SUMMARY, WORD, "• Wash\n• Do ~~not~~ dry"),
        (SUMMARY, EXCEL, "20 | 30 minutes\nm² | b"),
        (SUMMARY, "<ol start=3><li>three</li><li>four</li></ol>", "3. three\n4. four"),
        (TITLE, EXCEL, "20 | 30 minutes m² | b"),
    ],
)
def test_into_a_field(sheet, text, html, pasted):
    edit(sheet, text)
    field = f"{text} form.open :is(textarea, input)[lang=en]"
    sheet.locator(field).wait_for()
    sheet.evaluate(PASTE, [field, html])
    assert sheet.locator(field).input_value() == pasted


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        (DOCS, "<p>Use <strong>10</strong>² drops</p>"),
        (WORD, "<p>• Wash</p><p>• Do ~~not~~ dry</p>"),
        (EXCEL, "<p>20 | 30 minutes</p><p>m² | b</p>"),
        ("<ol><li>one</li><li>two</li></ol>", "<p>1. one</p><p>2. two</p>"),
    ],
)
def test_into_the_editor(sheet, html, stored):
    edit(sheet, PARAGRAPH)
    editor = f"{PARAGRAPH} .ProseMirror[aria-label='Text · English']"
    sheet.locator(editor).click()
    sheet.keyboard.press("Control+A")
    sheet.keyboard.press("Delete")
    sheet.evaluate(PASTE, [editor, html])
    assert stored in sheet.locator(f"{PARAGRAPH} [name=text_en]").input_value()
