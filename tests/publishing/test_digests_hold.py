"""What was bound to words by the release before still is: no digest of unchanged words changes.

tests/data/digests_0015.json.xz: the shipped documents as the release whose newest migration is 0015
stored them, with the digests that it gave them, and those of its waivers at every place.
"""

import json
import lzma

import pytest
from django.apps import apps

from treatments.document.content import editions_of
from treatments.document.json_form import load_stored, parse
from treatments.document.places import Place
from treatments.document.sections import RUNNING_TEXT
from treatments.language.rich_text import plain_text
from treatments.models import LANGUAGES, ShippedWords, Snapshot
from treatments.publishing.snapshots import save_snapshot
from treatments.publishing.waivers import digest_at

from ..conftest import NOW, ROOT
from ..migrations import migration
from ..older_form import as_in_schema_4
from .reading import publish_as_read

STORED = json.loads(lzma.decompress((ROOT / "tests/data/digests_0015.json.xz").read_bytes()))


@pytest.fixture(params=STORED, ids=lambda stored: stored["digest"][:8])
def stored(request) -> dict:
    return request.param


def test_snapshots_and_reviews_hold(stored):
    document = load_stored(stored["document"])
    assert document.json == parse(stored["document"]).json
    for code, edition in editions_of(document).items():
        assert edition.digest == stored[f"digest_{code}"]
        assert edition.medical_digest == stored[f"medical_{code}"]


@pytest.mark.parametrize(("name", "languages"), [("waivers", LANGUAGES), ("waivers_en", ["en"])])
def test_waivers_hold_at_every_place(stored, name, languages):
    editions = editions_of(load_stored(stored["document"]))
    there = {code: editions[code] if code in languages else None for code in LANGUAGES}
    assert stored[name]
    for section, item, digest in stored[name]:
        # A text that was one field then is a section now.
        place = Place(item) if item in RUNNING_TEXT else Place(section, item)
        assert digest_at(there, place) == digest, place


def test_a_draft_was_read_beside_what_is_live_of_the_other_language(iontophoresis):
    """Also of a treatment that was shipped, whose shipped words are kept too."""
    live, between, draft = ("Live.", "আছে।"), ("Between.", "মাঝে।"), ("Draft.", "খসড়া।")

    def save(english, bangla):
        iontophoresis.cost_set.all().delete()
        iontophoresis.cost_set.create(uid="paragraph-1", text_en=english, text_bn=bangla)
        return save_snapshot(iontophoresis, now=NOW)

    publish_as_read(save(*live), LANGUAGES, now=NOW)
    save(*between)
    save(*draft)
    assert ShippedWords.objects.filter(treatment=iontophoresis).exists()
    for row in (*Snapshot.objects.all(), *ShippedWords.objects.all()):
        row.document = json.dumps(as_in_schema_4(json.loads(row.document)))
        type(row).objects.filter(pk=row.pk).update(document=row.document)
    texts = migration("prose_becomes_rows")._Texts(apps, iontophoresis)
    stood = {tuple(plain_text(half) for half in pair) for pair in texts.pairs("cost")}
    assert {live, draft, between, (live[0], draft[1]), (draft[0], live[1])} <= stood
    assert (between[0], live[1]) not in stood
