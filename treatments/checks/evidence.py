"""Figures of studies: typed once, told in words twice."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..document.content import EditionItem
from ..document.places import Place
from ..language.active import in_active_digits
from ..language.digits import digits_in
from .base import ADVICE, BLOCKING, Check, Finding, Subject
from .reading.quantities import quantities
from .reading.quantity import SHARE, Quantity
from .snippets import cut

_SHARES = (("treated_improved", "treated_total"), ("compared_improved", "compared_total"))
_PERCENTS = (
    ("treated_improved", "treated_total", "treated_percent"),
    ("compared_improved", "compared_total", "compared_percent"),
)
_FIGURES = (
    "participants",
    "treated_improved",
    "treated_total",
    "compared_improved",
    "compared_total",
    "treated_percent",
    "compared_percent",
)


def _figures(item: EditionItem) -> dict[str, Decimal]:
    return {
        name: Decimal(item.values[name]) for name in _FIGURES if item.values.get(name) is not None
    }


def _numbers(item: EditionItem, language: str) -> list[Quantity]:
    return [
        quantity
        for name in ("statement", "measured", "caution")
        for quantity in quantities(item.texts.get(name, ""), language)
    ]


class FiguresInTexts(Check):
    id = "figures"
    name = _("A study's figures stand in its texts")
    why = _("The picture is drawn from the typed figures: the words below it must say the same.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for item in edition.items("evidence"):
                figures, told = _figures(item), _numbers(item, language)
                for name, value in figures.items():
                    if not any(value in quantity.values for quantity in told):
                        yield self._untold(subject, item, name, value, language)
                for quantity in told:
                    if _contradicts(quantity, figures):
                        yield self.finding(
                            subject,
                            Place("evidence", item.uid),
                            gettext("“%(text)s” is not what the figures of this study say.")
                            % {"text": cut(quantity.text)},
                            gettext("Compare with the study; change the text or the figures."),
                            language,
                            about=quantity.text,
                        )

    def _untold(
        self, subject: Subject, item: EditionItem, name: str, value: Decimal, language: str
    ) -> Finding:
        return self.finding(
            subject,
            Place("evidence", item.uid, name),
            gettext("The figure %(value)s stands nowhere in the texts: “%(text)s”")
            % {"value": digits_in(language, value), "text": cut(item.texts.get("statement", ""))},
            gettext("Compare with the study; change the text or the figure."),
            language,
            about=item.texts.get("statement", ""),
        )


def _contradicts(quantity: Quantity, figures: dict[str, Decimal]) -> bool:
    if quantity.form != SHARE or not any(whole in figures for _part, whole in _SHARES):
        return False
    if figures.get("participants") in quantity.values:
        return False
    return quantity.values not in [
        (figures.get(part), figures.get(whole)) for part, whole in _SHARES
    ]


class FiguresAddUp(Check):
    id = "percentages"
    name = _("A study's percentages fit its head counts")
    why = _("13 of 14 is 92.9 %; anything else is a slip of the pen.")

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for item in edition.items("evidence"):
                figures = _figures(item)
                for part, whole, percent in _PERCENTS:
                    if {part, whole, percent} <= figures.keys() and not _fits(
                        figures[part], figures[whole], figures[percent]
                    ):
                        yield self.finding(
                            subject,
                            Place("evidence", item.uid, percent),
                            gettext("%(part)s of %(whole)s is not %(percent)s %%.")
                            % {
                                "part": in_active_digits(figures[part]),
                                "whole": in_active_digits(figures[whole]),
                                "percent": in_active_digits(figures[percent]),
                            },
                            gettext("Compare the figures with the study."),
                            language,
                        )


def _fits(part: Decimal, whole: Decimal, percent: Decimal) -> bool:
    return bool(whole) and part <= whole and abs(100 * part / whole - percent) <= Decimal("0.51")


class StudiesHaveSources(Check):
    id = "source"
    name = _("A study names its source")
    why = _("A figure without a source cannot be checked by anyone.")
    can_be_waived = False

    def find(self, subject: Subject) -> Iterator[Finding]:
        for language, edition in subject.editions.items():
            for item in edition.items("evidence"):
                if item.values.get("kind") == "study" and not item.values.get("source"):
                    yield self.finding(
                        subject,
                        Place("evidence", item.uid, "source"),
                        gettext("“%(text)s” is called a study, but names no source.")
                        % {"text": cut(item.texts.get("statement", ""))},
                        gettext("Choose one of the sources, or say that it is reported elsewhere."),
                        language,
                        BLOCKING if _figures(item) else ADVICE,
                    )
