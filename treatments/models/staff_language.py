"""The language in which somebody reads the admin: what is stored is the same in either."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .publication import LANGUAGE_CHOICES


class StaffLanguage(models.Model):
    """What one person has chosen; without a row, the browser says."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)

    class Meta:
        default_permissions = ()
        verbose_name = _("language of the admin")
        verbose_name_plural = _("languages of the admin")

    def __str__(self):
        return self.get_language_display()
