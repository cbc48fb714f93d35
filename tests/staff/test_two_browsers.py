"""Two browsers on one page, a closed tab, an expired login: what was typed is still there."""

import pytest
from django.contrib.sessions.models import Session

from treatments.document.rows import from_rows
from treatments.models import Treatment

from ..admin_forms import change

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
        page.goto(change(treatment))
        log_in(page, name)
        ready(page)
        return page

    open_browser.problems = problems
    yield open_browser
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state("networkidle")  # or the server still reads what is emptied
        context.close()
    assert not problems


# The English of the first paragraph of the results.
EDITOR = "#results_set-0 .field-text_en .ProseMirror >> nth=0"


def ready(page):
    page.locator(EDITOR).wait_for(state="attached")


def save(page):
    page.get_by_role("button", name="Save draft").click()


def now_says(treatment):
    return from_rows(Treatment.objects.get(pk=treatment.pk))


def test_two_browsers_lose_no_word_and_overwrite_nothing_unseen(browser_of, treatment):
    nurse = browser_of("nurse")
    rahima = browser_of("rahima")
    rahima.get_by_text("Also open: nurse").wait_for()

    rahima.locator("#prose-title-en input").fill("Rahima's title")
    rahima.locator("#prose-summary-bn textarea").fill("রহিমার কথা।")
    save(rahima)
    rahima.get_by_text("was changed successfully").wait_for()
    ready(rahima)

    nurse.locator("#prose-title-en input").fill("The nurse's title")
    nurse.locator("#results_set-group summary").click()
    nurse.locator(EDITOR).click()
    nurse.keyboard.press("Control+A")
    nurse.keyboard.type("The nurse's words.")
    save(nurse)
    nurse.get_by_text("nothing you typed is lost").wait_for()
    assert now_says(treatment).prose["en"]["title"] == "Rahima's title"
    clash = nurse.get_by_role("group", name="Title · English")
    assert "The nurse's title" in clash.inner_text()
    assert "Rahima's title" in clash.inner_text()

    nurse.get_by_role("button", name="Save as chosen").click()
    nurse.get_by_text("Choose one.").wait_for()
    clash.get_by_role("radio", name="Keep both").check()
    nurse.get_by_role("button", name="Save as chosen").click()
    nurse.get_by_text("Saved as you chose").wait_for()
    document = now_says(treatment)
    assert document.prose["en"]["title"] == "Rahima's title / The nurse's title"
    assert document.items("results")[0].pairs["text"].en == "The nurse's words."
    assert document.prose["bn"]["summary"] == "রহিমার কথা।"
    nurse.get_by_role("heading", name="What this page still needs").wait_for()
    assert nurse.evaluate(KEPT) == 0


def test_text_of_a_closed_tab_is_offered_back_and_forgotten_after_saving(browser_of, treatment):
    page = browser_of("nurse")
    before = now_says(treatment)
    page.locator("#prose-title-bn input").fill("নতুন নাম")
    page.locator("#results_set-group summary").click()
    page.locator(EDITOR).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Typed and not saved.")
    page.locator("#benefit_set-group summary").click()
    page.locator("#benefit_set-1").get_by_role("button", name="Up").click()
    page.locator("#benefit_set-2-group, #benefit_set-2").locator("input[name$=DELETE]").check()
    group = page.locator("#aftercaretip_set-group")
    group.locator("summary").click()
    count = len(before.items("aftercare"))
    group.locator(".add-row a").click()
    page.locator(f"#id_aftercaretip_set-{count}-text_en").fill("Drink some water.")
    page.locator(f"#id_aftercaretip_set-{count}-text_bn").fill("একটু পানি পান করুন।")
    page.get_by_text("Kept on this device at").wait_for()
    page.evaluate(KEEPS, "একটু পানি পান করুন।")
    again = page.context.new_page()
    page.close()

    again.goto(change(treatment))
    ready(again)
    offer = again.get_by_role("group").filter(has_text="that was not saved")
    offer.get_by_text("Look at it").click()
    assert "Typed and not saved." in offer.inner_text()
    assert "একটু পানি পান করুন।" in offer.inner_text()
    assert again.locator("#prose-title-bn input").input_value() != "নতুন নাম"
    offer.get_by_role("button", name="Bring it back").click()
    again.get_by_text("It is back in the form below").wait_for()
    assert again.locator(EDITOR).text_content() == "Typed and not saved."
    assert now_says(treatment) == before
    save(again)
    again.get_by_text("was changed successfully").wait_for()
    ready(again)

    document = now_says(treatment)
    assert document.prose["bn"]["title"] == "নতুন নাম"
    assert document.items("results")[0].pairs["text"].en == "Typed and not saved."
    old = [item.uid for item in before.items("benefits")]
    assert [item.uid for item in document.items("benefits")] == [old[1], old[0], *old[3:]]
    assert document.items("aftercare")[-1].pairs["text"].en == "Drink some water."
    assert len(document.items("aftercare")) == count + 1
    assert again.evaluate(KEPT) == 0
    assert again.locator(".kept").count() == 0


def test_text_survives_an_expired_login_and_is_offered_to_nobody_else(browser_of, treatment):
    page = browser_of("nurse")
    page.locator("#prose-title-en input").fill("Typed before the login expired")
    page.evaluate(KEEPS, "Typed before the login expired")
    Session.objects.all().delete()
    save(page)
    page.get_by_text("You are not logged in any more").wait_for()
    page.get_by_role("link", name="Log in").click()
    log_in(page, "nurse")
    ready(page)
    page.get_by_role("button", name="Bring it back").wait_for()
    assert now_says(treatment).prose["en"]["title"] == "Iontophoresis for sweating (in the clinic)"

    page.get_by_role("button", name="Log out").click()
    page.goto(change(treatment))
    log_in(page, "rahima")
    ready(page)
    page.locator("#prose-title-bn input").fill("রহিমার নাম")
    page.evaluate(KEEPS, "রহিমার নাম")
    assert page.locator(".kept").count() == 0

    page.get_by_role("button", name="Log out").click()
    page.goto(change(treatment))
    log_in(page, "nurse")
    ready(page)
    page.get_by_role("button", name="Bring it back").click()
    assert page.locator("#prose-title-en input").input_value() == "Typed before the login expired"
    save(page)
    page.get_by_text("was changed successfully").wait_for()
    assert now_says(treatment).prose["en"]["title"] == "Typed before the login expired"


def test_text_that_is_thrown_away_does_not_come_back(browser_of, treatment):
    page = browser_of("nurse")
    page.locator("#prose-title-en input").fill("Not wanted")
    page.evaluate(KEEPS, "Not wanted")
    page.goto("/admin/")
    page.goto(change(treatment))
    page.get_by_role("button", name="Throw it away").click()
    assert page.evaluate(KEPT) == 0
    page.reload()
    ready(page)
    assert page.locator(".kept").count() == 0


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
    rahima = browser_of("rahima")
    rahima.get_by_text("Also open: nurse").wait_for()
    page.locator("#prose-title-en input").fill("Another title")
    save(page)
    page.get_by_text("was changed successfully").wait_for()
    ready(page)
    assert now_says(treatment).prose["en"]["title"] == "Another title"
    page.wait_for_load_state("networkidle")
    # The admin's own scripts may complain where the browser has no storage at all.
    problems = browser_of.problems
    problems[:] = [problem for problem in problems if "keep.js" in problem]
