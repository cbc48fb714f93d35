"""What everybody asks first, and what a page answers: in numbers of the plan and in written words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..language.digits import range_in
from ..models import Answer
from .content import Edition, EditionItem
from .places import Place

# What is said of each number of the plan, under its question.
_NUMBERS = {
    "visit_minutes": ("visit", gettext_lazy("<b>%(n)s</b> minutes.")),
    "current_minutes": ("visit", gettext_lazy("The current runs for <b>%(n)s</b> minutes.")),
    "sessions_a_week": ("course", gettext_lazy("At first <b>%(n)s</b> times a week.")),
    "course_sessions": (
        "course",
        gettext_lazy("The first course usually has <b>%(n)s</b> sessions in all."),
    ),
    "maintenance_weeks": (
        "course",
        gettext_lazy("Later, to keep the result, once every <b>%(n)s</b> weeks."),
    ),
}


@dataclass(frozen=True)
class ShownAnswer:
    """One of the first questions. `sentences` are HTML, by the place of the number in them."""

    about: str
    sentences: Mapping[Place, str]
    items: Sequence[EditionItem]

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
        sentences = dict(_sentences(edition, about))
        items = [item for item in edition.items("answers") if item.about == about]
        if sentences or items or edition.items(has_a_list.get(about, "")):
            shown.append(ShownAnswer(about, sentences, items))
    return shown


def _sentences(edition: Edition, about: str) -> Iterator[tuple[Place, str]]:
    for name, (question, words) in _NUMBERS.items():
        if question == about and name in edition.plan:
            limits = edition.plan[name]
            if name == "maintenance_weeks" and limits[1] == 1:
                words = _("Later, to keep the result, once a week.")
            yield Place("plan", name), words % {"n": range_in(edition.language, *limits)}
    if about == "works" and edition.result_lasts:
        words = _("The result lasts: <b>%(words)s</b>.") % {"words": escape(edition.result_lasts)}
        yield Place("result_lasts", "result_lasts"), words
