"""The explicit list of a treatment page's sections, in the order patients read them.

Everything generic over sections is generic over this list: the document, the admin, the checks,
the page. A section with a model holds items; one without is the prose field of the same name.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import models


@dataclass(frozen=True)
class Section:
    key: str  # its name in the document, in addresses (#key), in findings; _KEY.html shows it
    heading: str | Promise
    model: type[models.Item] | None = None
    safety: bool = False  # nothing in it may be missing or differ between the languages
    within: str = ""  # the section whose heading it stands under, with a smaller one of its own
    folded: bool = False  # behind its heading, at the end: theory, studies, sources


PAGE = (
    Section("answers", _("In short"), models.Answer, safety=True),
    Section("contraindications", _("Who must not have it"), models.Contraindication, safety=True),
    Section("help_signs", _("Danger signs"), models.HelpSign, safety=True),
    Section("what_it_is", _("What it is")),
    Section("photos", _("Photos"), models.Photo),
    Section("who_it_helps", _("Who it is for"), models.Indication, within="what_it_is"),
    Section("results", _("Results")),
    Section("benefits", _("Benefits"), models.Benefit, within="results"),
    Section("preparation", _("Before you come"), models.Preparation, safety=True),
    Section("procedure", _("What happens"), models.ProcedureStep, safety=True),
    Section("how_often", _("How often")),
    Section("aftercare", _("Aftercare"), models.AftercareTip, safety=True),
    Section("side_effects", _("Side effects"), models.SideEffect, safety=True),
    Section("other_options", _("Other options compared"), models.OtherOption),
    Section("questions", _("Questions"), models.Question),
    Section("cost", _("Cost")),
    Section("how_it_works", _("How it works"), folded=True),
    Section("evidence", _("What studies have found"), models.EvidenceClaim, folded=True),
    Section("sources", _("Sources"), models.Source, folded=True),
)

SECTIONS = tuple(section for section in PAGE if section.model)
BY_KEY = {section.key: section for section in SECTIONS}
# Whose items rest on a source, with the typed field that names it.
SOURCED = tuple(
    (section, name)
    for section in SECTIONS
    for name in ("origin", "source")
    if name in section.model.typed
)

# The prose fields and what they are called in findings and in the admin.
PROSE = {
    "title": _("Title"),
    "summary": _("Summary"),
    **{section.key: section.heading for section in PAGE if section.model is None},
    "search_description": _("Text for search engines"),
    "translated_by": _("Translated by"),
}

# The plan's numbers, likewise.
PLAN_LABELS = {
    "visit_minutes": _("Whole visit (minutes)"),
    "current_minutes": _("Current running (minutes)"),
    "sessions_a_week": _("First course (sessions a week)"),
    "course_sessions": _("First course (sessions in all)"),
    "maintenance_weeks": _("Maintenance (weeks between sessions)"),
}
