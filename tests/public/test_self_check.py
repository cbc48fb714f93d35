"""The check before booking: what an answer means, right under it and in the end."""

import json
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatments.document.content import in_language
from treatments.document.diff import ADDED, REMOVED, differences
from treatments.document.json_form import load_stored, parse
from treatments.document.merge import merged
from treatments.document.places import Place
from treatments.document.rows import from_rows
from treatments.drawings.icons import SHAPES
from treatments.language.digits import digits_in
from treatments.models import LANGUAGES, Clinic, Contraindication, Publication, Snapshot, Treatment
from treatments.public.stylesheet import stylesheet
from treatments.publishing.publish import publish, withdraw
from treatments.publishing.snapshots import newest_snapshot, save_snapshot
from treatments.publishing.waivers import digest_at

from ..admin_forms import form_data, item_field
from ..conftest import MOBILE, NOW
from ..pages import SLUGS, soup, words

CHECK = "/{}/treatments/{}/check/"
FIRST = "iontophoresis"

# What an answer means, and what then stands under it.
STOP, WAIT, TALK, NOTHING = "stop", "wait", "talk", ""
SAID = {
    "en": {
        STOP: "Do not have this treatment. Tell your doctor.",
        WAIT: "Talk to us first. Until then, do not have it.",
        TALK: "Talk to us first. Do not book or start before.",
    },
    "bn": {
        STOP: "এই চিকিৎসা নেবেন না। আপনার ডাক্তারকে জানান।",
        WAIT: "আগে আমাদের সঙ্গে কথা বলুন। তত দিন এই চিকিৎসা নেবেন না।",
        TALK: "আগে আমাদের সঙ্গে কথা বলুন। কথা না বলে সিরিয়াল নেবেন না, শুরুও করবেন না।",
    },
}
COUNTS_AS_YES = {
    "en": " Here, “Not sure” counts as “Yes”.",
    "bn": " এই প্রশ্নে ‘নিশ্চিত নই’ বললেও ‘হ্যাঁ’ ধরা হয়।",
}
NOT_BOOK = {"en": "Do not book", "bn": "সিরিয়াল নেবেন না"}
UNTIL = {"en": "Until then, do not have this treatment.", "bn": "তত দিন এই চিকিৎসা নেবেন না।"}
NOT_SAFE = {"en": "does not mean that it is safe", "bn": "তার মানে এই নয় যে চিকিৎসাটি নিরাপদ"}
APPLIES = {"en": "Nothing on this list applies", "bn": "এই তালিকার কিছুই আপনার বেলায় মেলে না"}
RADIO = {
    "en": {"no": "No", "yes": "Yes", "unsure": "Not sure"},
    "bn": {"no": "না", "yes": "হ্যাঁ", "unsure": "নিশ্চিত নই"},
}


def meaning(reason, answer: str | None) -> str:
    """What an answer to a reason's question means, told from the document alone."""
    if answer not in ("yes", "unsure"):
        return NOTHING
    if reason.values["level"] == "tell_us":
        return TALK
    return STOP if answer == "yes" or reason.values["unsure"] == "yes" else WAIT


def reasons(slug: str) -> list:
    """The reasons of the newest version, in the order of the check: hard stops first."""
    treatment = Treatment.objects.get(slug=slug)
    found = parse(newest_snapshot(treatment).document).items("contraindications")
    return sorted(found, key=lambda reason: reason.values["level"] != "must_not")


def of_level(found: list, level: str) -> list[str]:
    return [reason.uid for reason in found if reason.values["level"] == level]


def publish_rows(slug: str = FIRST, now=NOW) -> None:
    """Puts a treatment's rows, as they stand, before readers."""
    publish(save_snapshot(Treatment.objects.get(slug=slug), now=now), LANGUAGES, now=now)


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_reason_not_to_have_it_is_asked_about_hard_stops_first(client, site, slug, language):
    page = soup(client.get(CHECK.format(language, slug)))
    asked = [item.p.get_text() for item in page.select("[data-item]")]
    assert asked == [reason.pairs["question"][language] for reason in reasons(slug)]
    assert len(set(asked)) == len(asked) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_hard_stops_come_first_in_whatever_order_they_were_written(client, site, language):
    rows = list(Treatment.objects.get(slug=FIRST).contraindication_set.all())
    for position, row in enumerate(reversed(rows)):
        Contraindication.objects.filter(pk=row.pk).update(position=position)
    publish_rows()
    page = soup(client.get(CHECK.format(language, FIRST)))
    backwards = [row.uid for row in reversed(rows)]
    levels = {row.uid: row.level for row in rows}
    lists = [[item["data-item"] for item in ol.select("[data-item]")] for ol in page.select("ol")]
    assert lists == [
        [uid for uid in backwards if levels[uid] == level] for level in ("must_not", "tell_us")
    ]
    assert page.select("ol")[1]["start"] == str(len(lists[0]) + 1)  # counts on


