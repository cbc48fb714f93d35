"""News: a feed of each language's pages."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings as site_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatments.models import LANGUAGES, Clinic, Publication, Treatment
from treatments.publishing.publish import withdraw
from treatments.publishing.slugs import change_slug
from treatments.publishing.snapshots import newest_snapshot

from ..conftest import NOW
from ..pages import PATHS, soup
from ..publishing.reading import publish_as_read
from ..strategies import lines, texts

ATOM = "{http://www.w3.org/2005/Atom}"


LIKE_MARKUP = ["a mild current for <half of 30> minutes", "x < y & z > w", "&lt;b&gt; <!-- ]]>"]


def entries(client, language: str) -> list[ElementTree.Element]:
    feed = ElementTree.fromstring(client.get(f"/{language}/feed.xml").content)
    return feed.findall(f"{ATOM}entry")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_has_an_entry_for_every_live_page(client, site, language):
    response = client.get(f"/{language}/feed.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = feed.findall(f"{ATOM}entry")
    live = {row.title: row for row in Publication.objects.filter(language=language)}
    assert {entry.findtext(f"{ATOM}title") for entry in entries} == set(live) and len(live) == 3
    for entry in entries:
        publication = live[entry.findtext(f"{ATOM}title")]
        path = f"/{language}/treatments/{publication.treatment.slug}/"
        assert entry.find(f"{ATOM}link").get("href") == site_settings.PUBLIC_URL + path
        assert entry.findtext(f"{ATOM}summary") == publication.summary
        updated = datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
        assert updated == publication.live_from.replace(microsecond=0)
        assert re.fullmatch(rf"tag:127\.0\.0\.1,\d{{4}}:{path}", entry.findtext(f"{ATOM}id"))
    for name in ("id", "title", "updated", "author/" + ATOM + "name"):
        assert feed.findtext(ATOM + name)


def test_an_entry_keeps_its_name_when_it_is_published_again_or_withdrawn(client, iontophoresis):
    def ids() -> set[str]:
        feed = ElementTree.fromstring(client.get("/en/feed.xml").content)
        return {entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")}

    before = ids()
    withdraw(iontophoresis, ["en"], now=NOW)
    assert len(ids()) == 2
    publish_as_read(newest_snapshot(iontophoresis), LANGUAGES, now=timezone.now())
    assert ids() == before


def test_an_entry_keeps_its_name_when_its_address_changes(client, iontophoresis):
    def ids(language: str) -> set[str]:
        return {entry.findtext(f"{ATOM}id") for entry in entries(client, language)}

    before = [ids(language) for language in LANGUAGES]
    change_slug(iontophoresis, "sweating-hands", now=NOW)
    assert [ids(language) for language in LANGUAGES] == before
    change_slug(Treatment.objects.get(slug="iontophoresis-at-home"), "at-home", now=NOW)
    assert [ids(language) for language in LANGUAGES] == before


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=lines.filter(bool), summary=texts | st.sampled_from(LIKE_MARKUP))
def test_whatever_is_written_reads_the_same_in_the_feed(client, site, language, title, summary):
    Publication.objects.filter(language=language).update(title=title, summary=summary)
    for entry in entries(client, language):
        assert entry.findtext(f"{ATOM}title") == title
        said = entry.find(f"{ATOM}summary")
        assert said.get("type", "text") == "text" and (said.text or "") == summary


@pytest.mark.parametrize(("language", "word"), [("en", "Clinic"), ("bn", "ক্লিনিক")])
def test_the_feed_is_by_the_clinic_and_never_by_a_placeholder(client, site, language, word):
    def author() -> str:
        feed = ElementTree.fromstring(client.get(f"/{language}/feed.xml").content)
        return feed.findtext(f"{ATOM}author/{ATOM}name")

    assert author() == word
    clinic = Clinic.the_one()
    clinic.name_en, clinic.name_bn = "Skin <and> hair", "ত্বক & চুল"
    clinic.save()
    assert author() == (clinic.name_en if language == "en" else clinic.name_bn)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_leads_to_the_feed_of_its_language(client, site, path):
    link = soup(client.get(path)).head.find("link", type="application/atom+xml")
    assert link["href"] == f"{path[:4]}feed.xml" and "alternate" in link["rel"]
