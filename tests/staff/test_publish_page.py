"""The publish page in a real browser: what patients lose, what is to be read, and who says so."""

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from treatments.document.rows import from_rows
from treatments.document.sections import BY_KEY
from treatments.models import Clinic, Confirmation, Publication, StaffLanguage, Treatment
from treatments.publishing.snapshots import save_snapshot
from treatments.roles import make_groups

TITLE = "Iontophoresis for sweating (in the clinic)"
LOST = "Patients will no longer read this"
SAFETY = "Read in both languages: safety"
REST = "Read in both languages: the rest"
CONFIRMED = "Already confirmed, new for patients"
STOPS = "This stops publishing"
SAME = "Both say the same"


@pytest.fixture
def treatment(site_live) -> Treatment:
    make_groups(Group, Permission)
    return Treatment.objects.get(slug="iontophoresis")


@pytest.fixture
def person(django_user_model, treatment):
    """Somebody with a role, by name."""

    def named(role: str, name: str = ""):
        user, made = django_user_model.objects.get_or_create(
            username=name or role.lower(), defaults={"is_staff": True}
        )
        if made:
            user.groups.add(Group.objects.get(name=role))
        return user

    return named


@pytest.fixture
def browser_of(chromium, site_live, person):
    """The start page in a browser of its own, for somebody who is logged in."""
    contexts, problems = [], []

    def open_browser(role: str, name: str = "", **options):
        context = chromium.new_context(base_url=site_live, **options)
        contexts.append(context)
        client = Client()
        client.force_login(person(role, name))
        [cookie] = client.cookies.values()
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site_live}])
        context.on("weberror", lambda error: problems.append(str(error.error)))
        page = context.new_page()
        page.goto("/admin/")
        return page

    yield open_browser
    for context in contexts:
        for page in context.pages:
            page.wait_for_load_state()
        context.close()
    assert not problems


def to_publish_page(page, treatment_name: str = TITLE):
    """From the start page, as staff go."""
    if urlsplit(page.url).path != "/admin/":
        page.goto("/admin/")
    page.get_by_role("row").filter(has_text=treatment_name).get_by_role("link").first.click()
    button = page.get_by_role("link", name=re.compile("^(Publish|Read and confirm)…$"))
    button.click()
    page.get_by_role("heading", name=re.compile("^(Publish|Read and confirm)$")).wait_for()
    return page


def group(page, name: str):
    return page.get_by_role("region", name=name)


def texts(page, name: str):
    return group(page, name).get_by_role("article")


def bar(page):
    return page.locator("#bar")


def done(page, words: str):
    """So much is done, and the server knows it."""
    expect(bar(page).get_by_role("status")).to_have_text(words)
    expect(bar(page)).not_to_have_attribute("aria-busy", "true")


def go_to_next(page):
    bar(page).get_by_role("link", name="To the next").focus()
    page.keyboard.press("Enter")


def press(page, key: str = "Enter"):
    """On what has the focus; gives what it was called."""
    name = page.evaluate("document.activeElement.innerText").strip()
    page.keyboard.press(key)
    return name


def answer_the_rest(page):
    """From where these texts begin, which a key in haste does not confirm, to their answer."""
    status = bar(page).get_by_role("status")
    said = status.inner_text()
    assert press(page).startswith(REST)
    expect(status).to_have_text(said)
    page.keyboard.press("Tab")
    assert press(page) == "Have you read them? To the answer below"
    assert press(page).startswith("I have read these")


def publish(page, *languages: str):
    bar(page).get_by_role("button", name="Publish").click()
    for language in languages:
        page.get_by_text(f"{language} is live now.").wait_for()


def alert(page):
    """What says why nothing was published; the focus is on it."""
    said = page.get_by_role("alert").filter(has_text=re.compile("Nothing was published|chose"))
    expect(said).to_be_focused()
    return said.inner_text()


