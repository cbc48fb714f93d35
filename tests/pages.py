"""Reading pages in tests the way a reader does."""

import re

from bs4 import BeautifulSoup

SLUGS = ("iontophoresis", "iontophoresis-at-home", "iontophoresis-for-medicine")
FIXED = ("", "treatments/", "about/", "privacy/", "disclaimer/")
PATHS = [
    f"/{code}/{tail}"
    for code in ("en", "bn")
    for tail in (*FIXED, *(f"treatments/{slug}/" for slug in SLUGS))
]


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content.decode(), "html.parser")


def words(page: BeautifulSoup, without: str = "") -> str:
    """Everything a reader can see or hear of a page, but not what is marked `lang=without`."""
    page = BeautifulSoup(str(page), "html.parser")
    for element in page(["script", "style", "svg"]):
        element.decompose()
    if without:
        for element in page.find_all(attrs={"lang": without}):
            if element.name != "html":
                element.decompose()
    spoken = [
        element[name]
        for element in page.find_all(True)
        for name in ("aria-label", "alt", "title")
        if element.has_attr(name)
    ]
    described = [
        element["content"]
        for element in page.find_all("meta")
        if element.get("name") == "description"
        or element.get("property") in ("og:title", "og:description", "og:image:alt")
    ]
    return "\n".join([page.get_text(" "), *spoken, *described])


def numbers(text: str) -> list[str]:
    text = text.translate(str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789"))
    return re.findall(r"\d+(?:[.,]\d+)*", text)
