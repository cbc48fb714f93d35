"""Several machines on one PostgreSQL: each hears of a change, and outlives the database."""

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from treatments.page_cache.invalidation import LEASE

from .. import postgresql
from ..live import Editor, Machine
from ..patience import within
from .test_never_stale import EVERY, PAGE, UNREAD, all_say


@pytest.fixture(scope="module")
def two_machines(django_db_setup, tmp_path_factory, running):
    # Beside pytest's own folder, which only its user may enter: the server runs as another one.
    server = postgresql.start(settings.VAR_DIR / "two-machines")
    running.append(server)
    machines = [Machine(tmp_path_factory.mktemp(name), server.get_uri()) for name in "ab"]
    machines[0].prepare()
    for machine in machines:
        running.append(machine)
        machine.start()
    return server, *machines


def test_another_machine_hears_of_a_change(two_machines, running):
    _server, here, there = two_machines
    edit = Editor(here)
    running.append(edit)
    for number in ("+8801733333331", "+8801733333332", "+8801733333333"):
        all_say(there, PAGE)
        edit("new_phone", number)
        all_say(here, PAGE, has=number)
        within(1, lambda number=number: number in there.get(PAGE).text)
        all_say(there, PAGE, has=number)


def test_a_change_made_by_hand_is_seen_on_every_machine(two_machines):
    server, *machines = two_machines
    for machine in machines:
        all_say(machine, PAGE)
    server.psql("UPDATE treatments_clinic SET phones = '+8801766666666'")
    for machine in machines:
        within(1.5, lambda machine=machine: "+8801766666666" in machine.get(PAGE).text)


@contextmanager
def paused(server):
    """Its processes stand still: they keep their connections, are connected to, and say nothing."""
    first = server.get_pid()
    others = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    processes = [first, *map(int, others)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def test_a_database_that_says_nothing_is_one_that_is_away(two_machines):
    server, here, _there = two_machines
    for path in EVERY:
        all_say(here, path)
    with paused(server):
        forgotten = time.time() + LEASE  # by then nothing is trusted that was known before
        while time.time() < forgotten:
            assert here.get("/bn/about/").status == 503
        for path in (*EVERY, "/healthz"):
            all_say(here, path)
    within(30, lambda: here.get("/bn/about/").status == 200)


def test_stored_pages_outlive_the_database_server(two_machines, running):
    server, here, there = two_machines
    for path in EVERY:
        all_say(here, path)
    server.stop()
    all_say(here, PAGE)
    here.stop()
    here.start()
    for path in EVERY:
        all_say(here, path)
    assert here.get(UNREAD).status == 503
    server.start()
    within(30, lambda: here.get(UNREAD).status == 200)
    edit = Editor(here)
    running.append(edit)
    edit("new_phone", "+8801744444444")
    all_say(here, PAGE, has="+8801744444444")
    within(30, lambda: "+8801744444444" in there.get(PAGE).text)