def rewrite(treatment: Treatment, by=None, **changes):
    """Somebody saves other words: `section__uid__field_language="…"`, or `…=None` without it."""
    for name, value in changes.items():
        section, uid, *field = name.split("__")
        rows = BY_KEY[section].model.objects
        row = rows.get(treatment=treatment, uid=uid.replace("_", "-"))
        if value is None:
            row.delete()
            continue
        setattr(row, field[0], value)
        row.save()
    return save_snapshot(Treatment.objects.get(pk=treatment.pk), now=timezone.now(), by=by)


def more(treatment: Treatment, *places: str) -> dict[str, str]:
    """What `rewrite` takes to say a sentence more in both languages, in which no check finds anything."""
    changes = {}
    for place in places:
        words = words_of(treatment, *place.split("/"))
        name = place.replace("/", "__").replace("-", "_")
        changes[f"{name}__text_en"] = f"{words['en']} Ask the nurse."
        changes[f"{name}__text_bn"] = f"{words['bn']} নার্সকে জিজ্ঞেস করুন।"
    return changes


def words_of(treatment: Treatment, section: str, uid: str) -> dict[str, str]:
    items = from_rows(treatment).items(section)
    return next(vars(item.pairs["text"]) for item in items if item.uid == uid)


def patients_read(page, language: str) -> str:
    public = page.context.new_page()
    public.goto(f"/{language}/treatments/iontophoresis/")
    text = public.locator("main").inner_text()
    public.wait_for_load_state("networkidle")
    public.close()
    return text


# --- Editor and Publisher -------------------------------------------------------------------------


def test_what_an_editor_took_away_is_what_a_publisher_sees_first(browser_of, treatment):
    editor = browser_of("Editor")
    editor.get_by_role("link", name=TITLE).first.click()
    reason = editor.get_by_role("article", name="Reason not to have it: You are pregnant.")
    reason.get_by_text("More").click()
    reason.get_by_role("button", name="Delete").click()
    expect(reason).to_contain_text("Taken away")
    editor.get_by_role("article", name="Summary").get_by_role("link", name="Edit").click()
    for language, sentence in (("English", "Ask the nurse."), ("Bangla", "নার্সকে জিজ্ঞেস করুন।")):
        summary = editor.get_by_label(f"Summary · {language}")
        summary.fill(f"{summary.input_value()} {sentence}")
    editor.get_by_role("button", name="Save", exact=True).click()
    expect(editor.get_by_role("article", name="Summary")).to_contain_text("To confirm")

    page = to_publish_page(browser_of("Publisher"))
    assert page.get_by_role("heading", level=2).first.inner_text() == LOST
    (lost,) = texts(page, LOST).all()
    said = lost.inner_text()
    assert "You are pregnant." in said and "Taken away · editor, today" in said
    assert lost.locator("del[lang=en], [lang=en] del").first.inner_text() == "You are pregnant."
    assert lost.locator("[lang=bn] del").count() > 0
    (other,) = texts(page, REST).all()
    assert "Summary" in other.inner_text()
    done(page, "0 of 2 done")

    go_to_next(page)
    assert press(page) == "Yes, take it away"
    answer_the_rest(page)
    done(page, "2 of 2 done")
    assert not bar(page).get_by_role("link", name="To the next").is_visible()
    assert press(page) == "Publish"
    page.get_by_text("English is live now.").wait_for()
    page.get_by_text("Bangla is live now.").wait_for()
    assert "You are pregnant." not in patients_read(page, "en")
    assert "Ask the nurse." in patients_read(page, "en")


def test_publishing_unread_is_refused_and_leads_to_what_is_to_be_read(browser_of, treatment):
    rewrite(treatment, side_effects__blisters__text_en="A blister, now and then.")
    page = to_publish_page(browser_of("Publisher"))
    bar(page).get_by_role("button", name="Publish").click()
    assert "1 text has yet to be read in both languages." in alert(page)
    assert "A blister, now and then." not in patients_read(page, "en")
    page.get_by_role("link", name="Go to the next one").click()
    assert press(page) == SAME
    done(page, "1 of 1 done")
    publish(page, "English", "Bangla")
    assert "A blister, now and then." in patients_read(page, "en")


