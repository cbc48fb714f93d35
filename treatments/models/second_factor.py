"""What somebody shows after the password: a passkey, a code of an app, or a recovery code."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# As the log of who did what names them.
PASSKEY, AUTHENTICATOR_APP, RECOVERY_CODES = "passkey", "authenticator_app", "recovery_codes"


class Passkey(models.Model):
    """A key that a phone, computer or security key holds; here is only its public half."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys"
    )
    name = models.CharField(_("name"), max_length=60)
    credential = models.BinaryField()  # WebAuthn's attested credential data
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")

    def __str__(self):
        return self.name


class AuthenticatorApp(models.Model):
    """An app that shows another code every 30 seconds (RFC 6238)."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="authenticator_app",
    )
    secret = models.BinaryField()  # encrypted with a key that is made of the site's own
    last_step = models.BigIntegerField()  # the 30 seconds of the newest code that was taken
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def __str__(self):
        return str(self.person)


class RecoveryCode(models.Model):
    """A code on paper that is good for one login; its row goes with it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")

    def __str__(self):
        return str(self.person)
