"""From the next request on, no worker serves the old page; and what is stored needs no database."""

import sqlite3
import time

import pytest

from ..live import Editor, Machine
from ..patience import within

SLUG = "iontophoresis"
PAGE, BANGLA = f"/en/treatments/{SLUG}/", f"/bn/treatments/{SLUG}/"
UNREAD = "/bn/disclaimer/"
LISTS = ("/en/treatments/", "/en/", "/sitemap.xml")
EVERY = (PAGE, BANGLA, *LISTS)


@pytest.fixture(scope="module")
def machine(django_db_setup, tmp_path_factory, running):
    machine = Machine(tmp_path_factory.mktemp("site"))
    machine.prepare()
    running.append(machine)
    machine.start()
    return machine


@pytest.fixture(scope="module")
def edit(machine, running):
    editor = Editor(machine)
    running.append(editor)
    return editor


def all_say(machine, path, *, has="", lacks="", status=200):
    for answer in machine.get_many(path):
        assert answer.status == status, path
        assert has in answer.text, path
        assert not lacks or lacks not in answer.text, path


@pytest.mark.parametrize("round", range(4))
def test_no_worker_serves_the_page_of_before(machine, edit, round):
    for path in EVERY:
        machine.get_many(path)

    number = f"+88017000000{round:02}"
    edit("new_phone", number)
    all_say(machine, PAGE, has=number)
    all_say(machine, BANGLA, has=number)

    title = f"Iontophoresis for sweating (in the clinic) {'klmn'[round]}"
    edit("new_title", SLUG, title)
    all_say(machine, PAGE, has=title)
    all_say(machine, "/en/treatments/", has=title)

    edit("withdrawn_by_command" if round % 2 else "withdrawn", SLUG)
    all_say(machine, PAGE, status=404)
    all_say(machine, BANGLA, status=404)
    for path in LISTS:
        all_say(machine, path, lacks=PAGE)

    edit("published_by_command", SLUG)
    all_say(machine, PAGE, has=title)
    for path in LISTS:
        all_say(machine, path, has=PAGE)


def test_a_change_made_by_hand_is_seen_within_a_second(machine):
    """Past this program: with SQLite's own tool, say."""
    for number in ("+8801755555551", "+8801755555552"):
        machine.get_many(PAGE)
        database = sqlite3.connect(machine.folder / "db.sqlite3")
        database.execute("UPDATE treatments_clinic SET phones = ?", [number])
        database.commit()
        database.close()
        within(1.5, lambda number=number: number in machine.get(PAGE).text)
        all_say(machine, PAGE, has=number)


def test_a_day_at_the_end_of_the_calendar_stops_nothing(machine, edit):
    edit("closed_on", ["9999-12-31"])
    all_say(machine, PAGE)
    edit("withdrawn", SLUG)
    all_say(machine, PAGE, status=404)
    machine.stop()
    machine.start()
    all_say(machine, PAGE, status=404)
    edit("closed_on", [])
    edit("published_by_command", SLUG)
    all_say(machine, PAGE)


def test_a_scheduled_end_comes_by_itself(machine, edit):
    for path in EVERY:
        machine.get_many(path)
    end = edit("ending", SLUG, 1.5)
    assert machine.get(PAGE).status == 200 or time.time() >= end
    within(10, lambda: time.time() >= end)
    all_say(machine, PAGE, status=404)
    all_say(machine, "/en/treatments/", lacks=PAGE)
    edit("published_by_command", SLUG)
    all_say(machine, PAGE)


def test_stored_pages_outlive_the_database_file_and_a_restart(machine, edit):
    edit("new_phone", "+8801711111111")
    for path in EVERY:
        all_say(machine, path)
    database = machine.folder / "db.sqlite3"
    away = database.rename(machine.folder / "away.sqlite3")
    all_say(machine, PAGE, has="+8801711111111")
    machine.stop()
    machine.start()
    for path in EVERY:
        all_say(machine, path)
    told = machine.get(UNREAD)
    assert told.status == 503 and "tel:+8801711111111" in told.text
    assert not database.exists()
    away.rename(database)
    within(30, lambda: machine.get(UNREAD).status == 200)
    edit("new_phone", "+8801722222222")
    all_say(machine, PAGE, has="+8801722222222")
