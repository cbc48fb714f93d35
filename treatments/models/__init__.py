from .body_area import BodyArea
from .clinic import PLACEHOLDER, Clinic, ClinicChange, Term
from .confirmation import Authorship, Confirmation
from .helpful import Helpful
from .items import (
    AftercareTip,
    Answer,
    Benefit,
    Contraindication,
    Cost,
    EvidenceClaim,
    HelpSign,
    HowItWorks,
    HowOften,
    Indication,
    Item,
    OtherOption,
    Paragraph,
    Preparation,
    ProcedureStep,
    Question,
    Results,
    SideEffect,
    Source,
    WhatItIs,
)
from .names import name_of
from .old_address import OldAddress
from .opened import Opened
from .page_change import PageChange
from .photos import Photo, Picture, RemovedBecause
from .publication import (
    LANGUAGE_CHOICES,
    LANGUAGE_NAMES,
    LoadedContent,
    Publication,
    Review,
    Snapshot,
    Waiver,
)
from .reviewer_mail import ReviewerMail
from .shipped import ShippedWords
from .staff_language import StaffLanguage
from .treatment import LANGUAGES, PLAN, Treatment, TreatmentProse
from .wrong_logins import WrongLogins

__all__ = [
    "LANGUAGES",
    "LANGUAGE_CHOICES",
    "LANGUAGE_NAMES",
    "PLACEHOLDER",
    "PLAN",
    "AftercareTip",
    "Answer",
    "Authorship",
    "Benefit",
    "BodyArea",
    "Clinic",
    "ClinicChange",
    "Confirmation",
    "Contraindication",
    "Cost",
    "EvidenceClaim",
    "HelpSign",
    "Helpful",
    "HowItWorks",
    "HowOften",
    "Indication",
    "Item",
    "LoadedContent",
    "OldAddress",
    "Opened",
    "OtherOption",
    "PageChange",
    "Paragraph",
    "Photo",
    "Picture",
    "Preparation",
    "ProcedureStep",
    "Publication",
    "Question",
    "RemovedBecause",
    "Results",
    "Review",
    "ReviewerMail",
    "ShippedWords",
    "SideEffect",
    "Snapshot",
    "Source",
    "StaffLanguage",
    "Term",
    "Treatment",
    "TreatmentProse",
    "Waiver",
    "WhatItIs",
    "WrongLogins",
    "name_of",
]
