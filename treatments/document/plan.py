"""A document's plan: what the treatment is done with, and its amounts, in sentences of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..language.digits import range_in
from ..language.rich_text import plain_text
from ..models import PLAN, Kind, Unit


class Amount(NamedTuple):
    """A range with its unit; both ends are equal where one number is said."""

    low: int
    high: int
    unit: str


@dataclass(frozen=True)
class Plan:
    kind: str = ""  # of models.Kind
    amounts: Mapping[str, Amount] = field(default_factory=dict)  # only those that are set

    def sentence(self, name: str, language: str) -> str:
        """What the page says of an amount, as HTML.

        In the active language, which is the page's.
        """
        amount = self.amounts[name]
        return _sentence(self.kind, name, amount) % {
            "amount": _with_unit(self._manner(name), amount, language)
        }

    def in_words(self, name: str, language: str) -> str:
        """An amount with its unit, without markup, in the active language."""
        return plain_text(_with_unit(self._manner(name), self.amounts[name], language))

    def digested(self, name: str) -> list:
        """What a digest is made of: all by which the sentence of an amount may change.

        Digests are kept for years. Where an amount reads as it did before there were kinds and
        units, it is the two ends alone, as it was then.
        """
        low, high, unit = self.amounts[name]
        manner = self._manner(name)
        return [low, high] if (unit, manner) == _AT_FIRST[name] else [low, high, unit, manner]

    def all_digested(self) -> dict[str, list]:
        """Likewise of the whole plan."""
        return {AS_FIRST_NAMED[name]: self.digested(name) for name in self.amounts}

    def _manner(self, name: str) -> str:
        """What the words of an amount go by, beside its unit."""
        if name == "running":
            return self.kind
        return self.kind if name != "visit" and self.kind in WITHOUT_SESSIONS else ""


# The names by which digests, reviews and confirmations know the amounts.
AS_FIRST_NAMED = {
    "visit": "visit_minutes",
    "running": "current_minutes",
    "frequency": "sessions_a_week",
    "course": "course_sessions",
    "maintenance": "maintenance_weeks",
}
# The only unit and manner of each before there were others.
_AT_FIRST = {
    "visit": (Unit.MINUTES, ""),
    "running": (Unit.MINUTES, Kind.CURRENT),
    "frequency": (Unit.A_WEEK, ""),
    "course": (Unit.SESSIONS, ""),
    "maintenance": (Unit.WEEKS_APART, ""),
}
WITHOUT_SESSIONS = {Kind.PROCEDURE, Kind.MEDICINE}


def from_first_names(plan: Mapping[str, tuple[int, int]]) -> dict:
    """The JSON form of a plan from the time before there were kinds and units."""
    named = {name: plan[old] for name, old in AS_FIRST_NAMED.items() if old in plan}
    kind = {"kind": Kind.CURRENT.value} if "running" in named else {}
    return kind | {name: [*ends, _AT_FIRST[name][0].value] for name, ends in named.items()}


def plain_plan(plan: Plan) -> dict:
    """Its JSON form."""
    kind = {"kind": plan.kind} if plan.kind else {}
    return kind | {name: list(plan.amounts[name]) for name in PLAN if name in plan.amounts}


def plan_from(plain: Mapping) -> Plan:
    """Of its JSON form, which is trusted."""
    amounts = {name: Amount(*plain[name]) for name in PLAN if name in plain}
    return Plan(plain.get("kind", ""), amounts)


# --- In words -------------------------------------------------------------------------------------

_UNITS = {
    Unit.SECONDS: ngettext_lazy("<b>%(n)s</b> second", "<b>%(n)s</b> seconds", "most"),
    Unit.MINUTES: ngettext_lazy("<b>%(n)s</b> minute", "<b>%(n)s</b> minutes", "most"),
    Unit.HOURS: ngettext_lazy("<b>%(n)s</b> hour", "<b>%(n)s</b> hours", "most"),
    Unit.A_DAY: ngettext_lazy("<b>%(n)s</b> time a day", "<b>%(n)s</b> times a day", "most"),
    Unit.A_WEEK: ngettext_lazy("<b>%(n)s</b> time a week", "<b>%(n)s</b> times a week", "most"),
    Unit.A_MONTH: ngettext_lazy("<b>%(n)s</b> time a month", "<b>%(n)s</b> times a month", "most"),
    Unit.DAYS_APART: ngettext_lazy("once a day", "once every <b>%(n)s</b> days", "most"),
    Unit.WEEKS_APART: ngettext_lazy("once a week", "once every <b>%(n)s</b> weeks", "most"),
    Unit.MONTHS_APART: ngettext_lazy("once a month", "once every <b>%(n)s</b> months", "most"),
    Unit.SESSIONS: ngettext_lazy("<b>%(n)s</b> session", "<b>%(n)s</b> sessions", "most"),
    Unit.DAYS: ngettext_lazy("<b>%(n)s</b> day", "<b>%(n)s</b> days", "most"),
    Unit.WEEKS: ngettext_lazy("<b>%(n)s</b> week", "<b>%(n)s</b> weeks", "most"),
    Unit.MONTHS: ngettext_lazy("<b>%(n)s</b> month", "<b>%(n)s</b> months", "most"),
}
# What is counted where the treatment has no sessions.
_COUNTED = {
    Kind.PROCEDURE: ngettext_lazy("once", "<b>%(n)s</b> times", "most"),
    Kind.MEDICINE: ngettext_lazy("<b>%(n)s</b> dose", "<b>%(n)s</b> doses", "most"),
}

_RUNNING = {
    Kind.CURRENT: _("The current runs for %(amount)s."),
    Kind.LIGHT: _("The light is on for %(amount)s."),
    Kind.LASER: _("The laser is used for %(amount)s."),
    Kind.WAVES: _("The device is used for %(amount)s."),
    Kind.COLD: _("The freezing takes %(amount)s."),
    Kind.NEEDLE: _("The needling takes %(amount)s."),
    Kind.PEEL: _("It stays on for %(amount)s."),
}


def _with_unit(manner: str, amount: Amount, language: str) -> str:
    words = _UNITS[Unit(amount.unit)]
    if amount.unit == Unit.SESSIONS:
        words = _COUNTED.get(manner, words)
    return words % {"n": range_in(language, amount.low, amount.high), "most": amount.high}


def _sentence(kind: str, name: str, amount: Amount):
    if name == "visit":
        return _("%(amount)s.")
    if name == "running":
        return _RUNNING.get(kind) or _("The treatment itself takes %(amount)s.")
    if name == "frequency":
        has_phases = amount.unit == Unit.A_WEEK and kind not in WITHOUT_SESSIONS
        return _("At first %(amount)s.") if has_phases else _("Usually %(amount)s.")
    if name == "course":
        return _course(kind, amount)
    return _("Later, to keep the result, %(amount)s.")


def _course(kind: str, amount: Amount):
    if amount.unit != Unit.SESSIONS:
        if kind in WITHOUT_SESSIONS:
            return _("Usually for %(amount)s.")
        return _("The first course usually lasts %(amount)s.")
    if kind == Kind.PROCEDURE:
        return _("It is usually done %(amount)s.")
    if kind == Kind.MEDICINE:
        return _("Usually %(amount)s in all.")
    return _("The first course usually has %(amount)s in all.")
