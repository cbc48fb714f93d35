"""While the database is away."""

import time

import pytest
from django.core.handlers.wsgi import WSGIHandler

from treatments.page_cache.store import Pages

from .asking import PAGE, ask, new_phone


@pytest.mark.parametrize(
    ("path", "words"),
    [("/en/about/", "This page cannot be shown right now"), ("/bn/about/", "এখন দেখানো যাচ্ছে না")],
)
def test_readers_are_told_in_their_language_whom_to_call(
    store, committed, no_database, path, words
):
    with committed():
        new_phone()
    with no_database():
        answer = ask(store, path)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in answer.headers
    assert words in answer.body.decode() and "tel:+8801700000001" in answer.body.decode()


def test_an_address_that_is_not_there_is_no_other_case(store, no_database):
    with no_database():
        assert ask(store, "/en/nowhere/").status == 503


def test_stored_pages_need_no_database_even_after_a_restart(store, no_database):
    body = ask(store, PAGE).body
    with no_database():
        assert ask(store, PAGE).body == body
        assert ask(Pages(WSGIHandler()), PAGE).body == body


def test_pages_come_back_with_the_database(store, no_database, monkeypatch):
    with no_database():
        assert ask(store, "/en/about/").status == 503
    monkeypatch.setattr("treatments.page_cache.store.AWAY_SECONDS", 0)
    a_second_later = time.time() + 1
    monkeypatch.setattr("treatments.page_cache.store.time.time", lambda: a_second_later)
    assert ask(store, "/en/about/").status == 200
