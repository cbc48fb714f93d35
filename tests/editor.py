"""A process that edits a live site: reads `["name", argument, …]` a line, answers "done".

Run as a program by tests/live.py, so that edits come from outside the web server's workers.
"""

import json
import sys
from contextlib import ExitStack
from datetime import timedelta

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import close_old_connections, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from treatments.document.rows import from_rows  # noqa: E402
from treatments.document.sections import BY_KEY  # noqa: E402
from treatments.models import LANGUAGES, Clinic, Photo, Picture, Publication, Treatment  # noqa: E402
from treatments.photos import storage  # noqa: E402
from treatments.photos.processing import make_renditions  # noqa: E402
from treatments.publishing.comparison import compare, read_of, unconfirmed  # noqa: E402
from treatments.publishing.photos import remove_photo  # noqa: E402
from treatments.publishing.preflight import check_pages, live_editions, live_publications  # noqa: E402
from treatments.publishing.publish import withdraw  # noqa: E402
from treatments.publishing.snapshots import newest_snapshot, restore, save_snapshot  # noqa: E402

from .pages import soup, words  # noqa: E402
from .patience import within  # noqa: E402
from .photos.pictures import photo  # noqa: E402
from .publishing.reading import publish_as_read, read_both  # noqa: E402
from .publishing.releases import form_with  # noqa: E402

ALT = {"en": "Two hands rest in trays of water.", "bn": "দুটি হাত পানির ট্রেতে রাখা।"}


def new_title(slug, title):
    treatment = Treatment.objects.get(slug=slug)
    for prose in treatment.translations.filter(language_code="en"):
        prose.title = title
        prose.save()
    save_snapshot(treatment, now=timezone.now())
    publish_as_read(newest_snapshot(treatment), ["en", "bn"], now=timezone.now())


def new_photo(slug):
    treatment = Treatment.objects.get(slug=slug)
    picture = storage.store_photo(make_renditions(photo(600, 400)), now=timezone.now())
    alt = {f"alt_{code}": text for code, text in ALT.items()}
    size = {"image": picture.name, "width": picture.width, "height": picture.height}
    Photo.objects.create(treatment=treatment, **size, **alt)
    save_snapshot(treatment, now=timezone.now())
    publish_as_read(newest_snapshot(treatment), ["en", "bn"], now=timezone.now())
    return picture.name


def removed_photo(name):
    picture = Picture.objects.get(name=name)
    remove_photo(picture, because="consent", now=timezone.now())


def withdrawn(slug):
    withdraw(Treatment.objects.get(slug=slug), ["en", "bn"], now=timezone.now())


def read_by_somebody(slug):
    read_both(Treatment.objects.get(slug=slug), now=timezone.now())


def published_by_command(slug):
    call_command("publish", slug, stdout=sys.stderr)


def withdrawn_by_command(slug):
    call_command("withdraw", slug, stdout=sys.stderr)


def ending(slug, seconds):
    end = timezone.now() + timedelta(seconds=seconds)
    live = Publication.objects.live(timezone.now()).filter(treatment__slug=slug)
    live.update(live_until=end)
    return end.timestamp()


def new_phone(number):
    clinic = Clinic.objects.get()
    clinic.phones = number
    clinic.save()


def closed_on(days):
    Clinic.objects.update(closed_days=days)


def opens_offer(slug):
    """Opens the page of newer words, logged in; answers with its words."""
    global staff, offer, offer_page
    staff = Client(SERVER_NAME="localhost")
    staff.force_login(
        User.objects.get_or_create(username="rina", is_superuser=True, is_staff=True)[0]
    )
    treatment = Treatment.objects.get(slug=slug)
    offer = reverse("admin:treatments_treatment_shipped", args=[treatment.pk])
    offer_page = soup(staff.get(offer))
    return words(offer_page)


def presses(button):
    """Sends the form with this button as the page was; answers with the words of the next page."""
    return words(soup(staff.post(offer, form_with(offer_page, button), follow=True)))


unfinished = ExitStack()


def begins_to_save(slug, title):
    unfinished.enter_context(transaction.atomic())
    treatment = Treatment.objects.select_for_update().get(slug=slug)
    treatment.translations.filter(language_code="en").update(title=title)
    save_snapshot(treatment, now=timezone.now())


def ends_saving_while_somebody_waits():
    if connection.vendor == "postgresql":  # SQLite lets nobody begin beside a writer anyway
        within(30, _somebody_waits)
    unfinished.close()


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return cursor.fetchone()


def draft_of(slug):
    return from_rows(Treatment.objects.get(slug=slug)).json


def standing(slug):
    """How a treatment stands before patients, and what of that nobody has confirmed."""
    treatment, now = Treatment.objects.get(slug=slug), timezone.now()
    live, editions = live_publications(treatment, now), live_editions(treatment, now)
    return {
        "live": [code for code in LANGUAGES if code in live],
        "reviewed": [code for code in LANGUAGES if code in live and live[code].review],
        "unread": [str(one.place) for one in unconfirmed(*editions.values(), read_of(treatment))],
        "kinds": sorted(set(treatment.confirmations.values_list("kind", flat=True))),
        "blocking": [str(found.message) for found in check_pages(treatment, editions).blocking],
    }


def asked_after(slug, languages, section=None, uid=None, english=None):
    """What publishing would ask for after a change of one item's English; nothing is kept."""
    treatment = Treatment.objects.get(slug=slug)
    with transaction.atomic():
        if section:
            rows = BY_KEY[section].model.objects.filter(treatment=treatment, uid=uid)
            rows.update(text_en=english)
            save_snapshot(treatment, now=timezone.now())
        compared = compare(newest_snapshot(treatment), languages, at=timezone.now())
        transaction.set_rollback(True)
    return sorted(str(difference.place) for difference in compared.open)


def reviewed_after_saving_again(slug):
    """In which languages the words of now are reviewed once a version of today is live."""
    treatment, now = Treatment.objects.get(slug=slug), timezone.now()
    with transaction.atomic():
        restore(live_publications(treatment, now)["en"].snapshot, now=now)
        treatment.translations.update(translated_by="Rina")
        save_snapshot(treatment, now=now)
        published = publish_as_read(newest_snapshot(treatment), LANGUAGES, now=now)
        transaction.set_rollback(True)
    return [one.language for one in published if one.review]


def saved_anew(slug):
    """Whether the rows say something that the newest version does not."""
    return save_snapshot(Treatment.objects.get(slug=slug), now=timezone.now()) is not None


def let_stand(slug):
    return sorted(Treatment.objects.get(slug=slug).waivers.values_list("section", flat=True))


def reads(path):
    """The status of a public page, and its words."""
    response = Client(SERVER_NAME="localhost").get(path)
    return response.status_code, words(soup(response))


EDITS = (
    standing,
    asked_after,
    reviewed_after_saving_again,
    saved_anew,
    let_stand,
    reads,
    opens_offer,
    presses,
    begins_to_save,
    ends_saving_while_somebody_waits,
    draft_of,
    new_title,
    new_photo,
    removed_photo,
    withdrawn,
    read_by_somebody,
    published_by_command,
    withdrawn_by_command,
    ending,
    new_phone,
    closed_on,
)

if __name__ == "__main__":
    by_name = {edit.__name__: edit for edit in EDITS}
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        answer = by_name[name](*arguments)
        if not connection.in_atomic_block:
            close_old_connections()
        print(json.dumps(answer), flush=True)
