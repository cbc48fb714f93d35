"""A treatment's address: the last part of its pages' addresses, and the ones it had before."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Act, OldAddress, Treatment, audit
from ..models.treatment import slug_validator


def validate_slug(slug: str, treatment: Treatment) -> None:
    """Raises ValidationError, in words for staff, where a treatment cannot have this address."""
    slug_validator(slug)
    if len(slug) > Treatment._meta.get_field("slug").max_length:
        raise ValidationError(_("This web address is too long: at most 60 characters fit."))
    if Treatment.objects.filter(slug=slug).exclude(pk=treatment.pk).exists():
        raise ValidationError(_("Another treatment already has this web address."))
    if OldAddress.objects.filter(slug=slug).exclude(treatment=treatment.pk).exists():
        raise ValidationError(
            _("This was the web address of another treatment. Links to it still lead there.")
        )


@transaction.atomic
def change_slug(treatment: Treatment, slug: str, *, now: datetime, by=None) -> None:
    """Gives a treatment another address; the one it had leads to the new one from now on.

    An address that it had before becomes its own again. Raises ValidationError.
    """
    treatment = Treatment.objects.select_for_update().get(pk=treatment.pk)
    validate_slug(slug, treatment)
    before = treatment.slug
    if slug == before:
        return
    treatment.old_addresses.filter(slug=slug).delete()
    treatment.slug = slug
    treatment.save(update_fields=["slug"])
    if treatment.has_been_published:
        OldAddress.objects.create(slug=before, treatment=treatment, changed_at=now)
    audit.record(Act.ADDRESS_CHANGED, now=now, by=by, page=treatment)


def current_slug(slug: str) -> str | None:
    """The address that an old one leads to."""
    match = OldAddress.objects.filter(slug=slug).select_related("treatment").first()
    return match.treatment.slug if match else None


def redirects() -> dict[str, str]:
    """Every old address, and where it leads."""
    return dict(OldAddress.objects.values_list("slug", "treatment__slug"))
