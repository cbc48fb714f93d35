"""Publishing in tests that are about something else than reading both languages first."""

import re

from django.urls import reverse

from treatments.publishing.comparison import compare
from treatments.publishing.confirmations import record
from treatments.publishing.publish import publish
from treatments.publishing.snapshots import newest_snapshot

from ..pages import soup


def read_both(treatment, languages=("en", "bn"), *, now, at=None, withdrawing=()):
    """Everything that would be different for patients has been read and agreed to."""
    compared = compare(newest_snapshot(treatment), languages, at=at or now, withdrawing=withdrawing)
    record(treatment, compared.open, now=now)


def publish_as_read(snapshot, languages, *, now, by=None, withdrawing=(), at=None):
    """`publish`, after somebody has confirmed all that it asks for."""
    compared = compare(snapshot, languages, at=at or now, withdrawing=withdrawing)
    record(snapshot.treatment, compared.open, now=now)
    return publish(snapshot, languages, now=now, by=by, withdrawing=withdrawing, at=at)


# --- On the page ----------------------------------------------------------------------------------


def publish_on_page(client, treatment, **choice):
    """As a person would: chooses, confirms one thing after the other, presses “Publish”.

    `choice`: fields of the page's form, as in `languages=["en"], when="later", date=…, time=…`.
    Returns the answer to the last press.
    """
    address = reverse("admin:treatments_treatment_publish", args=[treatment.pk])
    page = soup(client.get(address))
    if choice:
        page = soup(client.post(address, sent(page, "publish", choice, show="1"), follow=True))
    while to_confirm := _next_to_confirm(page):
        page = soup(client.post(*to_confirm, follow=True))
    assert page.find("button", attrs={"form": "publish", "data-publish": True})
    return client.post(address, sent(page, "publish", choice), follow=True)


def sent(page, form_id: str, choice=None, **pressed) -> dict[str, str | list[str]]:
    """What a browser sends of a form as it stands, with other choices and the button pressed."""
    form = page.find("form", id=form_id)
    fields = [*form.find_all("input"), *page.find_all("input", form=form_id)]
    data: dict[str, list[str]] = {}
    for field in fields:
        unticked = field.get("type") in ("checkbox", "radio") and not field.has_attr("checked")
        if not (unticked or field.has_attr("disabled")):
            data.setdefault(field["name"], []).append(field.get("value", "on"))
    names = {field["name"] for field in fields}
    assert {*(choice or {})} <= names
    return data | (choice or {}) | pressed


def _next_to_confirm(page) -> tuple[str, dict] | None:
    """The address and the fields of the next button that confirms something, if there is one."""
    confirms = re.compile("/confirm/$")
    for form in page.find_all("form", action=confirms):
        buttons = page.find_all(
            "button", attrs={"name": "key", "form": form["id"], "formaction": False}
        )
        for button in buttons:
            if not button.find_parent(hidden=True):  # what is done already is hidden
                return form["action"], sent(page, form["id"], key=button["value"])
        if "key" in (together := sent(page, form["id"])):
            return form["action"], together
    return None
