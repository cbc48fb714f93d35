"""The change page in tests: a text is opened, filled in, saved and pressed as in a browser."""

from collections.abc import Mapping

from bs4 import Tag
from django.urls import reverse

from treatments.document.json_form import load_stored
from treatments.document.rows import from_rows
from treatments.models import Treatment
from treatments.publishing.snapshots import newest_snapshot

from .admin_forms import form_data, page_of
from .pages import soup, squeezed

NEW = "new"


def text_of(treatment, section: str, item: str) -> str:
    """The address of a text's form."""
    return reverse("admin:treatments_treatment_text", args=[treatment.pk, section, item])


class TextForm:
    """The one form of a text that a page has."""

    def __init__(self, client, page):
        [self.form] = soup(page).select("form.open")
        self.client = client
        self.says = form_data(str(self.form), self.form["id"])

    def save(self, button: str = "", *, typed: Mapping = {}, follow: bool = False, **more):
        """Fills in fields that are there, by their names, and presses; None unticks a box.

        Without a button it is the one that only saves.
        """
        typed = {**typed, **more}
        names = {field["name"] for field in self.form.select("[name]:not(button)")}
        assert typed.keys() <= names, sorted(names)
        buttons = self.form.select("button" if button else "button.main")
        [pressed] = [one for one in buttons if button in ("", squeezed(one))]
        named = {pressed["name"]: pressed["value"]} if pressed.get("name") else {}
        sent = {name: value for name, value in {**self.says, **typed}.items() if value is not None}
        return self.client.post(self.form["action"], sent | named, follow=follow)

    @property
    def errors(self) -> list[str]:
        """What is said at its fields."""
        listed = self.form.select(".errorlist li")
        return [" ".join(one.get_text(" ").split()) for one in listed]


def opened(client, treatment, section: str, item: str) -> TextForm:
    """The form of a text, on the page of its own that its link leads to."""
    page = client.get(text_of(treatment, section, item))
    assert page.status_code == 200
    return TextForm(client, page)


def saved(client, treatment, section: str, item: str, button: str = "", **typed):
    """Opens a text, types, and presses; the answer. What is kept as the draft is what the rows say."""
    answer = opened(client, treatment, section, item).save(button, **typed)
    assert load_stored(newest_snapshot(treatment).document) == now_says(treatment)
    return answer


def article(client, treatment, section: str, item: str) -> Tag:
    """A text as the change page shows it."""
    return soup(client.get(page_of(treatment))).find(id=f"text-{section}-{item}")


def pressed(client, treatment, section: str, item: str, button: str, follow: bool = False):
    """Presses a button beside a text; the answer."""
    return press_on(client, client.get(page_of(treatment)), section, item, button, follow)


def press_on(client, page, section: str, item: str, button: str, follow: bool = False):
    """The same on a page that was read before."""
    text = soup(page).find(id=f"text-{section}-{item}")
    press = next(one for one in text.find_all("button") if squeezed(one).startswith(button))
    named = {press["name"]: press["value"]} if press.get("name") else {}
    return client.post(press["formaction"], form_data(page.content, "do") | named, follow=follow)


def now_says(treatment):
    """The draft as it stands."""
    return from_rows(Treatment.objects.get(pk=treatment.pk))


def said(treatment, section: str, item: str, field: str, language: str) -> str:
    items = now_says(treatment).items(section)
    return next(one for one in items if one.uid == item).pairs[field][language]
