"""What search engines and shared links are told: titles, descriptions, structured data as dicts."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from ..clinic.phones import dialable
from ..models import Clinic, Review
from .fixed_pages import Page

TITLE_LENGTH = 70  # what a search engine shows of a title


_DAYS = {
    "sat": "Saturday",
    "sun": "Sunday",
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
}


def full_title(title: str, clinic: Clinic | None) -> str:
    """A page's title, with the clinic's name where it is filled in and there is room for it."""
    name = clinic.name if clinic and not clinic.is_placeholder else ""
    whole = f"{title} | {name}" if name else str(title)
    return whole if len(whole) <= TITLE_LENGTH else str(title)


def _page(kind: str, *, url: str, name: str, description: str, language: str) -> dict:
    return {
        "@type": kind,
        "@id": url,
        "url": url,
        "name": str(name),
        "description": str(description),
        "inLanguage": language,
    }


def _trail(public_url: str, steps: Iterable[tuple[str, str]]) -> dict:
    """Breadcrumbs from (name, path) pairs."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": str(name), "item": public_url + path}
            for place, (name, path) in enumerate(steps, 1)
        ],
    }


def _graph(*things: Mapping | None) -> dict:
    return {"@context": "https://schema.org", "@graph": [thing for thing in things if thing]}


def clinic_data(clinic: Clinic, public_url: str) -> dict | None:
    """The clinic, with the facts that are filled in and no others; None while it has no name."""
    if clinic.is_placeholder or not clinic.name:
        return None
    data = {
        "@type": "MedicalClinic",
        "@id": f"{public_url}/#clinic",
        "name": clinic.name,
        "url": f"{public_url}/",
    }
    if clinic.address:
        data["address"] = ", ".join(normalize_newlines(clinic.address).split("\n"))
    if clinic.phone_list:
        data["telephone"] = dialable(clinic.phone_list[0])
    if clinic.map_link:
        data["hasMap"] = clinic.map_link
    if clinic.hours:
        data["openingHoursSpecification"] = _opening_hours(clinic.hours)
    return data


def _opening_hours(hours: Iterable[Mapping[str, str]]) -> list[dict]:
    """Each pair of times with its days. What closes before it opens ends on the next day, there too.

    Day and night is written 00:00 to 23:59, since equal times would mean closed.
    """
    days: dict[tuple[str, str], list[str]] = {}
    for entry in hours:
        times = entry["opens"], entry["closes"]
        days.setdefault(("00:00", "23:59") if times[0] == times[1] else times, []).append(
            _DAYS[entry["weekday"]]
        )
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": named, "opens": opens, "closes": closes}
        for (opens, closes), named in days.items()
    ]


def fixed_page(
    page: Page, *, public_url: str, path: str, home: str, language: str, clinic: Clinic
) -> dict:
    """Structured data of a page whose words are in the templates."""
    about = page.name in ("home", "about")
    whole = _page(
        page.kind,
        url=public_url + path,
        name=page.title,
        description=page.description,
        language=language,
    )
    trail = None
    if page.name != "home":
        trail = _trail(public_url, [(_("Home"), home), (page.title, path)])
    return _graph(whole, trail, clinic_data(clinic, public_url) if about else None)


def treatment_page(
    prose: Mapping[str, str],
    *,
    public_url: str,
    path: str,
    home: str,
    treatments: str,
    language: str,
    clinic: Clinic,
    published_at: datetime | None,
    review: Review | None,
) -> dict:
    """Structured data of a treatment's page: `lastReviewed` only where these words were."""
    whole = _page(
        "MedicalWebPage",
        url=public_url + path,
        name=prose["title"],
        description=prose["search_description"] or prose["summary"] or prose["title"],
        language=language,
    )
    whole["about"] = {"@type": "MedicalTherapy", "name": prose["title"]}
    if prose["search_description"]:  # else the summary has been said
        whole["about"]["description"] = prose["summary"]
    whole["audience"] = {"@type": "Patient"}
    if published_at:
        whole["dateModified"] = timezone.localtime(published_at).date().isoformat()
    if review:
        whole["lastReviewed"] = review.reviewed_on.isoformat()
        whole["reviewedBy"] = {"@type": "Person", "name": review.reviewer}
    steps = [(_("Home"), home), (_("Treatments"), treatments), (prose["title"], path)]
    return _graph(whole, _trail(public_url, steps), clinic_data(clinic, public_url))
