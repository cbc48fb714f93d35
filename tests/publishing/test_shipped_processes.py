"""Newer shipped words, with several programs on one database."""

import json
import lzma
import sqlite3
import threading

import pytest
from django.db import connection

from .. import postgresql
from ..conftest import ROOT
from ..live import Editor, Machine
from .releases import EVERYTHING, NEW, OURS, SLUG


@pytest.fixture
def running(tmp_path):
    started = []
    yield started.append
    for one in reversed(started):
        one.stop()


@pytest.fixture
def machine(django_db_setup, tmp_path, running):
    is_server = connection.vendor == "postgresql"
    machine = Machine(
        tmp_path / "site", postgresql.new_database("shipped-words") if is_server else ""
    )
    machine.prepare()
    return machine


@pytest.mark.django_db
def test_a_save_that_has_begun_is_waited_for_and_then_not_overwritten(machine, running, release):
    release.add("contraindications", 0, "new-danger")
    release.says("benefits", 0)
    release.file.write_text(json.dumps(release.plain), "utf-8")
    machine.manage("load_content", str(release.folder), "--drafts")
    saving, pressing = Editor(machine), Editor(machine)
    running(saving)
    running(pressing)
    assert NEW["en"] in pressing("opens_offer", SLUG)
    saving("begins_to_save", SLUG, OURS["en"])
    answers = []
    press = threading.Thread(target=lambda: answers.append(pressing("presses", EVERYTHING)))
    press.start()
    saving("ends_saving_while_somebody_waits")
    press.join(30)
    (said,) = answers
    assert "Meanwhile this page was saved" in said
    assert OURS["en"] in pressing("draft_of", SLUG)
    assert NEW["en"] not in pressing("draft_of", SLUG)


def test_a_clinics_database_of_before_is_offered_what_came_since(tmp_path, running, release):
    """tests/data/before_0004.sql.xz has the clinic's own title; see test_upgrade.py."""
    machine = Machine(tmp_path / "site", workers=1)
    database = sqlite3.connect(machine.folder / "db.sqlite3")
    dump = lzma.decompress((ROOT / "tests/data/before_0004.sql.xz").read_bytes())
    database.executescript(dump.decode())
    database.close()
    danger = {"en": "You are ill.", "bn": "আপনি অসুস্থ।"}
    release.add("contraindications", 0, "new-danger", danger, origin="clinic-text")
    release.file.write_text(json.dumps(release.plain), "utf-8")
    machine.manage("migrate", "-v0")
    machine.manage("load_content", str(release.folder))
    machine.start()
    running(machine)
    staff = Editor(machine)
    running(staff)
    page = f"/en/treatments/{SLUG}/"
    own = "Iontophoresis, one session"
    assert own in machine.get(page).text and "You are ill." not in machine.get(page).text

    digest_values = staff("opens_offer", SLUG)
    assert "You are ill." in digest_values and "Nobody can know" not in digest_values
    assert "Nothing is live yet" in staff("presses", EVERYTHING)
    assert own in staff("draft_of", SLUG) and "You are ill." in staff("draft_of", SLUG)
    assert "You are ill." not in machine.get(page).text

    staff("read_by_somebody", SLUG)
    staff("published_by_command", SLUG)
    assert own in machine.get(page).text and "You are ill." in machine.get(page).text
    assert "আপনি অসুস্থ।" in machine.get(page.replace("/en/", "/bn/")).text
