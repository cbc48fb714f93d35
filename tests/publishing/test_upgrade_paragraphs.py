"""A clinic's database as the release left it in which a long text was one HTML per language.

tests/data/before_0025.json.xz: made by the release whose newest migration is 0020_permanent_names, with
its own functions. The first treatment is as it was shipped. In the second one text has three paragraphs
in English and two in Bangla, and a finding in a list was let stand. The third has lists as the editor
writes them, and a draft with a paragraph more that somebody has read. These are live and reviewed in
both languages; of the fourth only the English was ever begun. The fifth is a draft with a list that
has a line less in Bangla.
"""

import json
import lzma
import subprocess
import sys

import pytest

from treatments.document.content import in_language, running_text
from treatments.document.json_form import parse
from treatments.language.rich_text import plain_text

from .. import postgresql
from ..conftest import ROOT
from ..live import Editor, Machine

DATA = ROOT / "tests/data/before_0025.json.xz"
SHIPPED, UNEQUAL, AS_EDITED = (
    "iontophoresis",
    "iontophoresis-at-home",
    "iontophoresis-for-medicine",
)
REVIEWED = (SHIPPED, UNEQUAL, AS_EDITED)
ENGLISH, DRAFT = "english-only", "a-draft"
TEXTS = ("what_it_is", "how_it_works", "how_often", "results", "cost")


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    """What was in the database before."""
    with lzma.open(DATA, "rt", encoding="utf-8") as file:
        return json.load(file)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request, tmp_path_factory):
    """Answers edits; see tests/editor.py."""
    url = postgresql.new_database("paragraphs") if request.param == "postgresql" else ""
    machine = Machine(tmp_path_factory.mktemp("before-paragraphs"), url)
    program = (sys.executable, "-m", "tests.publishing.older_release")
    subprocess.run(
        [*program, "0020_permanent_names", str(DATA)], cwd=ROOT, env=machine.env, check=True
    )
    edit = Editor(machine)
    yield edit
    edit.stop()


def of_model(rows, name) -> dict[int, dict]:
    return {row["pk"]: row["fields"] for row in rows if row["model"] == f"treatments.{name}"}


def slugs(rows) -> dict[int, str]:
    return {pk: fields["slug"] for pk, fields in of_model(rows, "treatment").items()}


@pytest.mark.parametrize(
    ("slug", "live", "reviewed"),
    [
        *((slug, ["en", "bn"], ["en", "bn"]) for slug in REVIEWED),
        (ENGLISH, ["en"], []),
        (DRAFT, [], []),
    ],
)
def test_what_was_live_reviewed_and_read_still_is(site, slug, live, reviewed):
    stands = site("standing", slug)
    assert (stands["live"], stands["reviewed"]) == (live, reviewed)
    assert stands["unread"] == stands["blocking"] == []


@pytest.mark.parametrize("slug", [*REVIEWED, ENGLISH])
def test_publishing_again_asks_for_nothing_that_was_read(site, slug):
    languages = ["en"] if slug == ENGLISH else ["en", "bn"]
    assert site("asked_after", slug, languages) == []


@pytest.mark.parametrize("slug", REVIEWED)
def test_a_review_covers_the_same_words_in_a_later_version(site, slug):
    assert site("reviewed_after_saving_again", slug) == ["en", "bn"]


def test_every_draft_says_the_same_in_the_same_order(site, rows):
    treatments = slugs(rows)
    for prose in of_model(rows, "treatmentprose").values():
        code = prose["language_code"]
        draft = in_language(parse(site("draft_of", treatments[prose["master"]])), code)
        now = running_text(draft)
        for key in TEXTS:
            assert plain_text(now[key]) == plain_text(prose[key]), (code, key)


def test_halves_are_paired_in_their_order_and_what_has_no_counterpart_stands_alone(site):
    pairs = [
        (item.values["kind"], bool(item.pairs["text"].en), bool(item.pairs["text"].bn))
        for item in parse(site("draft_of", UNEQUAL)).items("results")
    ]
    both, alone = ("paragraph", True, True), ("paragraph", True, False)
    assert pairs == [both, both, alone]
    pairs = [
        (item.values["kind"], item.pairs["text"].en, item.pairs["text"].bn)
        for item in parse(site("draft_of", DRAFT)).items("cost")
    ]
    assert pairs == [
        ("paragraph", "It costs this:", "খরচ:"),
        ("numbered", "One", "এক"),
        ("numbered", "Two", ""),
        ("paragraph", "", "শেষ"),
    ]


def test_nothing_is_new_in_the_drafts_as_they_were_saved(site, rows):
    for slug in slugs(rows).values():
        assert site("saved_anew", slug) is False


@pytest.mark.parametrize("slug", REVIEWED)
def test_the_code_of_a_printed_leaflet_still_says_that_nothing_has_changed(site, rows, slug):
    treatments = slugs(rows)
    snapshots = of_model(rows, "snapshot")
    for publication in of_model(rows, "publication").values():
        if treatments[publication["treatment"]] == slug:
            code = publication["language"]
            printed = snapshots[publication["snapshot"]][f"medical_{code}"][:8]
            status, words = site("reads", f"/{code}/treatments/{slug}/leaflet/{printed}/")
            assert status == 200
            assert ("These are today’s words." if code == "en" else "") in words


def test_a_finding_in_the_words_that_was_let_stand_is_let_stand_by_its_own_waiver(site):
    assert site("standing", UNEQUAL)["blocking"] == []
    assert site("let_stand", UNEQUAL) == ["how_it_works"]