def test_nothing_different_is_said_in_so_many_words(browser_of, treatment):
    page = to_publish_page(browser_of("Publisher"))
    assert page.get_by_text("Nothing will be different.").is_visible()
    assert page.get_by_role("article").count() == 0
    assert bar(page).inner_text().startswith("Nothing here waits for you.")


def test_what_was_to_be_taken_away_is_put_back(browser_of, treatment):
    before = patients_read(browser_of("Publisher"), "en")
    rewrite(treatment, contraindications__heart_condition=None)
    page = to_publish_page(browser_of("Publisher"))
    texts(page, LOST).get_by_role("button", name="No, put it back").click()
    page.get_by_text("Put back: patients will go on reading it.").wait_for()
    assert page.get_by_text("Nothing will be different.").is_visible()
    assert words_of(treatment, "contraindications", "heart-condition")["en"]
    assert patients_read(page, "en") == before


@pytest.mark.parametrize("scripts", [True, False])
def test_a_confirmation_is_undone_by_the_one_who_gave_it(browser_of, treatment, scripts):
    rewrite(treatment, side_effects__blisters__text_en="A blister, now and then.")
    page = to_publish_page(browser_of("Publisher", java_script_enabled=scripts))
    (text,) = texts(page, SAFETY).all()
    text.get_by_role("button", name=SAME).click()
    text.get_by_role("button", name="Undo").wait_for()
    done(page, "1 of 1 done")
    other = to_publish_page(browser_of("Administrator"))
    assert "publisher, today" in texts(other, CONFIRMED).inner_text()
    assert texts(other, CONFIRMED).get_by_role("button").count() == 0

    text.get_by_role("button", name="Undo").click()
    text.get_by_role("button", name=SAME).wait_for()
    done(page, "0 of 1 done")
    other.reload()
    assert texts(other, SAFETY).count() == 1 and texts(other, CONFIRMED).count() == 0


# --- Who may --------------------------------------------------------------------------------------


def test_a_reviewer_lets_a_finding_stand_and_confirms_and_a_publisher_publishes(
    browser_of, treatment
):
    words = words_of(treatment, "side_effects", "blisters")
    rewrite(
        treatment,
        side_effects__blisters__text_en=f"{words['en']} One in 7 people.",
        side_effects__blisters__text_bn=words["bn"],
    )
    publisher = to_publish_page(browser_of("Publisher"))
    assert "A Reviewer can let it stand" in group(publisher, STOPS).inner_text()
    bar(publisher).get_by_role("button", name="Publish").click()
    assert "Patients could be told something wrong" in alert(publisher)

    page = to_publish_page(browser_of("Reviewer"))
    assert bar(page).get_by_role("button").count() == 0
    (stop,) = texts(page, STOPS).all()
    assert words["bn"] in stop.inner_text()
    finding = stop.get_by_role("listitem").filter(has_text="7").first
    finding.get_by_text("Let it stand, with a reason…").click()
    finding.get_by_label("Why both texts are right").fill("x" * 2001)
    finding.get_by_role("button", name="Let this finding stand").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed.")
    typed = page.get_by_label("Why both texts are right").first
    assert typed.input_value() == "x" * 2001
    for _finding in range(5):
        if not group(page, STOPS).count():
            break
        page.get_by_label("Why both texts are right").first.evaluate(
            "field => { field.closest('details').open = true; }"
        )
        page.get_by_label("Why both texts are right").first.fill("Said in the next sentence.")
        page.get_by_role("button", name="Let this finding stand").first.click()
        page.get_by_text("The finding may stand").wait_for()
    texts(page, SAFETY).get_by_role("button", name=SAME).click()
    done(page, "1 of 1 done")

    publisher = to_publish_page(browser_of("Publisher"))
    assert "reviewer, today" in texts(publisher, CONFIRMED).inner_text()
    publish(publisher, "English", "Bangla")
    assert "One in 7 people." in patients_read(publisher, "en")


