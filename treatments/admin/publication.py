"""Publish and withdraw, each on a page of its own that says what would happen."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..document import in_language, parse
from ..models import LANGUAGE_CHOICES, LANGUAGES, Publication, Snapshot, Treatment
from ..publishing import (
    Refused,
    WayOn,
    live_publications,
    newest_snapshot,
    publish,
    standings_if_published,
    withdraw,
)
from ..quality import Finding
from ..sections import BY_KEY, PROSE

LANGUAGE_NAMES = dict(LANGUAGE_CHOICES)


@dataclass(frozen=True)
class State:
    """Where one language of a treatment stands."""

    language: str
    live: Publication | None
    draft_differs: bool

    @property
    def name(self):
        return LANGUAGE_NAMES[self.language]

    @property
    def address(self) -> str:
        return reverse("treatment", args=[self.language, self.live.treatment.slug])


def states(treatment: Treatment) -> list[State]:
    live = live_publications(treatment, timezone.now())
    newest = treatment.snapshots.first()
    draft = parse(newest.document) if newest else None
    return [
        State(
            language,
            live.get(language),
            bool(
                draft
                and language in live
                and in_language(draft, language)
                != in_language(parse(live[language].snapshot.document), language)
            ),
        )
        for language in LANGUAGES
    ]


def place(finding: Finding) -> str:
    """Where a finding is, in the words of the change page."""
    if finding.section == "prose":
        return str(PROSE.get(finding.item, finding.item))
    if finding.section in BY_KEY:
        return str(BY_KEY[finding.section].heading)
    return _("The plan in numbers")


def anchor(finding: Finding, treatment: Treatment) -> str:
    """The address of the field on the change page that a finding is about."""
    url = reverse("admin:treatments_treatment_change", args=[treatment.pk])
    if finding.section in BY_KEY:
        return f"{url}#item-{finding.section}-{finding.item}"
    if finding.section == "prose":
        return f"{url}#prose-{finding.item}-{finding.language or 'bn'}"
    return f"{url}#id_{finding.item}_min"


def described(found: list[Finding], treatment: Treatment) -> list[dict]:
    return [
        {
            "level": finding.level,
            "place": place(finding),
            "language": LANGUAGE_NAMES.get(finding.language, ""),
            "message": finding.message,
            "advice": finding.advice,
            "url": anchor(finding, treatment),
        }
        for finding in found
    ]


def _context(model_admin: admin.ModelAdmin, request: HttpRequest, treatment: Treatment) -> dict:
    return {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "treatment": treatment,
        "states": states(treatment),
    }


def _treatment(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> Treatment:
    treatment = get_object_or_404(Treatment, pk=pk)
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    return treatment


def _chosen(request: HttpRequest, name: str) -> list[str]:
    return [code for code in LANGUAGES if code in request.POST.getlist(name)]


def publish_view(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    treatment = _treatment(model_admin, request, pk)
    back = reverse("admin:treatments_treatment_change", args=[pk])
    try:
        snapshot = newest_snapshot(treatment)
    except Snapshot.DoesNotExist:
        messages.error(request, _("Save the treatment first."))
        return HttpResponseRedirect(back)
    context = _context(model_admin, request, treatment) | {
        "title": _("Publish"),
        "snapshot": snapshot,
        "chosen": LANGUAGES,
    }
    if request.method == "POST":
        seen = request.POST.get("snapshot", "")
        languages, withdrawing = _chosen(request, "languages"), _chosen(request, "withdraw")
        context["chosen"] = languages
        if seen != str(snapshot.pk):
            context["error"] = _(
                "Somebody saved this treatment since you opened this page. Nothing was published. "
                "This page now shows the newest version: look again before you publish."
            )
        elif not languages:
            context["error"] = _("Choose at least one language.")
        else:
            try:
                done = publish(
                    snapshot,
                    languages,
                    now=timezone.now(),
                    by=request.user,
                    withdrawing=withdrawing,
                )
            except Refused as refusal:
                context["refused"] = described(refusal.blocking, treatment)
                context["ways_on"] = [_way(way) for way in refusal.ways_on]
            else:
                _tell_published(request, treatment, done, withdrawing)
                return HttpResponseRedirect(back)
    if "refused" not in context:
        begun = [code for code in LANGUAGES if parse(snapshot.document).prose[code]]
        standing = standings_if_published(snapshot, begun, at=timezone.now())[0]
        context["findings"] = described(standing.findings, treatment)
    return TemplateResponse(request, "admin/treatments/treatment/publish.html", context)


def _way(way: WayOn) -> dict:
    if way.withdraw:
        label = _("Publish %(publish)s and withdraw %(withdraw)s") % {
            "publish": LANGUAGE_NAMES[way.publish[0]],
            "withdraw": LANGUAGE_NAMES[way.withdraw[0]],
        }
    else:
        label = _("Publish both languages together")
    return {"publish": way.publish, "withdraw": way.withdraw, "label": label}


def _tell_published(request, treatment, done: list[Publication], withdrawn: list[str]) -> None:
    for publication in done:
        text = _("%(language)s is live now.") % {"language": LANGUAGE_NAMES[publication.language]}
        messages.success(request, text)
        _log(request, treatment, f"Published {publication.language}")
    if not done:
        messages.info(request, _("This version was live already."))
    for language in withdrawn:
        _tell_withdrawn(request, treatment, language)


def _tell_withdrawn(request: HttpRequest, treatment: Treatment, language: str) -> None:
    text = _("%(language)s is withdrawn: patients cannot open it any more.")
    messages.success(request, text % {"language": LANGUAGE_NAMES[language]})
    _log(request, treatment, f"Withdrew {language}")


def _log(request: HttpRequest, treatment: Treatment, message: str) -> None:
    LogEntry.objects.log_actions(
        request.user.pk, [treatment], CHANGE, change_message=message, single_object=True
    )


def withdraw_view(model_admin: admin.ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    treatment = _treatment(model_admin, request, pk)
    context = _context(model_admin, request, treatment) | {"title": _("Withdraw")}
    if request.method == "POST":
        languages = _chosen(request, "languages")
        if languages:
            ended = withdraw(treatment, languages, now=timezone.now(), by=request.user)
            for language in ended:
                _tell_withdrawn(request, treatment, language)
            return HttpResponseRedirect(reverse("admin:treatments_treatment_change", args=[pk]))
        context["error"] = _("Choose at least one language.")
    return TemplateResponse(request, "admin/treatments/treatment/withdraw.html", context)
