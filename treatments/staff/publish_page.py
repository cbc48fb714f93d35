"""The publish page: what will be different for patients, read, confirmed, let stand, published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, override

from ..checks import ASK, can_be_waived
from ..document.json_form import load_stored
from ..document.passages import passages
from ..language.active import in_active_digits
from ..language.text import has_words, normalise
from ..models import LANGUAGE_NAMES, LANGUAGES, Snapshot, Treatment
from ..publishing.comparison import Comparison, compare
from ..publishing.confirmations import PUBLISH, REVIEW, WRITE
from ..publishing.preflight import check_draft, check_publication
from ..publishing.publish import Alternative, Refused, publish
from ..publishing.snapshots import newest_snapshot
from ..publishing.waivers import waive
from .differences import Groups, describe_differences, describe_stops
from .findings import describe_findings
from .publication import (
    NotAMoment,
    chosen_languages,
    day_in_words,
    log,
    moment_from_form,
    page_context,
    redirect_to_treatment,
    require_permission,
    tell_published,
)
from .status import LanguageStatus

NAMES_A_FINDING = ("check", "section", "item", "field", "about")

# --- What it is about -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """What the publish page is about: which languages go live or are withdrawn, and when."""

    languages: tuple[str, ...]
    withdrawing: tuple[str, ...]
    at: datetime | None  # None is now
    fields: tuple[tuple[str, str], ...]  # as a form or an address says it

    @property
    def query(self) -> str:
        return urlencode(self.fields)

    def compare(self, snapshot: Snapshot, now: datetime) -> Comparison:
        at = self.at or now
        return compare(snapshot, self.languages, at=at, withdrawing=self.withdrawing)


def choice_in(sent: QueryDict, snapshot: Snapshot, now: datetime) -> Choice:
    """The choice that a form or an address makes; without one, all that anybody has begun, now.

    Raises NotAMoment.
    """
    return _choice(sent, snapshot, moment_from_form(sent, now))


def choice_or_none(sent: QueryDict, snapshot: Snapshot) -> Choice | None:
    try:
        return choice_in(sent, snapshot, timezone.now())
    except NotAMoment:  # it has passed meanwhile
        return None


def _choice(sent: QueryDict, snapshot: Snapshot, at: datetime | None) -> Choice:
    prose = load_stored(snapshot.document).prose
    languages = (
        chosen_languages(sent, "languages")
        or [code for code in LANGUAGES if prose[code]]
        or LANGUAGES
    )
    withdrawing = [code for code in chosen_languages(sent, "withdraw") if code not in languages]
    fields = [("languages", code) for code in languages]
    fields += [("withdraw", code) for code in withdrawing]
    if at:
        fields += [(name, sent[name]) for name in ("when", "date", "time")]
    return Choice(tuple(languages), tuple(withdrawing), at, tuple(fields))


def redirect_to_publish(treatment: Treatment, choice: Choice | None = None) -> HttpResponseRedirect:
    """To the next thing to do on the publish page."""
    page = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    return HttpResponseRedirect(f"{page}?{choice.query}#next" if choice else f"{page}#next")


# --- The page -------------------------------------------------------------------------------------


def require_any_right(request: HttpRequest) -> None:
    """Whoever may only look at treatments has nothing to do on the publish page."""
    if not any(request.user.has_perm(right) for right in (PUBLISH, REVIEW, WRITE)):
        raise PermissionDenied


def publish_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """What will be different for patients: to be read, confirmed, let stand, and published.

    Everybody who may do one of these finds it here; the buttons are those of their rights.
    """
    require_any_right(request)
    try:
        snapshot = newest_snapshot(treatment)
    except Snapshot.DoesNotExist:
        messages.error(request, _("Save the treatment first."))
        return redirect_to_treatment(treatment)
    said: dict = {}
    if request.method == "POST":
        if "show" not in request.POST:
            require_permission(request, PUBLISH)
        try:
            return _shown_or_published(request, snapshot)
        except (NotAMoment, NotShown) as error:
            said = {"error": str(error)}
        except Refused as refusal:
            said = {"refused": _refusal(refusal, request.POST)}
    return publish_page(model_admin, request, snapshot, said)


def publish_page(
    model_admin, request: HttpRequest, snapshot: Snapshot, said: Mapping[str, Any]
) -> TemplateResponse:
    """The page for what the request chooses; `said` has what went wrong, for the template."""
    treatment, now = snapshot.treatment, timezone.now()
    sent = request.POST if request.method == "POST" else request.GET
    may_publish = request.user.has_perm(PUBLISH)
    title = _("Publish") if may_publish else _("Read and confirm")
    context = page_context(model_admin, request, treatment, title)
    try:
        choice = choice_in(sent, snapshot, now)
    except NotAMoment as error:
        choice = _choice(sent, snapshot, None)
        context["error"] = str(error)
    context |= {
        "snapshot": snapshot,
        "choice": choice,
        "typed": sent,
        "is_nav_sidebar_enabled": False,  # two languages stand side by side
        **what_differs(request.user, snapshot, choice, now),
        **said,
    }
    context["live_sentence"] = _what_patients_read(context["states"], treatment)
    for entry in (entry for stop in context["stops"] for entry in stop.findings):
        if all(sent.get(name) == getattr(entry["finding"], name) for name in NAMES_A_FINDING):
            entry["reason"] = sent.get("reason", "")
    return TemplateResponse(request, "staff/treatment/publish.html", context)


def what_differs(user, snapshot: Snapshot, choice: Choice, now: datetime) -> dict:
    """For a template: what will be different for patients, and what the checks say about it."""
    treatment = snapshot.treatment
    comparison = choice.compare(snapshot, now)
    checked = check_publication(
        snapshot, choice.languages, at=choice.at or now, withdrawing=choice.withdrawing
    )
    findings = list(dict.fromkeys(finding for each in checked for finding in each.findings))
    blocking = {finding for each in checked for finding in each.blocking}
    waivers = {
        finding: row
        for each in checked
        for finding, row in each.waivers.items()
        if finding not in blocking
    }
    described = describe_findings(findings, treatment, waivers)
    groups = describe_differences(comparison, snapshot, user, described)
    there = [passage for each in checked for passage in passages(*each.editions.values())]
    stops = describe_stops([entry for entry in described if entry["blocking"]], there)
    next_step = (
        groups.next_key or (groups.rest_open and "rest") or (stops and "stop-1") or "publish"
    )
    return {
        "comparison": comparison,
        "groups": groups,
        "counts": _counts(groups),
        "next_step": next_step,
        "stops": stops,
        "others": [
            entry
            for entry in described
            if not entry["blocking"] and (entry["waiver"] or entry["finding"].level != ASK)
        ],
        "number_done": groups.number_done,
        "number_of_all": groups.number_of_all + len(stops),
    }


def _counts(groups: Groups) -> list[str]:
    """What stands in each card."""
    counts = (
        (
            groups.losses,
            ngettext_lazy("%d taken away or put otherwise", "%d taken away or put otherwise"),
        ),
        (groups.order, ngettext_lazy("%d in another order", "%d in another order")),
        (groups.safety, ngettext_lazy("%d in safety lists", "%d in safety lists")),
        (groups.rest, ngettext_lazy("%d other", "%d others")),
        (groups.confirmed, ngettext_lazy("%d already confirmed", "%d already confirmed")),
    )
    return [in_active_digits(words % len(those)) for those, words in counts if those]


def _what_patients_read(states: Iterable[LanguageStatus], treatment: Treatment) -> str:
    """Which pages they read until now, by the day from which they were live."""
    live = {state.name: day_in_words(state.live.live_from) for state in states if state.live}
    days = {*live.values()}
    if not days and treatment.publications.filter(live_from__lte=timezone.now()).exists():
        return _(
            "Patients cannot open this page now. This is what will be different from what they "
            "read last."
        )
    if not days:
        return _("Patients cannot open this page yet. This is what they will read.")
    if len(days) == 1 and len(live) == len(LANGUAGES):
        return _("Patients read the page of %(when)s. This is what will be different for them.") % {
            "when": days.pop()
        }
    pages = _(" and ").join(
        _("the %(language)s page of %(when)s") % {"language": name, "when": when}
        for name, when in live.items()
    )
    return _("Patients read %(pages)s. This is what will be different for them.") % {"pages": pages}


# --- Publishing -----------------------------------------------------------------------------------


class NotShown(Exception):
    """What was to be published is not what the page showed; the text says so."""


def _shown_or_published(request: HttpRequest, snapshot: Snapshot) -> HttpResponse:
    """Shows the page for another choice, or publishes what the form says.

    Raises NotAMoment, NotShown and Refused.
    """
    treatment, sent, now = snapshot.treatment, request.POST, timezone.now()
    choice = choice_in(sent, snapshot, now)
    if "show" in sent:
        return redirect_to_publish(treatment, choice)
    if not chosen_languages(sent, "languages"):
        raise NotShown(_("Choose at least one language."))
    if sent.get("snapshot", "") != str(snapshot.pk):
        raise NotShown(
            _(
                "Somebody saved this treatment since you opened this page. Nothing was published. "
                "This page now shows the newest version: look again before you publish."
            )
        )
    if sent.get("seen", "") != choice.compare(snapshot, now).seen:
        raise NotShown(_otherwise(sent.get("shown", "") != choice.query))
    done = publish(
        snapshot,
        choice.languages,
        now=now,
        by=request.user,
        withdrawing=choice.withdrawing,
        at=choice.at,
    )
    tell_published(request, treatment, done, choice.withdrawing, choice.at)
    return redirect_to_treatment(treatment)


def _otherwise(chosen_anew: bool) -> str:
    if chosen_anew:
        return _(
            "You chose other languages or another time, and then something else will be different "
            "for patients. Nothing was published yet. Read it below, then publish."
        )
    return _(
        "What will be different for patients is not what this page showed you. Nothing was "
        "published. Look at it again, then publish."
    )


def _refusal(refusal: Refused, sent: QueryDict) -> dict:
    """Why nothing was published, for a template, beside what stops publishing."""
    return {
        "unconfirmed": len(refusal.unconfirmed),
        "ways": [_way(way, sent) for way in refusal.alternatives],
    }


def _way(way: Alternative, sent: QueryDict) -> dict:
    """Another choice, to be looked at first."""
    if way.withdraw:
        label = _("Publish %(publish)s and withdraw %(withdraw)s") % {
            "publish": LANGUAGE_NAMES[way.publish[0]],
            "withdraw": LANGUAGE_NAMES[way.withdraw[0]],
        }
    else:
        label = _("Publish both languages together")
    fields = [("languages", code) for code in way.publish]
    fields += [("withdraw", code) for code in way.withdraw]
    if sent.get("when") == "later":
        fields += [(name, sent.get(name, "")) for name in ("when", "date", "time")]
    return {"query": urlencode(fields), "label": label}


# --- Letting a finding stand ----------------------------------------------------------------------


def waive_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    """Lets one finding stand, with a written reason. POST only; a GET leads back."""
    require_permission(request, REVIEW)
    if request.method != "POST":
        return redirect_to_publish(treatment)
    snapshot = newest_snapshot(treatment)
    with override(settings.LANGUAGE_CODE):  # its words are kept, whoever reads them
        matching = [
            finding
            for finding in check_draft(snapshot).findings
            if all(request.POST.get(name) == getattr(finding, name) for name in NAMES_A_FINDING)
        ]
    reason = normalise(request.POST.get("reason", ""))
    error = ""
    if not matching:
        error = _("This finding is not there any more. Nothing was changed.")
    elif not can_be_waived(matching[0]):
        error = _(
            "This finding cannot be let stand: something is missing on the page, or differs "
            "where both languages must be the same. Put it right instead. Nothing was changed."
        )
    elif not has_words(reason):
        error = _("Write down why this may stand. Nothing was changed.")
    else:
        try:
            waive(snapshot, matching[0], reason=reason, now=timezone.now(), by=request.user)
        except ValidationError as refusal:
            error = " ".join([*refusal.messages, _("Nothing was changed.")])
    if error:
        return publish_page(model_admin, request, snapshot, {"error": error})
    messages.success(request, _("The finding may stand for as long as these words do not change."))
    log(
        request,
        treatment,
        f"Waived {matching[0].check} at {matching[0].section}/{matching[0].item}",
    )
    return redirect_to_publish(treatment, choice_or_none(request.POST, snapshot))
