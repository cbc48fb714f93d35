"""When somebody was last told by mail what waits for them: once a day is enough."""

from django.conf import settings
from django.db import models


class ReviewerMail(models.Model):
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    sent_on = models.DateField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.person_id}: {self.sent_on}"
