"""What the treatment template is given. One place for the public page and the admin's preview."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .document import Document, Edition, EditionItem, in_language, without_pictures
from .models import Publication
from .numbers import digits_in
from .sections import BY_KEY, PAGE, PROSE, Section
from .site_facts import SiteFacts
from .to_confirm import Marks


@dataclass(frozen=True)
class Shown:
    """A section that this treatment has something to say in."""

    section: Section
    edition: Edition

    @property
    def key(self) -> str:
        return self.section.key

    @property
    def heading(self):
        return self.section.heading

    @property
    def template(self) -> str:
        return f"treatments/sections/_{self.section.key}.html"

    @property
    def to_confirm(self) -> bool:
        """Whether all its items are: one mark at its top then says so of all."""
        items = self.edition.items(self.key)
        return bool(items) and all(item.to_confirm for item in items)

    @property
    def items(self) -> Sequence[EditionItem]:
        """As they are to be marked: none of them where the section itself is."""
        items = self.edition.items(self.key)
        return [replace(item, to_confirm=False) for item in items] if self.to_confirm else items


def context(
    document: Document,
    language: str,
    *,
    slug: str,
    facts: SiteFacts,
    written: str = "",
    publication: Publication | None = None,
) -> Mapping[str, object]:
    """`written` is the document as it was published: a text that was rendered once is kept."""
    edition = in_language(without_pictures(document, facts.removed_pictures), language)
    previous, following = facts.neighbours(language, slug) if written else (None, None)
    return {
        "text_as": _text_name(written, language, slug, facts),
        "keep_text": None if written else 0,  # seconds; None is for good
        "slug": slug,
        "edition": edition,
        "prose": edition.prose,
        "plan": edition.plan,
        "sections": [
            Shown(section, edition) for section in PAGE if _says_something(section, edition)
        ],
        "marks": Marks(),
        "body_areas": [name for name in edition.body_areas.values() if name],
        "clinic": facts.clinic,
        "published_at": publication.live_from if publication else None,
        "review": publication.review if publication else None,
        "review_words": review_words(publication),
        "previous": previous,
        "following": following,
    }


def _text_name(written: str, language: str, slug: str, facts: SiteFacts) -> str:
    """A digest of all that the text of a published page is made of; its name in the cache."""
    name = hashlib.blake2b(written.encode(), digest_size=16)
    name.update(f"\0{language}\0{slug}\0".encode() + facts.digest)
    return name.hexdigest()


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
