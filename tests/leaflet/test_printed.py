"""The code on a printed leaflet: whether its words are still today's, and what has changed."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
import segno
from django.utils import timezone, translation
from django.utils.text import slugify

from treatments.document.content import Edition, EditionItem, in_language
from treatments.language.text import normalise
from treatments.leaflet import content
from treatments.leaflet.printed import changes, code_of
from treatments.models import Clinic, Publication, Snapshot, Treatment
from treatments.publishing import slugs
from treatments.publishing.publish import withdraw
from treatments.publishing.reviews import record_review
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..older_form import as_in_schema_4
from ..pages import soup
from ..plans import changed
from ..publishing.reading import publish_as_read
from .reading import close_up, read
from .test_leaflet import document

PAGE = "/{}/treatments/iontophoresis/"
CURRENT = {"en": "Yes. These are today’s words.", "bn": "হ্যাঁ। এগুলোই আজকের কথা।"}
UNKNOWN = {"en": "We do not know this leaflet.", "bn": "এই লিফলেট আমরা চিনতে পারছি না।"}
GONE = {
    "en": "No. The clinic has taken away the page that it was printed from.",
    "bn": "না। যে পাতা থেকে এটি ছাপা, ক্লিনিক তা তুলে নিয়েছে।",
}
TAKEN_AWAY = {"en": "has been taken away", "bn": "তুলে নেওয়া হয়েছে"}


@pytest.fixture
def printed(client, iontophoresis):
    """Prints the leaflet that is live, and answers the path that its code opens."""

    def print_leaflet(language="en", slug="iontophoresis") -> str:
        content._qr.cache_clear()
        with patch.object(segno, "make", wraps=segno.make) as drawn:
            answer = client.get(f"/{language}/treatments/{slug}/leaflet.pdf")
        assert answer.status_code == 200
        [address] = drawn.call_args.args
        assert f"/URI({address})".encode() in answer.content.replace(b"/URI (", b"/URI(")
        return urlsplit(address).path

    return print_leaflet


@pytest.fixture
def republished(iontophoresis):
    """Publishes the draft as it stands, in both languages."""

    def publish_draft(at=None) -> None:
        now = timezone.now()
        save_snapshot(iontophoresis, now=now)
        publish_as_read(newest_snapshot(iontophoresis), ["en", "bn"], now=now, at=at)

    return publish_draft


@pytest.fixture
def scan(client):
    def open_page(path: str):
        answer = client.get(path)
        assert answer.status_code == 200
        return soup(answer).main

    return open_page


def said(page) -> str:
    return re.sub(r"\s+", " ", normalise(page.get_text(" ")))


def is_current(page, language="en") -> bool:
    current = normalise(CURRENT[language]) in said(page)
    assert current != bool(page.select("h2"))
    return current


def headings(page) -> list[str]:
    return [said(heading).strip() for heading in page.select("h2")]


def all_words(sections) -> list[str]:
    """Every text of what has changed, with the titles that it stands under."""
    entries = [one for section in sections for group in section.groups for one in group.entries]
    return [
        text for one in entries for text in (one.title, *(line.text for line in one.lines)) if text
    ]


def change(treatment, kind, number=0, **fields):
    """Other words in one item of the draft, in both languages."""
    item = getattr(treatment, f"{kind}_set").order_by("position", "pk")[number]
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return item


# --- The address ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_code_opens_a_page_that_says_yes(printed, scan, language):
    path = printed(language)
    assert re.fullmatch(rf"{PAGE.format(language)}leaflet/[0-9a-f]{{8}}/", path)
    page = scan(path)
    assert is_current(page, language)
    assert page.select_one("a.button")["href"] == PAGE.format(language)


def test_each_language_has_a_code_of_its_own(printed):
    assert printed("en").rsplit("/", 2)[1] != printed("bn").rsplit("/", 2)[1]


@pytest.mark.parametrize(
    ("language", "day", "line"),
    [
        ("en", "Published on 9 March 2026", "it tells whether this leaflet is still current"),
        ("bn", "৯ মার্চ ২০২৬", "লিফলেটের কথা এখনো ঠিক আছে কি না, জানতে পারবেন"),
    ],
)
def test_the_paper_says_when_it_was_published_and_that_scanning_tells(
    client, site, language, day, line
):
    text, _ = read(client.get(f"{PAGE.format(language)}leaflet.pdf").content)
    assert close_up(day) in close_up(text)
    assert close_up(line) in close_up(text)
    assert close_up(f"{PAGE.format(language)}") in close_up(text)
    assert "leaflet/" not in close_up(text)  # the address to type stays the page's own


def test_it_needs_no_script_and_is_in_no_search_engine(client, printed):
    page = soup(client.get(printed("bn")))
    assert page.html["lang"] == "bn"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[rel=canonical], link[hreflang]")
    assert page.select_one("a.switch")["href"] == PAGE.format("en")
    assert "/leaflet/" not in client.get("/sitemap.xml").content.decode()


def test_the_code_of_a_schema_before_stays_the_stored_one(iontophoresis, printed, scan):
    """What is printed is looked up: the digest that was stored, whatever it would be today."""
    snapshot = newest_snapshot(iontophoresis)
    Snapshot.objects.filter(pk=snapshot.pk).update(medical_en="0123abcd" * 8)
    path = printed("en")
    assert path.endswith("/leaflet/0123abcd/")
    assert is_current(scan(path))


def test_it_holds_over_a_step_of_the_schema(iontophoresis, printed, republished, scan):
    """Words that are kept in an older form, under a digest of then, are the same words."""
    iontophoresis.answer_set.all().delete()
    republished()
    snapshot = newest_snapshot(iontophoresis)
    plain = as_in_schema_4(json.loads(snapshot.document))
    assert plain["sections"].pop("answers") == []
    kept = json.dumps(plain | {"schema": 3}, ensure_ascii=False)
    Snapshot.objects.filter(pk=snapshot.pk).update(document=kept, medical_en="0123abcd" * 8)
    path = printed("en")
    before = iontophoresis.benefit_set.first()
    change(iontophoresis, "benefit", text_en="In between.", text_bn="মাঝের কথা।")
    republished()
    assert headings(scan(path)) == ["Benefits"]
    change(iontophoresis, "benefit", text_en=before.text_en, text_bn=before.text_bn)
    republished()
    assert printed("en") != path
    assert is_current(scan(path))


def test_a_leaflet_of_words_without_a_digest_opens_the_page(iontophoresis, printed):
    Snapshot.objects.update(medical_en="")
    assert printed("en") == PAGE.format("en")


# --- What has changed -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bn"])
def test_new_words_are_shown_as_they_are_today_and_old_ones_never(
    iontophoresis, printed, republished, scan, language
):
    path = printed(language)
    tip = iontophoresis.aftercaretip_set.first()
    before = getattr(tip, f"text_{language}")
    change(
        iontophoresis, "aftercaretip", text_en="Dry your hands softly.", text_bn="আলতো করে হাত মুছুন।"
    )
    republished()
    page = scan(path)
    assert not is_current(page, language)
    assert {"en": "Dry your hands softly.", "bn": "আলতো করে হাত মুছুন।"}[language] in said(page)
    assert normalise(before) not in said(page)
    assert len(page.select("li")) == 1
    assert page.select_one(f"a[href='{PAGE.format(language)}#aftercare']")


def test_what_was_taken_away_is_named_and_not_shown(iontophoresis, printed, republished, scan):
    path = printed("bn")
    reason = iontophoresis.contraindication_set.first()
    gone = reason.text_bn
    reason.delete()
    republished()
    page = scan(path)
    assert len(headings(page)) == 1
    assert normalise(TAKEN_AWAY["bn"]) in said(page)
    assert normalise(gone) not in said(page)
    assert not page.select("li")


def test_safety_comes_first_then_the_rest(iontophoresis, printed, republished, scan):
    path = printed("en")
    iontophoresis.cost_set.create(text_en="Ask us for a price.", text_bn="খরচ জেনে নিন।")
    kinds = "benefit sideeffect aftercaretip procedurestep preparation helpsign contraindication"
    for kind in kinds.split():
        change(iontophoresis, kind, text_en=f"Other {kind} words.", text_bn="অন্য কথা।")
    change(iontophoresis, "answer", text_en="Other words.", text_bn="অন্য কথা।")
    republished()
    page = scan(path)
    order = [part["href"].partition("#")[2] for part in page.select("section a")]
    assert order == [
        "contraindications", "help_signs", "preparation", "procedure", "aftercare", "side_effects",
        "answers", "benefits", "cost",
    ]  # fmt: skip
    assert "Ask us for a price." in said(page)
    assert page.select_one(".card.danger li, .card.care li")


def test_a_step_keeps_its_number(iontophoresis, printed, republished, scan):
    path = printed("en")
    change(iontophoresis, "procedurestep", 2, text_en="Otherwise now.", text_bn="এখন অন্যভাবে।")
    republished()
    [item] = scan(path).select("ol li")
    assert item["value"] == "3" and "Otherwise now." in said(item)


def test_another_level_is_a_change(iontophoresis, printed, republished, scan):
    path = printed("en")
    reason = iontophoresis.contraindication_set.filter(level="tell_us").first()
    reason.level = "must_not"
    reason.save()
    republished()
    card = scan(path).select_one(".card.danger")
    assert "Do not have this treatment if" in said(card) and reason.text_en in said(card)


@pytest.mark.parametrize(
    ("language", "today"),
    [
        ("en", "How long does it take each time? 30–50 minutes."),
        ("bn", "প্রতিবার কতক্ষণ লাগে? ৩০–৫০ মিনিট।"),
    ],
)
def test_another_number_of_the_plan_is_shown_in_words(language, today):
    edition = in_language(document("iontophoresis"), language)
    with translation.override(language):
        [section] = changes(edition, replace(edition, plan=changed(edition.plan, visit=(30, 50))))
        [group] = section.groups
        [entry] = group.entries
    shown = " ".join([entry.title, *(line.text for line in entry.lines)])
    assert normalise(shown) == normalise(today)
    assert section.key == "answers" and not section.taken_away


def test_other_steps_in_another_order_are_shown_in_todays(
    iontophoresis, printed, republished, scan
):
    path = printed("en")
    steps = list(iontophoresis.procedurestep_set.order_by("position", "pk"))
    steps[0].position, steps[1].position = steps[1].position, steps[0].position
    for step in steps[:2]:
        step.save()
    republished()
    page = scan(path)
    titles = [normalise(strong.get_text()) for strong in page.select("ol li strong")]
    wanted = [steps[1].title_en, steps[0].title_en, *(step.title_en for step in steps[2:])]
    assert titles == [normalise(title) for title in wanted]
    assert "taken away" not in said(page)


def paragraph(text: str) -> EditionItem:
    return EditionItem(slugify(text), False, {"kind": "paragraph"}, {"text": text}, ("text",))


def test_a_paragraph_that_is_new_comes_alone(iontophoresis):
    edition = in_language(document("iontophoresis"), "en")

    def saying(*texts: str) -> Edition:
        listed = tuple(paragraph(text) for text in texts)
        return replace(edition, sections={**edition.sections, "how_it_works": listed})

    before, after = saying("One.", "Two."), saying("One.", "New.", "Two.")
    [section] = changes(before, after)
    assert all_words([section]) == ["New."]
    assert not section.taken_away
    [section] = changes(after, before)
    assert section.taken_away and not section.groups
    [section] = changes(before, saying())
    assert section.taken_away and not section.groups and not section.is_there


def test_an_answer_stands_with_its_question(iontophoresis, printed, republished, scan):
    """“People with glaucoma” alone says the opposite of what it says under “Who is it not for?”."""
    path = printed("en")
    change(
        iontophoresis, "otheroption", 1, not_for_en="People with gout.", not_for_bn="গেঁটেবাত থাকলে।"
    )
    republished()
    assert re.search("Who is it not for\\? People with gout.", said(scan(path)))


def test_a_source_that_was_withdrawn_says_so(iontophoresis, printed, republished, scan):
    path = printed("en")
    change(iontophoresis, "source", 5, standing="withdrawn")
    republished()
    page = scan(path)
    assert headings(page) == ["Sources"] and "Withdrawn: do not rely on it." in said(page)


LOOKS = [
    ("bold", lambda item: replace(item, texts={"text": f"<strong>{item.texts['text']}</strong>"})),
    ("to_confirm", lambda item: replace(item, to_confirm=not item.to_confirm)),
    ("uid", lambda item: replace(item, uid=f"{item.uid}-2")),
    ("pictogram", lambda item: replace(item, values={**item.values, "pictogram": "wash"})),
    ("origin", lambda item: replace(item, values={**item.values, "origin": "wade-2017"})),
]


@pytest.mark.parametrize(("kind", "other"), LOOKS, ids=[kind for kind, _ in LOOKS])
def test_what_only_looks_different_is_no_change(kind, other):
    edition = in_language(document("iontophoresis"), "bn")
    key = "results" if kind == "bold" else "procedure"
    sections = {**edition.sections, key: tuple(map(other, edition.items(key)))}
    after = replace(edition, sections=sections)
    assert after != edition
    assert changes(edition, after) == []


def test_every_passage_of_a_document_is_compared():
    """Each text of an edition, changed alone, is named; but not what nobody reads."""
    edition = in_language(document("iontophoresis"), "en")
    for name in edition.prose:
        other = replace(edition, prose={**edition.prose, name: "Quite another text."})
        unread = name in ("search_description", "translated_by")
        assert bool(changes(edition, other)) != unread, name
    for key, items in edition.sections.items():
        for field in items[0].texts if items else ():
            first = replace(items[0], texts={**items[0].texts, field: "Quite another text."})
            other = replace(edition, sections={**edition.sections, key: (first, *items[1:])})
            [section] = changes(edition, other) or [None]
            if (key, field) == ("contraindications", "question"):
                assert section is None  # the check asks it; no leaflet and no page says it
            else:
                assert "Quite another text." in all_words([section])


# --- What changes nothing -------------------------------------------------------------------------


def test_live_facts_and_what_no_patient_reads_change_nothing(
    iontophoresis, printed, republished, scan
):
    path = printed("en")
    clinic = Clinic.objects.get()
    clinic.phones = "+8801711000000"
    clinic.hours = [{"weekday": "sat", "opens": "10:00", "closes": "20:00"}]
    clinic.save()
    day = timezone.localdate()
    record_review(
        newest_snapshot(iontophoresis), "en", reviewer="Example Reviewer", qualification="doctor",
        reviewed_on=day, next_due=day + timedelta(days=300), now=timezone.now(),
    )  # fmt: skip
    for prose in iontophoresis.translations.all():
        prose.search_description = {"en": "Other words.", "bn": "অন্য কথা।"}[prose.language_code]
        prose.save()
    republished()
    assert is_current(scan(path))


def test_a_change_in_one_language_leaves_the_other_current(
    iontophoresis, printed, republished, scan
):
    paths = {code: printed(code) for code in ("en", "bn")}
    item = iontophoresis.benefit_set.first()
    assert "জানা নেই" in item.text_bn
    item.text_bn = item.text_bn.replace("জানা নেই", "আমরা জানি না")
    item.save()
    republished()
    assert is_current(scan(paths["en"]))
    assert not is_current(scan(paths["bn"]), "bn")


def test_a_planned_publication_changes_nothing_before_its_moment(
    iontophoresis, printed, republished, scan, client
):
    path = printed("en")
    change(iontophoresis, "benefit", text_en="Words of tomorrow.", text_bn="আগামীকালের কথা।")
    republished(at=timezone.now() + timedelta(days=1))
    assert is_current(scan(path))
    planned = code_of(newest_snapshot(iontophoresis), "en")
    early = client.get(f"{PAGE.format('en')}leaflet/{planned}/")
    assert early.status_code == 404 and "Words of tomorrow" not in early.content.decode()
    moment = timezone.now()
    Publication.objects.filter(live_from__gt=moment).update(live_from=moment)
    Publication.objects.filter(live_until__gt=moment).update(live_until=moment)
    assert "Words of tomorrow." in said(scan(path))


def test_a_draft_changes_nothing(iontophoresis, printed, scan, client):
    path = printed("en")
    change(iontophoresis, "benefit", text_en="Only a draft.")
    save_snapshot(iontophoresis, now=timezone.now())
    assert is_current(scan(path))
    unpublished = code_of(newest_snapshot(iontophoresis), "en")
    assert client.get(f"{PAGE.format('en')}leaflet/{unpublished}/").status_code == 404


def test_words_that_went_away_and_came_back_are_current(iontophoresis, printed, republished, scan):
    path = printed("en")
    before = iontophoresis.benefit_set.first()
    change(iontophoresis, "benefit", text_en="In between.", text_bn="মাঝের কথা।")
    republished()
    between = printed("en")
    assert not is_current(scan(path)) and is_current(scan(between))
    change(iontophoresis, "benefit", text_en=before.text_en, text_bn=before.text_bn)
    republished()
    assert is_current(scan(path))
    assert printed("en") == path
    assert not is_current(scan(between))
    assert "In between." not in said(scan(between))


def test_a_leaflet_of_before_a_withdrawal_is_right_after_it(
    client, iontophoresis, printed, republished, scan
):
    path = printed("en")
    withdraw(iontophoresis, ["en", "bn"], now=timezone.now())
    assert client.get(path).status_code == client.get(PAGE.format("en")).status_code == 404
    republished()
    assert is_current(scan(path))
    change(iontophoresis, "helpsign", text_en="Another sign.", text_bn="আরেকটি লক্ষণ।")
    republished()
    assert "Another sign." in said(scan(path))


def test_where_only_the_other_language_is_left_it_leads_to_that_page(
    client, iontophoresis, printed
):
    path = printed("bn")
    withdraw(iontophoresis, ["bn"], now=timezone.now())
    for code in (path, re.sub("[0-9a-f]{8}/$", "0000000g/", path)):
        answer = client.get(code)
        assert answer.status_code == 404
        assert soup(answer).select_one(f"main a[lang=en][href='{PAGE.format('en')}']")


@pytest.mark.parametrize("language", ["en", "bn"])
@pytest.mark.parametrize("withdrawn", [["en", "bn"], ["this"]], ids=["both", "one"])
def test_whoever_holds_the_paper_of_a_page_that_is_gone_is_told_so(
    client, iontophoresis, printed, language, withdrawn
):
    """Nobody has mistyped an address, and the page is not still to come; of its words none is there."""
    Clinic.objects.update(phones="+8801812345678")
    path = printed(language)
    gone = iontophoresis.translations.get(language_code=language)
    reasons = iontophoresis.contraindication_set.all()
    languages = [language if code == "this" else code for code in withdrawn]
    withdraw(iontophoresis, languages, now=timezone.now())
    answer = client.get(path)
    assert answer.status_code == 404 and answer["Cache-Control"] == "no-store"
    page = soup(answer)
    assert normalise(GONE[language]) in said(page.main)
    assert page.main.select_one("a[href='tel:999']")
    assert page.main.select_one("a[href='tel:+8801812345678']")
    for words in (gone.title, gone.summary, *(getattr(one, f"text_{language}") for one in reasons)):
        assert normalise(words) not in said(page)
    made_up = client.get(re.sub("[0-9a-f]{8}/$", "01234567/", path))
    assert normalise(GONE[language]) not in said(soup(made_up).main)


@pytest.mark.parametrize("language", ["en", "bn"])
def test_todays_numbers_of_the_clinic_stand_there(printed, scan, language):
    """Those on the paper may be old, and no other word of it has changed."""
    path = printed(language)
    assert not scan(path).select("a[href^='tel:']")
    Clinic.objects.update(phones="+8801812345678")
    assert scan(path).select_one("a.button[href='tel:+8801812345678']")


def test_an_old_address_leads_to_the_new_one(client, iontophoresis, printed, scan):
    path = printed("bn")
    slugs.change_slug(iontophoresis, "less-sweating", now=timezone.now())
    answer = client.get(path)
    assert answer.status_code == 301
    assert answer["Location"] == path.replace("iontophoresis", "less-sweating")
    assert is_current(scan(answer["Location"]), "bn")
    withdraw(iontophoresis, ["en", "bn"], now=timezone.now())
    gone = client.get(path, follow=True)
    assert gone.status_code == 404 and normalise(GONE["bn"]) in said(soup(gone).main)


# --- Codes that nobody knows ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "bn"])
@pytest.mark.parametrize("code", ["00000000", "0000000", "zz", "০১২৩৪৫৬৭", "%", "_" * 8, "a" * 64])
def test_an_unknown_code_says_so_and_leads_to_the_page(client, site, language, code):
    answer = client.get(f"{PAGE.format(language)}leaflet/{code}/")
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "no-store"
    page = soup(answer)
    assert normalise(UNKNOWN[language]) in said(page.main)
    assert normalise(CURRENT[language]) not in said(page.main)
    assert page.main.select_one("a.button")["href"] == PAGE.format(language)


def test_a_code_holds_for_its_own_treatment_and_language_only(client, printed):
    code = printed("en").rsplit("/", 2)[1]
    for path in (
        f"/bn/treatments/iontophoresis/leaflet/{code}/",
        f"/en/treatments/iontophoresis-at-home/leaflet/{code}/",
    ):
        assert client.get(path).status_code == 404


def test_words_that_were_live_in_the_other_language_only_were_on_no_leaflet(
    client, iontophoresis, republished
):
    withdraw(iontophoresis, ["bn"], now=timezone.now())
    change(iontophoresis, "benefit", text_en="Other words.", text_bn="অন্য কথা।")
    save_snapshot(iontophoresis, now=timezone.now())
    publish_as_read(newest_snapshot(iontophoresis), ["en"], now=timezone.now())
    never_live = code_of(newest_snapshot(iontophoresis), "bn")
    change(iontophoresis, "benefit", text_en="Yet other words.", text_bn="আরও অন্য কথা।")
    republished()
    assert client.get(f"{PAGE.format('bn')}leaflet/{never_live}/").status_code == 404


def test_half_a_code_and_one_in_capitals_are_no_other_addresses_of_the_same_page(client, printed):
    path = printed("en")
    code = path.rsplit("/", 2)[1]
    assert client.get(path.replace(code, code[:7])).status_code == 404
    whole = code_of(newest_snapshot(Treatment.objects.get(slug="iontophoresis")), "en")
    assert whole == code


def test_it_costs_at_most_four_queries(client, printed, django_assert_max_num_queries):
    path = printed("en")
    with django_assert_max_num_queries(4):
        client.get(path)
