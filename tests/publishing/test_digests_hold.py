"""What was bound to words by the release before still is: no digest of unchanged words changes.

tests/data/digests_0015.json.xz: the shipped documents as the release whose newest migration is 0015
stored them, with the digests that it gave them, and those of its waivers at every place.
"""

import json
import lzma

import pytest

from treatments.document.content import editions_of
from treatments.document.json_form import load_stored, parse
from treatments.document.places import Place
from treatments.document.sections import RUNNING_TEXT
from treatments.models import LANGUAGES
from treatments.publishing.waivers import digest_at

from ..conftest import ROOT

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
