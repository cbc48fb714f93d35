"""What is live: the one way in which public pages ask for it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils import timezone

from ..document.content import Edition, in_language
from ..document.rows import document_of
from ..models import LANGUAGES, Publication


@dataclass
class Live:
    """A treatment that is live in a language."""

    publication: Publication
    languages: tuple[str, ...] = ()  # in which the same page is there

    @cached_property
    def edition(self) -> Edition:
        """Its words, without photos that were removed everywhere."""
        document = document_of(self.publication.snapshot)
        return in_language(document, self.publication.language)


class OnlyInTheOtherLanguage(Http404):
    """What was asked for is live, but not in this language."""

    address = ""  # where to lead to, if not to the same page in that language

    def __init__(self, publication: Publication):
        super().__init__(publication.title)
        self.publication = publication


def live_or_404(
    slug: str, language: str, *, only_if: Callable[[Edition], bool] | None = None
) -> Live:
    """A treatment's page in a language, or another page made of it.

    `only_if`: what its words must have for that other page to exist. Raises OnlyInTheOtherLanguage,
    or Http404 where there is no such page in either.
    """
    rows = Publication.objects.live(timezone.now()).filter(treatment__slug=slug)
    rows = rows.select_related("treatment", "snapshot", "review", "earlier_review")
    pages = [Live(row) for row in rows]
    there = {
        page.publication.language: page
        for page in pages
        if only_if is None or only_if(page.edition)
    }
    if not there:
        raise Http404
    if language not in there:
        (other,) = there.values()
        raise OnlyInTheOtherLanguage(other.publication)
    there[language].languages = tuple(code for code in LANGUAGES if code in there)
    return there[language]


def live_in(language: str) -> list[Publication]:
    """What is live in a language, in the clinic's order, without the documents."""
    return list(
        Publication.objects.live(timezone.now())
        .filter(language=language)
        .select_related("treatment")
        .order_by("treatment__position", "treatment_id")
    )


def neighbours(language: str, slug: str) -> tuple[Publication | None, Publication | None]:
    """What is live in a language before and after a treatment. One query."""
    row = live_in(language)
    here = next((place for place, one in enumerate(row) if one.treatment.slug == slug), None)
    if here is None:  # withdrawn this moment
        return None, None
    return row[here - 1] if here else None, row[here + 1] if here + 1 < len(row) else None
