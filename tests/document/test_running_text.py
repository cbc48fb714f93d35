"""Paragraphs as items, and documents of the time when a long text was one HTML per language.

tests/data/schema_4.json.xz: the shipped documents as they were stored then.
"""

import json
import lzma

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from treatments.document.content import in_language, running_text
from treatments.document.json_form import DocumentError, load_stored, paired_paragraphs, parse
from treatments.document.sections import RUNNING_TEXT
from treatments.language.rich_text import (
    NUMBERED,
    PARAGRAPH,
    clean,
    clean_line,
    entries,
    join_entries,
    plain_text,
)
from treatments.models import LANGUAGES, Snapshot
from treatments.publishing.snapshots import newest_snapshot
from treatments.templatetags.treatments import rich

from ..conftest import ROOT
from ..strategies import html

STORED = json.loads(lzma.decompress((ROOT / "tests/data/schema_4.json.xz").read_bytes()))


def of_then(slug: str, language: str) -> dict[str, str]:
    """The HTML of each long text, as a page printed it."""
    prose = json.loads(STORED[slug])["prose"][language]
    return {key: "".join(prose[key]) for key in RUNNING_TEXT}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", STORED)
def test_a_document_of_then_says_the_same_with_the_same_marks(slug, language):
    for read in (parse, load_stored):
        edition = in_language(read(STORED[slug]), language)
        assert running_text(edition) == of_then(slug, language)


@pytest.mark.parametrize("slug", STORED)
def test_every_paragraph_of_then_has_both_halves(slug):
    document = parse(STORED[slug])
    listed = [item for key in RUNNING_TEXT for item in document.items(key)]
    assert listed and all(item.pairs["text"].en and item.pairs["text"].bn for item in listed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", STORED)
def test_a_page_published_then_prints_them_as_it_did(client, site, slug, language):
    published = next(t for t in site if t.slug == slug).publications.get(language=language)
    Snapshot.objects.filter(pk=published.snapshot_id).update(document=STORED[slug])
    page = client.get(f"/{language}/treatments/{slug}/").content.decode()
    with override(language):
        printed = {key: rich(text) for key, text in of_then(slug, language).items() if text}
    assert printed and not [key for key, text in printed.items() if text not in page]


def with_text(key: str, english, bangla) -> str:
    plain = json.loads(STORED["iontophoresis"])
    plain["prose"]["en"][key], plain["prose"]["bn"][key] = english, bangla
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("value", "named"),
    [
        ("<p>No list.</p>", "prose.bn.cost: a list is wanted"),
        ([3], "prose.bn.cost: a text is wanted"),
        (["<p>\ufffe</p>"], "U+FFFE"),
        (["<p>" + "x" * 20_001 + "</p>"], "cost/paragraph-2"),
    ],
)
def test_what_is_no_document_of_then_is_named(value, named):
    with pytest.raises(DocumentError, match=named.replace("+", r"\+")):
        parse(with_text("cost", ["<ul><li>One</li></ul>"], value))
    plain = json.loads(STORED["iontophoresis"])
    del plain["prose"]["bn"]["cost"]
    with pytest.raises(DocumentError, match=r"prose\.bn: missing cost"):
        parse(json.dumps(plain))


def test_a_script_in_a_document_of_then_is_taken_out():
    (item,) = parse(with_text("cost", ["<p>Ask<script>x()</script>.</p>"], [])).items("cost")
    assert item.pairs["text"].en == "Ask." and item.pairs["text"].bn == ""


# --- Any HTML -------------------------------------------------------------------------------------


def letters(text: str) -> str:
    return "".join(plain_text(text).split())


AS_THE_EDITOR_WRITES = "<ol><li><p>One</p></li><li><p>Two</p><p>more</p></li></ol><p>End</p>"
NESTED = "<ul><li>One<ul><li><strong>Two</strong></li></ul></li><li>Three</li></ul>"


@given(html.map(clean))
@example(clean(AS_THE_EDITOR_WRITES))
@example(clean(NESTED))
@example(clean("<ul>loose<li><strong>a<p>b</p></strong>c</li></ul>x"))
def test_no_word_of_any_text_is_lost(text):
    found = entries(text)
    assert letters(join_entries(found)) == letters(text)
    assert entries(join_entries(found)) == found
    for _kind, line in found:
        assert clean_line(line) == line
        assert not {"<p>", "<li>", "<ul>", "<ol>"} & {*line.replace("<", " <").split()}


def test_a_list_entry_of_several_lines_stays_one_entry():
    assert entries(AS_THE_EDITOR_WRITES) == [
        (NUMBERED, "One"),
        (NUMBERED, "Two<br>more"),
        (PARAGRAPH, "End"),
    ]
    texts = [text for _kind, text in entries(NESTED)]
    assert texts == ["One<br><strong>Two</strong>", "Three"]


@given(st.lists(html, min_size=2, max_size=2))
@example(["<p>a</p><p>b</p><p>c</p>", "<p>ক</p><p>খ</p>"])
@example(["<p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>", "<ul><li>ক</li></ul><p>খ</p>"])
def test_pairing_keeps_every_text_once_and_in_its_order(texts):
    halves = [entries(text) for text in texts]
    items = paired_paragraphs(*halves)
    for code, half in zip(LANGUAGES, halves, strict=True):
        filled = [(item["kind"], item["text"][code]) for item in items if item["text"][code]]
        assert filled == half
    if [kind for kind, _text in halves[0]] == [kind for kind, _text in halves[1]]:
        assert len(items) == len(halves[0])
    assert len({item["uid"] for item in items}) == len(items)


def test_what_is_written_in_one_language_is_on_the_page_of_that_language_alone(
    client, iontophoresis
):
    document = json.loads(newest_snapshot(iontophoresis).document)
    half = {"uid": "half", "kind": "paragraph", "text": {"en": "English only.", "bn": ""}}
    document["sections"]["cost"] = [half]
    published = iontophoresis.publications.values("snapshot")
    Snapshot.objects.filter(pk__in=published).update(document=json.dumps(document))
    assert b'id="cost"' in client.get("/en/treatments/iontophoresis/").content
    assert b'id="cost"' not in client.get("/bn/treatments/iontophoresis/").content
