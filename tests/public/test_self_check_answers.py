"""The check before booking: what an answer means, right under it and in the end."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatments.drawings.icons import SHAPES
from treatments.language.digits import digits_in
from treatments.models import LANGUAGES

from ..pages import SLUGS
from .looks import CONTRAST
from .self_check import (
    APPLIES,
    COUNTS_AS_YES,
    FIRST,
    NOT_BOOK,
    NOT_SAFE,
    RADIO,
    SAID,
    STOP,
    WAIT,
    WAYS,
    assert_answers_are_told,
    choose,
    meaning,
    of_level,
    reasons,
    take_back,
    tap,
)


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_every_hard_stop_of_every_page_ends_in_red_whatever_else_is_answered(
    open_check, language, scripts
):
    for slug in SLUGS:
        page = open_check(language, slug, java_script_enabled=scripts)
        found = reasons(slug)
        hard = of_level(found, "must_not")
        assert len(hard) >= 2

        def is_red(uid, others, page=page, found=found):
            answers = others | {uid: "yes"}
            told = assert_answers_are_told(page, found, language, answers, scripts)
            assert told["under"][uid] == SAID[language][STOP]
            if scripts:
                assert "stop" in told["parts"] and "talk" not in told["parts"]

        for uid in hard:  # alone
            tap(page, uid, "yes")
            is_red(uid, {})
            take_back(page)
        for softer in ("yes", "no", "unsure"):
            others = dict.fromkeys(of_level(found, "tell_us"), softer) | dict.fromkeys(hard, "no")
            choose(page, others)
            before = {}
            for uid in hard:
                choose(page, before | {uid: "yes"})
                is_red(uid, others)
                before = {uid: "no"}
            choose(page, before)


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_any_answers_end_in_what_they_mean(open_check, language, scripts):
    pages = {slug: open_check(language, slug, java_script_enabled=scripts) for slug in SLUGS}
    known = {slug: reasons(slug) for slug in SLUGS}
    answered = st.sampled_from([None, "no", "yes", "unsure"])

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def run(data):
        slug = data.draw(st.sampled_from(SLUGS))
        page, found = pages[slug], known[slug]
        mostly = data.draw(st.sampled_from([answered, st.just("no"), st.just("unsure")]))
        drawn = {reason.uid: data.draw(mostly) for reason in found}
        drawn |= {data.draw(st.sampled_from(found)).uid: data.draw(answered)}
        answers = {uid: answer for uid, answer in drawn.items() if answer}
        take_back(page)
        choose(page, {uid: answers[uid] for uid in data.draw(st.permutations([*answers]))})
        assert_answers_are_told(page, found, language, answers, scripts)

    run()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_not_sure_counts_as_yes_where_it_was_so_chosen_and_else_means_not_before(
    open_check, language, scripts
):
    page = open_check(language, java_script_enabled=scripts)
    found = reasons(FIRST)
    strictest = [reason.uid for reason in found if reason.values["unsure"] == "yes"]
    answers = {}
    for uid in of_level(found, "must_not"):
        if uid in strictest:
            continue
        answers[uid] = "unsure"
        tap(page, uid, "unsure")
        told = assert_answers_are_told(page, found, language, answers, scripts)
        assert told["under"][uid] == SAID[language][WAIT]
    assert strictest
    for uid in strictest:
        answers[uid] = "unsure"
        tap(page, uid, "unsure")
        told = assert_answers_are_told(page, found, language, answers, scripts)
        assert told["under"][uid] == SAID[language][STOP] + COUNTS_AS_YES[language]


RED = """(inside) => [...document.querySelector(inside).querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  const colours = [style.color, style.backgroundColor, style.borderLeftColor];
  const red = (colour) => {
    const [r, g, b, a] = [...colour.match(/[\\d.]+/g).map(Number), 1];
    return a > 0 && r > g + 90 && r > b + 90;
  };
  return element.getClientRects().length && colours.some(red);
}).map((element) => element.innerText ?? "")"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_that_only_need_talking_are_yellow_and_nowhere_red(open_check, language):
    page = open_check(language)
    found = reasons(FIRST)
    answers = dict.fromkeys(of_level(found, "must_not"), "no")
    answers |= dict.fromkeys(of_level(found, "tell_us"), "yes")
    choose(page, answers)
    assert_answers_are_told(page, found, language, answers, scripts=True)
    for inside in ("#outcome", "ol:last-of-type", "ol:first-of-type"):
        assert page.evaluate(RED, inside) == []
    choose(page, {of_level(found, "must_not")[1]: "yes"})
    assert SAID[language][STOP] in page.evaluate(RED, "ol:first-of-type")
    assert page.evaluate(RED, "#outcome")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_noes_end_without_a_sign_of_safety(open_check, language, scheme):
    page = open_check(language, color_scheme=scheme)
    found = reasons(FIRST)
    answers = {reason.uid: "no" for reason in found}
    choose(page, answers)
    assert_answers_are_told(page, found, language, answers, scripts=True)
    card = page.locator("[data-outcome=nothing]")
    assert APPLIES[language] in card.inner_text() and NOT_SAFE[language] in card.inner_text()
    tick = re.search(r'd="([^"]+)"', SHAPES["tick"])[1]
    assert tick not in page.locator("#outcome").inner_html()
    painted = card.evaluate(
        """(card) => [card, ...card.querySelectorAll("h3, p, svg")].flatMap((element) => {
          const { backgroundColor, borderLeftColor } = getComputedStyle(element);
          return [backgroundColor, borderLeftColor];
        })"""
    )
    ink = card.evaluate("(card) => getComputedStyle(card).color")
    assert {*painted} <= {"rgba(0, 0, 0, 0)", ink}
    assert not page.locator("[data-outcome=ask]").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_questions_are_open_it_says_how_many(open_check, language):
    page = open_check(language)
    found = reasons(FIRST)
    count = page.locator("[data-outcome=open] b")
    answers = {}
    for reason in found:
        left = len(found) - len(answers)
        assert count.inner_text() == digits_in(language, str(left))
        answers[reason.uid] = "no"
        tap(page, reason.uid, "no")
        assert_answers_are_told(page, found, language, answers, scripts=True)
    assert not count.is_visible()


