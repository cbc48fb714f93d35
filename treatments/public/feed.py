"""News of the pages: an Atom feed per language, one entry for each treatment that is live."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..language.text import replace_unreadable
from ..models import Clinic, Publication

TAGGED = "2026"  # the year from which this site names its pages; a tag never changes


def entry_id(path: str) -> str:
    """The same for every publication of a page, so that a reader's program sees one entry."""
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{TAGGED}:{path}"


@require_safe
def feed(request: HttpRequest, language: str) -> HttpResponse:
    address = f"{settings.PUBLIC_URL}{reverse('home', args=[language])}"
    atom = Atom1Feed(
        title=_("Treatment pages, new and changed"),
        link=address,
        description=_("What changes on the clinic's treatment pages, the newest first."),
        language=language,
        author_name=replace_unreadable(Clinic.the_one().name or _("Clinic")),
        feed_url=f"{settings.PUBLIC_URL}{reverse('feed', args=[language])}",
    )
    live = Publication.objects.live(timezone.now()).filter(language=language)
    for publication in live.select_related("treatment").order_by("-live_from", "-pk"):
        path = reverse("treatment", args=[language, publication.treatment.slug])
        atom.add_item(
            title=replace_unreadable(publication.title),
            link=f"{settings.PUBLIC_URL}{path}",
            description=replace_unreadable(publication.summary),
            unique_id=entry_id(path),
            updateddate=publication.live_from,
        )
    return HttpResponse(
        atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