def test_an_editor_confirms_what_somebody_else_wrote_outside_safety_and_is_told_why_not_elsewhere(
    browser_of, treatment, person
):
    rewrite(
        treatment,
        person("Publisher"),
        **more(treatment, "benefits/no-needles", "side_effects/blisters"),
    )
    rewrite(treatment, person("Editor"), **more(treatment, "benefits/long-term"))
    own_words, other_words = (
        words_of(treatment, "benefits", uid)["en"] for uid in ("long-term", "no-needles")
    )
    page = to_publish_page(browser_of("Editor"))
    assert bar(page).get_by_role("button", name="Publish").count() == 0
    assert "A Reviewer or Publisher confirms what concerns safety." in (
        texts(page, SAFETY).inner_text()
    )
    assert texts(page, SAFETY).get_by_role("button").count() == 0
    own = texts(page, REST).filter(has_text=own_words)
    assert "Somebody who did not write this confirms it." in own.inner_text()
    assert "2 texts have to be confirmed by somebody else." in page.locator("main").inner_text()

    group(page, REST).get_by_role("button", name="I have read these 1: both say the same").click()
    done(page, "1 of 1 done")
    page.reload()
    assert "You, today" in texts(page, REST).filter(has_text=other_words).inner_text()
    assert "Somebody who did not write this confirms it." in own.inner_text()


def test_four_eyes_are_asked_for_where_the_clinic_wants_them(browser_of, treatment, person):
    clinic = Clinic.the_one()
    clinic.confirmed_by = Clinic.ConfirmedBy.ANOTHER
    clinic.save()
    rewrite(treatment, person("Publisher"), side_effects__blisters__text_en="A blister at times.")
    page = to_publish_page(browser_of("Publisher"))
    assert "You wrote this. Your clinic wants somebody else" in texts(page, SAFETY).inner_text()
    assert texts(page, SAFETY).get_by_role("button").count() == 0

    other = to_publish_page(browser_of("Publisher", "rina"))
    texts(other, SAFETY).get_by_role("button", name=SAME).click()
    done(other, "1 of 1 done")
    publish(other, "English", "Bangla")


# --- What was shown is what goes live -------------------------------------------------------------


def test_what_somebody_saves_meanwhile_is_not_confirmed_and_not_published_unseen(
    browser_of, treatment
):
    rewrite(treatment, side_effects__blisters__text_en="A blister, now and then.")
    page = to_publish_page(browser_of("Publisher"))
    rewrite(treatment, side_effects__blisters__text_en="Blisters, often.")
    (text,) = texts(page, SAFETY).all()
    text.get_by_role("button", name=SAME).click()
    wrong = text.get_by_role("alert")
    expect(wrong).to_contain_text("Somebody changed this since you opened the page.")
    assert text.get_by_role("button", name=SAME).is_visible()
    done(page, "0 of 1 done")
    bar(page).get_by_role("button", name="Publish").click()
    assert "Somebody saved this treatment since you opened this page." in alert(page)
    assert "Blisters, often." in texts(page, SAFETY).inner_text()
    assert "Blisters, often." not in patients_read(page, "en")


@pytest.mark.parametrize("scripts", [True, False])
def test_another_choice_shows_what_would_be_different_then(browser_of, treatment, scripts):
    """In English alone, the Bangla text stays as patients read it."""
    rewrite(
        treatment,
        side_effects__blisters__text_en="A blister, now and then.",
        side_effects__blisters__text_bn="কখনো কখনো ফোসকা পড়ে।",
    )
    page = to_publish_page(browser_of("Publisher", java_script_enabled=scripts))
    texts(page, SAFETY).get_by_role("button", name=SAME).click()
    done(page, "1 of 1 done")
    page.get_by_label("Bangla", exact=True).uncheck()
    if not scripts:
        bar(page).get_by_role("button", name="Publish").click()
        assert "You chose other languages or another time" in alert(page)
    expect(texts(page, SAFETY)).to_contain_text("Changed in English only")
    assert not page.get_by_label("Bangla", exact=True).is_checked()
    assert "কখনো কখনো" not in texts(page, SAFETY).inner_text()
    bar(page).get_by_role("button", name="Publish").click()
    assert "1 text has yet to be read in both languages." in alert(page)
    assert not page.get_by_label("Bangla", exact=True).is_checked()
    texts(page, SAFETY).get_by_role("button", name=SAME).click()
    done(page, "1 of 1 done")
    assert not page.get_by_label("Bangla", exact=True).is_checked()
    publish(page, "English")
    assert "A blister, now and then." in patients_read(page, "en")
    assert "কখনো কখনো ফোসকা পড়ে।" not in patients_read(page, "bn")


