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
SUMMARY, TITLE = "[name=translations-0-summary]", "[name=translations-0-title]"
PARAGRAPH = "howitworks_set-0-text_en"
EDITOR = "#howitworks_set-0 .field-text_en .ProseMirror >> nth=0"

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
    ("field", "html", "text"),
    [
        (SUMMARY, DOCS, "Use 10² drops"),
        (SUMMARY, WORD, "• Wash\n• Do ~~not~~ dry"),
        (SUMMARY, EXCEL, "20 | 30 minutes\nm² | b"),
        (SUMMARY, "<ol start=3><li>three</li><li>four</li></ol>", "3. three\n4. four"),
        (TITLE, EXCEL, "20 | 30 minutes m² | b"),
    ],
)
def test_into_a_field(nurse_page, field, html, text):
    nurse_page.locator(field).wait_for()
    nurse_page.wait_for_load_state()
    nurse_page.evaluate(PASTE, [field, html])
    assert nurse_page.locator(field).input_value() == text


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        (DOCS, "<p>Use <strong>10</strong>² drops</p>"),
        (WORD, "<p>• Wash</p><p>• Do ~~not~~ dry</p>"),
        (EXCEL, "<p>20 | 30 minutes</p><p>m² | b</p>"),
        ("<ol><li>one</li><li>two</li></ol>", "<p>1. one</p><p>2. two</p>"),
    ],
)
def test_into_the_editor(nurse_page, html, stored):
    page = nurse_page
    page.locator(EDITOR).wait_for(state="attached")
    page.wait_for_load_state()
    page.locator("#howitworks_set-group summary").click()
    page.locator(EDITOR).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.evaluate(PASTE, [EDITOR.removesuffix(" >> nth=0"), html])
    assert stored in page.locator(f"[name={PARAGRAPH}]").input_value()


def test_a_body_area_added_beside_the_boxes_is_a_box_there_and_ticked(nurse_page):
    page = nurse_page
    page.locator("#add_id_body_areas").wait_for()
    with page.expect_popup() as opened:
        page.locator("#add_id_body_areas").click()
    popup = opened.value
    popup.get_by_label("Key").fill("elbows")
    popup.locator("[name=name_en]").fill("Elbows")
    popup.locator("[name=name_bn]").fill("কনুই")
    popup.locator("[name=_save]").click()
    box = page.get_by_role("checkbox", name="Elbows")
    box.wait_for()
    assert box.is_checked() and page.get_by_role("checkbox", name="Hands").count() == 1
