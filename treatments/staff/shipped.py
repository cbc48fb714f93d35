"""Newer words that came with the site, beside the clinic's own: take them over, or keep ours."""

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..document.diff import ADDED, CHANGED, REMOVED
from ..document.json_form import DocumentError
from ..document.places import Place
from ..language.active import in_active_digits
from ..models import Snapshot, Treatment
from ..publishing.shipped import (
    KEEP,
    TAKE,
    Choice,
    Offer,
    OfferChanged,
    accept_uncontested,
    decide,
    offer_for,
)
from .publication import PUBLISH, log, page_context, redirect_to_treatment

ANSWER = "answer:"
PRESSED = {"_everything", "_chosen", "_keep"}  # the buttons


def shipped_view(model_admin, request: HttpRequest, treatment: Treatment) -> HttpResponse:
    if not model_admin.has_change_permission(request, treatment):
        raise PermissionDenied
    offer, error = offer_for(treatment), ""
    if offer and request.POST.keys() & PRESSED:
        answers = _answers(request, offer)
        try:
            kept = decide(
                treatment,
                answers,
                seen=request.POST.get("seen", ""),
                now=timezone.now(),
                by=request.user,
            )
            return _decided(request, treatment, offer, answers, kept)
        except OfferChanged:
            offer = offer_for(treatment)
            error = _(
                "Meanwhile this page was saved, or the site was updated once more. Nothing was "
                "changed. Look again: what you chose is still chosen where nothing is different."
            )
        except DocumentError as refusal:
            error = _("It cannot be saved as chosen: %s. Nothing was saved; choose otherwise.")
            error %= refusal
    if offer is None:
        messages.info(request, _("No new words wait for this page. Somebody has decided on them."))
        return redirect_to_treatment(treatment)
    title = _("New words that came with the site")
    context = page_context(model_admin, request, treatment, title)
    context |= {"error": error, "seen": offer.seen, **_asked(request, offer)}
    return TemplateResponse(request, "staff/treatment/shipped.html", context)


def _asked(request: HttpRequest, offer: Offer) -> dict:
    """What the template asks: where both changed an item first, with all that is new in it."""
    of_items: dict[Place, list[dict]] = {}
    for choice in offer.choices:
        entry = _entry(choice, request.POST.get(_name(choice)))
        of_items.setdefault(choice.place.whole_item, []).append(entry)
    both, new = [], []
    for entries in of_items.values():
        (both if any(entry["choice"].is_clash for entry in entries) else new).extend(entries)
    for position, entry in enumerate(new):
        entry["first"] = not position or new[position - 1]["heading"] != entry["heading"]
    kinds = [entry["kind"] for entry in (*both, *new)]
    return {
        "both": both,
        "new": new,
        "clashes": kinds.count(""),
        "counts": [
            (kinds.count(kind), words)
            for kind, words in (
                (ADDED, _("new")),
                (CHANGED, _("changed")),
                (REMOVED, _("taken away")),
            )
            if kind in kinds
        ],
        "settled": len(kinds) - kinds.count(""),
        "kept_places": offer.kept_places,
        "base_is_known": offer.base is not None,
    }


def _entry(choice: Choice, answer: str | None) -> dict:
    first = choice.questions[0]
    return {
        "choice": choice,
        "name": _name(choice),
        "chosen": answer if answer in choice.possible else KEEP if choice.is_clash else TAKE,
        "kind": "" if choice.is_clash else choice.change.kind if choice.change else CHANGED,
        "heading": first.heading,
        "label": choice.change.label if choice.change else first.label,
    }


def _name(choice: Choice) -> str:
    """The field's name. It says what is asked, so no answer is one to another question."""
    asked = [(each.key, each.opened, each.mine, each.theirs) for each in choice.questions]
    return f"{ANSWER}{choice.key}:{hashlib.sha256(repr(asked).encode()).hexdigest()[:16]}"


def _answers(request: HttpRequest, offer: Offer) -> dict[str, str]:
    if "_everything" in request.POST:
        return accept_uncontested(offer.choices)
    return {choice.key: request.POST.get(_name(choice), KEEP) for choice in offer.choices}


def _decided(
    request: HttpRequest,
    treatment: Treatment,
    offer: Offer,
    answers: dict[str, str],
    kept: Snapshot | None,
) -> HttpResponse:
    places = len(offer.choices)
    taken = sum(answers.get(choice.key, KEEP) != KEEP for choice in offer.choices)
    log(request, treatment, f"Took over {taken} of {places} newer texts that came with the site")
    if kept is None:
        text = _("Your words stay. What a later version brings new will be shown to you again.")
        messages.success(request, text)
        return redirect_to_treatment(treatment)
    text = ngettext(
        "Taken over into the draft: %d place.", "Taken over into the draft: %d places.", taken
    )
    text = f"{in_active_digits(text % taken)} " + _(
        "Nothing is live yet: publish when you have read it."
    )
    left = sum(choice.key not in answers for choice in offer.choices)
    if left:
        more = ngettext(
            "%d place that you changed too is still to be decided, below.",
            "%d places that you changed too are still to be decided, below.",
            left,
        )
        text = f"{text} {in_active_digits(more % left)}"
    before = treatment.snapshots.filter(pk__lt=kept.pk).first()
    links = [(f"{_address('compare', treatment)}?old={before.pk}&new={kept.pk}", _("What changed"))]
    if request.user.has_perm(PUBLISH):
        links.append((_address("publish", treatment), _("Publish…")))
    joined = format_html_join(" · ", '<a href="{}">{}</a>', links)
    messages.success(request, format_html("{} {}", text, joined))
    if left:
        return HttpResponseRedirect(_address("shipped", treatment))
    return redirect_to_treatment(treatment)


def _address(name: str, treatment: Treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])
