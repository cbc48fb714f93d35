"""What the treatment template is given. One place for the public page and the admin's preview."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Value
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .document import Document, Edition, in_language
from .explained import words_of
from .models import BodyArea, Clinic, Publication, Term
from .numbers import digits_in
from .sections import BY_KEY, PAGE, PROSE, Section


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
    frozen_as: str = "",
    publication: Publication | None = None,
    previous: Link | None = None,
    following: Link | None = None,
) -> Mapping[str, object]:
    """`frozen_as` names the document by its content: its frozen sections are rendered only once."""
    edition = in_language(document, language)
    areas, terms = _vocabulary(language)
    return {
        "slug": slug,
        "edition": edition,
        "frozen_as": frozen_as,
        "prose": edition.prose,
        "plan": edition.plan,
        "sections": [Shown(section) for section in PAGE if _says_something(section, edition)],
        "body_areas": [name for key, name in areas if key in edition.body_areas],
        "words": words_of(terms, language),
        "clinic": clinic,
        "published_at": publication.live_from if publication else None,
        "review": publication.review if publication else None,
        "review_words": review_words(publication),
        "previous": previous,
        "following": following,
    }


def _vocabulary(language: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """All body areas as keys and names, and the glossary as terms and explanations; one query."""
    written = "bangla" if language == "bn" else "english"
    explanation = f"explanation_{language}"
    # Plain querysets: those of modeltranslation take their columns in no certain order.
    terms = QuerySet(Term).order_by().exclude(**{explanation: ""})
    rows = QuerySet(BodyArea).order_by().values_list("key", f"name_{language}", "position")
    rows = rows.union(terms.values_list(written, explanation, Value(-1)), all=True)
    found = sorted(rows, key=lambda row: row[2])
    areas = [(key, name) for key, name, position in found if position >= 0]
    return areas, [(term, meaning) for term, meaning, position in found if position < 0]


def review_words(publication: Publication | None) -> str:
    """Whether a clinician has read these words, in a sentence in the active language.

    The publication comes with its reviews; a preview has none.
    """
    review = publication.review if publication else None
    if review:
        return _(
            "Last reviewed on %(day)s by %(who)s, %(qualification)s. Next review due: %(due)s."
        ) % {
            "day": day_in_words(review.reviewed_on),
            "who": review.reviewer,
            "qualification": review.qualification,
            "due": day_in_words(review.next_due),
        }
    earlier = publication.earlier_review if publication else None
    if earlier:
        return _(
            "A clinician reviewed an earlier version on %(day)s. Changed since then: %(parts)s."
        ) % {
            "day": day_in_words(earlier.reviewed_on),
            "parts": ", ".join(map(_part_name, publication.changed_since_review)),
        }
    return _("Not yet reviewed by a clinician")


def _part_name(key: str) -> str:
    if key in BY_KEY:
        return str(BY_KEY[key].heading)
    return str(PROSE.get(key) or _("Key facts"))


def day_in_words(day: date) -> str:
    return digits_in(get_language(), date_format(day, "DATE_FORMAT"))


def _says_something(section: Section, edition: Edition) -> bool:
    if section.model:
        return bool(edition.items(section.key))
    return bool(edition.prose[section.key]) or (section.key == "how_often" and bool(edition.plan))