def test_red_shows_from_the_first_answer_and_goes_when_it_is_taken_back(open_check):
    page = open_check()
    found = reasons(FIRST)
    for answer in ("yes", "unsure", "no"):
        tap(page, "pacemaker", answer)
        assert_answers_are_told(page, found, "en", {"pacemaker": answer}, scripts=True)


def test_who_must_not_have_it_is_not_invited_to_book(open_check):
    page = open_check()
    call = page.locator("#outcome").get_by_role("link", name="Call the clinic")
    filled = call.evaluate("(link) => getComputedStyle(link).backgroundColor")
    tap(page, "pacemaker", "yes")
    assert page.get_by_text("Do not book this treatment. If you have a question").is_visible()
    plain = call.evaluate("(link) => getComputedStyle(link).backgroundColor")
    chat = page.locator("#outcome").get_by_role("link", name="WhatsApp")
    assert plain != filled and plain == chat.evaluate(
        "(it) => getComputedStyle(it).backgroundColor"
    )
    tap(page, "pacemaker", "no")
    assert not page.get_by_text("Do not book this treatment.").is_visible()
    assert call.evaluate("(link) => getComputedStyle(link).backgroundColor") == filled


@pytest.mark.parametrize("language", LANGUAGES)
def test_answering_sends_nothing_and_needs_no_network(open_check, language):
    page = open_check(language)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    asked, address = [], page.url
    page.on("request", lambda request: asked.append(request.url))
    found = reasons(FIRST)
    answers = {reason.uid: "no" for reason in found}
    answers |= {found[0].uid: "yes", found[-1].uid: "unsure"}
    choose(page, answers)
    for answer in ("no", "yes", "unsure"):
        page.locator(f"[value={answer}]").first.press("Enter")
    page.locator("[data-clear] button").press("Tab")
    assert_answers_are_told(page, found, language, answers, scripts=True)
    assert not asked and page.url == address
    kept = page.evaluate("[localStorage.length, sessionStorage.length, history.state]")
    assert kept == [0, 0, None] and not page.context.cookies()

    page.locator("[data-clear] button").click()
    assert page.locator(":checked").count() == 0
    assert_answers_are_told(page, found, language, {}, scripts=True)
    assert page.locator("[data-item] input").first.evaluate("it => it === document.activeElement")
    page.context.set_offline(False)


@pytest.mark.parametrize("scripts", [True, False])
def test_answers_are_forgotten_with_the_page_and_never_in_its_address(open_check, scripts):
    page = open_check(java_script_enabled=scripts)
    address = page.url
    choose(page, {"pacemaker": "yes", "any-worry": "unsure"})
    page.locator("[data-item=pacemaker] [value=yes]").press("Enter")
    page.locator("[data-item=any-worry] [value=unsure]").press("Enter")
    assert page.url == address and page.locator(":checked").count() == 2
    page.goto("/en/about/")
    page.go_back()
    assert page.url == address
    assert_answers_are_told(page, reasons(FIRST), "en", {}, scripts)
    assert page.locator(":checked").count() == 0


