"""What the treatment template is given. One place for the public page and the admin's preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .document import Document, Edition, in_language
from .models import BodyArea, Clinic
from .sections import PAGE, Section


@dataclass(frozen=True)
class Link:
    slug: str
    title: str


@dataclass(frozen=True)
class Shown:
    """A section that this treatment has something to say in."""

    section: Section

    @property
    def key(self) -> str:
        return self.section.key

    @property
    def heading(self):
        return self.section.heading

    @property
    def template(self) -> str:
        return f"treatments/sections/_{self.section.key}.html"


def context(
    document: Document,
    language: str,
    *,
    slug: str,
    clinic: Clinic,
    published_at: datetime | None,
    previous: Link | None = None,
    following: Link | None = None,
) -> Mapping[str, object]:
    edition = in_language(document, language)
    areas = {area.key: area for area in BodyArea.objects.all()} if edition.body_areas else {}
    return {
        "slug": slug,
        "edition": edition,
        "prose": edition.prose,
        "plan": edition.plan,
        "sections": [Shown(section) for section in PAGE if _says_something(section, edition)],
        "body_areas": [
            getattr(area, f"name_{language}")
            for key, area in areas.items()
            if key in edition.body_areas
        ],
        "clinic": clinic,
        "published_at": published_at,
        "previous": previous,
        "following": following,
    }


def _says_something(section: Section, edition: Edition) -> bool:
    if section.model:
        return bool(edition.items(section.key))
    return bool(edition.prose[section.key]) or (section.key == "how_often" and bool(edition.plan))
