"""What a check gets and what it gives back. No database, no request, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..document.content import Edition
from ..document.passages import Passage, passages
from ..document.places import Place
from ..models import LANGUAGES

# BLOCKING: certain, must be put right. ASK: something to look at, answered by confirming the passage.
BLOCKING, ASK, ADVICE = "blocking", "ask", "advice"
LANGUAGE_NAMES = {"en": _("English"), "bn": _("Bangla")}

Words = tuple[tuple[int, int], ...]  # where words stand in a text: (start, end), in its order


@dataclass(frozen=True)
class GlossaryTerm:
    """A row of the glossary: an English term, its accepted Bangla forms (preferred first), the
    forms to avoid, and what it means, in each language; empty where nobody need be told."""

    english: str
    bangla: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    explanation: tuple[str, str] = ("", "")  # English, Bangla

    @property
    def explanations(self) -> Mapping[str, str]:
        return dict(zip(LANGUAGES, self.explanation, strict=True))


@dataclass(frozen=True)
class Subject:
    """One treatment as it would stand before patients.

    The two editions may come from different snapshots: what is about to go live and what stays
    live. A language that is not there is None.
    """

    treatment: str  # slug
    english: Edition | None
    bangla: Edition | None
    terms: tuple[GlossaryTerm, ...] = ()
    slugs: frozenset[str] = field(default_factory=frozenset)  # treatments that may be linked to
    old_slugs: Mapping[str, str] = field(default_factory=dict)  # which lead to one of those
    # Photos that can be shown: name, and width in pixels.
    pictures: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The page in the units of both languages."""
        return passages(self.english, self.bangla)

    @property
    def editions(self) -> Mapping[str, Edition]:
        """The editions that are there, by language."""
        both = {"en": self.english, "bn": self.bangla}
        return {code: edition for code, edition in both.items() if edition is not None}


@dataclass(frozen=True)
class Finding:
    """One thing to put right, in words for staff."""

    check: str  # the check's id
    level: str  # BLOCKING, ASK or ADVICE
    treatment: str  # slug
    place: Place  # with the language whose text is to be looked at, if it is one of the two
    message: str | Promise  # what is wrong, with both snippets where there are two
    advice: str | Promise = ""  # what to do about it
    # The very words it is about, in the plain text of the place, as PairedText has it.
    english: Words = ()
    bangla: Words = ()
    # These words as they are written, in one line; what lets it stand is bound to them.
    about: str = ""
    quotes: str = ""  # both texts around them, for where the texts themselves are not shown

    @property
    def in_full(self) -> str:
        """What is wrong, with both texts."""
        return f"{self.message} {self.quotes}".strip()

    @property
    def section(self) -> str:
        return self.place.section

    @property
    def item(self) -> str:
        return self.place.item

    @property
    def field(self) -> str:
        return self.place.field

    @property
    def language(self) -> str:
        return self.place.language


class Check:
    """One rule. Subclasses say what it is called and why it matters, and yield findings."""

    id: str
    name: str | Promise
    why: str | Promise
    level: str = BLOCKING
    # Whether somebody who has read both texts may find them right all the same. Not where words
    # are simply missing, or where the two pages state what is typed only once.
    can_be_waived: bool = True

    def find(self, subject: Subject) -> Iterator[Finding]:
        raise NotImplementedError

    def finding(
        self,
        subject: Subject,
        place: Place,
        message: str | Promise,
        advice: str | Promise = "",
        language: str = "",
        level: str = "",
        english: Words = (),
        bangla: Words = (),
        about: str = "",
        quotes: str = "",
    ) -> Finding:
        return Finding(
            check=self.id,
            level=level or self.level,
            treatment=subject.treatment,
            place=replace(place, language=language),
            message=message,
            advice=advice,
            english=english,
            bangla=bangla,
            about=about.replace("\n", " "),  # a form would send another line break
            quotes=quotes,
        )
