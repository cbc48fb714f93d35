"""Mails that a page sends: beside its answer, which takes as long whether there is one or not.

Whoever sends one, a page, a command or what tells of failures: that it failed is noted.
"""

import json
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.utils import timezone

from ..page_cache.invalidation import write_atomically

FAILED = settings.VAR_DIR / "mail_failed.json"  # when, and of which kind; gone with the next sent

_beside = ThreadPoolExecutor(1, thread_name_prefix="mail")


def send_beside(mail: EmailMessage) -> None:
    """Returns at once. What could not be sent stands in the log, without its address."""
    _beside.submit(_send, mail)


def _send(mail: EmailMessage) -> None:
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        logging.getLogger(__name__).error("a mail was not sent (%s)", type(error).__name__)


class NotingBackend(smtp.EmailBackend):
    """Sends by SMTP, and notes for the System page whether that went well."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        try:
            sent = super().send_messages(email_messages)
        except Exception as error:
            noted = {"at": timezone.now().isoformat(), "error": type(error).__name__}
            with suppress(OSError):
                write_atomically(FAILED, json.dumps(noted).encode())
            raise
        with suppress(OSError):
            FAILED.unlink(missing_ok=True)
        return sent
