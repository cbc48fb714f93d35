"""What readers are told of words that no doctor of this clinic has looked at yet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from .content import EditionItem


def group_by_confirmation(items: Iterable[EditionItem]) -> list[tuple[bool, list[EditionItem]]]:
    """`[(False, confirmed), (True, to confirm)]`, each in the order it had, none of them empty."""
    groups: dict[bool, list[EditionItem]] = {False: [], True: []}
    for item in items:
        groups[item.to_confirm].append(item)
    return [(to_confirm, group) for to_confirm, group in groups.items() if group]


class Marks:
    """The marks of one page or leaflet, asked for in reading order: the first is explained."""

    def __init__(self):
        self._explained = False

    def above(self) -> str:
        """Over a list, or over a whole section."""
        return self._explanation() or _("To be confirmed:")

    def beside(self) -> str:
        """With one item that stays where it is among the others."""
        return self._explanation() or self.short()

    def short(self) -> str:
        """Among the first answers, which leave the explanation to the lists that they sum up."""
        return _("to be confirmed")

    def _explanation(self) -> str:
        if self._explained:
            return ""
        self._explained = True
        return _(
            "To be confirmed: from hospital leaflets, makers’ instructions or general medical "
            "knowledge. No doctor of this clinic has looked at it yet. Until one has, keep to it."
        )
