"""In the staff's room a treatment has few items in each list: its change page is half as long."""

from copy import copy

import pytest

from treatments.document.sections import BY_KEY
from treatments.models import LANGUAGES, Authorship, ShippedWords, Snapshot, Treatment
from treatments.publishing.snapshots import newest_snapshot, save_snapshot

from ..conftest import NOW

# Of every list something is there, and every hard word is explained.
LEFT = {
    "answers": ("pain", "cost"),
    "contraindications": ("pregnancy", "heart-condition", "any-worry"),
    "who_it_helps": ("primary-hyperhidrosis", "daily-life", "without-surgery"),
    "benefits": ("safe", "no-needles", "long-term"),
    "preparation": ("consultation", "show-cuts"),
    "procedure": ("current", "feeling", "drying"),
    "evidence": ("against-sham", "palms"),
    "side_effects": ("cracked-skin", "blisters", "shock-or-burn"),
    "aftercare": ("moisturizer", "maintenance", "perfume"),
    "help_signs": ("burn-or-blister", "pain", "faint", "collapse"),
    "other_options": ("antiperspirants", "no-treatment"),
    "sources": (
        "clinic-text", "hospital-leaflets", "burns", "general-guides", "general-knowledge",
        "kim-2017", "karakoc-2002",
    ),
}  # fmt: skip


# What saving so few items wrote, by the digest of what was shipped.
_written: dict[str, tuple[Snapshot, list[dict]]] = {}


def shorten(treatment: Treatment) -> Treatment:
    """As if it had been shipped with so few items: what happens to these happens to any."""
    for section, uids in LEFT.items():
        rows = BY_KEY[section].model.objects.filter(treatment=treatment)
        assert {*uids} <= {row.uid for row in rows}
        rows.exclude(uid__in=uids).delete()
    shipped = newest_snapshot(treatment)
    if shipped.digest in _written:  # the first test had it read, checked and noted for all
        short, authors = _written[shipped.digest]
        Authorship.objects.bulk_create(Authorship(**one) for one in authors)
    else:
        before = treatment.authorships.latest("pk").pk
        short = save_snapshot(treatment, now=NOW)
        noted = treatment.authorships.filter(pk__gt=before)
        authors = list(noted.values("treatment_id", "digest", "written_at"))
        short.delete()
        _written[shipped.digest] = short, authors
    short = copy(short)
    short.pk = shipped.pk
    short.save()
    ShippedWords.objects.filter(treatment=treatment).update(document=short.document)
    return treatment


@pytest.fixture
def iontophoresis(iontophoresis) -> Treatment:
    return shorten(iontophoresis)


@pytest.fixture
def site_live(site_live) -> str:
    shorten(Treatment.objects.get(slug="iontophoresis"))
    return site_live


@pytest.fixture
def new_page(db) -> Treatment:
    """A page of which nothing is written but its title."""
    treatment = Treatment.objects.create(slug="new-page")
    for code, title in zip(LANGUAGES, ("New page", "নতুন পাতা"), strict=True):
        treatment.translations.create(language_code=code, title=title)
    save_snapshot(treatment, now=NOW)
    return treatment
