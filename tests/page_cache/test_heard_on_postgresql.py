"""Another machine hears of a change, and need not wait until it looks."""

import threading

import pytest
from django.db import connection, connections

from treatments.page_cache import refresher
from treatments.page_cache.invalidation import renew_all_pages

from .asking import new_phone, publish_anew

LONGER_THAN_ANY_TEST = 600.0  # seconds
A_WHILE = 20.0  # seconds


@pytest.fixture
def heard(transactional_db):
    """Set once another machine has heard; it listens when this test begins."""
    heard, listens = threading.Event(), threading.Event()

    def keep() -> None:
        connection.ensure_connection()
        heard_on = refresher._listen(None)
        listens.set()
        refresher._wait_for_a_change(heard_on, LONGER_THAN_ANY_TEST)
        heard.set()
        connections.close_all()

    threading.Thread(target=keep, daemon=True).start()
    assert listens.wait(A_WHILE)
    return heard


@pytest.mark.parametrize(
    "change",
    [new_phone, lambda: publish_anew("iontophoresis", title="Other words"), renew_all_pages],
    ids=["the clinic", "a publication", "every page"],
)
def test_whoever_listens_hears_of_each_change(heard, change):
    change()
    assert heard.wait(A_WHILE)
