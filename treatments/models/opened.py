"""Who has a treatment's change page open. A hint for staff: nothing depends on it."""

from django.conf import settings
from django.db import models

from .treatment import Treatment


class Opened(models.Model):
    """One window of one person, for as long as it says again and again that it is there."""

    treatment = models.ForeignKey(Treatment, on_delete=models.CASCADE, related_name="opened")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window = models.CharField(max_length=40)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["treatment", "user", "window"], name="one_row_a_window")
        ]

    def __str__(self):
        return f"{self.treatment_id}: {self.user_id}"
