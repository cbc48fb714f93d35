"""A later release's words, offered to a clinic; and staff's answers to the offer."""

import json
import shutil
from io import StringIO

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from treatments.document.rows import from_rows
from treatments.document.sections import BY_KEY
from treatments.models import LANGUAGES, ShippedWords, Treatment
from treatments.publishing.snapshots import save_snapshot

from ..admin_forms import form_data
from ..conftest import FIXTURES
from ..pages import soup, words

SLUG = "iontophoresis"
EVERYTHING, CHOSEN, DECLINE = "_everything", "_chosen", "_keep"
NEW = {"en": "You have had a new danger.", "bn": "আপনার নতুন বিপদ হয়েছে।"}
CHANGED = {"en": "Words of the release.", "bn": "নতুন সংস্করণের কথা।"}
OURS = {"en": "Words of the clinic.", "bn": "ক্লিনিকের নিজের কথা।"}


class Release:
    """The shipped files as a later release brings them: a folder with a changed copy of one.

    The other treatments, which every release brings as they are, only where a test is about them.
    """

    def __init__(self, folder):
        shutil.copytree(FIXTURES / "site", folder / "site")
        self.folder, self.file = folder, folder / f"{SLUG}.json"
        shutil.copy(FIXTURES / self.file.name, folder)
        self.plain = json.loads(self.file.read_text("utf-8"))

    def brings_the_others(self):
        for path in FIXTURES.glob("*.json"):
            if path.name != self.file.name:
                shutil.copy(path, self.folder)

    def items(self, section) -> list[dict]:
        return self.plain["sections"][section]

    def says(self, section, number, texts=CHANGED, field="text", **values) -> str:
        item = self.items(section)[number]
        item |= values | {field: dict(texts)}
        return item["uid"]

    def add(self, section, number, uid, texts=NEW, **values):
        item = {"uid": uid, "text": dict(texts)} | values
        if section == "contraindications":
            item = {"level": "must_not", "question": dict(texts)} | item
        self.items(section).insert(number, item)

    def ship(self) -> str:
        """Updates the site to it; returns what the command says."""
        self.file.write_text(json.dumps(self.plain, ensure_ascii=False), "utf-8")
        said = StringIO()
        call_command("load_content", self.folder, stdout=said)
        return said.getvalue()


def address(name, treatment) -> str:
    return reverse(f"admin:treatments_treatment_{name}", args=[treatment.pk])


def now_says(treatment):
    return from_rows(Treatment.objects.get(pk=treatment.pk))


def item(treatment, section, uid):
    return next((each for each in now_says(treatment).items(section) if each.uid == uid), None)


def texts(treatment, section, uid, field="text") -> dict:
    return vars(item(treatment, section, uid).pairs[field])


def uids(treatment, section) -> list[str]:
    return [each.uid for each in now_says(treatment).items(section)]


def clinic_says(treatment, section, number, by=None, **fields):
    """The clinic changes an item and saves."""
    uid = uids(treatment, section)[number]
    row = BY_KEY[section].model.objects.get(treatment=treatment, uid=uid)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    save_snapshot(treatment, now=timezone.now(), by=by)
    return uid


def in_rows(texts, field="text") -> dict:
    return {f"{field}_{code}": texts[code] for code in LANGUAGES}


def offer_page(client, treatment):
    response = client.get(address("shipped", treatment))
    assert response.status_code == 200
    return soup(response)


def form_with(page, button) -> dict:
    """What a browser would send of the form that this button stands in."""
    pressed = page.find(attrs={"name": button})
    form = BeautifulSoup(str(pressed.find_parent("form")), "html.parser").form
    form["id"] = "form"
    return form_data(str(form), "form") | {button: pressed["value"]}


def answer(page, legend, label) -> dict:
    """The choice of a radio button by its words, in the group that has such words in its legend."""
    (group,) = [each for each in page.find_all("fieldset") if legend in each.legend.get_text()]
    (button,) = [each for each in group.find_all("label") if label in each.get_text()]
    return {button.input["name"]: button.input["value"]}


def press(client, treatment, button, page=None, choices=None):
    page = page or offer_page(client, treatment)
    data = form_with(page, button) | (choices or {})
    return client.post(address("shipped", treatment), data)


def pressed(client, *arguments, **choices) -> str:
    """Presses, and returns what is said then."""
    response = press(client, *arguments, **choices)
    return words(soup(response if response.status_code == 200 else client.get("/admin/")))


def is_offered(treatment) -> bool:
    return ShippedWords.objects.exclude(offered="").filter(treatment=treatment).exists()
