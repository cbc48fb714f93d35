"""Who may do what: four groups, made by a migration."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ITEMS = (
    "indication", "benefit", "contraindication", "preparation", "procedurestep", "aftercaretip",
    "sideeffect", "helpsign", "question", "otheroption", "source", "evidenceclaim",
    "photo", "answer", "whatitis", "howitworks", "howoften", "results", "cost",
)  # fmt: skip
_VIEW = (
    "view_treatment", "view_treatmentprose", "view_clinic", "view_clinicchange", "view_bodyarea",
    "view_term", "view_snapshot", "view_publication", "view_review", "view_waiver",
    "view_picture",
    *(f"view_{name}" for name in _ITEMS),
)  # fmt: skip
_WRITE = (
    *_VIEW,
    "add_treatment",
    "change_treatment",
    "add_treatmentprose",
    "change_treatmentprose",
    *(f"{action}_{name}" for action in ("add", "change", "delete") for name in _ITEMS),
)

ROLES: Mapping[str, tuple[str, ...]] = {
    "Editor": _WRITE,
    "Reviewer": (*_VIEW, "review_treatment", "add_term", "change_term", "delete_term"),
    "Publisher": (*_WRITE, "publish_treatment", "change_clinic", "view_auditentry"),
    "Administrator": (
        *_WRITE, "publish_treatment", "review_treatment", "change_clinic", "delete_treatment",
        "add_term", "change_term", "delete_term", "add_bodyarea", "change_bodyarea",
        "delete_bodyarea", "add_user", "change_user", "delete_user", "view_user", "view_group",
        "view_auditentry",
    ),
}  # fmt: skip

MANAGE_LOGINS = "auth.change_user"  # what only an Administrator may

# What each role may do, in one line for whoever gives it to somebody.
ROLE_WORDS: Mapping[str, Promise] = {
    "Editor": _("Writes drafts. Nothing of it goes live before somebody else publishes it."),
    "Reviewer": _(
        "Reads and confirms texts, records reviews, lets findings stand, keeps the glossary. "
        "Writes no treatment."
    ),
    "Publisher": _(
        "Writes and confirms, publishes and withdraws, changes web addresses and the clinic’s "
        "details."
    ),
    "Administrator": _("All of this, and the logins: makes them, switches them off, gives roles."),
}


def make_groups(group_model, permission_model) -> None:
    """Creates the four groups, or gives them their rights again. Takes the two model classes."""
    for name, codenames in ROLES.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.set(permission_model.objects.filter(codename__in=codenames))
