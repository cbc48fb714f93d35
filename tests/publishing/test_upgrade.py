"""A clinic's database as an earlier release left it, under today's program.

tests/data/before_0007.sql.xz: made by the release whose newest migration is 0005_pictogram, with its
own functions. The English of the first treatment was changed, published and reviewed, and the Bangla
reviewed as it was loaded; in the second a finding was let stand and both languages published; the
third was withdrawn in Bangla.
"""

import lzma
import sqlite3
from contextlib import closing

import pytest

from ..conftest import ROOT
from ..live import Editor, Machine

FIRST, SECOND, THIRD = "iontophoresis", "iontophoresis-at-home", "iontophoresis-for-medicine"


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("upgraded"), workers=2)
    database = sqlite3.connect(machine.folder / "db.sqlite3")
    dump = lzma.decompress((ROOT / "tests/data/before_0007.sql.xz").read_bytes())
    database.executescript(dump.decode())
    database.close()
    machine.manage("prepare")
    machine.start()
    yield machine
    machine.stop()


def page(machine, slug, language):
    return machine.get(f"/{language}/treatments/{slug}/")


def test_what_was_live_is_live(upgraded):
    for slug in (FIRST, SECOND, THIRD):
        assert page(upgraded, slug, "en").status == 200
    assert [page(upgraded, slug, "bn").status for slug in (FIRST, SECOND, THIRD)] == [200, 200, 404]
    assert "Iontophoresis, one session" in page(upgraded, FIRST, "en").text


def test_reviews_hold(upgraded):
    assert "Last reviewed on 21 November 2026" in page(upgraded, FIRST, "en").text
    assert "২০ নভেম্বর ২০২৬" in page(upgraded, FIRST, "bn").text
    assert "Not yet reviewed by a clinician" in page(upgraded, SECOND, "en").text


def test_a_finding_that_was_let_stand_does_not_stop_the_next_publication(upgraded):
    edit = Editor(upgraded)
    try:
        edit("new_title", SECOND, "At home, since the update")
    finally:
        edit.stop()
    assert "At home, since the update" in page(upgraded, SECOND, "en").text


def test_calendars_and_feed_readers_still_know_each_page(upgraded):
    """By the address that it had: so are the names which they have kept since then."""
    with closing(sqlite3.connect(upgraded.folder / "db.sqlite3")) as database:
        names = dict(database.execute("SELECT slug, permanent_name FROM treatments_treatment"))
    assert names == {slug: slug for slug in (FIRST, SECOND, THIRD)}
    assert f":/en/treatments/{FIRST}/</id>" in upgraded.get("/en/feed.xml").text


def test_updating_again_changes_nothing(upgraded):
    before = [page(upgraded, slug, "en").text for slug in (FIRST, THIRD)]
    upgraded.manage("prepare")
    assert [page(upgraded, slug, "en").text for slug in (FIRST, THIRD)] == before
