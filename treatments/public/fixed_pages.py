"""The pages whose words are in the templates: their titles and descriptions."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Page:
    """A page whose words are in the templates. `changed` is the day those words last changed."""

    name: str  # of its URL
    title: str | Promise
    description: str | Promise
    kind: str  # at schema.org
    changed: date


PAGES = {
    page.name: page
    for page in (
        Page(
            "home",
            gettext_lazy("Your skin treatment in plain words"),
            gettext_lazy(
                "Plain information about the clinic's skin treatments: what happens, how often, "
                "who must not have them, side effects and when to get help."
            ),
            "MedicalWebPage",
            date(2026, 11, 21),
        ),
        Page(
            "treatment-list",
            gettext_lazy("All treatments"),
            gettext_lazy(
                "Every treatment of the clinic that has a page of its own, each in one or two "
                "sentences. Choose one to read what happens and whether it is for you."
            ),
            "CollectionPage",
            date(2026, 11, 21),
        ),
        Page(
            "about",
            gettext_lazy("About the clinic"),
            gettext_lazy(
                "The clinic behind these pages, with the contact details and opening hours that it "
                "has given here."
            ),
            "AboutPage",
            date(2026, 11, 28),
        ),
        Page(
            "privacy",
            gettext_lazy("Your privacy"),
            gettext_lazy(
                "These pages set no cookies for readers, count no visitors and keep no list of "
                "who read what."
            ),
            "WebPage",
            date(2026, 11, 28),
        ),
        Page(
            "disclaimer",
            gettext_lazy("About this information"),
            gettext_lazy(
                "How these pages are written and checked, who pays for them, what they cannot do "
                "for you, and what to do in an emergency."
            ),
            "WebPage",
            date(2026, 11, 28),
        ),
        Page(
            "accessibility",
            gettext_lazy("Accessibility"),
            gettext_lazy(
                "How these pages work for people who see, hear, move or read with difficulty, "
                "what does not work yet, and whom to tell."
            ),
            "WebPage",
            date(2026, 11, 28),
        ),
    )
}