def test_where_there_is_nothing_to_tell_first_there_is_no_such_list(client, site):
    Contraindication.objects.filter(treatment__slug=FIRST).update(level="must_not")
    publish_rows()
    page = soup(client.get(CHECK.format("en", FIRST)))
    (heading,) = page.select(".check > h2")
    assert "do not have this treatment" in heading.get_text()
    assert len(page.select("ol")) == 1 and page.select("ol [data-means=stop]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_treatments_page_leads_to_its_check(client, site, language):
    page = soup(client.get(f"/{language}/treatments/{FIRST}/"))
    there = CHECK.format(language, FIRST)
    assert page.select_one(f'#contraindications a[href="{there}"]')
    assert page.select_one(f'.reach a[href="{there}"]')


def test_the_check_can_send_nothing(client, site):
    page = soup(client.get(CHECK.format("en", FIRST)))
    assert not page.find_all(["form", "textarea"])
    assert not page.select("[type=submit], [formaction], [ping], [form]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_never_says_that_somebody_is_suitable(client, site, language):
    page = soup(client.get(CHECK.format(language, FIRST))).main
    text = words(page).lower()
    assert "suitable" not in text and "safe for you" not in text
    assert text.count("safe") == text.count("does not mean that it is safe")
    assert text.count("নিরাপদ") == text.count("তার মানে এই নয় যে চিকিৎসাটি নিরাপদ")
    assert NOT_SAFE[language] in words(page)


def test_the_first_message_names_no_illness(client, site):
    Clinic.objects.update(whatsapp=MOBILE, phones=MOBILE)
    page = soup(client.get(CHECK.format("en", FIRST)))
    messages = [link["href"] for link in page.find_all("a", href=re.compile("wa.me"))]
    assert set(messages) == {f"https://wa.me/{MOBILE[1:]}?text=Hello%2C%20I%20have%20a%20question."}


def test_without_a_number_to_call_the_check_says_where_to_ask(client, site):
    Clinic.objects.update(whatsapp="", phones="")
    end = words(soup(client.get(CHECK.format("en", FIRST))).select_one("#outcome"))
    assert "Please ask at the clinic itself." in end and "ask us:" not in end


def test_a_check_in_a_language_that_is_not_live_leads_to_the_other(client, iontophoresis):
    withdraw(iontophoresis, ["bn"], now=NOW)
    response = client.get(CHECK.format("bn", FIRST))
    assert response.status_code == 404
    assert soup(response).find("a", href=CHECK.format("en", FIRST))
    Publication.objects.all().delete()
    assert client.get(CHECK.format("en", FIRST)).status_code == 404


def test_the_check_costs_at_most_four_queries(client, site):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(CHECK.format("bn", FIRST)).status_code == 200
    assert len(captured) <= 4


def test_every_answer_belongs_to_its_question_whatever_the_items_are_called(client, site):
    rows = Treatment.objects.get(slug=FIRST).contraindication_set.all()
    for row, uid in zip(rows, ["main", "outcome", "x", "x-yes", "x-q", "q"], strict=False):
        Contraindication.objects.filter(pk=row.pk).update(uid=uid)
    publish_rows()
    page = soup(client.get(CHECK.format("en", FIRST)))
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for item in page.select("[data-item]"):
        group = item.select_one("[role=radiogroup]")
        assert page.find(id=group["aria-labelledby"]) is item.p
        inputs = group.select("input")
        assert {button["name"] for button in inputs} == {item["data-item"]}
        assert [button["value"] for button in inputs] == ["no", "yes", "unsure"]
        labels = [group.find("label", attrs={"for": button["id"]}) for button in inputs]
        assert [label.get_text() for label in labels] == ["No", "Yes", "Not sure"]


def test_what_an_answer_shows_hangs_on_no_selector_that_older_phones_lack():
    style = stylesheet("tools")
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", style)
    ours = [rule for rule in rules if re.search(r"answers|means|card\b|neutral", rule[0])]
    assert len(ours) > 12
    for selector, declared in ours:
        assert not re.search(r":has|:is|:where|&", selector), selector
        assert not re.search(r"(padding|margin)-(inline|block):|inset", declared), selector
    assert re.search(r'\[value="?yes"?\]:checked ?~ ?\.means \.if-yes', style)


# --- What “Not sure” counts as --------------------------------------------------------------------


def with_unsure(document, uid: str, value: str | None):
    changed = tuple(
        replace(reason, values={**reason.values, "unsure": value}) if reason.uid == uid else reason
        for reason in document.items("contraindications")
    )
    return replace(document, sections={**document.sections, "contraindications": changed})


@pytest.fixture
def document(iontophoresis):
    iontophoresis.contraindication_set.update(unsure="")
    return from_rows(iontophoresis)


def test_a_document_says_it_only_where_it_is_chosen(document):
    assert "unsure" not in document.json
    chosen = with_unsure(document, "pregnancy", "yes")
    plain = json.loads(chosen.json)["sections"]["contraindications"]
    assert [item["uid"] for item in plain if "unsure" in item] == ["pregnancy"]
    assert parse(chosen.json) == load_stored(chosen.json) == chosen
    assert parse(document.json) == load_stored(document.json) == document


def test_a_review_outlives_the_coming_of_the_field_and_not_another_choice(document):
    def without_the_field(item):
        return replace(item, values={"level": item.values["level"]})

    older = tuple(without_the_field(item) for item in document.items("contraindications"))
    before = replace(document, sections={**document.sections, "contraindications": older})
    for language in LANGUAGES:
        now, then = in_language(document, language), in_language(before, language)
        assert (now.medical_digest, now.digest) == (then.medical_digest, then.digest)
        other = in_language(with_unsure(document, "pregnancy", "yes"), language)
        assert other.medical_digest != now.medical_digest and other.digest != now.digest


def test_what_was_let_stand_holds_with_the_field_and_falls_with_another_choice(document):
    def digest(values):
        first, *rest = document.items("contraindications")
        changed = (replace(first, values={"level": "must_not"} | values), *rest)
        sections = {**document.sections, "contraindications": changed}
        whole = replace(document, sections=sections)
        editions = {code: in_language(whole, code) for code in LANGUAGES}
        return digest_at(editions, Place("contraindications", first.uid))

    assert digest({"unsure": None}) == digest({}) != digest({"unsure": "yes"})


def test_a_choice_is_compared_in_words(document):
    chosen = with_unsure(document, "pregnancy", "yes")
    (there,), (back,) = differences(document, chosen), differences(chosen, document)
    for change, came, went in (
        (there, "Counts as yes", "Talk to us first; until then, no"),
        (back, "Talk to us first; until then, no", "Counts as yes"),
    ):
        (row,) = change.rows
        assert row.label == "The answer “Not sure”" and change.place.item == "pregnancy"
        assert [span.text for span in row.neither if span.kind == ADDED] == [came]
        assert [span.text for span in row.neither if span.kind == REMOVED] == [went]


def test_an_item_that_came_lists_no_choice_that_nobody_made(document):
    rest = document.items("contraindications")[1:]
    before = replace(document, sections={**document.sections, "contraindications": rest})
    (change,) = differences(before, document)
    assert "The answer “Not sure”" not in [row.label for row in change.rows]
    (change,) = differences(before, with_unsure(document, "pregnancy", "yes"))
    assert "The answer “Not sure”" in [row.label for row in change.rows]


def test_one_persons_choice_and_anothers_level_come_together(document):
    theirs = with_unsure(document, "pregnancy", "yes")
    milder = tuple(
        replace(reason, values={**reason.values, "level": "tell_us"})
        for reason in document.items("contraindications")
    )
    mine = replace(document, sections={**document.sections, "contraindications": milder})
    both = merged(document, theirs, mine, {}).items("contraindications")[0]
    assert both.values == {"level": "tell_us", "unsure": "yes"}


def test_a_nurse_chooses_it_beside_the_reason(client, staff, iontophoresis):
    iontophoresis.contraindication_set.update(unsure="")
    change = reverse("admin:treatments_treatment_change", args=[iontophoresis.pk])
    html = staff.get(change).content
    data = form_data(html, "treatment_form")
    field = item_field(data, "contraindication_set", "text_en", "You are pregnant.", "unsure")
    offered = soup(staff.get(change)).find("select", {"name": field})
    assert [option.get_text() for option in offered.find_all("option")] == [
        "Talk to us first; until then, no",
        "Counts as yes",
    ]
    assert "a pregnancy" in words(soup(staff.get(change)))
    staff.post(change, data | {field: "yes"})
    assert iontophoresis.contraindication_set.get(uid="pregnancy").unsure == "yes"
    publish(newest_snapshot(iontophoresis), LANGUAGES, now=timezone.now())
    for language in LANGUAGES:
        page = soup(client.get(CHECK.format(language, FIRST)))
        said = page.select_one("[data-item=pregnancy] .if-unsure").get_text()
        assert said == SAID[language][STOP] + COUNTS_AS_YES[language]


def test_what_was_published_before_there_was_a_choice_says_to_talk_first(client, iontophoresis):
    iontophoresis.contraindication_set.update(unsure="yes")
    publish_rows()
    for snapshot in Snapshot.objects.filter(treatment=iontophoresis):
        plain = json.loads(snapshot.document)
        for item in plain["sections"]["contraindications"]:
            item.pop("unsure", None)
        Snapshot.objects.filter(pk=snapshot.pk).update(document=json.dumps(plain))
    for language in LANGUAGES:
        page = soup(client.get(CHECK.format(language, FIRST)))
        (stop,) = {line.get_text() for line in page.select("ol [data-means=stop]")}
        (wait,) = {line.get_text() for line in page.select("ol [data-means=wait]")}
        assert (stop, wait) == (SAID[language][STOP], SAID[language][WAIT])
        assert not page.select(".if-unsure[data-means=stop]")


# --- In a browser ---------------------------------------------------------------------------------


@pytest.fixture
def open_check(chromium, site_to_call):
    """`open_check(language, slug)`: the check on a small phone. Options are those of `new_context`;
    `held` is a list that gets the request of the check's script, which then waits.
    """
    contexts = []

    def opened(language="en", slug=FIRST, held=None, **options):
        options = {"viewport": {"width": 360, "height": 740}} | options
        context = chromium.new_context(base_url=site_to_call, **options)
        contexts.append(context)
        page = context.new_page()
        if held is not None:
            page.route("**/check*.js", lambda request: held.append(request))
        page.goto(CHECK.format(language, slug), wait_until="load" if held is None else "commit")
        return page

    yield opened
    for context in contexts:
        context.close()


def tap(page, uid: str, answer: str) -> None:
    """As a finger does: what is covered or out of reach cannot be tapped."""
    page.locator(f'[data-item="{uid}"] [value={answer}]').check()


def choose(page, answers: dict[str, str]) -> None:
    """Many answers, in the order given, without waiting between them."""
    page.evaluate(
        """(answers) => {
          for (const [uid, answer] of Object.entries(answers)) {
            document.querySelector(`[data-item="${uid}"] [value=${answer}]`).click();
          }
        }""",
        answers,
    )


def under_answers(page) -> dict[str, str]:
    """What stands under each question, as it is seen; "" where nothing does."""
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-item]")].map(
          (item) => [item.dataset.item, item.querySelector("[role=status]").innerText.trim()]))"""
    )


def end_of(page) -> dict:
    """The end as it is seen: which of the outcomes, what it is about, and all its words."""
    return page.evaluate(
        """() => {
          const seen = (element) => element.getClientRects().length > 0;
          const named = (part) => [...part.querySelectorAll("li")].filter(seen)
            .map((line) => line.innerText.trim());
          const parts = [...document.querySelectorAll("[data-outcome]")].filter(seen);
          return {
            parts: Object.fromEntries(parts.map((part) => [part.dataset.outcome, named(part)])),
            words: document.querySelector("#outcome").innerText,
          };
        }"""
    )


def assert_answers_are_told(page, found, language: str, answers: dict, scripts: bool) -> None:
    """Under each answer and, with scripts, in the end stands what these answers mean."""
    meant = {reason.uid: meaning(reason, answers.get(reason.uid)) for reason in found}
    expected = {
        reason.uid: SAID[language].get(meant[reason.uid], "")
        + (
            COUNTS_AS_YES[language]
            if meant[reason.uid] == STOP and answers[reason.uid] == "unsure"
            else ""
        )
        for reason in found
    }
    assert under_answers(page) == expected
    end = end_of(page)
    if not scripts:
        assert [*end["parts"]] == ["in-words"]
        assert NOT_SAFE[language] in end["words"] and SAID[language][STOP] in end["words"]
        return

    def named(*meanings: str) -> list[str]:
        return [
            f"{reason.pairs['question'][language]} {RADIO[language][answers[reason.uid]]}"
            for reason in found
            if meant[reason.uid] in meanings
        ]

    stops, first = named(STOP), named(WAIT, TALK)
    still_open = len(found) - len(answers)
    parts = end["parts"]
    outcomes = {"stop", "talk", "nothing"} & {*parts}
    if stops:
        assert outcomes == {"stop"}
        assert parts["stop"] == stops + first and parts.get("also", []) == first
        assert SAID[language][STOP] in re.sub(r"\s+", " ", end["words"])
    elif first:
        assert outcomes == {"talk"} and parts["talk"] == first
        assert ("until" in parts) == (UNTIL[language] in end["words"]) == bool(named(WAIT))
    else:
        assert outcomes == (set() if still_open else {"nothing"})
        assert (NOT_SAFE[language] in end["words"]) == (not still_open)
    assert (APPLIES[language] in end["words"]) == (outcomes == {"nothing"})
    assert (NOT_BOOK[language] in end["words"]) == bool(stops or first)
    assert (UNTIL[language] in end["words"]) == ("until" in parts)
    assert ("open" in parts) == bool(still_open)
    assert "in-words" not in parts


WAYS = [(language, scripts) for language in LANGUAGES for scripts in (True, False)]


@pytest.mark.parametrize(("language", "scripts"), WAYS)
def test_every_hard_stop_of_every_page_ends_in_red_whatever_else_is_answered(
    open_check, language, scripts
):
    for slug in SLUGS:
        page = open_check(language, slug, java_script_enabled=scripts)
        found = reasons(slug)
        hard = of_level(found, "must_not")
        assert len(hard) >= 2

        def ends_in_red(uid, others, page=page, found=found):
            tap(page, uid, "yes")
            assert_answers_are_told(page, found, language, others | {uid: "yes"}, scripts)
            assert under_answers(page)[uid] == SAID[language][STOP]
            if scripts:
                assert page.locator("[data-outcome=stop]").is_visible()
                assert not page.locator("[data-outcome=talk]").is_visible()

        for uid in hard:  # alone
            page.reload()
            ends_in_red(uid, {})
        for softer in ("yes", "no", "unsure"):
            others = dict.fromkeys(of_level(found, "tell_us"), softer) | dict.fromkeys(hard, "no")
            choose(page, others)
            for uid in hard:
                ends_in_red(uid, others)
                tap(page, uid, "no")


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
        page.reload()
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
        assert_answers_are_told(page, found, language, answers, scripts)
        assert under_answers(page)[uid] == SAID[language][WAIT]
    assert strictest
    for uid in strictest:
        answers[uid] = "unsure"
        tap(page, uid, "unsure")
        assert_answers_are_told(page, found, language, answers, scripts)
        assert under_answers(page)[uid] == SAID[language][STOP] + COUNTS_AS_YES[language]


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


CONTRAST = """() => {
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
    throw new Error("no background");
  };
  const found = [];
  for (const element of document.querySelectorAll(".check *")) {
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!element.getClientRects().length || !(says || element.matches("svg"))) continue;
    const pair = [light(parts(getComputedStyle(element).color)), light(ground(element))].sort();
    const [low, high] = pair[0] < pair[1] ? pair : pair.reverse();
    found.push([(high + 0.05) / (low + 0.05), element.textContent.trim() || element.outerHTML]);
  }
  return found;
}"""


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_stands_out_enough_to_be_read(open_check, scheme, scripts):
    page = open_check(color_scheme=scheme, java_script_enabled=scripts)
    found = reasons(FIRST)
    for answer in ("no", "unsure", "yes"):
        for level in ("tell_us", "must_not"):
            choose(page, dict.fromkeys(of_level(found, level), answer))
            seen = page.evaluate(CONTRAST)
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
