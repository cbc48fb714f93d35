"""The explicit list of a treatment page's sections, in the order patients read them.

Everything generic over sections is generic over this list: the document, the admin, the checks,
the page.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import models


@dataclass(frozen=True)
class Section:
    key: str  # its name in the document, in addresses (#key), in findings; _KEY.html shows it
    heading: str | Promise
    model: type[models.Item]
    safety: bool = False  # nothing in it may be missing or differ between the languages
    within: str = ""  # the section whose heading it stands under, with a smaller one of its own
    folded: bool = False  # behind its heading, at the end: theory, studies, sources

    @property
    def is_running_text(self) -> bool:
        """Whether its items are paragraphs, each of which may go on where the one before ended."""
        return issubclass(self.model, models.Paragraph)


SECTIONS = (
    Section("answers", _("In short"), models.Answer, safety=True),
    Section("contraindications", _("Who must not have it"), models.Contraindication, safety=True),
    Section("help_signs", _("Danger signs"), models.HelpSign, safety=True),
    Section("what_it_is", _("What it is"), models.WhatItIs),
    Section("photos", _("Photos"), models.Photo),
    Section("who_it_helps", _("Who it is for"), models.Indication, within="what_it_is"),
    Section("results", _("Results"), models.Results),
    Section("benefits", _("Benefits"), models.Benefit, within="results"),
    Section("preparation", _("Before you come"), models.Preparation, safety=True),
    Section("procedure", _("What happens"), models.ProcedureStep, safety=True),
    Section("how_often", _("How often"), models.HowOften),
    Section("aftercare", _("Aftercare"), models.AftercareTip, safety=True),
    Section("side_effects", _("Side effects"), models.SideEffect, safety=True),
    Section("other_options", _("Other options compared"), models.OtherOption),
    Section("questions", _("Questions"), models.Question),
    Section("cost", _("Cost"), models.Cost),
    Section("how_it_works", _("How it works"), models.HowItWorks, folded=True),
    Section("evidence", _("What studies have found"), models.EvidenceClaim, folded=True),
    Section("sources", _("Sources"), models.Source, folded=True),
)

BY_KEY = {section.key: section for section in SECTIONS}
# Whose items rest on a source, with the typed field that names it.
SOURCED = tuple(
    (section, name)
    for section in SECTIONS
    for name in ("origin", "source")
    if name in section.model.typed
)

RUNNING_TEXT = tuple(section.key for section in SECTIONS if section.is_running_text)

# The fields with a life per language, and what they are called in findings and in the admin.
PROSE = {
    "title": _("Title"),
    "summary": _("Summary"),
    "search_description": _("Text for search engines"),
    "translated_by": _("Translated by"),
}
