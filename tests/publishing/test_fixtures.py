import json
import re

import pytest
from django.core.management import CommandError, call_command

from treatments.document.content import editions_of, in_language, running_text
from treatments.document.json_form import parse
from treatments.document.passages import passages
from treatments.document.rows import from_rows
from treatments.document.sections import RUNNING_TEXT
from treatments.management.commands.publish import in_short
from treatments.models import BodyArea, LoadedContent, Publication, Term, Treatment
from treatments.publishing.comparison import compare, unconfirmed_in
from treatments.publishing.confirmations import record
from treatments.publishing.fixtures import dump, load, shipped_confirmations
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..conftest import FIXTURES, NOW, ROOT

FACTS = json.loads((ROOT / "tests" / "content_facts.json").read_text("utf-8"))
FACT_IDS = (
    [f"C{n:02}" for n in range(1, 34)]
    + [f"X{n:02}" for n in range(1, 22)]
    + [f"E{n:02}" for n in range(1, 7)]
    + [f"D{n:02}" for n in range(1, 9)]
    + [f"M{n:02}" for n in range(1, 10)]
    + [f"O{n:02}" for n in range(1, 7)]
    # Of hospital leaflets, makers' instructions, medicines guides and burns first aid.
    + [f"R02{letter}" for letter in "abcdefghijk"]
    + ["R03", "R04a", "R04b", "R04c", "R04d", "R04e", "R04f", "R05", "R06", "R07"]
    + ["R08a", "R08b", "R08c", "R08d", "R08e", "R09a", "R09b", "R10"]
    # Of the review of the words.
    + [f"R11{letter}" for letter in "abcdef"]
    + ["R13a", "R13b", "R13c", "R14", "R15", "R17a", "R17b", "R19a", "R19b", "R19c"]
    + [f"R20{letter}" for letter in "abcdef"]
)
MUST_NOT = ("C23", "C24", "C25", "C26", "C27", *(f"R02{letter}" for letter in "abcdefgh"))
TELL_US_FIRST = ("X10", "R02i", "R02j", "R02k", "R10")
TO_CONFIRM = (
    *("D08", "O01", "O02", "O03", "O04", "O05", "O06"),
    *(f"R02{letter}" for letter in "abcdefghijk"),
    *("R03", "R04a", "R04b", "R04c", "R04d"),
    *("R08a", "R08b", "R08c", "R08d", "R08e", "R09a", "R09b", "R14"),
)
DOCUMENTS = {path.stem: parse(path.read_text("utf-8")) for path in FIXTURES.glob("*.json")}


def everything(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.json"))
    }


def test_what_was_loaded_is_dumped_byte_for_byte(drafts, tmp_path):
    dump(tmp_path)
    assert everything(tmp_path) == everything(FIXTURES)


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_every_shipped_passage_was_read_in_both_languages(slug):
    read = {*shipped_confirmations()[slug]}
    there = {
        passage.digest: f"{passage.place}: {in_short(passage)}"
        for passage in passages(*editions_of(DOCUMENTS[slug]).values())
    }
    unread = "\n".join(words for digest, words in there.items() if digest not in read)
    assert not unread, (
        f"fixtures/{slug}.json says what fixtures/site/confirmed.json does not hold as read:\n{unread}\n"
        "Load it into a scratch database, let somebody who reads both languages confirm on its "
        "publish page what is asked, and run manage.py dump_content."
    )
    assert read == {*there}, "confirmed.json holds what the page no longer says: dump_content"


def test_shipped_words_are_confirmed_as_shipped(empty):
    call_command("load_content", "--drafts", verbosity=0)
    for treatment in Treatment.objects.all():
        rows = treatment.confirmations.all()
        assert {(row.kind, row.confirmed_by) for row in rows} == {("shipped", None)}
        assert treatment.snapshots.get().unconfirmed == 0
        assert len({row.digest for row in rows}) == len(rows) >= 70


def test_other_words_of_another_folder_are_drafts_and_nothing_of_it_is_published(
    empty, tmp_path, capsys
):
    """Not even where that folder says that they were read."""
    for name, text in everything(FIXTURES).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.replace(b"You are pregnant.", b"You are not pregnant."))
    with pytest.raises(CommandError, match="Not published: 3 of 3"):
        call_command("load_content", tmp_path)
    told = capsys.readouterr().err
    assert "iontophoresis: stays a draft, because" in told
    assert "not confirmed: 1 text\n" in told
    assert "contraindications/pregnancy: You are not pregnant." in told
    assert not Publication.objects.exists()
    assert {treatment.snapshots.get().unconfirmed for treatment in Treatment.objects.all()} == {1}