def test_a_moment_that_was_typed_stays_while_texts_are_confirmed(browser_of, treatment):
    rewrite(treatment, side_effects__blisters__text_en="A blister, now and then.")
    page = to_publish_page(browser_of("Publisher", java_script_enabled=False))
    day = f"{timezone.localdate().year + 1}-02-03"
    page.get_by_label("Later, at this time in Bangladesh:").check()
    page.get_by_label("Date", exact=True).fill(day)
    page.get_by_label("Time", exact=True).fill("08:15")
    page.get_by_role("button", name="Show what will be different with this choice").click()
    texts(page, SAFETY).get_by_role("button", name=SAME).click()
    done(page, "1 of 1 done")
    assert page.get_by_label("Date", exact=True).input_value() == day
    assert page.get_by_label("Time", exact=True).input_value() == "08:15"
    bar(page).get_by_role("button", name="Publish").click()
    page.get_by_text("English goes live on 3 February").wait_for()
    assert (
        Publication.objects.filter(treatment=treatment, live_from__gt=timezone.now()).count() == 2
    )


# --- By keyboard ----------------------------------------------------------------------------------


@pytest.fixture
def unread(treatment) -> Treatment:
    """A page of which patients have read nothing, nor anybody else."""
    treatment = Treatment.objects.get(slug="iontophoresis-at-home")
    treatment.publications.all().delete()
    treatment.confirmations.all().delete()
    return treatment


def test_a_page_of_eighty_new_texts_is_confirmed_by_few_keys(browser_of, unread):
    page = to_publish_page(browser_of("Publisher"), str(unread))
    number = page.get_by_role("article").count()
    one_by_one = texts(page, SAFETY).count()
    assert number >= 80 and one_by_one >= 30
    go_to_next(page)
    for _text in range(one_by_one):
        press(page)
    answer_the_rest(page)
    assert press(page) == "Publish"
    page.get_by_text("Bangla is live now.").wait_for()


def test_without_scripts_enter_leads_from_text_to_text_too(browser_of, treatment):
    changed = more(
        treatment, "side_effects/blisters", "side_effects/cracked-skin", "benefits/long-term"
    )
    rewrite(treatment, contraindications__heart_condition=None, **changed)
    page = to_publish_page(browser_of("Publisher", java_script_enabled=False))
    bar(page).get_by_role("link", name="To the next").click()
    for words in ("1 of 4 done", "2 of 4 done", "3 of 4 done"):
        page.keyboard.press("Enter")
        done(page, words)
    answer_the_rest(page)
    done(page, "4 of 4 done")
    page.keyboard.press("Enter")
    page.get_by_text("English is live now.").wait_for()


def test_a_key_held_down_and_a_double_click_confirm_one_text_only(browser_of, unread):
    page = to_publish_page(browser_of("Publisher"), str(unread))
    go_to_next(page)
    for _repeated in range(5):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    number = bar(page).get_by_role("status").inner_text().split(" of ")[1]
    done(page, f"1 of {number}")
    # The next button may come to lie where the last one was: a double click's second half meets it.
    texts(page, SAFETY).get_by_role("button", name=SAME).first.click()
    page.locator("#next").dispatch_event("click", {"detail": 2})
    done(page, f"2 of {number}")
    assert Confirmation.objects.filter(treatment=unread).count() == 2


# --- How it looks ---------------------------------------------------------------------------------

