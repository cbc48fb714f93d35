import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from treatments.document.content import in_language
from treatments.document.json_form import DocumentError, load_stored, parse
from treatments.document.rows import from_rows, to_rows
from treatments.language import rich_text
from treatments.language.text import format_json, normalise
from treatments.models import BodyArea, Treatment

from ..conftest import FIXTURES
from ..strategies import ALPHABET, AREAS, documents

SHIPPED = sorted(FIXTURES.glob("*.json"))
thorough = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@thorough
@given(document=documents())
def test_a_document_reads_back_from_its_json(document):
    assert parse(document.json) == document
    assert load_stored(document.json) == document
    assert parse(document.json).json == document.json


@pytest.mark.django_db
@thorough
@given(first=documents(), second=documents())
def test_rows_hold_a_document_byte_for_byte_also_over_another_one(first, second):
    for key, name in AREAS.items():
        BodyArea.objects.get_or_create(key=key, name_en=name.en, name_bn=name.bn)
    treatment, _created = Treatment.objects.get_or_create(slug="generated")
    for document in (first, second):
        to_rows(document, treatment)
        assert from_rows(Treatment.objects.get(pk=treatment.pk)).json == document.json


def test_rows_of_items_that_stay_keep_their_key(iontophoresis):
    before = dict(iontophoresis.contraindication_set.values_list("uid", "pk"))
    to_rows(from_rows(iontophoresis), iontophoresis)
    assert dict(iontophoresis.contraindication_set.values_list("uid", "pk")) == before


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_files_are_in_the_one_json_form(path):
    assert parse(path.read_text("utf-8")).json == path.read_text("utf-8")


def test_there_are_three_shipped_treatments():
    assert {path.stem for path in SHIPPED} == {
        "iontophoresis",
        "iontophoresis-at-home",
        "iontophoresis-for-medicine",
    }


def test_one_language_of_a_document_has_no_word_of_the_other():
    document = parse(FIXTURES.joinpath("iontophoresis.json").read_text("utf-8"))
    bangla = in_language(document, "bn")
    assert bangla.items("contraindications")[0].text == "আপনি গর্ভবতী হন।"
    assert in_language(document, "en").items("contraindications")[0].text == "You are pregnant."
    assert bangla.plan == document.plan


def broken(change) -> str:
    plain = json.loads(FIXTURES.joinpath("iontophoresis.json").read_text("utf-8"))
    change(plain)
    return format_json(plain)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d.pop("prose"), "document: missing prose"),
        (lambda d: d.update(colour="red"), "document: unknown colour"),
        (lambda d: d.update(schema=99), "schema 99 is not known"),
        (lambda d: d["plan"].update(visit=[45, 30, "minutes"]), "plan.visit"),
        (lambda d: d["plan"].update(visit=[30, 4500, "minutes"]), "plan.visit"),
        (lambda d: d["plan"].update(visit=["30", "45", "minutes"]), "plan.visit"),
        (lambda d: d["prose"]["bn"].update(title=3), "prose.bn.title"),
        (lambda d: d["prose"]["bn"].update(title="x" * 121), "prose.bn.title"),
        (lambda d: d["sections"]["benefits"][0].update(uid="Not a uid"), "benefits/Not a uid"),
        (
            lambda d: d["sections"]["benefits"].append(d["sections"]["benefits"][0]),
            "uid of its own",
        ),
        (lambda d: d["sections"]["benefits"][0]["text"].pop("bn"), "missing bn"),
        (
            lambda d: d["sections"]["contraindications"][0].update(level="perhaps"),
            "contraindications/pregnancy.level",
        ),
        (
            lambda d: d["sections"]["contraindications"][0].pop("level"),
            "contraindications/pregnancy.level: missing",
        ),
        (
            lambda d: d["sections"]["contraindications"][0].update(unsure="perhaps"),
            "contraindications/pregnancy.unsure",
        ),
        (
            lambda d: d["sections"]["procedure"][0].update(pictogram="rocket"),
            "procedure/jewellery.pictogram",
        ),
        (lambda d: d["sections"]["evidence"][0].update(source="nobody"), "no source 'nobody'"),
        (lambda d: d["sections"]["evidence"][0].update(participants="many"), "participants"),
        (lambda d: d["sections"]["sources"][0].update(url="javascript:alert(1)"), "sources/"),
    ],
)
def test_what_is_not_a_document_is_refused_by_name(change, named):
    with pytest.raises(DocumentError, match=named.replace(".", r"\.").replace("(", r"\(")):
        parse(broken(change))


@pytest.mark.parametrize("text", ["", "[]", "nothing", '{"schema": "1"}', '{"title": "x"}'])
def test_other_json_is_refused(text):
    with pytest.raises(DocumentError):
        parse(text)


@given(st.text(ALPHABET, max_size=200))
def test_normal_text_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)


@example("<p>0<li></li></p>")
@example("<li>one<li>two")
@given(st.text(ALPHABET + "<>/pulia strong=\"'", max_size=200))
def test_clean_rich_text_stays_as_it_is(text):
    once = rich_text.clean(text)
    assert rich_text.clean(once) == once
    assert "".join(rich_text.canonical_blocks(once)) == once


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<p><a href="javascript:x()">a</a></p>', "<p>a</p>"),
        ('<p style="color:red">a</p><iframe src="//x"></iframe>', "<p>a</p>"),
        ("<h1>a</h1>", "<p>a</p>"),
        ("loose <strong>words</strong>", "<p>loose <strong>words</strong></p>"),
        ("<p>5 < 6 & 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
        ("<p></p><p> </p>", ""),
        ("<ul><li>a</li></ul>b", "<ul><li>a</li></ul><p>b</p>"),
    ],
)
def test_rich_text_keeps_only_what_a_page_may_carry(typed, kept):
    assert rich_text.clean(typed) == kept


def test_bangla_is_stored_in_one_form():
    assert normalise("ত্\u200d") == "ৎ"
    assert normalise("অা") == "আ"
    assert normalise("\u09dc") == "\u09a1\u09bc"
    assert normalise("\ufeffক\u200bখ") == "কখ"
    assert normalise("র\u200d্যাশ") == "র\u200d্যাশ"
