"""Whatever goes wrong while learning what has changed, no old page is sent."""

import re
import time
from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DataError, OperationalError, connection
from django.utils import timezone

from treatments.models import Clinic, Treatment
from treatments.page_cache import invalidation, refresher
from treatments.page_cache.store import Pages
from treatments.publishing.publish import withdraw

from .asking import PAGE, ask, new_phone, unreachable

# By these others are reached; what they call is made to fail.
ENTRANCES = {"ledger", "sync", "_committed", "_watch", "_look", "distrust", "open_again", "_say"}
STEPS = sorted(
    name
    for name, value in vars(invalidation).items()
    if callable(value)
    and getattr(value, "__module__", "") == invalidation.__name__
    and not isinstance(value, type)
    and name not in ENTRANCES
    and not re.search("migrating|connected|notice", name)
)


@pytest.fixture
def never_an_old_page(store, committed):
    """`never_an_old_page(fails)`: a change is made while `fails()` is entered; what readers see."""

    def check(fails):
        assert b"+8801700000001" not in ask(store, PAGE).body
        with fails():
            with committed():
                new_phone()  # would raise: a save that was stored answers 500
            for _ in range(2):
                answer = ask(store, PAGE)
                assert answer.status == 200 and b"+8801700000001" in answer.body
            refresher.start(Pages(WSGIHandler()))  # would raise: a site that does not start
            assert b"+8801700000001" in ask(store, PAGE).body
        invalidation.sync()
        assert b"+8801700000001" in ask(store, PAGE).body
        store.django = unreachable
        assert b"+8801700000001" in ask(store, PAGE).body

    return check


@pytest.mark.parametrize("error", [OverflowError, OSError(28, "No space left"), DataError])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_fails_ends_the_trust(never_an_old_page, monkeypatch, step, error):
    def fail(*args, **kwargs):
        raise error

    @contextmanager
    def fails():
        with monkeypatch.context() as patch:
            patch.setattr(invalidation, step, fail)
            yield

    never_an_old_page(fails)


@pytest.mark.parametrize("name", ["open", "pwrite", "replace", "unlink"])
def test_a_disk_that_refuses_ends_the_trust(never_an_old_page, monkeypatch, name):
    def refuse(*args, **kwargs):
        raise OSError(30, "Read-only file system")

    @contextmanager
    def fails():
        with monkeypatch.context() as patch:
            patch.setattr(invalidation.os, name, refuse)
            yield

    never_an_old_page(fails)


@pytest.mark.parametrize("number", range(5))
def test_a_query_that_fails_ends_the_trust(never_an_old_page, monkeypatch, number):
    """Not for want of a database: because of what stands in it."""
    asked = []

    def refuse(execute, sql, params, many, context):
        if in_sync and sql.startswith("SELECT"):
            asked.append(sql)
            if len(asked) % 5 == number:
                raise OperationalError("no such column")
        return execute(sql, params, many, context)

    in_sync, sync = [], invalidation._sync

    def syncing(committed):
        in_sync.append(1)
        try:
            return sync(committed)
        finally:
            in_sync.pop()

    @contextmanager
    def fails():
        with monkeypatch.context() as patch, connection.execute_wrapper(refuse):
            patch.setattr(invalidation, "_sync", syncing)
            yield

    never_an_old_page(fails)
    assert len(asked) >= 5


def test_a_database_that_goes_right_after_a_change_ends_the_trust(
    store, committed, no_database, monkeypatch
):
    ask(store, PAGE)
    connection.run_on_commit = []
    new_phone()
    (_sids, told, _robust), *_ = connection.run_on_commit
    with no_database():
        told()
        assert ask(store, PAGE).status == 503
    connection.run_on_commit = []


def test_trust_runs_out_where_nobody_renews_it(store, monkeypatch):
    ask(store, PAGE)
    Clinic.objects.update(phones="+8801700000001")
    connection.run_on_commit = []  # nobody has heard of it
    soon = time.time() + invalidation.LEASE + 1
    monkeypatch.setattr(invalidation.time, "time", lambda: soon)
    assert b"+8801700000001" in ask(store, PAGE).body


@pytest.mark.parametrize("words", ["9999-12-31", "0001-01-01", "the day after tomorrow", None])
def test_a_closed_day_that_nobody_foresaw_stops_nothing(store, committed, words):
    ask(store, PAGE)
    with committed():
        Clinic.objects.update(closed_days=[words], phones="+8801700000001")
    invalidation.sync()
    refresher.start(store)
    with committed():
        withdraw(Treatment.objects.get(slug="iontophoresis"), ["en"], now=timezone.now())
    assert ask(store, PAGE).status == 404


def test_a_store_that_stumbles_leaves_the_page_to_django(store, monkeypatch):
    monkeypatch.setattr("treatments.page_cache.store.encoding_for", None)
    assert ask(store, PAGE).status == 200