LOOKS = """() => {
  const parts = (colour) => [...colour.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
  const light = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parts(getComputedStyle(one).backgroundColor);
      if (colour[3] === 1) return colour;
    }
  };
  const contrast = (element) => {
    const pair = [parts(getComputedStyle(element).color), ground(element)].map(light).sort((a, b) => a - b);
    return (pair[1] + 0.05) / (pair[0] + 0.05);
  };
  const shown = [...document.querySelectorAll("#content *")].filter((one) => one.getClientRects().length);
  const says = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const pale = shown.filter((one) => (says(one) || one.matches("svg")) && contrast(one) < 4.5);
  const small = shown.filter((one) => one.matches("button, .press, .edit, summary, input, textarea, .choice"))
    .filter((one) => one.getBoundingClientRect().height < (one.matches("input") ? 13 : 24));
  const nameless = shown.filter((one) => one.matches("button, a, input, textarea"))
    .filter((one) => !(one.textContent.trim() || (one.labels && one.labels.length)));
  return {
    pale: pale.map((one) => one.outerHTML.slice(0, 120)),
    small: small.map((one) => one.outerHTML.slice(0, 120)),
    nameless: nameless.map((one) => one.outerHTML.slice(0, 120)),
    wider: document.documentElement.scrollWidth > innerWidth,
    seen: shown.length,
  };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everything_can_be_read_and_pressed_on_a_phone_and_a_desk(
    browser_of, treatment, width, scheme
):
    words = words_of(treatment, "benefits", "no-needles")
    rewrite(
        treatment,
        contraindications__heart_condition=None,
        contraindications__pregnancy__level="tell_us",
        side_effects__blisters__text_en="A blister, now and then.",
        benefits__long_term__text_en="It works for long.",
        benefits__no_needles__text_en=f"{words['en']} For 9 of 10.",
    )
    options = {"viewport": {"width": width, "height": 740}, "color_scheme": scheme}
    page = to_publish_page(browser_of("Administrator", **options))
    texts(page, LOST).get_by_role("button", name="Yes, take it away").click()
    page.get_by_text("Let it stand, with a reason…").first.click()
    looks = page.evaluate(LOOKS)
    assert looks.pop("seen") > 100
    assert looks == {"pale": [], "small": [], "nameless": [], "wider": False}


OVERPRINTED = """() => [...document.querySelectorAll(".card > header")].filter((header) => {
  const words = document.createRange();
  words.selectNodeContents(header.querySelector("h2"));
  const number = header.querySelector(".number").getBoundingClientRect();
  return [...words.getClientRects()].some((line) => line.right > number.left && line.left < number.right
    && line.bottom > number.top && line.top < number.bottom);
}).map((header) => header.innerText)"""


@pytest.mark.parametrize("width", [320, 360])
def test_in_bangla_on_a_phone_no_heading_stands_under_its_number_and_a_form_under_its_buttons(
    browser_of, treatment, person, width
):
    StaffLanguage.objects.create(person=person("Publisher"), language="bn")
    rewrite(
        treatment,
        contraindications__heart_condition=None,
        **more(treatment, "side_effects/blisters", "benefits/long-term"),
    )
    page = browser_of("Publisher", viewport={"width": width, "height": 640})
    there = [treatment.pk]
    page.goto(reverse("admin:treatments_treatment_publish", args=there))
    assert page.locator(".card > header").count() == 3
    assert page.evaluate(OVERPRINTED) == []
    page.goto(reverse("admin:treatments_treatment_text", args=[*there, "help_signs", "new"]))
    assert page.locator(".save").bounding_box()["height"] < 110


def test_by_thumb_the_next_button_is_never_under_the_bar(browser_of, treatment):
    reasons = [f"contraindications/{uid}" for uid in ("pregnancy", "heart-condition", "any-worry")]
    rewrite(treatment, **more(treatment, *reasons))
    phone = {"viewport": {"width": 360, "height": 640}, "has_touch": True}
    page = to_publish_page(browser_of("Publisher", **phone))
    for number in range(3):
        bar(page).get_by_role("link", name="To the next").tap()
        button = page.locator("#next")
        box, lower_edge = button.bounding_box(), bar(page).bounding_box()["y"]
        assert box["y"] > 0 and box["y"] + box["height"] <= lower_edge
        button.tap()
        done(page, f"{number + 1} of 3 done")
    assert bar(page).get_by_role("button", name="Publish").is_visible()
