"""Reading the admin's forms in tests, as a browser would send them."""

from html.parser import HTMLParser

from django.urls import reverse


class _Fields(HTMLParser):
    """Reads one form, and makes no tree of the page that it stands on."""

    def __init__(self, html: str, form_id: str | None):
        super().__init__()
        self.form_id, self.inside, self.found = form_id, False, False
        self.data: dict[str, str | list[str]] = {}
        self.open = ""  # the name of the textarea or select that is open
        self.text: list[str] = []
        self.options: list[tuple[bool, str]] = []
        self.feed(html)
        self.close()
        assert self.found, f"no form {form_id!r}"

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = not self.found and values.get("id") == self.form_id
            self.found = self.found or self.inside
        elif not self.inside:
            return
        elif tag == "input":
            self._input(values)
        elif tag in ("textarea", "select"):
            self.open, self.text, self.options = values.get("name", ""), [], []
        elif tag == "option":
            self.options.append(("selected" in values, values.get("value", "")))

    def _input(self, values: dict[str, str]) -> None:
        kind = values.get("type")
        ticked = kind in ("checkbox", "radio")
        if kind in ("submit", "button", "file") or (ticked and "checked" not in values):
            return
        self._add(values.get("name", ""), values.get("value", "on" if ticked else ""))

    def handle_data(self, data):
        if self.open:
            self.text.append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.inside:
            self._add(self.open, "".join(self.text).removeprefix("\n"))
            self.open = ""
        elif tag == "select" and self.inside:
            chosen = [value for selected, value in self.options if selected]
            self._add(self.open, [*chosen, *(value for _, value in self.options), ""][0])
            self.open = ""

    def _add(self, name: str, value: str) -> None:
        if not name:
            return
        if name in self.data:
            earlier = self.data[name]
            value = [*(earlier if isinstance(earlier, list) else [earlier]), value]
        self.data[name] = value


def form_data(html: bytes | str, form_id: str | None) -> dict[str, str | list[str]]:
    """Every field of a form with the value it shows; None for the first form without an id."""
    if isinstance(html, bytes):
        html = html.decode()  # as the header says; a guess from the letters can be wrong
    return _Fields(html, form_id).data


def page_of(treatment) -> str:
    """The address of a treatment's change page."""
    return reverse("admin:treatments_treatment_change", args=[treatment.pk])
