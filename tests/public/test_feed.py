"""News: a feed of each language's pages."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.utils import timezone

from treatments.models import LANGUAGES, Publication
from treatments.publishing.publish import withdraw
from treatments.publishing.snapshots import newest_snapshot

from ..conftest import NOW
from ..pages import PATHS, soup
from ..publishing.reading import publish_as_read

ATOM = "{http://www.w3.org/2005/Atom}"


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
        assert entry.find(f"{ATOM}link").get("href") == settings.PUBLIC_URL + path
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


@pytest.mark.parametrize("path", PATHS)
def test_every_page_leads_to_the_feed_of_its_language(client, site, path):
    link = soup(client.get(path)).head.find("link", type="application/atom+xml")
    assert link["href"] == f"{path[:4]}feed.xml" and "alternate" in link["rel"]
