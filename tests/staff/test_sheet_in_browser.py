"""The change page in a browser: a text opens in its place, by keyboard, mouse and thumb."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from treatments.language.rich_text import plain_text
from treatments.models import LANGUAGES, Session, StaffLanguage, Treatment
from treatments.publishing.snapshots import save_snapshot

from ..admin_forms import page_of
from ..conftest import PASSWORD
from ..public.looks import CONTRAST
from ..sheet import said, saved


@pytest.fixture
def iontophoresis_now(site_live) -> Treatment:
    return Treatment.objects.get(slug="iontophoresis")


def text(page, name):
    return page.get_by_role("article", name=name)


def edit(page, name):
    text(page, name).get_by_role("link", name="Edit").click()
    page.locator("form.open").wait_for()


def save(page, button="Save"):
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("form.open")).to_have_count(0)


def test_a_typo_is_put_right_in_place_and_goes_live(sheet):
    edit(sheet, "Benefit: Our clinic sees it")
    field = sheet.get_by_label("Benefit · English")
    field.fill("Gentle when it is done as it should be.")
    sheet.get_by_label("Benefit · Bangla").fill("ঠিকমতো করলে কোমল।")
    save(sheet, "Save: both say the same")
    expect(text(sheet, "Benefit: Gentle")).to_contain_text("nurse")
    sheet.get_by_role("link", name="Publish…").click()
    sheet.get_by_role("button", name="Publish", exact=True).click()
    sheet.get_by_text("English is live now.").wait_for()
    sheet.goto("/en/treatments/iontophoresis/")
    assert "Gentle when it is done" in sheet.locator("main").inner_text()


def test_enter_confirms_one_text_after_the_other(sheet):
    names = ("Benefit: Our clinic sees it", "Benefit: No needles")
    for name in names:
        edit(sheet, name)
        field = sheet.get_by_label("Benefit · English")
        field.fill(field.input_value().replace("needles", "needle").replace("done", "made"))
        save(sheet)
    first = text(sheet, names[0]).get_by_role("button", name="Both say the same")
    first.focus()
    sheet.keyboard.press("Enter")
    second = text(sheet, "Benefit: No needle").get_by_role("button", name="Both say the same")
    expect(second).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(sheet.get_by_text("It can be published.")).to_be_visible()


def test_by_keyboard_alone_a_text_is_saved_and_another_closed(sheet):
    link = text(sheet, "Benefit: Our clinic sees it").get_by_role("link", name="Edit")
    link.focus()
    sheet.keyboard.press("Enter")
    expect(sheet.get_by_label("Benefit · English")).to_be_focused()
    sheet.keyboard.press("Escape")
    expect(sheet.locator("form.open")).to_have_count(0)
    expect(link).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(sheet.get_by_label("Benefit · English")).to_be_focused()
    sheet.keyboard.press("Control+Home")
    sheet.keyboard.type("Well: ")
    sheet.keyboard.press("Control+Enter")
    expect(text(sheet, "Benefit: Well: Our clinic")).to_contain_text("To confirm")


def test_a_paragraph_is_written_in_its_editor_in_place(sheet):
    name = "Paragraph: Sometimes antiperspirants"
    edit(sheet, name)
    editor = sheet.locator(".ProseMirror[aria-label='Text · English']")
    expect(editor).to_be_focused()
    expect(editor.locator("strong")).to_have_count(0)
    sheet.keyboard.press("Control+End")
    sheet.keyboard.type(" Ask ")
    sheet.keyboard.press("Control+b")
    sheet.keyboard.type("us.")
    sheet.keyboard.press("Control+Enter")
    shown = text(sheet, name)
    expect(shown.locator("strong")).to_have_text("us.")
    edit(sheet, name)
    expect(editor.locator("strong")).to_have_text("us.")
    sheet.keyboard.press("Escape")
    expect(sheet.locator("form.open")).to_have_count(0)
    treatment = Treatment.objects.get(slug="iontophoresis")
    stored = said(treatment, "results", "paragraph-1", "text", "en")
    assert "us.</strong>" in stored and plain_text(stored).endswith(" Ask us.")


def test_an_editor_that_comes_late_calls_nobody_back(sheet):
    sheet.evaluate(
        """addEventListener("htmx:afterSettle",
            () => document.querySelector("form.open .save button").focus())"""
    )
    sheet.locator("#group-cost").get_by_role("link", name="Add: paragraph").click()
    for language in ("English", "Bangla"):
        sheet.locator(f".ProseMirror[aria-label='Text · {language}']").wait_for()
    sheet.evaluate("new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")
    expect(sheet.locator("form.open .save button").first).to_be_focused()


def test_a_paragraph_is_added_in_both_languages_and_goes_live(sheet):
    sheet.locator("#group-cost").get_by_role("link", name="Add: paragraph").click()
    typed = {"English": "Ask us about the price.", "Bangla": "খরচ কত, আমাদের কাছে জেনে নিন।"}
    for language, said_there in typed.items():
        sheet.locator(f".ProseMirror[aria-label='Text · {language}']").click()
        sheet.keyboard.type(said_there)
    save(sheet)
    sheet.get_by_role("link", name="Publish…").click()
    sheet.get_by_role("button", name="I have read these").click()
    sheet.get_by_role("button", name="Publish", exact=True).click()
    sheet.get_by_text("English is live now.").wait_for()
    sheet.goto("/en/treatments/iontophoresis/")
    assert sheet.locator("#cost").inner_text().count("Ask us about the price.") == 1
    sheet.goto("/bn/treatments/iontophoresis/")
    assert "আমাদের কাছে জেনে নিন।" in sheet.locator("main").inner_text()


def test_a_text_is_moved_far_by_keyboard_alone(sheet):
    texts = sheet.locator("#group-benefits article")
    order = texts.evaluate_all("all => all.map(one => one.id)")
    more = sheet.locator(f"#{order[2]}").get_by_text("More")
    more.focus()
    sheet.keyboard.press("Enter")
    up = sheet.locator(f"#{order[2]}").get_by_role("button", name="Move up")
    up.focus()
    sheet.keyboard.press("Enter")
    expect(texts.nth(1)).to_have_id(order[2])
    expect(up).to_be_focused()
    sheet.keyboard.press("Enter")
    expect(texts.nth(0)).to_have_id(order[2])
    sheet.reload()
    assert texts.evaluate_all("all => all.map(one => one.id)") == [order[2], *order[:2]]


def ids(texts) -> list[str]:
    return texts.evaluate_all("all => all.map(one => one.id)")


@pytest.mark.parametrize(
    ("taken", "over", "then"), [(0, 2, [1, 2, 0]), (2, 0, [2, 0, 1]), (0, 1, [1, 0, 2])]
)
def test_a_text_is_dragged_to_its_place(sheet, taken, over, then):
    texts = sheet.locator("#group-benefits article")
    order = ids(texts)
    grip = texts.nth(taken).locator(".grip")
    grip.scroll_into_view_if_needed()
    grip.hover()
    sheet.mouse.down()
    there = texts.nth(over).bounding_box()
    sheet.mouse.move(there["x"] + 40, there["y"] + there["height"] * (0.2 if over < taken else 0.8))
    sheet.mouse.up()
    expect(texts.nth(then.index(taken))).to_have_id(order[taken])
    sheet.reload()
    assert ids(texts) == [order[index] for index in then]


def test_a_text_is_dragged_by_thumb_and_put_back_by_escape_or_where_it_was(sheet):
    sheet.set_viewport_size({"width": 360, "height": 640})
    texts = sheet.locator("#group-benefits article")
    order = ids(texts)
    thumb = sheet.context.new_cdp_session(sheet)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        thumb.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def middle(locator) -> tuple[float, float]:
        box = locator.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    grip = texts.nth(0).locator(".grip")
    grip.scroll_into_view_if_needed()
    for gives_up in (True, False):
        x, y = middle(grip)
        touch("touchStart", (x, y))
        touch("touchMove", (x, y + 3))
        touch("touchMove", (x, middle(texts.nth(1))[1] + 10))
        expect(sheet.locator(".drop-above")).to_have_count(1)
        if gives_up:
            sheet.keyboard.press("Escape")
            expect(sheet.locator(".drop-above, .held")).to_have_count(0)
        touch("touchEnd")
        if gives_up:
            assert ids(texts) == order
    expect(texts.nth(0)).to_have_id(order[1])
    assert ids(texts) == [order[1], order[0], order[2]]


def take(sheet, text) -> None:
    """The mouse goes down on its grip."""
    text.locator(".grip").hover()
    sheet.mouse.down()


def drag(sheet, text, over, part: float = 0.2) -> None:
    """Takes a text and holds it over another one."""
    take(sheet, text)
    there = over.bounding_box()
    sheet.mouse.move(there["x"] + 40, there["y"] + there["height"] * part)


def test_escape_ends_the_drag_alone_and_a_clash_asks_before_it_closes(sheet, iontophoresis_now):
    asked = []
    sheet.on("dialog", lambda one: (asked.append(one.message), one.dismiss()))
    edit(sheet, "Benefit: Our clinic sees it")
    form = sheet.locator("form.open")
    form.get_by_label("Benefit · English").fill("Mine.")
    texts = sheet.locator("#group-benefits article")
    drag(sheet, texts.nth(2), texts.nth(1))
    expect(sheet.locator(".drop-above")).to_have_count(1)
    sheet.keyboard.press("Escape")
    expect(sheet.locator(".held, .drop-above")).to_have_count(0)
    sheet.mouse.up()
    assert asked == [] and form.count() == 1

    row = iontophoresis_now.benefit_set.get(uid="safe")
    row.text_en = "Theirs."
    row.save()
    save_snapshot(iontophoresis_now, now=timezone.now())
    form.get_by_role("button", name="Save", exact=True).click()
    away = form.get_by_role("link", name="Throw mine away")
    away.wait_for()
    form.get_by_label("Benefit · English").press("Escape")
    expect(form.get_by_label("Benefit · English")).to_have_value("Mine.")
    assert asked == ["Throw away what you typed here?"]
    away.click()
    expect(form).to_have_count(0)
    assert len(asked) == 1
    sheet.problems.clear()  # the browser says itself that a form was refused


@pytest.mark.parametrize("width", [360, 1280])
def test_why_nothing_was_moved_is_said_where_one_is(sheet, iontophoresis_now, width):
    sheet.set_viewport_size({"width": width, "height": 740})
    texts = sheet.locator("#group-benefits article")
    told = sheet.locator("#told")
    order = ids(texts)

    sheet.context.set_offline(True)
    drag(sheet, texts.nth(2), texts.nth(1))
    sheet.mouse.up()
    expect(told).to_contain_text("Nothing was changed.")
    expect(told).to_be_in_viewport(ratio=1)
    sheet.context.set_offline(False)

    # A token that has been changed meanwhile, as by a login in another window.
    other = {"name": "csrftoken", "value": "x" * 32, "url": sheet.url}
    sheet.context.add_cookies([other])
    drag(sheet, texts.nth(2), texts.nth(1))
    sheet.mouse.up()
    expect(texts.nth(1)).to_have_id(order[2])
    expect(told).to_be_empty()

    iontophoresis_now.benefit_set.get(uid=order[0].removeprefix("text-benefits-")).delete()
    save_snapshot(iontophoresis_now, now=timezone.now())
    drag(sheet, texts.nth(0), texts.nth(2), 0.8)
    sheet.mouse.up()
    expect(told).to_contain_text("Somebody deleted this text")
    expect(told).to_be_in_viewport(ratio=1)
    expect(texts.first).to_contain_text("Taken away")
    sheet.emulate_media(color_scheme="dark")
    [ground] = told.locator("p").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert sum(map(int, re.findall(r"\d+", ground)[:3])) < 200, "as dark as the page"
    measured = sheet.evaluate(CONTRAST, "#told *")
    assert measured and min(ratio for ratio, _what in measured) >= 4.5
    told.get_by_role("button", name="Close").click()
    expect(told).to_be_empty()
    margin, back = (
        texts.first.locator(part).bounding_box() for part in (".margin", ".margin .press")
    )
    assert back["x"] + back["width"] <= margin["x"] + margin["width"] - 8
    more = texts.nth(1).get_by_text("More")
    more.click()
    row, grip = more.bounding_box(), texts.nth(1).locator(".grip").bounding_box()
    assert abs(row["y"] + row["height"] / 2 - grip["y"] - grip["height"] / 2) < 8
    sheet.problems.clear()  # the browser says itself what did not go


LINE = """() => {
  const above = document.querySelector(".drop-above")?.getBoundingClientRect().top;
  const below = document.querySelector(".drop-below")?.getBoundingClientRect().bottom;
  return above ?? below ?? null;
}"""


def test_the_line_of_a_drag_is_in_view_and_goes_with_the_page(sheet):
    texts = sheet.locator("#group-contraindications article")
    last = texts.last
    last.evaluate("one => scrollBy(0, one.getBoundingClientRect().top - 500)")
    take(sheet, last)
    x = last.bounding_box()["x"] + 40
    sheet.mouse.move(x, 400)
    before = sheet.locator(".drop-above").get_attribute("id")
    sheet.mouse.wheel(0, -200)
    expect(sheet.locator(".drop-above")).not_to_have_id(before)
    bar = sheet.locator(".bar-top").bounding_box()["height"]
    scrolled = sheet.evaluate("scrollY")
    sheet.mouse.move(x, bar + 30)  # below the bar the page goes along already
    sheet.wait_for_function("before => scrollY < before - 40", arg=scrolled)
    for _ in range(10):
        line = sheet.evaluate(LINE)
        assert line is None or bar <= line <= 720
    sheet.keyboard.press("Escape")
    sheet.mouse.up()


def test_a_move_under_way_is_shown_and_no_other_begins(sheet, iontophoresis_now):
    texts = sheet.locator("#group-benefits article")
    order = ids(texts)
    going = []
    sheet.route("**/move/", lambda route: going.append(route))
    drag(sheet, texts.nth(2), texts.nth(1))
    sheet.mouse.up()
    expect(texts.nth(2)).to_have_css("opacity", "0.5")
    drag(sheet, texts.nth(0), texts.nth(2), 0.8)
    expect(sheet.locator(".held, .drop-below")).to_have_count(0)
    sheet.mouse.up()
    [move] = going
    move.continue_()
    expect(texts.nth(1)).to_have_id(order[2])
    # Where the others are struck out, there is nowhere to drag it to.
    for other in order[:2]:
        iontophoresis_now.benefit_set.get(uid=other.removeprefix("text-benefits-")).delete()
    save_snapshot(iontophoresis_now, now=timezone.now())
    sheet.reload()
    expect(texts).to_have_count(3)
    expect(texts.locator(".grip")).to_be_hidden()


def test_a_login_that_ran_out_loses_nothing(sheet):
    edit(sheet, "Benefit: Our clinic sees it")
    field = sheet.get_by_label("Benefit · English")
    field.fill("Well: I typed this.")
    Session.objects.all().delete()
    sheet.get_by_role("button", name="Save", exact=True).click()
    sheet.get_by_text("This could not be kept").wait_for()
    assert field.input_value() == "Well: I typed this."
    with sheet.context.expect_page() as opened_page:
        sheet.get_by_role("link", name="Log in").click()
    login = opened_page.value
    login.get_by_label("Username").fill("nurse")
    login.get_by_label("Password").fill(PASSWORD)
    login.get_by_role("button", name="Log in").click()
    login.get_by_role("heading", name="What would you like to do?").wait_for()
    login.close()
    sheet.bring_to_front()
    save(sheet)
    expect(text(sheet, "Benefit: Well: I typed")).to_be_visible()
    sheet.problems.clear()  # the browser says itself that a form was refused


def test_what_could_not_be_done_is_said_in_place(sheet, iontophoresis_now):
    edit(sheet, "Benefit: Our clinic sees it")
    sheet.get_by_label("Benefit · English").fill("It is 3 times safe.")
    save(sheet, "Save: both say the same")
    expect(sheet.get_by_role("alert")).to_contain_text("Saved, but not confirmed")
    press = text(sheet, "Benefit: No needles").get_by_text("More")
    press.click()
    row = iontophoresis_now.benefit_set.get(uid="no-needles")
    row.text_en = "No needle."
    row.save()
    save_snapshot(iontophoresis_now, now=timezone.now())
    text(sheet, "Benefit: No needles").get_by_role("button", name="Delete").click()
    expect(sheet.get_by_role("alert")).to_contain_text("Nothing was deleted")
    expect(text(sheet, "Benefit: No needle.")).to_be_visible()


def test_what_is_typed_stays_while_others_of_the_section_change(sheet):
    edit(sheet, "Benefit: Our clinic sees it")
    field = text(sheet, "Benefit: Our clinic sees it").get_by_label("Benefit · English")
    field.fill("Well: I typed this.")
    other = text(sheet, "Benefit: No needles")
    other.get_by_text("More").click()
    other.get_by_role("button", name="Move down").click()
    names = sheet.locator("#group-benefits article").evaluate_all("all => all.map(one => one.id)")
    expect(sheet.locator("#group-benefits article").last).to_have_id("text-benefits-no-needles")
    assert len(names) == 3 and field.input_value() == "Well: I typed this."
    sheet.get_by_role("link", name="Add: benefit").click()
    new = sheet.locator("#form-benefits-new")
    new.get_by_label("Benefit · English").fill("Something new.")
    sheet.get_by_role("link", name="Add: benefit").click()
    expect(new.get_by_label("Benefit · English")).to_have_value("Something new.")
    new.get_by_role("button", name="Save", exact=True).click()
    expect(new).to_have_count(0)
    expect(text(sheet, "Benefit: Something new.")).to_be_visible()
    assert field.input_value() == "Well: I typed this."


def test_typed_words_are_not_thrown_away_unasked(sheet):
    edit(sheet, "Benefit: Our clinic sees it")
    sheet.get_by_label("Benefit · English").press("Control+End")
    sheet.keyboard.type("More.")
    asked = []
    answers = iter(["dismiss", "accept"])
    sheet.on("dialog", lambda one: (asked.append(one.message), getattr(one, next(answers))()))
    sheet.keyboard.press("Escape")
    assert sheet.get_by_label("Benefit · English").input_value().endswith("More.")
    sheet.get_by_role("link", name="Cancel").click()
    expect(sheet.locator("form.open")).to_have_count(0)
    assert asked == ["Throw away what you typed here?"] * 2


def test_with_scripts_too_a_text_is_saved_on_its_own_page(sheet):
    link = text(sheet, "Benefit: Our clinic sees it").get_by_role("link", name="Edit")
    sheet.goto(link.get_attribute("href"))
    sheet.get_by_label("Benefit · English").fill("Well: on a page of its own.")
    sheet.get_by_role("button", name="Save", exact=True).click()
    expect(text(sheet, "Benefit: Well: on a page")).to_be_visible()


def test_without_scripts_a_text_has_a_page_of_its_own(chromium, site_live, staff):
    [cookie] = staff.cookies.values()
    context = chromium.new_context(base_url=site_live, java_script_enabled=False)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site_live}])
    page = context.new_page()
    page.goto(page_of(Treatment.objects.get(slug="iontophoresis")))
    text(page, "Benefit: Our clinic sees it").get_by_role("link", name="Edit").click()
    field = page.get_by_label("Benefit · English")
    field.fill(f"Well: {field.input_value()}")
    page.get_by_role("button", name="Save", exact=True).click()
    changed = text(page, "Benefit: Well: Our clinic")
    changed.get_by_role("button", name="Both say the same").click()
    assert "nurse" in changed.inner_text()
    changed.get_by_text("More").click()
    changed.get_by_role("button", name="Delete").click()
    assert "Taken away" in text(page, "Benefit: Our clinic").inner_text()
    context.close()


def test_two_texts_are_open_at_once_and_each_label_has_its_own_field(sheet):
    for name in ("Benefit: Our clinic sees it", "Benefit: No needles"):
        text(sheet, name).get_by_role("link", name="Edit").click()
        text(sheet, name).get_by_label("Benefit · English").wait_for()
    assert sheet.evaluate(
        "() => [...document.querySelectorAll('[id]')].every("
        "one => document.querySelectorAll(`[id='${one.id}']`).length === 1)"
    )
    second = text(sheet, "Benefit: No needles")
    assert "needles" in second.get_by_label("Benefit · English").input_value()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_lists_are_folded_and_say_how_long_they_are(
    chromium, site_live, staff, iontophoresis_now, scripts
):
    saved(staff, iontophoresis_now, "benefits", "safe", text_en="It is gentle.")
    context = chromium.new_context(
        base_url=site_live, java_script_enabled=scripts, viewport={"width": 360, "height": 740}
    )
    context.add_cookies(
        [{"name": one.key, "value": one.value, "url": site_live} for one in staff.cookies.values()]
    )
    page = context.new_page()
    page.goto(page_of(iontophoresis_now))
    assert page.locator("article").first.bounding_box()["y"] < 800
    needs = page.get_by_role("region", name="What this page still needs")
    assert re.sub(r"\s+", " ", needs.inner_text()) == "What this page still needs 1"
    assert re.sub(r"\s+", " ", page.locator(".sections").inner_text()) == "Sections 22"
    needs.locator("summary").focus()
    page.keyboard.press("Enter")
    needs.get_by_role("link", name="It is gentle.").click()
    expect(text(page, "Benefit: It is gentle.")).to_be_in_viewport()
    context.close()


def test_the_lists_stand_open_beside_the_page_and_stay_as_one_left_them(sheet):
    needs = sheet.get_by_role("region", name="What this page still needs")
    expect(needs).to_contain_text("It can be published.")
    expect(needs.get_by_text("It can be published.")).to_be_visible()
    expect(sheet.locator(".sections").get_by_role("link", name="Danger signs")).to_be_visible()
    for is_open, typed in ((True, "It is gentle."), (False, "It is soft.")):
        if not is_open:
            needs.locator("summary").click()
        sheet.locator("#text-benefits-safe").get_by_role("link", name="Edit").click()
        sheet.get_by_label("Benefit · English").fill(typed)
        save(sheet)
        expect(needs.locator("summary")).to_contain_text("1")
        expect(needs.get_by_role("link", name=typed)).to_be_visible(visible=is_open)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_triangle_stands_beside_its_words(staff_browser, new_page, language):
    StaffLanguage.objects.create(person=User.objects.get(), language=language)
    staff_browser.goto(reverse("admin:treatments_treatment_publish", args=[new_page.pk]))
    summary = staff_browser.locator(".others > summary")
    for width in (320, 360, 1280):
        staff_browser.set_viewport_size({"width": width, "height": 740})
        above = summary.evaluate(
            """one => one.querySelector("h2").getClientRects()[0].top
               - one.getBoundingClientRect().top - parseFloat(getComputedStyle(one).paddingTop)"""
        )
        assert above < 10, "no line of its own"


def test_where_there_is_no_source_yet_one_is_added_and_chosen_and_nothing_typed_is_lost(
    staff_browser, new_page
):
    page = staff_browser
    page.goto(page_of(new_page))
    page.wait_for_load_state()
    page.get_by_role("link", name="Add: reason not to have it").click()
    warning = page.locator("#form-contraindications-new")
    warning.get_by_label("Reason · English").fill("You are pregnant.")
    warning.get_by_label("Level").select_option("Must not have it")
    expect(warning).to_contain_text("This treatment has no sources yet")
    add = warning.get_by_role("link", name="Add a source")
    add.focus()
    page.keyboard.press("Enter")
    source = page.locator("#form-sources-new")
    expect(source.locator(":focus")).to_be_in_viewport()
    source.get_by_label("Kind").select_option("This clinic’s own text")
    source.get_by_label("Citation").fill("Our own leaflet.")
    source.get_by_role("button", name="Save", exact=True).click()
    rests_on = warning.get_by_label("Where it comes from")
    expect(rests_on).to_be_focused()
    expect(rests_on).to_be_in_viewport()
    expect(warning).not_to_contain_text("no sources yet")
    rests_on.select_option("Our own leaflet.")
    warning.get_by_role("button", name="Save", exact=True).click()
    expect(text(page, "Reason not to have it: You are pregnant.")).to_contain_text(
        "Where it comes from: Our own leaflet."
    )


def test_a_source_that_is_added_changes_no_choice_that_was_made(sheet):
    edit(sheet, "Reason not to have it: You are pregnant.")
    rests_on = sheet.locator("#form-contraindications-pregnancy").get_by_label("Where it comes")
    rests_on.select_option(index=3)
    chosen = rests_on.input_value()
    sheet.get_by_role("link", name="Add: source").click()
    source = sheet.locator("#form-sources-new")
    source.get_by_label("Kind").select_option("This clinic’s own text")
    source.get_by_label("Citation").fill("Our own leaflet.")
    source.get_by_role("button", name="Save", exact=True).click()
    expect(rests_on.locator("option").last).to_have_text("Our own leaflet.")
    expect(rests_on).to_have_value(chosen)
