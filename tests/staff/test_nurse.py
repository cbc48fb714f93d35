"""What a nurse does, in a real browser: by what stands on the page, and by no address."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from treatments.models import Publication, Snapshot

ENGLISH, BANGLA = "English", "Bangla"
STEP, PLAN = "Step: The current runs", "The plan in numbers"


# --- What a nurse does on the pages ---------------------------------------------------------------


@pytest.fixture
def page(admin_page):
    """The change page of Iontophoresis, as the nurse comes to it."""
    admin_page.get_by_role("link", name="Treatments", exact=True).last.click()
    admin_page.get_by_role("link", name="Iontophoresis for sweating (in the clinic)").click()
    ready(admin_page)
    return admin_page


def ready(page):
    page.get_by_role("heading", name="What this page still needs").wait_for()
    page.wait_for_load_state()  # its scripts are read


def item(page, name):
    """A text with what stands beside it."""
    return page.get_by_role("article", name=name)


def edit(page, name):
    item(page, name).get_by_role("link", name="Edit").first.click()
    page.locator("form.open").wait_for()


def field(page, name, language):
    return page.get_by_label(f"{name} · {language}")


def put(place, old, new):
    """Other words within a field."""
    assert old in place.input_value()
    place.fill(place.input_value().replace(old, new))


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()
    saved(page)


def saved(page):
    expect(page.locator("form.open")).to_have_count(0)


def go_on_to_publish(page):
    page.get_by_role("link", name="Publish…", exact=True).click()
    page.get_by_role("heading", name="Publish", exact=True).wait_for()


def choose(page, *languages):
    """The page shows what will be different in these languages."""
    for language in (ENGLISH, BANGLA):
        page.get_by_label(language, exact=True).set_checked(language in languages)
    expect(page.locator("#differences")).not_to_have_attribute("aria-busy", "true")


def confirm(page):
    """What is to be read is read and confirmed, text by text."""
    to_read = page.get_by_role("link", name="To the next")
    said = page.get_by_role("status").filter(has_text=" done")
    while to_read.is_visible():
        before = said.inner_text()
        to_read.click()
        if page.evaluate("document.activeElement.matches('.rest header')"):
            for key in ("Tab", "Enter"):  # down to their answer
                page.keyboard.press(key)
            expect(page.get_by_role("button", name="I have read these")).to_be_focused()
        page.keyboard.press("Enter")
        expect(said).not_to_have_text(before)
    expect(page.locator("#bar")).not_to_have_attribute("aria-busy", "true")


def press_publish(page, *languages):
    choose(page, *languages)
    page.get_by_role("button", name="Publish", exact=True).click()


def publish_later(page, *languages):
    choose(page, *languages)
    confirm(page)
    page.get_by_role("button", name="Publish", exact=True).click()


def publish(page, *languages):
    publish_later(page, *languages)
    for language in languages:
        page.get_by_text(f"{language} is live now.").wait_for()


def patients_read(page, language) -> str:
    """What a patient reads, opened from the change page in another tab."""
    state = page.get_by_role("group", name="What patients see now").locator("section")
    link = state.filter(has_text=language).get_by_role("link", name="open the page")
    with page.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    public = opened.value
    public.wait_for_url("**/treatments/iontophoresis/")  # all of it: a new tab has only the first
    text = public.locator("main").inner_text()
    public.close()
    return text


def refused(page) -> str:
    """What says why nothing was published, and what is to be put right, to which it leads."""
    box = page.get_by_role("alert").filter(has_text="Nothing was published")
    box.wait_for()
    expect(box).to_be_focused()
    return box.inner_text() + stops(page).inner_text()


def stops(page):
    return page.get_by_role("region", name="This stops publishing")


def cell(page, column: int) -> str:
    """What the dashboard says of the treatment: 0 is English, 1 is Bangla, 2 is the draft."""
    page.get_by_role("link", name="Home", exact=True).click()
    page.get_by_role("heading", name="What would you like to do?").wait_for()
    row = page.get_by_role("row").filter(has_text="Iontophoresis for sweating (in the clinic)")
    return row.get_by_role("cell").nth(column).inner_text()


def back_to_the_treatment(page):
    row = page.get_by_role("row").filter(has_text="Iontophoresis for sweating (in the clinic)")
    row.get_by_role("link", name="Iontophoresis for sweating (in the clinic)").click()
    ready(page)


def expect_focus(page, label):
    """The cursor is in the field of this label, in a moment."""
    page.wait_for_function(
        """(label) => {
          const at = document.activeElement;
          const said = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? "";
          return said.trim().replace(/:$/, "") === label;
        }""",
        arg=label,
    )


# --- 1 --------------------------------------------------------------------------------------------


def test_a_typing_mistake_in_one_language_is_put_right(page):
    bangla = patients_read(page, BANGLA)
    edit(page, "Summary")
    put(field(page, "Summary", ENGLISH), "sends a mild", "sennds a mild")
    save(page)
    go_on_to_publish(page)
    publish(page, ENGLISH)
    assert "sennds" in patients_read(page, ENGLISH)

    edit(page, "Summary")
    put(field(page, "Summary", ENGLISH), "sennds a mild", "sends a mild")
    save(page)
    go_on_to_publish(page)
    publish(page, ENGLISH)
    assert "sennds" not in patients_read(page, ENGLISH)
    assert patients_read(page, BANGLA) == bangla
    assert "Must be put right" not in page.locator("main").inner_text()
    assert "To be read" not in cell(page, 2)


# --- 2 --------------------------------------------------------------------------------------------


def test_minutes_changed_in_one_language_only_are_refused_until_the_other_is_withdrawn(page):
    before = [patients_read(page, language) for language in (ENGLISH, BANGLA)]
    edit(page, STEP)
    put(field(page, "What happens", ENGLISH), "20–30 minutes", "25–35 minutes")
    save(page)
    go_on_to_publish(page)
    press_publish(page, ENGLISH, BANGLA)
    why = refused(page)
    assert "Patients could be told something wrong." in why
    assert "Procedure, step by step · What happens" in why
    assert "25–35 minutes" in why and "২০–৩০ মিনিট" in why

    place = stops(page).get_by_role("article").filter(has_text="২০–৩০")
    place.get_by_role("link", name="Open and write").first.click()
    ready(page)
    expect(field(page, "What happens", BANGLA)).to_be_focused()
    assert [patients_read(page, language) for language in (ENGLISH, BANGLA)] == before
    page.get_by_role("link", name="Cancel").click()

    # 25–35 is right. The Bangla has to wait for its translator.
    edit(page, PLAN)
    itself = page.get_by_role("group", name="The treatment itself")
    itself.get_by_label("At least").fill("25")
    itself.get_by_label("At most").fill("35")
    save(page)
    go_on_to_publish(page)
    press_publish(page, ENGLISH)
    why = refused(page)
    assert "English “25–35 minutes” / Bangla “২০–৩০ মিনিট”" in why
    page.get_by_role("link", name="Publish English and withdraw Bangla…").click()
    page.get_by_text("Bangla is withdrawn with it").wait_for()
    confirm(page)
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("English is live now.").wait_for()
    page.get_by_text("Bangla is withdrawn: patients cannot open it any more.").wait_for()
    english = patients_read(page, ENGLISH)
    assert "25–35 minutes" in english and "20–30 minutes" not in english
    assert "Not live" in cell(page, 1)


# --- 3 --------------------------------------------------------------------------------------------


def test_a_number_of_the_plan_is_changed_and_every_text_that_must_follow_is_found(page):
    edit(page, PLAN)
    page.get_by_role("group", name="The treatment itself").get_by_label("At least").fill("২৫")
    save(page)
    expect(item(page, PLAN)).to_contain_text("25–30")
    needs = page.get_by_role("region", name="What this page still needs")
    wrong = needs.get_by_role("listitem").filter(has_text="Must be put right")
    expect(wrong).to_have_count(1)
    wrong.get_by_role("link", name="The current runs").press("Enter")
    edit(page, STEP)
    for language, old, new in ((ENGLISH, "20–30", "25–30"), (BANGLA, "২০–৩০", "২৫–৩০")):
        put(field(page, "What happens", language), old, new)
    save(page)
    expect(wrong).to_have_count(0)
    go_on_to_publish(page)
    page.get_by_text("The checks found nothing to put right.").wait_for()
    publish(page, ENGLISH, BANGLA)
    english, bangla = (patients_read(page, language) for language in (ENGLISH, BANGLA))
    assert english.count("25–30") >= 2 and "20–30 minutes" not in english
    assert bangla.count("২৫–৩০") >= 2 and "২০–৩০ মিনিট" not in bangla
    assert "25–30" not in bangla


# --- 4 --------------------------------------------------------------------------------------------


def test_a_reason_not_to_have_it_is_added_in_both_languages_and_an_empty_half_is_refused(page):
    page.get_by_role("link", name="Add: reason not to have it").press("Enter")
    expect_focus(page, "Reason · English")
    for words in ("You have a fever.", "আপনার জ্বর আছে।", "Do you have a fever?"):
        page.keyboard.insert_text(words)
        page.keyboard.press("Tab")
    expect_focus(page, "As a question · Bangla")  # left empty
    page.keyboard.press("Tab")
    expect_focus(page, "Level")
    page.keyboard.type("Tell")
    page.keyboard.press("Tab")
    expect_focus(page, "The answer “Not sure”")  # left as it is
    page.keyboard.press("Tab")
    expect_focus(page, "Where it comes from")
    page.keyboard.type("This")
    page.keyboard.press("Control+Enter")
    saved(page)
    go_on_to_publish(page)
    press_publish(page, ENGLISH, BANGLA)
    why = refused(page)
    assert "Who must not have it, and what to tell us first · As a question · Bangla" in why
    assert "has no Bangla." in why
    assert "Let it stand" not in why

    stops(page).get_by_role("link", name="Open and write").first.click()
    ready(page)
    expect_focus(page, "As a question · Bangla")
    assert "You have a fever." not in patients_read(page, ENGLISH)
    page.keyboard.insert_text("আপনার কি জ্বর আছে?")
    page.keyboard.press("Control+Enter")
    saved(page)
    go_on_to_publish(page)
    publish(page, ENGLISH, BANGLA)
    assert "You have a fever." in patients_read(page, ENGLISH)
    assert "আপনার জ্বর আছে।" in patients_read(page, BANGLA)


# --- 5 --------------------------------------------------------------------------------------------


def test_the_bangla_follows_later_and_each_time_both_are_read(page):
    edit(page, "Benefit: Our clinic sees it")
    words = (
        "Our clinic sees it as safe, and it is done without cuts. "
        "Side effects can still happen; how often is not known."
    )
    field(page, "Benefit", ENGLISH).fill(words)
    save(page)
    go_on_to_publish(page)
    publish(page, ENGLISH)
    assert words in patients_read(page, ENGLISH)

    edit(page, "Benefit: Our clinic sees it")
    put(field(page, "Benefit", BANGLA), "।", " ।")
    save(page)
    assert "To be read in both languages" in cell(page, 2)
    page.get_by_role("link", name="read and confirm").click()
    text = page.get_by_role("article")  # the only one, or reading it fails
    assert "Changed in Bangla only" in text.inner_text()
    text.get_by_role("link", name="Edit").click()
    ready(page)
    expect_focus(page, "Benefit · Bangla")
    words = (
        "আমাদের ক্লিনিকের মতে এটি নিরাপদ; কাটাছেঁড়া ছাড়া করা হয়। তবু পার্শ্বপ্রতিক্রিয়া হতে পারে; কত ঘন ঘন, জানা নেই।"
    )
    field(page, "Benefit", BANGLA).fill(words)
    save(page)
    go_on_to_publish(page)
    publish(page, BANGLA)
    assert words in patients_read(page, BANGLA)
    assert "To be read" not in cell(page, 2)
    assert "to be read in both languages" not in page.locator("main").inner_text()


# --- 6 --------------------------------------------------------------------------------------------


def test_a_publication_is_planned_for_a_time_in_bangladesh_and_cancelled(page):
    before = patients_read(page, ENGLISH)
    edit(page, "Summary")
    put(field(page, "Summary", ENGLISH), "sends a mild", "passes a mild")
    save(page)
    go_on_to_publish(page)
    day = timezone.localdate() + timedelta(days=2)
    page.get_by_label("Date", exact=True).fill(day.isoformat())
    page.get_by_label("Time", exact=True).fill("09:30")
    expect(page.get_by_label("Later, at this time in Bangladesh")).to_be_checked()
    publish_later(page, ENGLISH)
    when = f"{day.day} {day:%B %Y}, 09:30"
    page.get_by_text(f"English goes live on {when}.").wait_for()
    planned = Publication.objects.get(live_from__gt=timezone.now())
    assert planned.live_from == datetime(day.year, day.month, day.day, 3, 30, tzinfo=UTC)

    ready(page)
    states = page.get_by_role("group", name="What patients see now")
    assert f"Scheduled: goes live on {when}" in states.inner_text()
    assert patients_read(page, ENGLISH) == before
    said = cell(page, 0)
    assert "Scheduled" in said and when in said

    back_to_the_treatment(page)
    page.get_by_role("link", name="Cancel it…").click()
    button = page.get_by_role("button", name="Cancel this schedule (English)")
    expect(button).to_be_focused()
    button.press("Enter")
    page.get_by_text("The schedule is cancelled.").wait_for()
    ready(page)
    assert "Scheduled" not in states.inner_text()
    assert patients_read(page, ENGLISH) == before
    assert "Scheduled" not in cell(page, 0)


# --- 7 --------------------------------------------------------------------------------------------


@pytest.fixture
def yesterday(site_live):
    """All that is there was saved and published a day ago."""
    day = timedelta(days=1)
    Snapshot.objects.update(saved_at=F("saved_at") - day)
    Publication.objects.update(live_from=F("live_from") - day)
    return timezone.localtime(Snapshot.objects.first().saved_at)


def test_yesterdays_text_is_found_compared_brought_back_and_published(yesterday, page):
    words, _published_on = patients_read(page, ENGLISH).split("Published on")
    edit(page, "Title")
    field(page, "Title", ENGLISH).fill("A title of today")
    field(page, "Title", BANGLA).fill("আজকের নাম")
    save(page)
    go_on_to_publish(page)
    publish(page, ENGLISH, BANGLA)
    ready(page)
    assert "A title of today" in patients_read(page, ENGLISH)

    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Compare the two").click()
    differences = page.locator("main")
    expect(differences.get_by_role("deletion").filter(has_text="Iontophoresis")).to_be_visible()
    expect(differences.get_by_role("insertion").filter(has_text="A title of today")).to_be_visible()

    page.get_by_role("link", name="Back to the history").click()
    saved = f"{yesterday.day} {yesterday:%B %Y, %H:%M}"
    row = page.get_by_role("row").filter(has_text=saved)
    row.get_by_role("link", name="Bring back…").click()
    assert (
        "Nothing that patients read changes before somebody publishes."
        in page.locator("main").inner_text()
    )
    page.get_by_role("button", name="Bring this version back").click()
    page.get_by_text(f"The draft says again what was saved on {saved}").wait_for()
    ready(page)
    assert "A title of today" in patients_read(page, ENGLISH)
    page.get_by_role("link", name="Publish…").click()
    publish(page, ENGLISH, BANGLA)
    ready(page)
    assert patients_read(page, ENGLISH).startswith(words)
    assert "আজকের নাম" not in patients_read(page, BANGLA)
