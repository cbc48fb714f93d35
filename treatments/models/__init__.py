from .audit import Act, AuditEntry, FailedLogins
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
from .names import name_of, name_with_login
from .old_address import OldAddress
from .page_change import PageChange
from .photos import Photo, Picture, RemovedBecause
from .plan import PLAN, PLAN_LABELS, Kind, Unit
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
from .second_factor import AuthenticatorApp, Passkey, RecoveryCode
from .shipped import ShippedWords
from .sign_in import NewDevice, Session
from .staff_language import StaffLanguage
from .treatment import LANGUAGES, Treatment, TreatmentProse
from .wrong_logins import WrongLogins

__all__ = [
    "LANGUAGES",
    "LANGUAGE_CHOICES",
    "LANGUAGE_NAMES",
    "PLACEHOLDER",
    "PLAN",
    "PLAN_LABELS",
    "Act",
    "AftercareTip",
    "Answer",
    "AuditEntry",
    "AuthenticatorApp",
    "Authorship",
    "Benefit",
    "BodyArea",
    "Clinic",
    "ClinicChange",
    "Confirmation",
    "Contraindication",
    "Cost",
    "EvidenceClaim",
    "FailedLogins",
    "HelpSign",
    "Helpful",
    "HowItWorks",
    "HowOften",
    "Indication",
    "Item",
    "Kind",
    "LoadedContent",
    "NewDevice",
    "OldAddress",
    "OtherOption",
    "PageChange",
    "Paragraph",
    "Passkey",
    "Photo",
    "Picture",
    "Preparation",
    "ProcedureStep",
    "Publication",
    "Question",
    "RecoveryCode",
    "RemovedBecause",
    "Results",
    "Review",
    "ReviewerMail",
    "Session",
    "ShippedWords",
    "SideEffect",
    "Snapshot",
    "Source",
    "StaffLanguage",
    "Term",
    "Treatment",
    "TreatmentProse",
    "Unit",
    "Waiver",
    "WhatItIs",
    "WrongLogins",
    "name_of",
    "name_with_login",
]
