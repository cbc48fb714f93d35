"""Who else has the change page open, and whether somebody has saved it meanwhile.

The page asks again and again while it is visible; opening it writes nothing.
"""

import re
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..language.active import in_active_digits
from ..models import Opened, Snapshot, Treatment

GONE_AFTER = timedelta(seconds=150)  # the page speaks every 60
WINDOW = re.compile(r"[A-Za-z0-9-]{8,40}\Z")


def opened_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Answers `{"others": [sentence, …], "saved": sentence or ""}`."""
    return _heartbeat(request, model_admin, treatment)


@require_POST
def _heartbeat(request: HttpRequest, model_admin, treatment: Treatment) -> HttpResponse:
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    now, window = timezone.now(), request.POST.get("window", "")
    if WINDOW.match(window):
        _note(treatment, request.user, window, now)
    others = treatment.opened.filter(seen_at__gt=now - GONE_AFTER).exclude(
        user=request.user, window=window
    )
    first = {row.user_id: row for row in others.select_related("user").order_by("-since")}
    return JsonResponse(
        {
            "others": [_also_open(row, request.user) for row in first.values()],
            "saved": _saved_since(treatment, request),
        }
    )


@transaction.atomic
def _note(treatment: Treatment, user, window: str, now: datetime) -> None:
    rows = Opened.objects.filter(treatment=treatment)
    rows.filter(seen_at__lte=now - GONE_AFTER).delete()
    mine = rows.filter(user=user, window=window)
    if not mine.update(seen_at=now):
        Opened.objects.get_or_create(
            treatment=treatment, user=user, window=window, defaults={"since": now, "seen_at": now}
        )


def _also_open(row: Opened, user) -> str:
    values = {"who": row.user, "when": clock(row.since)}
    if row.user_id == user.pk:
        return _("Also open in another window of yours, since %(when)s.") % values
    return _("Also open: %(who)s, since %(when)s.") % values


def _saved_since(treatment: Treatment, request: HttpRequest) -> str:
    newest: Snapshot | None = treatment.snapshots.select_related("saved_by").first()
    opened = request.POST.get("opened", "")
    if newest is None or not opened or str(newest.pk) == opened:
        return ""
    return _(
        "%(who)s saved this page at %(when)s. When you save, you will be asked what to keep; "
        "nothing you type is lost."
    ) % {"who": newest.saved_by or _("Somebody"), "when": clock(newest.saved_at)}


def clock(moment: datetime) -> str:
    return in_active_digits(date_format(timezone.localtime(moment), "H:i"))
