"""Pages over several machines, restarts and damaged files."""

import shutil
import threading

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from treatments.models import Clinic, PageChange
from treatments.page_cache import invalidation
from treatments.page_cache.store import MISSING, Pages

from .asking import PAGE, ask, new_phone, unreachable


def test_another_machine_hears_of_a_change(store, machine, committed, tmp_path):
    machine("other")
    other = Pages(WSGIHandler())
    assert b"+8801700000001" not in ask(other, PAGE).body
    machine("one")
    with committed():
        new_phone()
    machine("other")
    assert b"+8801700000001" in ask(other, PAGE).body


def test_looking_again_without_a_change_touches_nothing(store):
    ask(store, PAGE)
    invalidation.sync()
    store.django = unreachable
    assert ask(store, PAGE).status == 200


def test_a_process_that_died_before_it_told_anybody_is_found_out(store):
    ask(store, PAGE)
    Clinic.objects.update(phones="+8801700000001")  # committed, and nothing after it
    connection.run_on_commit = []
    invalidation.sync()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_another_database_counts_as_changed_all_over(store, committed):
    with committed():
        new_phone()
    ask(store, PAGE)
    PageChange.objects.all().delete()
    Clinic.objects.update(phones="")
    connection.run_on_commit = []
    PageChange.objects.all().delete()
    invalidation.sync()
    assert b"+8801700000001" not in ask(store, PAGE).body


def test_pages_outlive_a_restart(store):
    body = ask(store, PAGE, accept_encoding="br").body
    assert ask(Pages(unreachable), PAGE, accept_encoding="br").body == body


def test_a_new_release_serves_none_of_the_old_ones_pages(store, monkeypatch):
    ask(store, PAGE)
    monkeypatch.setattr("treatments.page_cache.store.release_digest", lambda: "another")
    with pytest.raises(AssertionError, match="Django was asked"):
        ask(Pages(unreachable), PAGE)


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 5000])
def test_a_damaged_file_is_made_again(store, damage):
    body = ask(store, PAGE).body
    store._file(PAGE).write_bytes(damage)
    assert ask(Pages(WSGIHandler()), PAGE).body == body


def test_a_page_cut_short_is_made_again(store):
    body, file = ask(store, PAGE).body, store._file(PAGE)
    file.write_bytes(file.read_bytes()[:-1])
    assert ask(Pages(WSGIHandler()), PAGE).body == body


def test_a_ledger_that_is_lost_is_written_again(store, monkeypatch):
    body = ask(store, PAGE).body
    invalidation.LEDGER.unlink()
    assert ask(store, PAGE).body == body
    monkeypatch.setattr(invalidation, "_latest", None)  # another worker
    invalidation.reopen_stamp()
    assert ask(store, PAGE).body == body
    assert invalidation.LEDGER.exists()


def test_a_change_shows_also_after_the_folder_was_cleared(store, committed):
    ask(store, PAGE)
    shutil.rmtree(invalidation.FOLDER)
    invalidation.reopen_stamp()
    assert ask(store, PAGE).status == 200
    with committed():
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_writer_that_died_between_stamp_and_ledger_stops_nobody(store, committed):
    body, known = ask(store, PAGE).body, invalidation.ledger_if_trusted()
    invalidation._write_stamp(known.stamp + 1, 0, 0)
    assert ask(store, PAGE).body == body
    assert invalidation.ledger_if_trusted() is invalidation.ledger_if_trusted()
    with committed():
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_stamp_of_before_this_release_is_made(store, committed):
    """Its ledger had none."""
    ask(store, PAGE)
    invalidation.STAMP.unlink()
    invalidation.reopen_stamp()
    assert invalidation.ledger_if_trusted() is invalidation.ledger_if_trusted()
    with committed():
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_many_readers_at_once_cost_one_rendering(machine):
    asked, arrived = [], threading.Barrier(8)

    def django(environ, start_response):
        asked.append(environ)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page" * 50_000]

    store = Pages(django)

    def read():
        arrived.wait()
        assert ask(store, "/en/").status == 200

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(asked) == 1


def test_memory_stays_within_its_bound(machine, settings):
    settings.PAGES_MEMORY_MB = 1

    def django(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html")])
        return [environ["PATH_INFO"].encode() + bytes(range(256)) * 400]

    store = Pages(django)
    for number in range(30):
        ask(store, f"/en/page-{number}/")
        ask(store, f"/en/page-{number}/")
    assert 0 < store._memory_bytes <= 1024 * 1024
    assert ask(store, "/en/page-0/").body.startswith(b"/en/page-0/")


def test_addresses_that_are_not_there_are_remembered_only_so_many(store):
    for number in range(MISSING + 5):
        store._missing[f"/en/x{number}/", "br"] = None
    store._missing.clear()
    assert ask(store, "/en/nowhere/").status == 404
    store.django = unreachable
    assert ask(store, "/en/nowhere/").status == 404
