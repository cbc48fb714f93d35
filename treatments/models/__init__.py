from .clinic import PLACEHOLDER, WEEKDAYS, BodyArea, Clinic, ClinicChange, Term
from .helpful import Helpful
from .items import (
    AftercareTip,
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
from .old_address import OldAddress
from .opened import Opened
from .page_change import PageChange
from .photos import Photo, Picture
from .publication import LANGUAGE_CHOICES, LoadedContent, Publication, Review, Snapshot, Waiver
from .treatment import LANGUAGES, PLAN, Treatment, TreatmentProse

__all__ = [
    "LANGUAGES",
    "LANGUAGE_CHOICES",
    "PLACEHOLDER",
    "PLAN",
    "WEEKDAYS",
    "AftercareTip",
    "Benefit",
    "BodyArea",
    "Clinic",
    "ClinicChange",
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
    "Review",
    "SideEffect",
    "Snapshot",
    "Source",
    "Term",
    "Treatment",
    "TreatmentProse",
    "Waiver",
]
