"""What has changed is on every page that shows it from the next request on."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.utils import timezone

from treatments.models import Publication, Treatment, triggers
from treatments.page_cache import invalidation
from treatments.page_cache.page import compressed_answer
from treatments.page_cache.store import Pages
from treatments.publishing import slugs
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import newest_snapshot

from ..publishing.reading import publish_as_read
from .asking import (
    BANGLA,
    LIST,
    OTHER,
    PAGE,
    ask,
    new_phone,
    new_phone_in_sql,
    new_phone_without_a_signal,
    publish_anew,
    unreachable,
)

# What may be written without a patient's page showing it.
NOT_SHOWN = {
    "LoadedContent",
    "ClinicChange",
    "Helpful",
    "ReviewerMail",
    "StaffLanguage",
    "Session",
    "NewDevice",
    "Passkey",
    "AuthenticatorApp",
    "RecoveryCode",
    "OldAddress",  # written with its treatment; and what leads on is never stored
    "PageChange",
    "BodyArea",  # a document holds the names that its page shows
    "Term",
    "Publication_pictures",  # written with its publication
    "Waiver",
    "Authorship",
    "Confirmation",
    "WrongLogins",
    "FailedLogins",
    "AuditEntry",
    "Publication_waivers",
    "ShippedWords",
    "TreatmentProse",
    "Treatment_body_areas",
    *(
        model.__name__
        for model in apps.get_app_config("treatments").get_models()
        if hasattr(model, "uid")  # a draft's list items
    ),
}


def test_new_words_are_there_for_the_next_reader(store, committed):
    assert b"Iontophoresis to sweat less (at the clinic)" not in ask(store, PAGE).body
    with committed():
        publish_anew("iontophoresis", title="Iontophoresis to sweat less (at the clinic)")
    for path in (PAGE, LIST, "/en/", OTHER.replace("-for-medicine", "-at-home")):
        assert b"Iontophoresis to sweat less (at the clinic)" in ask(store, path).body, path


def test_a_withdrawn_page_is_gone_for_the_next_reader(store, committed, iontophoresis):
    ask(store, PAGE)
    with committed():
        withdraw(iontophoresis, ["en"], now=timezone.now())
    assert ask(store, PAGE).status == 404
    assert PAGE.encode() not in ask(store, LIST).body
    assert PAGE.encode() not in ask(store, "/sitemap.xml").body
    assert f'hreflang="en" href="{PAGE}"'.encode() not in ask(store, BANGLA).body


def test_a_page_that_was_missing_is_there_once_it_is_published(store, committed, iontophoresis):
    with committed():
        withdraw(iontophoresis, ["en", "bn"], now=timezone.now())
    assert ask(store, PAGE).status == ask(store, PAGE).status == 404
    with committed():
        publish_as_read(newest_snapshot(iontophoresis), ["en", "bn"], now=timezone.now())
    assert ask(store, PAGE).status == 200


@pytest.mark.parametrize("change", [new_phone, new_phone_without_a_signal, new_phone_in_sql])
@pytest.mark.parametrize("path", [PAGE, BANGLA, "/bn/about/"])
def test_the_clinics_new_number_is_on_every_page(store, committed, change, path):
    assert b"+8801700000001" not in ask(store, path).body
    with committed():
        change()
    assert b"+8801700000001" in ask(store, path).body


def test_a_new_order_shows_at_once(store, committed):
    slugs = list(Treatment.objects.order_by("position").values_list("slug", flat=True))
    places = [ask(store, LIST).body.index(f'/treatments/{slug}/"'.encode()) for slug in slugs]
    assert places == sorted(places)
    with committed():
        for position, slug in enumerate(reversed(slugs)):
            Treatment.objects.filter(slug=slug).update(position=position)
    places = [ask(store, LIST).body.index(f'/treatments/{slug}/"'.encode()) for slug in slugs]
    assert places == sorted(places, reverse=True)


def test_a_deleted_treatment_is_gone(store, committed, iontophoresis):
    ask(store, PAGE)
    with committed():
        iontophoresis.delete()
    assert ask(store, PAGE).status == 404


def test_saving_a_draft_touches_no_page(store, committed, iontophoresis):
    ask(store, PAGE), ask(store, LIST)
    with committed():
        iontophoresis.save()
        iontophoresis.translations.update(title="Not published")
    store.django = unreachable
    assert ask(store, PAGE).status == ask(store, LIST).status == 200


def test_publishing_one_treatment_leaves_the_pages_that_do_not_show_it(store, committed):
    far = Treatment.objects.order_by("position")[2].slug
    ask(store, f"/en/treatments/{far}/")
    with committed():
        publish_anew(Treatment.objects.order_by("position")[0].slug, title="The first one")
    store.django = unreachable
    assert ask(store, f"/en/treatments/{far}/").status == 200


def test_a_change_that_is_taken_back_was_none(store, committed):
    ask(store, PAGE)
    with committed():
        try:
            with transaction.atomic():
                new_phone()
                raise RuntimeError
        except RuntimeError:
            pass
    store.django = unreachable
    assert ask(store, PAGE).status == 200


def test_a_change_after_one_that_was_taken_back_counts(store, committed):
    ask(store, PAGE)
    with committed():
        with transaction.atomic():
            new_phone()
            transaction.set_rollback(True)
        new_phone()
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_page_that_changes_while_it_is_made_is_not_kept(store, committed):
    django = WSGIHandler()

    def slow(environ, start_response):
        body = django(environ, start_response)
        with committed():
            new_phone()
        return body

    store.django = slow
    assert b"+8801700000001" not in ask(store, PAGE).body
    store.django = django
    assert b"+8801700000001" in ask(store, PAGE).body


def test_a_page_ends_by_itself_at_the_next_scheduled_change(store, committed, site):
    end = timezone.now() + timedelta(days=1)
    with committed():
        Publication.objects.filter(language="en").update(live_until=end)
    ask(store, PAGE)
    page, known = store._read(PAGE), invalidation.ledger_if_trusted()
    assert page.holds(known, end.timestamp() - 1)
    assert not page.holds(known, end.timestamp())
    answer = compressed_answer(page, "br")
    assert answer.holds(known, end.timestamp() - 1)
    assert not answer.holds(known, end.timestamp())


def test_a_view_may_say_when_its_page_ends(machine):
    def django(environ, start_response):
        start_response(
            "200 OK", [("Content-Type", "text/html"), ("Expires", "Sun, 01 Jan 2120 00:00:00 GMT")]
        )
        return [b"page"]

    store = Pages(django)
    assert "Expires" not in ask(store, "/en/").headers
    assert store._read("/en/").until == 4733510400


def test_a_changed_address_is_right_on_every_stored_page_from_the_next_request_on(store, committed):
    everywhere = (PAGE, BANGLA, OTHER, LIST, "/bn/treatments/", "/sitemap.xml", "/en/")
    new = "/en/treatments/sweating-hands/"
    assert [ask(store, path).status for path in (*everywhere, new)] == [200] * 7 + [404]
    with committed():
        slugs.change_slug(
            Treatment.objects.get(slug="iontophoresis"), "sweating-hands", now=timezone.now()
        )
    for _time in range(2):
        gone = ask(store, PAGE)
        assert (gone.status, gone.headers["Location"]) == (301, new)
        assert ask(store, BANGLA).status == 301
        assert ask(store, new).status == 200
        for path in (LIST, "/bn/treatments/", "/sitemap.xml", "/en/"):
            body = ask(store, path).body
            assert b"/treatments/sweating-hands/" in body
            assert b"/treatments/iontophoresis/" not in body
    with committed():
        slugs.change_slug(
            Treatment.objects.get(slug="sweating-hands"), "iontophoresis", now=timezone.now()
        )
    assert ask(store, PAGE).status == 200
    assert ask(store, new).headers["Location"] == PAGE


def test_every_model_is_either_shown_or_not():
    """A new model: does a patient's page read it? Then it belongs in triggers.WATCHED."""
    shown = {watched.model.__name__ for watched in triggers.WATCHED}
    every = apps.get_app_config("treatments").get_models(include_auto_created=True)
    assert {model.__name__ for model in every} == shown | NOT_SHOWN
    assert not shown & NOT_SHOWN
