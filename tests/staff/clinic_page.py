"""The clinic's page as staff open it: a block is filled in by its labels and sent."""

from datetime import date

import pytest

from treatments.models import Clinic, ClinicChange

from ..conftest import LANDLINE, MOBILE
from ..pages import labelled, press, soup, squeezed

PAGE = "/admin/treatments/clinic/1/change/"
TREATMENT = "/{}/treatments/iontophoresis/"
SAVE = "Save: patients see it at once"
TODAY = date(2026, 11, 20)
THREE_OPENINGS = [
    {"weekday": "sat", "opens": "08:00", "closes": "10:00"},
    {"weekday": "sat", "opens": "11:00", "closes": "13:30"},
    {"weekday": "sat", "opens": "17:00", "closes": "20:00"},
    {"weekday": "thu", "opens": "10:00", "closes": "13:00"},
]


def opened(staff, block: str, query: str = ""):
    return soup(staff.get(f"{PAGE}{block}/{query}"))


def saved(staff, block: str, values: dict, button: str = SAVE):
    """Opens a block, fills it in by its labels and presses a button; the answer."""
    return press(staff, opened(staff, block), button, values)


def accepted(staff, block: str, values: dict) -> None:
    response = saved(staff, block, values)
    assert response.status_code == 302, said(soup(response), block)


def said(page, block: str) -> str:
    """What is written in a block, without what it is called."""
    return squeezed(page.find(id=block))


def value_of(page, label: str) -> str:
    field = labelled(page, label)
    return (
        field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
    )


def stored() -> dict:
    """Every column, the pairs by language."""
    clinic = Clinic.objects.get()
    names = {field.attname for field in Clinic._meta.concrete_fields} - set(Clinic.pairs)
    return {name: getattr(clinic, name) for name in names}


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def clinic(site) -> Clinic:
    """One with every detail filled in, and more openings a day than usual."""
    clinic = Clinic.objects.get()
    clinic.name_en, clinic.name_bn = "Example Skin Clinic", "উদাহরণ ক্লিনিক"
    clinic.about_en, clinic.about_bn = "<p>A clinic.</p>", "<p>একটি ক্লিনিক।</p>"
    clinic.address_en, clinic.address_bn = "House 1\nDhaka", "বাড়ি ১\nঢাকা"
    clinic.phones, clinic.whatsapp = f"{MOBILE}\n{LANDLINE}\n12345", MOBILE
    clinic.map_link = "https://example.org/map"
    clinic.hours, clinic.closed_days = THREE_OPENINGS, ["2026-12-16", "2026-12-25"]
    clinic.emergency_number = "999"
    clinic.full_clean()
    clinic.save()
    ClinicChange.objects.all().delete()
    return clinic