def test_what_was_answered_before_the_script_came_counts(open_check):
    held = []
    page = open_check(held=held)
    answers = {"pacemaker": "yes", "any-worry": "yes"}
    for uid, answer in answers.items():
        tap(page, uid, answer)
    assert_answers_are_told(page, reasons(FIRST), "en", answers, scripts=False)
    held[0].continue_()
    page.locator("[data-outcome=stop]").wait_for()
    assert_answers_are_told(page, reasons(FIRST), "en", answers, scripts=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_javascript_answers_can_be_given_and_the_end_is_in_words(open_check, language):
    page = open_check(language, java_script_enabled=False)
    text = page.locator("#outcome").inner_text()
    assert len(page.locator("[data-outcome=in-words] li").all()) == 3
    assert SAID[language][STOP] in text and NOT_SAFE[language] in text
    assert NOT_BOOK[language] in text
    assert not page.locator("[data-clear]").is_visible()
    assert page.locator("#outcome a[href^='tel:']").is_visible()
    for name, answer in RADIO[language].items():
        page.get_by_label(answer, exact=True).first.check()
        assert page.locator("[data-item] :checked").first.get_attribute("value") == name


def test_a_screen_reader_hears_the_question_and_what_the_answer_means_and_no_more(open_check):
    page = open_check()
    for reason in reasons(FIRST):
        group = page.get_by_role("radiogroup", name=reason.pairs["question"].en, exact=True)
        assert group.get_by_role("radio").count() == 3
        heard = group.get_by_role("status")
        assert heard.inner_text() == ""
        group.get_by_role("radio", name="Yes", exact=True).check()
        said = meaning(reason, "yes")
        assert heard.inner_text() == SAID["en"][said]
    assert page.locator("#outcome :is([role=status], [role=alert], [aria-live])").count() == 0
    assert not page.locator("#outcome").evaluate("it => it.closest('[role=status], [aria-live]')")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_stands_out_enough_to_be_read(open_check, scheme, scripts):
    page = open_check(color_scheme=scheme, java_script_enabled=scripts)
    found = reasons(FIRST)
    for answer in ("no", "unsure", "yes"):
        for level in ("tell_us", "must_not"):
            choose(page, dict.fromkeys(of_level(found, level), answer))
            seen = page.evaluate(CONTRAST, ".check *")
            assert len(seen) > 4 * len(found)
            assert not [one for one in seen if one[0] < 4.5]


def test_what_an_answer_means_is_said_by_a_sign_and_words_beside_the_colour(open_check):
    page = open_check(java_script_enabled=False)
    found = reasons(FIRST)
    choose(page, dict.fromkeys(of_level(found, "must_not"), "yes"))
    choose(page, dict.fromkeys(of_level(found, "tell_us"), "yes"))
    lines = page.locator("[role=status] p:visible")
    assert lines.count() == len(found)
    for line in lines.all():
        assert line.locator("svg").is_visible() and line.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "size"), [(320, 16), (360, 32), (1280, 16)])
def test_the_check_fits_and_every_answer_can_be_hit(open_check, language, width, size):
    page = open_check(language, viewport={"width": width, "height": 740})
    page.evaluate("(size) => { document.documentElement.style.fontSize = `${size}px` }", size)
    choose(page, {reason.uid: "yes" for reason in reasons(FIRST)})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for label in page.locator(".answers label").all():
        box, button = label.bounding_box(), label.locator("xpath=preceding::input[1]")
        dot = button.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44
        assert box["x"] <= dot["x"] and dot["x"] + dot["width"] <= box["x"] + box["width"]
        assert box["y"] <= dot["y"] and dot["y"] + dot["height"] <= box["y"] + box["height"]


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_stand_all_questions_the_answers_and_what_they_mean(open_check, scripts):
    page = open_check(java_script_enabled=scripts)
    found = reasons(FIRST)
    answers = {"pacemaker": "yes", "epilepsy": "unsure", "any-worry": "yes"}
    choose(page, answers)
    page.emulate_media(media="print")
    assert_answers_are_told(page, found, "en", answers, scripts)
    text = page.locator("main").inner_text()
    for reason in found:
        assert reason.pairs["question"].en in text
    assert page.locator(".answers input:visible").count() == 3 * len(found)
    assert not page.locator("[data-clear]").is_visible()
