"""Reading pages in tests the way a reader does."""

import re
from collections.abc import Iterator, Mapping
from copy import copy

from bs4 import BeautifulSoup, NavigableString, Tag

from .admin_forms import form_data

SLUGS = ("iontophoresis", "iontophoresis-at-home", "iontophoresis-for-medicine")
PAGE = "/{}/treatments/iontophoresis/"
FIXED = ("", "treatments/", "about/", "privacy/", "disclaimer/", "accessibility/")
PATHS = [
    f"/{code}/{tail}"
    for code in ("en", "bn")
    for tail in (*FIXED, *(f"treatments/{slug}/" for slug in SLUGS))
]
SPOKEN = ("aria-label", "alt", "title")
PREVIEWED = ("og:title", "og:description", "og:image:alt")


def soup(response) -> BeautifulSoup:
    """A whole page. Its parser comes with python-docx, and is quick."""
    return BeautifulSoup(response.content.decode(), "lxml")


def words(page: Tag, without: str = "") -> str:
    """Everything a reader can see or hear of a page, but not what is marked `lang=without`."""
    texts, spoken, described = [], [], []
    for element in _perceived(page, without):
        if isinstance(element, str):
            texts.append(element)
            continue
        attributes = element.attrs
        spoken += [attributes[name] for name in SPOKEN if name in attributes]
        if element.name == "meta" and (
            attributes.get("name") == "description" or attributes.get("property") in PREVIEWED
        ):
            described.append(attributes["content"])
    return "\n".join([" ".join(texts), *spoken, *described])


def _perceived(page: Tag, without: str) -> Iterator[Tag | str]:
    """Elements and texts in turn, without what is for machines, or in the language `without`."""
    yield page
    for child in page.children:
        if type(child) is NavigableString:
            yield child
        elif isinstance(child, Tag) and child.name not in ("script", "style", "svg"):
            left_out = without and child.name != "html" and child.get("lang") == without
            yield from () if left_out else _perceived(child, without)


def numbers(text: str) -> list[str]:
    text = text.translate(str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789"))
    return re.findall(r"\d+(?:[.,]\d+)*", text)


# --- Forms, by what is written on them ------------------------------------------------------------


def squeezed(tag: Tag) -> str:
    """The words of an element, without the fields that stand in it."""
    tag = copy(tag)
    for field in tag.find_all(("input", "select", "textarea", "svg")):
        field.decompose()
    return re.sub(r"\s+", " ", tag.get_text()).strip()


def labelled(form: Tag, label: str) -> Tag:
    """The one field of a form that has this label."""
    found = []
    for field in form.find_all(("input", "select", "textarea")):
        around = field.find_parent("label") or (
            field.get("id") and form.find("label", attrs={"for": field["id"]})
        )
        if field.get("aria-label") == label or (around and squeezed(around) == label):
            found.append(field)
    labels = sorted({squeezed(one) for one in form.find_all("label")})
    assert len(found) == 1, f"{len(found)} fields are labelled {label!r}; there are {labels}"
    return found[0]


def fill(form: Tag, values: Mapping[str, str | bool]) -> dict[str, str | list[str]]:
    """What a browser sends of a form once each labelled field has its value; a tick is a bool."""
    form = copy(form)
    for label, value in values.items():
        field = labelled(form, label)
        if field.name == "textarea":
            field.string = f"\n{value}"
        elif field.name == "select":
            for option in field.find_all("option"):
                del option["selected"]
                if squeezed(option) == value:
                    option["selected"] = ""
            assert field.select_one("option[selected]"), f"{label!r} does not offer {value!r}"
        elif field.get("type") in ("checkbox", "radio"):
            field.attrs.pop("checked", None)
            field.attrs |= {"checked": ""} if value else {}
        else:
            field["value"] = value
    return form_data(str(form), form.get("id"))


def press(client, page: Tag, button: str, values: Mapping[str, str | bool], **more):
    """Fills in the form that has this button and presses it; the answer."""
    pressed = [one for one in page.find_all("button") if squeezed(one) == button]
    assert len(pressed) == 1, f"{len(pressed)} buttons say {button!r}"
    form = pressed[0].find_parent("form")
    data = fill(form, values)
    if pressed[0].get("name"):
        data[pressed[0]["name"]] = pressed[0].get("value", "")
    return client.post(form["action"].partition("#")[0], data, **more)
