"""A clinic's database as the first release left it, under today's program.

tests/data/before_0004.sql.xz: made by the release whose newest migration is 0003_roles, with its own
functions. The first treatment was changed in both languages, with lists, reviewed and published; in the
second a finding was let stand, both languages published and readers' answers counted; the third got a
photo, was withdrawn in Bangla, and its next English is planned for 2099.
"""

import json
import lzma
import sqlite3
from contextlib import closing

import pytest

from treatments.document.content import Edition, in_language, running_text
from treatments.document.json_form import load_stored

from ..conftest import ROOT
from ..live import Editor, Machine

FIRST, SECOND, THIRD = "iontophoresis", "iontophoresis-at-home", "iontophoresis-for-medicine"


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory):
    machine = Machine(tmp_path_factory.mktemp("upgraded"))
    dump = lzma.decompress((ROOT / "tests/data/before_0004.sql.xz").read_bytes())
    with closing(sqlite3.connect(machine.folder / "db.sqlite3")) as database:
        database.executescript(dump.decode())
        machine.published = publications(database)
    machine.manage("prepare")
    machine.start()
    yield machine
    machine.stop()


def publications(database) -> list[tuple]:
    """Of each that there ever was: key, language, title, summary, and the stored document."""
    return database.execute(
        "SELECT p.id, p.language, p.title, p.summary, s.document FROM treatments_publication p"
        " JOIN treatments_snapshot s ON s.id = p.snapshot_id ORDER BY p.id"
    ).fetchall()


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
        edit("new_title", SECOND, "Anew at home")
    finally:
        edit.stop()
    assert "Anew at home" in page(upgraded, SECOND, "en").text


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


def words_of_the_first_release(document: dict, language: str) -> dict:
    """By section and item; a long text was a list of paragraphs in HTML, one list a language."""
    prose = document["prose"][language]
    words = {
        (name, ""): "".join(text) if isinstance(text, list) else text
        for name, text in prose.items()
    }
    for key, items in document["sections"].items():
        for item in items:
            halves = {name: value for name, value in item.items() if isinstance(value, dict)}
            for name, value in halves.items():
                words[key, item["uid"], name] = value[language]
    return {place: text for place, text in words.items() if text}


def words_of(edition: Edition) -> dict:
    words = {(name, ""): text for name, text in (edition.prose | running_text(edition)).items()}
    for key, items in edition.sections.items():
        if key not in running_text(edition):
            for item in items:
                words |= {(key, item.uid, name): text for name, text in item.texts.items()}
    return {place: text for place, text in words.items() if text}


def test_every_publication_that_ever_was_says_the_same_to_the_byte(upgraded):
    with closing(sqlite3.connect(upgraded.folder / "db.sqlite3")) as database:
        now = publications(database)
    assert len(upgraded.published) == 13
    for before, after in zip(upgraded.published, now[:13], strict=True):
        assert before[:4] == after[:4]
        words = words_of_the_first_release(json.loads(before[4]), before[1])
        assert len(words) > 20
        assert words_of(in_language(load_stored(after[4]), after[1])) == words
