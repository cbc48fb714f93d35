"""What everybody asks first, and what a page answers: in numbers of the plan and in written words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from ..language.digits import range_in
from ..models import Answer
from .content import Edition, EditionItem
from .places import Place

# What is said of each number of the plan, under its question.
_NUMBERS = {
    "visit_minutes": (
        "visit",
        ngettext_lazy("<b>%(n)s</b> minute.", "<b>%(n)s</b> minutes.", "most"),
    ),
    "current_minutes": (
        "visit",
        ngettext_lazy(
            "The current runs for <b>%(n)s</b> minute.",
            "The current runs for <b>%(n)s</b> minutes.",
            "most",
        ),
    ),
    "sessions_a_week": (
        "course",
        ngettext_lazy(
            "At first <b>%(n)s</b> time a week.", "At first <b>%(n)s</b> times a week.", "most"
        ),
    ),
    "course_sessions": (
        "course",
        ngettext_lazy(
            "The first course usually has <b>%(n)s</b> session in all.",
            "The first course usually has <b>%(n)s</b> sessions in all.",
            "most",
        ),
    ),
    "maintenance_weeks": (
        "course",
        ngettext_lazy(
            "Later, to keep the result, once a week.",
            "Later, to keep the result, once every <b>%(n)s</b> weeks.",
            "most",
        ),
    ),
}


@dataclass(frozen=True)
class ShownAnswer:
    """One of the first questions: sentences, then what is written, then more sentences.

    Sentences are HTML, by the place of the number in them, or of the words.
    """

    about: str
    sentences: Mapping[Place, str]
    items: Sequence[EditionItem]
    after: Mapping[Place, str]  # whether it works is said before how long

    @property
    def question(self) -> str:
        return Answer.About(self.about).label


def answers(edition: Edition) -> list[ShownAnswer]:
    """Those that somebody has written, or that the plan or a list of this treatment answers.

    In the active language, which is the edition's.
    """
    has_a_list = {"may_have_it": "contraindications", "help": "help_signs"}
    shown = []
    for about in Answer.About.values:
        sentences = dict(_numbers(edition, about))
        items = [item for item in edition.items("answers") if item.about == about]
        after = dict(_result_lasts(edition)) if about == "works" else {}
        if sentences or items or after or edition.items(has_a_list.get(about, "")):
            shown.append(ShownAnswer(about, sentences, items, after))
    return shown


def _numbers(edition: Edition, about: str) -> Iterator[tuple[Place, str]]:
    for name, (question, words) in _NUMBERS.items():
        if question == about and name in edition.plan:
            limits = edition.plan[name]
            said = {"n": range_in(edition.language, *limits), "most": limits[1]}
            yield Place("plan", name), words % said


def _result_lasts(edition: Edition) -> Iterator[tuple[Place, str]]:
    if edition.result_lasts:
        words = _("The result lasts: <b>%(words)s</b>.") % {"words": escape(edition.result_lasts)}
        yield Place("result_lasts", "result_lasts"), words
