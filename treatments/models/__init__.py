from .body_area import BodyArea
from .clinic import PLACEHOLDER, Clinic, ClinicChange, Term
from .confirmation import Authorship, Confirmation
from .helpful import Helpful
from .items import (
    AftercareTip,
    Answer,
    Benefit,
    Contraindication,
    EvidenceClaim,
    HelpSign,
    Indication,
    Item,
    OtherOption,
    Preparation,
    ProcedureStep,
    Question,
    SideEffect,
    Source,
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
    "EvidenceClaim",
    "HelpSign",
    "Helpful",
    "Indication",
    "Item",
    "LoadedContent",
    "OldAddress",
    "Opened",
    "OtherOption",
    "PageChange",
    "Photo",
    "Picture",
    "Preparation",
    "ProcedureStep",
    "Publication",
    "Question",
    "RemovedBecause",
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
    "WrongLogins",
    "name_of",
]
