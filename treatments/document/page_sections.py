"""A treatment's sections as its page and its leaflet show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..models import Answer
from .content import Edition, EditionItem
from .sections import PAGE, Section


@dataclass(frozen=True)
class PageSection:
    """A section that this treatment has something to say in."""

    section: Section
    edition: Edition
    is_within: bool = False  # under the heading of the section before

    @property
    def key(self) -> str:
        return self.section.key

    @property
    def heading(self):
        return self.section.heading

    @property
    def template(self) -> str:
        return f"public/sections/_{self.section.key}.html"

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


@dataclass(frozen=True)
class ShownAnswer:
    """One of the questions that everybody asks first, and what this treatment answers."""

    about: str
    items: Sequence[EditionItem]

    @property
    def question(self) -> str:
        return Answer.About(self.about).label


def answers(edition: Edition) -> list[ShownAnswer]:
    """Those that somebody has written, or that the plan or a list of this treatment answers."""
    plan = edition.plan
    answered = {
        "may_have_it": edition.items("contraindications"),
        "visit": plan.keys() & {"visit_minutes", "current_minutes"},
        "course": plan.keys() & {"sessions_a_week", "course_sessions", "maintenance_weeks"},
        "works": edition.result_lasts,
        "help": edition.items("help_signs"),
    }
    shown = []
    for about in Answer.About.values:
        items = [item for item in edition.items("answers") if item.about == about]
        if items or answered.get(about):
            shown.append(ShownAnswer(about, items))
    return shown


def page_sections(edition: Edition) -> list[PageSection]:
    """Those that this treatment has something to say in, in the order of the page.

    The answers stand apart, above them all.
    """
    shown = {section.key: section for section in PAGE if _says_something(section, edition)}
    return [PageSection(one, edition, is_within=one.within in shown) for one in shown.values()]


def _says_something(section: Section, edition: Edition) -> bool:
    if section.key == "answers":
        return False
    return bool(edition.items(section.key) if section.model else edition.prose[section.key])
