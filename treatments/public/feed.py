"""News of the pages: an Atom feed per language, one entry for each treatment that is live."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from ..language.text import replace_unreadable
from ..models import Clinic, Publication

TAGGED = "2026"  # the year from which this site names its pages; a tag never changes


def entry_id(permanent_name: str, language: str) -> str:
    """The same for every publication of a page, so that a reader's program sees one entry.

    Also when its address changes: what looks like an address here is only a name.
    """
    name = reverse("treatment", args=[language, permanent_name])
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{TAGGED}:{name}"


class PlainFeed(Atom1Feed):
    """Django's own takes a description for HTML: `<half of it>` in a text would be gone."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict) -> None:
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("summary", item["description"], {"type": "text"})


@require_safe
def feed(request: HttpRequest, language: str) -> HttpResponse:
    address = f"{settings.PUBLIC_URL}{reverse('home', args=[language])}"
    clinic = Clinic.the_one()
    atom = PlainFeed(
        title=_("Treatment pages, new and changed"),
        link=address,
        description=_("What changes on the clinic's treatment pages, the newest first."),
        language=language,
        author_name=replace_unreadable("" if clinic.is_placeholder else clinic.name) or _("Clinic"),
        feed_url=f"{settings.PUBLIC_URL}{reverse('feed', args=[language])}",
    )
    live = Publication.objects.live(timezone.now()).filter(language=language)
    for publication in live.select_related("treatment").order_by("-live_from", "-pk"):
        path = reverse("treatment", args=[language, publication.treatment.slug])
        atom.add_item(
            title=replace_unreadable(publication.title),
            link=f"{settings.PUBLIC_URL}{path}",
            description=replace_unreadable(publication.summary),
            unique_id=entry_id(publication.treatment.permanent_name, language),
            updateddate=publication.live_from,
        )
    return HttpResponse(
        atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