def test_what_was_confirmed_here_is_dumped_and_comes_along(drafts, tmp_path, settings):
    """Of what is loaded, the project's own list alone is believed."""
    treatment = Treatment.objects.get(slug="iontophoresis")
    treatment.benefit_set.filter(uid="safe").update(text_en="It is safe.", text_bn="এটা নিরাপদ।")
    treatment.benefit_set.filter(uid="no-needles").update(text_en="No needles.", text_bn="সুঁই নেই।")
    snapshot = save_snapshot(treatment, now=NOW)
    one, other = compare(snapshot, ["en", "bn"], at=NOW).open
    record(treatment, [one], now=NOW)
    folder = tmp_path / "fixtures"
    dump(folder)
    Treatment.objects.all().delete()
    LoadedContent.objects.all().delete()
    settings.BASE_DIR = tmp_path
    load(folder, now=NOW)
    again = newest_snapshot(Treatment.objects.get(slug="iontophoresis"))
    assert [passage.digest for passage in unconfirmed_in(again)] == [other.key]


def test_loading_publishes_the_shipped_pages_in_both_languages(empty):
    call_command("load_content", verbosity=0)
    live = Publication.objects.values_list("treatment__slug", "language")
    assert set(live) == {(slug, code) for slug in DOCUMENTS for code in ("en", "bn")}


def test_loading_again_keeps_what_staff_changed_and_deleted(drafts):
    changed = Treatment.objects.get(slug="iontophoresis")
    changed.benefit_set.first().delete()
    Treatment.objects.get(slug="iontophoresis-at-home").delete()
    Term.objects.get(english="sweat").delete()
    BodyArea.objects.filter(key="feet").update(name_en="Feet and toes")
    before = from_rows(changed).json

    assert load(FIXTURES, now=NOW) == []

    assert from_rows(Treatment.objects.get(slug="iontophoresis")).json == before
    assert not Treatment.objects.filter(slug="iontophoresis-at-home").exists()
    assert not Term.objects.filter(english="sweat").exists()
    assert BodyArea.objects.get(key="feet").name_en == "Feet and toes"


def test_a_broken_file_is_named_and_nothing_is_loaded(empty, tmp_path):
    for name, text in everything(FIXTURES).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    (tmp_path / "iontophoresis.json").write_text('{"schema": 1}')
    with pytest.raises(CommandError, match=r"iontophoresis\.json"):
        call_command("load_content", tmp_path)
    assert not Treatment.objects.exists()
    assert not Term.objects.exists()


# --- Every fact has its place ---------------------------------------------------------------------


def texts_at(place: str) -> dict[str, str]:
    """The words in both languages at "SLUG prose.FIELD", "SLUG plan.NAME", "SLUG SECTION/UID".

    Of running text at "SLUG SECTION".
    """
    slug, where = place.split(" ", 1)
    document = DOCUMENTS[slug]
    if where.startswith("plan."):
        assert where.removeprefix("plan.") in document.plan.amounts, place
        return {"en": "in numbers", "bn": "in numbers"}
    if where == "result_lasts":
        return {code: document.result_lasts[code] for code in ("en", "bn")}
    if where.startswith("prose."):
        name = where.removeprefix("prose.")
        return {code: document.prose[code][name] for code in ("en", "bn")}
    if where in RUNNING_TEXT:
        return {code: running_text(in_language(document, code))[where] for code in ("en", "bn")}
    section, uid = where.split("/")
    (item,) = [item for item in document.items(section) if item.uid == uid]
    if section == "sources":  # a citation stands as it was published
        return dict.fromkeys(("en", "bn"), item.values["citation"])
    return {code: " ".join(pair[code] for pair in item.pairs.values()) for code in ("en", "bn")}


@pytest.mark.parametrize("fact", FACT_IDS)
def test_every_fact_stands_on_its_page_in_both_languages(fact):
    assert FACTS[fact], "the fact has no place"
    for place in FACTS[fact]:
        texts = texts_at(place)
        assert texts["en"] and texts["bn"], place


def test_no_unknown_fact_is_mapped():
    assert set(FACTS) == set(FACT_IDS)


@pytest.mark.parametrize("fact", TO_CONFIRM)
def test_facts_from_general_knowledge_wait_for_the_clinics_reviewer(fact):
    for place in FACTS[fact]:
        slug, where = place.split(" ", 1)
        if "/" in where:
            section, uid = where.split("/")
            (item,) = [item for item in DOCUMENTS[slug].items(section) if item.uid == uid]
            assert item.to_confirm, place


