"""Several new texts of a list at once: rows of English beside Bangla, typed or pasted."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from treatments.language.rich_text import plain_text
from treatments.language.text import list_lines
from treatments.models import StaffLanguage
from treatments.publishing.snapshots import newest_snapshot

from ..admin_forms import page_of
from ..pages import soup, squeezed, words
from ..sheet import TextForm, article, now_says
from .test_pasting_by_browser import PASTE

LISTED = ("contraindications", "help_signs", "aftercare", "side_effects", "preparation")
PLAIN = ("who_it_helps", "benefits", "what_it_is", "results", "how_often", "cost", "how_it_works")


def rows_of(client, treatment, section) -> TextForm:
    """The form that “Write several” leads to."""
    group = soup(client.get(page_of(treatment))).find(id=f"group-{section}")
    [link] = [one for one in group.select(".add a") if squeezed(one).startswith("Write several")]
    return TextForm(client, client.get(link["href"]))


def cells(*rows: tuple[str, str]) -> dict[str, str]:
    return {
        f"{number}-text_{code}": text
        for number, row in enumerate(rows)
        for code, text in zip(("en", "bn"), row, strict=True)
    }


def chosen(form: TextForm) -> dict[str, str]:
    """The last of what can be chosen once for all rows."""
    return {
        select["name"]: select.find_all("option")[-1]["value"]
        for select in form.form.select("select")
    }


def listed(treatment, section) -> list[tuple[str, str]]:
    items = now_says(treatment).items(section)
    return [tuple(plain_text(one.pairs["text"][code]) for code in ("en", "bn")) for one in items]


def shown(form: TextForm) -> list[tuple[str, str]]:
    rows = [one for one in form.form.find_all("fieldset") if not one.find_parent("template")]
    cells_of = [[form.says[cell["name"]] for cell in row.find_all("textarea")] for row in rows]
    return [tuple(row) for row in cells_of]


@pytest.mark.parametrize("section", [*LISTED, *PLAIN])
def test_several_texts_are_added_at_the_end_of_any_list(staff, iontophoresis, section):
    before, versions = listed(iontophoresis, section), iontophoresis.snapshots.count()
    new = [("Some <5 minutes & more", "কিছু"), ("Only English", ""), ("", "শুধু বাংলা")]
    form = rows_of(staff, iontophoresis, section)
    assert shown(form) == [("", "")] * 8
    answer = form.save(typed=cells(new[0], ("", ""), *new[1:]), **chosen(form))
    assert answer.status_code == 302
    assert listed(iontophoresis, section) == [*before, *new]
    assert iontophoresis.snapshots.count() == versions + 1
    first = now_says(iontophoresis).items(section)[len(before)]
    assert answer["Location"].endswith(f"#text-{section}-{first.uid}")
    assert "Some <5 minutes & more" in words(article(staff, iontophoresis, section, first.uid))


@pytest.mark.parametrize("section", LISTED[:-1])
def test_what_turns_the_meaning_of_a_warning_is_never_chosen_by_oversight(
    staff, iontophoresis, section
):
    before = listed(iontophoresis, section)
    answer = rows_of(staff, iontophoresis, section).save(typed=cells(("One.", "এক।")))
    again = TextForm(staff, answer)
    assert listed(iontophoresis, section) == before
    assert again.errors == ["This field is required."] and shown(again)[0] == ("One.", "এক।")


@pytest.mark.parametrize(
    ("section", "field", "chosen"),
    [
        ("contraindications", "level", "tell_us"),
        ("help_signs", "urgency", "emergency"),
        ("aftercare", "kind", "do_not"),
        ("side_effects", "frequency", "rare"),
        ("what_it_is", "kind", "item"),
    ],
)
def test_what_turns_the_meaning_is_chosen_once_for_all_rows(
    staff, iontophoresis, section, field, chosen
):
    form = rows_of(staff, iontophoresis, section)
    form.save(typed=cells(("One.", "এক।"), ("Two.", "দুই।")), **{field: chosen})
    new = now_says(iontophoresis).items(section)[-2:]
    assert [one.values[field] for one in new] == [chosen] * 2


@pytest.mark.parametrize("section", ["answers", "procedure", "questions", "sources", "photos"])
def test_what_is_more_than_one_text_has_no_rows(staff, iontophoresis, section):
    group = soup(staff.get(page_of(iontophoresis))).find(id=f"group-{section}")
    assert "Write several" not in words(group)
    there = reverse("admin:treatments_treatment_text_rows", args=[iontophoresis.pk, section])
    assert staff.get(there).status_code == 404


def test_a_list_in_one_cell_is_split_and_overwrites_nothing(staff, iontophoresis):
    before = listed(iontophoresis, "benefits")
    pasted = "• Wash.\r\n• Dry.\r\n• Go."
    numbered = "১। ধোন।\r\n২। মুছুন।"
    form = rows_of(staff, iontophoresis, "benefits")
    form.save(typed=cells((pasted, numbered), ("", ""), ("Stay.", "থাকুন।")))
    assert listed(iontophoresis, "benefits")[len(before) :] == [
        ("Wash.", "ধোন।"), ("Dry.", "মুছুন।"), ("Go.", ""), ("Stay.", "থাকুন।"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("• Wash", "Wash"), ("1. Wash", "Wash"), ("১) ধোন", "ধোন"), ("২। ধোন", "ধোন"),
        ("- Wash", "Wash"), ("\uf0b7\tWash", "Wash"), ("o\tWash", "Wash"), ("(3) Wash", "Wash"),
        ("1.5 ml of it", "1.5 ml of it"), ("20–30 minutes", "20–30 minutes"),
        ("–5 degrees", "–5 degrees"), ("*Wash* it", "*Wash* it"), ("on top", "on top"),
        ("3 weeks", "3 weeks"),
    ],
)  # fmt: skip
def test_only_what_marks_an_entry_is_taken_off(line, said):
    assert list_lines(f"{line}\n\nTwo") == [said, "Two"]


def test_a_wrong_row_is_explained_at_its_cell_and_nothing_is_lost(staff, iontophoresis):
    before = listed(iontophoresis, "contraindications")
    form = rows_of(staff, iontophoresis, "contraindications")
    typed = [("You are ill.", "আপনি অসুস্থ।"), ("x" * 2_001, ""), ("", "Avwg ¸îæZi")]
    answer = form.save(typed=cells(*typed), level="tell_us")
    assert answer.status_code == 422
    again = TextForm(staff, answer)
    assert shown(again)[:3] == typed and again.says["level"] == "tell_us"
    wrong = [one["name"] for one in again.form.select(".wrong-field textarea")]
    assert "1-text_en" in wrong and "0-text_en" not in wrong
    assert listed(iontophoresis, "contraindications") == before
    assert again.save(typed={"1-text_en": "Mine.", "2-text_bn": "আমার।"}).status_code == 302
    assert listed(iontophoresis, "contraindications")[len(before) :] == [
        ("You are ill.", "আপনি অসুস্থ।"), ("Mine.", ""), ("", "আমার।"),
    ]  # fmt: skip


def test_no_row_at_all_is_said_and_saves_nothing(staff, iontophoresis):
    before = newest_snapshot(iontophoresis).pk
    answer = rows_of(staff, iontophoresis, "benefits").save()
    assert answer.status_code == 422 and "Write at least one text." in words(soup(answer))
    assert newest_snapshot(iontophoresis).pk == before


def test_the_form_is_in_bangla_too(staff, iontophoresis):
    StaffLanguage.objects.create(person=User.objects.get(), language="bn")
    there = reverse("admin:treatments_treatment_text_rows", args=[iontophoresis.pk, "benefits"])
    form = soup(staff.get(there)).find(id="form-benefits-rows")
    assert "২" in form.find_all("legend")[1].text


# --- In a browser ---------------------------------------------------------------------------------


def open_rows(page, section):
    page.locator(f"#group-{section}").get_by_role("link", name="Write several").click()
    form = page.locator(f"#form-{section}-rows")
    form.wait_for()
    return form


def in_cells(form) -> list[list[str]]:
    return form.evaluate(
        "form => [...form.querySelectorAll('fieldset')]"
        ".map(row => [...row.querySelectorAll('textarea')].map(cell => cell.value))"
    )


def paste(page, field, text, html=""):
    if html:
        return page.evaluate(PASTE, [field, html])
    return page.evaluate(
        """([selector, text]) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const field = document.querySelector(selector);
          field.focus();
          const event = { clipboardData: data, bubbles: true, cancelable: true };
          field.dispatchEvent(new ClipboardEvent("paste", event));
        }""",
        [field, text],
    )


def cell(section, number, code):
    return f"[id='{section}-rows-{number}-text_{code}']"


def test_a_list_is_written_by_keyboard_alone(sheet):
    link = sheet.locator("#group-benefits").get_by_role("link", name="Write several")
    link.focus()
    sheet.keyboard.press("Enter")
    form = sheet.locator("#form-benefits-rows")
    expect(form.locator(cell("benefits", 0, "en"))).to_be_focused()
    sheet.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(link).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(form.locator(cell("benefits", 0, "en"))).to_be_focused()
    for number in range(5):
        sheet.keyboard.type(f"It is good in way {number}.")
        sheet.keyboard.press("Tab")
        sheet.keyboard.insert_text("এটি ভালো।")
        sheet.keyboard.press("Enter")
        expect(form.locator(cell("benefits", number + 1, "en"))).to_be_focused()
    sheet.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)
    texts = sheet.locator("#group-benefits article")
    expect(texts).to_have_count(8)
    expect(texts.nth(3)).to_contain_text("way 0")
    expect(texts.nth(3).get_by_role("button", name="Both say the same")).to_be_focused()


WORD = "".join(
    f"<p class=MsoListParagraph><span>·<span>&nbsp;&nbsp;&nbsp; </span></span>{text}</p>"
    for text in ("Wash", "Dry", "Go")
)


@pytest.mark.parametrize(
    ("text", "html"),
    [("1. Wash\n2. Dry\n\n3. Go", ""), ("- Wash\r\n- Dry\r\n- Go", ""), ("", WORD)],
    ids=["numbers", "WhatsApp", "Word"],
)
def test_a_pasted_list_fills_the_rows_below_and_overwrites_nothing(sheet, text, html):
    form = open_rows(sheet, "aftercare")
    form.locator(cell("aftercare", 2, "en")).fill("Stay")
    form.locator(cell("aftercare", 2, "bn")).fill("থাকুন")
    paste(sheet, cell("aftercare", 0, "bn"), "• ধোন\n• মুছুন")
    paste(sheet, cell("aftercare", 0, "en"), text, html)
    assert in_cells(form)[:4] == [["Wash", "ধোন"], ["Dry", "মুছুন"], ["Go", ""], ["Stay", "থাকুন"]]
    expect(form.locator(cell("aftercare", 2, "en"))).to_be_focused()
    expect(form.get_by_role("status")).to_contain_text("in rows of its own")


def test_a_list_pasted_at_words_goes_below_them(sheet):
    form = open_rows(sheet, "aftercare")
    first = form.locator(cell("aftercare", 0, "en"))
    first.fill("Before")
    first.press("Control+End")
    paste(sheet, cell("aftercare", 0, "en"), "One\nTwo\nThree\nFour")
    assert [row[0] for row in in_cells(form)] == ["Before", "One", "Two", "Three", "Four"]


def test_rows_that_were_typed_are_asked_about_and_kept_on_the_device(sheet):
    form = open_rows(sheet, "benefits")
    paste(sheet, cell("benefits", 0, "en"), "One\nTwo\nThree\nFour\nFive")
    asked = []
    sheet.once("dialog", lambda one: (asked.append(one.message), one.dismiss()))
    sheet.keyboard.press("Escape")
    assert asked == ["Throw away what you typed here?"]
    sheet.once("dialog", lambda one: one.accept())
    sheet.reload()
    sheet.get_by_role("button", name="Bring it back").click()
    expect(form.locator(cell("benefits", 4, "en"))).to_have_value("Five")
    form.get_by_role("button", name="Save").click()
    expect(sheet.locator("#group-benefits article")).to_have_count(8)
    sheet.reload()
    expect(sheet.get_by_role("button", name="Bring it back")).to_have_count(0)


def test_a_refused_row_comes_back_in_place_and_other_open_forms_stay(sheet):
    sheet.get_by_role("link", name="Add: benefit").click()
    other = sheet.locator("#form-benefits-new")
    other.get_by_label("Benefit · English").fill("Unsaved.")
    form = open_rows(sheet, "benefits")
    form.locator(cell("benefits", 0, "en")).fill("x" * 2_001)
    form.get_by_role("button", name="Save").click()
    wrong = form.locator(".wrong-field textarea")
    expect(wrong).to_be_focused()
    wrong.fill("Short.")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    expect(sheet.get_by_role("article", name="Benefit: Short.")).to_be_visible()
    expect(other.get_by_label("Benefit · English")).to_have_value("Unsaved.")
    assert len(sheet.problems) == 1 and "422" in sheet.problems.pop()  # a form was refused
