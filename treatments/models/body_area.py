"""Parts of the body that treatments are for."""

import json

import regex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from ..language.letters import foreign_letters
from .publication import Snapshot
from .treatment import Treatment, slug_validator
from .written import Written

# By language, letters that its words do not have.
_FOREIGN = {"en": regex.compile(r"\p{Bengali}"), "bn": regex.compile(r"\p{Latin}")}


class BodyArea(Written):
    """A part of the body. A page shows the name that it was published with.

    One that a treatment has ever named stays: documents that were saved hold its key.
    """

    key = models.CharField(_("key"), max_length=40, unique=True, validators=[slug_validator])
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("body area")
        verbose_name_plural = _("body areas")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name or self.name_en or self.key

    def save(self, *args, **kwargs):
        """Raises ValidationError for another key, where a treatment names the one of before."""
        before = BodyArea.objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.key != self.key and before.named_by().exists():
            raise ValidationError({"key": _("This key is fixed: a treatment names the body area.")})
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        errors = {}
        for code, letters in _FOREIGN.items():
            name, column = getattr(self, f"name_{code}") or "", f"name_{code}"
            others = BodyArea.objects.exclude(pk=self.pk).filter(**{f"{column}__iexact": name})
            if letters.search(name) or foreign_letters(name)[0]:
                errors[column] = _("Write this name in the letters of its own language.")
            elif name and others.exists():
                errors[column] = _("Another body area has this name.")
        if errors:
            raise ValidationError(errors)

    def named_by(self) -> models.QuerySet[Treatment]:
        """The treatments that name it, in their draft or in any saved version."""
        entry = f'"key": {json.dumps(self.key)}'  # as a document's JSON has it, and no text in it
        saved = Snapshot.objects.filter(treatment=OuterRef("pk"), document__contains=entry)
        return Treatment.objects.filter(Q(pk__in=self.treatments.values("pk")) | Exists(saved))


@receiver(pre_delete, sender=BodyArea)
def keep_what_is_named(sender: type, instance: BodyArea, **kwargs) -> None:
    """Raises ProtectedError, for one of many too, with the treatments that name it."""
    if named_by := set(instance.named_by()):
        raise ProtectedError(f"treatments name the body area {instance.key}", named_by)
