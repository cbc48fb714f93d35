"""Where people are signed in. The module is Django's SESSION_ENGINE: its sessions, with a person."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """Django's, with the person that it belongs to. What else is told of it stands in its data."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions"
    )

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self):
        return str(self.person or "")  # whoever knows its key is signed in

    @classmethod
    def get_session_store_class(cls):
        return SessionStore


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.person_id = data.get(SESSION_KEY)
        return row


class NewDevice(models.Model):
    """Somebody logged in on a device where this person had not been; to be told to her elsewhere."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="new_devices"
    )
    browser = models.CharField(max_length=40)
    system = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["at"]
        verbose_name = _("new device")
        verbose_name_plural = _("new devices")

    def __str__(self):
        return f"{self.browser}, {self.system}"