@pytest.mark.parametrize("slug", DOCUMENTS)
@pytest.mark.parametrize(("facts", "level"), [(MUST_NOT, "must_not"), (TELL_US_FIRST, "tell_us")])
def test_every_reason_stands_on_every_page_as_strict_as_it_is(slug, facts, level):
    reasons = {item.uid: item for item in DOCUMENTS[slug].items("contraindications")}
    for fact in facts:
        here = [place for place in FACTS[fact] if place.startswith(f"{slug} contraindications/")]
        assert here, f"{fact} is not on {slug}"
        for place in here:
            assert reasons[place.split("/")[1]].values["level"] == level


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_not_sure_about_a_pregnancy_alone_counts_as_yes(slug):
    reasons = DOCUMENTS[slug].items("contraindications")
    strictest = [reason.uid for reason in reasons if reason.values["unsure"] == "yes"]
    assert strictest == ["pregnancy", "may-be-pregnant"]


@pytest.mark.parametrize("fact", ["R03", "R08a", "R08b", "R08c", "R08d"])
@pytest.mark.parametrize("slug", DOCUMENTS)
def test_what_burns_people_and_when_to_get_help_stands_on_every_page(slug, fact):
    assert [place for place in FACTS[fact] if place.startswith(f"{slug} ")]


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_metal_comes_off_before_anything_is_done(slug):
    assert DOCUMENTS[slug].items("procedure")[0].uid == "jewellery"


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_a_shock_a_faint_and_a_pounding_heart_are_emergencies(slug):
    signs = {item.uid: item.values["urgency"] for item in DOCUMENTS[slug].items("help_signs")}
    for uid in ("chest-pain", "collapse", "palpitations", "mains-shock", "trouble-breathing"):
        assert signs[uid] == "emergency"


def test_at_home_the_doctor_sets_the_time_and_no_figure_looks_like_a_prescription():
    home = DOCUMENTS["iontophoresis-at-home"]
    assert not home.plan.amounts
    for code, doctor in (("en", "Your doctor sets"), ("bn", "আপনার ডাক্তার ঠিক করেন")):
        assert doctor in home.prose[code]["summary"].replace("।", ".").split(".")[0]
    elsewhere = [item for item in home.items("evidence") if item.values["kind"] == "elsewhere"]
    assert any("15–40 minutes" in item.pairs["statement"].en for item in elsewhere)
    assert not any("15–40" in item.pairs["text"].en for item in home.items("answers"))


# --- Every sentence has its origin ----------------------------------------------------------------

REST_ON_SOURCES = (
    *("answers", "contraindications", "preparation", "procedure", "aftercare", "side_effects"),
    *("help_signs", "other_options"),
)


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_every_sentence_names_where_it_comes_from(slug):
    document = DOCUMENTS[slug]
    nowhere = [
        f"{section}/{item.uid}"
        for section, name in [*((key, "origin") for key in REST_ON_SOURCES), ("evidence", "source")]
        for item in document.items(section)
        if not item.values[name]
    ]
    assert not nowhere


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_only_what_no_sentence_rests_on_is_further_reading(slug):
    document = DOCUMENTS[slug]
    named = {
        item.values.get("origin") or item.values.get("source")
        for section in (*REST_ON_SOURCES, "evidence")
        for item in document.items(section)
    }
    for source in document.items("sources"):
        assert (source.uid in named) == (source.values["kind"] != "further_reading"), source.uid


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_what_is_general_knowledge_alone_waits_for_a_doctor(slug):
    document = DOCUMENTS[slug]
    for section in REST_ON_SOURCES:
        for item in document.items(section):
            if item.values["origin"] == "general-knowledge":
                assert item.to_confirm, f"{section}/{item.uid}"


@pytest.mark.parametrize("slug", ["iontophoresis", "iontophoresis-at-home"])
@pytest.mark.parametrize("code", ["en", "bn"])
def test_each_option_is_told_in_equal_detail(slug, code):
    options = DOCUMENTS[slug].items("other_options")
    assert options[0].values["kind"] == "this"
    for question in ("text", "works", "harm", "time", "not_for"):
        lengths = [len(option.pairs[question][code]) for option in options]
        assert max(lengths) <= 2.5 * min(lengths), question


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_what_pages_share_reads_alike(slug):
    """Where a page's sentence is another page's, it is that sentence to the letter."""
    shared = (
        "pregnancy",
        "pacemaker",
        "metal-implant",
        "epilepsy",
        "heart-condition",
        "open-wound",
    )
    here, there = (
        {item.uid: item.pairs for item in DOCUMENTS[one].items("contraindications")}
        for one in (slug, "iontophoresis")
    )
    for uid in shared:
        assert here[uid] == there[uid]


@pytest.mark.parametrize("slug", DOCUMENTS)
def test_bangla_content_has_no_ascii_digit_and_no_discouraged_sweat_gland(slug):
    edition = in_language(DOCUMENTS[slug], "bn")
    words = [*edition.prose.values(), edition.result_lasts]
    for items in edition.sections.values():
        words += [text for item in items for text in item.words.values()]
    text = "\n".join(words)
    assert not re.search(r"[0-9]", text)
    assert "ঘ্রাণ" not in text
    assert "খোলা আঘাত" not in text
