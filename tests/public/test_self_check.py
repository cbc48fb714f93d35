"""The check before booking: the page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from treatments.models import LANGUAGES, Clinic, Contraindication, Publication, Treatment
from treatments.public.stylesheet import stylesheet
from treatments.publishing.publish import withdraw

from ..conftest import MOBILE, NOW
from ..pages import SLUGS, soup, words
from .self_check import CHECK, FIRST, NOT_SAFE, publish_rows, reasons


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
