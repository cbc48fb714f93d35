"""Starting a page from a Word file: shown first, made then, nothing kept in between."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatments.document.content import Pair
from treatments.document.rows import from_rows
from treatments.models import Snapshot, Treatment
from treatments.publishing.snapshots import newest_snapshot

from ..admin_forms import form_data
from ..pages import soup, words
from ..word_files import CRYOTHERAPY, footnote, picture, runs, word_file

ADD = "/admin/treatments/treatment/add/"


def upload(client, data, name="cryotherapy.docx", **typed):
    """Chooses a Word file on the page that asks how to begin."""
    fields = form_data(client.get(ADD).content, "start")
    assert {*typed} <= {*fields}
    file = SimpleUploadedFile(name, data)
    return client.post(ADD, fields | typed | {"way": "word", "file": file})


def sent(client, page, **chosen):
    """Fills in the page that shows what was found, and sends it."""
    fields = form_data(page.content, "word")
    assert {*chosen} <= {*fields}
    return client.post(ADD, fields | chosen)


def rows_of(page) -> dict[str, tuple[str, str, str]]:
    """What is shown for each heading: the section chosen, the counts, the state."""
    rows = {}
    for row in soup(page).select("table.found tbody tr"):
        chosen = row.select_one("option[selected]")
        heading, _choice, counts, state = (
            " ".join(words(cell).split()) for cell in row.select("th, td")
        )
        rows[heading] = (chosen["value"] if chosen else "", counts, state)
    return rows


def test_the_file_is_shown_before_anything_is_made_of_it(staff, site):
    before = Treatment.objects.count()
    page = upload(staff, word_file(*CRYOTHERAPY, picture, footnote("See the guide.")))
    assert page.status_code == 200 and Treatment.objects.count() == before
    rows = rows_of(page)
    assert rows["What is cryotherapy? ক্রায়োথেরাপি কী?"] == ("what_it_is", "EN 1 · বাং 1", "Matched")
    aftercare = rows["After the treatment চিকিৎসার পরে Do not করবেন না → Do not"]
    assert aftercare[:2] == ("", "EN 3 · বাং 2")
    assert "no heading says what these texts are there: “Do”, “Do not”." in aftercare[2]
    assert "Keep it dry for a day." in aftercare[2] and "Pick the blister" not in aftercare[2]
    assert "3 in English, 2 in Bangla, and which belong together is not certain" in aftercare[2]
    notes = rows["Dr. Hasan’s notes ডা. হাসানের নোট"]
    assert notes[0] == "" and "No section is called like this" in notes[2]
    shown = words(soup(page))
    assert "Make the page: 12 texts" in " ".join(shown.split())
    assert "cryotherapy.docx" in shown and "English and Bangla found" in shown
    assert "Pictures; add them on the page itself: 1" in shown and "See the guide." in shown


def test_what_is_sent_from_there_is_a_draft_to_be_confirmed(staff, site):
    page = upload(staff, word_file(*CRYOTHERAPY))
    answer = sent(staff, page, section_3="aftercare/do", section_4="-")
    treatment = Treatment.objects.get(slug="cryotherapy-for-warts")
    assert answer.status_code == 302 and str(treatment.pk) in answer["Location"]
    document = from_rows(treatment)
    assert document.prose["bn"]["title"] == "আঁচিলের ক্রায়োথেরাপি"
    (paragraph,) = document.items("what_it_is")
    assert paragraph.pairs["text"].en == "The wart is frozen with a very cold liquid."
    kinds = [(item.values["kind"], item.pairs["text"].en) for item in document.items("aftercare")]
    assert kinds == [
        ("do", "Keep it dry for a day."), ("do", "Wear a plaster."), ("do_not", "Pick the blister"),
    ]  # fmt: skip
    assert newest_snapshot(treatment).unconfirmed >= 11
    shown = words(soup(staff.get(answer["Location"])))
    assert "11 texts were taken from “cryotherapy.docx”." in shown
    assert "Pick the blister" in shown and "Ask for a second visit." not in shown


def test_what_is_in_no_section_is_asked_about_and_not_guessed(staff, site):
    page = upload(staff, word_file(*CRYOTHERAPY))
    before = Treatment.objects.count()
    refused = sent(staff, page)
    assert refused.status_code == 422 and Treatment.objects.count() == before
    errors = soup(refused).select(".errorlist")
    assert all("Choose a section, or leave it out." in words(error) for error in errors)
    asked = [error.find_next("select")["name"] for error in errors]
    assert asked == ["section_3", "section_4"]
    sent(
        staff,
        refused,
        section_3="aftercare/do",
        section_4="summary",
        title_en="Warts",
        slug="warts",
    )
    prose = from_rows(Treatment.objects.get(slug="warts")).prose["bn"]
    assert prose["summary"] == "আরেকবার আসার কথা বলুন।"


@pytest.mark.parametrize(
    ("heading", "choices"),
    [
        ("Aftercare", ["Aftercare · Do", "Aftercare · Do not"]),
        ("বিপদের লক্ষণ", ["Danger signs · Stop and call us", "Danger signs · Emergency"]),
        ("Contraindications", ["Who must not have it · Must not have it", "Who must not have it · Tell us first"]),
        ("Side effects", ["Side effects · Common", "Side effects · Uncommon", "Side effects · Rare"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["h1", "bold"])
def test_what_no_heading_says_of_a_text_is_asked_with_the_text(staff, site, kind, heading, choices):
    page = upload(staff, word_file((kind, heading), ("p", "Red skin"), ("p", "লাল চামড়া")))
    (row,) = rows_of(page).values()
    assert row[0] == "" and "Matched" not in row[2] and "Red skin" in row[2]
    options = {words(each): each["value"] for each in soup(page).select("[name=section_0] option")}
    assert {*choices} <= {*options}
    assert options[choices[0]].split("/")[0] not in options.values()
    assert sent(staff, page, title_en="Laser").status_code == 422
    sent(staff, page, title_en="Laser", section_0=options[choices[-1]])
    section, value = options[choices[-1]].split("/")
    (item,) = from_rows(Treatment.objects.get(slug="laser")).items(section)
    assert value in item.values.values() and item.pairs["text"].en == "Red skin"


def test_what_the_headings_say_is_shown_for_each(staff, site):
    content = ("h1", "Do not"), ("p", "Use soap"), ("bold", "Do"), ("p", "Rest")
    (row,) = rows_of(upload(staff, word_file(*content))).items()
    assert row == ("Do not → Do not Do → Do", ("aftercare", "EN 2 · বাং 0", row[1][2]))


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["One.", "Two.", "এক।"], "which belong together is not certain"),
        (["One.", "Two.", "এক।", "দুই।", "Three.", "Four.", "চার।"], "which belong together is not certain"),
        (["One.", "এক।", "Two.", "Three.", "তিন।", "চার।"], "which belong together is not certain"),
        (["One.", "এক।", "Two.", "Three.", "তিন।"], "3 in English, 2 in Bangla: you will see which one is missing."),
        (["One. / এক।", "Two."], "2 in English, 1 in Bangla: you will see which one is missing."),
        (["One.", "এক।"], "Matched"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Benefits", "Do", "The procedure", "Questions and answers"])
def test_whether_pairs_may_have_shifted_is_said(staff, site, heading, texts, said):
    if heading == "Questions and answers":
        texts = [text.replace(".", "?").replace("।", "?") for text in texts]
    content = ("h1", heading), *(("p", text) for text in texts)
    (row,) = rows_of(upload(staff, word_file(*content))).values()
    assert said in row[2]


def test_what_was_typed_before_is_kept_rather_than_the_files_title(staff, site):
    page = upload(staff, word_file(*CRYOTHERAPY), title_en="Freezing warts")
    fields = form_data(page.content, "word")
    assert (fields["title_en"], fields["title_bn"]) == ("Freezing warts", "আঁচিলের ক্রায়োথেরাপি")


def test_bijoy_comes_along_in_unicode_and_is_said(staff, site):
    bijoy = runs(("mvevb †`‡eb", {"name": "SutonnyMJ"}))
    content = ("h1", "Aftercare"), ("h2", "Do"), ("p", "Rest"), ("h2", "Ki‡eb bv"), bijoy
    page = upload(staff, word_file(*content))
    assert "Aftercare Do → Do করবেন না → Do not" in rows_of(page)
    (item,) = [each for each in soup(page).select(".kinds > li") if "Bijoy" in words(each)]
    named = [words(each) for each in item.select("li")]
    assert named == ["Ki‡eb bv → করবেন না", "mvevb †`‡eb → সাবান দেবেন"]
    sent(staff, page, title_en="Laser")
    items = from_rows(Treatment.objects.get(slug="laser")).items("aftercare")
    assert [(item.values["kind"], item.pairs["text"]) for item in items] == [
        ("do", Pair("Rest", "")), ("do_not", Pair("", "সাবান দেবেন")),
    ]  # fmt: skip


def test_a_text_that_is_too_long_for_its_section_is_said_there(staff, site):
    page = upload(staff, word_file(("h1", "Benefits"), ("p", "word " * 500)))
    refused = sent(staff, page, title_en="Laser")
    (error,) = soup(refused).select(".errorlist")
    assert "2499 letters; at most 2000 fit" in words(error)
    assert sent(staff, refused, section_0="what_it_is").status_code == 302


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.docx", "empty"),
        (b"%PDF-1.7", "a.docx", "PDF"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "old Word"),
        (word_file(("p", "x")) + bytes(11 * 1024 * 1024), "a.docx", "too large"),
        (b"PK\x03\x04" + bytes(200), "a.docx", "damaged"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field_and_begins_nothing(staff, site, data, name, said):
    before = Snapshot.objects.count()
    page = upload(staff, data, name, title_bn="লেজার")
    assert page.status_code == 422 and Snapshot.objects.count() == before
    (error,) = soup(page).select(".errorlist")
    assert said in words(error) and error.find_next("input")["name"] == "file"
    assert soup(page).find(attrs={"name": "title_bn"})["value"] == "লেজার"
    assert soup(page).find("input", value="word").has_attr("checked")


def test_no_file_is_asked_for(staff, site):
    fields = form_data(staff.get(f"{ADD}?way=word").content, "start")
    assert fields["way"] == "word"
    page = staff.post(ADD, fields)
    (error,) = soup(page).select(".errorlist")
    assert "Choose the Word file." in words(error)


@pytest.mark.parametrize(
    "read", ["[]", "{", '{"name":"x","blocks":[["text","a  b","",0]],"left_out":[]}']
)
def test_what_comes_back_otherwise_than_it_was_sent_makes_nothing(staff, site, read):
    page = upload(staff, word_file(*CRYOTHERAPY))
    before = Treatment.objects.count()
    refused = sent(staff, page, read=read, section_3="aftercare/do", section_4="-")
    assert refused.status_code == 422 and Treatment.objects.count() == before
    assert "did not come back whole" in words(soup(refused))


def test_who_may_not_add_a_page_may_send_no_file(client, django_user_model, site):
    client.force_login(django_user_model.objects.create_user("reader", is_staff=True))
    file = SimpleUploadedFile("a.docx", word_file(*CRYOTHERAPY))
    assert client.post(ADD, {"way": "word", "file": file}).status_code == 403


WORDS = st.sampled_from(
    [
        "skin",
        "water",
        "cold",
        "burn",
        "doctor",
        "20",
        "dry",
        "চামড়া",
        "পানি",
        "ঠান্ডা",
        "পোড়া",
        "ডাক্তার",
        "২০",
        "শুকনো",
        "“yes”",
        "•",
        "1.",
        "/",
        "o",
    ]
)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
PARAGRAPHS = st.one_of(
    st.tuples(st.sampled_from(["title", "h1", "h2", "bold", "p", "li"]), LINES),
    st.lists(st.tuples(LINES, LINES).map(list), min_size=1, max_size=3).map(lambda rows: ("table", rows)),
    st.tuples(LINES, st.sampled_from(["strike", "hidden", "bold"])).map(
        lambda made: runs(("before ", {}), (made[0], {made[1]: True}))
    ),
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.lists(PARAGRAPHS, min_size=1, max_size=8), section=st.data())
def test_every_word_of_the_file_is_on_the_page_or_named(staff, site, content, section):
    data = word_file(*content)
    page = upload(staff, data, title_en="Laser")
    if page.status_code == 422:
        assert "No text was found" in words(soup(page))
        return
    fields = form_data(page.content, "word")
    sections = {name for name in fields if name.startswith("section_")}
    chosen = {
        name: section.draw(st.sampled_from(offered(page, name)))
        for name in sections
        if not fields[name]
    }
    answer = sent(staff, page, **chosen)
    assert answer.status_code == 302
    treatment = Treatment.objects.order_by("pk").last()
    document = from_rows(treatment).json
    treatment.delete()
    named = words(soup(page).find("form", id="word"))
    for part in content:
        for word in _words_in(part):
            assert word in document or word in named, word


def offered(page, name) -> list[str]:
    """The places of four sections that the page offers for a heading."""
    values = [option["value"] for option in soup(page).select(f"select[name={name}] option")]
    sections = {"aftercare", "what_it_is", "questions", "procedure"}
    return [value for value in values if value.split("/")[0] in sections]


def _words_in(part) -> set[str]:
    text = repr(part[1]) if isinstance(part, tuple) else ""
    return set(re.findall(r"\b[a-z]{3,}\b|[ঀ-৾]{3,}", text))


# --- In a browser ---------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cryotherapy-warts.docx"
    path.write_bytes(word_file(*CRYOTHERAPY))
    return path


def test_from_add_to_the_draft_in_at_most_fifteen_steps(admin_page, file):
    steps = []

    def press(what):
        steps.append(what)
        what.click()

    page = admin_page
    press(page.get_by_role("link", name="Treatments", exact=True).last)
    press(page.get_by_role("link", name="Add treatment"))
    press(page.get_by_text("From a Word file"))
    steps.append("the file")
    page.get_by_label("Word file (.docx)").set_input_files(file)
    press(page.get_by_role("button", name="Look at what is in the file"))
    steps.append("whether these are done")
    page.get_by_label("Section on the page: After the treatment").select_option("Aftercare · Do")
    steps.append("the section")
    page.get_by_label("Section on the page: Dr. Hasan’s notes").select_option("Leave it out")
    press(page.get_by_role("button", name="Make the page: 12 texts"))
    page.get_by_text("11 texts were taken from “cryotherapy-warts.docx”.").wait_for()
    assert page.get_by_text("Wear a plaster.").first.is_visible()
    assert len(steps) <= 15


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_works_on_a_phone_and_without_scripts(chromium, site_live, staff, file, width, scheme):
    context = chromium.new_context(
        base_url=site_live, java_script_enabled=False, color_scheme=scheme,
        viewport={"width": width, "height": 740},
    )  # fmt: skip
    [cookie] = staff.cookies.values()
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site_live}])
    page = context.new_page()
    page.goto(f"{ADD}?way=word")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Word file (.docx)").set_input_files(file)
    page.get_by_role("button", name="Look at what is in the file").click()
    found = page.locator(".found")
    found.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for row in found.locator("tbody tr").all():
        assert row.bounding_box()["width"] == pytest.approx(found.bounding_box()["width"], abs=2)
    for select in found.get_by_role("combobox").all():
        box = select.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 44
    page.get_by_label("Section on the page: After the treatment").select_option("Aftercare · Do")
    page.get_by_label("Section on the page: Dr. Hasan’s notes").select_option("Leave it out")
    page.get_by_role("button", name="Make the page").click()
    page.get_by_text("11 texts were taken").wait_for()
    context.close()
