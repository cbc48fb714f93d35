"""A treatment's sections as its page and its leaflet show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .content import Edition, EditionItem
from .sections import SECTIONS, Section


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


def page_sections(edition: Edition) -> list[PageSection]:
    """Those that this treatment has something to say in, in the order of the page.

    The answers stand apart, above them all.
    """
    shown = {
        section.key: section
        for section in SECTIONS
        if section.key != "answers" and edition.items(section.key)
    }
    return [PageSection(one, edition, is_within=one.within in shown) for one in shown.values()]
