"""What the pages around publishing have in common; withdrawing, and cancelling what is planned."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..language.active import date_in_words
from ..language.digits import ascii_digits
from ..models import LANGUAGE_NAMES, LANGUAGES, Publication, Snapshot, Treatment
from ..publishing.confirmations import PUBLISH, REVIEW
from ..publishing.publish import cancel_scheduled, withdraw
from ..publishing.shipped import IS_OFFERED
from .status import LanguageStatus, status_by_language

FARTHEST = timedelta(days=36_525)  # what is planned for later is a slip of the pen


def language_statuses(treatment: Treatment, newest: Snapshot | None) -> list[LanguageStatus]:
    return list(status_by_language({treatment.pk: newest}, timezone.now())[treatment.pk].values())


def treatment_of(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> Treatment:
    treatment = get_object_or_404(Treatment.objects.annotate(is_offered=IS_OFFERED), pk=pk)
    if not model_admin.has_view_permission(request, treatment):
        raise PermissionDenied
    return treatment


def require_permission(request: HttpRequest, right: str) -> None:
    if not request.user.has_perm(right):
        raise PermissionDenied


def page_context(model_admin, request: HttpRequest, treatment: Treatment, title: str) -> dict:
    newest = treatment.snapshots.first()
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "treatment": treatment,
        "title": title,
        "states": language_statuses(treatment, newest),
        "may_publish": request.user.has_perm(PUBLISH),
        "may_write": model_admin.has_change_permission(request, treatment),
        "may_review": request.user.has_perm(REVIEW),
    }


def redirect_to_treatment(treatment: Treatment) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:treatments_treatment_change", args=[treatment.pk]))


def chosen_languages(sent: QueryDict, name: str) -> list[str]:
    return [code for code in LANGUAGES if code in sent.getlist(name)]


class NotAMoment(ValueError):
    """What was typed as date and time; its text is for staff."""


def moment_from_form(sent: QueryDict, now: datetime) -> datetime | None:
    """The moment that a form or an address asks for, in the clinic's time; None for now.

    Raises NotAMoment with a sentence.
    """
    day = ascii_digits(sent.get("date", "")).strip()
    time = ascii_digits(sent.get("time", "")).strip()
    if sent.get("when") != "later":
        if day or time:  # whoever typed a moment did not mean “now”
            raise NotAMoment(
                _(
                    "You filled in a date or a time, but “Now” is chosen. Choose “Later”, or empty both."
                )
            )
        return None
    try:
        moment = timezone.make_aware(datetime.strptime(f"{day} {time}", "%Y-%m-%d %H:%M"))
    except (ValueError, OverflowError) as error:
        raise NotAMoment(_("Fill in the date and the time at which it is to happen.")) from error
    if moment <= now:
        raise NotAMoment(_("This moment is past. Choose a later one, or “now”."))
    if moment > now + FARTHEST:
        raise NotAMoment(_("This moment is more than a hundred years away. Choose an earlier one."))
    return moment


def day_in_words(moment: datetime) -> str:
    return date_in_words(moment, "j F Y")


def moment_in_words(moment: datetime) -> str:
    return date_in_words(moment, "j F Y, H:i")


def tell_published(
    request, treatment, done: list[Publication], withdrawn: Iterable[str], at: datetime | None
) -> None:
    for publication in done:
        language = LANGUAGE_NAMES[publication.language]
        if publication.live_from > timezone.now():
            text = _("%(language)s goes live on %(when)s.") % {
                "language": language,
                "when": moment_in_words(publication.live_from),
            }
            log(request, treatment, f"Scheduled {publication.language}")
        else:
            text = _("%(language)s is live now.") % {"language": language}
            log(request, treatment, f"Published {publication.language}")
        messages.success(request, f"{text} {_what_follows(publication)}".strip())
    if not done:
        there = _("This version is there already: what is live then does not change.")
        messages.info(request, there if at else _("This version was live already."))
    for language in withdrawn:
        _tell_withdrawn(request, treatment, language, at)


def _what_follows(publication: Publication) -> str:
    """What was planned before for the moment at which a publication ends; "" if it does not."""
    until = publication.live_until
    if until is None:
        return ""
    line = publication.treatment.publications.filter(language=publication.language)
    if line.filter(live_from=until).exists():
        text = _("Other words replace it on %(when)s, as planned.")
    else:
        text = _("It will be withdrawn on %(when)s, as planned.")
    return text % {"when": moment_in_words(until)}


def _tell_withdrawn(request, treatment, language: str, at: datetime | None) -> None:
    names = {"language": LANGUAGE_NAMES[language], "when": moment_in_words(at) if at else ""}
    later = treatment.publications.filter(language=language, live_from__gt=at or timezone.now())
    if at:
        text = _("%(language)s will be withdrawn on %(when)s.") % names
    elif later:
        text = _("%(language)s is withdrawn: patients cannot open it now.") % names
    else:
        text = _("%(language)s is withdrawn: patients cannot open it any more.") % names
    if planned := later.order_by("live_from").first():
        back = _("It comes back on %(when)s, as planned.")
        text = f"{text} {back % {'when': moment_in_words(planned.live_from)}}"
    messages.success(request, text)
    log(request, treatment, f"{'Scheduled to withdraw' if at else 'Withdrew'} {language}")


def log(request: HttpRequest, treatment: Treatment, message: str) -> None:
    LogEntry.objects.log_actions(
        request.user.pk, [treatment], CHANGE, change_message=message, single_object=True
    )


def withdraw_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    require_permission(request, PUBLISH)
    context = page_context(model_admin, request, treatment, _("Withdraw"))
    context["planned"] = any(state.scheduled for state in context["states"])
    if request.method == "POST":
        now, languages = timezone.now(), chosen_languages(request.POST, "languages")
        try:
            at = moment_from_form(request.POST, now)
        except NotAMoment as error:
            context["error"] = str(error)
        else:
            if languages:
                _withdraw(request, treatment, languages, now, at)
                return redirect_to_treatment(treatment)
            context["error"] = _("Choose at least one language.")
    return TemplateResponse(request, "staff/treatment/withdraw.html", context)


def _withdraw(request, treatment, languages: list[str], now: datetime, at: datetime | None) -> None:
    line = treatment.publications.filter(language__in=languages)
    later = line.filter(live_from__gt=now, live_from__gte=at or now)
    planned = set(later.values_list("language", flat=True))
    keep = "keep_planned" in request.POST
    ended = withdraw(treatment, languages, now=now, by=request.user, at=at, keep_planned=keep)
    for language in ended:
        _tell_withdrawn(request, treatment, language, at)
    for language in planned if not keep else ():
        text = _("What was planned for %(language)s is cancelled.")
        messages.success(request, text % {"language": LANGUAGE_NAMES[language]})
        log(request, treatment, f"Cancelled the schedule of {language}")
    for language in {*languages} - {*ended} - (set() if keep else planned):
        text = _("%(language)s is not live then anyway. Nothing was changed.")
        messages.info(request, text % {"language": LANGUAGE_NAMES[language]})


def _tell_cancelled(request: HttpRequest, treatment: Treatment, languages: list[str]) -> None:
    messages.success(request, _("The schedule is cancelled."))
    for language in languages[1:]:
        text = _("%(language)s was to change with it, and is cancelled too.")
        messages.warning(request, text % {"language": LANGUAGE_NAMES[language]})
    for language in languages:
        log(request, treatment, f"Cancelled the schedule of {language}")


def cancel_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Takes back what is scheduled. POST only; a GET leads back."""
    require_permission(request, PUBLISH)
    if request.method == "POST":
        try:
            publication = treatment.publications.get(pk=int(request.POST.get("publication", "")))
            taken_back = cancel_scheduled(publication, now=timezone.now(), by=request.user)
        except (ValueError, Publication.DoesNotExist):
            messages.error(request, _("This is not scheduled any more. Nothing was changed."))
        else:
            _tell_cancelled(request, treatment, [each.language for each in taken_back])
    return redirect_to_treatment(treatment)
