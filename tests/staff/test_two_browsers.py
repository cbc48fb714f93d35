"""Two browsers on one page, a closed tab, an expired login: what was typed is still there."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from treatments.models import Session, Treatment
from treatments.publishing.snapshots import save_snapshot

from ..admin_forms import page_of
from ..sheet import now_says

PASSWORD = "a long enough word"
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('iontoinfo:text:')).length"
KEEPS = """(words) => new Promise((done) => {
  const look = () => JSON.stringify(localStorage).includes(words) ? done() : setTimeout(look, 20);
  look();
})"""


@pytest.fixture
def treatment(site_live):
    return Treatment.objects.get(slug="iontophoresis")


def log_in(page, name):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


@pytest.fixture
def browser_of(chromium, site_live, treatment, django_user_model):
    """A browser of its own for a member of staff, with the change page open."""
    contexts, problems = [], []
    for name in ("nurse", "rahima"):
        django_user_model.objects.create_superuser(name, password=PASSWORD)

    def open_browser(name, script=""):
        context = chromium.new_context(base_url=site_live)
        context.add_init_script(script)
        context.on("weberror", lambda error: problems.append(error.error.stack or str(error.error)))
        contexts.append(context)
        page = context.new_page()
        page.goto(page_of(treatment))
        log_in(page, name)
        ready(page)
        return page

    open_browser.problems = problems
    yield open_browser
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state()
        context.close()
    assert not problems


TITLE, SUMMARY = "#text-prose-title", "#text-prose-summary"
RESULTS = "#text-results-paragraph-1"
SAFE = "#text-benefits-safe"


def ready(page):
    page.get_by_role("heading", name="What this page still needs").wait_for()


def again(page, treatment):
    page.goto(page_of(treatment))
    ready(page)


def edit(page, text):
    """Opens a text; its form."""
    page.locator(text).get_by_role("link", name="Edit").click()
    return form_in(page, text)


def form_in(page, text):
    form = page.locator(f"{text} form.open")
    form.wait_for()
    return form


def field(form, language):
    return form.locator(f"[lang={language}]:is(textarea, input)")


def write(page, form, words):
    """Into the editor of its English, instead of what is there."""
    form.locator(".ProseMirror[aria-label$=English]").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def save(form, button="Save"):
    form.get_by_role("button", name=button, exact=True).click()
    expect(form).to_have_count(0)


def offers(page):
    return page.locator("#kept section")


def test_two_browsers_lose_no_word_and_overwrite_nothing_unseen(browser_of, treatment):
    nurse = browser_of("nurse")
    rahima = browser_of("rahima")
    mine = edit(nurse, TITLE)
    field(mine, "en").fill("The nurse's title")

    theirs = edit(rahima, TITLE)
    field(theirs, "en").fill("Rahima's title")
    field(theirs, "bn").fill("রহিমার নাম")
    save(theirs)
    theirs = edit(rahima, SUMMARY)
    field(theirs, "bn").fill("রহিমার কথা।")
    save(theirs)

    paragraph = edit(nurse, RESULTS)
    write(nurse, paragraph, "The nurse's words.")
    save(paragraph)

    mine.get_by_role("button", name="Save", exact=True).click()
    asked = nurse.get_by_role("alert").filter(has_text="while you were writing")
    asked.wait_for()
    assert "rahima" in asked.inner_text() and "Nothing is lost" in asked.inner_text()
    assert now_says(treatment).prose["en"]["title"] == "Rahima's title"
    assert "Rahima's title" in mine.inner_text()
    assert field(mine, "en").input_value() == "The nurse's title"
    save(mine, "Save what stands in the fields")
    document = now_says(treatment)
    assert document.prose["en"]["title"] == "The nurse's title"
    assert document.prose["bn"]["title"] == "রহিমার নাম"
    assert document.prose["bn"]["summary"] == "রহিমার কথা।"
    assert document.items("results")[0].pairs["text"].en == "The nurse's words."
    assert nurse.evaluate(KEPT) == 0


def test_text_of_a_closed_tab_is_offered_back_and_forgotten_after_saving(browser_of, treatment):
    page = browser_of("nurse")
    before = now_says(treatment)
    field(edit(page, TITLE), "bn").fill("নতুন নাম")
    write(page, edit(page, RESULTS), "Typed and not saved.")
    page.get_by_role("link", name="Add: aftercare tip").click()
    new = form_in(page, "#group-aftercare")
    new.get_by_label("Kind").select_option("Do")
    field(new, "en").fill("Drink some water.")
    field(new, "bn").fill("একটু পানি পান করুন।")
    for words in ("নতুন নাম", "Typed and not saved.", "একটু পানি পান করুন।"):
        page.evaluate(KEEPS, words)
    later = page.context.new_page()
    page.close()

    again(later, treatment)
    expect(offers(later)).to_have_count(3)
    assert "Aftercare" in " ".join(offers(later).all_inner_texts())
    assert now_says(treatment) == before
    while offers(later).count():
        name = offers(later).first.locator(".name").inner_text()
        offers(later).first.get_by_role("button", name="Bring it back").click()
        form = later.locator("form.open")
        form.get_by_text("It is back in the form below").wait_for()
        expect(offers(later).filter(has_text=name)).to_have_count(0)
        if "Paragraph" in name:
            editor = form.get_by_role("textbox", name="English")
            expect(editor).to_have_text("Typed and not saved.")
        save(form)

    document = now_says(treatment)
    assert document.prose["bn"]["title"] == "নতুন নাম"
    assert document.items("results")[0].pairs["text"].en == "Typed and not saved."
    assert document.items("aftercare")[-1].pairs["text"].en == "Drink some water."
    assert len(document.items("aftercare")) == len(before.items("aftercare")) + 1
    assert later.evaluate(KEPT) == 0
    again(later, treatment)
    assert offers(later).count() == 0


def test_text_brought_back_over_a_newer_save_is_asked_about_only_where_it_clashes(
    browser_of, treatment
):
    page = browser_of("nurse")
    field(edit(page, TITLE), "en").fill("Mine, from before")
    field(edit(page, SAFE), "en").fill("Mine, from before.")
    page.evaluate(KEEPS, "Mine, from before.")
    later = page.context.new_page()
    page.close()
    rahima = browser_of("rahima")
    for text, language in ((TITLE, "en"), (SAFE, "bn")):
        form = edit(rahima, text)
        field(form, language).fill("রহিমা" if language == "bn" else "Rahima")
        save(form)

    again(later, treatment)
    for text in (SAFE, TITLE):
        edit(later, text).get_by_text("It is back in the form below").wait_for()
        form_in(later, text).get_by_role("button", name="Save", exact=True).click()
        if text == SAFE:
            expect(form_in(later, text)).to_have_count(0)
    later.get_by_text("while you were writing").wait_for()
    document = now_says(treatment)
    assert document.prose["en"]["title"] == "Rahima"
    safe = next(one for one in document.items("benefits") if one.uid == "safe").pairs["text"]
    assert (safe.en, safe.bn) == ("Mine, from before.", "রহিমা")


def test_text_survives_an_expired_login_and_is_offered_to_nobody_else(browser_of, treatment):
    page = browser_of("nurse")
    form = edit(page, TITLE)
    field(form, "en").fill("Typed before the login expired")
    page.evaluate(KEEPS, "Typed before the login expired")
    Session.objects.all().delete()
    form.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("not logged in any more").wait_for()
    page.on("dialog", lambda one: one.accept())  # the browser asks whether to leave
    page.goto(page_of(treatment))
    log_in(page, "nurse")
    ready(page)
    page.get_by_role("button", name="Bring it back").wait_for()
    assert now_says(treatment).prose["en"]["title"] == "Iontophoresis for sweating (in the clinic)"

    page.get_by_role("button", name="Log out").click()
    page.goto(page_of(treatment))
    log_in(page, "rahima")
    ready(page)
    assert offers(page).count() == 0
    form = edit(page, TITLE)
    assert field(form, "en").input_value() == "Iontophoresis for sweating (in the clinic)"
    field(form, "bn").fill("রহিমার নাম")
    page.evaluate(KEEPS, "রহিমার নাম")

    page.get_by_role("button", name="Log out").click()
    page.goto(page_of(treatment))
    log_in(page, "nurse")
    ready(page)
    page.get_by_role("button", name="Bring it back").click()
    form = form_in(page, TITLE)
    expect(field(form, "en")).to_have_value("Typed before the login expired")
    assert "রহিমা" not in field(form, "bn").input_value()
    save(form)
    assert now_says(treatment).prose["en"]["title"] == "Typed before the login expired"


@pytest.mark.parametrize("by", ["cancelling", "throwing away"])
def test_text_that_is_thrown_away_does_not_come_back(browser_of, treatment, by):
    page = browser_of("nurse")
    page.on("dialog", lambda one: one.accept())
    form = edit(page, TITLE)
    field(form, "en").fill("Not wanted")
    page.evaluate(KEEPS, "Not wanted")
    if by == "cancelling":
        form.get_by_role("link", name="Cancel").click()
        expect(form).to_have_count(0)
    else:
        again(page, treatment)
        page.get_by_role("button", name="Throw it away").click()
    assert page.evaluate(KEPT) == 0
    again(page, treatment)
    assert offers(page).count() == 0
    assert "Not wanted" not in field(edit(page, TITLE), "en").input_value()


def test_text_of_what_is_no_longer_on_the_page_can_be_copied(browser_of, treatment):
    page = browser_of("nurse")
    page.on("dialog", lambda one: one.accept())
    field(edit(page, SAFE), "en").fill("What I had typed.")
    page.evaluate(KEEPS, "What I had typed.")
    treatment.benefit_set.get(uid="safe").delete()
    save_snapshot(Treatment.objects.get(pk=treatment.pk), now=timezone.now())
    again(page, treatment)
    assert "Copy what you still need: What I had typed." in " ".join(
        offers(page).inner_text().split()
    )
    assert page.get_by_role("button", name="Bring it back").count() == 0


FAILS = "{ throw new DOMException('', 'QuotaExceededError') }"
STORES = ("localStorage", "sessionStorage")
STORAGE_FAILURES = {
    "full": f"Storage.prototype.setItem = () => {FAILS}",
    "not to be read": f"Storage.prototype.getItem = () => {FAILS}",
    "not to be emptied": f"Storage.prototype.removeItem = () => {FAILS}",
    "forbidden": "".join(
        f"Object.defineProperty(window, '{store}', {{ get() {FAILS} }});" for store in STORES
    )
    + "navigator.locks.query = navigator.locks.request = async () => " + FAILS,
    "absent": "".join(
        f"Object.defineProperty(window, '{store}', {{ value: null }});" for store in STORES
    )
    + "delete Navigator.prototype.locks",
    "damaged": """for (const words of ["", "null", "7", "{", '{"at": 1}', '{"at": 1, "fields": null}']) {
        localStorage.setItem("iontoinfo:text:1:1:" + words, words);
    }""",
}  # fmt: skip


@pytest.mark.parametrize("failure", STORAGE_FAILURES)
def test_where_the_browser_keeps_nothing_the_page_works_all_the_same(
    browser_of, treatment, failure
):
    page = browser_of("nurse", STORAGE_FAILURES[failure])
    form = edit(page, TITLE)
    field(form, "en").fill("Another title")
    save(form)
    assert now_says(treatment).prose["en"]["title"] == "Another title"
    again(page, treatment)
    assert offers(page).count() == 0 or failure == "not to be emptied"
    page.wait_for_load_state("networkidle")
    # The admin's own scripts may complain where the browser has no storage at all.
    problems = browser_of.problems
    problems[:] = [problem for problem in problems if "kept.js" in problem]
