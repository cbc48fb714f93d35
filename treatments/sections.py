"""The explicit list of item sections. Everything generic over sections is generic over this list."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import models


@dataclass(frozen=True)
class Section:
    key: str  # its name in the document, in addresses (#key) and in findings
    model: type[models.Item]
    heading: str | Promise
    safety: bool = False  # nothing in it may be missing or differ between the languages


SECTIONS = (
    Section("who_it_helps", models.Indication, _("Who it helps")),
    Section("benefits", models.Benefit, _("Benefits")),
    Section(
        "contraindications", models.Contraindication, _("Who should not have it"), safety=True
    ),
    Section("preparation", models.Preparation, _("Before you come"), safety=True),
    Section("procedure", models.ProcedureStep, _("What happens"), safety=True),
    Section("aftercare", models.AftercareTip, _("Aftercare"), safety=True),
    Section("side_effects", models.SideEffect, _("Side effects"), safety=True),
    Section("help_signs", models.HelpSign, _("When to get help"), safety=True),
    Section("questions", models.Question, _("Questions")),
    Section("other_options", models.OtherOption, _("Other options")),
    Section("evidence", models.EvidenceClaim, _("Evidence")),
    Section("sources", models.Source, _("Sources")),
)

BY_KEY = {section.key: section for section in SECTIONS}

# Prose fields, with the headings they have on the page and in findings.
PROSE = {
    "title": _("Title"),
    "summary": _("Summary"),
    "what_it_is": _("What it is"),
    "how_it_works": _("How it works"),
    "how_often": _("How often"),
    "results": _("Results"),
    "cost": _("Cost"),
    "search_description": _("Text for search engines"),
    "translated_by": _("Translated by"),
}
