"""Reading pages in tests the way a reader does."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, NavigableString, Tag

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
    return BeautifulSoup(response.content.decode(), "html.parser")


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
