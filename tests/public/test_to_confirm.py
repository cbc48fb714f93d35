"""Readers see which words no doctor of the clinic has looked at yet, wherever they stand."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from treatments.document.content import Document, DocumentItem, Pair, in_language
from treatments.document.json_form import parse
from treatments.document.rows import from_rows
from treatments.document.sections import BY_KEY, SECTIONS
from treatments.document.to_confirm import Marks
from treatments.language.text import normalise
from treatments.leaflet.content import leaflet_of
from treatments.leaflet.pdf import pdf
from treatments.models import LANGUAGES, Clinic, Treatment
from treatments.public.treatment_page import treatment_context
from treatments.publishing.publish import Refused
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..admin_forms import page_of
from ..conftest import FIXTURES, NOW
from ..leaflet.reading import read
from ..pages import soup, words
from ..photos.uploading import with_a_photo
from ..publishing.reading import publish_as_read, publish_on_page
from ..sheet import article, opened, saved

MARK = {"en": "to be confirmed", "bn": "ডাক্তারের দেখা বাকি"}
EXPLAINED = {
    "en": "To be confirmed: from hospital leaflets, makers’ instructions or general medical "
    "knowledge. No doctor of this clinic has looked at it yet. Until one has, keep to it.",
    "bn": "ডাক্তারের দেখা বাকি: হাসপাতালের লিফলেট, যন্ত্রের নির্দেশিকা বা চিকিৎসার সাধারণ জ্ঞান থেকে। "
    "এই ক্লিনিকের ডাক্তার এখনো দেখেননি। ততদিন মেনে চলুন।",
}
# Where a section's items stand in several lists: the typed field, its values in reading order.
LISTS = {
    "contraindications": ("level", ["must_not", "tell_us"]),
    "evidence": ("kind", ["study", "elsewhere"]),
    "side_effects": ("frequency", ["common", "uncommon", "rare"]),
    "aftercare": ("kind", ["do", "do_not"]),
    "help_signs": ("urgency", ["emergency", "call"]),
}
TEXT = ("what_it_is", "results", "how_often", "cost", "how_it_works")  # paragraphs
# Whose order says something.
IN_ORDER = {"answers", "photos", "procedure", "evidence", "sources", *TEXT}
ON_THE_LEAFLET = (
    "answers", "contraindications", "help_signs", "preparation", "procedure", "how_often",
    "aftercare", "side_effects", "what_it_is",
)  # fmt: skip
PHONE = "+8800000000000"  # nobody's number
PHOTO = {"image": "0" * 16, "width": 960, "height": 640}


# --- What is to stand there -----------------------------------------------------------------------


def named() -> Document:
    """A document with every kind of item, each of which says its own name, and none to confirm."""
    document = parse((FIXTURES / "iontophoresis.json").read_text("utf-8"))
    photos = tuple(
        DocumentItem(name, False, PHOTO, {"alt": Pair(), "caption": Pair()}) for name in "ab"
    )
    answers = tuple(
        DocumentItem(about, False, {"about": about, "origin": None}, {"text": Pair()})
        for about in ("pain", "cost")
    )
    question = {name: Pair() for name in ("question", "answer")}
    questions = tuple(DocumentItem(name, False, {}, question) for name in "ab")
    paragraph = DocumentItem("a", False, {"kind": "paragraph"}, {"text": Pair()})
    sections = document.sections | {"photos": photos, "answers": answers, "questions": questions}
    sections |= dict.fromkeys(TEXT, (paragraph,))  # a leaflet has the first of what it is
    return replace(
        document,
        sections={
            section.key: tuple(
                replace(
                    item,
                    to_confirm=False,
                    pairs=dict.fromkeys(section.model.pairs, Pair())
                    | {shown(section.key): Pair(*[name(section.key, number)] * 2)},
                )
                for number, item in enumerate(sections[section.key])
            )
            for section in SECTIONS
        },
    )


def name(key: str, number: int) -> str:
    return f"({key.replace('_', '')}{number:02})"


def shown(key: str) -> str:
    """The pair of an item that has its name; the questions of the check stand elsewhere."""
    return "caption" if key == "photos" else BY_KEY[key].model.pairs[0]


NAMED = named()
EVERY = [(key, number) for key, items in NAMED.sections.items() for number in range(len(items))]


def marked(document: Document, flagged: Iterable[tuple[str, int]]) -> Document:
    flagged = set(flagged)
    return replace(
        document,
        sections={
            key: tuple(
                replace(item, to_confirm=(key, number) in flagged)
                for number, item in enumerate(items)
            )
            for key, items in document.sections.items()
        },
    )


def expected(document: Document, keys: Iterable[str]) -> list[str]:
    """The names and marks of the sections, in the order in which they are read."""
    found = []
    for key in keys:
        items = document.items(key)
        field, values = LISTS.get(key, ("", [None]))
        lists = [
            [item for item in items if not field or item.values[field] == value] for value in values
        ]
        whole = key != "answers" and bool(items) and all(item.to_confirm for item in items)
        found += ["mark"] if whole else []
        for each in lists:
            found += [] if whole else in_one_list(key, each)
            found += [item.pairs[shown(key)].en for item in each] if whole else []
    return found


def in_one_list(key: str, items: list[DocumentItem]) -> list[str]:
    names = {item.uid: item.pairs[shown(key)].en for item in items}
    if key in IN_ORDER:
        return [word for item in items for word in [names[item.uid], "mark"][: 1 + item.to_confirm]]
    confirmed = [names[item.uid] for item in items if not item.to_confirm]
    waiting = [names[item.uid] for item in items if item.to_confirm]
    return [*confirmed, *(["mark"] if waiting else []), *waiting]


# --- What stands there ----------------------------------------------------------------------------


def close_up(text: str) -> str:
    return re.sub(r"\s", "", normalise(text)).lower()


def outline(text: str, language: str) -> list[str]:
    """The names and marks in a text, in its order."""
    mark = close_up(MARK[language])
    found = re.findall(rf"\([a-z]+\d\d\)|{mark}", close_up(text))
    return ["mark" if one == mark else one for one in found]


def explained_once(text: str, language: str) -> bool:
    """Whether the first mark is explained, and no other; the short ones of the answers apart."""
    text, whole = close_up(text), close_up(EXPLAINED[language])
    text = text.replace(f"({close_up(MARK[language])})", "")
    return text.count(whole) == 1 and text.index(whole) == text.index(close_up(MARK[language]))


def nobody() -> Clinic:
    return Clinic(emergency_number="999")


def page_text(document: Document, language: str) -> str:
    """What the template makes of a document, read by somebody who sees no styles."""
    with translation.override(language):
        given = treatment_context(
            in_language(document, language), slug="iontophoresis", clinic=nobody()
        )
        html = "".join(
            render_to_string(f"public/{name}.html", given | {"language": language})
            for name in ("_answers", "_text")
        )
    return read_aloud(html)


def read_aloud(html: str) -> str:
    return words(BeautifulSoup(html, "html.parser"))


def leaflet_text(document: Document, language: str, clinic: Clinic | None = None) -> str:
    made = leaflet_of(
        in_language(document, language),
        clinic=clinic or nobody(),
        address="https://example.org/",
        scanned_address="https://example.org/1/",
        published_at=NOW,
        review="-",
    )
    return read(pdf(made))[0]


# --- Every item -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=25)
@given(flagged=st.sets(st.sampled_from(EVERY)), whole=st.sets(st.sampled_from(SECTIONS)))
def test_confirmed_items_come_first_and_steps_keep_their_order(language, flagged, whole):
    flagged |= {(key, number) for key, number in EVERY if key in {one.key for one in whole}}
    document = marked(NAMED, flagged)
    text = page_text(document, language)
    keys = [key for key in PAGE_ORDER if key in NAMED.sections]
    assert outline(text, language) == expected(document, keys)
    assert explained_once(text, language) == any(key != "answers" for key, _number in flagged)


PAGE_ORDER = [
    "answers", "contraindications", "help_signs", "what_it_is", "photos", "who_it_helps", "results",
    "benefits", "preparation", "procedure", "how_often", "aftercare", "side_effects",
    "other_options", "questions", "cost", "how_it_works", "evidence", "sources",
]  # fmt: skip


def test_every_kind_of_item_is_tried():
    assert {key for key, _number in EVERY} == set(PAGE_ORDER)
    assert {section.key for section in SECTIONS} == set(PAGE_ORDER)


SOME = {
    "the first of each list": [(key, 0) for key in ON_THE_LEAFLET],
    "all but the first": [(key, number) for key, number in EVERY if number],
    "a step and a sign": [("procedure", 1), ("help_signs", 5)],
    "whole sections": [
        (key, number) for key, number in EVERY if key in ("contraindications", "help_signs")
    ],
    "all": EVERY,
}


@pytest.mark.parametrize("flagged", SOME.values(), ids=SOME)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_leaflet_marks_the_same(language, flagged):
    named = marked(NAMED, flagged)
    document = replace(named, sections=named.sections | dict.fromkeys(TEXT, ()))  # so it is short
    text = leaflet_text(document, language)
    assert outline(text, language) == expected(document, ON_THE_LEAFLET)
    assert explained_once(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_marked_where_all_is_confirmed(language):
    for text in (page_text(NAMED, language), leaflet_text(NAMED, language)):
        assert "mark" not in outline(text, language)
        assert close_up(EXPLAINED[language]) not in close_up(text)


# --- On the site ----------------------------------------------------------------------------------


def main_of(client, language: str, slug: str = "iontophoresis"):
    return soup(client.get(f"/{language}/treatments/{slug}/")).main


@pytest.fixture
def confirmed(iontophoresis) -> Treatment:
    """A treatment that is live without anything to confirm."""
    for section in SECTIONS:
        section.model.objects.filter(treatment=iontophoresis).update(to_confirm=False)
    go_live(iontophoresis)
    return iontophoresis


def go_live(treatment: Treatment) -> None:
    publish_as_read(save_snapshot(treatment, now=timezone.now()), LANGUAGES, now=timezone.now())


def test_a_tick_on_the_form_marks_the_item_in_preview_page_and_leaflet(
    staff, client, confirmed, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "media"
    with_a_photo(confirmed)
    confirmed.question_set.create(
        question_en="Why?", question_bn="কেন?", answer_en="It helps.", answer_bn="উপকার হয়।"
    )
    for section in SECTIONS:
        if not section.model.objects.filter(treatment=confirmed).exists():
            said = {"text_en": "It helps.", "text_bn": "উপকার হয়।"}
            section.model.objects.create(treatment=confirmed, **said)
    go_live(confirmed)
    for section in SECTIONS:
        row = section.model.objects.filter(treatment=confirmed).first()
        assert saved(staff, confirmed, section.key, row.uid, to_confirm="on").status_code == 302
    previews = soup(staff.get(page_of(confirmed))).select(".go a[target=_blank]")
    for language, preview in zip(LANGUAGES, previews, strict=True):
        assert MARK[language] not in words(main_of(client, language)).lower()
        all_marked(soup(staff.get(preview["href"])).main, language)

    publish_as_read(newest_snapshot(confirmed), LANGUAGES, now=timezone.now())
    for language in LANGUAGES:
        all_marked(main_of(client, language), language)
        leaflet = client.get(f"/{language}/treatments/iontophoresis/leaflet.pdf")
        text = read(leaflet.content)[0]
        assert outline(text, language).count("mark") == len(ON_THE_LEAFLET)
        assert explained_once(text, language)


def all_marked(page, language: str) -> None:
    for section in SECTIONS:
        assert outline(words(page.find(id=section.key)), language).count("mark") == 1, section.key
    assert explained_once(words(page), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_to_confirm_in_the_danger_card_is_as_strict_as_the_rest(
    client, confirmed, language
):
    reasons = confirmed.contraindication_set.filter(level="must_not")
    waiting = list(reasons)[2:]
    confirmed.contraindication_set.filter(pk__in=[one.pk for one in waiting]).update(
        to_confirm=True
    )
    go_live(confirmed)
    card = main_of(client, language).select_one("#contraindications .danger")
    text = f"text_{language}"
    lists = card.find_all("ul")
    assert [close_up(words(entry)) for entry in lists[1].find_all("li")] == [
        close_up(getattr(reason, text)) for reason in waiting
    ]
    assert lists[0]["class"] == lists[1]["class"]
    signs = {str(entry.svg) for entry in card.find_all("li")}
    assert len(signs) == 1 and "None" not in signs


def test_shipped_pages_are_explained_once(client, site):
    for treatment in site:
        for language in LANGUAGES:
            text = words(main_of(client, language, treatment.slug))
            flagged = from_rows(treatment).to_confirm
            assert explained_once(text, language) == bool(flagged)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_this_information_says_what_the_mark_is(client, site, language):
    text = close_up(words(soup(client.get(f"/{language}/disclaimer/")).main))
    assert close_up(MARK[language]) in text
    for part in {
        "en": ["general guides", "leaflets of other hospitals", "until a doctor has decided"],
        "bn": ["সাধারণ গাইড", "অন্য হাসপাতালের লিফলেট", "ডাক্তার সিদ্ধান্ত না দেওয়া পর্যন্ত"],
    }[language]:
        assert close_up(part) in text


def test_one_items_mark_can_be_printed_anywhere():
    template = engines["django"].from_string("{% load treatments %}{% to_confirm item %}")
    items = in_language(marked(NAMED, [("contraindications", 0)]), "bn").items("contraindications")
    with translation.override("bn"):
        marks = Marks()
        printed = [template.render({"item": item, "marks": marks}) for item in items[:2]]
        again = template.render({"item": items[0], "marks": marks})
    assert close_up(EXPLAINED["bn"]) in close_up(printed[0]) and printed[1] == ""
    assert close_up(read_aloud(again)) == close_up(MARK["bn"])


def test_staff_are_told_that_patients_see_it(staff, confirmed):
    confirmed.helpsign_set.filter(uid="pain").update(to_confirm=True)
    save_snapshot(confirmed, now=timezone.now())
    form = opened(staff, confirmed, "help_signs", "pain").form
    assert "Patients see the mark “to be confirmed” until it is taken away." in words(form)
    shown = article(staff, confirmed, "help_signs", "pain")
    assert "to be confirmed by a doctor of this clinic" in words(shown)


# --- A mark alone is a change ---------------------------------------------------------------------


def test_a_mark_that_is_taken_away_changes_no_digest_of_words(site):
    for treatment in site:
        document = from_rows(treatment)
        for language in LANGUAGES:
            before, after = (in_language(one, language) for one in (document, marked(document, [])))
            assert before.digest == after.digest
            assert before.medical_digest == after.medical_digest


def test_a_mark_alone_goes_live_by_publishing_and_not_before(staff, client, confirmed):
    record_review(
        newest_snapshot(confirmed),
        "bn",
        reviewer="A. Reviewer",
        qualification="dermatologist",
        reviewed_on=date(2026, 3, 8),
        next_due=date(2027, 3, 8),
        now=NOW,
    )
    assert "Draft ahead" not in words(soup(staff.get("/admin/")))
    saved(staff, confirmed, "help_signs", "pain", to_confirm="on")

    assert words(soup(staff.get("/admin/"))).count("Draft ahead") == 2
    publish_page = reverse("admin:treatments_treatment_publish", args=[confirmed.pk])
    said = words(soup(staff.get(publish_page)))
    assert said.count("The draft says something else than the live page.") == 2
    history = words(
        soup(staff.get(reverse("admin:treatments_treatment_history", args=[confirmed.pk])))
    )
    assert "only what is to be confirmed" in history
    for language in LANGUAGES:
        assert MARK[language] not in words(main_of(client, language)).lower()

    publish_on_page(staff, confirmed)
    for language in LANGUAGES:
        assert explained_once(words(main_of(client, language)), language)
    assert "a.reviewer" in close_up(words(main_of(client, "bn")))
    assert "Draft ahead" not in words(soup(staff.get("/admin/")))


def test_marks_and_words_of_the_other_language_at_once_are_both_seen(staff, confirmed):
    """Digests alone cannot tell: the documents differ, and the English words do not."""
    confirmed.helpsign_set.filter(uid="pain").update(to_confirm=True, text_bn="ব্যথা কমছে না।")
    snapshot = save_snapshot(confirmed, now=timezone.now())
    assert words(soup(staff.get("/admin/"))).count("Draft ahead") == 2
    with pytest.raises(Refused) as refused:
        publish_as_read(snapshot, ["bn"], now=timezone.now())
    assert [finding.check for finding in refused.value.blocking] == ["types"]
    assert [way.publish for way in refused.value.alternatives] == [("en", "bn"), ("bn",)]
    publish_as_read(snapshot, LANGUAGES, now=timezone.now())
    assert "Draft ahead" not in words(soup(staff.get("/admin/")))


def test_words_of_the_other_language_alone_are_no_change_of_this_one(staff, confirmed):
    confirmed.helpsign_set.filter(uid="pain").update(text_bn="ব্যথা কমছে না।")
    save_snapshot(confirmed, now=timezone.now())
    assert words(soup(staff.get("/admin/"))).count("Draft ahead") == 1


# --- Where else to turn ---------------------------------------------------------------------------

TURN = {
    "en": "If you cannot reach the clinic, go to the nearest hospital or doctor.",
    "bn": "ক্লিনিকের সঙ্গে যোগাযোগ করতে না পারলে সবচেয়ে কাছের হাসপাতালে বা ডাক্তারের কাছে যান।",
}
NO_ANSWER = {
    "en": "If nobody answers, go to the nearest hospital.",
    "bn": "কেউ ফোন না ধরলে সবচেয়ে কাছের হাসপাতালে যান।",
}
EMERGENCY = {"en": "Call 999", "bn": "৯৯৯ নম্বরে ফোন করুন"}


@pytest.mark.parametrize("phone", ["", PHONE], ids=["no phone", "a phone"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_named_with_a_phone_and_without(client, iontophoresis, language, phone):
    Clinic.objects.update(phones=phone)
    emergency, call = main_of(client, language).select("#help_signs .card")
    leaflet = leaflet_text(from_rows(iontophoresis), language, Clinic.the_one())
    texts = [close_up(words(call)), close_up(leaflet)]
    there, away = (NO_ANSWER, TURN) if phone else (TURN, NO_ANSWER)
    for text in texts:
        assert close_up(there[language]) in text
        assert close_up(away[language]) not in text
    if phone:
        button = call.find("a", href=f"tel:{phone}")
        assert button.find_next(string=re.compile(NO_ANSWER[language]))
    assert emergency.find("a", href="tel:999")
    assert close_up(EMERGENCY[language]) in texts[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_with_its_colours_the_emergency_number_can_be_read(page, language):
    for scheme in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=scheme)
        page.goto(f"/{language}/treatments/iontophoresis/")
        colours = page.locator("#help_signs a.danger").evaluate(
            """button => {
                const style = getComputedStyle(button);
                return [style.color, style.backgroundColor];
            }"""
        )
        assert colours == ["rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"]
